"""Adding by address, and who decides."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.review_ui.conftest import RunningDesk


def test_an_address_becomes_a_candidate(desk: "RunningDesk") -> None:
    form = desk.form("/add", "/add").fill(address=" https://example.org/post ")

    answer = desk.send(form)

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/candidates/1"
    assert desk.added == ["https://example.org/post"]


def test_what_cannot_be_added_says_why_and_keeps_the_address(desk: "RunningDesk") -> None:
    answer = desk.send(desk.form("/add", "/add").fill(address="https://example.org/nothing"))

    assert answer.status_code == 422
    assert "answered 404" in answer.text
    assert 'value="https://example.org/nothing"' in answer.text


@pytest.mark.parametrize(
    "address", ["", "javascript:alert(1)", "file:///etc/passwd", "/etc/passwd", "https://" + "x" * 2_000]
)
def test_what_is_no_web_address_is_not_fetched(desk: "RunningDesk", address: str) -> None:
    answer = desk.send(desk.form("/add", "/add").fill(address=address))

    assert answer.status_code == 422
    assert "begins with https://" in answer.text
    assert desk.added == []


def test_decisions_name_the_default_reviewer_at_first(desk: "RunningDesk") -> None:
    assert "Deciding as Ada" in " ".join(desk.soup("/queue").text.split())


def test_a_reviewer_can_give_another_name(desk: "RunningDesk", candidate_id: int) -> None:
    answer = desk.send(desk.form("/reviewer", "/reviewer").fill(name="  Grace   Hopper "))
    path = f"/candidates/{candidate_id}"
    desk.send(desk.form(path, f"{path}/approve"))

    assert answer.status_code == 303
    assert "by Grace Hopper" in desk.get(path).text


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x07b"], ids=["empty", "blank", "long", "bell"])
def test_a_name_that_cannot_be_is_refused(desk: "RunningDesk", name: str) -> None:
    answer = desk.send(desk.form("/reviewer", "/reviewer").fill(name=name))

    assert answer.status_code == 422
    assert "Give a name" in answer.text


def test_a_script_in_a_name_is_shown_as_text(desk: "RunningDesk") -> None:
    desk.send(desk.form("/reviewer", "/reviewer").fill(name="<script>x</script>"))

    page = desk.get("/queue").text
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page
