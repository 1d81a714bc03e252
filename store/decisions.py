"""What a person decides about a candidate; each decision is recorded once and never edited."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from store import drafts
from store.candidates import OPEN, locked, refresh
from store.catalog_tables import Decision, Entry, EntryRevision, Verdict
from store.entries import EntryState, state_of, states_of, write
from store.errors import AlreadyDecidedError, InvalidValueError, StaleRevisionError
from store.evidence import evidence
from store.storable import storable
from store.tables import Candidate, Kind, Status, now
from store.updates import shown, unpack
from store.values import decode
from store.views import Edit

LONGEST_REVIEWER = 200
LONGEST_REASON = 2000

#: What a decided candidate is called in a message.
_DONE = {Status.APPROVED: "approved", Status.REJECTED: "rejected"}


def approve(
    session: Session,
    candidate_id: int,
    *,
    reviewer: str,
    seen_revision: int | None = None,
    edits: Iterable[Edit] = (),
    without: Iterable[str] = (),
) -> list[Entry]:
    """Make an entry of each model of a candidate that is kept, or a new revision of each entry that it changes.

    `without` names models that are left out. Each value cites its claim, or the note of the person who edited it.
    Raises NotFoundError, AlreadyDecidedError, StaleRevisionError, InvalidValueError, QuoteMismatchError.
    """
    candidate = _undecided(session, candidate_id, seen_revision)
    base_id = candidate.updates_id or candidate.id
    before = states_of(session, base_id)
    changes = tuple(edits)
    dropped = sorted(without)
    was = _snapshot(before.values())
    states = drafts.keep(_states(session, candidate, before), dropped)
    drafts.apply(states, changes, reviewer=reviewer_given(reviewer))
    decision = _record(session, candidate, Verdict.APPROVE, reviewer=reviewer, before=was)
    entries = [write(session, base_id, decision.id, state) for state in states]
    decision.after = _json(
        {"entries": _snapshot(states), "without": dropped, "edited": [_edited(edit) for edit in changes]}
    )
    _close(session, candidate, Status.APPROVED)
    return entries


def reject(
    session: Session, candidate_id: int, *, reviewer: str, reason: str, seen_revision: int | None = None
) -> Decision:
    """Reject a candidate for good, with a reason.

    Raises NotFoundError, AlreadyDecidedError, StaleRevisionError, and InvalidValueError without a reason.
    """
    kept = reason_given(reason)
    candidate = _undecided(session, candidate_id, seen_revision)
    decision = _record(session, candidate, Verdict.REJECT, reviewer=reviewer, reason=kept)
    _close(session, candidate, Status.REJECTED)
    return decision


def postpone(
    session: Session,
    candidate_id: int,
    *,
    reviewer: str,
    until: datetime | None = None,
    reason: str = "",
    seen_revision: int | None = None,
) -> Decision:
    """Put a candidate off until a time, when it is pending again, or until somebody reopens it.

    Raises NotFoundError, AlreadyDecidedError, StaleRevisionError, and InvalidValueError for a time that is past or
    has no zone.
    """
    if until is not None and (until.utcoffset() is None or until <= now()):
        raise InvalidValueError(f"{until}: a time to come is needed, with its zone")
    candidate = _undecided(session, candidate_id, seen_revision)
    decision = _record(session, candidate, Verdict.LATER, reviewer=reviewer, reason=reason)
    decision.after = _json({"until": until.isoformat() if until else None})
    _close(session, candidate, Status.LATER)
    candidate.later_until = until
    return decision


def reopen(
    session: Session, candidate_id: int, *, reviewer: str, reason: str = "", seen_revision: int | None = None
) -> Decision:
    """Take a decision back: the candidate is pending again.

    The entries of an approved release are withdrawn, the changes of an approved update undone, each as a new revision;
    nothing is deleted. Raises NotFoundError, StaleRevisionError, AlreadyDecidedError for a pending candidate, and
    InvalidValueError for an update that others build upon.
    """
    candidate = locked(session, candidate_id)
    _check_revision(candidate, seen_revision)
    if candidate.status is Status.PENDING:
        raise AlreadyDecidedError(f"candidate {candidate_id} is pending: there is nothing to take back")
    was_approved = candidate.status is Status.APPROVED
    if candidate.kind is Kind.UPDATE:
        _check_update_can_open(session, candidate)
    last = _last(session, candidate, Verdict.APPROVE)
    decision = _record(session, candidate, Verdict.REOPEN, reviewer=reviewer, reason=reason)
    if was_approved and candidate.kind is Kind.NEW:
        _withdraw(session, candidate, decision)
    elif was_approved and last is not None:
        _undo(session, last, decision)
    _close(session, candidate, Status.PENDING)
    if candidate.kind is Kind.NEW:
        refresh(session, candidate.id)
    return decision


def reason_given(reason: str) -> str:
    """Return a reason as it is stored. Raises InvalidValueError where there is none."""
    kept = storable(reason.strip())[:LONGEST_REASON]
    if not kept:
        raise InvalidValueError("a reason is needed: say in a few words why")
    return kept


def _undecided(session: Session, candidate_id: int, seen_revision: int | None) -> Candidate:
    candidate = locked(session, candidate_id)
    if candidate.status not in OPEN:
        done = _DONE[candidate.status]
        last = _last(session, candidate, Verdict.APPROVE if candidate.status is Status.APPROVED else Verdict.REJECT)
        who = f" by {last.reviewer} at {last.at:%Y-%m-%d %H:%M} UTC" if last else ""
        raise AlreadyDecidedError(f"candidate {candidate_id} ({candidate.name}) was already {done}{who}")
    _check_revision(candidate, seen_revision)
    return candidate


def _check_revision(candidate: Candidate, seen_revision: int | None) -> None:
    if seen_revision is not None and seen_revision != candidate.revision:
        raise StaleRevisionError("candidate", candidate.id, seen_revision, candidate.revision)


def reviewer_given(reviewer: str) -> str:
    """Return who decides as it is stored. Raises InvalidValueError where nobody is named."""
    kept = " ".join(reviewer.split())
    if not kept or len(kept) > LONGEST_REVIEWER or not kept.isprintable():
        raise InvalidValueError("who decides is needed: a name of 1 to 200 characters")
    return kept


def _states(session: Session, candidate: Candidate, known: dict[str, EntryState]) -> list[EntryState]:
    if candidate.kind is Kind.UPDATE:
        return drafts.updated_states(candidate.name, unpack(candidate.changes), known)
    found = evidence(session, [candidate.id])[candidate.id]
    if found.digest != candidate.evidence:
        # A newer pipeline has read the documents since: nobody has seen what would be approved.
        raise StaleRevisionError("candidate", candidate.id, candidate.revision, candidate.revision + 1)
    states = drafts.new_states(candidate.name, found.models, found.proposals(candidate.name), known)
    drafts.name_maker(states, found.documents)
    return states


def _record(
    session: Session,
    candidate: Candidate,
    verdict: Verdict,
    *,
    reviewer: str,
    reason: str = "",
    before: dict[str, Any] | None = None,
) -> Decision:
    base_id = candidate.updates_id or candidate.id
    found = evidence(session, [base_id])[base_id]
    decision = Decision(
        candidate_id=candidate.id,
        verdict=verdict,
        reviewer=reviewer_given(reviewer),
        reason=storable(reason.strip())[:LONGEST_REASON],
        seen_revision=candidate.revision,
        seen=shown(found, candidate.name),
        before=_json({"status": candidate.status.value, "entries": before or {}}),
    )
    session.add(decision)
    session.flush()
    return decision


def _close(session: Session, candidate: Candidate, status: Status) -> None:
    candidate.status = status
    candidate.later_until = None
    candidate.revision += 1
    candidate.changed_at = now()
    session.add(candidate)
    session.flush()


def _last(session: Session, candidate: Candidate, verdict: Verdict) -> Decision | None:
    query = select(Decision).where(Decision.candidate_id == candidate.id, Decision.verdict == verdict)
    return session.exec(query.order_by(col(Decision.id).desc())).first()


def _withdraw(session: Session, candidate: Candidate, decision: Decision) -> None:
    """Withdraw the entries of a release, and close the update that waits for it: its evidence is the release's own."""
    waiting = select(Candidate).where(Candidate.updates_id == candidate.id, col(Candidate.status).in_(OPEN))
    for update in session.exec(waiting.with_for_update()):
        _record(session, update, Verdict.REJECT, reviewer=decision.reviewer, reason="the release itself was reopened")
        _close(session, update, Status.REJECTED)
    for state in states_of(session, candidate.id).values():
        if not state.is_withdrawn:
            state.is_withdrawn = True
            write(session, candidate.id, decision.id, state)


def _check_update_can_open(session: Session, update: Candidate) -> None:
    base = locked(session, update.updates_id or 0)
    waiting = select(Candidate.id).where(
        Candidate.updates_id == base.id, col(Candidate.status).in_(OPEN), Candidate.id != update.id
    )
    if base.status is not Status.APPROVED or session.exec(waiting).first() is not None:
        raise InvalidValueError(f"candidate {update.id}: the release or a later update of it is open; decide that one")


def _undo(session: Session, approval: Decision, decision: Decision) -> None:
    """Give each entry that the update changed the values from before, and withdraw those that it added."""
    rows = session.exec(
        select(EntryRevision, Entry)
        .join(Entry, col(Entry.id) == EntryRevision.entry_id)
        .where(EntryRevision.decision_id == approval.id)
        .with_for_update()
    ).all()
    for revision, entry in rows:
        if entry.revision != revision.number:
            raise InvalidValueError(f"{entry.name} has changed since: edit entry {entry.id} in the catalog instead")
        state = state_of(session, entry, max(revision.number - 1, 1))
        state.is_withdrawn = state.is_withdrawn or revision.number == 1
        write(session, entry.candidate_id, decision.id, state)


def _snapshot(states: Iterable[EntryState]) -> dict[str, Any]:
    return {
        state.name: {
            "withdrawn": state.is_withdrawn,
            "values": {value.field: [decode(value.value), value.unit] for value in state.values.values()},
        }
        for state in states
    }


def _edited(edit: Edit) -> dict[str, Any]:
    return {"model": edit.model, "field": edit.field, "value": edit.value, "unit": edit.unit, "note": edit.note}


def _json(value: dict[str, Any]) -> str:
    return storable(json.dumps(value, ensure_ascii=False))
