"""The tables: made by migrations, equal to their description, and strict."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from store import schema
from store.engine import open_engine, session
from store.errors import SchemaError
from store.tables import Candidate, Kind, Source, Status


def test_the_migrations_make_exactly_the_tables_that_are_described(empty_url: str) -> None:
    engine = open_engine(empty_url)
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))

    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        command.check(config)
    schema.check(engine)

    assert schema.is_current(engine)
    engine.dispose()


def test_upgrade_can_run_again_and_go_back(empty_url: str) -> None:
    engine = open_engine(empty_url)
    schema.upgrade(engine)
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))

    schema.upgrade(engine)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        left = connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one()

    assert left == 0
    assert not schema.is_current(engine)
    engine.dispose()


UPGRADE = "import sys; from store import engine, schema; schema.upgrade(engine.open_engine(sys.argv[1]))"
ROOT = Path(schema.__file__).parents[1]


def test_several_processes_may_upgrade_at_once(empty_url: str) -> None:
    command_line = [sys.executable, "-c", UPGRADE, empty_url]

    processes = [subprocess.Popen(command_line, env=os.environ | {"PYTHONPATH": str(ROOT)}) for _ in range(3)]

    assert [process.wait(60) for process in processes] == [0, 0, 0]
    engine = open_engine(empty_url)
    schema.check(engine)
    engine.dispose()


def test_upgrade_works_from_any_folder(tmp_path: Path) -> None:
    database = tmp_path / "made here" / "it is 100%.db"

    subprocess.run(
        [sys.executable, "-c", UPGRADE, f"sqlite:///{database}"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )

    assert database.exists()


def test_check_says_in_one_line_what_an_empty_database_needs(empty_url: str) -> None:
    engine = open_engine(empty_url)

    with pytest.raises(SchemaError, match=r"has no tables.*scalewatch db upgrade"):
        schema.check(engine)
    assert not schema.is_current(engine)
    engine.dispose()


@pytest.mark.parametrize("ask", [schema.check, schema.upgrade])
def test_a_database_of_a_newer_version_is_left_alone(empty_url: str, ask: Callable[[Engine], None]) -> None:
    engine = open_engine(empty_url)
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaError, match="9999, which a newer version has made: update the program"):
        ask(engine)
    engine.dispose()


def test_check_finds_a_table_that_somebody_changed(empty_url: str) -> None:
    engine = open_engine(empty_url)
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE source ADD COLUMN mood TEXT"))

    with pytest.raises(SchemaError, match="differ"):
        schema.check(engine)
    engine.dispose()


def test_words_are_stored_by_their_value(engine: Engine) -> None:
    with session(engine) as writing:
        writing.add(Candidate(release="foo", name="Foo"))

    with session(engine, read_only=True) as reading:
        stored = reading.connection().execute(text("SELECT kind, status FROM candidate")).one()
        candidate = reading.exec(select(Candidate)).one()

    assert tuple(stored) == ("new", "pending")
    assert (candidate.kind, candidate.status) == (Kind.NEW, Status.PENDING)


REFUSED = {
    "an unknown kind": """
        INSERT INTO candidate (release, name, kind, status, changes, priority, reasons, evidence, revision, created_at,
        changed_at) VALUES ('x', 'x', 'old', 'pending', '[]', 0, '[]', '', 1, '2026-01-01', '2026-01-01')""",
    "an update of nothing": """
        INSERT INTO candidate (release, name, kind, status, changes, priority, reasons, evidence, revision, created_at,
        changed_at) VALUES ('x', 'x', 'update', 'pending', '[]', 0, '[]', '', 1, '2026-01-01', '2026-01-01')""",
    "a value without proof": """
        INSERT INTO entry_value (revision_id, field, unit, value, claim_id, note)
        VALUES (1, 'a', '', '1', NULL, NULL)""",
    "a decision about nothing": """
        INSERT INTO decision (verdict, reviewer, reason, seen_revision, seen, before, after, at)
        VALUES ('approve', 'r', '', 1, '[]', '{}', '{}', '2026-01-01')""",
    "an empty span": """
        INSERT INTO claim (document_id, extractor, pipeline, field, subject, value, unit, quote, start_char, end_char,
        confidence, reason) VALUES (1, 'x', '1', 'a', 's', '1', '', 'q', 5, 5, 0.5, '')""",
    "a reading of no document": "INSERT INTO reading (document_id, pipeline) VALUES (77, '')",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_itself_refuses(engine: Engine, statement: str) -> None:
    with pytest.raises(IntegrityError), session(engine) as writing:
        writing.connection().execute(text(statement))


def test_a_release_has_one_candidate_of_kind_new(engine: Engine) -> None:
    with session(engine) as writing:
        writing.add(Candidate(release="foo", name="Foo", status=Status.REJECTED))

    with pytest.raises(IntegrityError), session(engine) as writing:
        writing.add(Candidate(release="foo", name="Foo again"))


def test_a_release_has_one_open_update_beside_decided_ones(engine: Engine) -> None:
    with session(engine) as writing:
        new = Candidate(release="foo", name="Foo")
        writing.add(new)
        writing.flush()
        for status in (Status.REJECTED, Status.APPROVED, Status.PENDING):
            writing.add(Candidate(release="foo", name="Foo", kind=Kind.UPDATE, updates_id=new.id, status=status))

    with pytest.raises(IntegrityError), session(engine) as writing:
        writing.add(Candidate(release="foo", name="Foo", kind=Kind.UPDATE, updates_id=new.id, status=Status.LATER))


def test_every_name_of_a_constraint_fits_both_databases() -> None:
    tables = Source.metadata.tables.values()
    names = {constraint.name for table in tables for constraint in table.constraints}
    names |= {index.name for table in tables for index in table.indexes}

    assert None not in names
    assert all(len(str(name)) <= 63 for name in names)
