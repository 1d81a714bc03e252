"""Precision and recall on whole reports, read by the command from their PDFs; the floors may only rise."""

import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"
REPORTS = GOLD / "reports.jsonl"
DIGEST = "29fb8b67228901b99072360c2797ba8bd4954fec088c976ba43da1dd32c1ee5e"
LONGEST = 20.0
"""Seconds that one report may take."""

#: Least precision, recall and F1 with the right model.
FLOORS = {
    "parameters": (0.94, 0.94, 0.65),
    "active_parameters": (0.95, 0.85, 0.7),
    "training_tokens": (0.95, 0.95, 0.8),
}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not REPORTS.exists(), reason="the labelled reports are not beside the repository"),
]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, dict[str, float]]]:
    out = tmp_path_factory.mktemp("reports") / "predicted.jsonl"
    started = time.monotonic()
    command = [sys.executable, "-m", "scalewatch", "extract", str(REPORTS)]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    assert time.monotonic() - started < LONGEST * len(found.stdout.splitlines())
    out.write_text(found.stdout, encoding="utf-8")
    score = [sys.executable, str(GOLD / "score.py"), str(REPORTS), str(out), "--json"]
    result: dict[str, dict[str, dict[str, float]]] = json.loads(
        subprocess.run(score, check=True, capture_output=True, text=True).stdout
    )
    return result


def test_the_reports_are_those_that_the_floors_were_measured_on() -> None:
    assert hashlib.sha256(REPORTS.read_bytes()).hexdigest() == DIGEST


@pytest.mark.parametrize("field", sorted(FLOORS))
def test_a_field_of_reports_stays_above_its_floors(
    measured: dict[str, dict[str, dict[str, float]]], field: str
) -> None:
    precision, recall, attributed = FLOORS[field]
    found = measured["fields"][field]

    assert (found["precision"] >= precision, found["recall"] >= recall, found["attributed_f1"] >= attributed) == (
        True,
        True,
        True,
    ), found
