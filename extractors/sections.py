"""The sections of a whole report, and which of them are read: what is said of others and of trials is left out.

A report is a paper in full: where an abstract speaks of the authors' model alone, a report compares it with ten others,
trains small ones to try things out, and cites. Its headings tell these apart.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.words import sections as words

#: Characters from which on a text may be a whole report.
SHORTEST_REPORT = 15_000

#: Lines of a heading are no longer than this.
LONGEST_TITLE = 110

_NUMBERED = (
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[A-H](?:\.\d{1,2}){0,3}|[IVX]{2,5})\.?[ \t]{1,4}"
    rf"(?P<title>[A-Z][^\n|]{{2,{LONGEST_TITLE}}})"
)
_HEADING = re.compile(
    rf"^[ \t]{{0,3}}(?:#{{1,6}}[ \t]+)?(?:{_NUMBERED}|(?P<bare>{words.BARE}))[ \t]{{0,3}}:?$",
    re.MULTILINE | re.IGNORECASE,
)
_NO_HEADING = re.compile(r"\. ?\.|\d$|[.,;:=]$|\d\s+\d|^[a-z]|[a-z]{2}[.!?] [A-Z]")
_BACK = re.compile(r"references|bibliography|works cited", re.IGNORECASE)
_CITATION = re.compile(
    r"\((?:[^()\n]{0,200}(?:et al\.?|[A-Z][a-z]{1,20}),?\s{0,2}\n?)(?:19|20)\d\d[a-z]?[^()]{0,300}\)"
    r"|\b(?:19|20)\d\d[a-z]\b"
)
_CELL = re.compile(r"[-–—+±]|[\d.,]{1,12}[%KMBT]?|\([\d.,]{1,8}\)|N/A|/|✓|✗")
_FIRST = re.compile(r"abstract|summary|executive summary", re.IGNORECASE)
_APPENDIX = re.compile(r"[A-H](?:\.\d{1,2})*")
_NOT_LINE_END = re.compile(r"[^\n]")


#: Title given to names and addresses of the authors, which stand between a report's title and its abstract.
_FRONT = "authors"
LONGEST_FRONT = 20_000


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading at `start`; `number` is empty where it has none."""

    start: int
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Section:
    """A piece `start:end` of a document under its heading; what is not `is_read` speaks of others or of trials."""

    start: int
    end: int
    title: str
    is_read: bool


def is_report(kind: str, view: str) -> bool:
    """Whether a text is a whole report: one that is stored as such, or a long one that is built like one."""
    if kind == "report":
        return True
    if kind == "card" or len(view) < SHORTEST_REPORT:
        return False
    titles = {_title(match).lower() for match in _HEADING.finditer(view)}
    return any("introduction" in title for title in titles) and any(_BACK.fullmatch(title) for title in titles)


def sections(view: str, body: int) -> tuple[Section, ...]:
    """Return the sections in reading order; the first is what stands before any heading, after the title at `body`."""
    found = _headings(view, body)
    ends = [heading.start for heading in found[1:]] + [len(view)]
    read: dict[str, bool] = {}
    made = []
    for heading, end in zip(found, ends, strict=True):
        around = heading.number.rpartition(".")[0]
        is_read = _is_read(heading, parent=read.get(around, True) if around else True)
        read[heading.number] = is_read
        made.append(Section(heading.start, end, heading.title, is_read))
    return tuple(made)


def _headings(view: str, body: int) -> list[_Heading]:
    """Return the headings down to the list of references, with a first one that stands for what comes before them.

    A number has to go on from the last one: items of numbered lists look the same.
    """
    found, last = [_Heading(body, "", "")], 0
    for match in _HEADING.finditer(view, body):
        number, title = (match["number"] or "").upper(), _title(match)
        if match["title"] and (_NO_HEADING.search(title) or not _goes_on(number, last)):
            continue
        top = number.partition(".")[0]
        last = int(top) if top.isdigit() else last
        found.append(_Heading(match.start(), number, title))
        if _BACK.fullmatch(title) and match.start() > len(view) // 5:
            break
    if len(found) > 1 and _FIRST.fullmatch(found[1].title) and found[1].start < LONGEST_FRONT:
        found[0] = _Heading(body, "", _FRONT)
    return found


def _goes_on(number: str, last: int) -> bool:
    top, _, rest = number.partition(".")
    if not top.isdigit():
        return True
    return last <= int(top) <= last + 1 if rest else last < int(top) <= last + 2


def only_read(view: str, parts: tuple[Section, ...]) -> str:
    """Return the view with blanks for what is not read: other sections, citations, rows of numbers; equally long."""
    here, pieces = 0, []
    for part in parts:
        pieces.append(view[here : part.start])
        pieces.append(view[part.start : part.end] if part.is_read else _blank(view[part.start : part.end]))
        here = part.end
    text = _CITATION.sub(lambda match: _blank(match[0]), "".join(pieces))
    text = _without_labels(text)
    return "".join(_without_cells(line) for line in text.splitlines(keepends=True))


def section_at(parts: tuple[Section, ...], place: int) -> Section | None:
    """Return the section that holds a place; None in the title."""
    index = bisect_right([part.start for part in parts], place) - 1
    return parts[index] if index >= 0 else None


def _title(match: re.Match[str]) -> str:
    return " ".join((match["title"] or match["bare"] or "").split())


def _is_read(heading: _Heading, *, parent: bool) -> bool:
    """Whether a section speaks of the authors' model; where its title tells nothing, the section around it decides."""
    if heading.title == _FRONT or _APPENDIX.fullmatch(heading.number):
        return False
    return bool(words.OWN.search(heading.title)) or (parent and not words.OTHER.search(heading.title))


def _without_cells(line: str) -> str:
    """Blank the cells of a row of numbers: which column they stand in is lost, and most are of other models."""
    parts = line.split()
    cells = sum(bool(_CELL.fullmatch(part)) for part in parts)
    is_row = cells >= 0.5 * len(parts) or (len(line) < LONGEST_TITLE and all(map(_CELL.fullmatch, parts[-2:])))
    if cells < 2 or not is_row:
        return line
    return re.sub(r"(?<!\S)\S+", lambda match: _blank(match[0]) if _CELL.fullmatch(match[0]) else match[0], line)


def _without_labels(text: str) -> str:
    here, pieces = 0, []
    for start, end in _labels(text):
        pieces += [text[here:start], _blank(text[start:end])]
        here = end
    return "".join((*pieces, text[here:]))


def _labels(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of columns of short lines: the labels of a figure, or cells of a table."""
    start, count, here = 0, 0, 0
    for line in (*text.splitlines(keepends=True), "." * SHORT):
        if line.strip() and (len(line) >= SHORT or line.strip()[-1] in ".:;!?" or line.lstrip()[:1] in "•-*#|"):
            if count >= MOST_SHORT_LINES:
                yield start, here
            start, count = here + len(line), 0
        count += bool(line.strip())
        here += len(line)


#: Characters below which a line is short, and how many of them in a row are no prose.
SHORT, MOST_SHORT_LINES = 50, 6


def _blank(text: str) -> str:
    return _NOT_LINE_END.sub(" ", text)
