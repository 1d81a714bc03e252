"""Which document an address speaks of: `https://arxiv.org/pdf/2505.09388v2` is `arxiv:2505.09388`."""

import re
from collections.abc import Iterable

from store.storable import LONGEST_ADDRESS, storable

#: Most links that are kept of one document: a page of links to everything joins nothing.
MOST_LINKS = 100

#: What the key of a paper's full text ends in after the key of the paper.
FULL = "#full"

_ARXIV = re.compile(
    r"(?:arxiv:|https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})",
    re.IGNORECASE,
)
_HUB = re.compile(
    r"(?:hf:|https?://(?:www\.)?(?:huggingface\.co|hf\.co)/)"
    r"(?!(?:datasets|spaces|papers|collections|blog|docs|models)/)([\w.-]+/[\w.-]+)",
    re.IGNORECASE,
)


def target(link: str) -> str:
    """Return the key under which the document at an address stands, as far as the address tells."""
    if found := _ARXIV.match(link):
        return f"arxiv:{found[1]}"
    if found := _HUB.match(link):
        return f"hf:{found[1]}"
    return link


def targets(links: Iterable[object]) -> frozenset[str]:
    """Return the keys of the first MOST_LINKS addresses, without those too long to be looked up."""
    kept = [storable(link.strip()) for link in links if isinstance(link, str)][:MOST_LINKS]
    return frozenset(target(link) for link in kept if link and len(link.encode()) <= LONGEST_ADDRESS)
