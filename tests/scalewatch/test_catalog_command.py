"""`scalewatch catalog` and `scalewatch export`: what people approved, corrected and published."""

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def entry(run: Run, filled: Path) -> dict[str, Any]:  # noqa: ARG001
    """The entry of an approved candidate."""
    marrow = next(each for each in json.loads(run("queue", "--json").stdout) if each["name"].startswith("Marrow"))
    assert run("queue", "approve", str(marrow["id"])).returncode == 0
    found: dict[str, Any] = json.loads(run("catalog", "--json").stdout)[0]
    return found


def test_an_entry_has_its_values_with_quote_and_address(entry: dict[str, Any]) -> None:
    values = {value["field"]: value for value in entry["values"]}

    assert {"id", "name", "family", "organization", "revision", "is_withdrawn", "values"} <= set(entry)
    assert values["parameters"]["value"] == 141e9
    assert "141B" in values["parameters"]["quote"]
    assert values["parameters"]["url"].startswith("https://")


def test_an_edit_is_a_new_revision_with_its_reason(run: Run, entry: dict[str, Any]) -> None:
    done = run("catalog", "edit", str(entry["id"]), "--set", "parameters=140.6B", "--reason", "the exact count")

    shown = json.loads(run("catalog", "show", str(entry["id"]), "--json").stdout)

    assert done.returncode == 0, done.stderr
    assert shown["revision"] == entry["revision"] + 1
    assert {value["field"]: value["value"] for value in shown["values"]}["parameters"] == 140.6e9
    assert shown["history"][0]["reason"] == "the exact count"
    assert len(shown["history"]) == 2


def test_a_retracted_entry_leaves_the_list_and_keeps_its_history(run: Run, entry: dict[str, Any]) -> None:
    done = run("catalog", "retract", str(entry["id"]), "--reason", "withdrawn by its authors")

    assert done.returncode == 0, done.stderr
    assert json.loads(run("catalog", "--json").stdout) == []
    assert len(json.loads(run("catalog", "--withdrawn", "--json").stdout)) == 1
    assert "withdrawn by its authors" in run("catalog", "show", str(entry["id"])).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["edit", "1", "--reason", "why"],
        ["edit", "1", "--set", "parameters=7B"],
        ["edit", "1", "--set", "parameters=7B", "--reason", " "],
        ["retract", "1"],
    ],
)
@pytest.mark.usefixtures("entry")
def test_a_change_without_value_or_reason_is_wrong_use(run: Run, arguments: list[str]) -> None:
    assert run("catalog", *arguments).returncode == 2


def test_csv_has_a_row_for_each_entry(run: Run, entry: dict[str, Any], tmp_path: Path) -> None:
    done = run("export", "out.csv")

    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert done.returncode == 0, done.stderr
    assert len(rows) == 1
    assert entry["name"] in rows[0].values()


@pytest.mark.usefixtures("entry")
def test_json_can_be_read_again(run: Run, tmp_path: Path) -> None:
    done = run("export", "out.json")

    assert done.returncode == 0, done.stderr
    assert len(json.loads((tmp_path / "out.json").read_text())) == 1


@pytest.mark.parametrize(("file", "code"), [("out.xlsx", 2), ("nowhere/out.csv", 1)])
@pytest.mark.usefixtures("entry")
def test_a_file_that_cannot_be_written_is_said(run: Run, tmp_path: Path, file: str, code: int) -> None:
    done = run("export", file)

    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert not (tmp_path / file).exists()


def test_an_empty_catalog_says_where_candidates_are(run: Run) -> None:
    done = run("catalog")

    assert done.returncode == 0
    assert "scalewatch queue" in done.stdout
    assert json.loads(run("catalog", "--json").stdout) == []
