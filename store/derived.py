"""Derived figures of documents: written with the reading that computed them, and read for pages."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from store.claim_rows import Identity, checked, identity
from store.derived_tables import DerivedClaim, DerivedInput
from store.storable import storable
from store.tables import CandidateDocument, Claim, Document
from store.values import decode
from store.views import DerivedView, InputView

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class DerivedFigure:
    """A figure to be stored, the claims that went in, and the claim that it disagrees with; none of them stored yet."""

    figure: DerivedClaim
    inputs: tuple[Claim, ...]
    disputed_by: Claim | None = None


def replace(session: Session, document_id: int, pipeline: str, found: Iterable[DerivedFigure]) -> None:
    """Make `found` the derived figures of a document whose claims are stored; the same again changes nothing.

    Of several figures of one field, subject, unit and formula the first is kept.
    """
    said = session.exec(select(Claim).where(Claim.document_id == document_id))
    claims = {identity(claim): claim.id for claim in said}
    before = session.exec(select(DerivedClaim).where(DerivedClaim.document_id == document_id))
    stored = {_key(row): row.id for row in before}
    rows = [(_row(each, document_id, pipeline, claims), each.inputs) for each in found]
    kept = {_key(row): (row, inputs) for row, inputs in reversed(rows)}
    for key, (row, inputs) in reversed(kept.items()):
        row.id = stored.get(key, row.id)
        merged = session.merge(row)
        session.flush()
        _write_inputs(session, merged.id, inputs, claims)
    gone = [number for key, number in stored.items() if key not in kept]
    session.exec(delete(DerivedClaim).where(col(DerivedClaim.id).in_(gone)))
    session.flush()


def of_candidates(session: Session, candidate_ids: Sequence[int]) -> dict[int, tuple[DerivedView, ...]]:
    """Return the derived figures of the documents of these candidates, by document, in two queries."""
    attached = select(CandidateDocument.document_id).where(col(CandidateDocument.candidate_id).in_(candidate_ids))
    query = (
        select(DerivedClaim, Document.url)
        .join(Document, col(Document.id) == DerivedClaim.document_id)
        .where(col(DerivedClaim.document_id).in_(attached))
        .order_by(col(DerivedClaim.id))
    )
    inputs = _inputs(session, candidate_ids)
    views: dict[int, tuple[DerivedView, ...]] = {}
    for row, url in session.exec(query):
        view = _view(row, url, inputs.get(row.id, ()))
        views[row.document_id] = (*views.get(row.document_id, ()), view)
    return views


def _key(row: DerivedClaim) -> Key:
    return row.field, row.subject, row.unit, row.formula


def _row(each: DerivedFigure, document_id: int, pipeline: str, claims: Mapping[Identity, int]) -> DerivedClaim:
    disputed_by = claims.get(identity(checked(each.disputed_by))) if each.disputed_by else None
    changed = {
        "document_id": document_id,
        "pipeline": pipeline,
        "subject": storable(each.figure.subject),
        "disputed_by": disputed_by,
    }
    return DerivedClaim(**(each.figure.model_dump() | changed))


def _write_inputs(session: Session, derived_id: int, inputs: tuple[Claim, ...], claims: Mapping[Identity, int]) -> None:
    for position, given in enumerate(inputs):
        claim = checked(given)
        row = DerivedInput(
            derived_id=derived_id,
            position=position,
            claim_id=claims.get(identity(claim)),
            field=claim.field,
            value=claim.value,
            unit=claim.unit,
            quote=claim.quote,
            start_char=claim.start_char,
            end_char=claim.end_char,
        )
        session.merge(row)
    session.exec(
        delete(DerivedInput).where(
            col(DerivedInput.derived_id) == derived_id, col(DerivedInput.position) >= len(inputs)
        )
    )


def _inputs(session: Session, candidate_ids: Sequence[int]) -> dict[int, tuple[InputView, ...]]:
    attached = select(CandidateDocument.document_id).where(col(CandidateDocument.candidate_id).in_(candidate_ids))
    query = (
        select(DerivedInput)
        .join(DerivedClaim, col(DerivedClaim.id) == DerivedInput.derived_id)
        .where(col(DerivedClaim.document_id).in_(attached))
        .order_by(col(DerivedInput.derived_id), col(DerivedInput.position))
    )
    found: dict[int, tuple[InputView, ...]] = {}
    for row in session.exec(query):
        view = InputView(row.field, decode(row.value), row.unit, row.quote, row.start_char, row.end_char, row.claim_id)
        found[row.derived_id] = (*found.get(row.derived_id, ()), view)
    return found


def _view(row: DerivedClaim, url: str, inputs: tuple[InputView, ...]) -> DerivedView:
    return DerivedView(
        *(row.id, row.document_id, row.subject, row.field, row.unit, row.low, row.value, row.high),
        *(row.formula, row.source, tuple(json.loads(row.flags)), inputs, url, row.disputed_by, row.ratio, row.dispute),
    )
