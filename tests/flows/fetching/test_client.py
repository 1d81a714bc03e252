import gzip
import pickle
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from flows import errors
from flows.errors import (
    MissingError,
    RefusedAddressError,
    SleepError,
    TooLargeError,
    UnexpectedAnswerError,
    UnreachableError,
)
from flows.fetching.client import Client
from flows.fetching.retries import Limits, asked_wait
from flows.settings import Settings

URL = "https://lab.example.org/post"
PLACE = "/lab.example.org/post"


@dataclass(frozen=True, slots=True)
class Remembered:
    etag: str | None
    last_modified: str | None


@dataclass(slots=True)
class NotebookMemory:
    """Keeps what the client wants remembered, as the store would."""

    notes: dict[str, Remembered] = field(default_factory=dict)
    statuses: list[tuple[str, int | None]] = field(default_factory=list)

    def recall(self, url: str) -> Remembered | None:
        return self.notes.get(url)

    def remember(self, url: str, *, status: int | None, etag: str | None, last_modified: str | None) -> None:
        self.notes[url] = Remembered(etag, last_modified)
        self.statuses.append((url, status))


@pytest.fixture
def memory() -> NotebookMemory:
    return NotebookMemory()


@pytest.fixture
def remembering(settings: Settings, quick: Limits, memory: NotebookMemory) -> Iterator[Client]:
    with Client(settings, memory, limits=quick) as client:
        yield client


def in_turn(*answers: Response) -> tuple[list[float], Callable[[Request], Response]]:
    """Return the times of requests, and a handler that gives one answer after the other, the last for ever."""
    times: list[float] = []

    def answer(_: Request) -> Response:
        times.append(time.monotonic())
        return answers[min(len(times), len(answers)) - 1]

    return times, answer


def test_a_request_says_who_asks_and_what_it_reads(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PLACE).respond_with_data("hello", content_type="text/HTML; charset=koi8-r")

    answer = client.get(URL + "#top", accept="text/html")

    request = httpserver.log[0][0]
    assert request.headers["User-Agent"].startswith("Scalewatch/")
    assert "(+https://example.org/scalewatch)" in request.headers["User-Agent"]
    assert (request.headers["Accept"], request.headers["Accept-Encoding"]) == ("text/html", "gzip, deflate")
    assert (answer.url, answer.status, answer.content) == (URL, 200, b"hello")
    assert (answer.media_type, answer.charset) == ("text/html", "koi8-r")


def test_no_cookie_is_kept(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PLACE).respond_with_data("hello", headers={"Set-Cookie": "a=b"})

    client.get(URL)
    client.get(URL)

    assert "Cookie" not in httpserver.log[1][0].headers


@pytest.mark.parametrize(
    ("encoding", "compress"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("identity", bytes),
    ],
    ids=["gzip", "old name", "deflate", "bare deflate", "identity"],
)
def test_a_compressed_body_is_decompressed(
    client: Client, httpserver: HTTPServer, encoding: str, compress: Callable[[bytes], bytes]
) -> None:
    text = b"a feed " * 50_000
    httpserver.expect_request(PLACE).respond_with_data(compress(text), headers={"Content-Encoding": encoding})

    assert client.get(URL).content == text


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("br", b"x", "unknown compression"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x")), "unknown compression"),
        ("gzip", b"no gzip at all", "compression is damaged"),
    ],
    ids=["brotli", "twice", "damaged"],
)
def test_a_body_that_cannot_be_decompressed_is_not_asked_for_again(
    client: Client, httpserver: HTTPServer, encoding: str, body: bytes, reason: str
) -> None:
    httpserver.expect_request(PLACE).respond_with_data(body, headers={"Content-Encoding": encoding})

    with pytest.raises(UnexpectedAnswerError, match=reason):
        client.get(URL)

    assert len(httpserver.log) == 1


def test_a_gzip_bomb_is_stopped_while_it_expands(client: Client, httpserver: HTTPServer) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    httpserver.expect_request(PLACE).respond_with_data(bomb, headers={"Content-Encoding": "gzip"})

    tracemalloc.start()
    with pytest.raises(TooLargeError, match="larger than 1000000 bytes"):
        client.get(URL, limit_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 20_000_000
    assert len(httpserver.log) == 1


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PLACE).respond_with_data(b"x" * 1001)

    with pytest.raises(TooLargeError):
        client.get(URL, limit_bytes=1000)

    assert client.get(URL, limit_bytes=1001).content == b"x" * 1001


def test_a_body_without_a_length_is_stopped_at_the_limit(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PLACE).respond_with_handler(lambda _: Response(b"x" * 100 for _ in range(100_000)))

    with pytest.raises(TooLargeError):
        client.get(URL, limit_bytes=1000)


def test_a_dripping_body_ends_with_the_total_time(settings: Settings, httpserver: HTTPServer) -> None:
    is_over = threading.Event()

    def drip(_: Request) -> Response:
        return Response((b"<" for _ in iter(lambda: is_over.wait(0.05), True)), headers={"Content-Length": "100000"})

    httpserver.expect_request(PLACE).respond_with_handler(drip)
    started = time.monotonic()

    longest = Limits(read=2, total=0.5)
    with Client(settings, limits=longest) as client, pytest.raises(UnreachableError, match=r"took longer than 0\.5 s"):
        client.get(URL)
    is_over.set()

    assert time.monotonic() - started < 2


def test_a_body_that_is_cut_is_asked_for_again(client: Client, httpserver: HTTPServer) -> None:
    cut = Response(iter([b"half"]), headers={"Content-Length": "8"})
    times, handler = in_turn(cut, Response(b"all of it"))
    httpserver.expect_request(PLACE).respond_with_handler(handler)

    assert client.get(URL).content == b"all of it"
    assert len(times) == 2


def test_a_compressed_body_that_is_cut_is_asked_for_again(client: Client, httpserver: HTTPServer) -> None:
    whole = gzip.compress(b"all of it" * 100)
    times, handler = in_turn(*(Response(body, headers={"Content-Encoding": "gzip"}) for body in (whole[:-12], whole)))
    httpserver.expect_request(PLACE).respond_with_handler(handler)

    assert client.get(URL).content == b"all of it" * 100
    assert len(times) == 2


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 522])
def test_a_status_that_may_pass_is_asked_again(client: Client, httpserver: HTTPServer, status: int) -> None:
    times, handler = in_turn(Response(status=status), Response(status=status), Response(b"there"))
    httpserver.expect_request(PLACE).respond_with_handler(handler)

    assert client.get(URL).content == b"there"
    assert len(times) == 3


def test_after_all_attempts_the_address_is_unreachable(client: Client, httpserver: HTTPServer) -> None:
    times, handler = in_turn(Response(status=503))
    httpserver.expect_request(PLACE).respond_with_handler(handler)

    with pytest.raises(UnreachableError, match="answered 503"):
        client.get(URL)

    assert len(times) == 3


def test_a_server_that_is_not_there_is_unreachable(tmp_path: Path, quick: Limits) -> None:
    settings = Settings(data_folder=tmp_path, mirror="http://127.0.0.1:9", pacing="off")

    with Client(settings, limits=quick) as client, pytest.raises(UnreachableError, match="connection failed"):
        client.get(URL)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_what_is_missing_is_asked_for_once(
    remembering: Client, memory: NotebookMemory, httpserver: HTTPServer, status: int
) -> None:
    httpserver.expect_request(PLACE).respond_with_data("x", status=status, headers={"X-Error-Message": "No such thing"})

    with pytest.raises(MissingError, match=f"answered {status} .No such thing.") as caught:
        remembering.get(URL)

    assert caught.value.status == status
    assert memory.statuses == [(URL, status)]
    assert len(httpserver.log) == 1


def test_a_bad_request_carries_its_explanation(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PLACE).respond_with_data("<feed>incorrect id format</feed>", status=400)

    with pytest.raises(UnexpectedAnswerError) as caught:
        client.get(URL)

    assert (caught.value.status, caught.value.content) == (400, b"<feed>incorrect id format</feed>")


@pytest.mark.parametrize("header", ["Retry-After", "RateLimit"])
def test_a_short_wait_that_a_service_asks_for_is_obeyed(client: Client, httpserver: HTTPServer, header: str) -> None:
    value = {"Retry-After": "1", "RateLimit": '"api";r=0;t=1'}[header]
    times, handler = in_turn(Response(status=429, headers={header: value}), Response(b"there"))
    httpserver.expect_request(PLACE).respond_with_handler(handler)

    assert client.get(URL).content == b"there"
    assert 0.95 <= times[1] - times[0] < 3


def test_a_used_up_quota_is_waited_for_before_the_next_request(client: Client, httpserver: HTTPServer) -> None:
    times, handler = in_turn(Response(b"last", headers={"RateLimit": '"api";r=0;t=1'}), Response(b"next"))
    httpserver.expect_request(PLACE).respond_with_handler(handler)

    client.get(URL)
    client.get(URL)

    assert 0.95 <= times[1] - times[0] < 3


def test_a_quota_that_is_used_up_for_long_puts_the_source_to_sleep(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PLACE).respond_with_data("last", headers={"RateLimit": '"api";r=0;t=250'})

    assert client.get(URL).content == b"last"
    with pytest.raises(SleepError, match="quota"):
        client.get(URL)

    assert len(httpserver.log) == 1


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_long_wait_puts_the_source_to_sleep(client: Client, httpserver: HTTPServer, form: str) -> None:
    due = datetime.now(UTC) + timedelta(hours=1)
    value = "3600" if form == "seconds" else format_datetime(due, usegmt=True)
    httpserver.expect_request(PLACE).respond_with_data("", status=503, headers={"Retry-After": value})

    with pytest.raises(SleepError) as caught:
        client.get(URL)

    assert abs(caught.value.until - due) < timedelta(seconds=10)
    assert len(httpserver.log) == 1


def test_no_service_puts_a_source_to_sleep_for_years(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PLACE).respond_with_data("", status=429, headers={"Retry-After": "999999999"})

    with pytest.raises(SleepError) as caught:
        client.get(URL)

    assert caught.value.until < datetime.now(UTC) + timedelta(days=1, minutes=1)


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {"retry-after": " 5 "}, 5.0),
        (503, {"retry-after": "Wed, 01 Jan 2025 00:00:30 GMT"}, 30.0),
        (503, {"retry-after": "Tue, 31 Dec 2024 23:00:00 GMT"}, 0.0),
        (429, {"ratelimit": '"api";r=0;t=55'}, 55.0),
        (200, {"ratelimit": '"api";r=0;t=55'}, 55.0),
        (200, {"ratelimit": '"api";r=490;t=180'}, None),
        (200, {"retry-after": "5"}, None),
        (503, {"retry-after": "soon"}, None),
        (503, {"retry-after": "-5"}, None),
        (503, {"retry-after": "Wed, 99 Jan 2025 00:00:30 GMT"}, None),
        (503, {}, None),
    ],
)
def test_the_wait_that_headers_ask_for(status: int, headers: dict[str, str], wait: float | None) -> None:
    assert asked_wait(status, headers, datetime(2025, 1, 1, tzinfo=UTC)) == wait


def test_an_unchanged_address_is_asked_with_its_validators(
    remembering: Client, memory: NotebookMemory, httpserver: HTTPServer
) -> None:
    date = "Wed, 01 Jan 2025 00:00:00 GMT"
    first = Response(b"feed", headers={"ETag": '"v1"', "Last-Modified": date})
    _, handler = in_turn(first, Response(status=304))
    httpserver.expect_request(PLACE).respond_with_handler(handler)

    assert remembering.get(URL, conditional=True).content == b"feed"
    answer = remembering.get(URL, conditional=True)

    request = httpserver.log[1][0]
    assert (request.headers["If-None-Match"], request.headers["If-Modified-Since"]) == ('"v1"', date)
    assert (answer.is_unchanged, answer.content) == (True, b"")
    assert memory.notes[URL] == Remembered('"v1"', date)


def test_a_request_without_conditions_sends_none(remembering: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PLACE).respond_with_data("feed", headers={"ETag": '"v1"'})

    remembering.get(URL)
    remembering.get(URL)

    assert "If-None-Match" not in httpserver.log[1][0].headers


def test_an_unchanged_that_was_not_asked_for_is_unexpected(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PLACE).respond_with_data("", status=304)

    with pytest.raises(UnexpectedAnswerError, match="304"):
        client.get(URL)


def test_validators_belong_to_the_address_that_gave_them(
    remembering: Client, memory: NotebookMemory, httpserver: HTTPServer
) -> None:
    httpserver.expect_request(PLACE).respond_with_response(Response(status=302, headers={"Location": "/new"}))
    httpserver.expect_request("/lab.example.org/new").respond_with_data("feed", headers={"ETag": '"new"'})

    remembering.get(URL, conditional=True)
    remembering.get(URL, conditional=True)

    asked = [(request.path, request.headers.get("If-None-Match")) for request, _ in httpserver.log]
    assert asked[2:] == [(PLACE, None), ("/lab.example.org/new", '"new"')]
    assert memory.notes[URL].etag is None


def test_five_redirects_are_followed(client: Client, httpserver: HTTPServer) -> None:
    for number in range(5):
        response = Response(status=302, headers={"Location": f"/{number + 1}"})
        httpserver.expect_request(f"/lab.example.org/{number}").respond_with_response(response)
    httpserver.expect_request("/lab.example.org/5").respond_with_data("found")

    assert client.get("https://lab.example.org/0").url == "https://lab.example.org/5"


def test_a_loop_of_redirects_ends_after_the_fifth(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PLACE).respond_with_response(Response(status=307, headers={"Location": "/post"}))

    with pytest.raises(UnexpectedAnswerError, match="more than 5 times"):
        client.get(URL)

    assert len(httpserver.log) == 6


@pytest.mark.parametrize("location", ["", "https://a b/", "https://a%25b/"], ids=["none", "a space", "a percent sign"])
def test_a_redirect_to_no_address_is_unexpected(client: Client, httpserver: HTTPServer, location: str) -> None:
    httpserver.expect_request(PLACE).respond_with_response(Response(status=302, headers={"Location": location}))

    with pytest.raises(UnexpectedAnswerError, match="redirects to no address"):
        client.get(URL)


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:{port}/x", "http://169.254.169.254/", "file:///etc/passwd", "//10.0.0.1/"]
)
def test_a_redirect_to_where_nothing_may_be_sent_is_refused(
    client: Client, httpserver: HTTPServer, target: str
) -> None:
    location = target.format(port=httpserver.port)
    response = Response(status=302, headers={"Location": location})
    response.autocorrect_location_header = False
    httpserver.expect_request(PLACE).respond_with_response(response)

    with pytest.raises(RefusedAddressError):
        client.get(URL)

    assert len(httpserver.log) == 1


def test_a_client_without_a_contact_in_ascii_still_asks(httpserver: HTTPServer, tmp_path: Path, quick: Limits) -> None:
    httpserver.expect_request(PLACE).respond_with_data("x", headers={"ETag": '"é"'})
    settings = Settings(data_folder=tmp_path, mirror=httpserver.url_for(""), pacing="off", contact="José")
    memory = NotebookMemory()

    with Client(settings, memory, limits=quick) as client:
        client.get(URL, conditional=True)
        client.get(URL, conditional=True)

    assert memory.notes[URL].etag is None


@pytest.mark.parametrize(
    "error",
    [
        errors.FetchError("u", "r"),
        errors.MissingError("u", "r", 404),
        errors.SleepError("u", "r", datetime(2025, 1, 1, tzinfo=UTC)),
        errors.PassingError("u", "r", 2.0),
        errors.UnexpectedAnswerError("u", "r", 400, b"x"),
        errors.BarredByRobotsError("u", "r", False),
        errors.ParseError("u", "r"),
        errors.SourcesFileError(Path("sources.toml"), 3, "url", "is missing"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_survive_the_way_to_another_process(error: errors.FlowError) -> None:
    copy = pickle.loads(pickle.dumps(error))

    assert type(copy) is type(error)
    assert (str(copy), vars(copy)) == (str(error), vars(error))
