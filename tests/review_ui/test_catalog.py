"""The catalog: a table to search and sort, files to take away, entries to correct."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import Engine

from store import catalog, queue
from store.engine import session
from store.views import Edit, EntryView

if TYPE_CHECKING:
    from tests.review_ui.conftest import Announcement, RunningDesk, SentForm

Announce = Callable[["Announcement"], int]
PARAMETERS = "parameters||"


@pytest.fixture
def entry_id(engine: Engine, candidate_id: int) -> int:
    """The entry of Foo-7B; Foo-70B is in the catalog too."""
    with session(engine) as current:
        made = queue.approve(current, candidate_id, reviewer="Grace")
        return next(entry.id for entry in made if entry.name == "Foo-7B")


@pytest.fixture
def path(entry_id: int) -> str:
    return f"/catalog/{entry_id}"


@pytest.fixture
def change(desk: "RunningDesk", path: str) -> "SentForm":
    return desk.form(path, f"{path}/edit").fill(reason="the report, page 3")


def test_an_empty_catalog_says_how_it_fills(desk: "RunningDesk") -> None:
    assert "The catalog is empty" in desk.get("/catalog").text


def test_the_table_shows_figures_in_human_units_with_the_exact_value(desk: "RunningDesk", entry_id: int) -> None:
    row = _row(desk, "/catalog", entry_id)

    assert "7B" in row
    assert 'title="7,000,000,000"' in row
    assert "15T" in row
    assert "image, text" in row


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("parameters", ["Foo-7B", "Foo-70B"]),
        ("-parameters", ["Foo-70B", "Foo-7B"]),
        ("name", ["Foo-70B", "Foo-7B"]),
        ("-name", ["Foo-7B", "Foo-70B"]),
    ],
)
def test_the_table_can_be_sorted(desk: "RunningDesk", entry_id: int, sort: str, names: list[str]) -> None:
    assert entry_id
    assert _names(desk, f"/catalog?sort={sort}") == names


def test_an_entry_without_a_value_comes_last_either_way(desk: "RunningDesk", engine: Engine, entry_id: int) -> None:
    with session(engine) as current:
        catalog.edit(current, entry_id, [Edit(None, "parameters", None)], reviewer="Ada", reason="was a guess")

    assert _names(desk, "/catalog?sort=parameters")[-1] == "Foo-7B"
    assert _names(desk, "/catalog?sort=-parameters")[-1] == "Foo-7B"


def test_an_unknown_sort_is_the_usual_one(desk: "RunningDesk", entry_id: int) -> None:
    assert entry_id
    assert _names(desk, "/catalog?sort=nonsense") == _names(desk, "/catalog")


def test_the_table_can_be_searched(desk: "RunningDesk", entry_id: int) -> None:
    assert entry_id
    assert _names(desk, "/catalog?search=70b") == ["Foo-70B"]
    assert _names(desk, "/catalog?search=%25") == []
    assert "Nothing matches" in desk.get("/catalog?search=bar").text


def test_a_search_is_shown_as_text(desk: "RunningDesk") -> None:
    text = desk.get("/catalog", HX_Request="true").text + desk.get("/catalog?search=<script>x</script>").text

    assert "<script>x" not in text


def test_withdrawn_entries_are_shown_on_request(desk: "RunningDesk", engine: Engine, entry_id: int) -> None:
    with session(engine) as current:
        catalog.retract(current, entry_id, reviewer="Ada", reason="no such model")

    assert _names(desk, "/catalog") == ["Foo-70B"]
    assert "withdrawn" in _row(desk, "/catalog?withdrawn=1", entry_id)


def test_the_csv_has_a_row_for_each_entry(desk: "RunningDesk", entry_id: int) -> None:
    answer = desk.get("/catalog.csv")

    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert entry_id
    assert {row["name"] for row in rows} == {"Foo-7B", "Foo-70B"}
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_json_has_each_entry(desk: "RunningDesk", entry_id: int) -> None:
    answer = desk.get("/catalog.json")

    assert entry_id
    assert {entry["name"] for entry in json.loads(answer.text)} == {"Foo-7B", "Foo-70B"}
    assert "attachment" in answer.headers["Content-Disposition"]


def test_an_entry_shows_the_proof_of_each_value(desk: "RunningDesk", path: str) -> None:
    page = desk.soup(path)

    assert "7 billion parameters" in {quote.text.strip() for quote in page.select("blockquote")}
    assert page.select('a[href="https://arxiv.org/abs/2601.00001"][target="_blank"]')
    assert "Approved by Grace" in page.text


def test_an_edit_makes_a_revision_with_its_reason(
    desk: "RunningDesk", engine: Engine, entry_id: int, path: str, change: "SentForm"
) -> None:
    answer = desk.send(change.fill_in({f"value:{PARAMETERS}": "7.6B"}))

    assert answer.status_code == 303
    assert _values(engine, entry_id)["parameters"] == 7.6e9
    assert _entry(engine, entry_id).revision == 2
    page = desk.soup(path).text
    assert "Edited by Ada" in page
    assert "the report, page 3" in page


def test_only_the_changed_value_loses_its_claim(
    desk: "RunningDesk", engine: Engine, entry_id: int, change: "SentForm"
) -> None:
    desk.send(change.fill_in({f"value:{PARAMETERS}": "7.6B"}))

    without_claim = {value.field for value in _entry(engine, entry_id).values if value.claim_id is None}
    assert without_claim == {"parameters"}


def test_an_edit_needs_a_reason_and_keeps_what_was_typed(
    desk: "RunningDesk", engine: Engine, entry_id: int, change: "SentForm"
) -> None:
    answer = desk.send(change.fill_in({f"value:{PARAMETERS}": "7.6B", "reason": ""}))

    assert answer.status_code == 422
    assert "Say why" in answer.text
    assert 'value="7.6B"' in answer.text
    assert _entry(engine, entry_id).revision == 1


def test_an_edit_that_changes_nothing_is_said(desk: "RunningDesk", change: "SentForm") -> None:
    answer = desk.send(change)

    assert answer.status_code == 422
    assert "No value was changed" in answer.text
    assert "the report, page 3" in answer.text


def test_a_value_that_cannot_be_is_said_at_its_field(
    desk: "RunningDesk", engine: Engine, entry_id: int, change: "SentForm"
) -> None:
    answer = desk.send(change.fill_in({"value:input_modalities||": "smell"}))

    assert answer.status_code == 422
    field = BeautifulSoup(answer.text, "lxml").select_one('input[name="value:input_modalities||"]')
    assert field is not None
    assert (field["value"], field["aria-invalid"]) == ("smell", "true")
    assert "no such modality" in answer.text
    assert _entry(engine, entry_id).revision == 1


def test_a_stale_edit_keeps_what_was_typed(
    desk: "RunningDesk", engine: Engine, entry_id: int, change: "SentForm"
) -> None:
    with session(engine) as current:
        edits = [Edit(None, "training_tokens", 2e13)]
        catalog.edit(current, entry_id, edits, reviewer="Grace", reason="new report")

    answer = desk.send(change.fill_in({f"value:{PARAMETERS}": "7.6B"}))

    assert answer.status_code == 409
    assert "has changed since you saw it" in answer.text
    assert "Training tokens: 15T before, 20T now" in answer.text
    assert 'value="7.6B"' in answer.text
    assert 'value="20T"' in answer.text
    assert _values(engine, entry_id)["parameters"] == 7e9


def test_retracting_needs_a_reason(desk: "RunningDesk", engine: Engine, entry_id: int, path: str) -> None:
    form = desk.form(path, f"{path}/retract")

    refused = desk.send(form)
    taken = desk.send(form.fill(retract_reason="never released"))

    assert (refused.status_code, taken.status_code) == (422, 303)
    assert _entry(engine, entry_id).is_withdrawn
    page = desk.soup(path)
    assert "never released" in page.text
    assert not page.select(f'form[action="{path}/retract"]')


def test_retracting_twice_says_that_it_is_done(desk: "RunningDesk", path: str) -> None:
    form = desk.form(path, f"{path}/retract").fill(retract_reason="never released")

    first, second = desk.send(form), desk.send(form)

    assert (first.status_code, second.status_code) == (303, 409)
    assert "withdrawn already" in second.text


@pytest.mark.parametrize("unknown", ["/catalog/77", "/catalog/0", "/catalog/x"])
def test_an_unknown_entry_is_404(desk: "RunningDesk", unknown: str) -> None:
    assert desk.get(unknown).status_code == 404


def test_htmx_gets_the_changed_entry_at_once(desk: "RunningDesk", change: "SentForm") -> None:
    answer = desk.send(change.fill_in({f"value:{PARAMETERS}": "7.6B"}), HX_Request="true")

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section id="entry">')
    assert "7.6B" in answer.text


def test_times_are_relative_with_the_exact_one_in_the_title(desk: "RunningDesk", path: str) -> None:
    time = desk.soup(path).select("time")[0]

    assert time.text == "just now"
    assert str(time["title"]).startswith(f"{datetime.now(UTC):%Y-}")
    assert str(time["title"]).endswith("UTC")


def _row(desk: "RunningDesk", path: str, entry_id: int) -> str:
    link = desk.soup(path).select_one(f'tr a[href="/catalog/{entry_id}"]')
    assert link is not None
    return str(link.find_parent("tr"))


def _names(desk: "RunningDesk", path: str) -> list[str]:
    return [link.text for link in desk.soup(path).select("tbody th a")]


def _entry(engine: Engine, entry_id: int) -> EntryView:
    with session(engine, read_only=True) as current:
        return catalog.entry(current, entry_id)


def _values(engine: Engine, entry_id: int) -> dict[str, object]:
    return {value.field: value.value for value in _entry(engine, entry_id).values}
