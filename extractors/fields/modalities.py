"""What the document's own models take in and give out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.announcement import probability
from extractors.extractor import finding
from extractors.finding import Finding
from extractors.naming import wholes
from extractors.page import Page
from extractors.small_letters import small
from extractors.words import modalities

_PATTERNS = tuple((small(pattern), inputs, outputs, sure) for pattern, inputs, outputs, sure in modalities.PATTERNS)
_MORE_INPUTS = tuple((small(pattern), kind) for pattern, kind in modalities.MORE_INPUTS)
_MORE_OUTPUTS = tuple((small(pattern), kind) for pattern, kind in modalities.MORE_OUTPUTS)


#: A document less likely than this to announce a model is read only where it speaks of its own.
LEAST = 0.5

#: Characters of a card or a post: how it opens, and how far it is read for what it takes in and gives out.
OPENING, WHOLE = 1500, 6000

SIDES = (("input_modalities", "inputs"), ("output_modalities", "outputs"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words at `start:end` that show inputs and outputs."""

    inputs: frozenset[str]
    outputs: frozenset[str]
    start: int
    end: int
    confidence: float
    reason: str


def find(page: Page) -> Iterator[Finding]:
    """Yield inputs and outputs of each line of models, from the surest words."""
    for (field, side), best in _best(page).items():
        kinds = tuple(sorted(_more(page, best, side)))
        for name in wholes(page):
            span = best.start, best.end
            yield finding(page, field, kinds, name, span, confidence=best.confidence, reason=best.reason)


def _best(page: Page) -> dict[tuple[str, str], Evidence]:
    """Return the first evidence of inputs and the first of outputs; what comes after both is not looked for."""
    best: dict[tuple[str, str], Evidence] = {}
    for one in _evidence(page):
        for side in SIDES:
            if getattr(one, side[1]):
                best.setdefault(side, one)
        if len(best) == len(SIDES):
            break
    return best


def _more(page: Page, best: Evidence, side: str) -> frozenset[str]:
    """Return what sentences about an own model of images and text add to its inputs or outputs."""
    if not {"image", "text"} <= best.inputs or not best.outputs & {"text"}:
        return frozenset(getattr(best, side))
    spans = _own_sentences(page)[:5]
    more = {
        kind
        for pattern, kind in (_MORE_INPUTS if side == "inputs" else _MORE_OUTPUTS)
        for low, high in spans
        if pattern.search(page.lower, low, high)
    }
    return frozenset(getattr(best, side) | more)


def _evidence(page: Page) -> Iterator[Evidence]:
    """Yield evidence, the surest first: a card's task, the title, sentences about the own model, then any."""
    for entry in (*page.matter.get("pipeline_tag"), *page.matter.get("tags")):
        if entry.value in modalities.TASKS:
            inputs, outputs = modalities.TASKS[entry.value]
            yield Evidence(frozenset(inputs), frozenset(outputs), entry.start, entry.end, 0.9, "the card's own task")
    for low, high in _own_sentences(page):
        yield from _in_sentence(page, low, high, 1.0, "said of the own model")
    if not page.is_report and probability(page) < LEAST:
        return
    if page.text.kind != "paper":
        for reach in (OPENING, WHOLE):
            yield from _in_sentence(
                page, page.body, min(page.body + reach, len(page.view)), 0.8, "said in its document"
            )
    else:
        yield from _in_sentence(page, page.intro, len(page.view), 0.8, "said in its document")
        yield from _in_sentence(page, 0, page.intro, 0.7, "said in its document")


def _own_sentences(page: Page) -> list[tuple[int, int]]:
    """Return the sentence that introduces the lead, the title, then others with the lead's name; at most eight."""
    bounds = dict.fromkeys(page.sentence(name.start) for name in page.own_names)
    ordered = sorted(bounds, key=lambda one: (not _introduces(page.view[one[0] : one[1]]), one[0]))
    return list(dict.fromkeys((*ordered[:2], page.sentences[0], *ordered[2:8])))


def _introduces(sentence: str) -> bool:
    return (
        re.search(r"\b(?:introduc|present|propos|releas|develop|announc|unveil|is an?\b|are\b)", sentence) is not None
    )


def _in_sentence(page: Page, low: int, high: int, certainty: float, reason: str) -> Iterator[Evidence]:
    """Yield what the patterns show in one stretch of text, in the order of the patterns."""
    for pattern, inputs, outputs, sure in _PATTERNS:
        match = pattern.search(page.lower, low, high)
        if match and match.end() > match.start():
            yield Evidence(
                frozenset(inputs), frozenset(outputs), match.start(), match.end(), round(sure * certainty, 2), reason
            )
