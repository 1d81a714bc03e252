"""A view of a document in plain characters, exactly as long as the document, so that every offset holds in both."""

import re

_WIDE = {0xFF01 + i: chr(0x21 + i) for i in range(94)}
_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
_HIDDEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"), " ")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2212"), "-")
_MARKS = dict.fromkeys(map(ord, "*`"), " ")
_PLAIN = _WIDE | _SPACES | _HIDDEN | _DASHES | _MARKS | {ord("“"): '"', ord("”"): '"', ord("’"): "'"}

_NOT_LINE_END = re.compile(r"[^\n]")
_FENCE = re.compile(r"^[ \t]{0,8}(```|~~~)", re.MULTILINE)
_BIBTEX = re.compile(r"^[ \t]*@[a-zA-Z]{3,20}\{", re.MULTILINE)
_BLANKED = re.compile(
    r"<!--|-->"
    r"|</?[a-zA-Z][^<>]{0,2000}>"
    r"|\{\{[^{}\n]{0,1000}\}\}"
    r"|!\[[^\[\]\n]{0,300}\]\([^)\n]{0,1000}\)"
    r"|(?<=\])\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,500})?\)"
    r"|\bhttps?://[^\s)>\]\"']{1,1000}",
)
_LATEX = re.compile(r"\\(?:times|cdot|sim|approx|[a-zA-Z]{1,20}|[%$&_#,;()])|\$|~(?=\d)|&(?:nbsp|amp|lt|gt|quot);?")
_SIGNS = {"\\times": "×", "\\cdot": "×", "\\%": "%", "\\$": "$", "\\&": "&", "&amp;": "&"}


def plain(content: str) -> str:
    """Return `content` with markup, addresses, program code and citations blanked, and odd characters made plain."""
    view = content.translate(_PLAIN)
    if "\n" in content:
        view = _without_blocks(content, view)
    view = _BLANKED.sub(_blank, view)
    return _LATEX.sub(_sign, view)


def _blank(match: re.Match[str]) -> str:
    """Spaces in place of a match; line ends stay."""
    return _NOT_LINE_END.sub(" ", match[0])


def _sign(match: re.Match[str]) -> str:
    command = match[0]
    if command == "$":
        return "$" if match.string[match.end() : match.end() + 1].isdigit() and _is_money(match) else " "
    return _SIGNS.get(command, " ").ljust(len(command))


def _is_money(match: re.Match[str]) -> bool:
    """Whether a dollar sign opens a price rather than a formula: no second one closes it soon, or words follow."""
    after = match.string[match.end() : match.end() + 40]
    close = after.find("$")
    return close < 0 or " " in after[:close].strip()


def _without_blocks(content: str, view: str) -> str:
    """Blank fenced code, BibTeX entries and scripts."""
    blocks = sorted(
        (
            *_fences(content),
            *_citations(content),
            *_enclosed(content, "<script", "</script>"),
            *_enclosed(content, "<style", "</style>"),
        )
    )
    pieces, here = [], 0
    for start, end in blocks:
        if start >= here:
            pieces += [view[here:start], _NOT_LINE_END.sub(" ", view[start:end])]
            here = end
    return "".join((*pieces, view[here:]))


def _enclosed(content: str, opening: str, closing: str) -> list[tuple[int, int]]:
    """Every piece from `opening` to the next `closing`; what is never closed is text."""
    found, here = [], content.find(opening)
    while here >= 0:
        close = content.find(closing, here)
        if close < 0:
            break
        found.append((here, close + len(closing)))
        here = content.find(opening, close)
    return found


def _fences(content: str) -> list[tuple[int, int]]:
    marks = [match.start() for match in _FENCE.finditer(content)]
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return [(start, close if (close := content.find("\n", end)) >= 0 else len(content)) for start, end in pairs]


def _citations(content: str) -> list[tuple[int, int]]:
    """From `@article{` to the line that closes it (at most 4000 characters)."""
    found = []
    for match in _BIBTEX.finditer(content):
        close = content.find("\n}", match.end(), match.end() + 4000)
        found.append((match.start(), close + 2 if close >= 0 else match.end()))
    return found
