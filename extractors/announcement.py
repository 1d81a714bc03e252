"""How likely a document is to announce a model of its own."""

from extractors.page import Page


def probability(page: Page) -> float:
    """Return the probability (0 to 1)."""
    return 0.9 if page.text.kind == "card" else 0.5
