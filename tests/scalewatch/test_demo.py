"""The demo's world: documents in the real formats, which the real sources read."""

import socket
import struct
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from flows.sources import arxiv, feed, pages
from scalewatch.demo.dates import dated
from scalewatch.demo.server import answering
from scalewatch.demo.services import DOCUMENTS, World

BEGAN = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
EVERYTHING = "search_query=cat:cs.CL AND lastUpdatedDate:[202001010000 TO 203001010000]&max_results=100"


@pytest.mark.parametrize(
    ("mark", "written"),
    [
        ("[[-2d 09:05]]", "2026-11-18T09:05:00Z"),
        ("[[hub -2d 09:05]]", "2026-11-18T09:05:00.000Z"),
        ("[[rfc -2d 09:05]]", "Wed, 18 Nov 2026 09:05:00 GMT"),
        ("[[day -2d 09:05]]", "2026-11-18"),
        ("[[+3m]]", "2026-11-20T18:33:00Z"),
        ("[[link]](other)", "[[link]](other)"),
    ],
)
def test_dates_count_from_when_the_demo_began(mark: str, written: str) -> None:
    assert dated(f"<a>{mark}</a>", BEGAN) == f"<a>{written}</a>"


def test_no_mark_is_left_in_any_document() -> None:
    for path in DOCUMENTS.rglob("*.*"):
        if path.is_file():
            assert "[[" not in dated(path.read_text(encoding="utf-8"), BEGAN), path


def _papers(world: World, query: str = EVERYTHING) -> arxiv.Page:
    answer = world.answer("export.arxiv.org", "api/query", query)
    assert answer
    return arxiv.parse(answer.content, "https://export.arxiv.org/api/query")


def test_a_second_version_comes_out_some_minutes_after_the_demo_began() -> None:
    early = _papers(World(datetime.now(UTC)))
    late = _papers(World(datetime.now(UTC) - timedelta(minutes=5)))

    assert [item.version for item in early.items if item.key == "arxiv:2611.90017"] == ["v1"]
    assert [item.version for item in late.items if item.key == "arxiv:2611.90017"] == ["v2"]
    assert late.total == early.total == len(early.items)


def test_papers_are_those_of_the_window_last_updated_first() -> None:
    world = World(BEGAN)
    window = "search_query=cat:cs.CL AND lastUpdatedDate:[202611180000 TO 202611190000]&max_results=100"

    found = _papers(world, window)

    updated = [item.updated for item in found.items if item.updated]
    assert updated == sorted(updated, reverse=True)
    assert {moment.date() for moment in updated} == {datetime(2026, 11, 18, tzinfo=UTC).date()}


def test_the_feed_and_the_sitemap_link_to_pages_that_are_there() -> None:
    world = World(BEGAN)
    rss = world.answer("halcyonreach.example", "blog/feed.xml", "")
    sitemap = world.answer("beichen.example", "sitemap.xml", "")
    assert rss
    assert sitemap

    posts = feed.parse(rss.content, "https://halcyonreach.example/blog/feed.xml").items
    listed = pages.parse(sitemap.content, "https://beichen.example/sitemap.xml", "/posts/").items

    assert (len(posts), len(listed)) == (3, 2)
    for item in (*posts, *listed):
        host, _, path = item.url.removeprefix("https://").partition("/")
        assert world.answer(host, path, "")


@pytest.mark.parametrize("path", ["../sources.toml", "../../cli.py", "..", "halcyonreach.example/../../hub.json"])
def test_nothing_outside_the_documents_is_answered(path: str) -> None:
    assert World(BEGAN).answer("halcyonreach.example", path, "") is None


def test_the_server_answers_304_to_who_has_it_and_404_to_who_errs() -> None:
    with answering(World(BEGAN)) as mirror, httpx.Client(base_url=mirror, trust_env=False) as client:
        first = client.get("/halcyonreach.example/blog/feed.xml")
        again = client.get("/halcyonreach.example/blog/feed.xml", headers={"If-None-Match": first.headers["ETag"]})
        missing = client.get("/nowhere.example/")

    assert (first.status_code, again.status_code, missing.status_code) == (200, 304, 404)
    assert again.content == b""


def test_every_name_is_invented() -> None:
    for path in Path(DOCUMENTS).rglob("*.*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8").lower()
            assert not any(name in text for name in ("openai", "deepseek", "llama-", "qwen", "anthropic", "mistral"))


def test_the_worlds_server_says_nothing_of_a_client_that_breaks_off(capfd: pytest.CaptureFixture[str]) -> None:
    with answering(World(datetime.now(UTC))) as mirror:
        port = urlsplit(mirror).port
        before = threading.active_count()
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closing resets
            client.sendall(b"GET ")
            deadline = time.monotonic() + 10
            while threading.active_count() == before and time.monotonic() < deadline:
                pass
        while threading.active_count() > before and time.monotonic() < deadline:
            pass

    assert capfd.readouterr().err == ""
