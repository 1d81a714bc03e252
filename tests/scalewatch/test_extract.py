"""`scalewatch extract` as others use it: lines in, lines out, and nothing else on standard output."""

import gzip
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

ANNOUNCEMENT = {
    "id": "one",
    "kind": "paper",
    "title": "Brontes-7B: An Open Language Model",
    "text": "We introduce Brontes-7B, a language model with 7 billion parameters. We release its weights.",
    "url": "https://a.example/1",
    "published": "2025-01-02",
}
SURVEY = {**ANNOUNCEMENT, "id": "two", "title": "A Survey of Sleep", "text": "We review sleep in birds."}


def _lines(*documents: object) -> str:
    return "".join(f"{json.dumps(document)}\n" for document in documents)


def test_each_line_gives_one_line_in_order(run: Run) -> None:
    done = run("extract", "-", stdin=_lines(SURVEY, ANNOUNCEMENT))

    records = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert [record["id"] for record in records] == ["two", "one"]
    assert all(set(record) == {"id", "announces", "models", "claims", "derived", "priority"} for record in records)
    assert records[1]["announces"] > records[0]["announces"]
    assert records[1]["priority"] > records[0]["priority"]


def test_a_claim_quotes_the_document_at_its_offsets(run: Run) -> None:
    done = run("extract", stdin=_lines(ANNOUNCEMENT))

    record = json.loads(done.stdout)
    content = f"{ANNOUNCEMENT['title']}\n{ANNOUNCEMENT['text']}"

    assert {"name": "Brontes-7B"} in [{"name": model["name"]} for model in record["models"]]
    assert any(claim["field"] == "parameters" and claim["value"] == 7e9 for claim in record["claims"])
    for claim in record["claims"]:
        assert set(claim) == {"model", "field", "value", "unit", "quote", "start", "end", "confidence"}
        assert claim["field"] not in ("name", "family")
        assert content[claim["start"] : claim["end"]] == claim["quote"]


def test_a_derived_figure_stands_apart_from_the_claims_with_its_inputs(run: Run) -> None:
    text = f"{ANNOUNCEMENT['text']} Brontes-7B was trained on 2 trillion tokens."

    done = run("extract", stdin=_lines({**ANNOUNCEMENT, "text": text}, SURVEY))

    record, survey = (json.loads(line) for line in done.stdout.splitlines())
    (figure,) = record["derived"]
    assert survey["derived"] == []
    assert not [claim for claim in record["claims"] if claim["field"] == "training_compute"]
    assert (figure["model"], figure["field"], figure["unit"]) == ("Brontes-7B", "training_compute", "FLOP")
    assert figure["low"] < figure["value"] < figure["high"]
    assert figure["value"] == pytest.approx(8.4e22)
    assert figure["formula"] == "6 × parameters × training tokens"
    assert figure["source"].startswith("https://")
    assert {(each["field"], each["value"]) for each in figure["inputs"]} == {
        ("parameters", 7e9),
        ("training_tokens", 2e12),
    }
    assert all(each["quote"] in f"{ANNOUNCEMENT['title']}\n{text}" for each in figure["inputs"])
    assert figure["disagreement"] is None


def test_a_gzipped_file_is_read_as_a_plain_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.jsonl").write_text(_lines(ANNOUNCEMENT, SURVEY))
    (tmp_path / "list.jsonl.gz").write_bytes(gzip.compress(_lines(ANNOUNCEMENT, SURVEY).encode()))

    plain, gzipped = run("extract", "list.jsonl"), run("extract", "list.jsonl.gz")

    assert plain.stdout == gzipped.stdout
    assert plain.stdout.count("\n") == 2


def test_a_bad_line_is_named_and_the_rest_go_on(run: Run) -> None:
    done = run("extract", stdin=_lines(ANNOUNCEMENT, ["no object"]) + "{\n" + _lines(SURVEY))

    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["one", "two"]
    assert "line 2: is no JSON object" in done.stderr
    assert "line 3: is no JSON" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["page.html", "page.md"])
def test_a_file_is_read_beside_the_list(run: Run, tmp_path: Path, name: str) -> None:
    page = {
        "page.html": "<html><head><title>Brontes-7B</title></head><body><article><h1>Brontes-7B</h1>"
        f"<p>{ANNOUNCEMENT['text']}</p></article></body></html>",
        "page.md": f"# Brontes-7B\n\n{ANNOUNCEMENT['text']}\n",
    }[name]
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / name).write_text(page)
    line = {key: value for key, value in ANNOUNCEMENT.items() if key != "text"} | {"file": name}
    (tmp_path / "lists" / "list.jsonl").write_text(_lines(line))

    done = run("extract", "lists/list.jsonl")

    assert done.returncode == 0, done.stderr
    assert any(claim["value"] == 7e9 for claim in json.loads(done.stdout)["claims"])


def test_a_file_on_standard_input_counts_from_the_current_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(f"# Brontes-7B\n\n{ANNOUNCEMENT['text']}\n")
    line = {key: value for key, value in ANNOUNCEMENT.items() if key != "text"} | {"file": "page.md"}

    done = run("extract", "-", stdin=_lines(line))

    assert done.returncode == 0, done.stderr


def test_a_file_that_is_missing_is_an_error_of_its_line(run: Run) -> None:
    line = {key: value for key, value in ANNOUNCEMENT.items() if key != "text"} | {"file": "nowhere.pdf"}

    done = run("extract", stdin=_lines(line, SURVEY))

    assert done.returncode == 1
    assert "line 1: " in done.stderr
    assert "nowhere.pdf" in done.stderr
    assert json.loads(done.stdout)["id"] == "two"


def test_a_list_that_does_not_exist_is_wrong_use(run: Run) -> None:
    done = run("extract", "nowhere.jsonl")

    assert done.returncode == 2
    assert "nowhere.jsonl" in done.stderr
    assert done.stdout == ""


def test_an_empty_list_gives_nothing(run: Run) -> None:
    done = run("extract", "-")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_no_database_is_made(run: Run, tmp_path: Path) -> None:
    run("extract", stdin=_lines(ANNOUNCEMENT))

    assert not (tmp_path / "data").exists()


def test_each_line_is_written_before_the_next_is_read(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "scalewatch", "extract", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(_lines(ANNOUNCEMENT))
        process.stdin.flush()

        first = process.stdout.readline()
        process.stdin.close()

    assert json.loads(first)["id"] == "one"


def test_a_reader_that_leaves_early_hears_no_complaint(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "list.jsonl").write_text(_lines(SURVEY) * 3000)
    command = [sys.executable, "-m", "scalewatch", "extract", str(tmp_path / "list.jsonl")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        complaint = process.stderr.read()

    assert complaint == ""


def test_whoever_watches_sees_progress_and_the_results_stay_apart(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "list.jsonl").write_text(_lines(SURVEY) * 30)
    ours, terminal = pty.openpty()
    command = [sys.executable, "-m", "scalewatch", "extract", str(tmp_path / "list.jsonl")]

    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=terminal, env={**environment, "TERM": "xterm"}, text=True, check=True
    )
    os.close(terminal)
    shown = os.read(ours, 1_000_000).decode()
    os.close(ours)

    assert len(done.stdout.splitlines()) == 30
    assert "reading" in shown
    assert '"announces"' not in shown


def test_what_a_terminal_would_obey_is_not_repeated_in_a_complaint(run: Run) -> None:
    done = run("extract", stdin=_lines({"id": "a", "kind": "post", "file": "\x1b[2Jgone\u202e.md"}))

    assert done.returncode == 1
    assert "gone?.md" in done.stderr
    assert "\x1b" not in done.stderr
