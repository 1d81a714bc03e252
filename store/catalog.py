"""The catalog: models that a person approved, each value with its proof, every revision kept."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_
from sqlmodel import Session, col, select

from store import drafts
from store.catalog_tables import Decision, Entry, EntryRevision, EntryValue, Verdict
from store.decisions import reason_given, reviewer_given
from store.entries import EntryState, state_of, write
from store.errors import AlreadyDecidedError, NotFoundError, StaleRevisionError
from store.tables import Claim, Document
from store.values import FIELDS, decode
from store.views import Edit, EntryView, RevisionView, ValueView

#: Entries whose values are read at once: well under the number of parameters that a statement takes.
BLOCK = 5000

_ORDER = {rule.name: place for place, rule in enumerate(FIELDS)}


def entries(session: Session, *, search: str = "", include_withdrawn: bool = False) -> list[EntryView]:
    """Return the entries by family and name; `search` is a part of a family's, a model's or a maker's name."""
    query = select(Entry).order_by(col(Entry.family), col(Entry.name), col(Entry.id))
    if not include_withdrawn:
        query = query.where(col(Entry.is_withdrawn).is_(False))
    if words := search.strip():
        names = (col(Entry.family), col(Entry.name), col(Entry.organization))
        query = query.where(or_(*(name.icontains(words, autoescape=True) for name in names)))
    found = session.exec(query.execution_options(populate_existing=True)).all()
    return [view for start in range(0, len(found), BLOCK) for view in _views(session, found[start : start + BLOCK])]


def entry(session: Session, entry_id: int) -> EntryView:
    """Return an entry, withdrawn or not. Raises NotFoundError."""
    found = session.get(Entry, entry_id, populate_existing=True)
    if found is None:
        raise NotFoundError("entry", entry_id)
    return _views(session, [found])[0]


def history(session: Session, entry_id: int) -> list[RevisionView]:
    """Return every revision of an entry with the decision behind it, the newest first. Raises NotFoundError."""
    entry(session, entry_id)
    rows = session.exec(
        select(EntryRevision, Decision)
        .join(Decision, col(Decision.id) == EntryRevision.decision_id)
        .where(EntryRevision.entry_id == entry_id)
        .order_by(col(EntryRevision.number).desc())
    ).all()
    values = _values(session, [revision.id for revision, _ in rows])
    return [
        RevisionView(
            *(revision.number, revision.name, revision.family, revision.is_withdrawn),
            *(decision.verdict, decision.reviewer, decision.reason, decision.at),
            tuple(values.get(revision.id, ())),
        )
        for revision, decision in rows
    ]


def edit(
    session: Session,
    entry_id: int,
    edits: Iterable[Edit],
    *,
    reviewer: str,
    reason: str,
    seen_revision: int | None = None,
) -> EntryView:
    """Write a new revision of an entry with a person's own values; a value without a note cites the reason.

    Raises NotFoundError, AlreadyDecidedError for a withdrawn entry, StaleRevisionError, and InvalidValueError.
    """
    kept = reason_given(reason)
    given = [Edit(None, one.field, one.value, one.note or kept, one.unit) for one in edits]
    found, state = _standing(session, entry_id, seen_revision)
    drafts.apply([state], given, reviewer=reviewer)
    return _revise(session, found, state, _decided(session, found, Verdict.EDIT, reviewer, kept))


def retract(
    session: Session, entry_id: int, *, reviewer: str, reason: str, seen_revision: int | None = None
) -> EntryView:
    """Withdraw an entry as a new revision; nothing is deleted.

    Raises NotFoundError, AlreadyDecidedError for a withdrawn entry, StaleRevisionError, and InvalidValueError.
    """
    kept = reason_given(reason)
    found, state = _standing(session, entry_id, seen_revision)
    state.is_withdrawn = True
    return _revise(session, found, state, _decided(session, found, Verdict.RETRACT, reviewer, kept))


def _standing(session: Session, entry_id: int, seen_revision: int | None) -> tuple[Entry, EntryState]:
    """Return an entry that stands, locked until the end of the transaction."""
    query = select(Entry).where(Entry.id == entry_id).with_for_update().execution_options(populate_existing=True)
    found = session.exec(query).one_or_none()
    if found is None:
        raise NotFoundError("entry", entry_id)
    if found.is_withdrawn:
        raise AlreadyDecidedError(f"entry {entry_id} ({found.name}) is withdrawn already")
    if seen_revision is not None and seen_revision != found.revision:
        raise StaleRevisionError("entry", entry_id, seen_revision, found.revision)
    return found, state_of(session, found, found.revision)


def _decided(session: Session, found: Entry, verdict: Verdict, reviewer: str, reason: str) -> Decision:
    decision = Decision(
        entry_id=found.id,
        verdict=verdict,
        reviewer=reviewer_given(reviewer),
        reason=reason,
        seen_revision=found.revision,
    )
    session.add(decision)
    session.flush()
    return decision


def _revise(session: Session, found: Entry, state: EntryState, decision: Decision) -> EntryView:
    write(session, found.candidate_id, decision.id, state)
    return entry(session, found.id)


def _views(session: Session, found: Sequence[Entry]) -> list[EntryView]:
    newest = dict(
        session.exec(
            select(EntryRevision.entry_id, EntryRevision.id)
            .join(Entry, col(Entry.id) == EntryRevision.entry_id)
            .where(col(Entry.id).in_([one.id for one in found]), EntryRevision.number == Entry.revision)
        ).all()
    )
    values = _values(session, list(newest.values()))
    return [
        EntryView(
            *(one.id, one.family, one.name, one.organization, one.revision, one.is_withdrawn, one.candidate_id),
            tuple(values.get(newest[one.id], ())),
            *(one.created_at, one.changed_at),
        )
        for one in found
    ]


def _values(session: Session, revision_ids: list[int]) -> dict[int, list[ValueView]]:
    """Return the values of revisions, by revision, in the order of FIELDS."""
    rows = session.exec(
        select(EntryValue, Claim, Document.url)
        .outerjoin(Claim, col(Claim.id) == EntryValue.claim_id)
        .outerjoin(Document, col(Document.id) == Claim.document_id)
        .where(col(EntryValue.revision_id).in_(revision_ids))
        .order_by(col(EntryValue.id))
    )
    values: dict[int, list[ValueView]] = {}
    for held, claim, url in rows:
        values.setdefault(held.revision_id, []).append(_value(held, claim, url))
    for views in values.values():
        views.sort(key=lambda one: (_ORDER.get(one.field, len(_ORDER)), one.unit))
    return values


def _value(held: EntryValue, claim: Claim | None, url: str | None) -> ValueView:
    return ValueView(
        field=held.field,
        value=decode(held.value),
        unit=held.unit,
        quote=claim.quote if claim else None,
        url=url,
        note=held.note,
        claim_id=held.claim_id,
        confidence=claim.confidence if claim else None,
    )
