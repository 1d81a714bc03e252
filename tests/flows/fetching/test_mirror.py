from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from flows.errors import RefusedAddressError
from flows.fetching.client import Client
from flows.fetching.retries import Limits
from flows.settings import Settings


def test_a_request_goes_to_the_mirror_under_its_hosts_name(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/lab.example.org/a/b", query_string="x=1&y=%2F").respond_with_data("found")

    answer = client.get("https://lab.example.org/a/b?x=1&y=%2F")

    assert answer.content == b"found"
    assert answer.url == "https://lab.example.org/a/b?x=1&y=%2F"


def test_the_mirror_may_lie_below_a_path(httpserver: HTTPServer, tmp_path: Path, quick: Limits) -> None:
    httpserver.expect_request("/cache/lab.example.org/a").respond_with_data("found")
    settings = Settings(data_folder=tmp_path, mirror=httpserver.url_for("/cache/"), pacing="off")

    with Client(settings, limits=quick) as client:
        assert client.get("https://lab.example.org/a").content == b"found"


def test_the_mirror_is_told_its_own_name_and_no_secret(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/lab.example.org/").respond_with_data("found")

    client.get("https://lab.example.org/", headers={"Authorization": "Bearer secret"})

    request = httpserver.log[0][0]
    assert request.headers["Host"] == f"127.0.0.1:{httpserver.port}"
    assert "Authorization" not in request.headers


@pytest.mark.parametrize("location", ["/new", "https://lab.example.org/new", "new", "//lab.example.org/new"])
def test_redirects_speak_of_the_public_address(client: Client, httpserver: HTTPServer, location: str) -> None:
    httpserver.expect_request("/lab.example.org/old").respond_with_response(
        Response(status=301, headers={"Location": location})
    )
    httpserver.expect_request("/lab.example.org/new").respond_with_data("found")

    answer = client.get("https://lab.example.org/old")

    assert answer.url == "https://lab.example.org/new"


def test_a_redirect_to_another_host_goes_to_the_mirror_too(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/old.example.org/").respond_with_response(
        Response(status=302, headers={"Location": "https://new.example.org/home"})
    )
    httpserver.expect_request("/new.example.org/home").respond_with_data("found")

    assert client.get("https://old.example.org/").url == "https://new.example.org/home"


def test_the_mirrors_own_address_is_refused_where_a_source_names_it(client: Client, httpserver: HTTPServer) -> None:
    with pytest.raises(RefusedAddressError):
        client.get(httpserver.url_for("/lab.example.org/"))

    assert not httpserver.log


def test_robots_and_conditions_speak_of_the_public_address(client: Client, httpserver: HTTPServer) -> None:
    asked: list[str] = []

    def answer(request: Request) -> Response:
        asked.append(request.path)
        return Response("User-agent: *\nDisallow: /private" if request.path.endswith("robots.txt") else "page")

    httpserver.expect_request("/lab.example.org/robots.txt").respond_with_handler(answer)
    httpserver.expect_request("/lab.example.org/page").respond_with_handler(answer)

    client.get("https://lab.example.org/page", robots=True)

    assert asked == ["/lab.example.org/robots.txt", "/lab.example.org/page"]
