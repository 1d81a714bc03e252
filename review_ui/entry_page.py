"""The page of one entry of the catalog, and what a person typed over its values."""

from collections.abc import Mapping

from sqlmodel import Session

from review_ui import words
from review_ui.forms import Form
from review_ui.pages import EditableField, EntryPage, Refusal
from review_ui.proposed import NEED_A_UNIT, catalog_order, input_key, still_typed
from review_ui.refusals import FieldProblemsError
from store import catalog
from store.errors import InvalidValueError
from store.values import FIELDS, parse_value
from store.views import Edit, EntryView, ValueView


def entry_page(
    session: Session, entry_id: int, *, form: Form | None = None, refusal: Refusal | None = None
) -> EntryPage:
    """Return the page of an entry; `form` and `refusal` are given when a change was not made: what was typed stays."""
    entry = catalog.entry(session, entry_id)
    return EntryPage(
        entry=entry,
        fields=editable_fields(entry, form, refusal.problems if refusal else {}),
        history=tuple(catalog.history(session, entry_id)),
        reason=form.text("reason") if form else "",
        retract_reason=form.text("retract_reason") if form else "",
        refusal=refusal,
    )


def editable_fields(entry: EntryView, form: Form | None, problems: Mapping[str, str]) -> tuple[EditableField, ...]:
    """Return every field that the entry has or could be given, as the form shows them."""
    values = {(value.field, value.unit): value for value in entry.values}
    stated = {field for field, _ in values}
    empty = [(rule.name, "") for rule in FIELDS if rule.name not in (*stated, *NEED_A_UNIT)]
    return tuple(
        _field(place, values.get(place), form, problems) for place in sorted([*values, *empty], key=catalog_order)
    )


def read_changes(entry: EntryView, form: Form) -> tuple[Edit, ...]:
    """Return what a person changed; FieldProblemsError where a value cannot be read, or nothing was changed."""
    edits: list[Edit] = []
    problems: dict[str, str] = {}
    for field in editable_fields(entry, form, {}):
        if field.typed == field.shown:
            continue
        try:
            value = parse_value(field.name, field.typed) if field.typed else None
        except InvalidValueError as error:
            problems[f"value:{field.key}"] = str(error)
            continue
        edits.append(Edit(model=None, field=field.name, value=value, note=form.text("reason"), unit=field.unit))
    if problems or not edits:
        raise FieldProblemsError(problems or {"reason": "No value was changed."})
    return tuple(edits)


def value_differences(entry: EntryView, form: Form) -> tuple[str, ...]:
    """Say which values differ now from those that `form` was made with."""
    return tuple(
        f"{words.label(field.name)}: {was or 'no value'} before, {field.shown or 'no value'} now"
        for field in editable_fields(entry, None, {})
        if f"shown:{field.key}" in form.values and (was := form.text(f"shown:{field.key}")) != field.shown
    )


def _field(
    place: tuple[str, str], value: ValueView | None, form: Form | None, problems: Mapping[str, str]
) -> EditableField:
    name, unit = place
    key = input_key(name, unit, "")
    shown = words.human(value.value) if value else ""
    return EditableField(
        name=name,
        unit=unit,
        key=key,
        value=value,
        shown=shown,
        typed=still_typed(form, key, shown),
        problem=problems.get(f"value:{key}", ""),
    )
