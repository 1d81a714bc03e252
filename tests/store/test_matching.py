"""Documents find the candidate of their release, and leave alone what a person decided."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, col, select

from store import catalog, documents, matching, queue, readings
from store.errors import NotFoundError
from store.tables import Candidate, CandidateDocument, Kind, Status
from store.views import Edit

Publish = Callable[..., int | None]
LARGE = (("Foo-7B", "parameters", 7e9, "7B parameters"),)


def updates(session: Session) -> list[Candidate]:
    return list(session.exec(select(Candidate).where(Candidate.kind == Kind.UPDATE).order_by(col(Candidate.id))))


def test_a_large_announced_model_becomes_a_candidate(session: Session, publish: Publish) -> None:
    candidate_id = publish("arxiv:2601.00001", facts=LARGE)

    assert candidate_id is not None
    view = queue.view(session, candidate_id)
    assert (view.name, view.models, view.status, view.kind) == ("Foo-7B", ("Foo-7B",), Status.PENDING, Kind.NEW)
    assert [(one.model, one.field, one.value) for one in view.proposals] == [("Foo-7B", "parameters", 7e9)]
    assert "7B parameters" in view.reasons


def test_a_watched_maker_needs_no_stated_size(session: Session, publish: Publish) -> None:
    candidate_id = publish("https://lab.example/foo", models=("Foo",), maker="Lab", is_watched=True)

    assert candidate_id is not None
    assert queue.view(session, candidate_id).organization == "Lab"


def test_a_person_may_want_a_document_that_names_nothing(session: Session, publish: Publish) -> None:
    candidate_id = publish("https://lab.example/foo", models=(), announces=0.0, is_wanted=True)

    assert candidate_id is not None
    assert queue.view(session, candidate_id).documents[0].key == "https://lab.example/foo"


@pytest.mark.parametrize(
    ("models", "facts", "announces"),
    [
        (("Foo-7B",), LARGE, 0.4),
        (("Foo-100M",), (("Foo-100M", "parameters", 1e8, "100M parameters"),), 0.9),
        (("Foo",), (), 0.9),
    ],
    ids=["it announces nothing", "it is small", "nobody states its size and its maker is not watched"],
)
def test_other_documents_make_no_candidate(
    session: Session,
    publish: Publish,
    models: tuple[str, ...],
    facts: tuple[tuple[object, ...], ...],
    announces: float,
) -> None:
    assert publish("arxiv:2601.00001", models, facts, announces=announces) is None
    assert queue.listing(session) == []


def test_a_small_model_of_a_watched_maker_makes_no_candidate(publish: Publish) -> None:
    small = (("Foo-100M", "parameters", 1e8, "100M parameters"),)

    assert publish("hf:Lab/Foo-100M", ("Foo-100M",), small, is_watched=True, maker="Lab") is None


def test_a_withdrawn_paper_makes_no_candidate(publish: Publish) -> None:
    assert publish("arxiv:2601.00001", facts=LARGE, is_withdrawn=True) is None


def test_no_such_document_is_said(session: Session) -> None:
    with pytest.raises(NotFoundError, match="no document 77"):
        matching.match(session, 77, matching.Criteria())


def test_matching_again_changes_nothing(session: Session, publish: Publish) -> None:
    candidate_id = publish("arxiv:2601.00001", facts=LARGE)
    assert candidate_id is not None
    before = queue.view(session, candidate_id)

    again = publish("arxiv:2601.00001", facts=LARGE)

    assert again == candidate_id
    assert queue.view(session, candidate_id) == before


def test_paper_card_and_post_of_a_release_make_one_candidate(session: Session, publish: Publish) -> None:
    first = publish("arxiv:2601.00001", facts=LARGE, family="Foo")
    second = publish("hf:Lab/Foo-70B-Instruct", ("Foo-70B-Instruct",), (("Foo-70B-Instruct", "parameters", 7e10),))
    third = publish("https://lab.example/foo", ("Foo 7B",))

    assert first == second == third
    view = queue.view(session, first or 0)
    assert view.name == "Foo"
    assert view.models == ("Foo-7B", "Foo-70B-Instruct")
    assert len(view.documents) == 3


def test_a_small_sibling_that_came_first_is_gathered(session: Session, publish: Publish) -> None:
    small = publish("hf:Lab/Foo-100M", ("Foo-100M",), (("Foo-100M", "parameters", 1e8),))

    candidate_id = publish("hf:Lab/Foo-7B", facts=LARGE)

    assert small is None
    assert set(queue.view(session, candidate_id or 0).models) == {"Foo-100M", "Foo-7B"}


def test_another_release_of_the_same_maker_stays_apart(publish: Publish) -> None:
    text = publish("hf:Lab/Foo3-8B", ("Foo3-8B",), (("Foo3-8B", "parameters", 8e9),))
    vision = publish("hf:Lab/Foo3-VL-8B", ("Foo3-VL-8B",), (("Foo3-VL-8B", "parameters", 8e9),))

    assert text != vision


def test_a_card_that_links_a_stored_paper_joins_it(session: Session, publish: Publish) -> None:
    paper = publish("arxiv:2601.00001", ("FooBar",), (("FooBar", "parameters", 7e9),))

    card = publish("hf:Lab/x", (), links=["https://arxiv.org/pdf/2601.00001v3"])

    assert card == paper
    assert "linked with arxiv:2601.00001" in {document.why for document in queue.view(session, paper or 0).documents}


def test_a_paper_that_a_stored_card_links_joins_it(publish: Publish) -> None:
    card = publish("hf:Lab/FooBar-7B", ("FooBar-7B",), (("FooBar-7B", "parameters", 7e9),), links=["arxiv:2601.00001"])

    paper = publish("arxiv:2601.00001", ())

    assert paper == card


def test_a_card_that_links_the_paper_of_its_base_model_stays_apart(publish: Publish) -> None:
    paper = publish("arxiv:2601.00001", facts=LARGE)

    card = publish(
        "hf:other/Tuned-7B",
        ("Tuned-7B",),
        (("Tuned-7B", "parameters", 7e9),),
        links=["https://arxiv.org/abs/2601.00001"],
    )

    assert card is not None
    assert card != paper


def test_a_quantised_copy_attaches_and_adds_no_model(session: Session, publish: Publish) -> None:
    original = publish("hf:Lab/Foo-7B", facts=LARGE, is_watched=True, maker="Lab")

    copy = publish("hf:someone/Foo-7B-GGUF", ("Foo-7B-GGUF",), (("Foo-7B-GGUF", "parameters", 9e9),))

    assert copy == original
    view = queue.view(session, original or 0)
    assert view.models == ("Foo-7B",)
    assert [document.is_copy for document in view.documents] == [False, True]
    assert view.proposals[0].value == 7e9


def test_a_mirror_under_the_same_name_counts_as_a_copy(session: Session, publish: Publish) -> None:
    original = publish("hf:Lab/Foo-7B", facts=LARGE, is_watched=True, maker="Lab")

    publish("hf:someone/Foo-7B", facts=(("Foo-7B", "parameters", 9e9),), maker="someone")

    assert [document.is_copy for document in queue.view(session, original or 0).documents] == [False, True]


@pytest.mark.parametrize("name", ["Foo-70B-AWQ", "Foo-70B-bnb-4bit", "Foo-70B-FP8", "Foo-70B-uncensored"])
def test_a_copy_of_an_unknown_model_falls_away(session: Session, publish: Publish, name: str) -> None:
    assert publish(f"hf:someone/{name}", (name,), ((name, "parameters", 7e10),)) is None
    assert queue.listing(session) == []


def test_a_copy_that_a_person_wants_is_a_candidate(publish: Publish) -> None:
    assert publish("hf:someone/Foo-70B-AWQ", ("Foo-70B-AWQ",), is_wanted=True) is not None


def test_a_new_revision_counts_in_place_of_the_old_one(session: Session, publish: Publish) -> None:
    first = publish("arxiv:2601.00001", facts=LARGE)
    revision = queue.view(session, first or 0).revision

    second = publish("arxiv:2601.00001", facts=(("Foo-7B", "parameters", 8e9, "8B parameters"),))

    view = queue.view(session, first or 0)
    assert second == first
    assert view.revision == revision + 1
    assert [document.revision for document in view.documents] == [2]
    assert [claim.value for claim in view.claims if claim.field == "parameters"] == [8e9]


def test_a_rejected_release_stays_rejected(session: Session, publish: Publish) -> None:
    candidate_id = publish("arxiv:2601.00001", facts=LARGE) or 0
    queue.reject(session, candidate_id, reviewer="ann", reason="a student project")

    again = publish("arxiv:2601.00001", facts=(("Foo-7B", "parameters", 9e11, "900B parameters"),))
    card = publish("hf:Lab/Foo-70B", ("Foo-70B",), (("Foo-70B", "parameters", 7e10),))

    assert again == card == candidate_id
    assert queue.view(session, candidate_id).status is Status.REJECTED
    assert queue.listing(session) == []
    assert len(queue.view(session, candidate_id).documents) == 2


def test_an_approved_release_with_the_same_values_gets_no_update(session: Session, publish: Publish) -> None:
    queue.approve(session, publish("arxiv:2601.00001", facts=LARGE) or 0, reviewer="ann")

    publish("hf:Lab/Foo-7B", facts=LARGE)

    assert updates(session) == []


def test_an_approved_release_with_another_value_gets_one_update(session: Session, publish: Publish) -> None:
    candidate_id = publish("arxiv:2601.00001", facts=LARGE) or 0
    (entry,) = queue.approve(session, candidate_id, reviewer="ann")

    for _ in range(2):
        publish(
            "arxiv:2601.00001", facts=(("Foo-7B", "parameters", 8e9, "8B parameters"), ("Foo-7B", "open_weights", True))
        )

    (view,) = queue.listing(session)
    assert view.kind is Kind.UPDATE
    assert [(one.entry_id, one.field, one.old, one.new) for one in view.changes] == [
        (entry.id, "parameters", 7e9, 8e9),
        (entry.id, "open_weights", None, True),
    ]
    assert catalog.entry(session, entry.id).revision == 1


def test_a_rival_that_loses_by_the_rule_makes_no_update(session: Session, publish: Publish) -> None:
    queue.approve(session, publish("arxiv:2601.00001", facts=LARGE) or 0, reviewer="ann")

    publish("https://press.example/foo", facts=(("Foo-7B", "parameters", 9e9, "9B parameters"),))

    assert updates(session) == []


def test_a_new_model_of_an_approved_release_is_an_update(session: Session, publish: Publish) -> None:
    queue.approve(session, publish("arxiv:2601.00001", facts=LARGE) or 0, reviewer="ann")
    publish("hf:Lab/Foo-70B", ("Foo-70B",), (("Foo-70B", "parameters", 7e10),))
    (update,) = updates(session)

    queue.approve(session, update.id, reviewer="bob")

    assert [entry.name for entry in catalog.entries(session)] == ["Foo-70B", "Foo-7B"]


def test_a_model_that_was_left_out_does_not_come_back(session: Session, publish: Publish) -> None:
    candidate_id = publish("arxiv:2601.00001", ("Foo-7B", "Foo-70B"), LARGE) or 0
    queue.approve(session, candidate_id, reviewer="ann", without=frozenset({"Foo-70B"}))
    publish("hf:Lab/Foo-70B", ("Foo-70B",), (("Foo-70B", "parameters", 7e10),))

    assert [(update.changes) for update in updates(session)] == []


def test_a_rejected_update_does_not_come_back_but_another_value_does(session: Session, publish: Publish) -> None:
    queue.approve(session, publish("arxiv:2601.00001", facts=LARGE) or 0, reviewer="ann")
    publish("arxiv:2601.00001", facts=(("Foo-7B", "parameters", 8e9, "8B parameters"),))
    queue.reject(session, updates(session)[0].id, reviewer="ann", reason="a misprint")

    publish("arxiv:2601.00001", facts=(("Foo-7B", "parameters", 8e9, "8B parameters"),), text="again")
    same = [update.status for update in updates(session)]
    publish("arxiv:2601.00001", facts=(("Foo-7B", "parameters", 9e9, "9B parameters"),))

    assert same == [Status.REJECTED]
    assert [update.status for update in updates(session)] == [Status.REJECTED, Status.PENDING]


def test_a_value_that_a_person_set_is_not_questioned_by_what_was_seen(session: Session, publish: Publish) -> None:
    candidate_id = publish("arxiv:2601.00001", facts=LARGE) or 0
    queue.approve(
        session, candidate_id, reviewer="ann", edits=(Edit("Foo-7B", "parameters", 7.2e9, "counted by hand"),)
    )

    publish("hf:Lab/Foo-7B", facts=LARGE)

    assert updates(session) == []


def test_a_later_revision_that_goes_back_reopens_the_field(session: Session, publish: Publish) -> None:
    queue.approve(session, publish("arxiv:2601.00001", facts=LARGE) or 0, reviewer="ann")
    publish("arxiv:2601.00001", facts=(("Foo-7B", "parameters", 8e9, "8B parameters"),))
    queue.approve(session, updates(session)[0].id, reviewer="ann")

    publish("arxiv:2601.00001", facts=LARGE)

    assert [update.status for update in updates(session)] == [Status.APPROVED, Status.PENDING]


def test_a_retracted_entry_gets_no_update(session: Session, publish: Publish) -> None:
    (entry,) = queue.approve(session, publish("arxiv:2601.00001", facts=LARGE) or 0, reviewer="ann")
    catalog.retract(session, entry.id, reviewer="ann", reason="it was never released")

    publish("arxiv:2601.00001", facts=(("Foo-7B", "parameters", 8e9, "8B parameters"),))

    assert updates(session) == []


def test_an_update_that_has_nothing_left_to_say_goes(session: Session, publish: Publish) -> None:
    queue.approve(session, publish("arxiv:2601.00001", facts=LARGE) or 0, reviewer="ann")
    publish("arxiv:2601.00001", facts=(("Foo-7B", "parameters", 8e9, "8B parameters"),))

    publish("arxiv:2601.00001", facts=LARGE, text="as it was")

    assert updates(session) == []


def test_a_failed_reading_takes_no_claim_away(session: Session, publish: Publish) -> None:
    candidate_id = publish("arxiv:2601.00001", facts=LARGE) or 0
    stored = documents.latest(session, "arxiv:2601.00001")
    assert stored is not None

    readings.record_reading(session, stored.id, pipeline="1", announces=None, error="out of memory")
    matching.match(session, stored.id, matching.Criteria())

    assert len(queue.view(session, candidate_id).claims) == 2
    assert len(session.exec(select(CandidateDocument)).all()) == 1
