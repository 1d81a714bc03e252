"""One run of the ingest: as a Prefect flow where a server answers, by the plain functions where none does."""

import asyncio
import os
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, cast

from sqlalchemy import Engine

from flows import ingest
from flows.ingest import Outcome, Progress
from flows.schedule import prefect_server
from flows.settings import Settings
from flows.sources_file import SourceSpec
from scalewatch.logs import is_verbose
from scalewatch.output import progress

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State


def run(
    engine: Engine, settings: Settings, specs: Sequence[SourceSpec], *, since: datetime | None, limit: int | None
) -> list[Outcome]:
    """Run the sources and return what each did, in their order; progress is shown to a person at a terminal."""
    url = prefect_server.find(settings.data_folder)
    with _shown(len(specs)) as told:
        if not url:
            return ingest.run(engine, settings, specs, since=since, limit=limit, progress=told)
        _use(settings, url)
        return asyncio.run(_run_flow([spec.name for spec in specs], since, limit, told))


def _use(settings: Settings, url: str) -> None:
    """Set the variables that Prefect reads once, when it is imported, and the settings that the flow reads."""
    os.environ.update(settings.environment())
    os.environ.update(prefect_server.environment(settings.data_folder, url))
    # What fails is said by the command itself; Prefect would say it again, over pages.
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO" if is_verbose() else "CRITICAL")


async def _run_flow(names: list[str], since: datetime | None, limit: int | None, told: Progress) -> list[Outcome]:
    from flows.schedule.ingest_flow import ingest as flow
    from flows.schedule.ingest_flow import watching

    watching.set(told)
    # Prefect's types say that a flow which returns a state returns it at once.
    state = await cast("Awaitable[State[list[Outcome]]]", flow(names, since, limit, return_state=True))
    return await cast("Awaitable[list[Outcome]]", state.result(raise_on_failure=False))


@contextmanager
def _shown(count: int) -> Iterator[Progress]:
    """Show a line for each source that has begun, and one for the run."""
    with progress() as display:
        whole = display.add_task("ingest", total=count)
        lines = {}

        def told(outcome: Outcome) -> None:
            if outcome.source not in lines:
                lines[outcome.source] = display.add_task(outcome.source, total=None)
                display.advance(whole)
            display.update(lines[outcome.source], completed=outcome.fetched)

        yield told
