import socket
from collections.abc import Iterator
from pathlib import Path

import httpcore
import pytest

from flows.errors import FetchError, MalformedAddressError, RefusedAddressError
from flows.fetching.addresses import checked, refusal
from flows.fetching.client import Client
from flows.fetching.connections import PublicAddressBackend
from flows.fetching.retries import Limits
from flows.settings import Settings

PUBLIC = "93.184.215.14"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server on loopback to which nothing may connect; `accept` does not wait."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


class Resolver:
    """Answers for one name with one set of numbers after the other, as a hostile name server would."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.asked = 0
        self._answers = answers
        self._system = socket.getaddrinfo

    def __call__(self, host: str, port: int, *args: object, **options: object) -> list[tuple[object, ...]]:
        if host != "rebind.example.org":
            return self._system(host, port, *args, **options)  # type: ignore[arg-type, return-value]
        numbers = self._answers[min(self.asked, len(self._answers) - 1)]
        self.asked += 1
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in numbers]


def nothing_came(listener: socket.socket) -> bool:
    with pytest.raises(BlockingIOError):
        listener.accept()
    return True


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1",
        "203.0.113.1", "192.0.0.8", "192.88.99.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
        "3fff::1", "5f00::1", "2001::1", "2001:2::1", "2001:10::1", "100::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b:1::1",
    ],
)  # fmt: skip
def test_special_numbers_are_refused(number: str) -> None:
    assert refusal(number) == f"{number} is not a public address"


@pytest.mark.parametrize("number", [PUBLIC, "1.1.1.1", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"])
def test_public_numbers_are_allowed(number: str) -> None:
    assert refusal(number) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://127.0.0.1./", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
        "http://0x7f.1/", "http://0177.0.0.1/", "http://017700000001/", "http://0/", "http://1.2.3.999/", "http://a.0x7f/",
        "http://[::1]/", "http://[::ffff:7f00:1]/", "http://[fe80::1]/", "http://169.254.169.254/latest/meta-data",
        "http://localhost/", "http://LOCALHOST./", "https://a.localhost/", "http://printer.local/", "http://x.internal/",
        "http://intranet/", "http://router.lan/", "http://nas.home.arpa/",
        "https://user@example.org/", "https://user:password@example.org/", "http://example.org%40127.0.0.1@127.0.0.1/",
        "https://example.org:8080/", "http://example.org:443/", "https://example.org:22/", "https://example.org:0/",
        "https://example.org:99999/",
        "file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "gopher://example.org/", "/etc/passwd",
        "FILE:///etc/passwd", "data:text/html,x", "",
    ],
)  # fmt: skip
def test_addresses_that_nothing_may_be_sent_to_are_refused(url: str) -> None:
    with pytest.raises(RefusedAddressError):
        checked(url)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://", id="no host"),
        pytest.param("https:///path", id="empty host"),
        pytest.param("http://exam ple.org/", id="a space"),
        pytest.param("http://good.example.org\\@evil.example.org/", id="a backslash"),
        pytest.param("http://[broken/", id="half a bracket"),
        pytest.param("http://a..example.org/", id="an empty label"),
        pytest.param("https://example.org/" + "a" * 5000, id="too long"),
        pytest.param("https://example.org/\r\nHost: x", id="a line break"),
    ],
)
def test_what_is_no_address_is_malformed(url: str) -> None:
    with pytest.raises(MalformedAddressError):
        checked(url)


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("HTTPS://Example.org/A?b=c#d", "https://example.org/A?b=c"),
        ("http://example.org:80/", "http://example.org/"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://bücher.example.org/", "https://xn--bcher-kva.example.org/"),
        (" https://example.org/a b ", "https://example.org/a%20b"),
        ("https://example.org./", "https://example.org./"),
        ("https://localhost.example.org/", "https://localhost.example.org/"),
        ("https://1.1.1.1/", "https://1.1.1.1/"),
    ],
)
def test_public_addresses_come_back_parsed_and_without_fragment(url: str, meant: str) -> None:
    assert str(checked(url)) == meant


def test_a_message_shows_no_password() -> None:
    with pytest.raises(RefusedAddressError) as caught:
        checked("https://user:secret@example.org/")

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "numbers", [("127.0.0.1",), (PUBLIC, "127.0.0.1"), ("10.0.0.1", PUBLIC)], ids=["loopback", "one of two", "private"]
)
def test_a_name_that_leads_to_a_special_number_is_not_connected_to(
    numbers: tuple[str, ...], listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Resolver(numbers))

    with pytest.raises(RefusedAddressError, match="is not a public address"):
        PublicAddressBackend().connect_tcp("rebind.example.org", listener.getsockname()[1], timeout=1)

    assert nothing_came(listener)


def test_a_name_is_resolved_once_so_that_it_cannot_change_in_between(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolver = Resolver((PUBLIC,), ("127.0.0.1",))
    monkeypatch.setattr(socket, "getaddrinfo", resolver)

    with pytest.raises((httpcore.ConnectError, httpcore.ConnectTimeout)):
        PublicAddressBackend().connect_tcp("rebind.example.org", listener.getsockname()[1], timeout=0.2)

    assert resolver.asked == 1
    assert nothing_came(listener)


def test_the_client_refuses_and_does_not_try_again(
    tmp_path: Path, quick: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolver = Resolver(("127.0.0.1",))
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    with Client(Settings(data_folder=tmp_path), limits=quick) as client, pytest.raises(RefusedAddressError) as caught:
        client.get("https://rebind.example.org/")

    assert resolver.asked == 1
    assert str(caught.value).startswith("https://rebind.example.org/: its host has an address that is not public")


def test_the_environment_cannot_lead_the_client_through_a_proxy(
    tmp_path: Path, quick: Limits, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{listener.getsockname()[1]}")
    monkeypatch.setattr(socket, "getaddrinfo", Resolver(("127.0.0.1",)))

    with Client(Settings(data_folder=tmp_path), limits=quick) as client, pytest.raises(FetchError):
        client.get("http://rebind.example.org/")

    assert nothing_came(listener)
