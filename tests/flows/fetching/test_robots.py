import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from flows.errors import BarredByRobotsError, MissingError, SleepError
from flows.fetching.client import Client
from flows.fetching.retries import Limits
from flows.settings import Settings

ROBOTS = "/lab.example.org/robots.txt"
RULES = "User-agent: *\nDisallow: /private/\n\nUser-agent: Scalewatch\nDisallow: /not-for-us/\nAllow: /\n"


def asked(httpserver: HTTPServer) -> list[str]:
    return [request.path.removeprefix("/lab.example.org") for request, _ in httpserver.log]


def test_a_page_that_robots_bar_is_not_asked_for(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(ROBOTS).respond_with_data(RULES)

    with pytest.raises(BarredByRobotsError, match=r"https://lab\.example\.org/robots\.txt does not allow it") as caught:
        client.get("https://lab.example.org/not-for-us/post", robots=True)

    assert caught.value.is_lasting
    assert asked(httpserver) == ["/robots.txt"]


def test_the_rules_for_our_name_stand_before_those_for_all(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(ROBOTS).respond_with_data(RULES)
    httpserver.expect_request("/lab.example.org/private/post").respond_with_data("found")

    assert client.get("https://lab.example.org/private/post", robots=True).content == b"found"


def test_robots_are_asked_for_once_a_host(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(ROBOTS).respond_with_data(RULES)
    httpserver.expect_request("/lab.example.org/a").respond_with_data("found")

    client.get("https://lab.example.org/a", robots=True)
    client.get("https://lab.example.org/a", robots=True)

    assert asked(httpserver) == ["/robots.txt", "/a", "/a"]


def test_feeds_and_interfaces_are_asked_for_whatever_robots_say(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/lab.example.org/not-for-us/feed.xml").respond_with_data("found")

    client.get("https://lab.example.org/not-for-us/feed.xml")

    assert asked(httpserver) == ["/not-for-us/feed.xml"]


@pytest.mark.parametrize("status", [401, 403, 404, 410, 418])
def test_a_host_without_robots_allows_everything(client: Client, httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request(ROBOTS).respond_with_data("Disallow: /", status=status)
    httpserver.expect_request("/lab.example.org/a").respond_with_data("found")

    assert client.get("https://lab.example.org/a", robots=True).content == b"found"


@pytest.mark.parametrize("text", [b"", b"<html>not found</html>", b"\xff\xfe\x00rubbish", b"\xef\xbb\xbfUser-agent: x"])
def test_robots_that_are_no_rules_allow_everything(client: Client, httpserver: HTTPServer, text: bytes) -> None:
    httpserver.expect_request(ROBOTS).respond_with_data(text)
    httpserver.expect_request("/lab.example.org/a").respond_with_data("found")

    assert client.get("https://lab.example.org/a", robots=True).content == b"found"


@pytest.mark.parametrize("response", [Response(status=503), Response(b"#" * 600_000)], ids=["503", "endless"])
def test_a_host_whose_robots_cannot_be_had_is_left_alone_for_now(
    client: Client, httpserver: HTTPServer, response: Response
) -> None:
    httpserver.expect_request(ROBOTS).respond_with_response(response)

    for _ in range(2):
        with pytest.raises(BarredByRobotsError, match="the next run asks again") as caught:
            client.get("https://lab.example.org/a", robots=True)
        assert not caught.value.is_lasting

    assert set(asked(httpserver)) == {"/robots.txt"}
    assert len(httpserver.log) <= 3


def test_robots_that_ask_for_a_long_rest_put_the_source_to_sleep(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(ROBOTS).respond_with_data("", status=429, headers={"Retry-After": "1000"})

    with pytest.raises(SleepError):
        client.get("https://lab.example.org/a", robots=True)


def test_a_redirect_does_not_lead_around_robots(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(ROBOTS).respond_with_data(RULES)
    httpserver.expect_request("/lab.example.org/a").respond_with_response(
        Response(status=302, headers={"Location": "/not-for-us/a"})
    )

    with pytest.raises(BarredByRobotsError):
        client.get("https://lab.example.org/a", robots=True)

    assert asked(httpserver) == ["/robots.txt", "/a"]


def test_robots_themselves_are_not_remembered(httpserver: HTTPServer, settings: Settings, quick: Limits) -> None:
    class Refusing:
        """A memory that is asked about nothing but the page."""

        def recall(self, url: str) -> None:
            assert url == "https://lab.example.org/a"

        def remember(self, url: str, *, status: int | None, etag: str | None, last_modified: str | None) -> None:
            assert (url, status) == ("https://lab.example.org/a", 404)
            assert etag is last_modified is None

    httpserver.expect_request(ROBOTS).respond_with_data("", status=404)
    httpserver.expect_request("/lab.example.org/a").respond_with_data("", status=404)

    with Client(settings, Refusing(), limits=quick) as client, pytest.raises(MissingError):
        client.get("https://lab.example.org/a", robots=True)
