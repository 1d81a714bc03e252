import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from sqlalchemy import Engine
from sqlmodel import select
from werkzeug import Request, Response

from extractors.pipeline import VERSION
from flows import ingest
from flows.ingest import Outcome, run, run_source
from flows.settings import Settings
from flows.sources.arxiv import ArxivSource
from flows.sources.feed import FeedSource
from flows.sources_file import SourceSpec
from store import documents, fetches, readings, schema, sources
from store.engine import open_engine, session
from store.locks import source_lock
from store.tables import Candidate, Claim, Document, Reading, SetAside, Source

SINCE = datetime(2026, 2, 1, tzinfo=UTC)
QUERY = "/export.arxiv.org/api/query"
FEED = "/lab.example.org/feed.xml"
POST = "/lab.example.org/pelican"
NO_FULL_TEXTS = re.compile("/arxiv.org/.*")
PAGES = Path(__file__).parent / "sources" / "pages"

PAPERS = SourceSpec("papers", "0 0 * * *", "UTC", ArxivSource(categories=("cs.CL",)))
LAB = SourceSpec("lab", "0 0 * * *", "UTC", FeedSource(url="https:/" + FEED), maker="Harbour Lab", watched=True)


def page(name: str) -> bytes:
    """Return the bytes of a recorded page."""
    return (PAGES / name).read_bytes()


def feed(*posts: str) -> str:
    """Return a feed of posts, each linked to a page of its name, dated inside the window."""
    items = "".join(
        f"<item><title>{name}</title><link>https://lab.example.org/{name}</link>"
        f"<description>About {name}.</description><pubDate>Sun, 01 Mar 2026 00:00:00 GMT</pubDate></item>"
        for name in posts
    )
    return f'<rss version="2.0"><channel><title>Lab</title>{items}</channel></rss>'


@pytest.fixture
def world(httpserver: HTTPServer) -> HTTPServer:
    """ArXiv with two papers, and a lab with one post."""
    httpserver.expect_request(QUERY).respond_with_data(
        page("arxiv/two_papers.xml"), content_type="application/atom+xml"
    )
    httpserver.expect_request(FEED).respond_with_data(
        feed("pelican"), content_type="application/rss+xml", headers={"ETag": '"one"'}
    )
    httpserver.expect_request(POST).respond_with_data(page("feed/post.html"), content_type="text/html; charset=utf-8")
    httpserver.expect_request("/lab.example.org/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request(NO_FULL_TEXTS).respond_with_data("", status=404)
    return httpserver


def stored(engine: Engine) -> list[tuple[str, int, str]]:
    """Return key, revision and fingerprint of every stored document."""
    with session(engine, read_only=True) as reading:
        rows = reading.exec(select(Document)).all()
    return sorted((row.key, row.revision, row.fingerprint) for row in rows)


def asked(world: HTTPServer, path: str) -> int:
    """Return how often an address was asked for."""
    return sum(request.path == path for request, _ in world.log)


def state(engine: Engine, spec: SourceSpec) -> Source:
    """Return what is known of a source after its first run."""
    with session(engine, read_only=True) as reading:
        found = sources.state(reading, spec.name)
    assert found is not None
    return found


@pytest.mark.usefixtures("world")
def test_a_run_stores_documents_claims_and_candidates(engine: Engine, settings: Settings) -> None:
    outcome = run_source(engine, settings, PAPERS, since=SINCE)

    with session(engine, read_only=True) as reading:
        paper = documents.latest(reading, "arxiv:2603.00101")
        claims = reading.exec(select(Claim).where(Claim.field == "parameters")).all()
        candidates = reading.exec(select(Candidate)).all()
    assert (outcome.fetched, outcome.new, outcome.unchanged, outcome.error) == (2, 2, 0, None)
    assert outcome.candidates == 1
    assert paper is not None
    assert paper.version == "v2"
    assert paper.payload_sha256 is not None
    assert [claim.value for claim in claims] == ["7000000000.0"]
    assert paper.content[claims[0].start_char : claims[0].end_char] == claims[0].quote
    assert ["pelican" in candidate.name.lower() for candidate in candidates] == [True]


def test_a_second_run_stores_nothing_and_asks_for_no_page_again(
    engine: Engine, settings: Settings, world: HTTPServer
) -> None:
    run(engine, settings, [PAPERS, LAB], since=SINCE)
    before = stored(engine)

    outcomes = run(engine, settings, [PAPERS, LAB], since=SINCE)

    assert [(outcome.new, outcome.unchanged) for outcome in outcomes] == [(0, 2), (0, 1)]
    assert stored(engine) == before
    assert asked(world, POST) == 1


def test_the_payload_of_a_page_is_stored_once_for_all_its_items(
    engine: Engine, settings: Settings, world: HTTPServer
) -> None:
    run_source(engine, settings, PAPERS, since=SINCE)

    with session(engine, read_only=True) as reading:
        hashes = {row.payload_sha256 for row in reading.exec(select(Document)).all()}
        (sha256,) = hashes
        kept = documents.payload(reading, str(sha256))
    assert kept == page("arxiv/two_papers.xml")
    assert asked(world, QUERY) == 1


@pytest.mark.usefixtures("world")
def test_a_post_gets_the_maker_and_the_mark_of_its_source(engine: Engine, settings: Settings) -> None:
    run_source(engine, settings, LAB, since=SINCE)

    with session(engine, read_only=True) as reading:
        post = documents.latest(reading, "https://lab.example.org/pelican")
    assert post is not None
    assert (post.maker, post.is_watched, post.source) == ("Harbour Lab", True, "lab")


def test_a_new_version_is_a_new_revision_of_the_same_document(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    httpserver.expect_request(NO_FULL_TEXTS).respond_with_data("", status=404)
    second = page("arxiv/two_papers.xml")
    first = second.replace(b"2603.00101v2", b"2603.00101v1").replace(b"7 billion", b"6 billion")
    httpserver.expect_oneshot_request(QUERY).respond_with_data(first)
    httpserver.expect_oneshot_request(QUERY).respond_with_data(second)

    run_source(engine, settings, PAPERS, since=SINCE)
    outcome = run_source(engine, settings, PAPERS, since=SINCE)

    assert (outcome.new, outcome.unchanged) == (1, 1)
    revisions = [(key, revision) for key, revision, _ in stored(engine) if key == "arxiv:2603.00101"]
    assert revisions == [("arxiv:2603.00101", 1), ("arxiv:2603.00101", 2)]


def test_a_source_that_fails_stops_no_other(engine: Engine, settings: Settings, world: HTTPServer) -> None:
    world.expect_request("/gone.example.org/feed.xml").respond_with_data("", status=410)
    gone = SourceSpec("gone", "0 0 * * *", "UTC", FeedSource(url="https://gone.example.org/feed.xml"))

    failed, good = run(engine, settings, [gone, PAPERS], since=SINCE)

    assert "answered 410" in str(failed.error)
    assert (good.new, good.error) == (2, None)
    assert state(engine, gone).failures == 1
    assert "answered 410" in str(state(engine, gone).message)
    assert state(engine, PAPERS).last_success is not None


def test_html_for_a_feed_is_set_aside_with_its_bytes_and_the_next_run_recovers(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    httpserver.expect_ordered_request(FEED).respond_with_data(page("feed/busy.html"), headers={"ETag": '"busy"'})
    httpserver.expect_ordered_request(FEED).respond_with_data(feed())

    outcome = run_source(engine, settings, LAB)
    recovered = run_source(engine, settings, LAB)

    with session(engine, read_only=True) as reading:
        (aside,) = reading.exec(select(SetAside)).all()
        assert documents.payload(reading, str(aside.payload_sha256)) == page("feed/busy.html")
    assert "answered HTML where a feed was due" in str(outcome.error)
    assert outcome.set_aside == 1
    assert (aside.source, aside.reason) == ("lab", "answered HTML where a feed was due")
    assert (recovered.error, recovered.note) == (None, "the feed lists nothing")
    assert "If-None-Match" not in httpserver.log[-1][0].headers


def test_a_feed_without_end_is_set_aside_and_counted(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    httpserver.expect_request(FEED).respond_with_data(b"<rss>" + b"a" * 5_000_000)

    outcome = run_source(engine, settings, LAB)

    with session(engine, read_only=True) as reading:
        assert [aside.reason for aside in reading.exec(select(SetAside)).all()] == ["is larger than 5000000 bytes"]
    assert (outcome.set_aside, outcome.fetched) == (1, 0)
    assert "is larger than" in str(outcome.error)


def test_a_feed_that_is_cut_short_is_set_aside_and_asked_for_in_full_again(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    httpserver.expect_ordered_request(FEED).respond_with_data(
        "<rss version='2.0'><channel><title>Lab</title>", headers={"ETag": '"cut"'}
    )
    httpserver.expect_ordered_request(FEED).respond_with_data(feed())

    run_source(engine, settings, LAB)
    recovered = run_source(engine, settings, LAB)

    assert recovered.error is None
    assert "If-None-Match" not in httpserver.log[-1][0].headers


def test_a_link_into_the_private_network_does_not_fail_its_source_for_ever(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    link = "<item><title>Router</title><link>http://192.168.1.1/</link></item>"
    httpserver.expect_request(FEED).respond_with_data(f"<rss version='2.0'><channel>{link}</channel></rss>")

    outcomes = [run_source(engine, settings, LAB) for _ in range(4)]

    assert ["is not a public address" in str(outcome.error) for outcome in outcomes] == [True, True, True, False]
    assert outcomes[-1].error is None


def test_a_listing_is_asked_conditionally_once_a_run_has_ended_well(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    def give(request: Request) -> Response:
        is_known = request.headers.get("If-None-Match") == '"one"'
        return Response("" if is_known else feed(), status=304 if is_known else 200, headers={"ETag": '"one"'})

    httpserver.expect_request(FEED).respond_with_handler(give)
    run_source(engine, settings, LAB)

    again = run_source(engine, settings, LAB)
    earlier = run_source(engine, settings, LAB, since=SINCE)

    assert again.note == "not changed since the last run"
    assert earlier.note == "the feed lists nothing"


def test_a_missing_page_is_asked_for_three_times_over_the_runs(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    httpserver.expect_request(FEED).respond_with_data(feed("pelican"), headers={"ETag": '"one"'})
    httpserver.expect_request("/lab.example.org/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request(POST).respond_with_data("", status=404)

    outcomes = [run_source(engine, settings, LAB, since=SINCE) for _ in range(5)]

    assert [outcome.new for outcome in outcomes] == [1, 0, 0, 0, 0]
    assert [outcome.error for outcome in outcomes] == [None] * 5
    assert asked(httpserver, POST) == 3


def test_a_page_that_comes_back_replaces_the_words_of_the_feed(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    httpserver.expect_request(FEED).respond_with_data(feed("pelican"))
    httpserver.expect_request("/lab.example.org/robots.txt").respond_with_data("", status=404)
    httpserver.expect_oneshot_request(POST).respond_with_data("", status=403)
    httpserver.expect_request(POST).respond_with_data(page("feed/post.html"), content_type="text/html")

    run_source(engine, settings, LAB, since=SINCE)
    outcome = run_source(engine, settings, LAB)

    with session(engine, read_only=True) as reading:
        post = documents.latest(reading, "https://lab.example.org/pelican")
    assert outcome.new == 1
    assert post is not None
    assert post.revision == 2
    assert "2 trillion tokens" in post.text


def test_a_service_that_asks_for_rest_is_left_alone_until_then(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    httpserver.expect_request(FEED).respond_with_data("", status=429, headers={"Retry-After": "3600"})

    first = run_source(engine, settings, LAB)
    second = run_source(engine, settings, LAB)

    assert first.error is None
    assert first.note.startswith("sleeps until")
    assert second.note.startswith("sleeps until")
    assert asked(httpserver, FEED) == 1
    until = state(engine, LAB).sleeping_until
    assert until is not None
    assert until - datetime.now(UTC) > timedelta(minutes=50)


@pytest.mark.usefixtures("world")
def test_a_source_that_another_process_runs_is_left_to_it(engine: Engine, settings: Settings) -> None:
    with source_lock(engine, "lab"):
        outcome = run_source(engine, settings, LAB)

    assert (outcome.note, outcome.error, outcome.fetched) == ("another process runs it now", None, 0)


@pytest.mark.usefixtures("world")
def test_a_run_that_was_cut_short_or_looked_back_too_little_is_none_to_start_from(
    engine: Engine, settings: Settings
) -> None:
    limited = run_source(engine, settings, PAPERS, since=SINCE, limit=1)
    after_limited = state(engine, PAPERS).last_success
    run_source(engine, settings, LAB, since=datetime.now(UTC) - timedelta(hours=1))
    after_short = state(engine, LAB).last_success

    assert (limited.fetched, limited.new, limited.note) == (1, 1, "stopped at 1 items")
    assert after_limited is None
    assert after_short is None


def test_the_next_run_looks_back_a_week_behind_the_start_of_the_last(
    engine: Engine, settings: Settings, world: HTTPServer
) -> None:
    run_source(engine, settings, PAPERS, since=SINCE)
    with session(engine) as writing:
        sources.succeeded(writing, "papers", started_at=datetime(2026, 3, 10, tzinfo=UTC), new_items=0)

    run_source(engine, settings, PAPERS)

    listings = [request for request, _ in world.log if request.path == QUERY]
    assert "lastUpdatedDate:[202603030000 TO " in listings[-1].args["search_query"]


@pytest.mark.usefixtures("world")
def test_documents_that_a_dead_run_left_unread_are_read_by_the_next(engine: Engine, settings: Settings) -> None:
    with session(engine) as writing:
        paper = Document(
            key="arxiv:2603.00300",
            kind="paper",
            source="papers",
            url="https://arxiv.org/abs/2603.00300",
            title="Heron-13B: an open model",
            text="We release Heron-13B, a model with 13 billion parameters.",
            fingerprint="",
        )
        document_id = documents.save(writing, paper).document.id

    outcome = run_source(engine, settings, PAPERS, since=SINCE)

    with session(engine, read_only=True) as reading:
        read = reading.get(Reading, document_id)
        left = readings.unread(reading, read.pipeline if read else "")
    assert outcome.candidates == 2
    assert left == []


@pytest.mark.usefixtures("world")
def test_progress_is_told_after_every_page(engine: Engine, settings: Settings) -> None:
    told: list[Outcome] = []

    run_source(engine, settings, PAPERS, since=SINCE, progress=told.append)

    assert [outcome.fetched for outcome in told] == [2]


def test_a_database_without_tables_gives_one_clear_line(settings: Settings, tmp_path: Path) -> None:
    outcome = run_source(open_engine(f"sqlite:///{tmp_path / 'empty.db'}"), settings, PAPERS)

    assert outcome.error is not None
    assert "scalewatch db upgrade" in outcome.error
    assert "\n" not in outcome.error


def test_a_run_killed_in_the_middle_and_run_again_has_the_same_documents(
    engine: Engine, settings: Settings, httpserver: HTTPServer, tmp_path: Path
) -> None:
    children: list[subprocess.Popen[bytes]] = []
    httpserver.expect_request("/lab.example.org/robots.txt").respond_with_data("", status=404)
    names = [f"post-{number}" for number in range(25)]
    httpserver.expect_request(FEED).respond_with_data(feed(*names), headers={"ETag": '"one"'})

    def give(request: Request) -> Response:
        if request.path.endswith("/post-17") and children and children[0].poll() is None:
            os.kill(children[0].pid, signal.SIGKILL)
        return Response(page("feed/post.html").replace(b"Pelican", request.path.encode()), content_type="text/html")

    for name in names:
        httpserver.expect_request(f"/lab.example.org/{name}").respond_with_handler(give)
    children.append(_ingest_apart(engine, settings))

    code = children[0].wait(timeout=60)
    after_the_kill = stored(engine)
    outcome = run_source(engine, settings, LAB, since=SINCE)

    clean = open_engine(f"sqlite:///{tmp_path / 'clean.db'}")
    schema.upgrade(clean)
    run_source(clean, settings, LAB, since=SINCE)
    assert code == -signal.SIGKILL
    assert 0 < len(after_the_kill) < 25
    assert outcome.error is None
    assert stored(engine) == stored(clean)
    with session(engine, read_only=True) as reading:
        assert readings.unread(reading, VERSION) == []
        assert fetches.recall(reading, "https:/" + FEED) is not None


def _ingest_apart(engine: Engine, settings: Settings) -> "subprocess.Popen[bytes]":
    """Start a run of the lab in a process of its own."""
    url = engine.url.render_as_string(hide_password=False)
    code = (
        "from datetime import UTC, datetime\n"
        "from flows.ingest import run_source\n"
        "from flows.settings import Settings\n"
        "from flows.sources.feed import FeedSource\n"
        "from flows.sources_file import SourceSpec\n"
        "from store.engine import open_engine\n"
        f"spec = SourceSpec('lab', '0 0 * * *', 'UTC', FeedSource(url={'https:/' + FEED!r}))\n"
        f"run_source(open_engine({url!r}), Settings(), spec, since=datetime(2026, 2, 1, tzinfo=UTC))\n"
    )
    environment = {
        **os.environ,
        "SCALEWATCH_MIRROR": str(settings.mirror),
        "SCALEWATCH_PACING": "off",
        "SCALEWATCH_DATA_FOLDER": str(settings.data_folder),
    }
    return subprocess.Popen([sys.executable, "-c", code], env=environment, cwd=Path(ingest.__file__).parents[1])
