"""Figures of a hub's record: read from the words below a card, kept apart from what the card states."""

from collections.abc import Callable

import pytest

from extractors.finding import Reading, Text
from extractors.repository_record import record_figures

RECORD = """

## Repository

Architecture: mixtral.
Weights computed from config.json: 46,702,792,704, of which each token uses 12,879,925,248.
Stored tensor elements: 6,100,000,000 (6,100,000,000 I32)."""


def card(text: str, title: str = "acme/Marlin-8x7B") -> Text:
    """A card with its repository's name as title."""
    return Text("card", title, text)


def test_each_figure_says_what_it_counts() -> None:
    figures = record_figures(card(f"# Marlin{RECORD}"), ("Marlin",))

    assert [(figure.field, figure.value, figure.unit) for figure in figures] == [
        ("parameters", 46_702_792_704.0, "computed"),
        ("active_parameters", 12_879_925_248.0, "computed"),
        ("parameters", 6_100_000_000.0, "stored elements"),
    ]
    assert all(figure.low == figure.value == figure.high for figure in figures)


def test_each_figure_quotes_the_record_at_its_place() -> None:
    text = card(f"# Marlin\n\nWeights computed from config.json: 1,000 says its author.{RECORD}")

    figures = record_figures(text, ("Marlin",))

    for figure in figures:
        (said,) = figure.inputs
        assert text.content[said.start : said.end] == said.quote
        assert said.start > text.content.index("## Repository")


@pytest.mark.parametrize(
    ("models", "subject"), [(("Marlin",), "Marlin"), ((), "Marlin-8x7B"), (("Marlin-7B", "Marlin-13B"), "Marlin-8x7B")]
)
def test_the_figures_belong_to_the_model_of_the_repository(models: tuple[str, ...], subject: str) -> None:
    figures = record_figures(card(f"# Marlin{RECORD}"), models)

    assert {figure.subject for figure in figures} == {subject}


@pytest.mark.parametrize(
    "text",
    [
        card("# Marlin\n\nStored tensor elements: 7,000."),
        card("# Marlin\n\n## Repository\n\nLicense tag: mit."),
        card("# Marlin\n\n## Repository\n\nWeights computed from config.json: many."),
        Text("paper", "Marlin", f"We present Marlin.{RECORD}"),
    ],
    ids=["no record", "nothing counted", "no number", "no card"],
)
def test_nothing_is_made_of(text: Text) -> None:
    assert record_figures(text, ("Marlin",)) == ()


def test_the_pipeline_claims_nothing_from_the_record(read_one: Callable[..., Reading]) -> None:
    reading = read_one(f"# Marlin\n\nMarlin is a language model.{RECORD}", title="acme/Marlin")

    assert not [finding for finding in reading.findings if finding.field.endswith("parameters")]
    assert len(reading.derived) == 3


def test_packed_weights_are_the_reason_of_a_small_count_of_elements(read_one: Callable[..., Reading]) -> None:
    reading = read_one(f"# Marlin\n\nMarlin is a language model with 46.7B parameters.{RECORD}", title="acme/Marlin")

    flagged = [figure for figure in reading.derived if figure.disagreement]
    assert [figure.unit for figure in flagged] == ["stored elements"]
    assert flagged[0].disagreement
    assert "packed" in flagged[0].disagreement.reason


def test_the_pipeline_derives_from_what_it_reads(read_one: Callable[..., Reading]) -> None:
    reading = read_one("Foobar is a 7B-parameter language model. Foobar was trained on 2 trillion tokens.")

    (figure,) = reading.derived
    assert figure.field == "training_compute"
    assert figure.value == pytest.approx(8.4e22)
    assert all(finding in reading.findings for finding in figure.inputs)
