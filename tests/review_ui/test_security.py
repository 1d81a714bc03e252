"""What another site, a forged form or an odd client gets from the desk."""

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import Engine

from review_ui.security import BODY_LIMIT, HEADERS
from review_ui.visitor import COOKIE
from store import queue
from store.engine import session
from store.tables import Status

if TYPE_CHECKING:
    from tests.review_ui.conftest import RunningDesk

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("path", ["/queue", "/catalog", "/static/desk.css", "/nothing", "/health", "/api/queue"])
def test_every_answer_carries_the_security_headers(desk: "RunningDesk", path: str) -> None:
    answer = desk.get(path)

    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_the_policy_allows_only_our_own_files(desk: "RunningDesk") -> None:
    policy = desk.get("/queue").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_pages_are_not_kept_in_caches_and_files_are(desk: "RunningDesk") -> None:
    script = str(desk.soup("/queue").select("script[src]")[0]["src"])

    assert desk.get("/queue").headers["Cache-Control"] == "no-store"
    assert "immutable" in desk.get(script).headers["Cache-Control"]


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", ""])
def test_a_host_that_is_not_ours_is_refused_with_a_clear_line(desk: "RunningDesk", host: str) -> None:
    answer = desk.get("/queue", Host=host)

    assert answer.status_code == 400
    assert "does not answer to that host name" in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_request_without_a_host_is_refused(desk: "RunningDesk") -> None:
    address = urlsplit(desk.address)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(b"GET /queue HTTP/1.0\r\n\r\n")
        answer = connection.recv(65536)

    assert b" 400 " in answer.splitlines()[0]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
    ids=str,
)
def test_a_form_sent_by_another_site_is_refused(
    desk: "RunningDesk", engine: Engine, candidate_id: int, headers: dict[str, str]
) -> None:
    form = desk.form(f"/candidates/{candidate_id}", f"/candidates/{candidate_id}/approve")

    answer = desk.send(form, **headers)

    assert answer.status_code == 403
    assert _status(engine, candidate_id) is Status.PENDING


def test_a_form_sent_by_our_own_page_is_taken(desk: "RunningDesk", engine: Engine, candidate_id: int) -> None:
    form = desk.form(f"/candidates/{candidate_id}", f"/candidates/{candidate_id}/approve")

    answer = desk.send(form, Origin=desk.address, Sec_Fetch_Site="same-origin")

    assert answer.status_code == 303
    assert _status(engine, candidate_id) is Status.APPROVED


@pytest.mark.parametrize("token", ["", "0" * 64, "é"], ids=["none", "forged", "not ascii"])
def test_a_form_without_its_token_is_refused(
    desk: "RunningDesk", engine: Engine, candidate_id: int, token: str
) -> None:
    form = desk.form(f"/candidates/{candidate_id}", f"/candidates/{candidate_id}/approve").fill(token=token)

    answer = desk.send(form)

    assert answer.status_code == 403
    assert _status(engine, candidate_id) is Status.PENDING


def test_a_token_of_another_visitor_is_refused(desk: "RunningDesk", engine: Engine, candidate_id: int) -> None:
    form = desk.form(f"/candidates/{candidate_id}", f"/candidates/{candidate_id}/approve")
    desk.client.cookies.clear()
    desk.get("/queue")

    answer = desk.send(form)

    assert answer.status_code == 403
    assert "another browser" in answer.text
    assert _status(engine, candidate_id) is Status.PENDING


@pytest.mark.parametrize(
    "path",
    [
        *("/candidates/{}/approve", "/candidates/{}/reject", "/candidates/{}/later", "/candidates/{}/reopen"),
        *("/add", "/reviewer", "/catalog/1/edit", "/catalog/1/retract"),
    ],
)
def test_no_form_is_taken_without_a_token_and_a_cookie(desk: "RunningDesk", candidate_id: int, path: str) -> None:
    answer = httpx.post(desk.address + path.format(candidate_id), data={"seen": "1", "reason": "no"})

    assert answer.status_code == 403


def test_the_cookie_is_closed_to_scripts_and_to_other_sites(desk: "RunningDesk") -> None:
    cookie = httpx.get(desk.address + "/queue").headers["Set-Cookie"]

    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_a_forged_cookie_is_replaced(desk: "RunningDesk") -> None:
    answer = httpx.get(desk.address + "/queue", headers={"Cookie": f"{COOKIE}=WyJrZXkiLCJFdmUiXQ.forged"})

    assert "Eve" not in answer.text
    assert COOKIE in answer.headers["Set-Cookie"]


def test_a_body_that_is_too_long_is_refused(desk: "RunningDesk", candidate_id: int) -> None:
    path = f"/candidates/{candidate_id}/reject"
    form = desk.form(f"/candidates/{candidate_id}", path).fill(reason_text="x" * (BODY_LIMIT + 1))

    answer = desk.send(form)

    assert answer.status_code == 413
    assert "shorten" in answer.text


def test_a_body_that_does_not_say_its_length_is_bounded_too(desk: "RunningDesk") -> None:
    pieces = (b"x" * 100_000 for _ in range(30))

    answer = desk.client.post("/reviewer", content=pieces, headers=FORM)

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b'{"seen": 1}', "application/json"),
        (b"seen=1", "text/plain"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
        (b"\xff\xfe=1", "application/x-www-form-urlencoded"),
        (b"a=1&" * 10_001, "application/x-www-form-urlencoded"),
    ],
    ids=["json", "plain text", "multipart", "no utf-8", "too many fields"],
)
def test_what_is_no_form_of_ours_is_refused(desk: "RunningDesk", content: bytes, media_type: str) -> None:
    answer = desk.client.post("/reviewer", content=content, headers={"Content-Type": media_type})

    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/queue", "/catalog.csv", "/health", "/api/queue", "/static/desk.css", "/nowhere"])
def test_head_says_what_get_would_without_a_body(desk: "RunningDesk", path: str) -> None:
    whole, head = desk.client.get(path), desk.client.head(path)

    assert head.status_code == whole.status_code
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.content == b""
    assert "content-security-policy" in head.headers


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "TRACE"])
def test_another_method_is_refused_and_the_right_one_named(desk: "RunningDesk", method: str) -> None:
    answer = desk.client.request(method, "/candidates/1/approve")

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_nothing_answers_to_other_origins(desk: "RunningDesk") -> None:
    answer = desk.get("/api/queue", Origin="https://evil.example")

    assert not [name for name in answer.headers if name.startswith("access-control")]


def _status(engine: Engine, candidate_id: int) -> Status:
    with session(engine, read_only=True) as current:
        return queue.view(current, candidate_id).status
