from sqlalchemy import Engine

from flows.batch import MOST_FAILURES
from flows.memory import RunMemory, StoreKnown
from store import documents, fetches
from store.engine import session
from store.tables import Document

FEED = "https://lab.example.org/feed.xml"
POST = "https://lab.example.org/post"


def etag(engine: Engine, url: str) -> str | None:
    """Return the stored validator of an address."""
    with session(engine, read_only=True) as reading:
        answered = fetches.recall(reading, url)
    return answered.etag if answered else None


def test_what_a_listing_answered_is_kept_at_the_end_of_a_run_alone(engine: Engine) -> None:
    memory = RunMemory(engine)
    memory.recall(FEED)
    memory.remember(FEED, status=200, etag='"one"', last_modified=None)
    memory.remember(POST, status=200, etag='"post"', last_modified=None)

    with session(engine) as writing:
        memory.keep(writing)
    in_between = etag(engine, FEED), etag(engine, POST)
    with session(engine) as writing:
        memory.keep_listings(writing)

    assert in_between == (None, '"post"')
    assert etag(engine, FEED) == '"one"'


def test_a_run_that_asks_in_full_recalls_nothing(engine: Engine) -> None:
    with session(engine) as writing:
        fetches.remember(writing, FEED, status=200, etag='"one"')

    assert RunMemory(engine, uses_validators=False).recall(FEED) is None
    known = RunMemory(engine).recall(FEED)
    assert known is not None
    assert known.etag == '"one"'


def test_an_address_may_be_asked_until_it_has_failed_too_often(engine: Engine) -> None:
    known = StoreKnown(engine)

    answers = []
    for _ in range(MOST_FAILURES):
        answers.append(known.may_ask(POST))
        with session(engine) as writing:
            fetches.remember(writing, POST, status=404)

    assert answers == [True] * MOST_FAILURES
    assert not known.may_ask(POST)


def test_an_address_that_answers_again_may_be_asked_again(engine: Engine) -> None:
    with session(engine) as writing:
        for status in (404, 404, 404, 200):
            fetches.remember(writing, POST, status=status)

    assert StoreKnown(engine).may_ask(POST)


def test_a_stored_document_is_known_by_its_mark(engine: Engine) -> None:
    with session(engine) as writing:
        post = Document(key=POST, kind="post", source="lab", url=POST, title="a", text="b", fingerprint="", version="7")
        documents.save(writing, post)

    known = StoreKnown(engine)

    assert (known.version(POST), known.has(POST)) == ("7", True)
    assert (known.version(FEED), known.has(FEED)) == (None, False)
