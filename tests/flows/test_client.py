from pytest_httpserver import HTTPServer

from flows.client import Client


def test_get_asks_the_mirror_for_the_public_address(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/lab.example.org/post", query_string="a=1").respond_with_data(
        "hello", content_type="text/html; charset=koi8-r"
    )

    answer = client.get("https://lab.example.org/post?a=1#top")

    assert answer.url == "https://lab.example.org/post?a=1"
    assert answer.content == b"hello"
    assert (answer.status, answer.media_type, answer.charset) == (200, "text/html", "koi8-r")
