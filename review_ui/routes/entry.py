"""One entry of the catalog: its proof, its history, and its corrections."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from review_ui.desk import Desk, DeskDep, VisitorDep, is_htmx, see
from review_ui.entry_page import entry_page, read_changes, value_differences
from review_ui.forms import Form
from review_ui.outcomes import refusal, status_of
from review_ui.posted import SEEN, FormDep
from review_ui.reasons import required_words
from review_ui.refusals import FieldProblemsError
from review_ui.routes.paths import EntryId
from store import catalog
from store.errors import NotFoundError, StoreError

router = APIRouter(prefix="/catalog/{entry_id}")


@router.get("")
def show(request: Request, desk: DeskDep, entry_id: EntryId) -> Response:
    """Show an entry."""
    with desk.reading() as session:
        page = entry_page(session, entry_id)
    return desk.render(request, page)


@router.post("/edit")
def edit(request: Request, desk: DeskDep, visitor: VisitorDep, form: FormDep, entry_id: EntryId) -> Response:
    """Change values of an entry, with a reason, as a new revision."""

    def change(session: Session) -> None:
        reason = required_words(form, "reason")
        edits = read_changes(catalog.entry(session, entry_id), form)
        seen = form.number(SEEN)
        catalog.edit(session, entry_id, edits, reviewer=visitor.reviewer, reason=reason, seen_revision=seen)

    return _answer(request, desk, form, entry_id, change)


@router.post("/retract")
def retract(request: Request, desk: DeskDep, visitor: VisitorDep, form: FormDep, entry_id: EntryId) -> Response:
    """Withdraw an entry, with a reason; nothing is deleted."""

    def change(session: Session) -> None:
        reason = required_words(form, "retract_reason")
        catalog.retract(session, entry_id, reviewer=visitor.reviewer, reason=reason, seen_revision=form.number(SEEN))

    return _answer(request, desk, form, entry_id, change)


def _answer(request: Request, desk: Desk, form: Form, entry_id: int, change: Callable[[Session], None]) -> Response:
    """Make the change and show the entry as it stands now, or say why not and keep what was typed."""
    try:
        with desk.deciding() as session:
            change(session)
    except NotFoundError:
        raise
    except (StoreError, FieldProblemsError) as error:
        with desk.reading() as session:
            changes = value_differences(catalog.entry(session, entry_id), form)
            page = entry_page(session, entry_id, form=form, refusal=refusal(error, changes))
        return desk.render(request, page, status=status_of(error))
    if not is_htmx(request):
        return see(f"/catalog/{entry_id}")
    with desk.reading() as session:
        page = entry_page(session, entry_id)
    return desk.render(request, page)
