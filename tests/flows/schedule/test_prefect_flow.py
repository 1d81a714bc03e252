"""The ingest flow and its deployments on a real Prefect server."""

import asyncio
import os
import time
from collections.abc import Awaitable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.schedules import IntervalSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.flow_engine import run_flow
from prefect.settings import PREFECT_API_URL, PREFECT_LOGGING_LEVEL, temporary_settings
from prefect.states import Running, Scheduled
from pytest_httpserver import HTTPServer

from flows.ingest import Outcome
from flows.schedule import deployments, prefect_server, processes
from flows.schedule.ingest_flow import ingest
from flows.sources_file import parse_sources
from store import schema, sources
from store.engine import open_engine, session

pytestmark = [
    pytest.mark.prefect,
    # Prefect's threads that send events and logs close their connections when the process ends, not before.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

FEED = """<rss version="2.0"><channel><title>Lab</title><link>https://lab.example/</link><description>d</description>
<item><title>Hello</title><link>https://lab.example/hello</link><description>We say hello.</description></item>
</channel></rss>"""
SOURCES = """
[[source]]
name = "lab"
kind = "feed"
url = "https://lab.example/feed.xml"
schedule = "0 6 * * *"
timezone = "Asia/Shanghai"

[[source]]
name = "gone"
kind = "feed"
url = "https://gone.example/feed.xml"
schedule = "0 7 * * *"
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The API address of a real server whose scheduler looks every second."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS", "1")
        child = prefect_server.start(tmp_path_factory.mktemp("prefect"))
    assert prefect_server.wait(child.url), Path(child.log).read_text()
    yield child.url
    processes.end(child)


@pytest.fixture
def used(server: str) -> Iterator[None]:
    """Let this process use the server, quietly."""
    with temporary_settings({PREFECT_API_URL: server, PREFECT_LOGGING_LEVEL: "CRITICAL"}):
        yield


@pytest.fixture
def database(tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database of a machine that watches one feed that answers, and one that does not."""
    httpserver.expect_request("/lab.example/feed.xml").respond_with_data(FEED, content_type="application/rss+xml")
    (tmp_path / "sources.toml").write_text(SOURCES)
    for name in [name for name in os.environ if name.startswith("SCALEWATCH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SCALEWATCH_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("SCALEWATCH_SOURCES", str(tmp_path / "sources.toml"))
    monkeypatch.setenv("SCALEWATCH_MIRROR", httpserver.url_for(""))
    monkeypatch.setenv("SCALEWATCH_PACING", "off")
    url = f"sqlite:///{tmp_path / 'scalewatch.db'}"
    schema.upgrade(open_engine(url))
    return url


async def _run(names: list[str], run: FlowRun | None = None) -> tuple["State[list[Outcome]]", list[Outcome]]:
    parameters = {"names": names, "since": None, "limit": None}
    answer = run_flow(ingest, flow_run=run, parameters=parameters, return_type="state")
    state = await cast("Awaitable[State[list[Outcome]]]", answer)
    return state, await cast("Awaitable[list[Outcome]]", state.aresult(raise_on_failure=False))


@pytest.mark.usefixtures("used", "database")
def test_a_run_gives_the_outcome_of_each_source() -> None:
    state, (outcome,) = asyncio.run(_run(["lab"]))

    assert state.is_completed()
    assert (outcome.source, outcome.new, outcome.error) == ("lab", 1, None)


@pytest.mark.usefixtures("used", "database")
def test_a_source_that_fails_fails_the_run_by_name_and_not_the_others() -> None:
    state, outcomes = asyncio.run(_run([]))

    errors = {outcome.source: outcome.error for outcome in outcomes}
    assert state.is_failed()
    assert (state.message or "").startswith("gone: ")
    assert errors["lab"] is None
    assert errors["gone"]


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize(("succeeded", "name"), [(timedelta(days=-1), "Completed"), (timedelta(days=1), "Skipped")])
def test_a_scheduled_run_is_skipped_where_its_source_has_succeeded_since(
    database: str, succeeded: timedelta, name: str
) -> None:
    with session(open_engine(database)) as writing:
        sources.succeeded(writing, "lab", started_at=datetime.now(UTC) + succeeded, new_items=0)

    async def run_of_the_schedule() -> tuple[FlowRun, "State[list[Outcome]]"]:
        deployment = await ingest.ato_deployment(f"every second: {name}", parameters={"names": ["lab"]})
        async with get_client() as client:
            run = await _first_scheduled(client, await deployment.aapply())
        return run, (await _run(["lab"], run))[0]

    run, state = asyncio.run(run_of_the_schedule())

    assert run.auto_scheduled
    assert state.name == name


@pytest.mark.usefixtures("used")
def test_a_deployment_carries_the_schedule_of_its_source_and_is_found_by_module() -> None:
    spec = parse_sources(SOURCES, Path("sources.toml"))[0]

    deployment = asyncio.run(deployments.deployment(spec))

    schedule = cast("Any", deployment.schedules)[0].schedule
    assert (schedule.cron, schedule.timezone) == ("0 6 * * *", "Asia/Shanghai")
    assert deployment.parameters == {"names": ["lab"]}
    assert deployment.entrypoint == "flows.schedule.ingest_flow.ingest"


@pytest.mark.usefixtures("used")
def test_deployments_of_sources_that_left_the_file_are_deleted() -> None:
    async def names_after(kept: frozenset[str]) -> set[str]:
        specs = parse_sources(SOURCES, Path("sources.toml"))
        stranger = await ingest.ato_deployment("somebody else's")
        for each in [*[await deployments.deployment(spec) for spec in specs], stranger]:
            await each.aapply()
        async with get_client() as client:
            await deployments.retire(client, kept)
            return {found.name for found in await client.read_deployments()}

    assert asyncio.run(names_after(frozenset({"lab"}))) >= {"lab", "somebody else's"}
    assert "gone" not in asyncio.run(names_after(frozenset({"lab"})))


@pytest.mark.usefixtures("used")
def test_missed_runs_are_cancelled_and_cut_off_ones_are_crashed() -> None:
    async def settled() -> dict[str, StateType | None]:
        catch_up: RunnerDeployment = await deployments.catch_up()
        identity = await catch_up.aapply()
        now = datetime.now(UTC)
        states: dict[str, State[None]] = {
            "missed": Scheduled(scheduled_time=now - timedelta(hours=5)),
            "to come": Scheduled(scheduled_time=now + timedelta(hours=5)),
            "cut off": Running(),
        }
        async with get_client() as client:
            for name, state in states.items():
                run = await client.create_flow_run_from_deployment(identity, name=name)
                await client.set_flow_run_state(run.id, state, force=True)
            await deployments.settle(client)
            found = await _runs_of(client, identity)
            await client.delete_deployment(identity)
        return {run.name: run.state_type for run in found}

    assert asyncio.run(settled()) == {
        "missed": StateType.CANCELLED,
        "to come": StateType.SCHEDULED,
        "cut off": StateType.CRASHED,
    }


async def _first_scheduled(client: PrefectClient, deployment_id: UUID) -> FlowRun:
    """Give a deployment a schedule of every second, and return the first run that the scheduler makes of it."""
    every_second = IntervalSchedule(interval=timedelta(seconds=1), anchor_date=datetime.now(UTC))
    schedule = DeploymentScheduleCreate(schedule=every_second, active=True)
    await client.create_deployment_schedules(deployment_id, [schedule])
    deadline = time.monotonic() + 60
    while not (runs := await _runs_of(client, deployment_id)):
        assert time.monotonic() < deadline, "the scheduler made no run"
        await asyncio.sleep(0.2)
    return min(runs, key=lambda run: run.expected_start_time or datetime.max.replace(tzinfo=UTC))


async def _runs_of(client: PrefectClient, deployment_id: UUID) -> list[FlowRun]:
    of_deployment = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[deployment_id]))
    return await client.read_flow_runs(flow_run_filter=of_deployment)
