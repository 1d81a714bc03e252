"""`scalewatch ingest` on the demo's world: what it stores, what it says, and how it fails."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

KEYS = {"source", "fetched", "new", "unchanged", "set_aside", "candidates", "seconds", "error", "note"}


@pytest.mark.usefixtures("in_world")
def test_the_first_run_makes_the_database_and_says_what_each_source_gave(run: Run, tmp_path: Path) -> None:
    done = run("ingest")

    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[:8] == ["source", "fetched", "new", "unchanged", "set", "aside", "candidates", "seconds"]
    assert "demo-arxiv" in done.stdout
    assert (tmp_path / "data" / "scalewatch.db").exists()


def test_a_second_run_stores_nothing_new(run: Run, filled: Path) -> None:  # noqa: ARG001
    done = run("ingest", "--json")

    outcomes = json.loads(done.stdout)

    assert done.returncode == 0, done.stderr
    assert all(set(outcome) == KEYS for outcome in outcomes)
    assert [outcome["new"] for outcome in outcomes] == [0, 0, 0, 0]


def test_named_sources_run_alone(run: Run, filled: Path) -> None:  # noqa: ARG001
    done = run("ingest", "demo-hub", "--json")

    assert [outcome["source"] for outcome in json.loads(done.stdout)] == ["demo-hub"]


@pytest.mark.usefixtures("in_world")
def test_an_unknown_source_is_wrong_use_and_the_known_ones_are_listed(run: Run) -> None:
    done = run("ingest", "nobody")

    assert done.returncode == 2
    assert "nobody" in done.stderr
    assert "demo-arxiv" in done.stderr


def test_a_wrong_sources_file_names_the_line_and_the_key(run: Run, tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text('[[source]]\nname = "a"\nkind = "feed"\nurl = "ftp://x"\nschedule = "@"\n')

    done = run("ingest", "--sources", "wrong.toml")

    assert done.returncode == 1
    assert "wrong.toml, line" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.usefixtures("in_world")
def test_a_source_that_fails_is_named_and_the_others_go_on(run: Run, tmp_path: Path) -> None:
    feed = '[[source]]\nname = "{}"\nkind = "feed"\nurl = "{}"\nschedule = "0 6 * * *"\n'
    (tmp_path / "two.toml").write_text(
        feed.format("gone", "https://halcyonreach.example/nothing.xml")
        + feed.format("well", "https://halcyonreach.example/blog/feed.xml")
    )

    done = run("ingest", "--sources", "two.toml", "--json")

    gone, well = json.loads(done.stdout)
    assert done.returncode == 1
    assert gone["error"]
    assert (well["error"], well["new"]) == (None, 3)
    assert done.stderr.startswith("gone: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "variables", "complaint"),
    [
        (["--since", "yesterday"], {}, "is no date"),
        (["--limit", "0"], {}, "--limit"),
        (["--sources", "nowhere.toml"], {}, "nowhere.toml"),
        ([], {"SCALEWATCH_PACING": "off"}, "SCALEWATCH_MIRROR"),
        ([], {"SCALEWATCH_MINIMUM_PARAMETERS": "many"}, "SCALEWATCH_MINIMUM_PARAMETERS"),
        ([], {"SCALEWATCH_PORT": "-1"}, "SCALEWATCH_PORT"),
    ],
)
def test_wrong_use_is_told_apart_from_failure(
    run: Run, arguments: list[str], variables: dict[str, str], complaint: str
) -> None:
    done = run("ingest", *arguments, **variables)

    assert done.returncode == 2
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_one_line(run: Run) -> None:
    done = run("ingest", SCALEWATCH_DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("in_world")
def test_logs_are_shown_to_whoever_asks(run: Run) -> None:
    quiet, loud = run("ingest", "demo-hub"), run("ingest", "demo-hub", "--verbose")

    assert quiet.stderr == ""
    assert " flows." in loud.stderr
