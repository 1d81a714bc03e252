"""Tables of a document, Markdown and HTML: rows of cells with their offsets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MAX_CELLS = 20_000
MAX_TABLES = 100

_LINE = re.compile(r"[^\n]+")
_RULE = re.compile(r"^[\s|:+\-=]*-{1,}[\s|:+\-=]*$")
_HTML_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_HTML_TABLE_END = re.compile(r"</table", re.IGNORECASE)
_HTML_ROW = re.compile(r"<tr\b[^>]{0,1000}>", re.IGNORECASE)
_HTML_CELL = re.compile(r"<t[hd]\b([^>]{0,1000})>", re.IGNORECASE)
_HTML_CELL_END = re.compile(r"</t[hd]>|<t[hd]\b|</tr>", re.IGNORECASE)
_SPAN = re.compile(r"colspan\s*=\s*[\"']?(\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands at `start:end` of the document; `text` is its plain words, with spaces joined."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the header (columns' names) where the table has one."""

    rows: tuple[tuple[Cell, ...], ...]
    start: int
    end: int

    @property
    def header(self) -> tuple[Cell, ...]:
        """The first row."""
        return self.rows[0]


def tables(content: str, view: str) -> tuple[Table, ...]:
    """Return the tables of at least two rows and two columns, in reading order; at most `MAX_CELLS` cells in all."""
    found, cells = [], 0
    for table in sorted((*_markdown(content, view), *_html(content, view)), key=lambda one: one.start):
        cells += sum(map(len, table.rows))
        if cells > MAX_CELLS:
            break
        if len(table.rows) > 1 and max(map(len, table.rows)) > 1:
            found.append(table)
    return tuple(found)


def _cell(view: str, start: int, end: int) -> Cell:
    raw = view[start:end]
    left = start + len(raw) - len(raw.lstrip())
    right = max(left, end - (len(raw) - len(raw.rstrip())))
    return Cell(" ".join(raw.replace("[", " ").replace("]", " ").split()), left, right)


def _markdown(content: str, view: str) -> Iterator[Table]:
    block: list[tuple[int, int]] = []
    for match in _LINE.finditer(content):
        if "|" not in match[0]:
            continue
        if block and match.start() != block[-1][1] + 1:
            yield from _markdown_block(view, block)
            block = []
        block.append(match.span())
    yield from _markdown_block(view, block)


def _markdown_block(view: str, lines: list[tuple[int, int]]) -> Iterator[Table]:
    """Yield the table that a block of lines is, if its second line is a rule."""
    if len(lines) < 3 or not _RULE.match(view[slice(*lines[1])]):
        return
    rows = tuple(_markdown_cells(view, *line) for line in (lines[0], *lines[2:]))
    yield Table(rows, lines[0][0], lines[-1][1])


def _markdown_cells(view: str, start: int, end: int) -> tuple[Cell, ...]:
    line = view[start:end]
    left = start + len(line) - len(line.lstrip(" \t>"))
    right = start + len(line.rstrip())
    left += view[left : left + 1] == "|"
    right -= right > left and view[right - 1] == "|"
    cells, here = [], left
    for bar in re.finditer(r"\|", view[left:right]):
        cells.append(_cell(view, here, left + bar.start()))
        here = left + bar.end()
    return (*cells, _cell(view, here, max(here, right)))


def _html(content: str, view: str) -> Iterator[Table]:
    for match in islice(_HTML_TABLE.finditer(content), MAX_TABLES):
        close = _HTML_TABLE_END.search(content, match.end(), match.end() + 200_000)
        if not close:
            continue
        end = close.start()
        starts = [row.end() for row in _HTML_ROW.finditer(content, match.end(), end)]
        rows = tuple(
            _html_cells(content, view, start, stop) for start, stop in zip(starts, [*starts[1:], end], strict=False)
        )
        rows = tuple(row for row in rows if row)
        if rows:
            yield Table(rows, match.start(), end)


def _html_cells(content: str, view: str, start: int, end: int) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for match in _HTML_CELL.finditer(content, start, end):
        close = _HTML_CELL_END.search(content, match.end(), end)
        cell = _cell(view, match.end(), close.start() if close else end)
        width = _SPAN.search(match[1])
        cells += [cell] * min(int(width[1]) if width else 1, 20)
    return tuple(cells)
