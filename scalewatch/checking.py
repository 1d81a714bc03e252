"""Asking sources once, to see what comes; nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flows.batch import Batch
from flows.errors import FlowError
from flows.fetching.client import Client
from flows.settings import Settings
from flows.sources_file import SourceSpec
from scalewatch.output import progress

#: A quiet lab publishes once a month.
LOOK_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source's first page brought; `problem` says what is wrong, if anything is."""

    source: str
    items: int = 0
    set_aside: int = 0
    newest: datetime | None = None
    note: str = ""
    problem: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return the answer as `scalewatch sources check --json` lists it."""
        newest = self.newest.isoformat() if self.newest else None
        figures = {"items": self.items, "set_aside": self.set_aside, "newest": newest}
        return {"source": self.source, **figures, "note": self.note, "problem": self.problem}

    def as_row(self) -> tuple[object, ...]:
        """Return the answer as the table shows it."""
        newest = f"{self.newest:%Y-%m-%d}" if self.newest else ""
        return (self.source, self.items, self.set_aside, newest, self.problem or self.note or "answers")


class _Nothing:
    """A memory in which nothing is known yet."""

    def version(self, key: str) -> str | None:  # noqa: ARG002
        return None

    def has(self, key: str) -> bool:  # noqa: ARG002
        return False

    def may_ask(self, url: str) -> bool:  # noqa: ARG002
        return True


def check_all(settings: Settings, specs: Sequence[SourceSpec]) -> list[Answer]:
    """Ask the sources one after the other."""
    with progress() as display:
        return [check(settings, spec) for spec in display.track(specs, description="asking")]


def check(settings: Settings, spec: SourceSpec) -> Answer:
    """Ask a source for its first page of the last thirty days."""
    since = datetime.now(UTC) - LOOK_BACK
    try:
        with Client(settings) as client:
            batch = next(iter(spec.source.fetch(client, since, _Nothing())), Batch())
    except FlowError as error:
        return Answer(spec.name, problem=str(error))
    newest = max((item.published for item in batch.items if item.published), default=None)
    problem = None if batch.items or not batch.rejects else batch.rejects[0].reason
    return Answer(spec.name, len(batch.items), len(batch.rejects), newest, batch.note, problem)
