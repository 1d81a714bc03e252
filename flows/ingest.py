"""The ingest: what each source has that is new, stored and read, one source failing without stopping the others."""

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Event

from sqlalchemy import Engine

from flows.batch import Batch, Reject
from flows.errors import FlowError, ParseError, SleepError, TooLargeError
from flows.fetching.client import Client
from flows.full_texts import read_full_texts
from flows.memory import RunMemory, StoreKnown
from flows.reading import criteria, read_documents, read_left_over
from flows.settings import Settings
from flows.sources_file import SourceSpec
from flows.storing import store_batch
from store import sources
from store.engine import session
from store.errors import BusyError, StoreError
from store.locks import source_lock

logger = logging.getLogger(__name__)

#: How far a run looks back behind the start of the last good one: services list late, and correct themselves.
OVERLAP = timedelta(days=7)
#: How far the first run of a source looks back.
FIRST_WINDOW = timedelta(days=7)
#: Sources wait for their services most of the time; more at once would only queue for the database.
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run of a source did: counts of items, the run's `seconds`, and why it failed, if it did.

    `fetched` counts what the source listed, new or not; `candidates` those that were made or added to; `note` is a
    remark on a run that did not fail.
    """

    source: str
    fetched: int = 0
    new: int = 0
    unchanged: int = 0
    set_aside: int = 0
    candidates: int = 0
    seconds: float = 0.0
    error: str | None = None
    note: str = ""


#: Is told after every page of a source how far the run is.
Progress = Callable[[Outcome], None]


def run(
    engine: Engine,
    settings: Settings,
    specs: Sequence[SourceSpec],
    *,
    since: datetime | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Run the sources, AT_ONCE at a time, and return what each did, in their order.

    `since` (aware) replaces each source's own start; `limit` is the most items of each. An interrupt ends every source
    after its page.
    """
    stop = Event()

    def run_one(spec: SourceSpec) -> Outcome:
        return run_source(engine, settings, spec, since=since, limit=limit, progress=progress, stop=stop)

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="source") as threads:
        try:
            return list(threads.map(run_one, specs))
        except KeyboardInterrupt:
            stop.set()
            threads.shutdown(cancel_futures=True)
            raise


def run_source(
    engine: Engine,
    settings: Settings,
    spec: SourceSpec,
    *,
    since: datetime | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Outcome:
    """Run one source and return what it did; whatever fails in it is told in the outcome, and remembered.

    Each page is stored in a transaction of its own, so that a run that dies has lost nothing and repeats nothing.
    """
    started = time.monotonic()
    one = _Run(engine, settings, spec, limit=limit, progress=progress, stop=stop or Event())
    try:
        with source_lock(engine, spec.name):
            outcome = one.go(since)
    except BusyError:
        outcome = replace(one.outcome, note="another process runs it now")
    except SleepError as error:
        outcome = replace(one.outcome, note=one.slept(error))
    except (FlowError, StoreError) as error:
        outcome = one.failed(error)
    except Exception as error:  # the loop over sources: the next one has to have its turn
        logger.exception("%s: failed", spec.name)
        outcome = one.failed(error)
    return replace(outcome, seconds=time.monotonic() - started)


class _Run:
    """One run of one source; `outcome` says how far it has come."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        spec: SourceSpec,
        *,
        limit: int | None,
        progress: Progress | None,
        stop: Event,
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._spec = spec
        self._limit = limit
        self._progress = progress
        self._stop = stop
        self._wanted = criteria(settings)
        self._candidates: set[int] = set()
        self._rejected: set[str] = set()
        self._notes: list[str] = []
        self._is_settled = True
        self.outcome = Outcome(spec.name)

    def go(self, since: datetime | None) -> Outcome:
        """Read what is left over, then all that the source has; raises what the source or the store raises."""
        started = datetime.now(UTC)
        with session(self._engine) as writing:
            state = sources.state(writing, self._spec.name)
            if state and state.sleeping_until and state.sleeping_until > started:
                return replace(self.outcome, note=f"sleeps until {state.sleeping_until:%Y-%m-%d %H:%M} UTC, as asked")
            sources.begun(writing, self._spec.name, started)
        due = state.last_success - OVERLAP if state and state.last_success else started - FIRST_WINDOW
        self._candidates |= read_left_over(self._engine, self._spec.name, self._wanted)
        memory = RunMemory(self._engine, uses_validators=since is None or since >= due)
        with Client(self._settings, memory) as client:
            is_whole = self._consume(client, memory, since or due)
            # A run that looked back less than it had to, or was cut short, is none that the next one can start from.
            if is_whole and (since is None or since <= due):
                self._ended_well(memory, started)
            if not self._stop.is_set():
                self._read_full_texts(client, memory)
        return replace(self.outcome, note="; ".join(dict.fromkeys(self._notes)))

    def slept(self, error: SleepError) -> str:
        """Remember until when the service wants to be left alone; return it in words."""
        with suppress(StoreError), session(self._engine) as writing:
            sources.sleep_until(writing, self._spec.name, error.until)
        return f"sleeps until {error.until:%Y-%m-%d %H:%M} UTC: {error.reason}"

    def failed(self, error: Exception) -> Outcome:
        """Remember a failed run, set aside what could not be read, and return what was done with the reason."""
        said = str(error) if isinstance(error, (FlowError, StoreError)) else f"{type(error).__name__}: {error}"
        message = " ".join(said.split())
        with suppress(StoreError), session(self._engine) as writing:
            sources.failed(writing, self._spec.name, message)
        if isinstance(error, (ParseError, TooLargeError)) and error.url and error.url not in self._rejected:
            with suppress(StoreError):
                self._store(Batch(rejects=(Reject(error.url, error.reason),)), None)
        return replace(self.outcome, error=message)

    def _consume(self, client: Client, memory: RunMemory, since: datetime) -> bool:
        """Store and read every page of the source; False if the run was cut short."""
        for batch in self._spec.source.fetch(client, since, StoreKnown(self._engine)):
            rest = None if self._limit is None else self._limit - self.outcome.fetched
            self._store(batch if rest is None else replace(batch, items=batch.items[:rest]), memory)
            if self._progress:
                self._progress(self.outcome)
            if self._stop.is_set():
                return False
            if rest is not None and len(batch.items) + batch.unchanged >= rest:
                self._notes.append(f"stopped at {self._limit} items")
                return False
        return True

    def _store(self, batch: Batch, memory: RunMemory | None) -> None:
        """Store one page, then read what is new in it."""
        with session(self._engine) as writing:
            stored = store_batch(writing, self._spec, batch)
            if memory:
                memory.keep(writing)
        self._candidates |= read_documents(self._engine, stored.new, self._wanted)
        self._rejected |= {reject.url for reject in batch.rejects}
        self._notes += [batch.note] if batch.note else []
        self._is_settled = self._is_settled and batch.is_settled
        self.outcome = replace(
            self.outcome,
            fetched=self.outcome.fetched + len(batch.items) + batch.unchanged,
            new=self.outcome.new + len(stored.new),
            unchanged=self.outcome.unchanged + stored.unchanged,
            set_aside=self.outcome.set_aside + stored.set_aside,
            candidates=len(self._candidates),
        )

    def _read_full_texts(self, client: Client, memory: RunMemory) -> None:
        """Read the papers in full that announce a large model, once everything that was listed is stored."""
        for found in read_full_texts(self._engine, client, memory, self._spec.name, self._wanted):
            self._candidates |= found
            self.outcome = replace(self.outcome, candidates=len(self._candidates))
            if self._stop.is_set():
                return

    def _ended_well(self, memory: RunMemory, started: datetime) -> None:
        with session(self._engine) as writing:
            if self._is_settled:
                memory.keep_listings(writing)
            sources.succeeded(writing, self._spec.name, started_at=started, new_items=self.outcome.new)
