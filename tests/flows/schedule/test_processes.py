"""Child processes: known again, ended with all of their own, and never mixed up with somebody else's."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flows.schedule import processes
from flows.schedule.processes import Child

SLEEPS = "import time; print('up', flush=True); time.sleep(600)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPS}"
WITH_A_CHILD = (
    f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', {DEAF!r}]);"
    "print('up', child.pid, flush=True); child.wait()"
)


def _wait_for(is_so: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Child]]:
    started: list[Child] = []

    def start_script(script: str) -> Child:
        child = processes.start(
            "script", [sys.executable, "-c", script], environment=dict(os.environ), log=tmp_path / "logs" / "script.log"
        )
        started.append(child)
        _wait_for(lambda: "up" in Path(child.log).read_text())
        return child

    yield start_script
    for child in started:
        processes.end(child, patience=0)


def test_a_child_leads_a_group_of_its_own(start: Callable[[str], Child]) -> None:
    child = start(SLEEPS)

    assert processes.is_alive(child)
    assert os.getpgid(child.pid) == child.pid


def test_a_child_that_listens_ends_when_asked(start: Callable[[str], Child]) -> None:
    child = start(SLEEPS)

    processes.end(child, patience=30)

    assert not processes.is_alive(child)


def test_a_deaf_child_is_made_to_end(start: Callable[[str], Child]) -> None:
    child = start(DEAF)

    processes.end(child, patience=0.2)

    assert not processes.is_alive(child)


def test_what_a_child_started_ends_with_it(start: Callable[[str], Child]) -> None:
    child = start(WITH_A_CHILD)
    grandchild = int(Path(child.log).read_text().split()[1])

    processes.end(child, patience=0.5)

    _wait_for(lambda: not _runs(grandchild))


def test_a_process_with_the_same_number_that_began_at_another_time_is_somebody_elses(
    start: Callable[[str], Child],
) -> None:
    ours = start(SLEEPS)
    stranger = replace(ours, started="another boot 123")

    processes.end(stranger, patience=0)

    assert not processes.is_alive(stranger)
    assert processes.is_alive(ours)


def test_a_killed_child_is_not_alive_even_before_anyone_waits_for_it(start: Callable[[str], Child]) -> None:
    child = start(SLEEPS)

    os.kill(child.pid, signal.SIGKILL)

    _wait_for(lambda: not processes.is_alive(child))


def test_what_was_written_down_is_known_again_while_it_runs(start: Callable[[str], Child], tmp_path: Path) -> None:
    child = start(SLEEPS)
    file = tmp_path / "children.json"
    processes.remember(file, [child, replace(child, started="long ago")])

    assert processes.recall(file) == (child,)


@pytest.mark.parametrize("content", ["", "{", "[1]", '[{"pid": 1}]', json.dumps({"a": 1})])
def test_a_broken_note_names_no_process(tmp_path: Path, content: str) -> None:
    (tmp_path / "children.json").write_text(content)

    assert processes.recall(tmp_path / "children.json") == ()
    assert processes.recall(tmp_path / "missing.json") == ()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
