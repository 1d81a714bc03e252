"""The pages that a feed or an index links to: which to ask, and what stands in for one that gives nothing."""

import codecs
from collections import Counter
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from flows.batch import MOST_FAILURES, Batch, Known, Reject
from flows.errors import (
    BarredByRobotsError,
    FetchError,
    MissingError,
    ParseError,
    RefusedAddressError,
    SleepError,
    UnreachableError,
)
from flows.fetching.client import Client
from flows.formats.readable import Readable, read_html, read_markdown, read_pdf
from flows.item import Item, Payload

MOST_BYTES = 8_000_000

#: What the version of an item ends in: its page was read (or is of no use), or is still to be asked for.
READ = "+page"
UNREAD = "+listing"

#: After so many pages of a host without an answer, each after all retries, its other pages wait for the next run.
MOST_SILENCE = 3


def read_page(content: bytes, url: str, media_type: str, charset: str | None = None) -> Readable:
    """Read a page or a file by what it is; raises ParseError where it gives no text."""
    if media_type == "application/pdf" or content.startswith(b"%PDF-"):
        return read_pdf(content, url)
    if media_type.startswith(("image/", "audio/", "video/", "font/")):
        raise ParseError(url, f"is no page but {media_type}")
    if _is_binary(content):
        raise ParseError(url, "is no page but bytes")
    if media_type in ("text/markdown", "text/x-markdown", "text/plain"):
        return read_markdown(content, url)
    return read_html(content, url, charset)


class PageReader:
    """Reads the pages of one run's items, and none that has not changed since an earlier run."""

    def __init__(self, client: Client, known: Known) -> None:
        self._client = client
        self._known = known
        self._refused: list[RefusedAddressError] = []
        self._silent: Counter[str] = Counter()

    def is_due(self, item: Item, since: datetime) -> bool:
        """Return whether an item is dated after `since` or not at all, or its page is still to be read."""
        dates = [date for date in (item.published, item.updated) if date]
        if not dates or max(dates) >= since:
            return True
        stored = self._known.version(item.key) or ""
        return stored.endswith(UNREAD) and self._known.may_ask(item.url)

    def complete(self, items: tuple[Item, ...]) -> Batch:
        """Return the items with the text of their pages; those that are stored in this version are only counted."""
        changed = tuple(item for item in items if not self._is_read(item))
        pages = [self._read(item) for item in changed]
        return Batch(
            items=tuple(item for page in pages for item in page.items),
            rejects=tuple(reject for page in pages for reject in page.rejects),
            unchanged=len(items) - len(changed),
            is_settled=all(page.is_settled for page in pages),
        )

    def raise_refused(self) -> None:
        """Raise RefusedAddressError if a page's address was one that nothing may be sent to."""
        for error in self._refused:
            raise error

    def _is_read(self, item: Item) -> bool:
        stored = self._known.version(item.key)
        if stored == f"{item.version}{READ}":
            return True
        return stored == f"{item.version}{UNREAD}" and not self._known.may_ask(item.url)

    def _read(self, item: Item) -> Batch:
        """Return one item with its page's text; with the listing's words, if it has any, where there is no page."""
        if not self._known.may_ask(item.url):
            return _as_listed(item, UNREAD, f"gave nothing {MOST_FAILURES} times")
        host = urlsplit(item.url).netloc
        if self._silent[host] >= MOST_SILENCE:
            return _as_listed(item, UNREAD, f"{host} does not answer", is_settled=False)
        try:
            return Batch((self._with_page(item),))
        except RefusedAddressError as error:
            self._refused.append(error)
            return _as_listed(item, READ, error.reason)
        except (UnreachableError, SleepError) as error:
            self._silent[host] += MOST_SILENCE if isinstance(error, SleepError) else 1
            return _as_listed(item, UNREAD, error.reason, is_settled=False)
        except (MissingError, BarredByRobotsError) as error:
            return _as_listed(item, UNREAD, error.reason, is_settled=False)
        except (FetchError, ParseError) as error:
            return _as_listed(item, READ, error.reason, is_odd=True)

    def _with_page(self, item: Item) -> Item:
        answer = self._client.get(item.url, robots=True, limit_bytes=MOST_BYTES)
        page = read_page(answer.content, answer.url, answer.media_type, answer.charset)
        return replace(
            item,
            title=item.title or page.title or item.url,
            text=max(page.text, item.text, key=len),  # some pages show their text to scripts alone
            published=item.published or page.published,
            payload=Payload(answer.url, answer.media_type, answer.content),
            version=f"{item.version}{READ}",
        )


def _is_binary(content: bytes) -> bool:
    """Return whether NUL stands at the beginning; text has none, unless it says that it is UTF-16."""
    return b"\x00" in content[:1000] and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _as_listed(item: Item, state: str, reason: str, *, is_odd: bool = False, is_settled: bool = True) -> Batch:
    """Return the item with the words of its listing; without words it is set aside, as is an odd page in any case."""
    rejects = (Reject(item.url, reason),) if is_odd or not item.text else ()
    listed = replace(item, title=item.title or item.text[:80], version=f"{item.version}{state}")
    return Batch((listed,) if item.text else (), rejects, is_settled=is_settled)
