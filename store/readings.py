"""What a version of the extraction pipeline read in a document: claims, and whether it announces a model."""

from collections.abc import Iterable

from sqlmodel import Session, col, delete, select

from store import derived as derived_figures
from store.catalog_tables import EntryValue
from store.claim_rows import checked, identity
from store.derived import DerivedFigure
from store.errors import NotFoundError
from store.storable import storable
from store.tables import Claim, Document, Reading, now
from store.writing import insert_new

LONGEST_ERROR = 1000

#: Documents that are read at once: well under the number of parameters that a statement takes.
BLOCK = 1000


def unread(session: Session, pipeline: str, limit: int | None = None, *, source: str | None = None) -> list[Document]:
    """Return documents (of one source, if named) that this version of the pipeline has not read, oldest first.

    With a `limit`, those that no version has read come before those that need to be read again.
    """
    query = select(Reading.document_id).order_by(col(Reading.pipeline), col(Reading.document_id)).limit(limit)
    if source is not None:
        query = query.join(Document, col(Document.id) == Reading.document_id).where(Document.source == source)
    ids: list[int] = []
    # Two ranges of the index rather than <>, which reads every row.
    for is_other in (col(Reading.pipeline) < pipeline, col(Reading.pipeline) > pipeline):
        ids += session.exec(query.where(is_other))
    ids = sorted(ids[:limit])
    blocks = (ids[start : start + BLOCK] for start in range(0, len(ids), BLOCK))
    return [document for block in blocks for document in _load(session, block)]


def _load(session: Session, ids: list[int]) -> list[Document]:
    return list(session.exec(select(Document).where(col(Document.id).in_(ids)).order_by(col(Document.id))))


def record_reading(
    session: Session,
    document_id: int,
    *,
    pipeline: str,
    announces: float | None,
    error: str | None = None,
    claims: Iterable[Claim] = (),
    derived: Iterable[DerivedFigure] = (),
) -> None:
    """Store what this version of the pipeline found in a document; the same again changes nothing.

    Claims of an earlier version that are not found again go, except those that an entry cites; of `derived` figures all
    that are not computed again. A reading that failed (`error`) takes nothing away. Raises NotFoundError for the
    document, InvalidValueError for a claim whose subject or value is too long to be stored.
    """
    reading = session.exec(select(Reading).where(Reading.document_id == document_id).with_for_update()).one_or_none()
    if reading is None:
        raise NotFoundError("document", document_id)
    reading.pipeline = pipeline
    reading.error = storable(error)[:LONGEST_ERROR] if error else None
    reading.read_at = now()
    if error is None:
        reading.announces = announces
        _replace(session, document_id, pipeline, [checked(claim) for claim in claims])
        derived_figures.replace(session, document_id, pipeline, derived)
    session.add(reading)
    session.flush()


def _replace(session: Session, document_id: int, pipeline: str, found: list[Claim]) -> None:
    """Make `found` the claims of the document; what an entry cites stays as it was cited."""
    stored = session.exec(select(Claim).where(Claim.document_id == document_id)).all()
    cited = set(
        session.exec(
            select(EntryValue.claim_id)
            .join(Claim, col(Claim.id) == EntryValue.claim_id)
            .where(Claim.document_id == document_id)
        )
    )
    again = {identity(claim): claim for claim in found}
    for claim in stored:
        match = again.pop(identity(claim), None)
        if match is not None:
            claim.pipeline = pipeline
        if match is not None and claim.id not in cited:
            claim.quote, claim.confidence, claim.reason = match.quote, match.confidence, match.reason
    session.flush()
    gone = [claim.id for claim in stored if claim.pipeline != pipeline and claim.id not in cited]
    session.exec(delete(Claim).where(col(Claim.id).in_(gone)))
    for claim in again.values():
        kept = {"document_id": document_id, "pipeline": pipeline}
        insert_new(session, Claim, claim.model_dump(exclude={"id"}) | kept)
