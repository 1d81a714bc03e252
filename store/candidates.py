"""Candidates as matching makes them and keeps them true to their evidence, until a person decides."""

import json

from sqlmodel import Session, col, or_, select

from store.errors import NotFoundError
from store.evidence import Evidence, evidence
from store.tables import Candidate, Kind, Status, now
from store.updates import propose_update
from store.writing import insert_new

OPEN = (Status.PENDING, Status.LATER)


def create(session: Session, release: str, name: str) -> int:
    """Make the candidate of a release unless it has one, and return its id; `refresh` gives it its right name."""
    row = Candidate(release=release, name=name[:200] or release).model_dump(exclude={"id"})
    insert_new(session, Candidate, row)
    return session.exec(select(Candidate.id).where(Candidate.release == release, Candidate.kind == Kind.NEW)).one()


def locked(session: Session, candidate_id: int) -> Candidate:
    """Return a candidate as it stands now, which no other process can change until the end of the transaction.

    An update is locked after the release that it belongs to, always in this order; rows that merely refer to the
    candidate can be added meanwhile. Raises NotFoundError.
    """
    release = select(Candidate.updates_id).where(Candidate.id == candidate_id)
    query = select(Candidate).where(or_(Candidate.id == candidate_id, col(Candidate.id).in_(release)))
    ordered = (
        query.order_by(col(Candidate.id)).with_for_update(key_share=True).execution_options(populate_existing=True)
    )
    candidate = {row.id: row for row in session.exec(ordered)}.get(candidate_id)
    if candidate is None:
        raise NotFoundError("candidate", candidate_id)
    return candidate


def refresh(session: Session, candidate_id: int) -> Candidate:
    """Bring an open candidate of kind `new` up to its evidence; an approved one may get an update.

    A rejected one stays as it is. The revision goes up only if the evidence changed.
    """
    candidate = locked(session, candidate_id)
    found = evidence(session, [candidate.id])[candidate.id]
    if candidate.status in OPEN:
        _take(candidate, found)
        session.add(candidate)
        session.flush()
    elif candidate.status is Status.APPROVED:
        propose_update(session, candidate, found)
    return candidate


def _take(candidate: Candidate, found: Evidence) -> None:
    if candidate.evidence == found.digest:
        return
    candidate.revision += 1 if candidate.evidence else 0
    candidate.evidence = found.digest
    candidate.name = found.name
    candidate.organization = found.organization
    candidate.priority = found.priority.value
    candidate.reasons = json.dumps(found.priority.reasons, ensure_ascii=False)
    candidate.changed_at = now()
