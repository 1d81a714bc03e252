"""Documents, their revisions, their bytes, and what was read in them."""

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from store import documents, readings
from store import engine as engines
from store.errors import InvalidValueError, NotFoundError
from store.links import MOST_LINKS, target, targets
from store.tables import Claim, Document, DocumentLink, Payload, Reading, SetAside

MakeDocument = Callable[..., Document]
MakeClaim = Callable[..., Claim]
KEY = "arxiv:2601.00001"


def test_a_document_is_stored_once(session: Session, document: MakeDocument) -> None:
    first = documents.save(session, document(KEY))
    second = documents.save(session, document(KEY))

    assert (first.is_new, second.is_new) == (True, False)
    assert first.document.id == second.document.id
    assert len(session.exec(select(Document)).all()) == 1


@pytest.mark.parametrize("change", [{"title": "Bar"}, {"text": "Bar."}, {"is_withdrawn": True}])
def test_what_changes_makes_the_next_revision(
    session: Session, document: MakeDocument, change: dict[str, object]
) -> None:
    documents.save(session, document(KEY))

    second = documents.save(session, document(KEY, **change))

    assert (second.is_new, second.document.revision) == (True, 2)
    latest = documents.latest(session, KEY)
    assert latest is not None
    assert latest.revision == 2


def test_a_mark_of_the_source_alone_makes_no_revision_but_is_kept(session: Session, document: MakeDocument) -> None:
    documents.save(session, document(KEY, version="v1"))

    again = documents.save(session, document(KEY, version="v2"))

    assert not again.is_new
    assert documents.latest_versions(session, [KEY])[KEY].version == "v2"


def test_a_text_that_comes_back_is_the_newest_again(session: Session, document: MakeDocument) -> None:
    for text in ("a", "b", "a"):
        saved = documents.save(session, document(KEY, text=text))

    latest = documents.latest(session, KEY)
    assert not saved.is_new
    assert latest is not None
    assert (latest.text, latest.revision) == ("a", 1)


def test_what_is_stored_is_known_without_its_text(session: Session, document: MakeDocument) -> None:
    stored = documents.save(session, document(KEY, version="v1")).document

    known = documents.latest_versions(session, [KEY, "arxiv:2601.00002"])

    assert known == {KEY: documents.Latest(KEY, stored.id, 1, "v1", stored.fingerprint)}
    assert documents.latest(session, "arxiv:2601.00002") is None
    assert documents.latest_versions(session, []) == {}


def test_characters_that_no_database_holds_leave_the_offsets_true(session: Session, document: MakeDocument) -> None:
    text = "a\x00b\ud800c 😀 d"

    stored = documents.save(session, document(KEY, text=text)).document
    again = documents.save(session, document(KEY, text=text))

    assert stored.text == "a\ufffdb\ufffdc 😀 d"
    assert len(stored.text) == len(text)
    assert not again.is_new


@pytest.mark.parametrize("key", ["", "https://example.org/" + "x" * 2000, "é" * 1001])
def test_an_address_too_long_for_an_index_is_refused(session: Session, document: MakeDocument, key: str) -> None:
    with pytest.raises(InvalidValueError, match="1 to 2000 bytes"):
        documents.save(session, document(key))


def test_the_longest_address_is_taken(session: Session, document: MakeDocument) -> None:
    # Letters without a pattern, since PostgreSQL compresses what is too long for its index.
    key = "https://example.org/" + random.Random(1).randbytes(990).hex()

    assert documents.save(session, document(key, url=key)).is_new


def test_the_bytes_are_kept_once_and_come_back(session: Session, document: MakeDocument) -> None:
    content = b"\x00\xff" * 1000
    payload = documents.packed("https://example.org", "text/html", content)

    stored = documents.save(session, document(KEY), payload=payload).document
    documents.save(session, document("arxiv:2601.00002"), payload=documents.packed("u", "text/html", content))

    assert stored.payload_sha256 is not None
    assert documents.payload(session, stored.payload_sha256) == content
    assert [(row.size, len(row.content) < 100) for row in session.exec(select(Payload))] == [(2000, True)]


def test_what_is_not_there_is_said(session: Session) -> None:
    with pytest.raises(NotFoundError, match="no document 3"):
        documents.get(session, 3)
    with pytest.raises(NotFoundError, match="no payload"):
        documents.payload(session, "0" * 64)
    with pytest.raises(NotFoundError, match="no document 3"):
        readings.record_reading(session, 3, pipeline="1", announces=0.5)


def test_what_cannot_be_read_is_set_aside_once_with_its_reason(session: Session) -> None:
    payload = documents.packed("https://example.org/feed", "text/html", b"<html>")

    documents.set_aside(session, "feed", "https://example.org/feed", "HTML in place of a feed", payload)
    documents.set_aside(session, "feed", "https://example.org/feed", "empty\x00" + "x" * 5000)

    (row,) = session.exec(select(SetAside)).all()
    assert row.reason.startswith("empty\ufffd")
    assert len(row.reason) == documents.LONGEST_REASON


def test_times_come_back_aware_in_utc_and_naive_ones_are_refused(session: Session, document: MakeDocument) -> None:
    there = datetime(2026, 1, 2, 3, tzinfo=timezone(timedelta(hours=8)))

    stored = documents.save(session, document(KEY, published=there)).document
    session.expire_all()

    assert stored.published == datetime(2026, 1, 1, 19, tzinfo=UTC)
    assert stored.published.utcoffset() == timedelta(0)
    with pytest.raises(Exception, match="timezone"):
        documents.save(session, document("arxiv:2601.00002", published=there.replace(tzinfo=None)))


def test_links_are_kept_as_keys(session: Session, document: MakeDocument) -> None:
    links = ["https://arxiv.org/pdf/2505.09388v2", "https://huggingface.co/Lab/Foo", f"https://arxiv.org/abs/{KEY[6:]}"]

    documents.save(session, document(KEY, links=links))

    assert sorted(session.exec(select(DocumentLink.target))) == ["arxiv:2505.09388", "hf:Lab/Foo"]


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("https://arxiv.org/abs/2505.09388", "arxiv:2505.09388"),
        ("http://www.arxiv.org/pdf/2505.09388v3.pdf", "arxiv:2505.09388"),
        ("arxiv:2505.09388", "arxiv:2505.09388"),
        ("https://arxiv.org/abs/cs/0701001", "arxiv:cs/0701001"),
        ("https://huggingface.co/Qwen/Qwen3-8B/tree/main", "hf:Qwen/Qwen3-8B"),
        ("hf:Qwen/Qwen3-8B", "hf:Qwen/Qwen3-8B"),
        ("https://huggingface.co/datasets/a/b", "https://huggingface.co/datasets/a/b"),
        ("https://huggingface.co/Qwen", "https://huggingface.co/Qwen"),
        (
            "https://example.org/?u=https://arxiv.org/abs/2505.09388",
            "https://example.org/?u=https://arxiv.org/abs/2505.09388",
        ),
    ],
)
def test_an_address_tells_which_document_it_speaks_of(link: str, key: str) -> None:
    assert target(link) == key


def test_links_are_bounded() -> None:
    many = [f"https://example.org/{number}" for number in range(1000)]

    assert len(targets(many)) == MOST_LINKS
    assert targets(["", "x" * 3000, 7, None]) == frozenset()


def test_a_pipeline_reads_what_it_has_not_read(session: Session, document: MakeDocument) -> None:
    first = documents.save(session, document(KEY)).document
    second = documents.save(session, document("arxiv:2601.00002")).document
    fresh = [row.id for row in readings.unread(session, "1")]

    readings.record_reading(session, first.id, pipeline="1", announces=0.5)

    assert fresh == [first.id, second.id]
    assert [row.id for row in readings.unread(session, "1")] == [second.id]
    assert [row.id for row in readings.unread(session, "2", limit=1)] == [second.id]
    assert [row.id for row in readings.unread(session, "2")] == [first.id, second.id]


def test_what_is_left_over_of_one_source_is_found(session: Session, document: MakeDocument) -> None:
    documents.save(session, document(KEY, source="arxiv"))
    other = documents.save(session, document("hf:Lab/Foo", source="hub")).document

    assert [row.id for row in readings.unread(session, "1", source="hub")] == [other.id]
    assert readings.unread(session, "1", source="feed") == []


def test_the_same_reading_again_changes_nothing(session: Session, document: MakeDocument, claim: MakeClaim) -> None:
    stored = documents.save(session, document(KEY)).document

    for _ in range(2):
        found = [claim(stored.content, "Foo", "parameters", 7e9), claim(stored.content, "Foo", "name", "Foo")]
        readings.record_reading(session, stored.id, pipeline="1", announces=0.5, claims=found)

    assert sorted(session.exec(select(Claim.id))) == [1, 2]


def test_a_newer_pipeline_replaces_what_the_older_one_found(
    session: Session, document: MakeDocument, claim: MakeClaim
) -> None:
    stored = documents.save(session, document(KEY)).document
    old = [claim(stored.content, "Foo", "parameters", 7e9), claim(stored.content, "Foo", "name", "Foo")]
    readings.record_reading(session, stored.id, pipeline="1", announces=0.5, claims=old)

    new = [claim(stored.content, "Foo", "parameters", 7e9, confidence=0.99)]
    readings.record_reading(session, stored.id, pipeline="2", announces=0.7, claims=new)

    (kept,) = session.exec(select(Claim)).all()
    assert (kept.id, kept.pipeline, kept.confidence) == (1, "2", 0.99)
    reading = session.get(Reading, stored.id)
    assert reading is not None
    assert (reading.pipeline, reading.announces) == ("2", 0.7)


@pytest.mark.parametrize("more", [{"subject": "x" * 201}, {"value": json.dumps("x" * 300)}])
def test_a_claim_too_long_for_an_index_is_refused(
    session: Session, document: MakeDocument, claim: MakeClaim, more: dict[str, str]
) -> None:
    stored = documents.save(session, document(KEY)).document
    long = claim(stored.content, "Foo", "hardware", "Foo")
    for name, value in more.items():
        setattr(long, name, value)

    with pytest.raises(InvalidValueError, match="at most"):
        readings.record_reading(session, stored.id, pipeline="1", announces=0.5, claims=[long])


def test_nothing_is_half_written_when_a_step_fails(engine: Engine, document: MakeDocument) -> None:
    def store_and_fail() -> None:
        with engines.session(engine) as writing:
            documents.save(writing, document(KEY), payload=documents.packed("u", "text/html", b"x"))
            documents.get(writing, 99)

    with pytest.raises(NotFoundError):
        store_and_fail()

    with engines.session(engine, read_only=True) as reading:
        assert reading.exec(select(Document)).all() == []
        assert reading.exec(select(Payload)).all() == []
