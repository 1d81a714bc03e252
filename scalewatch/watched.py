"""What is watched: each source of the file with what the database knows of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from flows.sources_file import SourceSpec, read_sources
from store import sources as stored
from store.engine import session
from store.tables import Source


@dataclass(frozen=True, slots=True)
class Watched:
    """A source, its schedule, and how its runs go; `state` is new, ok, failing or sleeping."""

    spec: SourceSpec
    state: str
    last_success: datetime | None
    last_new_item: datetime | None
    message: str | None

    def as_json(self) -> dict[str, object]:
        """Return the source as `scalewatch sources --json` lists it."""
        return {
            "name": self.spec.name,
            "kind": self.spec.kind,
            "schedule": self.spec.schedule,
            "timezone": self.spec.timezone,
            "last_success": _written(self.last_success),
            "last_new_item": _written(self.last_new_item),
            "state": self.state,
            "message": self.message,
        }

    def as_row(self) -> tuple[object, ...]:
        """Return the source as the table shows it."""
        times = (_minute(self.last_success), _minute(self.last_new_item))
        state = f"{self.state}: {self.message}" if self.message else self.state
        return (self.spec.name, self.spec.kind, f"{self.spec.schedule} {self.spec.timezone}", *times, state)


def watched(engine: Engine, file: Path) -> list[Watched]:
    """Return the sources of a file in its order."""
    specs = read_sources(file)
    with session(engine, read_only=True) as reading:
        known = {state.name: state for state in stored.states(reading)}
        return [_watched(spec, known.get(spec.name)) for spec in specs]


def _watched(spec: SourceSpec, known: Source | None) -> Watched:
    if known is None:
        return Watched(spec, "new", None, None, None)
    message = known.message if known.failures else None
    return Watched(spec, _state(known), known.last_success, known.last_new_item, message)


def _state(known: Source) -> str:
    if known.sleeping_until and known.sleeping_until > datetime.now(UTC):
        return "sleeping"
    if known.failures:
        return "failing"
    return "ok" if known.last_success else "new"


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _minute(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "never"
