"""What approving a candidate would make of the catalog: its proposals or changes, with a person's edits."""

from collections.abc import Iterable

from store.entries import EntryState, HeldValue
from store.errors import InvalidValueError
from store.proposals import slot
from store.release import fold
from store.values import NAMES, checked, encode, rule
from store.views import Change, DocumentView, Edit, Proposal

LONGEST_NOTE = 2000


def new_states(
    family: str, models: tuple[str, ...], proposals: Iterable[Proposal], known: dict[str, EntryState]
) -> list[EntryState]:
    """Return one state for each model of a release, or one for the family where it names none.

    An entry of `known` (from an earlier approval that was taken back) is taken up again under its id.
    """
    states = {}
    for name in models or (family,):
        earlier = known.get(fold(name))
        states[fold(name)] = EntryState(earlier.id if earlier else None, fold(name), family, name)
    for proposal in proposals:
        held = HeldValue(proposal.field, proposal.unit, encode(proposal.value), proposal.claim_id, None)
        states[fold(proposal.model)].values[slot(proposal.field, proposal.unit)] = held
    return list(states.values())


def name_maker(states: list[EntryState], documents: Iterable[DocumentView]) -> None:
    """Give models without a stated maker the one at whose own place, a watched source, they were published."""
    own = next((document for document in documents if document.is_watched and document.maker), None)
    if own is None or own.maker is None:
        return
    for state in states:
        note = f"published at the maker's own place, {own.url}"[:LONGEST_NOTE]
        held = HeldValue("organization", "", encode(own.maker), None, note)
        state.values.setdefault(slot("organization", ""), held)


def updated_states(family: str, changes: Iterable[Change], known: dict[str, EntryState]) -> list[EntryState]:
    """Return the entries that `changes` touch, as they would stand after them, and the models that they add."""
    by_id = {state.id: state for state in known.values()}
    states: dict[str, EntryState] = {}
    for change in changes:
        entry = by_id.get(change.entry_id) if change.entry_id is not None else None
        key = entry.model if entry else fold(change.model)
        state = states.setdefault(key, entry or EntryState(None, key, family, change.model))
        if change.field not in NAMES:
            held = HeldValue(change.field, change.unit, encode(change.new), change.claim_id, None)
            state.values[slot(change.field, change.unit)] = held
    return list(states.values())


def keep(states: list[EntryState], without: Iterable[str]) -> list[EntryState]:
    """Leave out the models of `without`. Raises InvalidValueError for an unknown one, or if none is left."""
    dropped = {state.model for name in without for state in _named(states, name)}
    kept = [state for state in states if state.model not in dropped]
    if not kept:
        raise InvalidValueError("no model is left to approve: reject the candidate instead")
    return kept


def apply(states: list[EntryState], edits: Iterable[Edit], *, reviewer: str) -> None:
    """Set a person's own values. Raises InvalidValueError for an unknown model or field, or a value that cannot be."""
    for edit in edits:
        for state in _named(states, edit.model) if edit.model else states:
            _set(state, edit, reviewer)


def _named(states: list[EntryState], name: str) -> list[EntryState]:
    found = [state for state in states if fold(name) in (state.model, fold(state.name))]
    if not found:
        known = ", ".join(state.name for state in states)
        raise InvalidValueError(f"{name[:80]}: no model of this candidate; its models are {known[:500]}")
    return found


def _set(state: EntryState, edit: Edit, reviewer: str) -> None:
    rule(edit.field)
    if edit.value is None:
        if edit.field in NAMES:
            raise InvalidValueError(f"{edit.field}: a model needs one")
        state.values.pop(slot(edit.field, edit.unit), None)
        return
    value = checked(edit.field, edit.value)
    if edit.field == "name":
        state.name = str(value)
    elif edit.field == "family":
        state.family = str(value)
    else:
        note = edit.note.strip()[:LONGEST_NOTE] or f"given by {reviewer}"
        state.values[slot(edit.field, edit.unit)] = HeldValue(edit.field, edit.unit, encode(value), None, note)
