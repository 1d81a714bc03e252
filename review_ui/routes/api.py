"""The queue and the catalog as JSON: what the pages show, and the decisions that they take."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from review_ui.desk import DeskDep
from review_ui.routes.paths import CandidateId, EntryId
from store import catalog, queue
from store.tables import Status
from store.views import CandidateView, Edit, EntryView

router = APIRouter(prefix="/api")

Reviewer = Annotated[str, Field(min_length=1, max_length=80, description="who decides")]
Reason = Annotated[str, Field(min_length=1, max_length=2_000)]
Seen = Annotated[int | None, Field(ge=1, description="the revision that was seen; none takes the present one")]
Limit = Annotated[int, Query(ge=1, le=500)]
Offset = Annotated[int, Query(ge=0, le=2**31)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """An approval: values that a person puts in place of the proposed ones, and models to leave out."""

    reviewer: Reviewer
    seen_revision: Seen = None
    edits: tuple[Edit, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A rejection with its reason."""

    reviewer: Reviewer
    reason: Reason
    seen_revision: Seen = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Postponement:
    """Putting off, until an aware moment or without a date."""

    reviewer: Reviewer
    until: datetime | None = None
    seen_revision: Seen = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """Putting a decided candidate back into the queue."""

    reviewer: Reviewer
    reason: Annotated[str, Field(max_length=2_000)] = ""
    seen_revision: Seen = None


@router.get("/queue")
def read_queue(
    desk: DeskDep, status: Status = Status.PENDING, limit: Limit = 100, offset: Offset = 0
) -> list[CandidateView]:
    """Return candidates of one status, best first."""
    with desk.reading() as session:
        return queue.listing(session, status, limit=limit, offset=offset)


@router.get("/queue/{candidate_id}")
def read_candidate(desk: DeskDep, candidate_id: CandidateId) -> CandidateView:
    """Return one candidate."""
    with desk.reading() as session:
        return queue.view(session, candidate_id)


@router.post("/queue/{candidate_id}/approve")
def approve(desk: DeskDep, candidate_id: CandidateId, approval: Approval) -> CandidateView:
    """Approve a candidate: one entry for each model that is kept."""
    with desk.deciding() as session:
        queue.approve(
            session,
            candidate_id,
            reviewer=approval.reviewer,
            seen_revision=approval.seen_revision,
            edits=approval.edits,
            without=frozenset(approval.without),
        )
    return read_candidate(desk, candidate_id)


@router.post("/queue/{candidate_id}/reject")
def reject(desk: DeskDep, candidate_id: CandidateId, rejection: Rejection) -> CandidateView:
    """Reject a candidate."""
    seen = rejection.seen_revision
    with desk.deciding() as session:
        queue.reject(session, candidate_id, reviewer=rejection.reviewer, reason=rejection.reason, seen_revision=seen)
    return read_candidate(desk, candidate_id)


@router.post("/queue/{candidate_id}/later")
def postpone(desk: DeskDep, candidate_id: CandidateId, wait: Postponement) -> CandidateView:
    """Put a candidate off."""
    seen = wait.seen_revision
    with desk.deciding() as session:
        queue.postpone(session, candidate_id, reviewer=wait.reviewer, until=wait.until, seen_revision=seen)
    return read_candidate(desk, candidate_id)


@router.post("/queue/{candidate_id}/reopen")
def reopen(desk: DeskDep, candidate_id: CandidateId, reopening: Reopening) -> CandidateView:
    """Put a decided candidate back; entries that it made are withdrawn."""
    seen = reopening.seen_revision
    with desk.deciding() as session:
        queue.reopen(session, candidate_id, reviewer=reopening.reviewer, reason=reopening.reason, seen_revision=seen)
    return read_candidate(desk, candidate_id)


@router.get("/catalog")
def read_catalog(
    desk: DeskDep, search: Annotated[str, Query(max_length=200)] = "", withdrawn: bool = False
) -> list[EntryView]:
    """Return the entries that match `search`."""
    with desk.reading() as session:
        return catalog.entries(session, search=search, include_withdrawn=withdrawn)


@router.get("/catalog/{entry_id}")
def read_entry(desk: DeskDep, entry_id: EntryId) -> EntryView:
    """Return one entry."""
    with desk.reading() as session:
        return catalog.entry(session, entry_id)
