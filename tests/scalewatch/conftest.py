"""A command line to run as a person would, with a data folder of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows import ingest
from flows.settings import Settings
from flows.sources_file import read_sources
from scalewatch.database import open_upgraded
from scalewatch.demo.server import answering
from scalewatch.demo.services import World
from scalewatch.demo.world import SOURCES

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


@pytest.fixture(scope="session")
def mirror() -> Iterator[str]:
    """The address of the demo's world, ten minutes after it began."""
    with answering(World(datetime.now(UTC) - timedelta(minutes=10))) as address:
        yield address


@pytest.fixture
def in_world(environment: dict[str, str], mirror: str) -> None:
    """Let every command of this test see the demo's world, and no other."""
    environment.update(SCALEWATCH_MIRROR=mirror, SCALEWATCH_PACING="off", SCALEWATCH_SOURCES=str(SOURCES))


@pytest.fixture(scope="session")
def ingested(mirror: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after one ingest of the demo's world; not to be changed."""
    folder = tmp_path_factory.mktemp("ingested")
    settings = Settings(data_folder=folder, mirror=mirror, pacing="off", sources=SOURCES)
    engine = open_upgraded(settings)
    outcomes = ingest.run(engine, settings, read_sources(SOURCES))
    engine.dispose()
    assert [outcome.error for outcome in outcomes] == [None] * 4
    return folder


@pytest.fixture
def filled(ingested: Path, environment: dict[str, str], in_world: None) -> Path:  # noqa: ARG001
    """A data folder of this test's own, with a filled queue."""
    folder = Path(environment["SCALEWATCH_DATA_FOLDER"])
    shutil.copytree(ingested, folder)
    return folder
