"""Total parameters of the document's own models."""

from collections.abc import Iterator

from extractors.extractor import finding
from extractors.finding import Finding
from extractors.naming import subject
from extractors.page import Page
from extractors.sizes import sizes


def find(page: Page) -> Iterator[Finding]:
    """Yield one finding for each model and size."""
    yield from sized(page, "parameters", is_active=False)


def sized(page: Page, field: str, *, is_active: bool) -> Iterator[Finding]:
    """Yield the findings of total or of active parameters, each model and value once, the surest quote first."""
    seen = set()
    for size in sorted(sizes(page), key=lambda one: -one.confidence):
        name = subject(page, size)
        if size.is_active == is_active and (name, size.value) not in seen and size.confidence >= 0.5:
            seen.add((name, size.value))
            yield finding(
                page, field, size.value, name, size.quote, confidence=round(size.confidence, 3), reason=size.reason
            )
