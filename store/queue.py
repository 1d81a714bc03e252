"""The queue: what waits for a person, best first, with its evidence; decisions are those of store.decisions."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from store.catalog_tables import Decision
from store.decisions import approve, postpone, reject, reopen
from store.errors import NotFoundError
from store.evidence import Evidence, evidence
from store.tables import Candidate, Kind, Status, now
from store.updates import unpack
from store.views import CandidateView, DecisionView

__all__ = ["approve", "count", "listing", "postpone", "reject", "reopen", "view"]

#: Candidates whose evidence is read at once: well under the number of parameters that a statement takes.
BLOCK = 500


def listing(
    session: Session, status: Status = Status.PENDING, *, limit: int | None = None, offset: int = 0
) -> list[CandidateView]:
    """Return the candidates of a status, best first; a page costs the same few queries whatever its size.

    What was put off until a time that has come is pending again, here and in every view.
    """
    found = _candidates(session, status, None if limit is None else offset + limit)
    page = found[offset:] if limit is None else found[offset : offset + limit]
    return [view for start in range(0, len(page), BLOCK) for view in _views(session, page[start : start + BLOCK])]


def view(session: Session, candidate_id: int) -> CandidateView:
    """Return a candidate with all its evidence. Raises NotFoundError."""
    candidate = session.get(Candidate, candidate_id, populate_existing=True)
    if candidate is None:
        raise NotFoundError("candidate", candidate_id)
    return _views(session, [candidate])[0]


def count(session: Session) -> dict[Status, int]:
    """Return how many candidates stand at each status."""
    counts = dict.fromkeys(Status, 0)
    for status, number in session.exec(select(Candidate.status, func.count()).group_by(col(Candidate.status))):
        counts[Status(status)] = number
    due = session.exec(select(func.count()).where(*_due(now()))).one()
    counts[Status.PENDING] += due
    counts[Status.LATER] -= due
    return counts


def _candidates(session: Session, status: Status, most: int | None) -> list[Candidate]:
    """Return the best `most` candidates of a status, each part of them from its own range of the index."""
    moment = now()
    if status is not Status.LATER:
        found = list(session.exec(_best(most).where(Candidate.status == status)))
        if status is Status.PENDING:
            found += session.exec(_best(most).where(*_due(moment)))
        return sorted(found, key=lambda candidate: (-candidate.priority, -candidate.id))[:most]
    is_waiting = (col(Candidate.later_until).is_(None)) | (col(Candidate.later_until) > moment)
    return list(session.exec(_best(most).where(Candidate.status == status, is_waiting)))


def _best(most: int | None) -> SelectOfScalar[Candidate]:
    # Both columns fall, so that the index is read backwards.
    order = col(Candidate.priority).desc(), col(Candidate.id).desc()
    return select(Candidate).order_by(*order).limit(most).execution_options(populate_existing=True)


def _due(moment: datetime) -> tuple[Any, ...]:
    return Candidate.status == Status.LATER, col(Candidate.later_until) <= moment


def _views(session: Session, candidates: Sequence[Candidate]) -> list[CandidateView]:
    bases = {candidate.id: candidate.updates_id or candidate.id for candidate in candidates}
    found = evidence(session, sorted(set(bases.values())))
    history = _history(session, list(bases))
    return [
        _view(candidate, found[bases[candidate.id]], tuple(history.get(candidate.id, ()))) for candidate in candidates
    ]


def _history(session: Session, ids: list[int]) -> dict[int, list[DecisionView]]:
    rows = session.exec(select(Decision).where(col(Decision.candidate_id).in_(ids)).order_by(col(Decision.id)))
    history: dict[int, list[DecisionView]] = {}
    for row in rows:
        seen = DecisionView(row.id, row.verdict, row.reviewer, row.reason, row.seen_revision, row.at)
        history.setdefault(row.candidate_id or 0, []).append(seen)
    return history


def _view(candidate: Candidate, found: Evidence, history: tuple[DecisionView, ...]) -> CandidateView:
    is_due = candidate.later_until is not None and candidate.later_until <= now()
    return CandidateView(
        id=candidate.id,
        name=candidate.name,
        organization=candidate.organization,
        kind=candidate.kind,
        status=Status.PENDING if candidate.status is Status.LATER and is_due else candidate.status,
        priority=candidate.priority,
        reasons=tuple(json.loads(candidate.reasons)),
        revision=candidate.revision,
        later_until=candidate.later_until,
        models=found.models,
        documents=found.documents,
        claims=found.claims,
        proposals=found.proposals(candidate.name),
        changes=unpack(candidate.changes) if candidate.kind is Kind.UPDATE else (),
        history=history,
        derived=found.derived,
    )
