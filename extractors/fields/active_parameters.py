"""Parameters that a mixture of experts uses for each token."""

from collections.abc import Iterator

from extractors.fields.parameters import sized
from extractors.finding import Finding
from extractors.page import Page


def find(page: Page) -> Iterator[Finding]:
    """Yield one finding for each model and count."""
    yield from sized(page, "active_parameters", is_active=True)
