"""Whether the database has the tables of this version, and how it gets them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, text
from sqlmodel import SQLModel

from store import catalog_tables, derived_tables
from store.engine import BUSY_TIMEOUT, plain_errors
from store.errors import DatabaseError, SchemaError

#: Every module of tables has to be imported before the tables are compared.
TABLES = (catalog_tables, derived_tables)

MIGRATIONS = Path(catalog_tables.__file__).parent / "migrations"

#: Number of the PostgreSQL advisory lock under which one process at a time changes the tables.
UPGRADE_LOCK = 7_223_501


def upgrade(engine: Engine) -> None:
    """Bring the tables to this version, in one transaction; several processes may try at once.

    A SQLite file is put in WAL mode, in which readers and a writer do not wait for each other. Raises DatabaseError,
    and SchemaError where a newer version has made the tables.
    """
    with plain_errors(), _alone(engine), engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
        _refuse_newer(_revision(connection))
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Keep other processes from a SQLite file: its journal mode cannot be changed while another one begins."""
    if engine.dialect.name != "sqlite" or not engine.url.database or engine.url.database == ":memory:":
        yield
        return
    lock = FileLock(f"{engine.url.database}.upgrade.lock", timeout=BUSY_TIMEOUT)
    try:
        lock.acquire()
    except (Timeout, OSError) as error:
        raise DatabaseError(f"{engine.url.database}: no other process may upgrade it meanwhile ({error})") from error
    try:
        raw = engine.raw_connection()
        raw.cursor().execute("PRAGMA journal_mode=WAL")
        raw.close()
        yield
    finally:
        lock.release()


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest migration. Raises DatabaseError."""
    with plain_errors(), engine.execution_options(is_read_only=True).connect() as connection:
        return _revision(connection) == _head()


def check(engine: Engine) -> None:
    """Raise SchemaError, in one line, unless the tables are exactly those of this version."""
    with plain_errors(), engine.execution_options(is_read_only=True).connect() as connection:
        found = _revision(connection)
        _refuse_newer(found)
        if found != _head():
            state = f"stands at revision {found}" if found else "has no tables"
            raise SchemaError(f"the database {state}, this version needs {_head()}: run `scalewatch db upgrade`")
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, SQLModel.metadata)
    if differences:
        raise SchemaError(f"the database's tables differ from those of this version: {differences[0]}"[:300])


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _head() -> str | None:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _refuse_newer(found: str | None) -> None:
    """Raise SchemaError where this version does not know how the database came to be what it is."""
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if found and found not in known:
        raise SchemaError(
            f"the database stands at revision {found}, which a newer version has made: update the program"
        )


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
