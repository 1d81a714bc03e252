"""Files into text: what a person would read of an HTML page, a PDF or a Markdown file, and nothing of its markup.

Files are hostile. HTML of a size and shape that a parser may choke on, and every PDF, is read in a process of its own,
with bounds on its time and memory, so that neither a crash nor an endless loop reaches the run.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from flows.errors import ParseError
from flows.formats import html_text, isolation, markdown_text
from flows.formats.decoding import decode

LARGEST_HTML = 5_000_000
LARGEST_PDF = 100_000_000
LARGEST_MARKDOWN = 5_000_000

HTML_TYPES = ("text/html", "application/xhtml+xml")
MARKDOWN_TYPES = ("text/markdown", "text/x-markdown")
PLAIN_TYPES = ("text/plain", "", "application/octet-stream")

_LOOKS_LIKE_HTML = re.compile(rb"\s{0,999}<(?:!doctype\s+html|html|head|body|meta|title|article)\b", re.IGNORECASE)

MOST_TOKENS = 20_000
"""Above this, HTML is read in a process of its own.

The parser's time grows with the square of the attributes of one tag (libxml2 looks for duplicates): 200,000 of them
take eight minutes, 20,000 some seconds. A page has fewer attributes than it has spaces, slashes and pairs of quotes.
"""


@dataclass(frozen=True, slots=True)
class Readable:
    """The text of a file; `published` is what the page says of itself (aware UTC, often the day alone).

    `links` are the http and https addresses that an HTML page links to, absolute, each once and in order.
    """

    title: str
    text: str
    published: datetime | None = None
    links: tuple[str, ...] = ()


def read_page(content: bytes, media_type: str, url: str, charset: str | None = None) -> Readable:
    """Read a file by what it is: its first bytes tell a PDF, else its media type and the ending of its address.

    Raises ParseError where that is nothing to read, such as an image, or where there is no text in it.
    """
    if content[:1024].lstrip().startswith(b"%PDF-") or media_type == "application/pdf":
        return read_pdf(content, url)
    ending = PurePosixPath(urlsplit(url).path).suffix.lower()
    if media_type in MARKDOWN_TYPES or (ending in (".md", ".markdown") and media_type in PLAIN_TYPES):
        return read_markdown(content, url)
    if media_type in HTML_TYPES or _LOOKS_LIKE_HTML.match(content):
        return read_html(content, url, charset)
    if media_type in PLAIN_TYPES and b"\0" not in content:
        return _from_page(html_text.Page("", decode(content[:LARGEST_MARKDOWN], charset)), url)
    raise ParseError(url, f"is {media_type or 'of no known type'}, which holds no text to read")


def read_html(content: bytes, url: str, charset: str | None = None) -> Readable:
    """Read the main text of a page, tables included, comments left out; the whole text if the main one is tiny.

    `charset` is what the Content-Type header declares. Raises ParseError if there is no text to be had.
    """
    if len(content) > LARGEST_HTML:
        raise ParseError(url, f"is more than {LARGEST_HTML // 1_000_000} MB of HTML")
    if _token_bound(content) > MOST_TOKENS:
        return _from_child("html", content, url, charset)
    return _from_page(html_text.read(content, url, charset), url)


def read_pdf(content: bytes, url: str = "") -> Readable:
    """Read the text of a PDF of at most 500 pages, in a process of its own; raises ParseError."""
    if len(content) > LARGEST_PDF:
        raise ParseError(url, f"is more than {LARGEST_PDF // 1_000_000} MB of PDF")
    if b"%PDF-" not in content[:1024]:
        raise ParseError(url, "is no PDF")
    return _from_child("pdf", content, url, None)


def read_markdown(content: bytes, url: str = "") -> Readable:
    """Read a Markdown file: its first heading as title, its text with its own marks but without HTML."""
    if len(content) > LARGEST_MARKDOWN:
        raise ParseError(url, f"is more than {LARGEST_MARKDOWN // 1_000_000} MB of Markdown")
    title, text = markdown_text.read(content)
    if not text.strip():
        raise ParseError(url, "holds no text")
    return Readable(title, text)


def _token_bound(content: bytes) -> int:
    quotes = content.count(b'"') + content.count(b"'")
    return len(re.findall(rb"\s+", content)) + content.count(b"/") + quotes // 2


def _from_child(kind: str, content: bytes, url: str, charset: str | None) -> Readable:
    return _from_page(isolation.read_apart(kind, content, url, charset), url)


def _from_page(page: html_text.Page, url: str) -> Readable:
    if not page.text.strip():
        raise ParseError(url, "holds no text")
    return Readable(page.title, page.text, page.published, page.links)
