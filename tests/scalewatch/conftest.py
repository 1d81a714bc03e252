"""A command line to run as a person would, with a data folder of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Variables of a machine on which nothing is set but a data folder of this test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SCALEWATCH_", "PREFECT_"))}
    return {**kept, "SCALEWATCH_DATA_FOLDER": str(tmp_path / "data"), "COLUMNS": "200", "NO_COLOR": "1"}


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run `scalewatch` with these arguments in the test's folder, and return what it said and its exit code."""

    def run_command(*arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "scalewatch", *arguments],
            input=stdin,
            env={**environment, **variables},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run_command
