"""The entries that a candidate proposes, field by field, with what a person typed over them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from review_ui import words
from review_ui.derived import derived_by_field
from review_ui.forms import Form
from store.tables import Kind
from store.values import FIELDS, NAMES, Value
from store.views import CandidateView, Change, ClaimView, DerivedView

KEPT = "keep"
#: Fields that a tracker wants of every model, shown even where nothing states them.
ASKED_FOR = (
    *("parameters", "active_parameters", "training_tokens"),
    *("input_modalities", "output_modalities", "open_weights"),
)
#: Fields whose number says nothing without a unit; a person cannot add them here yet.
NEED_A_UNIT = ("dataset_size", "training_time", "benchmark")
NO_PROBLEMS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that approving would write, its claim, and what else is stated; `change` if the catalog has another."""

    field: str
    unit: str
    value: Value
    claim: ClaimView | None
    rule: str = ""
    rivals: tuple[ClaimView, ...] = ()
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class ProposedField:
    """One field of a proposed entry; `shown` is its value as the form was given it, `typed` what stands there now.

    `derived` are figures for it that no text states.
    """

    name: str
    unit: str
    model: str
    offer: Offer | None
    shown: str
    typed: str
    note: str
    value_problem: str
    note_problem: str
    derived: tuple[DerivedView, ...] = ()

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

    @property
    def has_more_typed(self) -> bool:
        """Whether a person typed into a field of `others`."""
        return any(field.typed != field.shown or field.note for field in self.others)


def input_key(field: str, unit: str, model: str) -> str:
    """Return what the names of the inputs of a field end in; a field can stand several times with other units."""
    return "|".join((field, unit, model))


def proposed_models(
    candidate: CandidateView, form: Form | None = None, problems: Mapping[str, str] = NO_PROBLEMS
) -> tuple[ProposedModel, ...]:
    """Return the proposed entries with what `form` typed over them, where a person typed something else than shown."""
    return tuple(
        _model(candidate, name, form is None or _is_kept(form, name), form, problems) for name in models_of(candidate)
    )


def models_of(candidate: CandidateView) -> tuple[str, ...]:
    """Return the models of which approving would make or change an entry; a release that names none is its own."""
    if candidate.kind is Kind.UPDATE:
        return tuple(dict.fromkeys(change.model for change in candidate.changes))
    return candidate.models or (candidate.name,)


def _is_kept(form: Form, model: str) -> bool:
    """Whether the box of a model stands; it does, too, where the form was made before the model was there."""
    was_asked = any(name.startswith("value:") and name.endswith(f"|{model}") for name in form.values)
    return not was_asked or model in form.all(KEPT)


def _model(
    candidate: CandidateView, name: str, is_kept: bool, form: Form | None, problems: Mapping[str, str]
) -> ProposedModel:
    derived = derived_by_field(candidate, name)
    if candidate.kind is Kind.UPDATE:
        offers, asked, empty = _changed_offers(candidate, name), [], []
    else:
        offers = _offers(candidate, name)
        stated = {field for field, _ in offers}
        wanted = dict.fromkeys((*ASKED_FOR, *derived))
        asked = [(field, "") for field in wanted if field not in stated]
        empty = [(rule.name, "") for rule in FIELDS if rule.name not in (*stated, *wanted, *NEED_A_UNIT)]
    names = {} if candidate.kind is Kind.UPDATE else _called(candidate, name)

    def made(places: Iterable[tuple[str, str]]) -> tuple[ProposedField, ...]:
        fields = (_field(name, place, (offers | names).get(place), form) for place in sorted(places, key=catalog_order))
        return tuple(_with_problems(replace(field, derived=derived.get(field.name, ())), problems) for field in fields)

    return ProposedModel(name=name, is_kept=is_kept, fields=made([*offers, *asked]), others=made([*names, *empty]))


def _offers(candidate: CandidateView, model: str) -> dict[tuple[str, str], Offer]:
    return {
        (each.field, each.unit): Offer(
            each.field, each.unit, each.value, _claim(candidate, each.claim_id), each.rule, each.rivals
        )
        for each in candidate.proposals
        if each.model == model
    }


def _changed_offers(candidate: CandidateView, model: str) -> dict[tuple[str, str], Offer]:
    return {
        (each.field, each.unit): Offer(each.field, each.unit, each.new, _claim(candidate, each.claim_id), change=each)
        for each in candidate.changes
        if each.model == model
    }


def _called(candidate: CandidateView, model: str) -> dict[tuple[str, str], Offer]:
    """Return the name of a model and that of its family, which a person may correct."""
    return {("name", ""): Offer("name", "", model, None), ("family", ""): Offer("family", "", candidate.name, None)}


def _claim(candidate: CandidateView, claim_id: int) -> ClaimView | None:
    return next((claim for claim in candidate.claims if claim.id == claim_id), None)


def catalog_order(place: tuple[str, str]) -> tuple[int, str, str]:
    """Order fields as the catalog does, names first."""
    order = [*NAMES, *(rule.name for rule in FIELDS)]
    field, unit = place
    return (order.index(field) if field in order else len(order), field, unit)


def _field(model: str, place: tuple[str, str], offer: Offer | None, form: Form | None) -> ProposedField:
    name, unit = place
    key = input_key(name, unit, model)
    shown = words.human(offer.value) if offer else ""
    return ProposedField(
        name=name,
        unit=unit,
        model=model,
        offer=offer,
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
