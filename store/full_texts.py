"""Papers whose full text is still to be fetched, and the key under which a full text is stored.

The full text is a document of its own, of kind `report`, so that the offsets of its claims point into it and not into
the abstract; its version is the one of the paper that it is the text of.
"""

from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from store.links import FULL
from store.matching import ANNOUNCES
from store.tables import Candidate, CandidateDocument, Document, DocumentHead, Reading, Status

KIND = "report"


@dataclass(frozen=True, slots=True)
class Lack:
    """A paper whose full text is to be fetched, and the version of it that the source gave last.

    The paper itself may be marked with an older version, whose title and abstract were the same.
    """

    paper: Document
    version: str | None


def key(paper: str) -> str:
    """Return the key of the full text of the paper `paper`: `arxiv:2501.12948#full`."""
    return f"{paper}{FULL}"


def lacking(session: Session, source: str) -> list[Lack]:
    """Return the papers of a source that belong to a release and lack the full text of their version.

    Those of the most urgent candidate come first, newer ones before older ones; papers that were withdrawn, and those
    of rejected releases alone, are left out.
    """
    full = aliased(DocumentHead)
    papers = (
        select(Document, col(DocumentHead.version))
        .join(DocumentHead, col(DocumentHead.document_id) == Document.id)
        .join(Reading, col(Reading.document_id) == Document.id)
        .join(CandidateDocument, col(CandidateDocument.document_id) == Document.id)
        .join(Candidate, col(Candidate.id) == CandidateDocument.candidate_id)
        .outerjoin(full, col(full.key) == col(Document.key).concat(FULL))
        .where(
            Document.source == source,
            Document.kind == "paper",
            col(Document.is_withdrawn).is_(False),
            col(Reading.announces) >= ANNOUNCES,
            Candidate.status != Status.REJECTED,
            or_(col(full.key).is_(None), col(full.version).is_distinct_from(col(DocumentHead.version))),
        )
        .order_by(col(Candidate.priority).desc(), col(Document.published).desc(), col(Document.id))
    )
    found = {paper.id: Lack(paper, version) for paper, version in session.exec(papers)}
    return list(found.values())
