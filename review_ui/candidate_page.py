"""The page of one candidate, put together from the store and from what a person typed."""

from sqlmodel import Session

from review_ui.forms import Form
from review_ui.marking import mark
from review_ui.pages import CandidatePage, Neighbour, Refusal, ShownDocument, Typed
from review_ui.proposed import proposed_models
from store import catalog, documents, queue
from store.errors import NotFoundError
from store.tables import Status
from store.views import CandidateView, EntryView

_NO_FORM = Form({})


def candidate_page(
    session: Session,
    candidate_id: int,
    *,
    document_id: int | None = None,
    form: Form | None = None,
    refusal: Refusal | None = None,
) -> CandidatePage:
    """Return the page of a candidate with one of its documents, the first if none is named.

    `form` and `refusal` are given when a decision was not taken: what was typed stays. NotFoundError for an unknown
    candidate, or a document that is not the candidate's.
    """
    candidate = queue.view(session, candidate_id)
    return CandidatePage(
        candidate=candidate,
        models=proposed_models(candidate, form, refusal.problems if refusal else {}),
        document=_document(session, candidate, document_id),
        entries=_entries(session, candidate),
        following=_following(session, candidate_id),
        typed=_typed(form or _NO_FORM),
        refusal=refusal,
    )


def _document(session: Session, candidate: CandidateView, document_id: int | None) -> ShownDocument | None:
    known = [document.id for document in candidate.documents]
    chosen = _telling(candidate) if document_id is None else document_id
    if chosen is None:
        return None
    if chosen not in known:
        raise NotFoundError(f"document of candidate {candidate.id}:", chosen)
    stored = documents.get(session, chosen)
    claims = {claim.id: claim for claim in candidate.claims if claim.document_id == chosen}
    marked = mark(stored.title, stored.text, claims.values())
    return ShownDocument(id=chosen, stored=stored, marked=marked, claims=claims)


def _telling(candidate: CandidateView) -> int | None:
    """Return the document to begin with: the one that states the change of an update, else the first."""
    changed = {change.claim_id for change in candidate.changes}
    stating = (claim.document_id for claim in candidate.claims if claim.id in changed)
    return next(iter((*stating, *(document.id for document in candidate.documents))), None)


def _entries(session: Session, candidate: CandidateView) -> tuple[EntryView, ...]:
    """Return the entries that approving this candidate made or changed."""
    if candidate.status is not Status.APPROVED:
        return ()
    changed = {change.entry_id for change in candidate.changes}
    return tuple(
        entry for entry in catalog.entries(session) if entry.candidate_id == candidate.id or entry.id in changed
    )


def _following(session: Session, candidate_id: int) -> Neighbour | None:
    """Return the best pending candidate but this one."""
    best = queue.listing(session, Status.PENDING, limit=2)
    return next((Neighbour(each.id, each.name) for each in best if each.id != candidate_id), None)


def _typed(form: Form) -> Typed:
    return Typed(
        reason=form.text("reason"),
        reason_text=form.text("reason_text"),
        wait=form.text("wait") or "7",
        until=form.text("until"),
        reopen_reason=form.text("reopen_reason"),
    )
