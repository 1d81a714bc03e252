"""Every figure of a document, claimed or passed over, with the reason that the pipeline had for it."""

import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.fields.training_tokens import counts_tokens, is_of_training
from extractors.finding import FAMILY, Finding, Reading, Text, Value
from extractors.gate import may_announce
from extractors.mentions import Mention, mentions
from extractors.page import Page
from extractors.pipeline import is_read_closely, read
from extractors.quantities import Quantity, quantities
from extractors.sections import section_at
from extractors.sizes import counts_parameters
from extractors.subjects import whose
from extractors.view import plain

#: Claims whose quotes may overlap at one place.
MOST_AT_ONE_PLACE = 30

#: Said of a figure of an own model that is no claim of its own.
OWN = "claimed from other words, or said too unsurely"


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece `start:end` of a document's content, and why it was claimed or passed over.

    `field`, `subject`, `value`, `unit` and `confidence` are those of the claim; of a figure that was passed over,
    `field` is None and `value` what it says.
    """

    start: int
    end: int
    reason: str
    value: Value
    field: str | None = None
    subject: str | None = None
    unit: str | None = None
    confidence: float | None = None

    @property
    def is_claimed(self) -> bool:
        """Whether the pipeline makes a claim of it."""
        return self.field is not None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a document was read: the marks stand in reading order, claims before what was passed over."""

    text: Text
    reading: Reading
    marks: tuple[Mark, ...]


def explain(text: Text) -> Explanation:
    """Read a document, and say of every figure in it whether it was claimed, and why or why not."""
    reading = next(read([text]))
    claimed = tuple(_claim(finding) for finding in reading.findings if finding.field != FAMILY)
    passed = _passed_over(Page(text), reading, claimed)
    marks = sorted((*claimed, *passed), key=lambda mark: (mark.start, not mark.is_claimed))
    return Explanation(text, reading, tuple(marks))


def _claim(finding: Finding) -> Mark:
    return Mark(
        start=finding.start,
        end=finding.end,
        reason=finding.reason,
        value=finding.value,
        field=finding.field,
        subject=finding.subject,
        unit=finding.unit,
        confidence=finding.confidence,
    )


def _passed_over(page: Page, reading: Reading, claimed: tuple[Mark, ...]) -> Iterator[Mark]:
    """Yield the figures, and the names with a size, that stand in no claim of a number."""
    numbers = [mark for mark in claimed if isinstance(mark.value, float) and not isinstance(mark.value, bool)]
    taken = sorted((mark.start, mark.end) for mark in numbers)
    whole = _why_nothing(page, reading)
    view = plain(page.content)
    for figure in quantities(view):
        if not _is_taken(taken, figure.start):
            yield Mark(figure.start, figure.end, whole or _why(page, figure), figure.value)
    for name in mentions(view):
        if name.size and not _is_taken(taken, name.start):
            yield Mark(name.start, name.end, whole or _why_name(page, name), name.size)


def _is_taken(taken: list[tuple[int, int]], place: int) -> bool:
    """Whether a place stands in a claim; a quote has 200 characters at most, so that few can reach it."""
    index = bisect_right(taken, (place, sys.maxsize))
    return any(place < end for _, end in taken[max(0, index - MOST_AT_ONE_PLACE) : index])


def _why_nothing(page: Page, reading: Reading) -> str:
    """Return why no figure of the document is read at all; empty where some are."""
    if not may_announce(page.text):
        return "the first look finds no model that the document could announce"
    if not is_read_closely(page, reading.announces):
        return f"the document announces no model of its own (probability {reading.announces:.2f})"
    return ""


def _why(page: Page, figure: Quantity) -> str:
    unread = _why_unread(page, figure.start, figure.end)
    if unread:
        return unread
    name = next((one for one in page.names_in(figure.start - 80, figure.end) if one.end > figure.start), None)
    if name:
        return _why_name(page, name)
    if page.table_at(figure.start):
        return "stands in a table, in no column or row that gives a figure of an own model"
    return _why_not_counted(page, figure)


def _why_unread(page: Page, start: int, end: int) -> str:
    """Return why a piece of a document is not read; empty where it is."""
    section = section_at(page.sections, start)
    if section and not section.is_read:
        return f"stands under “{section.title}”, which speaks of others, of trials or of data"
    return "" if page.view[start:end].strip() else "stands in a citation, among labels or in a row of numbers"


def _why_name(page: Page, name: Mention) -> str:
    unread = _why_unread(page, name.start, name.end)
    if unread:
        return unread
    if page.release.owns(name):
        return f"a part of the name {name.text}, one of the document's own; {OWN}"
    return f"a part of the name {name.text}, which is another model's"


def _why_not_counted(page: Page, figure: Quantity) -> str:
    """Return why a figure in running text is no claim."""
    verdict = whose(page, figure.first, figure.last)
    if counts_parameters(figure) and figure.value >= 1e5:
        return "counts parameters; " + (OWN if verdict.is_own else verdict.reason)
    if counts_tokens(figure):
        if not is_of_training(page, figure):
            return "counts tokens that no sentence says a model was trained on"
        return "counts tokens of training; " + (OWN if verdict.is_own else verdict.reason)
    return "counts nothing that is tracked"
