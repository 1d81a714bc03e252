"""Posts of a site without a feed: the addresses in an index page or a sitemap that look like posts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import ClassVar

from lxml import etree

from flows.batch import Batch, Known, Reject
from flows.errors import ParseError
from flows.fetching.client import Client
from flows.formats.links import absolute, canonical
from flows.formats.readable import read_html
from flows.formats.safe_xml import tree
from flows.formats.times import read_time
from flows.item import Item, Payload
from flows.linked_pages import PageReader
from flows.source_keys import Address, Pattern

#: The sitemap protocol allows 50 MB a file; a lab's own is far below this.
MOST_BYTES = 10_000_000
#: How many sitemaps of a sitemap index are read, and how many posts of one listing.
MOST_SITEMAPS = 50
MOST_POSTS = 2000
PAGES_PER_BATCH = 10

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
#: Without a date, a page that was read once counts as read.
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Listing:
    """What an index lists: posts as items without text, or further `sitemaps` to read."""

    items: tuple[Item, ...] = ()
    sitemaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PagesSource:
    """The pages that `url` (an index page, a sitemap or a sitemap index) links to and whose address has `pattern`."""

    kind: ClassVar[str] = "pages"

    url: Address
    pattern: Pattern

    def fetch(self, client: Client, since: datetime, known: Known) -> Iterator[Batch]:
        """Yield the posts changed after `since` or undated; one that was read is fetched again when its date changes.

        Raises ParseError where the address answers neither a page nor a sitemap.
        """
        reader = PageReader(client, known)
        waiting, seen = [self.url], 0
        while waiting and seen < MOST_SITEMAPS:
            url, seen = waiting.pop(0), seen + 1
            answer = client.get(url, conditional=True, robots=True, limit_bytes=MOST_BYTES)
            if answer.is_unchanged:
                yield Batch(note="not changed since the last run")
                continue
            payload = Payload(url, answer.media_type, answer.content)
            try:
                listing = parse(answer.content, url, self.pattern, media_type=answer.media_type)
            except ParseError as error:
                yield Batch(rejects=(Reject(url, error.reason, payload),))
                raise
            waiting += listing.sitemaps
            yield from _complete(listing.items, reader, since)
        if seen > 1:  # a sitemap index that says "not changed" would hide sitemaps that have: it is asked in full
            yield Batch(is_settled=False)
        reader.raise_refused()


def parse(content: bytes, url: str, pattern: str, *, media_type: str = "") -> Listing:
    """Return what a page or a sitemap lists whose address has `pattern` in it, each once, in its order.

    Raises ParseError where it is neither.
    """
    if not content.strip():
        raise ParseError(url, "is empty")
    payload = Payload(url, media_type, content)
    wanted = re.compile(pattern)
    if b"<urlset" in content[:3000] or b"<sitemapindex" in content[:3000]:
        root = tree(content, url)
        sitemaps = tuple(_located(root, "sitemap"))
        posts = _dated(root)
    elif b"<" in content[:3000] and b"\x00" not in content[:3000]:
        sitemaps, posts = (), _linked(content, url)
    else:
        raise ParseError(url, "is neither a page nor a sitemap")
    items = {item.key: item for item in _items(posts, payload) if wanted.search(item.url)}
    return Listing(tuple(items.values())[:MOST_POSTS], sitemaps)


def _complete(items: tuple[Item, ...], reader: PageReader, since: datetime) -> Iterator[Batch]:
    due = (item for item in items if reader.is_due(item, since))
    while chunk := tuple(islice(due, PAGES_PER_BATCH)):
        yield reader.complete(chunk)


def _located(root: etree._Element, kind: str) -> Iterator[str]:
    for element in root.iter(f"{_SITEMAP}{kind}"):
        location = (element.findtext(f"{_SITEMAP}loc") or "").strip()
        if location.startswith(("http://", "https://")):
            yield location


def _dated(root: etree._Element) -> Iterator[tuple[str, datetime | None]]:
    """Yield the addresses of a sitemap with the dates of their last change."""
    for element in root.iter(f"{_SITEMAP}url"):
        yield element.findtext(f"{_SITEMAP}loc") or "", read_time(element.findtext(f"{_SITEMAP}lastmod") or "")


def _linked(content: bytes, url: str) -> Iterator[tuple[str, datetime | None]]:
    """Yield the addresses that a page links to."""
    for link in read_html(content, url).links:
        yield link, None


def _items(posts: Iterable[tuple[str, datetime | None]], payload: Payload) -> Iterator[Item]:
    for url, changed in posts:
        try:
            yield _item(absolute(url), changed, payload)
        except ValueError:  # a sitemap may write anything for an address
            continue


def _item(url: str, changed: datetime | None, payload: Payload) -> Item:
    """Return a post of which nothing is known but its address and, from a sitemap, its last change."""
    return Item(
        key=canonical(url),
        kind="post",
        url=url,
        title="",
        text="",
        published=None,
        updated=changed,
        payload=payload,
        version=changed.isoformat() if changed else UNDATED,
    )
