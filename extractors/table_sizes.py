"""Sizes that tables give, be a model a row or a column, or the table a list of keys and values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.mentions import Mention, mention, sizes
from extractors.page import Page
from extractors.quantities import quantities
from extractors.tables import Cell, Table

_TOTAL = re.compile(
    r"^(?:#|no\.? of|number of|num\.?|total|model|overall)?\s?(?:total )?(?:parameters?|params?\b\.?|"
    r"model size|size|parameter counts?|参数量?|总参数量?|模型大小|モデルサイズ|パラメータ数?|模型规模|参数规模)"
    r"(?:\s?\(?.{0,16}\)?)?$",
    re.IGNORECASE,
)
_ACTIVE = re.compile(r"activ|激活|活跃", re.IGNORECASE)
_NOT_SIZE = re.compile(
    r"\b(?:gb|mb|file|disk|memory|image|batch|vocab\w*|train(?:ing)? set|data|dataset|download|context|"
    r"window|hidden|dim\w*|patch|tokens?)\b",
    re.IGNORECASE,
)
_MODEL_COLUMN = re.compile(
    r"^(?:models?(?: name)?|names?|variants?|versions?|checkpoints?|模型(?:名称?)?|型号|モデル)?$", re.IGNORECASE
)
_SPARSE = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)\s?B[-\s(]{0,2}A(\d{1,3}(?:\.\d{1,2})?)\s?B", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableSize:
    """A count of parameters in the cell `start:end`, and the model whose row or column it is (none: the lead)."""

    value: float
    is_active: bool
    start: int
    end: int
    name: Mention | None


def in_tables(page: Page) -> Iterator[TableSize]:
    """Yield the sizes of the document's own models from its tables."""
    for table in page.tables:
        yield from _by_column(page, table)
        yield from _by_row(page, table)


def _field(label: str) -> bool | None:
    """Whether a label is of active (True) or total (False) parameters, or neither (None)."""
    if _NOT_SIZE.search(label) or len(label) > 60:
        return None
    if _ACTIVE.search(label) and re.search(r"param|size|参数|activ", label, re.IGNORECASE):
        return True
    return False if _TOTAL.match(label) else None


def _by_column(page: Page, table: Table) -> Iterator[TableSize]:
    fields = {place: kind for place, cell in enumerate(table.header) if (kind := _field(cell.text)) is not None}
    if not fields:
        return
    names = next(
        (place for place, cell in enumerate(table.header) if _MODEL_COLUMN.match(cell.text) and place not in fields), 0
    )
    unit = _unspoken_unit(table, names, next(iter(fields)))
    for row in table.rows[1:]:
        if names >= len(row):
            continue
        name = own_in(page, row[names])
        for place, is_active in fields.items():
            if name and place < len(row):
                yield from _values(row[place], table.header[place].text + unit, name, is_active=is_active)


def _unspoken_unit(table: Table, names: int, place: int) -> str:
    """` (B)` if a column counts billions without saying so: a row named Foo-7B has about 7 in it."""
    for row in table.rows[1:]:
        if (
            max(names, place) < len(row)
            and (size := sizes(row[names].text)[0])
            and re.fullmatch(r"\d{1,4}(?:\.\d+)?", row[place].text)
            and abs(float(row[place].text) * 1e9 - size) <= 0.25 * size
        ):
            return " (B)"
    return ""


def _by_row(page: Page, table: Table) -> Iterator[TableSize]:
    for row in table.rows:
        kind = _field(row[0].text)
        if kind is None:
            continue
        if len(row) == 2 and not _is_named(table.header):
            yield from _values(row[1], row[0].text, None, is_active=kind)
        for head, cell in zip(table.header[1:], row[1:], strict=False):
            name = own_in(page, head)
            if name and row is not table.header:
                yield from _values(cell, row[0].text, name, is_active=kind)


def _is_named(header: tuple[Cell, ...]) -> bool:
    return (
        len(header) > 1 and any(character.isdigit() for character in header[1].text) and _field(header[0].text) is None
    )


def own_in(page: Page, cell: Cell) -> Mention | None:
    """Return the own model that a cell names."""
    for name in page.names_in(cell.start, cell.end):
        if page.release.owns(name):
            return name
    whole = mention(cell.text.rsplit("/", 1)[-1].split(":")[0].strip(), cell.start)
    return whole if cell.text and whole.stem and page.release.owns(whole) else None


def _values(cell: Cell, label: str, name: Mention | None, *, is_active: bool) -> Iterator[TableSize]:
    pair = _SPARSE.search(cell.text)
    if pair:
        yield TableSize(float(pair[1]) * 1e9, False, cell.start, cell.end, name)
        yield TableSize(float(pair[2]) * 1e9, True, cell.start, cell.end, name)
        return
    unit = (
        1e9
        if re.search(r"\(\s?B(?:illions?)?\s?\)|billion|十亿", label)
        else 1e6
        if re.search(r"\(\s?M(?:illions?)?\s?\)|million", label)
        else 1.0
    )
    for quantity in quantities(cell.text):
        value = quantity.value if quantity.scale else quantity.value * unit
        if value >= 1e5:
            yield TableSize(value, is_active or "activ" in quantity.after[:12], cell.start, cell.end, name)
