"""What is known of each source between runs: when it ran, how it went, how long it sleeps."""

from datetime import datetime

from sqlmodel import Session, col, select

from store.storable import storable
from store.tables import Source, now
from store.writing import upsert

LONGEST_MESSAGE = 1000


def state(session: Session, name: str) -> Source | None:
    """Return what is known of the source, or None before its first run."""
    return session.get(Source, name, populate_existing=True)


def states(session: Session) -> list[Source]:
    """Return every source that ever ran, by name."""
    return list(session.exec(select(Source).order_by(col(Source.name))))


def begun(session: Session, name: str, at: datetime) -> None:
    """Record that a run of the source began."""
    upsert(session, Source, {"name": name, "last_attempt": at}, key=("name",), change={"last_attempt": at})


def succeeded(session: Session, name: str, *, started_at: datetime, new_items: int) -> None:
    """Record that the run that began at `started_at` ended well and brought `new_items`; earlier failures are over."""
    change = {"last_success": started_at, "failures": 0, "message": None, "sleeping_until": None}
    if new_items:
        change["last_new_item"] = now()
    upsert(session, Source, {"name": name, **change}, key=("name",), change=change)


def failed(session: Session, name: str, message: str) -> None:
    """Count a failed run in a row, with the reason."""
    kept = storable(message)[:LONGEST_MESSAGE]
    change = {"failures": col(Source.failures) + 1, "message": kept}
    upsert(session, Source, {"name": name, "failures": 1, "message": kept}, key=("name",), change=change)


def sleep_until(session: Session, name: str, when: datetime) -> None:
    """Record that the source asked to be left alone until `when`."""
    upsert(session, Source, {"name": name, "sleeping_until": when}, key=("name",), change={"sleeping_until": when})
