"""`scalewatch serve` for real: schedule, ingest and review page, and that nothing of it outlives it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows.schedule import prefect_server, processes
from scalewatch.demo.world import SOURCES

pytestmark = pytest.mark.prefect

COMMAND = (sys.executable, "-m", "scalewatch", "serve", "--port", "0")


@dataclass(frozen=True)
class Serving:
    """A running `scalewatch serve`: its process, data folder and variables, and the two addresses that it printed."""

    process: subprocess.Popen[str]
    data_folder: Path
    environment: dict[str, str]
    page: str
    prefect: str

    def children(self) -> list[processes.Child]:
        return list(processes.recall(prefect_server.children_file(self.data_folder)))

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scalewatch", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120, check=False)

    def api(self, path: str, **body: Any) -> Any:
        return httpx.post(f"{self.prefect}/api/{path}", json=body, trust_env=False, timeout=30).json()


def until(is_so: Callable[[], Any], seconds: float, what: str) -> Any:
    """Ask again until the answer is true, and return it."""
    deadline = time.monotonic() + seconds
    while not (answer := is_so()):
        assert time.monotonic() < deadline, f"waited {seconds} s in vain: {what}"
        time.sleep(0.1)
    return answer


@contextmanager
def serving(data_folder: Path, mirror: str, **variables: str) -> Iterator[Serving]:
    """Start it, and end it and all of its children afterwards, whatever happened to it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SCALEWATCH_", "PREFECT_"))}
    environment = {
        **kept,
        "SCALEWATCH_DATA_FOLDER": str(data_folder),
        "SCALEWATCH_MIRROR": mirror,
        "SCALEWATCH_PACING": "off",
        "SCALEWATCH_SOURCES": str(SOURCES),
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
        **variables,
    }
    with subprocess.Popen(
        COMMAND, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        said = "".join(process.stdout.readline() for _ in range(4))
        page, prefect = re.findall(r"http://[\w.:]+", said)
        try:
            yield Serving(process, data_folder, environment, page, prefect)
        finally:
            left = processes.recall(prefect_server.children_file(data_folder))
            process.kill()
            for child in left:
                processes.end(child, patience=0)


@pytest.fixture(scope="module")
def served(mirror: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("served"), mirror) as running:
        yield running


@pytest.fixture(scope="module")
def ready(served: Serving) -> Serving:
    """A serve whose Prefect server has the deployments, and whose first run is through."""

    def is_filled() -> bool:
        found = served.command("queue", "--json")
        return found.returncode == 0 and len(json.loads(found.stdout)) >= 4

    until(is_filled, 120, "the queue fills by itself")
    return served


def test_the_review_page_answers_at_the_printed_address(served: Serving) -> None:
    answer = until(lambda: _got(served.page), 30, "the page answers")

    assert answer.status_code == 200
    assert "Content-Security-Policy" in answer.headers
    assert httpx.get(served.page, headers={"Host": "evil.example"}, trust_env=False).status_code == 400


def test_each_source_has_a_deployment_with_its_schedule(ready: Serving) -> None:
    deployments = {each["name"]: each for each in ready.api("deployments/filter")}

    crons = {name: [each["schedule"] for each in found["schedules"]] for name, found in deployments.items()}
    assert set(crons) == {"demo-arxiv", "halcyon-reach-blog", "beichen-zhiyan", "demo-hub", "catch up"}
    assert crons["catch up"] == []
    assert (crons["beichen-zhiyan"][0]["cron"], crons["beichen-zhiyan"][0]["timezone"]) == (
        "*/5 * * * *",
        "Asia/Shanghai",
    )


def test_sources_that_never_ran_are_caught_up_with_once(ready: Serving) -> None:
    runs = ready.api("flow_runs/filter")

    caught_up = [run for run in runs if run["name"] == "catching-up"]
    assert [run["state_type"] for run in caught_up] == ["COMPLETED"]
    assert len(caught_up[0]["parameters"]["names"]) == 4


def test_a_run_that_the_schedule_made_happens(ready: Serving) -> None:
    deployment = next(each for each in ready.api("deployments/filter") if each["name"] == "demo-hub")
    every_second = [{"active": True, "schedule": {"interval": 1.0, "anchor_date": deployment["created"]}}]
    address = f"{ready.prefect}/api/deployments/{deployment['id']}/schedules"

    # Prefect's server answers 503 while its SQLite is locked, and means that it may be asked again.
    def add() -> httpx.Response | None:
        answer = httpx.post(address, json=every_second, trust_env=False)
        return None if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else answer

    added = until(add, 30, "the schedule is taken")

    assert added.status_code == 201, added.text
    until(lambda: _completed_by_schedule(ready, deployment["id"]), 120, "a scheduled run completes")
    for schedule in added.json():
        httpx.delete(f"{address}/{schedule['id']}", trust_env=False)


def test_an_ingest_beside_it_is_a_run_of_the_flow(ready: Serving) -> None:
    done = ready.command("ingest", "halcyon-reach-blog", "--json")

    (outcome,) = json.loads(done.stdout)
    by_hand = [run for run in ready.api("flow_runs/filter") if run["deployment_id"] is None]
    assert (done.returncode, outcome["new"]) == (0, 0), done.stderr
    assert [run["state_type"] for run in by_hand] == ["COMPLETED"]


def test_a_second_one_on_the_same_folder_is_refused(served: Serving) -> None:
    done = served.command("serve", "--port", "0")

    assert done.returncode == 1
    assert "another `scalewatch serve`" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_taken_port_is_said_before_anything_is_started(tmp_path: Path, served: Serving) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        environment = {**served.environment, "SCALEWATCH_DATA_FOLDER": str(tmp_path)}
        command = [*COMMAND[:-1], port]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 1
    assert port in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not prefect_server.folder(tmp_path).exists()


def test_the_secret_of_the_review_page_is_its_owners_alone(served: Serving) -> None:
    secret = served.data_folder / "secret"

    assert secret.stat().st_mode & 0o777 == 0o600
    assert len(secret.read_bytes()) == 64


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_it_ends_cleanly_when_asked(tmp_path: Path, mirror: str, number: signal.Signals) -> None:
    with serving(tmp_path, mirror) as running:
        until(lambda: len(running.children()) == 2, 30, "both children run")
        children = running.children()

        running.process.send_signal(number)
        _, said = running.process.communicate(timeout=20)

    assert running.process.returncode == 0
    assert said == ""
    assert not any(map(processes.is_alive, children))
    assert not prefect_server.children_file(tmp_path).exists()


def test_what_a_killed_one_leaves_is_ended_by_the_next(tmp_path: Path, mirror: str) -> None:
    with serving(tmp_path, mirror) as killed:
        until(lambda: len(killed.children()) == 2, 30, "both children run")
        orphans = killed.children()
        killed.process.kill()
        killed.process.wait()
        assert all(map(processes.is_alive, orphans))

        with serving(tmp_path, mirror) as after:
            # The orphans stand in the file until they are ended.
            until(lambda: len(set(after.children()) - set(orphans)) == 2, 30, "both children of the next run")

            assert not any(map(processes.is_alive, orphans))


def test_a_part_that_falls_ends_all_of_it_and_is_named(tmp_path: Path, mirror: str) -> None:
    with serving(tmp_path, mirror) as running:
        until(lambda: len(running.children()) == 2, 30, "both children run")
        server, schedule = running.children()

        os.kill(server.pid, signal.SIGKILL)
        _, said = running.process.communicate(timeout=20)

    assert running.process.returncode == 1
    assert server.name in said
    assert len(said.splitlines()) == 1
    assert not processes.is_alive(schedule)


def test_a_server_of_the_users_own_is_used_and_left_alone(tmp_path: Path, mirror: str) -> None:
    theirs = prefect_server.start(tmp_path / "theirs")
    assert prefect_server.wait(theirs.url), Path(theirs.log).read_text()
    home = str(tmp_path / "home")

    with serving(tmp_path / "data", mirror, PREFECT_API_URL=theirs.url, PREFECT_HOME=home) as running:
        until(lambda: len(running.api("deployments/filter")) == 5, 60, "the deployments are made")
        names = [child.name for child in running.children()]
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(20)
    is_left_alone = processes.is_alive(theirs)
    processes.end(theirs)

    assert names == ["schedule"]
    assert f"{running.prefect}/api" == theirs.url
    assert is_left_alone


def _got(address: str) -> httpx.Response | None:
    try:
        return httpx.get(address, trust_env=False, follow_redirects=True)
    except httpx.TransportError:
        return None


def _completed_by_schedule(running: Serving, deployment_id: str) -> bool:
    runs = running.api(
        "flow_runs/filter",
        deployments={"id": {"any_": [deployment_id]}},
        flow_runs={"state": {"type": {"any_": ["COMPLETED"]}}},
    )
    return any(run["auto_scheduled"] and run["state_name"] == "Completed" for run in runs)
