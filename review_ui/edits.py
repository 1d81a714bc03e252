"""What a person changed in the form of a candidate, as edits that the store takes."""

from collections.abc import Iterable, Iterator

from review_ui import words
from review_ui.forms import Form
from review_ui.proposed import KEPT, ProposedField, ProposedModel, models_of, proposed_models
from review_ui.refusals import FieldProblemsError
from store.errors import InvalidValueError
from store.values import NAMES, parse_value
from store.views import CandidateView, Edit

NOTE_LIMIT = 2_000  # characters


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
    return frozenset(models_of(candidate)) - frozenset(form.all(KEPT))


def differences(candidate: CandidateView, form: Form) -> tuple[str, ...]:
    """Say which proposed values differ now from those that `form` was made with."""
    shown = {name.removeprefix("shown:"): form.text(name) for name in form.values if name.startswith("shown:")}
    if not shown:
        return ()
    return tuple(
        f"{words.label(field.name)} of {field.model}: {was or 'no value'} before, {field.shown or 'no value'} now"
        for field in _every(proposed_models(candidate))
        if (was := shown.get(field.key, "")) != field.shown and (field.key in shown or field.offer)
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
    if field.typed and not field.note and field.name not in NAMES:
        return {f"note:{field.key}": "Say where this value comes from: an address, or a few words."}
    if len(field.note) > NOTE_LIMIT:
        return {f"note:{field.key}": f"At most {NOTE_LIMIT:,} characters; these are {len(field.note):,}."}
    return {}
