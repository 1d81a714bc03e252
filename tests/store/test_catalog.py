"""Entries, their revisions, and the file that they are exported to."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session

from store import catalog, export, queue
from store.catalog_tables import Verdict
from store.errors import (
    AlreadyDecidedError,
    ExportError,
    InvalidValueError,
    NotFoundError,
    StaleRevisionError,
)
from store.views import Edit

Publish = Callable[..., int | None]


@pytest.fixture
def entry_id(session: Session, publish: Publish) -> int:
    """An approved model with a size, open weights, two benchmarks and a maker."""
    facts = (
        ("Foo-7B", "parameters", 7e9, "7B parameters"),
        ("Foo-7B", "open_weights", True, "weights are released"),
        ("Foo-7B", "organization", "=cmd()", "by =cmd()"),
    )
    made = publish("arxiv:2601.00001", facts=facts)
    return queue.approve(session, made or 0, reviewer="ann")[0].id


def test_an_entry_shows_its_values_in_order_with_their_proof(session: Session, entry_id: int) -> None:
    entry = catalog.entry(session, entry_id)

    assert [one.field for one in entry.values] == ["organization", "parameters", "open_weights"]
    assert (entry.name, entry.organization, entry.revision) == ("Foo-7B", "=cmd()", 1)
    assert entry.values[1].quote == "7B parameters"


@pytest.mark.parametrize(("search", "found"), [("foo", 1), ("CMD", 1), ("bar", 0), ("%", 0), ("_", 0), (" ", 1)])
def test_a_search_looks_for_the_words_as_they_are(session: Session, entry_id: int, search: str, found: int) -> None:
    assert entry_id
    assert len(catalog.entries(session, search=search)) == found


def test_an_edit_is_a_new_revision_and_the_old_one_stays(session: Session, entry_id: int) -> None:
    edited = catalog.edit(
        session,
        entry_id,
        (Edit(None, "parameters", 7.2e9),),
        reviewer="bob",
        reason="the config says so",
        seen_revision=1,
    )

    assert edited.revision == 2
    newest, first = catalog.history(session, entry_id)
    assert [one.value for one in newest.values] == ["=cmd()", 7.2e9, True]
    assert [one.value for one in first.values] == ["=cmd()", 7e9, True]
    assert (newest.verdict, newest.reviewer, newest.reason) == (Verdict.EDIT, "bob", "the config says so")
    assert next(one.note for one in edited.values if one.field == "parameters") == "the config says so"


def test_a_retracted_entry_is_withdrawn_and_not_lost(session: Session, entry_id: int) -> None:
    catalog.retract(session, entry_id, reviewer="bob", reason="never released")

    assert catalog.entries(session) == []
    assert catalog.entry(session, entry_id).is_withdrawn
    assert len(catalog.history(session, entry_id)) == 2


def test_a_withdrawn_entry_is_neither_edited_nor_retracted_again(session: Session, entry_id: int) -> None:
    catalog.retract(session, entry_id, reviewer="bob", reason="never released")

    with pytest.raises(AlreadyDecidedError, match="withdrawn already"):
        catalog.retract(session, entry_id, reviewer="bob", reason="again")
    with pytest.raises(AlreadyDecidedError, match="withdrawn already"):
        catalog.edit(session, entry_id, (Edit(None, "parameters", 1e9),), reviewer="bob", reason="again")


def test_an_unknown_entry_is_said(session: Session) -> None:
    with pytest.raises(NotFoundError, match="no entry 9"):
        catalog.entry(session, 9)
    with pytest.raises(NotFoundError, match="no entry 9"):
        catalog.history(session, 9)
    with pytest.raises(NotFoundError, match="no entry 9"):
        catalog.retract(session, 9, reviewer="ann", reason="x")


@pytest.mark.parametrize(
    ("edit", "reason", "message"),
    [
        (Edit(None, "parameters", 1e17), "x", "more than any model has"),
        (Edit(None, "parameters", "many"), "x", "not of its kind"),
        (Edit(None, "input_modalities", ("smell",)), "x", "no such modality"),
        (Edit(None, "parameters", 1e9), " ", "a reason is needed"),
    ],
)
def test_an_edit_refuses_what_cannot_be(session: Session, entry_id: int, edit: Edit, reason: str, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        catalog.edit(session, entry_id, (edit,), reviewer="bob", reason=reason)

    assert catalog.entry(session, entry_id).revision == 1


def test_an_edit_of_an_earlier_revision_is_refused(session: Session, entry_id: int) -> None:
    catalog.edit(session, entry_id, (Edit(None, "parameters", 8e9),), reviewer="bob", reason="x")

    with pytest.raises(StaleRevisionError, match=r"entry 1 has changed .*revision 1, now 2"):
        catalog.retract(session, entry_id, reviewer="bob", reason="x", seen_revision=1)


def test_the_csv_has_a_row_an_entry_and_proof_beside_each_value(session: Session, entry_id: int) -> None:
    (row,) = csv.DictReader(io.StringIO(export.to_csv(export.rows(session))))

    assert (row["id"], row["name"], row["parameters"]) == (str(entry_id), "Foo-7B", "7000000000")
    assert row["parameters_quote"] == "7B parameters"
    assert row["parameters_address"] == "https://example.org/arxiv:2601.00001"
    assert row["open_weights"] == "true"
    assert row["organization"] == "'=cmd()"


def test_the_json_has_the_values_as_they_are(session: Session, entry_id: int) -> None:
    (row,) = json.loads(export.to_json(export.rows(session)))

    assert row["values"]["parameters"][0]["value"] == 7e9
    assert row["values"]["organization"][0]["value"] == "=cmd()"
    assert row["id"] == entry_id


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd", "-cmd", "@sum", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "-1+1", "+1e5x"]
)
def test_a_cell_that_would_run_is_made_text(cell: str) -> None:
    assert export.harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["7000000000", "-1.5", "+2", "1e+16", "-1e-5", "Foo-7B", "", "a=b", "'x"])
def test_a_number_or_a_plain_word_stays(cell: str) -> None:
    assert export.harmless(cell) == cell


def test_a_file_is_written_by_its_ending(session: Session, entry_id: int, tmp_path: Path) -> None:
    assert entry_id

    assert export.write(session, tmp_path / "a.csv") == 1
    assert export.write(session, tmp_path / "a.JSON") == 1

    assert (tmp_path / "a.csv").read_text().startswith('"id","family","name"')
    assert json.loads((tmp_path / "a.JSON").read_text())[0]["name"] == "Foo-7B"
    assert sorted(path.name for path in tmp_path.glob("*a.*")) == ["a.JSON", "a.csv"]


def test_an_unknown_ending_is_refused(session: Session, tmp_path: Path) -> None:
    with pytest.raises(InvalidValueError, match=r"\.csv or \.json"):
        export.write(session, tmp_path / "a.xlsx")


def test_a_file_that_cannot_be_written_leaves_what_was_there(session: Session, tmp_path: Path) -> None:
    taken = tmp_path / "taken.csv"
    taken.mkdir()

    with pytest.raises(ExportError, match="cannot be written"):
        export.write(session, taken)
    with pytest.raises(ExportError, match="cannot be written"):
        export.write(session, tmp_path / "nowhere" / "a.csv")

    assert taken.is_dir()
    assert [path for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
