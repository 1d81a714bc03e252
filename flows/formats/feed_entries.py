"""The entries of a feed as plain values: RSS and Atom by feedparser, JSON Feed (https://jsonfeed.org) by json."""

import calendar
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any

import feedparser
import nh3

from flows.errors import ParseError
from flows.formats.links import absolute, canonical
from flows.formats.safe_xml import first_line, in_utf8, refuse_declarations
from flows.formats.times import read_time
from flows.item import Item, Payload
from store.storable import storable

MOST_ENTRIES = 2000
#: Characters of one summary or content; what is longer is cut.
LONGEST_HTML = 200_000
#: A byte order mark and white space, which may stand before anything else.
SPACE = b"\xef\xbb\xbf \t\r\n"
#: Bytes in which a feed's last tag stands; comments of caches follow it.
ENDS_WITHIN = 2000
_END = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)

#: How much longer than its summary the content of an entry must be to stand in its place.
FULLER = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one post, as plain text; `url` is None where it links to no page."""

    url: str | None
    title: str
    summary: str
    content: str
    published: datetime | None
    updated: datetime | None
    authors: tuple[str, ...] = ()

    @property
    def key(self) -> str | None:
        """The post's key: its address in one spelling."""
        return canonical(self.url) if self.url else None

    @property
    def mark(self) -> str:
        """A digest of title, date and summary: changes when the feed says something else of the post."""
        said = json.dumps([self.title, str(self.updated or self.published), self.summary])
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def text(self) -> str:
        """The fuller of content and summary; often the content only adds a line to the summary."""
        return self.content if len(self.content) > FULLER * len(self.summary) else self.summary

    def item(self, payload: Payload) -> Item:
        """Return the post as an item with the feed's own words; only for an entry with an address."""
        if self.url is None:
            raise ValueError("an entry without an address is no item")
        return Item(
            key=canonical(self.url),
            kind="post",
            url=self.url,
            title=self.title,
            text=self.text,
            published=self.published or self.updated,
            updated=self.updated,
            payload=payload,
            version=self.mark,
            authors=self.authors,
        )


def read_entries(content: bytes, url: str, charset: str | None = None) -> Iterator[Entry]:
    """Return the entries of a feed, at most MOST_ENTRIES; addresses are read against `url`.

    Ill-formed feeds give what can be read of them; an entry that is cut short is left out, since half a number is a
    wrong one. Raises ParseError where it is no feed.
    """
    if content.lstrip(SPACE).startswith(b"{"):
        entries = _json_entries(content, url)
    else:
        entries = _xml_entries(refuse_declarations(content, url, charset), url)
    return iter(entries[:MOST_ENTRIES])


def is_cut(content: bytes, charset: str | None = None) -> bool:
    """Return whether an XML feed ends before its root element does."""
    if content.lstrip(SPACE).startswith(b"{"):
        return False  # JSON that is cut short is none
    return not _END.search(in_utf8(content, charset)[-ENDS_WITHIN:])


def plain(html: str) -> str:
    """Return the text of a piece of HTML with its white space normalised."""
    bare = nh3.clean(storable(html[:LONGEST_HTML]).replace("<", " <"), tags=set())
    return " ".join(unescape(bare).split())


def _ends_in_an_entry(text: bytes) -> bool:
    begins = max(text.rfind(tag) for tag in (b"<item", b"<entry"))
    return begins > max(text.rfind(tag) for tag in (b"</item", b"</entry"))


def _xml_entries(content: bytes, url: str) -> list[Entry]:
    # A stream, since feedparser takes a string for an address or a file to open.
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    feed = feedparser.parse(io.BytesIO(content), response_headers=headers)
    if not feed.get("version") and not feed["entries"]:
        trouble = first_line(feed["bozo_exception"]) if feed.get("bozo") else "no channel in it"
        raise ParseError(url, f"is no feed ({trouble})")
    if feed.get("bozo") and not feed["entries"]:
        raise ParseError(url, f"is a feed that cannot be read ({first_line(feed['bozo_exception'])})")
    whole = feed["entries"][:-1] if _ends_in_an_entry(content) else feed["entries"]
    return [_xml_entry(entry, url) for entry in whole if entry.get("link") or entry.get("title")]


def _xml_entry(entry: Any, url: str) -> Entry:
    identity = entry.get("id", "")
    link = entry.get("link") or (identity if identity.startswith(("http://", "https://")) else "")
    contents = [part.get("value", "") for part in entry.get("content", [])]
    return Entry(
        url=_address(link, url),
        title=plain(entry.get("title", "")),
        summary=plain(entry.get("summary", "")),
        content=plain(max(contents, key=len, default="")),
        published=_time_of(entry, "published_parsed"),
        updated=_time_of(entry, "updated_parsed"),
        authors=tuple(author["name"] for author in entry.get("authors", []) if author.get("name")),
    )


def _time_of(entry: Any, key: str) -> datetime | None:
    # `in` first: feedparser warns where one date would stand in for another.
    parsed = entry[key] if key in entry else None  # noqa: SIM401
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError):
        return None


def _json_entries(content: bytes, url: str) -> list[Entry]:
    try:
        feed = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ParseError(url, f"is no JSON ({first_line(error)})") from error
    if not isinstance(feed, dict) or "jsonfeed.org/version/" not in str(feed.get("version")):
        raise ParseError(url, "is JSON, but no JSON Feed")
    items = feed.get("items")
    if not isinstance(items, list):
        raise ParseError(url, "is a JSON Feed without a list of items")
    return [_json_entry(item, url) for item in items if isinstance(item, dict)]


def _json_entry(item: dict[str, Any], url: str) -> Entry:
    words = {name: storable(value) for name, value in item.items() if isinstance(value, str)}
    identity = words.get("id", "")
    link = words.get("url") or words.get("external_url") or (identity if identity.startswith("http") else "")
    authors = item.get("authors") or [item.get("author")]
    names = [author.get("name") for author in authors if isinstance(author, dict)] if isinstance(authors, list) else []
    return Entry(
        url=_address(link, url),
        title=plain(words.get("title", "")),
        summary=plain(words.get("summary", "")),
        content=plain(words.get("content_html", "")) or " ".join(words.get("content_text", "").split()),
        published=read_time(words.get("date_published", "")),
        updated=read_time(words.get("date_modified", "")),
        authors=tuple(storable(name) for name in names if isinstance(name, str)),
    )


def _address(link: str, url: str) -> str | None:
    """Return the address of a post; None where there is none that can be asked for and stored."""
    try:
        address = absolute(link, url) if link.strip() else ""
        return address if canonical(address) else None
    except ValueError:
        return None
