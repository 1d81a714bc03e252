"""The Hub's token goes to the Hub alone; looked at before it is sent, since a mirror is never given credentials."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from flows.fetching.client import Client, _Wish
from flows.settings import Settings

WISH = _Wish(conditional=False, robots=False, limit_bytes=1, headers={})


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A client of an operator who has a token."""
    with Client(Settings(data_folder=tmp_path, hf_token=SecretStr("hf_secret"))) as client:
        yield client


def test_the_token_goes_to_the_hub(client: Client) -> None:
    address = httpx.URL("https://huggingface.co/api/models")

    assert client._headers(address, address, WISH)["Authorization"] == "Bearer hf_secret"


@pytest.mark.parametrize(
    "url",
    [
        "https://lab.example.org/feed.xml",
        "http://huggingface.co/api/models",
        "https://huggingface.co.example.org/api/models",
        "https://cdn.huggingface.co/file",
    ],
)
def test_the_token_goes_to_no_other_host_and_never_in_the_clear(client: Client, url: str) -> None:
    address = httpx.URL(url)

    assert "Authorization" not in client._headers(address, address, WISH)


def test_the_token_does_not_follow_a_redirect_off_the_hub(client: Client) -> None:
    first = httpx.URL("https://huggingface.co/a/b/resolve/main/README.md")

    headers = client._headers(httpx.URL("https://cdn.example.org/README.md"), first, WISH)

    assert "Authorization" not in headers
