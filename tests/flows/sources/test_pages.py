from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from flows.errors import ParseError
from flows.fetching.client import Client
from flows.linked_pages import READ
from flows.sources.pages import UNDATED, PagesSource, parse

INDEX = "https://slate.example.org/notes/"
PATTERN = r"slate\.example\.org/notes/[\w-]+"
GRANITE = "https://slate.example.org/notes/granite-40b"
WHY = "https://slate.example.org/notes/why-slate"
Page = Callable[[str], bytes]


def serve(httpserver: HTTPServer, address: str, content: bytes | None, content_type: str = "text/html") -> None:
    """Answer a public address with `content`, or 404."""
    status = 404 if content is None else 200
    httpserver.expect_request(address).respond_with_data(content or b"", status=status, content_type=content_type)


def test_parse_takes_the_links_of_an_index_that_look_like_posts(page: Page) -> None:
    found = parse(page("pages/index.html"), INDEX, PATTERN)

    assert [item.key for item in found.items] == [GRANITE, WHY]
    assert found.items[0].url == "https://slate.example.org/notes/granite-40b/"
    assert {item.version for item in found.items} == {UNDATED}


def test_parse_reads_a_sitemap_with_the_dates_of_the_last_change(page: Page) -> None:
    found = parse(page("pages/sitemap.xml"), "https://slate.example.org/sitemap.xml", PATTERN)

    granite, why, undated = found.items
    assert granite.updated == datetime(2026, 2, 28, 20, tzinfo=UTC)
    assert granite.version == "2026-02-28T20:00:00+00:00"
    assert why.updated == datetime(2025, 1, 5, tzinfo=UTC)
    assert undated.updated is None


def test_parse_passes_over_what_is_no_address() -> None:
    places = (
        "",
        "http://[::/notes/a",
        "https://slate.example.org/notes/" + "a" * 3000,
        "https://slate.example.org/notes/b",
    )
    rows = "".join(f"<url><loc>{place}</loc></url>" for place in places)
    content = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}<url/></urlset>'

    found = parse(content.encode(), INDEX, PATTERN)

    assert [item.url for item in found.items] == ["https://slate.example.org/notes/b"]


def test_parse_reads_a_sitemap_index(page: Page) -> None:
    found = parse(page("pages/sitemap_index.xml"), "https://slate.example.org/sitemap.xml", PATTERN)

    assert found.items == ()
    assert found.sitemaps == ("https://slate.example.org/en/sitemap.xml", "https://slate.example.org/zh/sitemap.xml")


def test_parse_finds_nothing_where_no_address_fits(page: Page) -> None:
    found = parse(page("pages/index.html"), INDEX, r"/models/")

    assert found.items == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"\x00\x01<\x02", "neither a page nor a sitemap", id="bytes"),
        pytest.param(b"words", "neither a page nor a sitemap", id="words"),
        pytest.param(b"<urlset><url>", "not well-formed", id="cut"),
        pytest.param(b"<!DOCTYPE urlset [<!ENTITY a 'b'>]><urlset>&a;</urlset>", "declares entities", id="entities"),
    ],
)
def test_parse_refuses_what_is_no_listing(content: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        parse(content, INDEX, PATTERN)


def test_fetch_reads_the_posts_of_an_index_and_sets_a_missing_one_aside(
    client: Client, httpserver: HTTPServer, since: datetime, remembered: type, page: Page
) -> None:
    serve(httpserver, "/slate.example.org/robots.txt", None)
    serve(httpserver, "/slate.example.org/notes/", page("pages/index.html"))
    serve(httpserver, "/slate.example.org/notes/granite-40b/", page("pages/post.html"))
    serve(httpserver, "/slate.example.org/notes/why-slate", None)

    (batch,) = PagesSource(url=INDEX, pattern=PATTERN).fetch(client, since, remembered())

    (post,) = batch.items
    assert (post.title, post.kind) == ("Granite 40B", "post")
    assert "40 billion parameters" in post.text
    assert [reject.url for reject in batch.rejects] == ["https://slate.example.org/notes/why-slate"]
    assert not batch.is_settled


def test_fetch_follows_a_sitemap_index_and_skips_what_is_old_or_read(
    client: Client, httpserver: HTTPServer, since: datetime, remembered: type, page: Page
) -> None:
    serve(httpserver, "/slate.example.org/robots.txt", None)
    serve(httpserver, "/slate.example.org/sitemap.xml", page("pages/sitemap_index.xml"), "application/xml")
    serve(httpserver, "/slate.example.org/en/sitemap.xml", page("pages/sitemap.xml"), "application/xml")
    serve(httpserver, "/slate.example.org/zh/sitemap.xml", b"<urlset/>", "application/xml")
    serve(httpserver, "/slate.example.org/notes/granite-40b/", page("pages/post.html"))
    known = remembered({"https://slate.example.org/notes/undated": f"{UNDATED}{READ}"})
    source = PagesSource(url="https://slate.example.org/sitemap.xml", pattern=PATTERN)

    batches = list(source.fetch(client, since, known))

    assert [item.key for batch in batches for item in batch.items] == [GRANITE]
    assert sum(batch.unchanged for batch in batches) == 1
    assert not batches[-1].is_settled


def test_fetch_obeys_robots(
    client: Client, httpserver: HTTPServer, since: datetime, remembered: type, page: Page
) -> None:
    httpserver.expect_request("/slate.example.org/robots.txt").respond_with_data("User-agent: *\nDisallow: /notes/gran")
    serve(httpserver, "/slate.example.org/notes/", page("pages/index.html"))
    serve(httpserver, "/slate.example.org/notes/why-slate", page("pages/post.html"))

    (batch,) = PagesSource(url=INDEX, pattern=PATTERN).fetch(client, since, remembered())

    assert [item.key for item in batch.items] == [WHY]
    assert "/slate.example.org/notes/granite-40b/" not in [request.path for request, _ in httpserver.log]


def test_fetch_sets_aside_an_index_that_is_none_and_fails(
    client: Client, httpserver: HTTPServer, since: datetime, remembered: type
) -> None:
    serve(httpserver, "/slate.example.org/robots.txt", None)
    serve(httpserver, "/slate.example.org/notes/", b"\x00\x01\x02", "application/octet-stream")
    batches = PagesSource(url=INDEX, pattern=PATTERN).fetch(client, since, remembered())

    (reject,) = next(batches).rejects

    assert reject.reason == "is neither a page nor a sitemap"
    with pytest.raises(ParseError):
        next(batches)


@pytest.mark.shared
def test_the_recorded_sitemap_lists_dated_posts(shared: Path) -> None:
    path = shared / "replay" / "corpus" / "web" / "qwenlm.github.io" / "en" / "sitemap.xml"

    found = parse(path.read_bytes(), "https://qwenlm.github.io/en/sitemap.xml", r"/blog/[\w.-]+/$")

    assert len(found.items) > 30
    assert all(item.updated for item in found.items)
