"""The process that keeps the schedule: it registers the deployments, catches up once, and runs what falls due."""

import asyncio
import logging
import sys
from datetime import UTC, datetime
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.runner import Runner
from prefect.settings import PREFECT_API_URL

from flows.schedule import deployments, prefect_server
from flows.schedule.due import is_due
from flows.settings import Settings
from flows.sources_file import SourceSpec, read_sources
from store import sources as stored
from store.engine import open_engine, session

log = logging.getLogger(__name__)

RUNS_AT_ONCE = 2
POLL_SECONDS = 5


class _Runner(Runner):
    """Prefect's runner, which leaves on SIGTERM at once: its own handler stops a loop that it then never runs."""

    def handle_sigterm(self, *args: object, **kwargs: object) -> None:  # noqa: ARG002
        """End the process; its runs are in its process group and have heard the signal too."""
        raise SystemExit(0)


async def keep(settings: Settings) -> None:
    """Keep the schedule of the sources file until the process is ended."""
    url = PREFECT_API_URL.value()
    if not url or not await asyncio.to_thread(prefect_server.wait, url):
        sys.exit(f"no Prefect server answers at {url}")
    specs = read_sources(settings.sources)
    runner = _Runner(name="scalewatch", query_seconds=POLL_SECONDS, limit=RUNS_AT_ONCE, pause_on_shutdown=False)
    async with get_client() as client:
        await deployments.retire(client, frozenset(spec.name for spec in specs) | {deployments.CATCH_UP})
        for spec in specs:
            await runner.aadd_deployment(await deployments.deployment(spec))
        catch_up = await runner.aadd_deployment(await deployments.catch_up())
        await deployments.settle(client)
        await _make_up(client, catch_up, _due(settings, specs))
    log.info("the schedule of %s sources is kept", len(specs))
    await runner.start()


async def _make_up(client: PrefectClient, deployment_id: UUID, names: list[str]) -> None:
    if names:
        log.info("catching up: %s", ", ".join(names))
        await client.create_flow_run_from_deployment(deployment_id, parameters={"names": names}, name="catching-up")


def _due(settings: Settings, specs: tuple[SourceSpec, ...]) -> list[str]:
    now = datetime.now(UTC)
    with session(open_engine(settings.database), read_only=True) as reading:
        known = {state.name: state for state in stored.states(reading)}
    due = []
    for spec in specs:
        state = known.get(spec.name)
        is_asleep = bool(state and state.sleeping_until and state.sleeping_until > now)
        last_success = state.last_success if state else None
        if not is_asleep and is_due(spec.schedule, spec.timezone, last_success=last_success, now=now):
            due.append(spec.name)
    return due


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    asyncio.run(keep(Settings()))
