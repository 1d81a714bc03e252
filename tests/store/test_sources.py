"""The state of sources, what addresses answered, and that one process runs a source at a time."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from store import fetches, locks, sources
from store.errors import BusyError, InvalidValueError

START = datetime(2026, 1, 2, 3, tzinfo=UTC)
URL = "https://example.org/feed"
ROOT = Path(sources.__file__).parents[1]

HOLD = """
import sys
from store.engine import open_engine
from store.locks import source_lock
with source_lock(open_engine(sys.argv[1]), sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_source_that_never_ran_has_no_state(session: Session) -> None:
    assert sources.state(session, "arxiv") is None
    assert sources.states(session) == []


def test_failures_are_counted_until_a_run_ends_well(session: Session) -> None:
    sources.begun(session, "arxiv", START)
    sources.failed(session, "arxiv", "answered HTML\x00")
    sources.failed(session, "arxiv", "answered nothing" + "!" * 5000)
    failing = sources.state(session, "arxiv")
    assert failing is not None
    counted = failing.failures, failing.last_success, failing.last_attempt, len(failing.message or "")

    sources.succeeded(session, "arxiv", started_at=START, new_items=0)

    well = sources.state(session, "arxiv")
    assert counted == (2, None, START, sources.LONGEST_MESSAGE)
    assert well is not None
    assert (well.failures, well.message, well.last_success, well.last_new_item) == (0, None, START, None)


def test_a_new_item_is_remembered_through_runs_without_one(session: Session) -> None:
    sources.succeeded(session, "arxiv", started_at=START, new_items=3)
    first = sources.state(session, "arxiv")
    assert first is not None
    seen = first.last_new_item

    sources.succeeded(session, "arxiv", started_at=START + timedelta(days=1), new_items=0)

    second = sources.state(session, "arxiv")
    assert seen is not None
    assert second is not None
    assert (second.last_new_item, second.last_success) == (seen, START + timedelta(days=1))


def test_a_source_sleeps_until_it_succeeds(session: Session) -> None:
    sources.sleep_until(session, "hub", START)
    sleeping = sources.state(session, "hub")
    assert sleeping is not None
    until = sleeping.sleeping_until

    sources.succeeded(session, "hub", started_at=START, new_items=0)

    awake = sources.state(session, "hub")
    assert until == START
    assert awake is not None
    assert awake.sleeping_until is None


def test_validators_are_kept_by_304_and_failures_and_replaced_by_content(session: Session) -> None:
    fetches.remember(session, URL, status=200, etag="a", last_modified="monday")
    seen = []
    for status, etag in ((304, None), (500, None), (None, None), (304, "b"), (200, None)):
        fetches.remember(session, URL, status=status, etag=etag)
        found = fetches.recall(session, URL)
        assert found is not None
        seen.append((found.etag, found.last_modified, found.failures))

    assert seen == [
        ("a", "monday", 0),
        ("a", "monday", 1),
        ("a", "monday", 2),
        ("b", "monday", 0),
        (None, None, 0),
    ]


def test_the_first_failure_of_an_address_counts(session: Session) -> None:
    fetches.remember(session, URL, status=404)

    found = fetches.recall(session, URL)
    assert found is not None
    assert found.failures == 1


def test_an_address_never_asked_is_not_known(session: Session) -> None:
    assert fetches.recall(session, URL) is None
    with pytest.raises(InvalidValueError, match="2000 bytes"):
        fetches.remember(session, URL + "x" * 2000, status=200)


def test_a_source_is_held_by_one_at_a_time(engine: Engine) -> None:
    with (
        locks.source_lock(engine, "arxiv"),
        locks.source_lock(engine, "hub"),
        pytest.raises(BusyError, match="arxiv: another process"),
        locks.source_lock(engine, "arxiv"),
    ):
        pytest.fail("it was held twice")

    with locks.source_lock(engine, "arxiv"):
        pass


def test_a_lock_is_given_back_when_its_holder_fails(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), locks.source_lock(engine, "arxiv"):
        _ = 1 / 0

    with locks.source_lock(engine, "arxiv"):
        pass


def test_a_process_that_is_killed_gives_its_source_back(engine: Engine) -> None:
    address = engine.url.render_as_string(hide_password=False)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, address, "arxiv"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(BusyError), locks.source_lock(engine, "arxiv"):
            pytest.fail("it was held twice")
        holder.kill()

    assert _within(10, lambda: _can_hold(engine, "arxiv"))


def _can_hold(engine: Engine, name: str) -> bool:
    try:
        with locks.source_lock(engine, name):
            return True
    except BusyError:
        return False


def _within(seconds: float, is_true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_true():
            return True
    return False
