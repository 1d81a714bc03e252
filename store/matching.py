"""Which release a document speaks of: one candidate for each, to which later documents attach."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from store import documents
from store.candidates import create, locked, refresh
from store.links import FULL
from store.release import fold, is_copy_name, release_key
from store.tables import Candidate, CandidateDocument, Claim, Document, DocumentLink, Kind, Reading
from store.values import decode
from store.writing import insert_new

#: From this probability on a document counts as an announcement.
ANNOUNCES = 0.5

#: Most earlier documents that a new candidate gathers.
MOST_GATHERED = 500


@dataclass(frozen=True, slots=True)
class Criteria:
    """What makes a document a release: a model of at least `minimum_parameters`, or that a person wants it."""

    minimum_parameters: float = 1e9
    is_wanted: bool = False


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a document says of a release: names of its models, normalised; counts of parameters; the release's name."""

    document: Document
    announces: float
    names: frozenset[str]
    sizes: tuple[float, ...]
    release: str
    is_copy: bool


def match(session: Session, document_id: int, criteria: Criteria) -> Candidate | None:
    """Attach a read document to the candidate of its release, or make one where it announces a model that counts.

    A document that announces (0.5 or more) a model of at least `criteria.minimum_parameters`, or of a watched maker and
    no stated size, is a release; so is one that a person wants. Any that announces attaches to a release that is there:
    by an earlier revision of it, by name, or by a link that one of the two gives. A copy makes no candidate.
    What a person decided stays: to a decided candidate documents attach, and an approved one whose values now differ
    gets one open update. The same again changes nothing. Raises NotFoundError.
    """
    spoken = _read(session, document_id)
    _note_release(session, spoken)
    known = _known(session, spoken, criteria)
    if known:
        candidate_id, why = known
        locked(session, candidate_id)
        _attach(session, candidate_id, spoken, why)
        return refresh(session, candidate_id)
    if not _is_release(spoken, criteria):
        return None
    candidate_id = create(session, spoken.release, spoken.document.title)
    locked(session, candidate_id)
    _attach(session, candidate_id, spoken, "wanted by a person" if criteria.is_wanted else "announces it")
    _gather(session, candidate_id, spoken)
    return refresh(session, candidate_id)


def _read(session: Session, document_id: int) -> _Spoken:
    document = documents.get(session, document_id)
    reading = session.get(Reading, document_id)
    claims = session.exec(
        select(Claim).where(
            Claim.document_id == document_id,
            Claim.pipeline == (reading.pipeline if reading else ""),
            col(Claim.field).in_(("name", "family", "parameters")),
        )
    ).all()
    names = [claim.subject for claim in claims if claim.field == "name"]
    families = [str(decode(claim.value)) for claim in claims if claim.field == "family"]
    sizes = (decode(claim.value) for claim in claims if claim.field == "parameters")
    return _Spoken(
        document=document,
        announces=(reading.announces if reading else None) or 0.0,
        names=frozenset(fold(name) for name in names),
        sizes=tuple(size for size in sizes if isinstance(size, float)),
        release=_release(document, families or names),
        is_copy=_is_copy(document, names),
    )


def _release(document: Document, names: list[str]) -> str:
    """Return the release that most of `names` belong to, else the repository's, else the document for itself."""
    keys = Counter(key for name in names if (key := release_key(name)))
    if keys:
        return keys.most_common(1)[0][0]
    own = release_key(document.key.removeprefix("hf:")) if document.kind == "card" else ""
    # With a space, which no normalised name has.
    return own or f"document {document.key}"


def _is_copy(document: Document, names: list[str]) -> bool:
    if document.is_watched or document.kind != "card":
        return False
    return any(is_copy_name(name) for name in (document.key.rpartition("/")[2], document.title, *names))


def _is_release(spoken: _Spoken, criteria: Criteria) -> bool:
    if criteria.is_wanted:
        return True
    if spoken.announces < ANNOUNCES or spoken.is_copy or spoken.document.is_withdrawn:
        return False
    if spoken.sizes:
        return max(spoken.sizes) >= criteria.minimum_parameters
    return spoken.document.is_watched


def _note_release(session: Session, spoken: _Spoken) -> None:
    """Keep the release's name with the reading, so that a candidate made later finds the document."""
    reading = session.get(Reading, spoken.document.id)
    if reading and reading.release != spoken.release:
        reading.release = spoken.release
        session.add(reading)
        session.flush()


def _known(session: Session, spoken: _Spoken, criteria: Criteria) -> tuple[int, str] | None:
    """Return the candidate that the document belongs to, and why."""
    paper = spoken.document.key.removesuffix(FULL)
    earlier = session.exec(
        select(CandidateDocument.candidate_id)
        .join(Document, col(Document.id) == CandidateDocument.document_id)
        .where(col(Document.key).in_((spoken.document.key, paper)))
        .order_by(col(CandidateDocument.candidate_id))
    ).first()
    if earlier is not None:
        is_full = paper != spoken.document.key
        return earlier, "the full text of a paper that is there" if is_full else "another revision of it is there"
    if spoken.announces < ANNOUNCES and not criteria.is_wanted:
        return None
    named = session.exec(
        select(Candidate.id).where(Candidate.release == spoken.release, Candidate.kind == Kind.NEW)
    ).first()
    if named is not None:
        return named, "names the same release"
    return _linked_candidate(session, spoken)


def _linked_candidate(session: Session, spoken: _Spoken) -> tuple[int, str] | None:
    linked = _linked_documents(session, spoken.document)
    rows = session.exec(
        select(CandidateDocument.candidate_id, CandidateDocument.document_id)
        .where(col(CandidateDocument.document_id).in_(linked))
        .order_by(col(CandidateDocument.candidate_id))
    )
    for candidate_id, document_id in rows:
        other = _read(session, document_id)
        if _agree(spoken, other):
            return candidate_id, f"linked with {other.document.key}"
    return None


def _linked_documents(session: Session, document: Document) -> list[int]:
    """Return the ids of documents that this one links to, or that link to it."""
    targets = select(DocumentLink.target).where(DocumentLink.document_id == document.id)
    pointing = select(DocumentLink.document_id).where(DocumentLink.target == document.key)
    is_linked = or_(col(Document.key).in_(targets), col(Document.id).in_(pointing))
    return list(session.exec(select(Document.id).where(is_linked).limit(MOST_GATHERED)))


def _agree(one: _Spoken, other: _Spoken) -> bool:
    """Whether a link may join two documents: they share a model, or one of them names none.

    A card links the papers of its base models too, so that the link alone says little.
    """
    return one.release == other.release or not one.names or not other.names or not one.names.isdisjoint(other.names)


def _attach(session: Session, candidate_id: int, spoken: _Spoken, why: str) -> None:
    is_copy = spoken.is_copy or _is_mirror(session, candidate_id, spoken.document)
    row = {"candidate_id": candidate_id, "document_id": spoken.document.id, "is_copy": is_copy, "why": why}
    insert_new(session, CandidateDocument, row)


def _is_mirror(session: Session, candidate_id: int, document: Document) -> bool:
    """Whether the card is somebody's upload of a release that its watched maker has put up."""
    if document.is_watched or document.kind != "card":
        return False
    watched = (
        select(Document.id)
        .join(CandidateDocument, col(CandidateDocument.document_id) == Document.id)
        .where(CandidateDocument.candidate_id == candidate_id, col(Document.is_watched), Document.kind == "card")
    )
    return session.exec(watched).first() is not None


def _gather(session: Session, candidate_id: int, spoken: _Spoken) -> None:
    """Attach what came before the candidate: announcements of the same release, and what the document links."""
    same = session.exec(
        select(Reading.document_id)
        .where(Reading.release == spoken.release, col(Reading.announces) >= ANNOUNCES)
        .limit(MOST_GATHERED)
    )
    for document_id in (number for number in same if number != spoken.document.id):
        _attach(session, candidate_id, _read(session, document_id), "names the same release")
    for document_id in _linked_documents(session, spoken.document):
        other = _read(session, document_id)
        if other.announces >= ANNOUNCES and _agree(spoken, other) and _is_free(session, document_id):
            _attach(session, candidate_id, other, f"linked with {spoken.document.key}")


def _is_free(session: Session, document_id: int) -> bool:
    taken = select(CandidateDocument.document_id).where(CandidateDocument.document_id == document_id)
    return session.exec(taken).first() is None
