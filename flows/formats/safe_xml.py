"""XML from outside, read without entities, DTD, network or unbounded size."""

import codecs
import re

from feedparser.encodings import convert_to_utf8
from lxml import etree

from flows.errors import ParseError

#: More than any listing that we ask for (500 papers are 1.5 MB), less than what would hurt.
MOST_BYTES = 20_000_000

#: Parsers compare every attribute of a tag with every other: 20,000 of them take seconds, 200,000 minutes.
MOST_ATTRIBUTES = 500

_LONG_TAG = re.compile(rb"<[^<>]{2000,}")
_HTML = re.compile(rb"(?:\s|<\?.{0,500}?\?>|<!--.{0,1000}?-->)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
#: A declaration in a DTD, or a document type with an internal subset. (A bare one, as RSS 0.91 asks for, is harmless.)
_DECLARATION = re.compile(rb"<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)|<!DOCTYPE[^\[>]{0,500}\[", re.IGNORECASE)


def tree(content: bytes, url: str) -> etree._Element:
    """Return the root element of a well-formed document.

    Raises ParseError where it is HTML, cut short, not XML at all, too large, or has a DTD.
    """
    refuse_declarations(content, url)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(url, f"is not well-formed XML ({first_line(error)})") from error
    if root.getroottree().docinfo.doctype:
        raise ParseError(url, "has a document type declaration, which is not read")
    return root


def refuse_declarations(content: bytes, url: str, charset: str | None = None) -> bytes:
    """Return `content` in UTF-8, whatever its encoding (none hides a declaration from the search).

    `charset` is what the answer's header declares, which goes before what the document says of itself.
    Raises ParseError where it is empty, too large or HTML, declares entities or a DTD, or has an absurd tag.
    """
    if not content.strip():
        raise ParseError(url, "is empty")
    if len(content) > MOST_BYTES:
        raise ParseError(url, f"is larger than {MOST_BYTES // 1_000_000} MB")
    text = in_utf8(content, charset)
    if _HTML.match(text[:2000]):
        raise ParseError(url, "answered HTML where a feed was due")
    if _DECLARATION.search(text):
        raise ParseError(url, "declares entities or a DTD, which are not read")
    if any(tag.group().count(b"=") > MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise ParseError(url, "has a tag with hundreds of attributes, which is not read")
    return text


def in_utf8(content: bytes, charset: str | None) -> bytes:
    """Return XML in UTF-8, whatever its encoding; `charset` as with `refuse_declarations`."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # feedparser tries UTF-8 first, which takes UTF-16 for text full of NUL.
        return content.decode("utf-16", errors="replace").encode()
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    converted: bytes = convert_to_utf8(headers, content, {"bozo": False})
    return converted


def first_line(error: Exception) -> str:
    """Return the first line of an error's message, bounded."""
    return (str(error).splitlines() or [""])[0][:200]
