"""The queue and the catalog as JSON."""

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine

from store import queue
from store.engine import session
from store.tables import Status

if TYPE_CHECKING:
    from tests.review_ui.conftest import RunningDesk


def test_health_tells_the_version_and_what_waits(desk: "RunningDesk", candidate_id: int) -> None:
    assert candidate_id
    assert desk.get("/health").json() == {"status": "ok", "version": "1.2.3", "pending": 1}


def test_the_queue_can_be_read(desk: "RunningDesk", candidate_id: int) -> None:
    found = desk.get("/api/queue").json()

    assert [candidate["id"] for candidate in found] == [candidate_id]
    assert found[0]["status"] == "pending"
    assert {claim["quote"] for claim in found[0]["claims"]} >= {"7 billion parameters"}
    assert [proposal["value"] for proposal in found[0]["proposals"] if proposal["field"] == "open_weights"] == [
        True
    ] * 2


def test_a_candidate_can_be_approved_with_edits(desk: "RunningDesk", candidate_id: int) -> None:
    edit = {"model": "Foo-7B", "field": "parameters", "value": 7.6e9, "note": "the card"}
    body = {"reviewer": "Grace", "seen_revision": 1, "edits": [edit], "without": ["Foo-70B"]}

    answer = desk.client.post(f"/api/queue/{candidate_id}/approve", json=body)

    assert answer.status_code == 200
    assert answer.json()["status"] == "approved"
    entries = desk.get("/api/catalog").json()
    assert [entry["name"] for entry in entries] == ["Foo-7B"]
    values = {value["field"]: value["value"] for value in entries[0]["values"]}
    assert values["parameters"] == 7.6e9
    assert desk.get(f"/api/catalog/{entries[0]['id']}").json() == entries[0]


@pytest.mark.parametrize(
    ("verdict", "body", "status"),
    [
        ("reject", {"reviewer": "Grace", "reason": "duplicate"}, "rejected"),
        ("later", {"reviewer": "Grace", "until": "2099-01-01T00:00:00Z"}, "later"),
    ],
)
def test_a_candidate_can_be_decided(
    desk: "RunningDesk", candidate_id: int, verdict: str, body: dict[str, Any], status: str
) -> None:
    decided = desk.client.post(f"/api/queue/{candidate_id}/{verdict}", json=body)
    reopened = desk.client.post(f"/api/queue/{candidate_id}/reopen", json={"reviewer": "Ada"})

    assert decided.json()["status"] == status
    assert reopened.json()["status"] == "pending"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/queue/77/approve", {"reviewer": "Grace"}, 404),
        ("/api/queue/1/approve", {"reviewer": "Grace", "seen_revision": 9}, 409),
        ("/api/queue/1/approve", {"reviewer": ""}, 422),
        ("/api/queue/1/approve", {}, 422),
        ("/api/queue/1/reject", {"reviewer": "Grace", "reason": "  "}, 422),
        ("/api/queue/1/later", {"reviewer": "Grace", "until": "2020-01-01T00:00:00Z"}, 422),
        ("/api/queue/1/reopen", {"reviewer": "Grace"}, 409),
        (
            "/api/queue/1/approve",
            {"reviewer": "Grace", "edits": [{"model": None, "field": "parameters", "value": -1}]},
            422,
        ),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_one_line_of_json(
    desk: "RunningDesk", engine: Engine, candidate_id: int, path: str, body: dict[str, Any], status: int
) -> None:
    answer = desk.client.post(path, json=body)

    assert answer.status_code == status
    assert answer.json()["error"]
    with session(engine, read_only=True) as current:
        assert queue.view(current, candidate_id).status is Status.PENDING


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded"])
def test_a_form_of_another_site_cannot_reach_the_api(
    desk: "RunningDesk", engine: Engine, candidate_id: int, media_type: str
) -> None:
    answer = desk.client.post(
        f"/api/queue/{candidate_id}/reject",
        content=b'{"reviewer": "Eve", "reason": "x"}',
        headers={"Content-Type": media_type},
    )

    assert answer.status_code == 422
    with session(engine, read_only=True) as current:
        assert queue.view(current, candidate_id).status is Status.PENDING


def test_the_api_describes_itself(desk: "RunningDesk") -> None:
    described = desk.get("/api/openapi.json").json()

    assert "/api/queue/{candidate_id}/approve" in described["paths"]


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_no_page_loads_scripts_from_elsewhere(desk: "RunningDesk", path: str) -> None:
    assert desk.get(path).status_code == 404
