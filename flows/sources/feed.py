"""Posts that a feed lists (RSS, Atom or JSON Feed), each with the main text of the page that it links to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import ClassVar

from flows.batch import Batch, Known, Reject
from flows.errors import ParseError
from flows.fetching.client import Client
from flows.formats.feed_entries import is_cut, read_entries
from flows.item import Item, Payload
from flows.linked_pages import PageReader
from flows.source_keys import Address

#: Feeds are small (the largest that was seen has 400 KB), and a hostile one takes five seconds for each megabyte.
MOST_BYTES = 5_000_000
PAGES_PER_BATCH = 10

ACCEPTED = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class FeedSource:
    """The posts of the feed at `url`, with the text of their pages; the feed's own words stand in for a missing one."""

    kind: ClassVar[str] = "feed"

    url: Address

    def fetch(self, client: Client, since: datetime, known: Known) -> Iterator[Batch]:
        """Yield the posts dated after `since` or undated, and those whose page could not be read before.

        Raises ParseError where the address answers no feed, after setting it aside.
        """
        answer = client.get(self.url, conditional=True, accept=ACCEPTED, limit_bytes=MOST_BYTES)
        if answer.is_unchanged:
            yield Batch(note="not changed since the last run")
            return
        payload = Payload(self.url, answer.media_type, answer.content)
        try:
            page = parse(answer.content, self.url, media_type=answer.media_type, charset=answer.charset)
        except ParseError as error:
            yield Batch(rejects=(Reject(self.url, error.reason, payload),))
            raise
        reader = PageReader(client, known)
        due = (item for item in page.items if reader.is_due(item, since))
        while chunk := tuple(islice(due, PAGES_PER_BATCH)):  # some at a time, so that a run that dies loses few
            yield reader.complete(chunk)
        if page.rejects or not page.items:
            note = "" if page.items else "the feed lists nothing"
            yield Batch(rejects=page.rejects, is_settled=page.is_settled, note=note)
        reader.raise_refused()


def parse(content: bytes, url: str, *, media_type: str = "", charset: str | None = None) -> Batch:
    """Return what a feed carries: items with the feed's words as text, and rejects for entries without an address.

    The version of an item is a digest of what the feed says of it. A feed that is cut short gives its whole
    entries, is set aside, and is not settled: it is to be asked for in full again. Raises ParseError where it is none.
    """
    payload = Payload(url, media_type, content)
    items: dict[str, Item] = {}
    rejects: list[Reject] = []
    for entry in read_entries(content, url, charset):
        if entry.key is None:
            # The mark tells the entries of one feed apart.
            rejects.append(Reject(f"{url}#{entry.mark}", f"{entry.title[:80]!r} links to no page", payload))
        elif entry.key not in items:
            items[entry.key] = entry.item(payload)
    is_whole = not is_cut(content, charset)
    if not is_whole:
        rejects.append(Reject(url, "is cut short; its whole entries are read", payload))
    return Batch(tuple(items.values()), tuple(rejects), is_settled=is_whole)
