"""How a database is opened, and what is said when it cannot work."""

import pickle
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from store import documents, errors, schema, sources
from store import engine as engines
from store.engine import open_engine, session
from store.errors import DatabaseError, InvalidValueError, StoreError
from store.tables import Document, Source


@pytest.fixture
def sqlite(tmp_path: Path, _sqlite_template: Path) -> Iterator[Engine]:
    path = tmp_path / "only.db"
    path.write_bytes(_sqlite_template.read_bytes())
    opened = open_engine(f"sqlite:///{path}")
    yield opened
    opened.dispose()


def test_a_plain_postgresql_address_gets_the_driver_that_is_installed() -> None:
    engine = open_engine("postgresql://ann:secret@db.example:5432/scalewatch")

    assert engine.url.drivername == "postgresql+psycopg"
    assert "secret" not in repr(engine)


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://localhost/x", "oracle+none://x", "/tmp/x.db"])
def test_an_address_of_another_kind_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        open_engine(url)

    assert "\n" not in str(refused.value)


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'a' / 'b' / 'scalewatch.db'}")

    schema.upgrade(engine)

    assert (tmp_path / "a" / "b" / "scalewatch.db").exists()
    engine.dispose()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(DatabaseError, match="folder cannot be made"):
        open_engine(f"sqlite:///{tmp_path / 'file' / 'x.db'}")


def test_sqlite_is_in_wal_mode_and_checks_foreign_keys(sqlite: Engine) -> None:
    with sqlite.connect() as connection:
        said = [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("journal_mode", "foreign_keys")]

    assert said == ["wal", 1]


def test_a_session_commits_at_its_end_or_not_at_all(engine: Engine) -> None:
    with session(engine) as writing:
        writing.add(Source(name="kept"))
    with pytest.raises(IntegrityError), session(engine) as writing:
        writing.add_all([Source(name="lost"), Source(name="kept")])

    with session(engine, read_only=True) as reading:
        assert reading.exec(select(Source.name)).all() == ["kept"]


def test_a_reader_cannot_write_and_the_next_writer_can(engine: Engine) -> None:
    with pytest.raises(DatabaseError, match="cannot be written"), session(engine, read_only=True) as reading:
        reading.add(Source(name="a"))

    with session(engine) as writing:
        writing.add(Source(name="b"))


def test_a_reader_does_not_wait_for_a_writer(engine: Engine) -> None:
    with session(engine) as writing:
        writing.add(Source(name="a"))
        writing.flush()
        with session(engine, read_only=True) as reading:
            seen = reading.exec(select(Source.name)).all()

    assert seen == []


def test_a_locked_database_gives_one_clear_line(
    sqlite: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(engines, "BUSY_TIMEOUT", 0)
    holder = sqlite3.connect(tmp_path / "only.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    impatient = open_engine(str(sqlite.url))

    with pytest.raises(DatabaseError, match="locked by another process") as raised, session(impatient) as writing:
        sources.failed(writing, "arxiv", "x")

    assert "\n" not in str(raised.value)
    holder.close()
    impatient.dispose()


def test_a_full_disk_gives_one_clear_line_and_no_half_written_document(
    sqlite: Engine, document: Callable[..., Document]
) -> None:
    def fill(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(sqlite, "connect", fill)

    def save_two() -> None:
        with session(sqlite) as writing:
            documents.save(writing, document("arxiv:2601.00001"))
            documents.save(writing, document("arxiv:2601.00002", text="x" * 10_000_000))

    with pytest.raises(DatabaseError, match="the disk is full") as raised:
        save_two()

    assert "xxx" not in str(raised.value)
    with session(sqlite, read_only=True) as reading:
        assert reading.exec(select(Document.id)).all() == []


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("this is no database, it is a shopping list\n" * 100)
    engine = open_engine(f"sqlite:///{tmp_path / 'x.db'}")

    with pytest.raises(DatabaseError, match="damaged or no SQLite database"):
        schema.upgrade(engine)
    with pytest.raises(DatabaseError, match="damaged or no SQLite database"):
        schema.is_current(engine)
    engine.dispose()


def test_a_database_without_tables_says_what_to_do(empty_url: str) -> None:
    engine = open_engine(empty_url)

    with pytest.raises(DatabaseError, match="scalewatch db upgrade"), session(engine) as reading:
        sources.states(reading)
    engine.dispose()


def test_a_server_that_is_not_there_gives_one_clear_line() -> None:
    engine = open_engine("postgresql://ann:secret@127.0.0.1:1/x")

    with (
        pytest.raises(DatabaseError, match="the database server does not answer") as raised,
        session(engine) as writing,
    ):
        sources.states(writing)

    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.postgres
def test_a_server_that_is_lost_in_the_middle_stores_nothing(migrated_postgres: str) -> None:
    engine = open_engine(migrated_postgres)

    def lose_the_server() -> None:
        with session(engine) as writing:
            sources.failed(writing, "arxiv", "x")
            number = writing.connection().execute(text("SELECT pg_backend_pid()")).scalar_one()
            with session(engine) as other:
                other.connection().execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})
            sources.failed(writing, "arxiv", "x")

    with pytest.raises(DatabaseError, match="does not answer"):
        lose_the_server()

    with session(engine, read_only=True) as reading:
        assert sources.states(reading) == []
    engine.dispose()


@pytest.mark.parametrize(
    "error",
    [
        errors.NotFoundError("entry", 7),
        errors.AlreadyDecidedError("already approved by ann"),
        errors.StaleRevisionError("candidate", 7, 1, 2),
        errors.InvalidValueError("no"),
        errors.QuoteMismatchError(1, 2),
        errors.BusyError("arxiv"),
        errors.SchemaError("old"),
        errors.ExportError("full"),
        errors.DatabaseError("full"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_every_error_moves_between_processes_and_is_one_line(error: StoreError) -> None:
    moved = pickle.loads(pickle.dumps(error))

    assert type(moved) is type(error)
    assert str(moved) == str(error)
    assert "\n" not in str(error)
    assert isinstance(moved, StoreError)


def test_every_error_stands_in_the_drawn_tree() -> None:
    assert errors.__doc__ is not None
    for error in StoreError.__subclasses__():
        assert f"── {error.__name__} " in errors.__doc__
