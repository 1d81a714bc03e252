"""What a hub's record of a repository counts, as derived figures: weights by config.json, and elements as stored.

A source writes the record in plain words below the card, so that a figure of it can be quoted like any other.
"""

import re
from collections.abc import Iterator

from extractors.finding import Derived, Finding, Text

HEADING = "## Repository"

CONFIG_SOURCE = "https://huggingface.co/docs/transformers/main_classes/configuration"
STORED_SOURCE = "https://huggingface.co/docs/safetensors/metadata_parsing"

_NUMBER = r"([1-9]\d{0,2}(?:,\d{3}){0,6})"
_COMPUTED = re.compile(
    rf"^Weights computed from config\.json: {_NUMBER}(?:, of which each token uses {_NUMBER})?", re.MULTILINE
)
_STORED = re.compile(rf"^Stored tensor elements: {_NUMBER}", re.MULTILINE)

_ALL = "all weights of the layers that config.json describes"
_USED = "all weights of the layers that config.json describes, but of the experts only those that a token is sent to"
_STORED_ELEMENTS = "elements of all stored tensors"
_STORED_FLAG = "packed formats hold several parameters in one element, and buffers count too"


def record_figures(text: Text, models: tuple[str, ...]) -> tuple[Derived, ...]:
    """Return the figures of the record that ends a card, about the model that the repository is named for.

    `models` are the names that the document gives its own models; without the repository's or a single one among them,
    the figures are kept under the repository's name.
    """
    start = text.content.rfind(f"\n{HEADING}\n")
    if text.kind != "card" or start < 0:
        return ()
    return tuple(_figures(text.content, start, _subject(text.title, models)))


def _subject(title: str, models: tuple[str, ...]) -> str:
    return models[0] if len(models) == 1 else title.rpartition("/")[2] or title


def _figures(content: str, start: int, subject: str) -> Iterator[Derived]:
    computed, stored = _COMPUTED.search(content, start), _STORED.search(content, start)
    if computed:
        yield _figure("parameters", _ALL, (computed, 1), subject)
    if computed and computed[2]:
        yield _figure("active_parameters", _USED, (computed, 2), subject)
    if stored:
        yield _figure("parameters", _STORED_ELEMENTS, (stored, 1), subject)


def _figure(field: str, formula: str, place: tuple[re.Match[str], int], subject: str) -> Derived:
    match, group = place
    amount = float(match[group].replace(",", ""))
    is_stored = match.re is _STORED
    name = "stored_elements" if is_stored else "config"
    said = Finding(name, amount, None, subject, match[0], match.start(), match.end(), 1.0, "repository_record")
    unit, source = ("stored elements", STORED_SOURCE) if is_stored else ("computed", CONFIG_SOURCE)
    flags = (_STORED_FLAG,) if is_stored else ()
    return Derived(field, amount, amount, amount, unit, subject, formula, source, (said,), flags)
