"""The catalog as a file: one row an entry, each value with its unit, its quote and its address."""

import csv
import io
import json
import os
import re
import secrets
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from sqlmodel import Session

from store.catalog import entries
from store.errors import ExportError, InvalidValueError
from store.units import written
from store.values import FIELDS, Value
from store.views import EntryView, ValueView

#: What stands for an entry itself; the columns of each field follow.
COLUMNS = ("id", "family", "name", "revision", "changed_at")

#: Of each field: its value, and with these endings its unit, the words that state it and where they stand.
PARTS = ("", "_unit", "_quote", "_address")

_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)

#: A spreadsheet runs a cell that begins so, also after blanks and in full width
#: (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n]")


def rows(session: Session) -> list[EntryView]:
    """Return the entries that are exported: all that stand."""
    return entries(session)


def to_csv(entries: Iterable[EntryView]) -> str:
    """Return entries as CSV with a header; what a spreadsheet would run is made text by an apostrophe before it.

    Numbers are written out; where a field has several values (a benchmark each), they are parted by `; `.
    """
    text = io.StringIO()
    # Everything is quoted: where a spreadsheet parts cells at semicolons, a quoted one stays whole.
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([*COLUMNS, *(f"{rule.name}{part}" for rule in FIELDS for part in PARTS)])
    for entry in entries:
        by_field = (_cells([value for value in entry.values if value.field == rule.name]) for rule in FIELDS)
        writer.writerow(map(harmless, chain(_entry_cells(entry), *by_field)))
    return text.getvalue()


def to_json(entries: Iterable[EntryView]) -> str:
    """Return entries as a JSON list."""
    return json.dumps([_as_object(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n"


def write(session: Session, path: Path) -> int:
    """Write the catalog to a `.csv` or `.json` file, whole or not at all, and return the number of entries.

    Raises InvalidValueError for another ending, ExportError where the file cannot be written.
    """
    forms = {".csv": to_csv, ".json": to_json}
    form = forms.get(path.suffix.lower())
    if form is None:
        raise InvalidValueError(f"{path.name}: a file that ends in {' or '.join(forms)} is needed")
    found = rows(session)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        _write(part, form(found))
        part.replace(path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        part.unlink(missing_ok=True)
    return len(found)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    if _FORMULA.match(cell) and not _PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _entry_cells(entry: EntryView) -> tuple[str, ...]:
    return str(entry.id), entry.family, entry.name, str(entry.revision), entry.changed_at.isoformat()


def _cells(values: list[ValueView]) -> tuple[str, ...]:
    """Return the cells of a field: value, unit, quote (or note), address."""
    return (
        "; ".join(_text(value.value) for value in values),
        "; ".join(value.unit for value in values if value.unit),
        "; ".join(value.quote or value.note or "" for value in values),
        "; ".join(value.url for value in values if value.url),
    )


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.15g}" if isinstance(value, float) else written(value)


def _as_object(entry: EntryView) -> dict[str, Any]:
    return {
        "id": entry.id,
        "family": entry.family,
        "name": entry.name,
        "revision": entry.revision,
        "changed_at": entry.changed_at.isoformat(),
        "values": {
            rule.name: [_value_object(value) for value in entry.values if value.field == rule.name]
            for rule in FIELDS
            if any(value.field == rule.name for value in entry.values)
        },
    }


def _value_object(value: ValueView) -> dict[str, Any]:
    return {
        "value": value.value,
        "unit": value.unit or None,
        "quote": value.quote,
        "address": value.url,
        "note": value.note,
        "confidence": value.confidence,
    }
