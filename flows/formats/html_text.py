"""The main text of an HTML page, by trafilatura, with the whole text as the way out where it finds next to nothing."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml import etree, html

from flows.formats.decoding import decode

TINY = 250
"""Characters below which the main text may be a cookie notice: the whole text is then weighed against it."""

MOST_LINKS = 5_000
LONGEST_LINK = 2_000
LONGEST_TITLE = 500

_UNSEEN = ("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "head")
_BLOCKS = re.compile(
    "address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p"
    "|pre|section|table|td|th|tr|ul"
)
# What trafilatura and the parser below it raise on pages that are broken in ways that they did not foresee.
_BREAKS = (etree.LxmlError, AssertionError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)
_FORMULA_SOURCE = re.compile(rb"<annotation(?:-xml)?\b[^>]{0,500}>.{0,20000}?</annotation(?:-xml)?>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """What was read; all of it may be empty."""

    title: str
    text: str
    published: datetime | None = None
    links: tuple[str, ...] = ()


def read(content: bytes, url: str, charset: str | None) -> Page:
    """Read a page; whatever is wrong with it, what comes back is text, if only an empty one."""
    text = re.sub(r"^\s{0,99}<\?xml[^>]{0,200}>", "", decode(content, charset))
    tree = _parse(text)
    if tree is None:
        return Page("", "")
    links = _links(tree, url)
    title = _title(tree)
    main = _main(text, url)
    whole = _whole(tree) if len(main.text) < TINY else ""
    if len(whole) > 2 * len(main.text):
        main = Page(main.title, whole, main.published)
    return Page((main.title or title)[:LONGEST_TITLE], main.text, main.published, links)


def without_formula_sources(content: bytes) -> bytes:
    """Return a page without the TeX that MathML keeps beside each formula, which would be read a second time."""
    return _FORMULA_SOURCE.sub(b"", content)


def _parse(text: str) -> html.HtmlElement | None:
    if not text.strip():
        return None
    try:
        return html.document_fromstring(text, parser=html.HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _main(text: str, url: str) -> Page:
    try:
        found = trafilatura.bare_extraction(
            text,
            url=url or None,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except _BREAKS:
        found = None
    if not isinstance(found, trafilatura.settings.Document):
        return Page("", "")
    return Page(_one_line(found.title or ""), found.text or "", _midnight(found.date))


def _midnight(date: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(date).replace(tzinfo=UTC) if date else None
    except ValueError:
        return None


def _title(tree: html.HtmlElement) -> str:
    for place in (".//meta[@property='og:title']/@content", ".//h1", ".//title"):
        for found in tree.xpath(place)[:1]:
            title = _one_line(found if isinstance(found, str) else found.text_content())
            if title:
                return title
    return ""


def _whole(tree: html.HtmlElement) -> str:
    """Return all visible text, a line for each block; changes the tree."""
    for element in list(tree.iter(*_UNSEEN)):
        element.drop_tree() if element.getparent() is not None else element.clear()
    for element in tree.iter():
        if _BLOCKS.fullmatch(element.tag):
            element.tail = "\n" + (element.tail or "")
            element.text = "\n" + (element.text or "")
    lines = (_one_line(line) for line in tree.text_content().split("\n"))
    return "\n".join(line for line in lines if line)


def _links(tree: html.HtmlElement, url: str) -> tuple[str, ...]:
    base = next((href for href in tree.xpath(".//base/@href")), "")
    start = _joined(url, str(base)[:LONGEST_LINK]) or url
    found = (_joined(start, str(href)) for href in tree.xpath(".//a/@href") if len(href) <= LONGEST_LINK)
    return tuple(dict.fromkeys(link for link in found if link))[:MOST_LINKS]


def _joined(base: str, href: str) -> str | None:
    """Return the absolute http or https address, without its fragment; None if it is another thing."""
    try:
        address = urlsplit(urljoin(base, href.strip()))
        return (
            address._replace(fragment="").geturl() if address.scheme in ("http", "https") and address.netloc else None
        )
    except ValueError:
        return None


def _one_line(text: str) -> str:
    return " ".join(text.split())
