"""One candidate: its proof, and the decisions about it."""

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from review_ui.candidate_page import candidate_page
from review_ui.desk import Desk, DeskDep, VisitorDep, is_htmx, see
from review_ui.edits import differences, left_out, read_edits
from review_ui.forms import Form
from review_ui.outcomes import refusal, status_of
from review_ui.posted import SEEN, FormDep
from review_ui.reasons import later_until, rejection, words_of
from review_ui.refusals import FieldProblemsError
from review_ui.routes.paths import CandidateId, DocumentId
from store import queue
from store.errors import NotFoundError, StoreError

router = APIRouter(prefix="/candidates/{candidate_id}")


@router.get("")
def show(request: Request, desk: DeskDep, candidate_id: CandidateId, document_id: DocumentId = None) -> Response:
    """Show a candidate beside one of its documents."""
    with desk.reading() as session:
        page = candidate_page(session, candidate_id, document_id=document_id)
    return desk.render(request, page)


@router.post("/approve")
def approve(request: Request, desk: DeskDep, visitor: VisitorDep, form: FormDep, candidate_id: CandidateId) -> Response:
    """Approve the kept models with the values that stand in the form."""

    def decide(session: Session) -> None:
        candidate = queue.view(session, candidate_id)
        queue.approve(
            session,
            candidate_id,
            reviewer=visitor.reviewer,
            seen_revision=form.number(SEEN),
            edits=read_edits(candidate, form) if candidate.revision == form.number(SEEN) else (),
            without=left_out(candidate, form),
        )

    return _answer(request, desk, form, candidate_id, decide)


@router.post("/reject")
def reject(request: Request, desk: DeskDep, visitor: VisitorDep, form: FormDep, candidate_id: CandidateId) -> Response:
    """Reject a candidate with a reason."""

    def decide(session: Session) -> None:
        reason = rejection(form)
        queue.reject(session, candidate_id, reviewer=visitor.reviewer, reason=reason, seen_revision=form.number(SEEN))

    return _answer(request, desk, form, candidate_id, decide)


@router.post("/later")
def postpone(
    request: Request, desk: DeskDep, visitor: VisitorDep, form: FormDep, candidate_id: CandidateId
) -> Response:
    """Put a candidate off."""

    def decide(session: Session) -> None:
        until = later_until(form, datetime.now(UTC))
        queue.postpone(session, candidate_id, reviewer=visitor.reviewer, until=until, seen_revision=form.number(SEEN))

    return _answer(request, desk, form, candidate_id, decide)


@router.post("/reopen")
def reopen(request: Request, desk: DeskDep, visitor: VisitorDep, form: FormDep, candidate_id: CandidateId) -> Response:
    """Put a decided candidate back into the queue."""

    def decide(session: Session) -> None:
        reason = words_of(form, "reopen_reason")
        queue.reopen(session, candidate_id, reviewer=visitor.reviewer, reason=reason, seen_revision=form.number(SEEN))

    return _answer(request, desk, form, candidate_id, decide)


def _answer(request: Request, desk: Desk, form: Form, candidate_id: int, decide: Callable[[Session], None]) -> Response:
    """Take the decision and show the candidate as it stands now, or say why not and keep what was typed."""
    try:
        with desk.deciding() as session:
            decide(session)
    except NotFoundError:
        raise
    except (StoreError, FieldProblemsError) as error:
        return _refuse(request, desk, form, candidate_id, error)
    if not is_htmx(request):
        return see(f"/candidates/{candidate_id}")
    with desk.reading() as session:
        page = candidate_page(session, candidate_id)
    return desk.render(request, page)


def _refuse(
    request: Request, desk: Desk, form: Form, candidate_id: int, error: StoreError | FieldProblemsError
) -> Response:
    with desk.reading() as session:
        changes = differences(queue.view(session, candidate_id), form)
        page = candidate_page(session, candidate_id, form=form, refusal=refusal(error, changes))
    return desk.render(request, page, status=status_of(error))
