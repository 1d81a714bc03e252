"""The ingest as a Prefect flow: one task for each source, around the plain functions of `flows.ingest`."""

import asyncio
from contextvars import ContextVar
from datetime import datetime

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.context import FlowRunContext
from prefect.states import Completed, Failed

from flows import ingest as plain
from flows.settings import Settings
from flows.sources_file import read_sources, select
from store import sources as stored
from store.engine import open_engine, session

#: Is told how far each source is, where someone watches a run in this very process.
watching: ContextVar[plain.Progress | None] = ContextVar("watching", default=None)


@flow(name="ingest", persist_result=False)
async def ingest(names: list[str] | None = None, since: datetime | None = None, limit: int | None = None) -> State:
    """Run the named sources, or all; a run that the schedule made leaves out what has succeeded since its time.

    The state's data is the list of outcomes; it is failed where a source failed, with its name.
    """
    settings = Settings()
    chosen = [spec.name for spec in select(read_sources(settings.sources), names or ())]
    wanted = [name for name in chosen if not _is_made_up_for(settings, name)]
    if not wanted:
        return Completed(name="Skipped", message="done already since the time that this run was scheduled for", data=[])
    places = asyncio.Semaphore(plain.AT_ONCE)

    async def run_in_turn(name: str) -> plain.Outcome:
        async with places:
            return await read_source.with_options(task_run_name=name)(name, since, limit)

    outcomes = await asyncio.gather(*map(run_in_turn, wanted))
    return _state(list(outcomes))


@task(name="read a source", cache_policy=NO_CACHE, persist_result=False)
async def read_source(name: str, since: datetime | None, limit: int | None) -> plain.Outcome:
    """Run one source in a thread of its own; what fails in it is told in the outcome."""
    settings = Settings()
    (spec,) = select(read_sources(settings.sources), [name])
    engine = open_engine(settings.database)
    told = watching.get()
    return await asyncio.to_thread(plain.run_source, engine, settings, spec, since=since, limit=limit, progress=told)


def _is_made_up_for(settings: Settings, name: str) -> bool:
    """Say whether this run is one of the schedule's, late, and the source has succeeded since it was due."""
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    if run is None or not run.auto_scheduled or run.expected_start_time is None:
        return False
    with session(open_engine(settings.database), read_only=True) as reading:
        state = stored.state(reading, name)
    return bool(state and state.last_success and state.last_success >= run.expected_start_time)


def _state(outcomes: list[plain.Outcome]) -> State:
    failed = [f"{outcome.source}: {outcome.error}" for outcome in outcomes if outcome.error]
    if failed:
        return Failed(message="; ".join(failed), data=outcomes)
    return Completed(message=f"{len(outcomes)} sources", data=outcomes)
