"""The entries that a candidate proposes, field by field, and what a person typed over them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from review_ui import words
from review_ui.forms import Form
from review_ui.refusals import FieldProblemsError
from store.errors import InvalidValueError
from store.values import FIELDS, NAMES, parse_value
from store.views import CandidateView, Change, ClaimView, Edit, Proposal

KEPT = "keep"
NOTE_LIMIT = 2_000  # characters
#: Fields that a tracker wants of every model, shown even where nothing states them.
ASKED_FOR = (
    *("parameters", "active_parameters", "training_tokens"),
    *("input_modalities", "output_modalities", "open_weights"),
)
#: Fields whose number says nothing without a unit; a person cannot add them here yet.
NEED_A_UNIT = ("dataset_size", "training_time", "benchmark")
NO_PROBLEMS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class ProposedField:
    """One field of a proposed entry; `shown` is its value as the form was given it, `typed` what stands there now."""

    name: str
    unit: str
    model: str
    proposal: Proposal | None
    claim: ClaimView | None
    change: Change | None
    shown: str
    typed: str
    note: str
    value_problem: str
    note_problem: str

    @property
    def key(self) -> str:
        """What the names of this field's inputs end in."""
        return input_key(self.name, self.unit, self.model)


@dataclass(frozen=True, slots=True)
class ProposedModel:
    """One entry that approving would make or change; it is left out where `is_kept` is false.

    `fields` have a value or are always asked for; `others` are empty and can be filled.
    """

    name: str
    is_kept: bool
    fields: tuple[ProposedField, ...]
    others: tuple[ProposedField, ...]


def input_key(field: str, unit: str, model: str) -> str:
    """Return what the names of the inputs of a field end in; a field can stand several times with other units."""
    return "|".join((field, unit, model))


def proposed_models(
    candidate: CandidateView, form: Form | None = None, problems: Mapping[str, str] = NO_PROBLEMS
) -> tuple[ProposedModel, ...]:
    """Return the proposed entries with what `form` typed over them, where a person typed something else than shown."""
    kept = frozenset(candidate.models) if form is None else frozenset(form.all(KEPT))
    return tuple(_model(candidate, model, model in kept, form, problems) for model in candidate.models)


def read_edits(candidate: CandidateView, form: Form) -> tuple[Edit, ...]:
    """Return what a person changed; an emptied field is an edit to no value.

    Raises FieldProblemsError for values that cannot be read and for changed values without a word on their origin.
    """
    edits: list[Edit] = []
    problems: dict[str, str] = {}
    for field in _changed(candidate, form):
        try:
            edits.append(_edit(field))
        except InvalidValueError as error:
            problems[f"value:{field.key}"] = str(error)
            continue
        problems |= _note_problems(field)
    if problems:
        raise FieldProblemsError(problems)
    return tuple(edits)


def left_out(candidate: CandidateView, form: Form) -> frozenset[str]:
    """Return the models whose box a person has cleared."""
    return frozenset(candidate.models) - frozenset(form.all(KEPT))


def differences(candidate: CandidateView, form: Form) -> tuple[str, ...]:
    """Say which proposed values differ now from those that `form` was made with."""
    return tuple(
        f"{words.label(field.name)} of {field.model}: {shown or 'no value'} before, {field.shown or 'no value'} now"
        for field in _every(proposed_models(candidate))
        if f"shown:{field.key}" in form.values and (shown := form.text(f"shown:{field.key}")) != field.shown
    )


def _every(models: Iterable[ProposedModel]) -> Iterator[ProposedField]:
    for model in models:
        yield from (*model.fields, *model.others)


def _changed(candidate: CandidateView, form: Form) -> Iterator[ProposedField]:
    kept = (model for model in proposed_models(candidate, form) if model.is_kept)
    return (field for field in _every(kept) if field.typed != field.shown)


def _edit(field: ProposedField) -> Edit:
    value = parse_value(field.name, field.typed) if field.typed else None
    return Edit(model=field.model, field=field.name, value=value, note=field.note, unit=field.unit)


def _note_problems(field: ProposedField) -> dict[str, str]:
    if field.typed and not field.note:
        return {f"note:{field.key}": "Say where this value comes from: an address, or a few words."}
    if len(field.note) > NOTE_LIMIT:
        return {f"note:{field.key}": f"At most {NOTE_LIMIT:,} characters; these are {len(field.note):,}."}
    return {}


def _model(
    candidate: CandidateView, name: str, is_kept: bool, form: Form | None, problems: Mapping[str, str]
) -> ProposedModel:
    proposals = {(each.field, each.unit): each for each in candidate.proposals if each.model == name}
    stated = {field for field, _ in proposals}
    asked = [(field, "") for field in ASKED_FOR if field not in stated]
    empty = [(rule.name, "") for rule in FIELDS if rule.name not in (*stated, *ASKED_FOR, *NEED_A_UNIT)]

    def made(places: Iterable[tuple[str, str]]) -> tuple[ProposedField, ...]:
        fields = (
            _field(candidate, name, place, proposals.get(place), form) for place in sorted(places, key=catalog_order)
        )
        return tuple(_with_problems(field, problems) for field in fields)

    return ProposedModel(name=name, is_kept=is_kept, fields=made([*proposals, *asked]), others=made(empty))


def catalog_order(place: tuple[str, str]) -> tuple[int, str, str]:
    """Order fields as the catalog does, names first."""
    order = [*NAMES, *(rule.name for rule in FIELDS)]
    field, unit = place
    return (order.index(field) if field in order else len(order), field, unit)


def _field(
    candidate: CandidateView, model: str, place: tuple[str, str], proposal: Proposal | None, form: Form | None
) -> ProposedField:
    name, unit = place
    key = input_key(name, unit, model)
    shown = words.human(proposal.value) if proposal else ""
    changes = (each for each in candidate.changes if (each.model, each.field, each.unit) == (model, name, unit))
    return ProposedField(
        name=name,
        unit=unit,
        model=model,
        proposal=proposal,
        claim=next((claim for claim in candidate.claims if proposal and claim.id == proposal.claim_id), None),
        change=next(changes, None),
        shown=shown,
        typed=still_typed(form, key, shown),
        note=form.text(f"note:{key}") if form else "",
        value_problem="",
        note_problem="",
    )


def _with_problems(field: ProposedField, problems: Mapping[str, str]) -> ProposedField:
    return replace(
        field,
        value_problem=problems.get(f"value:{field.key}", ""),
        note_problem=problems.get(f"note:{field.key}", ""),
    )


def still_typed(form: Form | None, key: str, shown: str) -> str:
    """Return what a person typed; the present value where they left the field as they were shown it."""
    if form is None or f"value:{key}" not in form.values:
        return shown
    typed = form.text(f"value:{key}")
    return shown if typed == form.text(f"shown:{key}") else typed
