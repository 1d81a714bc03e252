from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from pytest_httpserver import HTTPServer

from flows.errors import ParseError
from flows.fetching.client import Client
from flows.fetching.retries import Limits
from flows.item import Item, Payload
from flows.linked_pages import MOST_SILENCE, UNREAD, PageReader, read_page
from flows.settings import Settings

URL = "https://lab.example.org/post"


class Nothing:
    """What a first run knows."""

    def version(self, key: str) -> str | None:  # noqa: ARG002
        return None

    def has(self, key: str) -> bool:  # noqa: ARG002
        return False

    def may_ask(self, url: str) -> bool:  # noqa: ARG002
        return True


@pytest.fixture
def post() -> Callable[[str], Item]:
    """Make a post as a feed lists it: `post("https://lab.example.org/a")`."""
    day = datetime(2026, 3, 1, tzinfo=UTC)
    return lambda url: Item(url, "post", url, "Title", "Words.", day, None, Payload(URL, "", b""), version="1")


def test_a_host_that_does_not_answer_is_asked_for_a_few_pages_only(
    settings: Settings, httpserver: HTTPServer, post: Callable[[str], Item]
) -> None:
    httpserver.expect_request("/lab.example.org/robots.txt").respond_with_data("", status=404)
    for number in range(10):
        httpserver.expect_request(f"/lab.example.org/{number}").respond_with_data("busy", status=503)
    posts = tuple(post(f"https://lab.example.org/{number}") for number in range(10))

    with Client(settings, limits=Limits(attempts=1, first_wait=0.01)) as client:
        batch = PageReader(client, Nothing()).complete(posts)

    assert len(batch.items) == 10
    assert all((item.version or "").endswith(UNREAD) for item in batch.items)
    assert not batch.is_settled
    assert sum("robots" not in request.path for request, _ in httpserver.log) == MOST_SILENCE


def test_a_host_that_asks_for_rest_is_asked_for_one_page_only(
    client: Client, httpserver: HTTPServer, post: Callable[[str], Item]
) -> None:
    httpserver.expect_request("/lab.example.org/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/lab.example.org/a").respond_with_data("", status=429, headers={"Retry-After": "3600"})

    batch = PageReader(client, Nothing()).complete(
        (post("https://lab.example.org/a"), post("https://lab.example.org/b"))
    )

    assert len(batch.items) == 2
    assert "/lab.example.org/b" not in [request.path for request, _ in httpserver.log]


def test_a_page_that_is_no_page_is_set_aside_and_its_post_stays(
    client: Client, httpserver: HTTPServer, post: Callable[[str], Item]
) -> None:
    httpserver.expect_request("/lab.example.org/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/lab.example.org/a").respond_with_data(b"\x89PNG\x00", content_type="image/png")

    batch = PageReader(client, Nothing()).complete((post("https://lab.example.org/a"),))

    assert [item.text for item in batch.items] == ["Words."]
    assert [reject.reason for reject in batch.rejects] == ["is no page but image/png"]
    assert batch.is_settled


@pytest.mark.parametrize(
    ("content", "media_type", "expected"),
    [
        pytest.param(b"# Wren\n\nA small model.", "text/markdown", "A small model.", id="markdown"),
        pytest.param(b"A small model.", "text/plain", "A small model.", id="text"),
        pytest.param(b"<html><body><p>A small model.</p></body></html>", "", "A small model.", id="html"),
    ],
)
def test_read_page_goes_by_what_a_page_is(content: bytes, media_type: str, expected: str) -> None:
    assert expected in read_page(content, URL, media_type).text


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(b"\x00\x01", "application/octet-stream", id="bytes"),
        pytest.param(b"\x7fELF\x00\x00", "text/plain", id="program"),
        pytest.param(b"sound", "audio/mpeg", id="sound"),
        pytest.param(b"", "text/html", id="empty"),
        pytest.param(b"%PDF-1.7 cut", "application/pdf", id="cut PDF"),
    ],
)
def test_read_page_refuses_what_has_no_text(content: bytes, media_type: str) -> None:
    with pytest.raises(ParseError):
        read_page(content, URL, media_type)
