"""Entries of the catalog as they are written: a revision for each decision, and nothing ever edited."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from store.catalog_tables import Entry, EntryRevision, EntryValue
from store.errors import QuoteMismatchError
from store.proposals import Slot, slot
from store.tables import Claim, Document, now
from store.values import decode


@dataclass(frozen=True, slots=True)
class HeldValue:
    """A value and its proof: a claim, or a person's note; `value` is canonical JSON."""

    field: str
    unit: str
    value: str
    claim_id: int | None
    note: str | None


@dataclass(slots=True)
class EntryState:
    """An entry as it stands or as a decision will leave it; `id` is None before it is written, `model` normalised."""

    id: int | None
    model: str
    family: str
    name: str
    is_withdrawn: bool = False
    values: dict[Slot, HeldValue] = field(default_factory=dict)


def states_of(session: Session, candidate_id: int) -> dict[str, EntryState]:
    """Return the entries that a candidate of kind `new` and its updates made, by normalised name."""
    entries = session.exec(
        select(Entry)
        .where(Entry.candidate_id == candidate_id)
        .order_by(col(Entry.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    return {entry.model: state_of(session, entry, entry.revision) for entry in entries}


def state_of(session: Session, entry: Entry, number: int) -> EntryState:
    """Return an entry as its revision `number` left it."""
    revision = session.exec(
        select(EntryRevision).where(EntryRevision.entry_id == entry.id, EntryRevision.number == number)
    ).one()
    rows = session.exec(select(EntryValue).where(EntryValue.revision_id == revision.id).order_by(col(EntryValue.id)))
    values = {
        slot(row.field, row.unit): HeldValue(row.field, row.unit, row.value, row.claim_id, row.note) for row in rows
    }
    return EntryState(entry.id, entry.model, revision.family, revision.name, revision.is_withdrawn, values)


def write(session: Session, candidate_id: int, decision_id: int, state: EntryState) -> Entry:
    """Write a state as the next revision of its entry, or as the first one of a new entry.

    Raises QuoteMismatchError if a claim that it cites does not stand in its document, word for word.
    """
    check_quotes(session, (value.claim_id for value in state.values.values() if value.claim_id is not None))
    entry = session.get(Entry, state.id) if state.id is not None else None
    if entry is None:
        entry = Entry(candidate_id=candidate_id, model=state.model, family=state.family, name=state.name)
    else:
        entry.revision += 1
    entry.family, entry.name, entry.is_withdrawn = state.family, state.name, state.is_withdrawn
    entry.organization = _organization(state)
    entry.changed_at = now()
    session.add(entry)
    session.flush()
    _write_revision(session, entry, decision_id, state)
    return entry


def check_quotes(session: Session, claim_ids: Iterable[int]) -> None:
    """Raise QuoteMismatchError unless the quote of every claim stands at its offsets in its document."""
    rows = session.exec(
        select(Claim, Document)
        .join(Document, col(Document.id) == Claim.document_id)
        .where(col(Claim.id).in_(sorted(set(claim_ids))))
    )
    for claim, document in rows:
        if document.content[claim.start_char : claim.end_char] != claim.quote:
            raise QuoteMismatchError(claim.id, document.id)


def _write_revision(session: Session, entry: Entry, decision_id: int, state: EntryState) -> None:
    revision = EntryRevision(
        entry_id=entry.id,
        number=entry.revision,
        decision_id=decision_id,
        family=state.family,
        name=state.name,
        is_withdrawn=state.is_withdrawn,
    )
    session.add(revision)
    session.flush()
    for held in state.values.values():
        session.add(
            EntryValue(
                revision_id=revision.id,
                field=held.field,
                unit=held.unit,
                value=held.value,
                claim_id=held.claim_id,
                note=held.note,
            )
        )
    session.flush()


def _organization(state: EntryState) -> str | None:
    held = state.values.get(("organization", ""))
    return str(decode(held.value)) if held else None
