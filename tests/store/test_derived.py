"""Derived figures: written with the reading, tied to the claims that went in, never proposed as values."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from store import documents, matching, queue, readings
from store.derived import DerivedFigure
from store.derived_tables import DerivedClaim, DerivedInput
from store.engine import session as transaction
from store.tables import Claim, Document

MakeDocument = Callable[..., Document]
MakeClaim = Callable[..., Claim]

TEXT = "Foo-7B has 7 billion parameters. It was trained on 2 trillion tokens with 1e25 FLOP."
SIZE = ("Foo-7B", "parameters", 7e9, "7 billion parameters")
TOKENS = ("Foo-7B", "training_tokens", 2e12, "2 trillion tokens")
COMPUTE = ("Foo-7B", "training_compute", 1e25, "1e25 FLOP")


@pytest.fixture
def stored(session: Session, document: MakeDocument) -> Document:
    """A document that states size, tokens and compute of one model."""
    return documents.save(session, document("arxiv:2601.00001", "Foo-7B", TEXT)).document


@pytest.fixture
def said(stored: Document, claim: MakeClaim) -> Callable[[], list[Claim]]:
    """Its claims, made anew each time, the name first."""

    def make() -> list[Claim]:
        name = claim(stored.content, "Foo-7B", "name", "Foo-7B")
        return [name, *(claim(stored.content, *fact) for fact in (SIZE, TOKENS, COMPUTE))]

    return make


def compute(inputs: tuple[Claim, ...], disputed_by: Claim | None = None, **more: object) -> DerivedFigure:
    """Six operations for each parameter and token."""
    given = {"field": "training_compute", "subject": "Foo-7B", "unit": "FLOP", "low": 6.7e22, "value": 8.4e22}
    given |= {"high": 1.1e23, "formula": "6 × parameters × training tokens", "source": "https://example.org/formula"}
    dispute = {"ratio": 119.0, "dispute": "several runs"} if disputed_by else {}
    return DerivedFigure(DerivedClaim(**(given | dispute | more)), inputs, disputed_by)


def record(
    session: Session, stored: Document, claims: list[Claim], *figures: DerivedFigure, pipeline: str = "1"
) -> None:
    """Store a reading."""
    readings.record_reading(session, stored.id, pipeline=pipeline, announces=0.9, claims=claims, derived=figures)
    session.expire_all()


def test_a_figure_points_to_the_claims_that_went_in(
    session: Session, stored: Document, said: Callable[[], list[Claim]]
) -> None:
    _, size, tokens, stated = said()

    record(session, stored, said(), compute((size, tokens), stated))

    figure = session.exec(select(DerivedClaim)).one()
    inputs = session.exec(select(DerivedInput).order_by("position")).all()
    claims = {claim.field: claim.id for claim in session.exec(select(Claim))}
    assert [each.claim_id for each in inputs] == [claims["parameters"], claims["training_tokens"]]
    assert [each.quote for each in inputs] == ["7 billion parameters", "2 trillion tokens"]
    assert (figure.disputed_by, figure.ratio) == (claims["training_compute"], 119.0)


def test_words_that_are_no_claim_are_kept_as_words(session: Session, stored: Document, claim: MakeClaim) -> None:
    words = claim(stored.content, "Foo-7B", "config", 7e9, "7 billion")

    record(session, stored, [], compute((words,)))

    kept = session.exec(select(DerivedInput)).one()
    assert (kept.claim_id, kept.quote) == (None, "7 billion")


def test_the_same_reading_again_changes_nothing(
    session: Session, stored: Document, said: Callable[[], list[Claim]]
) -> None:
    _, size, tokens, stated = said()
    record(session, stored, said(), compute((size, tokens), stated))
    before = _rows(session)

    record(session, stored, said(), compute((size, tokens), stated))

    assert _rows(session) == before


def test_a_newer_pipeline_replaces_figures_with_their_inputs(
    session: Session, stored: Document, said: Callable[[], list[Claim]]
) -> None:
    name, size, tokens, stated = said()
    record(session, stored, said(), compute((size, tokens), stated), compute((size,), formula="another"))
    number = session.exec(select(DerivedClaim.id).where(DerivedClaim.formula != "another")).one()

    record(session, stored, [name, size, tokens], compute((tokens,), value=9e22), pipeline="2")

    figure = session.exec(select(DerivedClaim)).one()
    kept = session.exec(select(DerivedInput)).one()
    assert (figure.id, figure.value, figure.pipeline, figure.disputed_by) == (number, 9e22, "2", None)
    assert kept.quote == "2 trillion tokens"


def test_figures_go_with_the_claims_that_are_no_longer_found(
    session: Session, stored: Document, said: Callable[[], list[Claim]]
) -> None:
    name, size, tokens, _ = said()
    record(session, stored, said(), compute((size, tokens)))

    record(session, stored, [name], pipeline="2")

    assert session.exec(select(DerivedClaim)).all() == []
    assert session.exec(select(DerivedInput)).all() == []


def test_a_reading_that_failed_leaves_the_figures(
    session: Session, stored: Document, said: Callable[[], list[Claim]]
) -> None:
    _, size, tokens, _ = said()
    record(session, stored, said(), compute((size, tokens)))

    readings.record_reading(session, stored.id, pipeline="2", announces=None, error="it stumbled")

    assert len(session.exec(select(DerivedClaim)).all()) == 1


def test_of_two_alike_the_first_is_kept(session: Session, stored: Document, said: Callable[[], list[Claim]]) -> None:
    _, size, tokens, _ = said()

    record(session, stored, said(), compute((size, tokens)), compute((size, tokens), value=1e23))

    assert session.exec(select(DerivedClaim.value)).all() == [8.4e22]


def test_a_candidate_shows_its_figures_and_proposes_none(
    session: Session, stored: Document, said: Callable[[], list[Claim]]
) -> None:
    name, size, tokens, _ = said()
    record(session, stored, [name, size, tokens], compute((size, tokens), flags='["as stages"]'))
    candidate = matching.match(session, stored.id, matching.Criteria())
    assert candidate

    view = queue.view(session, candidate.id)

    (figure,) = view.derived
    assert (figure.model, figure.field, figure.low, figure.value, figure.high) == (
        *("Foo-7B", "training_compute"),
        *(6.7e22, 8.4e22, 1.1e23),
    )
    assert (figure.formula, figure.flags) == ("6 × parameters × training tokens", ("as stages",))
    assert [(each.field, each.value, each.quote) for each in figure.inputs] == [
        ("parameters", 7e9, "7 billion parameters"),
        ("training_tokens", 2e12, "2 trillion tokens"),
    ]
    assert {each.claim_id for each in figure.inputs} <= {each.id for each in view.claims}
    assert figure.dispute == ""
    assert "training_compute" not in {proposal.field for proposal in view.proposals}


@pytest.mark.parametrize(
    "wrong",
    [{"low": 9e22}, {"high": 1e22}, {"low": 0.0}, {"ratio": 5.0}, {"dispute": "why"}],
    ids=["low above", "high below", "nothing", "a ratio without a reason", "a reason without a ratio"],
)
def test_the_database_refuses(engine: Engine, document: MakeDocument, wrong: dict[str, object]) -> None:
    with transaction(engine) as writing:
        number = documents.save(writing, document("arxiv:2601.00002", "Foo-7B", TEXT)).document.id
    figures = [compute((), **wrong)]

    with pytest.raises(IntegrityError), transaction(engine) as writing:
        readings.record_reading(writing, number, pipeline="1", announces=0.9, derived=figures)


def _rows(session: Session) -> list[dict[str, object]]:
    tables = (DerivedClaim, DerivedInput)
    return [row.model_dump() for table in tables for row in session.exec(select(table)).all()]
