"""The queue, and what a person decides in it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from store import catalog, documents, queue, readings
from store.catalog_tables import Decision, EntryRevision, Verdict
from store.errors import (
    AlreadyDecidedError,
    InvalidValueError,
    NotFoundError,
    QuoteMismatchError,
    StaleRevisionError,
)
from store.tables import Candidate, Claim, Document, Kind, Status
from store.views import Edit

Publish = Callable[..., int | None]
LARGE = (("Foo-7B", "parameters", 7e9, "7B parameters"),)
FAMILY = (
    ("Foo-7B", "parameters", 7e9, "7B parameters"),
    ("Foo-70B", "parameters", 7e10, "70B parameters"),
    ("Foo", "training_tokens", 1.5e13, "15T tokens"),
)


@pytest.fixture
def candidate_id(publish: Publish) -> int:
    """A pending family of two models in one paper."""
    made = publish("arxiv:2601.00001", ("Foo-7B", "Foo-70B"), FAMILY, family="Foo")
    assert made is not None
    return made


def values(session: Session) -> dict[str, dict[str, object]]:
    return {entry.name: {one.field: one.value for one in entry.values} for entry in catalog.entries(session)}


def test_the_queue_shows_the_best_first_and_pages(session: Session, publish: Publish) -> None:
    for number, size in enumerate((2e9, 9e11, 3e10)):
        publish(f"arxiv:2601.0000{number}", (f"M{number}x",), ((f"M{number}x", "parameters", size),))

    names = [view.name for view in queue.listing(session)]
    second = [view.name for view in queue.listing(session, limit=1, offset=1)]

    assert names == ["M1x", "M2x", "M0x"]
    assert second == ["M2x"]
    assert queue.listing(session, limit=5, offset=7) == []


def test_an_empty_queue_is_empty(session: Session) -> None:
    assert queue.listing(session) == []
    assert queue.count(session) == dict.fromkeys(Status, 0)


def test_a_page_of_candidates_takes_as_many_queries_as_one(session: Session, publish: Publish) -> None:
    for number in range(12):
        publish(f"arxiv:2601.000{number:02}", (f"M{number}x",), ((f"M{number}x", "parameters", 1e10),))
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *told: statements.append(told[2]))

    queue.listing(session, limit=1)
    alone = len(statements)
    queue.listing(session, limit=12)

    assert len(statements) - alone == alone


def test_an_unknown_candidate_is_said(session: Session) -> None:
    with pytest.raises(NotFoundError, match="no candidate 5"):
        queue.view(session, 5)
    with pytest.raises(NotFoundError, match="no candidate 5"):
        queue.approve(session, 5, reviewer="ann")


def test_approving_makes_one_entry_for_each_model_with_its_proof(session: Session, candidate_id: int) -> None:
    queue.approve(session, candidate_id, reviewer="ann", seen_revision=1)

    small, large = sorted(catalog.entries(session), key=lambda entry: len(entry.name))
    assert [(entry.family, entry.name) for entry in (small, large)] == [("Foo", "Foo-7B"), ("Foo", "Foo-70B")]
    assert [(one.field, one.value, one.quote) for one in small.values] == [
        ("parameters", 7e9, "7B parameters"),
        ("training_tokens", 1.5e13, "15T tokens"),
    ]
    assert small.values[0].url == "https://example.org/arxiv:2601.00001"
    assert queue.view(session, candidate_id).status is Status.APPROVED


def test_what_a_watched_maker_published_has_its_maker(session: Session, publish: Publish) -> None:
    made = publish("https://lab.example/foo", ("Foo-7B",), LARGE, maker="Lab", is_watched=True)
    assert made is not None

    queue.approve(session, made, reviewer="first")

    (entry,) = catalog.entries(session)
    (maker,) = [value for value in entry.values if value.field == "organization"]
    assert (entry.organization, maker.value) == ("Lab", "Lab")
    assert maker.note == "published at the maker's own place, https://example.org/https://lab.example/foo"


def test_a_release_that_names_no_model_gives_one_entry_for_the_family(session: Session, publish: Publish) -> None:
    made = publish("https://lab.example/foo", (), announces=0.9, is_watched=True, maker="Lab")

    (entry,) = queue.approve(session, made or 0, reviewer="ann")

    assert entry.name == "Announcing"


def test_a_model_can_be_left_out_and_a_value_be_set(session: Session, candidate_id: int) -> None:
    edits = (Edit("foo 7b", "parameters", 7.2e9, "counted"), Edit(None, "open_weights", True))

    queue.approve(session, candidate_id, reviewer="ann", edits=edits, without={"Foo-70B"})

    assert values(session) == {"Foo-7B": {"parameters": 7.2e9, "training_tokens": 1.5e13, "open_weights": True}}
    proofs = {one.field: (one.note, one.claim_id) for one in catalog.entries(session)[0].values}
    assert proofs["parameters"] == ("counted", None)
    assert proofs["open_weights"] == ("given by ann", None)


def test_a_wrong_value_can_be_left_empty_and_a_name_be_corrected(session: Session, candidate_id: int) -> None:
    edits = (Edit("Foo-7B", "parameters", None), Edit("Foo-7B", "name", "Foo Small"))

    queue.approve(session, candidate_id, reviewer="ann", edits=edits, without={"Foo-70B"})

    assert values(session) == {"Foo Small": {"training_tokens": 1.5e13}}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"edits": (Edit("Bar", "parameters", 7e9),)}, "no model of this candidate; its models are Foo-7B, Foo-70B"),
        ({"edits": (Edit(None, "colour", 7e9),)}, "no such field"),
        ({"edits": (Edit(None, "parameters", -7e9),)}, "no possible value"),
        ({"edits": (Edit(None, "parameters", float("nan")),)}, "no possible value"),
        ({"edits": (Edit(None, "name", None),)}, "needs one"),
        ({"without": {"Bar"}}, "no model of this candidate"),
        ({"without": {"Foo-7B", "Foo-70B"}}, "reject the candidate instead"),
        ({"reviewer": "  "}, "who decides"),
    ],
)
def test_approving_refuses_what_cannot_be(
    session: Session, candidate_id: int, options: dict[str, object], message: str
) -> None:
    with pytest.raises(InvalidValueError, match=message), session.begin_nested():
        queue.approve(session, candidate_id, **({"reviewer": "ann"} | options))  # type: ignore[arg-type]

    assert catalog.entries(session) == []
    assert queue.view(session, candidate_id).status is Status.PENDING


def test_nothing_is_approved_twice(session: Session, candidate_id: int) -> None:
    queue.approve(session, candidate_id, reviewer="ann")

    with pytest.raises(AlreadyDecidedError, match=r"already approved by ann at \d{4}-\d\d-\d\d"):
        queue.approve(session, candidate_id, reviewer="bob")
    with pytest.raises(AlreadyDecidedError, match="already approved by ann"):
        queue.reject(session, candidate_id, reviewer="bob", reason="no")
    with pytest.raises(AlreadyDecidedError, match="already approved by ann"):
        queue.postpone(session, candidate_id, reviewer="bob")


def test_nothing_is_rejected_twice(session: Session, candidate_id: int) -> None:
    queue.reject(session, candidate_id, reviewer="ann", reason="a student project")

    with pytest.raises(AlreadyDecidedError, match="already rejected by ann"):
        queue.approve(session, candidate_id, reviewer="bob")


def test_a_decision_on_an_earlier_revision_is_refused(session: Session, publish: Publish, candidate_id: int) -> None:
    publish("hf:Lab/Foo-7B", facts=(("Foo-7B", "open_weights", True),))

    with pytest.raises(StaleRevisionError, match="revision 1, now 2"):
        queue.approve(session, candidate_id, reviewer="ann", seen_revision=1)


def test_what_a_newer_pipeline_read_since_is_not_approved_unseen(session: Session, candidate_id: int) -> None:
    document = documents.latest(session, "arxiv:2601.00001")
    assert document is not None
    readings.record_reading(session, document.id, pipeline="2", announces=0.9, claims=())

    with pytest.raises(StaleRevisionError):
        queue.approve(session, candidate_id, reviewer="ann", seen_revision=1)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_rejecting_needs_a_reason(session: Session, candidate_id: int, reason: str) -> None:
    with pytest.raises(InvalidValueError, match="a reason is needed"):
        queue.reject(session, candidate_id, reviewer="ann", reason=reason)


def test_a_quote_that_does_not_stand_in_its_document_is_not_approved(session: Session, candidate_id: int) -> None:
    claim = session.exec(select(Claim).where(Claim.field == "parameters").order_by(col(Claim.id))).first()
    assert claim is not None
    claim.quote = "9B parameters"
    session.add(claim)
    session.flush()

    with pytest.raises(QuoteMismatchError, match=f"claim {claim.id}"), session.begin_nested():
        queue.approve(session, candidate_id, reviewer="ann")

    assert catalog.entries(session) == []
    assert session.exec(select(Decision)).all() == []


def test_postponed_candidates_come_back_when_their_time_has_come(session: Session, candidate_id: int) -> None:
    queue.postpone(session, candidate_id, reviewer="ann", until=datetime.now(UTC) + timedelta(days=1))
    waiting = queue.listing(session), [view.id for view in queue.listing(session, Status.LATER)]
    candidate = session.get(Candidate, candidate_id)
    assert candidate is not None
    candidate.later_until = datetime.now(UTC) - timedelta(seconds=1)
    session.add(candidate)
    session.flush()

    assert waiting == ([], [candidate_id])
    assert [(view.id, view.status) for view in queue.listing(session)] == [(candidate_id, Status.PENDING)]
    assert queue.listing(session, Status.LATER) == []
    assert queue.count(session)[Status.PENDING] == 1
    assert queue.count(session)[Status.LATER] == 0


def test_without_a_time_a_candidate_waits_until_it_is_reopened(session: Session, candidate_id: int) -> None:
    queue.postpone(session, candidate_id, reviewer="ann", reason="no weights yet")
    waiting = queue.listing(session)

    queue.reopen(session, candidate_id, reviewer="bob")

    assert waiting == []
    assert [view.id for view in queue.listing(session)] == [candidate_id]


@pytest.mark.parametrize("until", [datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 1, 1)])  # noqa: DTZ001
def test_a_time_that_is_past_or_has_no_zone_is_refused(session: Session, candidate_id: int, until: datetime) -> None:
    with pytest.raises(InvalidValueError, match="a time to come"):
        queue.postpone(session, candidate_id, reviewer="ann", until=until)


def test_reopening_an_approved_release_withdraws_its_entries_and_deletes_nothing(
    session: Session, candidate_id: int
) -> None:
    queue.approve(session, candidate_id, reviewer="ann")

    queue.reopen(session, candidate_id, reviewer="bob", reason="it was another model")

    assert catalog.entries(session) == []
    withdrawn = catalog.entries(session, include_withdrawn=True)
    assert [(entry.is_withdrawn, entry.revision) for entry in withdrawn] == [(True, 2), (True, 2)]
    assert len(session.exec(select(EntryRevision)).all()) == 4
    assert [view.id for view in queue.listing(session)] == [candidate_id]


def test_approving_again_revives_the_entries(session: Session, candidate_id: int) -> None:
    first = queue.approve(session, candidate_id, reviewer="ann")
    queue.reopen(session, candidate_id, reviewer="bob")

    second = queue.approve(session, candidate_id, reviewer="ann", without={"Foo-70B"})

    assert [entry.id for entry in second] == [first[0].id]
    assert values(session) == {"Foo-7B": {"parameters": 7e9, "training_tokens": 1.5e13}}
    assert [one.verdict for one in catalog.history(session, first[0].id)] == [
        Verdict.APPROVE,
        Verdict.REOPEN,
        Verdict.APPROVE,
    ]


def test_a_pending_candidate_cannot_be_reopened(session: Session, candidate_id: int) -> None:
    with pytest.raises(AlreadyDecidedError, match="is pending"):
        queue.reopen(session, candidate_id, reviewer="ann")


def test_every_decision_is_kept_with_what_was_seen(session: Session, candidate_id: int) -> None:
    queue.reject(session, candidate_id, reviewer="ann", reason="no")
    queue.reopen(session, candidate_id, reviewer="bob", reason="yes")
    queue.approve(session, candidate_id, reviewer="cid")

    history = queue.view(session, candidate_id).history
    assert [(one.verdict, one.reviewer, one.reason, one.seen_revision) for one in history] == [
        (Verdict.REJECT, "ann", "no", 1),
        (Verdict.REOPEN, "bob", "yes", 2),
        (Verdict.APPROVE, "cid", "", 3),
    ]
    last = session.exec(select(Decision).order_by(col(Decision.id).desc())).first()
    assert last is not None
    assert '["foo7b", "parameters", "", "7000000000.0"]' in last.seen
    assert '"parameters": [7000000000.0, ""]' in last.after


@pytest.fixture
def update_id(session: Session, publish: Publish, candidate_id: int) -> int:
    """A pending update: the paper's second version states 8B and adds that the weights are open."""
    queue.approve(session, candidate_id, reviewer="ann")
    changed = (
        ("Foo-7B", "parameters", 8e9, "8B parameters"),
        ("Foo-70B", "parameters", 7e10, "70B parameters"),
        ("Foo", "training_tokens", 1.5e13, "15T tokens"),
        ("Foo", "open_weights", True, "weights are open"),
    )
    publish("arxiv:2601.00001", ("Foo-7B", "Foo-70B"), changed, family="Foo")
    (view,) = queue.listing(session)
    assert view.kind is Kind.UPDATE
    return view.id


def test_approving_an_update_makes_a_new_revision_of_the_entries(session: Session, update_id: int) -> None:
    queue.approve(session, update_id, reviewer="bob")

    assert values(session) == {
        "Foo-7B": {"parameters": 8e9, "training_tokens": 1.5e13, "open_weights": True},
        "Foo-70B": {"parameters": 7e10, "training_tokens": 1.5e13, "open_weights": True},
    }
    assert [entry.revision for entry in catalog.entries(session)] == [2, 2]


def test_part_of_an_update_can_be_left_out(session: Session, update_id: int) -> None:
    queue.approve(session, update_id, reviewer="bob", without={"Foo-70B"}, edits=(Edit("Foo-7B", "parameters", 7e9),))

    assert values(session)["Foo-70B"] == {"parameters": 7e10, "training_tokens": 1.5e13}
    assert values(session)["Foo-7B"]["parameters"] == 7e9


def test_reopening_an_update_undoes_its_changes(session: Session, update_id: int) -> None:
    before = {name: dict(fields) for name, fields in values(session).items()}
    queue.approve(session, update_id, reviewer="bob")

    queue.reopen(session, update_id, reviewer="cid")

    assert values(session) == before
    assert [entry.revision for entry in catalog.entries(session)] == [3, 3]
    assert [view.id for view in queue.listing(session)] == [update_id]


def test_an_update_that_the_catalog_has_moved_on_from_cannot_be_reopened(session: Session, update_id: int) -> None:
    entry = queue.approve(session, update_id, reviewer="bob")[0]
    catalog.edit(session, entry.id, (Edit(None, "parameters", 8.1e9),), reviewer="cid", reason="counted")

    with pytest.raises(InvalidValueError, match="has changed since"):
        queue.reopen(session, update_id, reviewer="cid")


def test_reopening_the_release_closes_the_update_that_waits(
    session: Session, candidate_id: int, update_id: int
) -> None:
    queue.reopen(session, candidate_id, reviewer="cid")

    assert queue.view(session, update_id).status is Status.REJECTED
    assert [view.id for view in queue.listing(session)] == [candidate_id]
    with pytest.raises(InvalidValueError, match="is open"):
        queue.reopen(session, update_id, reviewer="cid")


def test_an_approved_claim_outlives_a_pipeline_that_no_longer_finds_it(session: Session, candidate_id: int) -> None:
    queue.approve(session, candidate_id, reviewer="ann")
    document = session.exec(select(Document)).one()

    readings.record_reading(session, document.id, pipeline="2", announces=0.9, claims=())

    assert values(session)["Foo-7B"] == {"parameters": 7e9, "training_tokens": 1.5e13}
    assert queue.view(session, candidate_id).claims == ()
