"""How a database is opened, and how a transaction begins and ends."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import DatabaseError as DriverError
from sqlmodel import Session

from store.errors import DatabaseError, InvalidValueError

#: How long a writer waits for another one, in seconds.
BUSY_TIMEOUT = 30

#: What a driver says, and what a person can do about it; the first that matches.
PLAIN_WORDS: tuple[tuple[str, str], ...] = (
    (r"database or disk is full|disk I/O error|No space left|could not extend file", "the disk is full"),
    (r"database (table )?is locked|lock timeout|deadlock", "the database is locked by another process; try again"),
    (r"readonly database|read-only transaction|permission denied", "the database cannot be written"),
    (r"unable to open database file", "the database file cannot be opened: look at its folder and its permissions"),
    (r"file is not a database|disk image is malformed", "the database file is damaged or no SQLite database"),
    (
        r"no such (table|column)|does not exist",
        "the database lacks tables of this version: run `scalewatch db upgrade`",
    ),
    (
        r"connect|resolve host|server closed|terminat|SSL|shutting down|starting up|consuming input|timeout",
        "the database server does not answer",
    ),
)


def open_engine(url: str) -> Engine:
    """Return an engine for a SQLite or PostgreSQL address; `postgresql://` gets the driver that is installed.

    The folder of a SQLite file is made where it lacks. Raises InvalidValueError for an address of neither kind, and
    DatabaseError where the folder cannot be made. Nothing is connected yet.
    """
    try:
        address = make_url(url)
        if address.get_backend_name() == "sqlite":
            return _open_sqlite(address)
        if address.get_backend_name() == "postgresql":
            return create_engine(address.set(drivername="postgresql+psycopg"), hide_parameters=True, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError) as error:
        raise InvalidValueError("the database's address is none: it begins with sqlite:/// or postgresql://") from error
    raise InvalidValueError(f"{address.get_backend_name()}: only SQLite and PostgreSQL are supported")


@contextmanager
def session(engine: Engine, *, read_only: bool = False) -> Iterator[Session]:
    """Yield a session; commit at the end, or roll all of it back if anything was raised.

    A session that only reads never waits for a writer, and cannot write. Raises DatabaseError, in one plain line, where
    the database cannot do it: a full disk, a lock that is held for too long, a server that is gone.
    """
    bound = engine.execution_options(is_read_only=True, postgresql_readonly=True) if read_only else engine
    with plain_errors(), Session(bound, expire_on_commit=False) as current:
        yield current
        current.commit()


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what a driver raises for a database that cannot work into DatabaseError; our own mistakes go through."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        if _is_the_databases_own(error):
            raise DatabaseError(one_line(error)) from error
        raise


def _is_the_databases_own(error: DBAPIError | sqlite3.Error) -> bool:
    if isinstance(error, OperationalError | InterfaceError | sqlite3.OperationalError):
        return True
    # SQLite raises the plain class for a damaged file; PostgreSQL has others for a missing table, a read-only session.
    is_plain = type(error) in (DriverError, sqlite3.DatabaseError) or getattr(error, "connection_invalidated", False)
    return is_plain or re.search(r"(relation|column) .* does not exist|read-only transaction", str(error)) is not None


def one_line(error: Exception) -> str:
    """Say in one line what happened and that nothing was stored, without the statement and its values."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = str(cause).strip() or type(cause).__name__
    plain = next((words for pattern, words in PLAIN_WORDS if re.search(pattern, said, re.IGNORECASE)), None)
    first = said.splitlines()[0][:200]
    return f"{plain} ({first})" if plain else f"the database failed ({first})"


def _open_sqlite(address: URL) -> Engine:
    if address.database and address.database != ":memory:":
        _make_folder(Path(address.database).parent)
    engine = create_engine(
        address.set(drivername="sqlite"), hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(f"{folder}: the database's folder cannot be made ({error.strerror})") from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transactions begin too late and lose updates: ours begin in _begin_sqlite.
    # WAL mode is a property of the file, which store.schema sets once.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_TIMEOUT * 1000}", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once, so that what is read here cannot change before it is written."""
    is_read_only = connection.get_execution_options().get("is_read_only", False)
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if is_read_only else 'OFF'}")
    connection.exec_driver_sql("BEGIN DEFERRED" if is_read_only else "BEGIN IMMEDIATE")
