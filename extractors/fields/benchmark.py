"""Benchmark scores of the document's own models: the first ten in reading order, as printed."""

from collections.abc import Iterator

from extractors.extractor import finding
from extractors.fields.benchmark_sentences import in_front_matter, in_lists, in_prose
from extractors.fields.benchmark_tables import Score, in_tables
from extractors.finding import Finding
from extractors.page import Page

#: Scores that are taken from one document; tables of results have hundreds.
MOST = 10


def find(page: Page) -> Iterator[Finding]:
    """Yield the first scores; the unit is the name of the benchmark, or of the measure where no benchmark is named."""
    seen: set[tuple[float, str, str]] = set()
    for score, confidence, reason in sorted(_all(page), key=lambda one: one[0].start):
        key = (score.value, score.benchmark, score.subject)
        if key not in seen and len(seen) < MOST:
            seen.add(key)
            yield finding(
                page,
                "benchmark",
                score.value,
                score.subject,
                (score.start, score.end),
                unit=score.benchmark,
                confidence=confidence,
                reason=reason,
            )


def _all(page: Page) -> Iterator[tuple[Score, float, str]]:
    for score in in_front_matter(page):
        yield score, 0.9, "the card's index of results gives it"
    for score in in_tables(page):
        yield score, 0.87, "a table of results gives it"
    for score in in_lists(page):
        yield score, 0.88, "a list of results gives it"
    for score in in_prose(page):
        yield score, 0.88, "a sentence about results gives it"
