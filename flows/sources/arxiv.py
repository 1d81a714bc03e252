"""Papers of arXiv, by the Atom query API: a window of dates on the last update, newest first.

What the API does, and where that is written: https://info.arxiv.org/help/api/user-manual.html
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from urllib.parse import urlencode

from lxml import etree

from flows.batch import Batch, Known
from flows.errors import ParseError
from flows.fetching.client import Client
from flows.formats.links import mentioned
from flows.formats.safe_xml import tree
from flows.formats.times import read_time
from flows.item import Item, Payload
from flows.source_keys import Names, NonEmpty

API = "https://export.arxiv.org/api/query"
PAGE_SIZE = 500
#: Beyond this many results the window is halved: the API gives 30,000 at most, and deep pages are slow.
MOST_RESULTS = 10_000
#: How often a page that is empty, cut short or HTML is asked for: all three pass by themselves.
ATTEMPTS = 5

_NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "search": "http://a9.com/-/spec/opensearch/1.1/",
}
_ENTRY_ID = re.compile(
    r"arxiv\.org/abs/(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?P<version>v\d+)?$",
)
_WITHDRAWN = re.compile(
    r"(?:this\s+)?(?:paper|article|manuscript|submission|preprint|work)\s+(?:has\s+been|was|is)\s+withdrawn\b"
    r"|withdrawn\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Page:
    """The papers of one answer, and how many the whole query has."""

    items: tuple[Item, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Window:
    """The papers last updated from `start` to `end`, both aware UTC."""

    start: datetime
    end: datetime

    def halves(self) -> tuple["Window", "Window"]:
        """Return the newer and the older half; they share one minute, so that no paper falls between them."""
        middle = (self.start + (self.end - self.start) / 2).replace(second=0, microsecond=0)
        return Window(middle, self.end), Window(self.start, middle)

    @property
    def can_be_halved(self) -> bool:
        """Whether the window is longer than the API's dates can tell apart."""
        return self.end - self.start > timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class ArxivSource:
    """Papers of any of `categories` or that match `query` (arXiv's own search language), last updated first."""

    kind: ClassVar[str] = "arxiv"

    categories: Names = ()
    query: NonEmpty | None = None

    def __post_init__(self) -> None:
        """Refuse a source that asks for everything or for two things."""
        if bool(self.categories) == bool(self.query):
            raise ValueError("give either categories or query")

    def fetch(self, client: Client, since: datetime, known: Known) -> Iterator[Batch]:  # noqa: ARG002 - one signature
        """Yield pages of the papers submitted or revised after `since`, newest first.

        Raises ParseError where a page stays empty or unreadable.
        """
        yield from self._window(client, Window(since, datetime.now(UTC)))

    def _window(self, client: Client, window: Window) -> Iterator[Batch]:
        first = ask(client, self._address(window, 0))
        if first.total > MOST_RESULTS and window.can_be_halved:
            for half in window.halves():
                yield from self._window(client, half)
            return
        page, start = first, 0
        while page.items:
            wanted = tuple(item for item in page.items if item.updated and item.updated >= window.start)
            yield Batch(wanted)
            start += len(page.items)
            if start >= first.total or len(wanted) < len(page.items):
                return
            # The total of the first page counts: an empty page that should have papers gives a wrong one.
            page = ask(client, self._address(window, start), least=1)

    def _address(self, window: Window, start: int) -> str:
        query = self.query or " OR ".join(f"cat:{category}" for category in self.categories)
        dates = f"[{window.start:%Y%m%d%H%M} TO {window.end:%Y%m%d%H%M}]"
        return f"{API}?" + urlencode(
            {
                "search_query": f"({query}) AND lastUpdatedDate:{dates}",
                "start": start,
                "max_results": PAGE_SIZE,
                "sortBy": "lastUpdatedDate",
                "sortOrder": "descending",
            }
        )


def fetch_paper(client: Client, arxiv_id: str) -> Item:
    """Return the newest version of one paper; raises ParseError where arXiv has none with that id."""
    address = f"{API}?{urlencode({'id_list': arxiv_id, 'max_results': 1})}"
    page = parse(_content(client, address), address)
    if not page.items:
        raise ParseError(address, f"arXiv has no paper {arxiv_id}")
    return page.items[0]


def ask(client: Client, address: str, *, least: int = 0) -> Page:
    """Return a page, asking again while it is cut short, HTML, or empty though it has results or `least` is 1.

    Raises ParseError where it stays so.
    """
    for _ in range(ATTEMPTS - 1):
        with suppress(ParseError):
            return _full_page(client, address, least)
    return _full_page(client, address, least)


def parse(content: bytes, url: str) -> Page:
    """Read an answer of the query API; raises ParseError where it is no Atom feed or says Error."""
    root = tree(content, url)
    if root.tag != f"{{{_NAMES['atom']}}}feed":
        raise ParseError(url, "is no Atom feed")
    payload = Payload(url, "application/atom+xml", content)
    entries = root.findall("atom:entry", _NAMES)
    total = _text(root, "search:totalResults")
    return Page(tuple(_item(entry, payload) for entry in entries), int(total) if total.isdigit() else len(entries))


def _item(entry: etree._Element, payload: Payload) -> Item:
    identity, title = _text(entry, "atom:id"), _text(entry, "atom:title")
    if "/api/errors" in identity or (title == "Error" and "/abs/" not in identity):
        raise ParseError(payload.url, f"arXiv answered an error: {_text(entry, 'atom:summary')[:200]}")
    match = _ENTRY_ID.search(identity)
    if match is None:
        raise ParseError(payload.url, f"has an entry without an arXiv id: {identity[:100]!r}")
    abstract, comment = _text(entry, "atom:summary"), _text(entry, "arxiv:comment")
    return Item(
        key=f"arxiv:{match['id']}",
        kind="paper",
        url=f"https://arxiv.org/abs/{match['id']}",
        title=title,
        text=abstract,
        published=_time(entry, "atom:published", payload.url),
        updated=_time(entry, "atom:updated", payload.url),
        payload=payload,
        version=match["version"],
        authors=tuple(_authors(entry)),
        is_withdrawn=bool(_WITHDRAWN.search(comment) or _WITHDRAWN.match(abstract)),
        links=mentioned(abstract, comment),
    )


def _authors(entry: etree._Element) -> Iterator[str]:
    for name in entry.findall("atom:author/atom:name", _NAMES):
        if name.text:
            yield " ".join(name.text.split())


def _full_page(client: Client, address: str, least: int) -> Page:
    """Refuse a page without papers where there are some: the API sends such now and then, and gives them later."""
    page = parse(_content(client, address), address)
    if not page.items and max(page.total, least) > 0:
        raise ParseError(address, "is empty although there are results")
    return page


def _content(client: Client, address: str) -> bytes:
    return client.get(address, accept="application/atom+xml").content


def _text(parent: etree._Element, path: str) -> str:
    """Return the text of an element with its white space normalised; empty where there is none."""
    return " ".join((parent.findtext(path, default="", namespaces=_NAMES) or "").split())


def _time(entry: etree._Element, path: str, url: str) -> datetime:
    text = _text(entry, path)
    time = read_time(text)
    if time is None:
        raise ParseError(url, f"has an entry with no time in {path}: {text[:50]!r}")
    return time
