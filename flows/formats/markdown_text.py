"""Markdown into text: its own marks stay, for readers and extractors know them; the HTML inside it goes."""

import html
import re

from flows.formats.decoding import decode

_COMMENT = re.compile(r"<!--.{0,100000}?-->", re.DOTALL)
_UNSEEN = re.compile(r"<(script|style)\b[^>]{0,2000}>.{0,200000}?</\1\s{0,9}>", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b[^<>]{0,2000}>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|hr|/?(?:p|div|tr|li|ul|ol|h[1-6]|table|details|summary))\b[^<>]{0,2000}>", re.IGNORECASE)
_OTHER = re.compile(
    r"</?(?:a|abbr|audio|b|blockquote|caption|center|code|col|colgroup|dd|del|dl|dt|em|embed|figcaption|figure|font"
    r"|form|i|iframe|img|input|ins|kbd|link|meta|object|picture|pre|q|s|samp|script|small|source|span|strike|strong"
    r"|style|sub|sup|svg|path|tbody|td|tfoot|th|thead|tt|u|var|video)\b[^<>]{0,20000}>",
    re.IGNORECASE,
)
_FRONT_MATTER = re.compile(r"\s{0,100}---[ \t]*\n.{0,20000}?\n---[ \t]*(?:\n|$)", re.DOTALL)
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#{1,2}[ \t]+(.{1,300}?)[ \t#]*$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,2000}\)")


def read(content: bytes) -> tuple[str, str]:
    """Return title and text; the title is the first heading outside of front matter and code, or empty."""
    text = without_html(decode(content))
    body = _FENCED.sub("", _FRONT_MATTER.sub("", text, count=1))
    heading = _HEADING.search(body)
    return (_LINK.sub(r"\1", heading[1]).strip("*_` ") if heading else "", text)


def without_html(text: str) -> str:
    """Return Markdown without HTML tags; `<` that opens no HTML tag stays, as in `a < b` or `<think>`."""
    text = _UNSEEN.sub("", _COMMENT.sub("", text))
    text = _OTHER.sub("", _BREAK.sub("\n", _CELL.sub(" | ", text)))
    text = html.unescape(text).replace("\xa0", " ")
    return re.sub(r"[ \t]+\n", "\n", re.sub(r"\n{4,}", "\n\n\n", text)).strip()
