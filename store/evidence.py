"""What candidates rest on: their documents in the newest revision, and what these claim."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from store.derived import of_candidates
from store.priority import Priority, ReleaseFacts, priority
from store.proposals import model_names, propose, release_name
from store.tables import CandidateDocument, Claim, Document, DocumentHead, Reading
from store.values import decode
from store.views import ClaimView, DerivedView, DocumentView, Proposal

#: Columns that a view needs; the text of a document is long and stays where it is.
_DOCUMENT: tuple[Any, ...] = (
    *(CandidateDocument.candidate_id, DocumentHead.document_id),
    *(Document.id, Document.key, Document.revision, Document.url, Document.title, Document.kind, Document.source),
    *(Document.published, Document.maker, Document.is_watched),
    *(CandidateDocument.is_copy, Reading.announces, CandidateDocument.why),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The documents of a release and their claims, best first."""

    documents: tuple[DocumentView, ...] = ()
    claims: tuple[ClaimView, ...] = ()
    derived: tuple[DerivedView, ...] = ()

    @property
    def name(self) -> str:
        """What the release is called."""
        return release_name(self.documents, self.claims)

    @property
    def models(self) -> tuple[str, ...]:
        """Names of its models, in order; empty where no document names one."""
        return model_names(self.documents, self.claims)

    @property
    def digest(self) -> str:
        """SHA-256 by which a change of the evidence shows."""
        stands = [document.id for document in self.documents], sorted(claim.id for claim in self.claims)
        return hashlib.sha256(repr(stands).encode()).hexdigest()

    def proposals(self, name: str) -> tuple[Proposal, ...]:
        """Return the values proposed for a release that is called `name`."""
        return propose(name, self.documents, self.claims)

    @property
    def organization(self) -> str | None:
        """The maker: whose own place a watched document is, else who is claimed to be it, else any document's maker."""
        watched = (document.maker for document in self.documents if document.is_watched and document.maker)
        claimed = (proposal.value for proposal in self.proposals("") if proposal.field == "organization")
        others = (document.maker for document in self.documents if document.maker and not document.is_copy)
        found = next(iter((*watched, *claimed, *others)), None)
        return None if found is None else str(found)

    @property
    def priority(self) -> Priority:
        """Its place in the queue."""
        own = [document for document in self.documents if not document.is_copy] or list(self.documents)
        proposals = self.proposals("")
        sizes = [proposal.value for proposal in proposals if proposal.field == "parameters"]
        measured = (figure.value for figure in self.derived if figure.field == "parameters")
        released = [proposal.value for proposal in proposals if proposal.field == "open_weights"]
        return priority(
            ReleaseFacts(
                announces=max(document.announces for document in own),
                parameters=max((size for size in sizes if isinstance(size, float)), default=None),
                measured=max(measured, default=None),
                is_watched=any(document.is_watched for document in own),
                open_weights=True if True in released else False if released else None,
                organization=self.organization,
                claims=len({(claim.model, claim.field) for claim in self.claims}),
            )
        )


def evidence(session: Session, candidate_ids: Iterable[int]) -> dict[int, Evidence]:
    """Return the evidence of candidates of kind `new`, by id, in four queries however many they are."""
    ids = list(candidate_ids)
    documents = _documents(session, ids)
    claims = _claims(session, ids)
    derived = of_candidates(session, ids)
    return {
        number: Evidence(
            tuple(documents.get(number, ())),
            tuple(claim for document in documents.get(number, ()) for claim in claims.get(document.id, ())),
            tuple(figure for document in documents.get(number, ()) for figure in derived.get(document.id, ())),
        )
        for number in ids
    }


def _documents(session: Session, ids: list[int]) -> dict[int, list[DocumentView]]:
    """Return, by candidate, the newest revision of each document that it has, in the order in which they came."""
    query = (
        columns(*_DOCUMENT)
        .select_from(CandidateDocument)
        .join(Document, col(Document.id) == CandidateDocument.document_id)
        .join(Reading, col(Reading.document_id) == Document.id)
        .join(DocumentHead, col(DocumentHead.key) == Document.key)
        .where(col(CandidateDocument.candidate_id).in_(ids))
        .order_by(col(Document.id))
    )
    newest: dict[int, dict[str, tuple[bool, DocumentView]]] = {}
    rows: Any = session.connection().execute(query)
    for candidate_id, head_id, *row, announces, why in rows:
        view = DocumentView(*(*row, announces or 0.0, why))
        of_candidate = newest.setdefault(candidate_id, {})
        is_head, known = of_candidate.get(view.key, (False, view))
        # What the source gave last, else the highest number; ids and numbers of one key rise together.
        if not is_head or known is view:
            of_candidate[view.key] = (view.id == head_id, view)
    return {number: [view for _, view in kept.values()] for number, kept in newest.items()}


def _claims(session: Session, ids: list[int]) -> dict[int, list[ClaimView]]:
    """Return, by document, what the pipeline that read it last found."""
    attached = select(CandidateDocument.document_id).where(col(CandidateDocument.candidate_id).in_(ids))
    query = (
        select(Claim, Document.url)
        .join(Document, col(Document.id) == Claim.document_id)
        .join(Reading, col(Reading.document_id) == Claim.document_id)
        .where(col(Claim.document_id).in_(attached), Claim.pipeline == Reading.pipeline)
        .order_by(col(Claim.start_char), col(Claim.id))
    )
    claims: dict[int, list[ClaimView]] = {}
    for claim, url in session.exec(query):
        claims.setdefault(claim.document_id, []).append(_claim(claim, url))
    return claims


def _claim(claim: Claim, url: str) -> ClaimView:
    return ClaimView(
        *(claim.id, claim.document_id, claim.subject, claim.field, decode(claim.value), claim.unit, claim.quote),
        *(claim.start_char, claim.end_char, url, claim.confidence, claim.reason),
    )
