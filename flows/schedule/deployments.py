"""Prefect deployments of the ingest flow: one for each source with its schedule, and one for catching up."""

from datetime import UTC, datetime

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.states import Cancelled, Crashed
from prefect.types.entrypoint import EntrypointType

from flows.schedule.ingest_flow import ingest
from flows.sources_file import SourceSpec

#: No source can have this name: names of sources hold no space.
CATCH_UP = "catch up"
TAG = "scalewatch"
_PAGE = 200  # the most that Prefect's API gives at once


async def deployment(spec: SourceSpec) -> RunnerDeployment:
    """Return the deployment that runs one source at its times; it is found by module, from any folder."""
    return await ingest.ato_deployment(
        spec.name,
        schedule=Cron(spec.schedule, timezone=spec.timezone),
        parameters={"names": [spec.name]},
        tags=[TAG],
        description=spec.note or None,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


async def catch_up() -> RunnerDeployment:
    """Return the deployment without a schedule, by which sources that missed their time are made up for."""
    return await ingest.ato_deployment(CATCH_UP, tags=[TAG], entrypoint_type=EntrypointType.MODULE_PATH)


async def retire(client: PrefectClient, names: frozenset[str]) -> None:
    """Delete our deployments that are not among `names`: sources that left the file would be scheduled for ever."""
    ours = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG]))
    known = await client.read_deployments(deployment_filter=ours, limit=_PAGE)
    for found in known:
        if found.name not in names:
            await client.delete_deployment(found.id)


async def settle(client: PrefectClient) -> None:
    """End what an earlier schedule left: runs that missed their time, and runs that were cut off."""
    while late := await _late_runs(client):
        for run in late:
            missed: State[None] = Cancelled(
                message="missed while no schedule ran; the run for catching up makes up for it"
            )
            await client.set_flow_run_state(run.id, missed, force=True)
    for run in await _runs(client, StateType.RUNNING, StateType.PENDING):
        cut_off: State[None] = Crashed(message="cut off when the schedule ended")
        await client.set_flow_run_state(run.id, cut_off, force=True)


async def _late_runs(client: PrefectClient) -> list[FlowRun]:
    now = datetime.now(UTC)
    waiting = await _runs(client, StateType.SCHEDULED, before=now)
    return [run for run in waiting if run.next_scheduled_start_time and run.next_scheduled_start_time < now]


async def _runs(client: PrefectClient, *states: StateType, before: datetime | None = None) -> list[FlowRun]:
    deployments = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG]))
    in_state = FlowRunFilterState(type=FlowRunFilterStateType(any_=list(states)))
    when = FlowRunFilterNextScheduledStartTime(before_=before) if before else None
    wanted = FlowRunFilter(state=in_state, next_scheduled_start_time=when)
    return await client.read_flow_runs(deployment_filter=deployments, flow_run_filter=wanted, limit=_PAGE)
