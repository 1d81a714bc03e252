"""Every kind of source, in one tuple."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, Protocol

from flows.batch import Batch, Known
from flows.fetching.client import Client
from flows.sources.arxiv import ArxivSource
from flows.sources.feed import FeedSource
from flows.sources.huggingface import HuggingFaceSource
from flows.sources.pages import PagesSource


class Source(Protocol):
    """What a kind of source is: a frozen dataclass whose fields are its keys in the sources file."""

    kind: ClassVar[str]

    def fetch(self, client: Client, since: datetime, known: Known) -> Iterator[Batch]:
        """Yield pages of what was published or changed after `since` (aware UTC); raises FlowError."""
        ...


KINDS: tuple[type[ArxivSource] | type[FeedSource] | type[PagesSource] | type[HuggingFaceSource], ...] = (
    ArxivSource,
    FeedSource,
    PagesSource,
    HuggingFaceSource,
)
