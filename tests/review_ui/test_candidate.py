"""A candidate's page, and what becomes of a decision."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import Engine

from store import catalog, queue
from store.engine import session
from store.tables import Status
from store.views import CandidateView, EntryView

if TYPE_CHECKING:
    from tests.review_ui.conftest import Announcement, RunningDesk, SentForm

Announce = Callable[["Announcement"], int]
PARAMETERS = "parameters||Foo-7B"


@pytest.fixture
def path(candidate_id: int) -> str:
    return f"/candidates/{candidate_id}"


@pytest.fixture
def approval(desk: "RunningDesk", path: str) -> "SentForm":
    return desk.form(path, f"{path}/approve")


def test_the_page_shows_each_value_with_its_quote_and_where_it_comes_from(desk: "RunningDesk", path: str) -> None:
    page = desk.soup(path)

    field = next(each for each in page.select(".field") if "7 billion parameters" in each.text)
    assert "7B" in field.text
    assert "90% sure" in field.text
    assert "arxiv.org" in field.text
    assert field.select_one('[title="7,000,000,000"]')


def test_every_quote_is_marked_in_the_text_and_its_field_links_there(desk: "RunningDesk", path: str) -> None:
    page = desk.soup(path)

    links = [str(link["href"]) for link in page.select("a[data-claim]")]
    marked = {mark.text for mark in page.select(".paper mark")}
    assert links
    assert all(page.select(link) for link in links)
    assert {"7 billion parameters", "70 billion parameters", "trained on 15T tokens"} <= marked


def test_what_nothing_states_is_said(desk: "RunningDesk", path: str) -> None:
    field = next(each for each in desk.soup(path).select(".field.bare") if "Active parameters" in each.text)

    assert "not stated" in field.text


def test_what_was_fetched_is_shown_as_text(desk: "RunningDesk", announce: Announce, foo: "Announcement") -> None:
    evil = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    candidate_id = announce(replace(foo, title=f"Foo {evil}", text=f"{evil}\n{foo.text}", url="javascript:alert(1)"))

    answer = desk.get(f"/candidates/{candidate_id}")

    assert evil not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert 'href="javascript:' not in answer.text
    assert "javascript:alert(1)" in answer.text


def test_a_long_text_is_shown_whole(desk: "RunningDesk", announce: Announce, foo: "Announcement") -> None:
    text = foo.text + "\n" + "A sentence about nothing in particular. " * 25_000
    candidate_id = announce(replace(foo, text=text))

    page = desk.soup(f"/candidates/{candidate_id}")

    shown = page.select_one(".paper .text")
    assert shown is not None
    assert shown.text == text


def test_approving_makes_an_entry_for_each_model(
    desk: "RunningDesk", engine: Engine, path: str, approval: "SentForm"
) -> None:
    answer = desk.send(approval)

    assert answer.status_code == 303
    assert answer.headers["Location"] == path
    assert {entry.name for entry in _entries(engine)} == {"Foo-7B", "Foo-70B"}
    page = desk.get(path).text
    assert "Approved" in page
    assert "by Ada" in page
    assert 'href="/catalog/1"' in page


def test_a_model_whose_box_is_cleared_is_left_out(desk: "RunningDesk", engine: Engine, approval: "SentForm") -> None:
    desk.send(approval.without("keep", "Foo-70B"))

    assert [entry.name for entry in _entries(engine)] == ["Foo-7B"]


def test_an_untouched_value_keeps_its_proof(desk: "RunningDesk", engine: Engine, approval: "SentForm") -> None:
    desk.send(approval)

    value = next(value for value in _entry(engine, "Foo-7B").values if value.field == "parameters")
    assert (value.value, value.quote) == (7e9, "7 billion parameters")


def test_a_changed_value_carries_the_persons_note(desk: "RunningDesk", engine: Engine, approval: "SentForm") -> None:
    typed = {f"value:{PARAMETERS}": "7.6B", f"note:{PARAMETERS}": "the model card, table 2"}

    answer = desk.send(approval.fill_in(typed))

    assert answer.status_code == 303
    value = next(value for value in _entry(engine, "Foo-7B").values if value.field == "parameters")
    assert (value.value, value.note, value.claim_id) == (7.6e9, "the model card, table 2", None)


def test_an_emptied_value_is_left_out(desk: "RunningDesk", engine: Engine, approval: "SentForm") -> None:
    desk.send(approval.fill_in({f"value:{PARAMETERS}": ""}))

    assert "parameters" not in {value.field for value in _entry(engine, "Foo-7B").values}


def test_a_value_that_nothing_states_can_be_filled_in(
    desk: "RunningDesk", engine: Engine, approval: "SentForm"
) -> None:
    key = "license||Foo-7B"

    desk.send(approval.fill_in({f"value:{key}": "MIT", f"note:{key}": "https://example.org/licence"}))

    assert ("license", "MIT") in {(value.field, value.value) for value in _entry(engine, "Foo-7B").values}


@pytest.mark.parametrize("typed", ["many", "-3B", "1e30", "0"])
def test_a_value_that_cannot_be_is_said_at_its_field(
    desk: "RunningDesk", engine: Engine, candidate_id: int, approval: "SentForm", typed: str
) -> None:
    filled = approval.fill_in({f"value:{PARAMETERS}": typed, f"note:{PARAMETERS}": "my note"})

    answer = desk.send(filled.without("keep", "Foo-70B"))

    assert answer.status_code == 422
    page = _soup(answer.text)
    field = page.select_one(f'input[name="value:{PARAMETERS}"]')
    assert field is not None
    assert field["value"] == typed
    assert field["aria-invalid"] == "true"
    assert page.select_one(f"#{field['aria-describedby']}")
    assert 'value="my note"' in answer.text
    assert [box["value"] for box in page.select('input[name="keep"][checked]')] == ["Foo-7B"]
    assert _view(engine, candidate_id).status is Status.PENDING


def test_a_changed_value_needs_a_word_on_its_origin(
    desk: "RunningDesk", engine: Engine, candidate_id: int, approval: "SentForm"
) -> None:
    answer = desk.send(approval.fill_in({f"value:{PARAMETERS}": "8B"}))

    assert answer.status_code == 422
    assert "Say where this value comes from" in answer.text
    assert 'value="8B"' in answer.text
    assert _view(engine, candidate_id).status is Status.PENDING


def test_a_note_that_is_too_long_comes_back_whole(desk: "RunningDesk", approval: "SentForm") -> None:
    note = "long " * 100_000

    answer = desk.send(approval.fill_in({f"value:{PARAMETERS}": "8B", f"note:{PARAMETERS}": note}))

    assert answer.status_code == 422
    assert note.strip() in answer.text


def test_rejecting_records_the_reason(desk: "RunningDesk", engine: Engine, candidate_id: int, path: str) -> None:
    form = desk.form(path, f"{path}/reject").fill(reason="duplicate", reason_text="of Foo 1")

    answer = desk.send(form)

    assert answer.status_code == 303
    view = _view(engine, candidate_id)
    assert view.status is Status.REJECTED
    assert (view.history[0].reviewer, view.history[0].reason) == ("Ada", "duplicate: of Foo 1")


@pytest.mark.parametrize(
    "typed",
    [{}, {"reason": "other"}, {"reason": "because"}, {"reason": "other", "reason_text": "x" * 2_001}],
    ids=["nothing", "other without words", "unknown", "too long"],
)
def test_rejecting_without_a_good_reason_is_refused(
    desk: "RunningDesk", engine: Engine, candidate_id: int, path: str, typed: dict[str, str | None]
) -> None:
    answer = desk.send(desk.form(path, f"{path}/reject").fill_in(typed))

    assert answer.status_code == 422
    assert 'class="problem"' in answer.text
    assert (typed.get("reason_text") or "") in answer.text
    assert _view(engine, candidate_id).status is Status.PENDING


def test_later_waits_for_the_chosen_time(desk: "RunningDesk", engine: Engine, candidate_id: int, path: str) -> None:
    desk.send(desk.form(path, f"{path}/later").fill(wait="7"))

    view = _view(engine, candidate_id)
    assert view.status is Status.LATER
    assert view.later_until is not None
    assert timedelta(days=6) < view.later_until - datetime.now(UTC) <= timedelta(days=7)


def test_later_waits_until_a_day(desk: "RunningDesk", engine: Engine, candidate_id: int, path: str) -> None:
    day = datetime.now(UTC).date() + timedelta(days=40)

    desk.send(desk.form(path, f"{path}/later").fill(wait="date", until=day.isoformat()))

    until = _view(engine, candidate_id).later_until
    assert until is not None
    assert until.date() == day


def test_later_may_have_no_date(desk: "RunningDesk", engine: Engine, candidate_id: int, path: str) -> None:
    desk.send(desk.form(path, f"{path}/later").fill(wait="open"))

    view = _view(engine, candidate_id)
    assert (view.status, view.later_until) == (Status.LATER, None)


@pytest.mark.parametrize("day", ["", "soon", "2020-01-01", "9999-12-31", "2027-02-30"])
def test_later_refuses_a_day_that_is_not_ahead(
    desk: "RunningDesk", engine: Engine, candidate_id: int, path: str, day: str
) -> None:
    answer = desk.send(desk.form(path, f"{path}/later").fill(wait="date", until=day))

    assert answer.status_code == 422
    assert "Give a day" in answer.text
    assert f'value="{day}"' in answer.text
    assert _view(engine, candidate_id).status is Status.PENDING


def test_reopening_withdraws_the_entries(
    desk: "RunningDesk", engine: Engine, candidate_id: int, path: str, approval: "SentForm"
) -> None:
    desk.send(approval)

    answer = desk.send(desk.form(path, f"{path}/reopen").fill(reopen_reason="wrong family"))

    assert answer.status_code == 303
    assert _view(engine, candidate_id).status is Status.PENDING
    assert _entries(engine) == []
    history = desk.soup(path).select_one(".history")
    assert history is not None
    assert "Reopened" in history.text
    assert "wrong family" in history.text
    assert "Approved" in history.text


def test_a_second_decision_says_who_decided(
    desk: "RunningDesk", engine: Engine, candidate_id: int, approval: "SentForm"
) -> None:
    with session(engine) as current:
        queue.approve(current, candidate_id, reviewer="Grace")

    answer = desk.send(approval)

    assert answer.status_code == 409
    notice = _soup(answer.text).select_one(".notice.bad")
    assert notice is not None
    assert "already" in notice.text
    assert "Grace" in notice.text
    assert len(_entries(engine)) == 2


def test_a_double_submit_decides_once(desk: "RunningDesk", engine: Engine, approval: "SentForm") -> None:
    first, second = desk.send(approval), desk.send(approval)

    assert (first.status_code, second.status_code) == (303, 409)
    assert len(_entries(engine)) == 2


def test_a_stale_form_keeps_what_was_typed_and_says_what_changed(
    desk: "RunningDesk", engine: Engine, announce: Announce, card: "Announcement", candidate_id: int, path: str
) -> None:
    key = "license||Foo-7B"
    typed = {f"value:{key}": "MIT", f"note:{key}": "https://example.org/licence"}
    stale = desk.form(path, f"{path}/approve").fill_in(typed)
    assert announce(card) == candidate_id

    answer = desk.send(stale)

    assert answer.status_code == 409
    notice = _soup(answer.text).select_one(".notice.bad")
    assert notice is not None
    assert "has changed since you saw it" in notice.text
    assert "Active parameters of Foo-7B: no value before, 3B now" in notice.text
    assert 'value="MIT"' in answer.text
    assert 'value="https://example.org/licence"' in answer.text
    assert _view(engine, candidate_id).status is Status.PENDING


def test_a_stale_form_can_be_sent_again(
    desk: "RunningDesk",
    engine: Engine,
    announce: Announce,
    card: "Announcement",
    candidate_id: int,
    path: str,
    read_form: Callable[[str, str], "SentForm"],
) -> None:
    key = "license||Foo-7B"
    typed = {f"value:{key}": "MIT", f"note:{key}": "https://example.org/licence"}
    stale = desk.form(path, f"{path}/approve").fill_in(typed)
    announce(card)

    again = desk.send(read_form(desk.send(stale).text, f"{path}/approve"))

    assert again.status_code == 303
    assert _view(engine, candidate_id).status is Status.APPROVED
    values = {value.field: value.value for value in _entry(engine, "Foo-7B").values}
    assert values["license"] == "MIT"
    assert values["active_parameters"] == 3e9


@pytest.fixture
def update_path(engine: Engine, announce: Announce, card: "Announcement", candidate_id: int) -> str:
    """The update that a card proposes to an approved release."""
    with session(engine) as current:
        queue.approve(current, candidate_id, reviewer="Grace")
    announce(card)
    with session(engine, read_only=True) as current:
        return f"/candidates/{queue.listing(current)[0].id}"


def test_an_update_shows_only_what_changes_beside_the_text_that_says_so(desk: "RunningDesk", update_path: str) -> None:
    page = desk.soup(update_path)

    fields = [" ".join(name.text.split()) for name in page.select(".model .field > .name")]
    assert fields == ["Active parameters"]
    assert page.select(".paper mark[data-claims]")[0].find_parent("section")
    assert "3 billion active parameters" in {mark.text for mark in page.select(".paper mark")}


def test_the_queue_says_what_an_update_changes(desk: "RunningDesk", update_path: str) -> None:
    row = desk.soup("/queue").select_one(".queue > li")

    assert row is not None
    assert row.select(f'a[href="{update_path}"]')
    assert "Active parameters of Foo-7B 3B" in " ".join(row.text.split())


def test_approving_an_update_changes_the_entry(desk: "RunningDesk", engine: Engine, update_path: str) -> None:
    answer = desk.send(desk.form(update_path, f"{update_path}/approve"))

    assert answer.status_code == 303
    entry = _entry(engine, "Foo-7B")
    assert entry.revision == 2
    assert {value.field: value.value for value in entry.values}["active_parameters"] == 3e9
    assert desk.soup(update_path).select(f'a[href="/catalog/{entry.id}"]')


def test_documents_can_be_switched(
    desk: "RunningDesk", announce: Announce, card: "Announcement", candidate_id: int, path: str
) -> None:
    announce(card)

    links = [str(link["href"]) for link in desk.soup(path).select(".documents a")]
    texts = [desk.soup(link).select(".paper .text")[0].text for link in links]

    assert len(links) == 2
    assert any("Foo-7B uses 3 billion" in text for text in texts)
    assert any("We present Foo" in text for text in texts)
    assert candidate_id


def test_a_field_links_to_the_document_that_states_it(
    desk: "RunningDesk", announce: Announce, card: "Announcement", path: str
) -> None:
    announce(card)

    link = next(link for link in desk.soup(path).select("a[data-claim]") if "3 billion" in link.text)

    target, _, anchor = str(link["href"]).partition("#")
    assert desk.soup(target).select(f"#{anchor}")


@pytest.mark.parametrize(
    "unknown", ["/candidates/77", "/candidates/0", "/candidates/x", "/candidates/99999999999999999999", "/nothing"]
)
def test_what_does_not_exist_is_a_page_that_says_so(desk: "RunningDesk", unknown: str) -> None:
    answer = desk.get(unknown)

    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert 'href="/queue"' in answer.text


def test_a_document_of_another_candidate_is_not_shown(desk: "RunningDesk", path: str) -> None:
    assert desk.get(f"{path}?document=99").status_code == 404


def test_deciding_about_an_unknown_candidate_is_404(desk: "RunningDesk", path: str, approval: "SentForm") -> None:
    answer = desk.send(replace(approval, action=path.replace("1", "77") + "/approve"))

    assert answer.status_code == 404


def test_a_form_without_its_revision_is_refused(
    desk: "RunningDesk", engine: Engine, candidate_id: int, approval: "SentForm"
) -> None:
    answer = desk.send(approval.fill(seen=None))

    assert answer.status_code == 403
    assert _view(engine, candidate_id).status is Status.PENDING


def test_htmx_gets_the_decided_candidate_at_once(desk: "RunningDesk", approval: "SentForm") -> None:
    answer = desk.send(approval, HX_Request="true")

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section id="candidate">')
    assert "Approved" in answer.text


def test_htmx_gets_a_notice_where_the_form_cannot_be_trusted(desk: "RunningDesk", approval: "SentForm") -> None:
    answer = desk.send(approval.fill(token="old"), HX_Request="true")

    assert answer.status_code == 403
    assert answer.headers["HX-Retarget"] == "#notices"
    assert "<html" not in answer.text


def test_the_next_candidate_is_offered(
    desk: "RunningDesk",
    announce: Announce,
    many: Callable[[int], list["Announcement"]],
    path: str,
    approval: "SentForm",
) -> None:
    following = announce(many(1)[0])

    desk.send(approval)

    assert desk.soup(path).select(f'a[href="/candidates/{following}"]')


def _soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "lxml")


def _view(engine: Engine, candidate_id: int) -> CandidateView:
    with session(engine, read_only=True) as current:
        return queue.view(current, candidate_id)


def _entries(engine: Engine) -> list[EntryView]:
    with session(engine, read_only=True) as current:
        return catalog.entries(current)


def _entry(engine: Engine, name: str) -> EntryView:
    return next(entry for entry in _entries(engine) if entry.name == name)
