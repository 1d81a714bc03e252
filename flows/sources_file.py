"""The file of sources: TOML tables in, checked sources out, or the line and the key that are wrong."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from flows.errors import FlowError, SourcesFileError
from flows.source_keys import NonEmpty, Schedule, SourceName, TimeZone
from flows.sources import KINDS, Source
from flows.sources.huggingface import HuggingFaceSource

_TABLE = re.compile(r"^\s*\[\[\s*source\s*\]\]")
_TOML_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """What the sources file says of one source, whatever its kind.

    `schedule` is a cron expression of five fields in `timezone`; `maker` is who made what the source publishes (a
    lab's own blog or repositories), and `watched` whether its releases are wanted whatever their size; `note` is for
    people. `source` is what the kind needs, and fetches.
    """

    name: str
    schedule: str
    timezone: str
    source: Source
    maker: str | None = None
    watched: bool = False
    note: str = ""

    @property
    def kind(self) -> str:
        """The source's kind, as the file calls it."""
        return self.source.kind


@dataclass(frozen=True, slots=True)
class _Common:
    """The keys that every source has."""

    name: SourceName
    schedule: Schedule
    timezone: TimeZone = "UTC"
    maker: NonEmpty | None = None
    watched: bool = False
    note: NonEmpty | None = None


class UnknownSourceError(FlowError):
    """A name that no source of the file has; the message lists those that it has."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name = name
        self.known = known

    def __str__(self) -> str:
        return f"there is no source {self.name!r}; known are: {', '.join(self.known)}"


def read_sources(path: Path) -> tuple[SourceSpec, ...]:
    """Return the sources of a file, in its order; raises SourcesFileError, which names the line and the key."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourcesFileError(path, None, None, f"cannot be read ({error})") from error
    return parse_sources(text, path)


def parse_sources(text: str, path: Path) -> tuple[SourceSpec, ...]:
    """Return the sources that `text` describes; `path` is named in errors only."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong_toml(text, path, error) from error
    places = _Places(path, text.splitlines())
    for key in content.keys() - {"source"}:
        raise SourcesFileError(
            path, places.line_of_top(key), key, "is no key of a sources file: give [[source]] tables"
        )
    tables = content.get("source")
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise SourcesFileError(path, None, "source", "the file describes no source: give at least one [[source]] table")
    specs = tuple(_spec(table, index, places) for index, table in enumerate(tables))
    _refuse_twins(specs, places)
    return _leave_to_others(specs)


def select(specs: tuple[SourceSpec, ...], names: Iterable[str]) -> tuple[SourceSpec, ...]:
    """Return the named sources in the file's order, or all where no name is given; raises UnknownSourceError."""
    known = tuple(spec.name for spec in specs)
    wanted = tuple(names)
    for name in wanted:
        if name not in known:
            raise UnknownSourceError(name, known)
    return tuple(spec for spec in specs if spec.name in wanted) if wanted else specs


@dataclass(frozen=True, slots=True)
class _Places:
    """Where things stand in the file."""

    path: Path
    lines: list[str]

    def error(self, index: int, key: str, problem: str) -> SourcesFileError:
        """Return an error that points at `key` in the table number `index`, or at the table where it lacks the key."""
        return SourcesFileError(self.path, self._line(index, key), key, problem)

    def line_of_top(self, key: str) -> int | None:
        """Return the line of a key or table at the top of the file."""
        pattern = re.compile(rf"\s*\[*\s*\"?{re.escape(key)}\b")
        return next((number for number, line in enumerate(self.lines, 1) if pattern.match(line)), None)

    def _line(self, index: int, key: str) -> int | None:
        heads = [number for number, line in enumerate(self.lines, 1) if _TABLE.match(line)]
        if index >= len(heads):
            return None
        end = heads[index + 1] if index + 1 < len(heads) else len(self.lines) + 1
        pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        inside = range(heads[index], end)
        return next((number for number in inside if pattern.match(self.lines[number - 1])), heads[index])


def _spec(table: dict[str, Any], index: int, places: _Places) -> SourceSpec:
    kind_name = table.get("kind")
    kind = next((kind for kind in KINDS if kind.kind == kind_name), None)
    if kind is None:
        known = ", ".join(kind.kind for kind in KINDS)
        raise places.error(index, "kind", f"{kind_name!r} is no kind of source; known are: {known}")
    own = {field.name for field in fields_of(kind)}
    common = {field.name for field in fields_of(_Common)}
    for key in table.keys() - own - common - {"kind"}:
        listed = ", ".join(sorted(own) + sorted(common))
        raise places.error(index, key, f"is no key of a source of kind {kind.kind}; known are: {listed}")
    shared: _Common = _checked(_Common, {key: table[key] for key in table.keys() & common}, index, places)
    source: Source = _checked(kind, {key: table[key] for key in table.keys() & own}, index, places)
    return SourceSpec(
        shared.name, shared.schedule, shared.timezone, source, shared.maker, shared.watched, shared.note or ""
    )


def _checked(kind: type[Any], values: dict[str, Any], index: int, places: _Places) -> Any:
    """Return an instance of the dataclass `kind`, each value checked against its type."""
    try:
        return TypeAdapter(kind).validate_python(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = str(first["loc"][0]) if first["loc"] else "kind"
        problem = "is missing" if first["type"] in ("missing", "missing_argument") else _plain(first["msg"])
        raise places.error(index, key, problem) from error


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ").removeprefix("Input ")


def _refuse_twins(specs: tuple[SourceSpec, ...], places: _Places) -> None:
    seen: set[str] = set()
    for index, spec in enumerate(specs):
        if spec.name in seen:
            raise places.error(index, "name", f"{spec.name!r} is the name of another source")
        seen.add(spec.name)


def _leave_to_others(specs: tuple[SourceSpec, ...]) -> tuple[SourceSpec, ...]:
    """Take the authors that a source names out of the newest repositories of all: their maker is known there."""
    hubs = [spec.source for spec in specs if isinstance(spec.source, HuggingFaceSource)]
    named = tuple(author for hub in hubs for author in hub.authors)
    return tuple(
        replace(spec, source=replace(spec.source, without=(*spec.source.without, *named)))
        if isinstance(spec.source, HuggingFaceSource) and spec.source.newest
        else spec
        for spec in specs
    )


def _wrong_toml(text: str, path: Path, error: tomllib.TOMLDecodeError) -> SourcesFileError:
    """Name line and key: the parser gives the line in its message, and none at the end of the file."""
    message = str(error)
    match = _TOML_LINE.search(message)
    lines = text.splitlines()
    number = int(match[1]) if match else len(lines)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    key = re.match(r"\s*([\w.-]+)\s*=?", line)
    return SourcesFileError(path, number, key[1] if key else None, f"is no valid TOML: {_TOML_LINE.sub('', message)}")
