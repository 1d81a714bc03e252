"""Scores that tables give, be the own model a row or a column, or the table a list of measures and values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.mentions import Mention, mention
from extractors.naming import lead, members
from extractors.page import Page
from extractors.table_sizes import own_in
from extractors.tables import Cell, Table
from extractors.words import benchmarks as words

#: A column of names is one in which at least this many rows give a score.
LEAST_SCORES = 1

_SCORE = re.compile(r"(?P<score>\d{1,4}(?:\.\d{1,6})?)\s?%?(?:\s?(?:±|\+/-|\().{0,20}|\s?[†‡*^↑↓]{1,3}|\s?/.{0,20})?")
_KNOWN = re.compile(words.KNOWN, re.IGNORECASE)
_MEASURE = re.compile(words.MEASURES, re.IGNORECASE)
_NO_SCORE = re.compile(words.NO_SCORES, re.IGNORECASE)
_EVALUATION = re.compile(words.EVALUATION, re.IGNORECASE)
_LABELS = re.compile(
    r"^(?:benchmarks?|datasets?|tasks?|metrics?|evaluations?|tests?(?: sets?)?|subjects?.{0,10}|"
    r"评测集?|数据集|基准)\b.{0,12}$",
    re.IGNORECASE,
)
_VALUES = re.compile(
    r"^(?:values?|scores?|results?|ours?(?: model)?|this model|accuracy|performance|得分|f1|wer)(?:\s?\(?%\)?)?$",
    re.IGNORECASE,
)
_SHOTS = re.compile(r"^\d{1,3}[\s-]?shots?$|^$|^\d+$", re.IGNORECASE)
_NO_MODELS = re.compile(r"base ?model|teacher|baseline", re.IGNORECASE)
_CAPTION_REACH = 300


@dataclass(frozen=True, slots=True)
class Score:
    """A score as printed in the cell `start:end`, the benchmark's name, and the model whose row or column it is."""

    value: float
    benchmark: str
    subject: str
    start: int
    end: int


def in_tables(page: Page) -> Iterator[Score]:
    """Yield the scores of the document's own models from its tables of results, row by row."""
    for table in page.tables:
        if _is_evaluation(page, table):
            yield from _of_columns(page, table) or _of_rows(page, table) or _of_values(page, table)


def _is_evaluation(page: Page, table: Table) -> bool:
    labels = [cell.text for cell in table.header] + [row[0].text for row in table.rows]
    if any(_KNOWN.search(label) or _MEASURE.search(label) for label in labels) or _LABELS.match(labels[0]):
        return True
    caption = page.view[max(0, table.start - _CAPTION_REACH) : table.start]
    return bool(_EVALUATION.search(page.heading(table.start)) or _EVALUATION.search(caption))


def _of_columns(page: Page, table: Table) -> list[Score]:
    """Return the scores where own models are columns and benchmarks are rows."""
    columns = {place: name for place, cell in enumerate(table.header) if place and (name := _own(page, cell))}
    if not columns:
        columns = _shortened(page, table.header)
    names = next((place for place, cell in enumerate(table.header) if _LABELS.match(cell.text)), 0)
    found: list[Score] = []
    for row in table.rows[1:]:
        missing = len(table.header) - len(row)  # cells that hang over from rows above stand to the left
        label = row[max(names - missing, 0)].text if row else ""
        for place, subject in columns.items():
            if 0 < place - missing < len(row) and not _is_score(label):
                found += _score(row[place - missing], label, subject)
    return found


def _of_rows(page: Page, table: Table) -> list[Score]:
    """Return the scores where own models are rows and benchmarks are columns."""
    found: list[Score] = []
    caption = _caption(page, table)
    for row in table.rows[1:]:
        missing = len(table.header) - len(row)
        subject = next((name for cell in row[:2] if not _is_score(cell.text) and (name := _own(page, cell))), None)
        for place, cell in enumerate(row):
            label = table.header[place + missing].text if 0 <= place + missing < len(table.header) else ""
            if subject and place:
                found += _score(cell, caption if _SHOTS.match(label) else label, subject)
    return found


def _of_values(page: Page, table: Table) -> list[Score]:
    """Return the scores of a list of benchmarks or measures and their values, which are those of the lead."""
    places = [place for place, cell in enumerate(table.header) if place and _VALUES.match(cell.text)]
    if not places or any(re.search(r"models?|field", cell.text, re.IGNORECASE) for cell in table.header):
        return []
    return [
        score
        for row in table.rows[1:]
        for place in places
        if place < len(row)
        for score in _score(row[place], row[0].text, lead(page))
    ]


def _own(page: Page, cell: Cell) -> str | None:
    """Return the name of the own model that a cell names; other sizes of an earlier release are not own."""
    name = own_in(page, cell)
    if name is None or _NO_MODELS.search(cell.text) or not _is_presented(page, name):
        return None
    return name.text if name.text in members(page) or len(members(page)) > 1 else lead(page)


def _is_presented(page: Page, name: Mention) -> bool:
    known = [mention(member, 0).size for member in members(page)]
    return name.size is None or not any(known) or name.size in known


def _shortened(page: Page, header: tuple[Cell, ...]) -> dict[int, str]:
    """Return the first column that is headed by the end of the lead's name: `K9 Chat` for `Acme K9`."""
    whole = re.sub(r"[\W_]+", "", lead(page).lower())
    for place, cell in enumerate(header):
        stem = mention(cell.text, 0).stem
        if place and len(stem) >= 2 and any(map(str.isdigit, stem)) and whole.endswith(stem):
            return {place: lead(page)}
    return {}


def _caption(page: Page, table: Table) -> str:
    """Return the short line before a table, or the heading that it stands under."""
    lines = page.view[max(0, table.start - _CAPTION_REACH) : table.start].split("\n")
    line = next((" ".join(line.split()) for line in reversed(lines) if line.strip()), "")
    return line.strip("#: ") if 0 < len(line) <= 60 else page.heading(table.start)


def _is_score(text: str) -> bool:
    return bool(_SCORE.fullmatch(text.replace("\\", "")))


def _score(cell: Cell, label: str, subject: str) -> Iterator[Score]:
    match = _SCORE.fullmatch(cell.text.replace("\\", ""))
    if match and label and len(label) <= 80 and not (_NO_SCORE.search(label) and not _KNOWN.search(label)):
        yield Score(float(match["score"]), label.strip(" \\"), subject, cell.start, cell.end)
