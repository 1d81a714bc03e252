"""Bytes of a page into text, whatever the page and its server say of the encoding: both are often wrong."""

import codecs
import re

from trafilatura.utils import detect_encoding

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Python knows more codecs than pages may ask for: some expand their input, and some are quadratic in time.
_KNOWN = re.compile(
    r"utf-?8|utf-?16(-?[lb]e)?|us-ascii|ascii|iso-8859-\d{1,2}|latin-?1|windows-\d{3,4}|cp\d{3,4}|koi8-?[ru]"
    r"|gb2312|gbk|gb18030|big5(-hkscs)?|euc-?jp|euc-?kr|shift[-_]?jis|sjis|iso-2022-jp|tis-?620|macintosh",
    re.IGNORECASE,
)
# What browsers read in place of what is declared (https://encoding.spec.whatwg.org/#names-and-labels).
_READ_AS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "gb2312": "gb18030"}
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_PROLOG = re.compile(rb"\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


def decode(content: bytes, declared: str | None = None) -> str:
    """Return `content` as text without control characters.

    A byte order mark decides; then bytes that are valid UTF-8 and more than ASCII are UTF-8; then `declared` (the
    header), what the page itself says, and what its bytes look like, the first of them that fits. What fits nothing
    keeps its ASCII.
    """
    return _CONTROL.sub("", _decode(content, declared)).replace("\r\n", "\n").replace("\r", "\n")


def _decode(content: bytes, declared: str | None) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    said = [name for name in (declared, _said_inside(content)) if name and _KNOWN.fullmatch(name)]
    order = said if content.isascii() else ["utf-8", *said]
    for name in order or ["utf-8"]:
        if (text := _attempt(content, name)) is not None:
            return text
    for name in detect_encoding(content[:100_000])[:3]:
        if (text := _attempt(content, name)) is not None:
            return text
    return content.decode("utf-8", errors="replace")


def _said_inside(content: bytes) -> str | None:
    found = _PROLOG.match(content) or _META.search(content, 0, 20_000)
    return found[1].decode("ascii") if found else None


def _attempt(content: bytes, name: str) -> str | None:
    try:
        return content.decode(_READ_AS.get(name.lower(), name))
    except (LookupError, UnicodeDecodeError):
        return None
