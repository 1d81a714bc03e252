"""`scalewatch sources`, `add` and `db`."""

import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

PAGE = "# Brontes-200M\n\nWe introduce Brontes-200M, a language model with 200M parameters. Its weights are released.\n"


def test_sources_are_listed_with_what_is_known_of_them(run: Run, filled: Path) -> None:  # noqa: ARG001
    listed = json.loads(run("sources", "--json").stdout)

    assert [source["name"] for source in listed] == [
        "demo-arxiv",
        "halcyon-reach-blog",
        "beichen-zhiyan",
        "demo-hub",
    ]
    assert {tuple(source) for source in listed} == {
        ("name", "kind", "schedule", "timezone", "last_success", "last_new_item", "state", "message")
    }
    assert {source["state"] for source in listed} == {"ok"}
    assert all(source["last_success"] and source["last_new_item"] for source in listed)


def test_the_default_sources_are_new_on_a_fresh_machine(run: Run) -> None:
    listed = json.loads(run("sources", "list", "--json").stdout)

    assert len(listed) >= 30
    assert {source["state"] for source in listed} == {"new"}


@pytest.mark.usefixtures("in_world")
def test_check_asks_each_source_and_stores_nothing(run: Run, tmp_path: Path) -> None:
    done = run("sources", "check", "--json")

    answers = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert [answer["problem"] for answer in answers] == [None] * 4
    assert all(answer["items"] for answer in answers)
    assert not list((tmp_path / "data").glob("*.db"))


@pytest.mark.usefixtures("in_world")
def test_check_says_which_source_does_not_answer(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gone.toml").write_text(
        '[[source]]\nname = "gone"\nkind = "feed"\nurl = "https://gone.example/feed"\nschedule = "0 6 * * *"\n'
    )

    done = run("sources", "check", "gone", "--sources", "gone.toml")

    assert done.returncode == 1
    assert "gone" in done.stdout
    assert run("sources", "check", "nobody", "--sources", "gone.toml").returncode == 2


def test_a_file_is_added_whatever_its_scale(run: Run, tmp_path: Path) -> None:
    (tmp_path / "found.md").write_text(PAGE)

    done = run("add", "found.md")

    (candidate,) = json.loads(run("queue", "--json").stdout)
    assert done.returncode == 0, done.stderr
    assert f"Candidate {candidate['id']}" in done.stdout
    assert "Brontes-200M" in candidate["name"]


@pytest.mark.usefixtures("in_world")
def test_an_address_is_added(run: Run) -> None:
    done = run("add", "https://arxiv.org/abs/2611.90102")

    (candidate,) = json.loads(run("queue", "--json").stdout)
    assert done.returncode == 0, done.stderr
    assert candidate["documents"][0]["url"] == "https://arxiv.org/abs/2611.90102"


@pytest.mark.parametrize("found", ["nowhere.pdf", "https://halcyonreach.example/nothing", "http://127.0.0.1:1/x"])
@pytest.mark.usefixtures("in_world")
def test_what_cannot_be_added_is_one_line(run: Run, found: str) -> None:
    done = run("add", found)

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr


def test_check_and_upgrade_tell_an_old_database(run: Run, tmp_path: Path) -> None:
    assert run("db", "upgrade").returncode == 0
    assert run("db", "check").returncode == 0
    with sqlite3.connect(tmp_path / "data" / "scalewatch.db") as database:
        database.execute("DELETE FROM alembic_version")
    database.close()

    for command in (["db", "check"], ["queue"], ["catalog"]):
        done = run(*command)
        assert done.returncode == 1
        assert "scalewatch db upgrade" in done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr


def test_a_file_that_is_no_database_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "scalewatch.db").write_bytes(b"this is a letter, not a database" * 100)

    done = run("queue")

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
