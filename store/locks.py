"""One process at a time runs a source."""

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, text
from sqlalchemy.exc import InterfaceError, OperationalError

from store.engine import plain_errors
from store.errors import BusyError


def source_lock(engine: Engine, name: str) -> AbstractContextManager[None]:
    """Hold the source `name` for this process while the context lasts; raises BusyError if another one holds it.

    A file lock beside a SQLite database, an advisory lock on PostgreSQL: the system or the server gives either back
    when the process dies, however it dies.
    """
    if engine.dialect.name == "postgresql":
        return _advisory_lock(engine, name)
    if engine.url.database in (None, "", ":memory:"):
        return nullcontext()
    return _file_lock(Path(str(engine.url.database)), name)


def _number(name: str) -> int:
    """Return the same 64-bit number for the same name in every process."""
    return int.from_bytes(hashlib.sha256(f"source:{name}".encode()).digest()[:8], signed=True)


@contextmanager
def _advisory_lock(engine: Engine, name: str) -> Iterator[None]:
    # Without a transaction, so that a long run does not hold back the server's cleaning.
    options = engine.execution_options(isolation_level="AUTOCOMMIT")
    with plain_errors(), options.connect() as connection:
        number = {"number": _number(name)}
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), number):
            raise BusyError(name)
        try:
            yield
        finally:
            # At once: a server notices a closed connection only some time later, and the next run finds it busy.
            with suppress(OperationalError, InterfaceError):
                connection.execute(text("SELECT pg_advisory_unlock(:number)"), number)
            connection.invalidate()


@contextmanager
def _file_lock(database: Path, name: str) -> Iterator[None]:
    folder = database.with_name(f"{database.name}-locks")
    folder.mkdir(exist_ok=True)
    lock = FileLock(folder / f"{_number(name) & 0xFFFFFFFFFFFFFFFF:016x}", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(name) from None
    try:
        yield
    finally:
        lock.release()
