"""What new evidence would change in the catalog: the fields of approved entries that now differ."""

import json
from dataclasses import asdict, dataclass, field
from itertools import islice

from sqlmodel import Session, col, or_, select

from store.catalog_tables import Decision, Verdict
from store.entries import EntryState, states_of
from store.evidence import Evidence
from store.proposals import Slot, is_same, slot
from store.release import fold
from store.tables import Candidate, Kind, Status, now
from store.values import decode, encode
from store.views import Change, Proposal
from store.writing import insert_new

OPEN = (Status.PENDING, Status.LATER)
DECIDED = (Status.APPROVED, Status.REJECTED)

ModelSlot = tuple[str, Slot]


@dataclass(slots=True)
class _Seen:
    """The values that persons had before them when they decided last, by model and field."""

    values: dict[ModelSlot, set[str]] = field(default_factory=dict)
    models: set[str] = field(default_factory=set)


def propose_update(session: Session, base: Candidate, found: Evidence) -> Candidate | None:
    """Keep the one open update of an approved release equal to what now differs; None where nothing does.

    A value that a person saw when deciding last about that field does not come back, whatever was decided.
    """
    changes = _changes(session, base, found)
    update = session.exec(
        select(Candidate)
        .where(Candidate.updates_id == base.id, col(Candidate.status).in_(OPEN))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if update is None and changes:
        insert_new(session, Candidate, _new_update(base).model_dump(exclude={"id"}))
        update = session.exec(
            select(Candidate).where(Candidate.updates_id == base.id, col(Candidate.status).in_(OPEN))
        ).one()
    if update is not None:
        _take(update, base, found, changes)
        session.add(update)
        session.flush()
        if not changes and update.status is Status.PENDING and not _history(session, update.id):
            session.delete(update)
            session.flush()
            return None
    return update


def pack(changes: list[Change]) -> str:
    """Return changes as JSON."""
    rows = [
        asdict(change) | {"old": None if change.old is None else encode(change.old), "new": encode(change.new)}
        for change in changes
    ]
    return json.dumps(rows, ensure_ascii=False)


def unpack(text: str) -> tuple[Change, ...]:
    """Return the changes that `pack` wrote."""
    return tuple(
        Change(**(row | {"old": None if row["old"] is None else decode(row["old"]), "new": decode(row["new"])}))
        for row in json.loads(text)
    )


def shown(found: Evidence, name: str) -> str:
    """Return, as JSON, all that a person has before them: model, field, unit, value."""
    rows = [(fold(model), "name", "", encode(model)) for model in found.models or (name,)]
    rows += [
        (fold(proposal.model), *slot(proposal.field, proposal.unit), encode(value))
        for proposal in found.proposals(name)
        for value in (proposal.value, *(rival.value for rival in proposal.rivals))
    ]
    return json.dumps(rows, ensure_ascii=False)


def _changes(session: Session, base: Candidate, found: Evidence) -> list[Change]:
    entries = states_of(session, base.id)
    seen = _seen(session, base.id)
    changes: list[Change] = []
    proposals = found.proposals(base.name)
    for model in found.models or (base.name,):
        own = [proposal for proposal in proposals if proposal.model == model]
        entry = entries.get(fold(model))
        if entry is None and fold(model) not in seen.models:
            changes += _added(found, model, own)
        elif entry is not None and not entry.is_withdrawn:
            changes += [change for proposal in own for change in _differing(entry, proposal, seen)]
    return changes


def _differing(entry: EntryState, proposal: Proposal, seen: _Seen) -> list[Change]:
    place = slot(proposal.field, proposal.unit)
    held = entry.values.get(place)
    old = decode(held.value) if held else None
    if is_same(old, proposal.value) or encode(proposal.value) in seen.values.get((entry.model, place), ()):
        return []
    names = (entry.name, proposal.field, proposal.unit)
    return [Change(entry.id, *names, old, proposal.value, proposal.claim_id)]


def _added(found: Evidence, model: str, proposals: list[Proposal]) -> list[Change]:
    """Return the change that adds a model, cited by the words that name it, and those that give it values."""
    naming = (claim for claim in found.claims if claim.field == "name" and fold(claim.model) == fold(model))
    return [
        *(Change(None, model, "name", "", None, model, claim.id) for claim in islice(naming, 1)),
        *(Change(None, model, one.field, one.unit, None, one.value, one.claim_id) for one in proposals),
    ]


def _history(session: Session, candidate_id: int) -> bool:
    decided = select(Decision.id).where(Decision.candidate_id == candidate_id)
    return session.exec(decided).first() is not None


def _seen(session: Session, base_id: int) -> _Seen:
    """Read what was seen at the last decision on each field; what is open again does not count as decided."""
    rows = session.exec(
        select(Decision.seen)
        .join(Candidate, col(Candidate.id) == Decision.candidate_id)
        .where(
            or_(col(Candidate.id) == base_id, col(Candidate.updates_id) == base_id),
            col(Candidate.status).in_(DECIDED),
            col(Decision.verdict).in_((Verdict.APPROVE, Verdict.REJECT)),
        )
        .order_by(col(Decision.id).desc())
    )
    seen = _Seen()
    for text in rows:
        latest: dict[ModelSlot, set[str]] = {}
        for model, name, unit, value in json.loads(text):
            latest.setdefault((model, (name, unit)), set()).add(value)
            seen.models.add(model)
        for place, values in latest.items():
            seen.values.setdefault(place, values)
    return seen


def _new_update(base: Candidate) -> Candidate:
    return Candidate(release=base.release, name=base.name, kind=Kind.UPDATE, updates_id=base.id)


def _take(update: Candidate, base: Candidate, found: Evidence, changes: list[Change]) -> None:
    packed = pack(changes)
    if update.changes == packed:
        return
    update.revision += 1 if update.evidence else 0
    update.changes, update.evidence = packed, found.digest
    update.name, update.organization = base.name, found.organization or base.organization
    update.priority = found.priority.value
    fields = sorted({change.field for change in changes})
    update.reasons = json.dumps([f"differs from the catalog: {', '.join(fields)}", *found.priority.reasons])
    update.changed_at = now()
