"""The queue page: candidates by status, best first, in pages."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine

from store import queue
from store.engine import session

if TYPE_CHECKING:
    from tests.review_ui.conftest import Announcement, RunningDesk

Announce = Callable[["Announcement"], int]


def test_the_first_page_is_the_queue(desk: "RunningDesk") -> None:
    answer = desk.get("/")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/queue"


def test_an_empty_queue_says_what_comes_next(desk: "RunningDesk") -> None:
    assert "Nothing waits for you" in desk.get("/queue").text


def test_a_row_tells_what_decides_about_it(desk: "RunningDesk", candidate_id: int) -> None:
    row = desk.soup("/queue").select_one(f"#candidate-{candidate_id}")

    assert row is not None
    words = " ".join(row.text.split())
    assert "Foo" in words
    assert "new" in words
    assert "7B – 70B" in words
    assert "15T" in words
    assert "2026-01-05" in words
    assert row.select_one('[title="7,000,000,000 – 70,000,000,000"]')
    assert row.select_one('a[href="https://arxiv.org/abs/2601.00001"][rel="noreferrer noopener"]')


def test_a_decided_candidate_moves_to_its_tab(desk: "RunningDesk", engine: Engine, candidate_id: int) -> None:
    with session(engine) as current:
        queue.reject(current, candidate_id, reviewer="Grace", reason="out of scope")

    assert not desk.soup("/queue").select(".queue li")
    row = desk.soup("/queue?status=rejected").select_one(".queue > li")
    assert row is not None
    assert "Rejected by Grace" in row.text
    assert "out of scope" in row.text


def test_the_tabs_count(desk: "RunningDesk", candidate_id: int) -> None:
    tabs = {" ".join(tab.text.split()) for tab in desk.soup("/queue").select(".tabs a")}

    assert candidate_id
    assert tabs == {"Pending 1", "Approved 0", "Rejected 0", "Later 0"}


def test_a_long_queue_comes_in_pages(
    desk: "RunningDesk", announce: Announce, many: Callable[[int], list["Announcement"]]
) -> None:
    for each in many(27):
        announce(each)

    first = desk.soup("/queue")
    second = desk.soup(str(first.select('a[rel="next"]')[0]["href"]))

    assert len(first.select(".queue > li")) == 25
    assert "1–25 of 27" in first.text
    assert len(second.select(".queue > li")) == 2
    assert not second.select('a[rel="next"]')
    assert second.select('a[rel="prev"]')


@pytest.mark.parametrize("query", ["status=gone", "page=0", "page=x", "page=999999999999999999999"])
def test_an_address_that_means_nothing_is_said(desk: "RunningDesk", query: str) -> None:
    answer = desk.get(f"/queue?{query}")

    assert answer.status_code == 422
    assert "cannot be read" in answer.text


def test_a_page_beyond_the_last_is_empty(desk: "RunningDesk", candidate_id: int) -> None:
    answer = desk.get("/queue?page=9")

    assert candidate_id
    assert answer.status_code == 200
    assert 'rel="prev"' in answer.text


def test_htmx_gets_the_part_that_changes(desk: "RunningDesk", candidate_id: int) -> None:
    answer = desk.get("/queue", HX_Request="true")

    assert candidate_id
    assert answer.text.lstrip().startswith('<section id="queue">')
    assert "HX-Request" in answer.headers["Vary"]


def test_going_back_gets_the_whole_page(desk: "RunningDesk") -> None:
    answer = desk.get("/queue", HX_Request="true", HX_History_Restore_Request="true")

    assert answer.text.startswith("<!doctype html>")
