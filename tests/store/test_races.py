"""Writes that several processes do at once: none is lost, none is done twice."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from store import catalog, documents, fetches, matching, queue, readings, sources, values
from store.catalog_tables import Decision, EntryRevision
from store.engine import open_engine, session
from store.errors import AlreadyDecidedError, StaleRevisionError, StoreError
from store.tables import Candidate, Claim, Document, DocumentHead
from store.views import Edit

AT_ONCE = 4
KEY = "arxiv:2601.00001"
ROOT = Path(documents.__file__).parents[1]

Step = Callable[[Session, int], object]

SAVE_AND_HANG = """
import sys
from store.documents import packed, save
from store.engine import open_engine, session
from store.tables import Document
with session(open_engine(sys.argv[1])) as writing:
    new = Document(key="k", kind="paper", source="s", url="https://example.org", title="Foo-7B",
                   text="Foo-7B has 7B parameters")
    save(writing, new, payload=packed("u", "text/html", b"x"))
    print("saved", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def together(engine: Engine) -> Iterator[Callable[[Step], list[object]]]:
    """Run a step in AT_ONCE threads, each with its own connections and transaction; errors of the store are results."""
    engines = [open_engine(engine.url.render_as_string(hide_password=False)) for _ in range(AT_ONCE)]
    barrier = Barrier(AT_ONCE)

    def run(step: Step) -> list[object]:
        def alone(number: int) -> object:
            barrier.wait(20)
            try:
                with session(engines[number]) as writing:
                    return step(writing, number)
            except StoreError as error:
                return error

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(alone, range(AT_ONCE)))

    yield run
    for opened in engines:
        opened.dispose()


def new(text: str = "Foo-7B has 7B parameters", key: str = KEY) -> Document:
    given = {"key": key, "kind": "paper", "source": "test", "url": "https://example.org", "title": "Foo-7B"}
    return Document.model_validate({"text": text, "fingerprint": "", **given})


def claims() -> list[Claim]:
    given: dict[str, Any] = {"extractor": "x", "unit": "", "confidence": 0.9}
    return [
        Claim(field="name", subject="Foo-7B", value='"Foo-7B"', quote="Foo-7B", start_char=0, end_char=6, **given),
        Claim(
            field="parameters",
            subject="Foo-7B",
            value=values.encode(7e9),
            quote="7B parameters",
            start_char=18,
            end_char=31,
            **given,
        ),
    ]


@pytest.fixture
def candidate_id(engine: Engine) -> int:
    """A pending candidate with one document."""
    with session(engine) as writing:
        document = documents.save(writing, new()).document
        readings.record_reading(writing, document.id, pipeline="1", announces=0.9, claims=claims())
        candidate = matching.match(writing, document.id, matching.Criteria())
        assert candidate is not None
        return candidate.id


def test_the_same_document_is_stored_once(engine: Engine, together: Callable[[Step], list[object]]) -> None:
    results = together(lambda writing, _: documents.save(writing, new()).is_new)

    assert sorted(map(bool, results)) == [False, False, False, True]
    with session(engine, read_only=True) as reading:
        assert len(reading.exec(select(Document)).all()) == 1


def test_revisions_at_once_get_a_number_each(engine: Engine, together: Callable[[Step], list[object]]) -> None:
    results = together(lambda writing, number: documents.save(writing, new(f"text {number}")).document.revision)

    assert sorted(map(str, results)) == ["1", "2", "3", "4"]
    with session(engine, read_only=True) as reading:
        assert sorted(reading.exec(select(Document.revision))) == [1, 2, 3, 4]
        assert len(reading.exec(select(DocumentHead)).all()) == 1


def test_the_same_claims_are_stored_once(engine: Engine, together: Callable[[Step], list[object]]) -> None:
    with session(engine) as writing:
        number = documents.save(writing, new()).document.id

    results = together(
        lambda writing, _: readings.record_reading(writing, number, pipeline="1", announces=0.9, claims=claims())
    )

    assert results == [None] * AT_ONCE
    with session(engine, read_only=True) as reading:
        assert len(reading.exec(select(Claim)).all()) == 2


def test_documents_of_one_release_make_one_candidate(engine: Engine, together: Callable[[Step], list[object]]) -> None:
    def ingest(writing: Session, number: int) -> int | None:
        document = documents.save(writing, new(key=f"arxiv:2601.0000{number}")).document
        readings.record_reading(writing, document.id, pipeline="1", announces=0.9, claims=claims())
        candidate = matching.match(writing, document.id, matching.Criteria())
        return candidate.id if candidate else None

    results = together(ingest)

    assert len(set(results)) == 1
    with session(engine, read_only=True) as reading:
        (view,) = queue.listing(reading)
        assert len(view.documents) == AT_ONCE


def test_a_candidate_is_approved_once(
    engine: Engine, together: Callable[[Step], list[object]], candidate_id: int
) -> None:
    results = together(
        lambda writing, number: len(queue.approve(writing, candidate_id, reviewer=f"r{number}", seen_revision=1))
    )

    assert sum(result == 1 for result in results) == 1
    assert sum(isinstance(result, AlreadyDecidedError) for result in results) == AT_ONCE - 1
    with session(engine, read_only=True) as reading:
        assert len(reading.exec(select(Decision)).all()) == len(catalog.entries(reading)) == 1


def test_of_two_verdicts_one_counts(
    engine: Engine, together: Callable[[Step], list[object]], candidate_id: int
) -> None:
    def decide(writing: Session, number: int) -> str:
        if number % 2:
            return queue.reject(writing, candidate_id, reviewer="ann", reason="no").verdict.value
        queue.approve(writing, candidate_id, reviewer="bob")
        return "approve"

    results = together(decide)

    verdicts = [result for result in results if isinstance(result, str)]
    with session(engine, read_only=True) as reading:
        assert [decision.verdict.value for decision in reading.exec(select(Decision))] == verdicts
        assert len(catalog.entries(reading)) == (1 if verdicts == ["approve"] else 0)


def test_edits_of_one_entry_get_a_revision_each(
    engine: Engine, together: Callable[[Step], list[object]], candidate_id: int
) -> None:
    with session(engine) as writing:
        (entry,) = queue.approve(writing, candidate_id, reviewer="ann")

    results = together(
        lambda writing, number: (
            catalog.edit(
                writing, entry.id, [Edit(None, "parameters", 1e9 + number)], reviewer="ann", reason="counted"
            ).revision
        )
    )

    assert sorted(map(str, results)) == ["2", "3", "4", "5"]


def test_of_edits_that_saw_the_same_revision_one_counts(
    engine: Engine, together: Callable[[Step], list[object]], candidate_id: int
) -> None:
    with session(engine) as writing:
        (entry,) = queue.approve(writing, candidate_id, reviewer="ann")
    edits = [Edit(None, "parameters", 8e9)]

    results = together(
        lambda writing, _: catalog.edit(writing, entry.id, edits, reviewer="ann", reason="x", seen_revision=1).revision
    )

    assert sum(isinstance(result, StaleRevisionError) for result in results) == AT_ONCE - 1
    with session(engine, read_only=True) as reading:
        assert sorted(reading.exec(select(EntryRevision.number))) == [1, 2]


def test_an_approved_release_gets_one_update(
    engine: Engine, together: Callable[[Step], list[object]], candidate_id: int
) -> None:
    with session(engine) as writing:
        queue.approve(writing, candidate_id, reviewer="ann")

    def revise(writing: Session, number: int) -> None:
        changed = new(f"Foo-7B has 8B parameters, {number}")
        document = documents.save(writing, changed).document
        found = claims()
        found[1].value, found[1].quote = values.encode(8e9), "8B parameters"
        readings.record_reading(writing, document.id, pipeline="1", announces=0.9, claims=found)
        matching.match(writing, document.id, matching.Criteria())

    results = together(revise)

    assert results == [None] * AT_ONCE
    with session(engine, read_only=True) as reading:
        updates = reading.exec(select(Candidate).where(col(Candidate.updates_id).is_not(None))).all()
        assert len(updates) == 1


def test_failures_counted_at_once_are_all_counted(engine: Engine, together: Callable[[Step], list[object]]) -> None:
    def fail(writing: Session, _: int) -> None:
        sources.failed(writing, "arxiv", "no answer")
        fetches.remember(writing, "https://example.org", status=500)

    together(fail)

    with session(engine, read_only=True) as reading:
        source, fetch = sources.state(reading, "arxiv"), fetches.recall(reading, "https://example.org")
    assert source is not None
    assert fetch is not None
    assert (source.failures, fetch.failures) == (AT_ONCE, AT_ONCE)


def test_a_process_that_is_killed_leaves_nothing_half_written(engine: Engine) -> None:
    address = engine.url.render_as_string(hide_password=False)
    writer = subprocess.Popen(
        [sys.executable, "-c", SAVE_AND_HANG, address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    with writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"saved\n"
        writer.kill()

    with session(engine) as writing:
        assert documents.save(writing, new(key="k")).is_new
