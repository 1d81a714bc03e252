"""The catalog as a table: which columns, in which order, and how it is sorted."""

from urllib.parse import urlencode

from review_ui.pages import CatalogPage, CatalogRow, Column
from store.views import EntryView, ValueView

NAME = "name"
CHANGED = "changed"
#: Fields with a column of their own; the page of an entry has all of them.
COLUMNS = (
    *("parameters", "active_parameters", "training_tokens"),
    *("input_modalities", "output_modalities", "open_weights"),
)
_DESCENDING = "-"


def catalog_page(entries: list[EntryView], *, search: str, is_withdrawn_shown: bool, sort: str) -> CatalogPage:
    """Return the page of `entries` sorted by `sort`: a column, from the greatest down with `-` before it.

    Entries without a value in that column come last either way. An unknown column sorts by the last change.
    """
    field = sort.removeprefix(_DESCENDING)
    if field not in (NAME, CHANGED, *COLUMNS):
        sort, field = f"{_DESCENDING}{CHANGED}", CHANGED
    ordered = _ordered(entries, field, is_descending=sort.startswith(_DESCENDING))
    return CatalogPage(
        search=search,
        is_withdrawn_shown=is_withdrawn_shown,
        columns=tuple(_column(each, sort, search, is_withdrawn_shown) for each in (NAME, *COLUMNS, CHANGED)),
        rows=tuple(CatalogRow(entry, tuple(_value(entry, each) for each in COLUMNS)) for entry in ordered),
        query=_query(search, is_withdrawn_shown, sort),
    )


def _ordered(entries: list[EntryView], field: str, *, is_descending: bool) -> list[EntryView]:
    keyed = [(key, entry) for entry in entries if (key := _sort_key(entry, field)) is not None]
    without = [entry for entry in entries if _sort_key(entry, field) is None]
    return [entry for _, entry in sorted(keyed, key=lambda pair: pair[0], reverse=is_descending)] + without


def _sort_key(entry: EntryView, field: str) -> tuple[float, str] | None:
    """Return what orders an entry: a number, or a text without regard to case; none where there is no value."""
    if field == NAME:
        return (0.0, entry.name.casefold())
    if field == CHANGED:
        return (entry.changed_at.timestamp(), "")
    found = _value(entry, field)
    if found is None or found.value is None:
        return None
    if isinstance(found.value, float | int):
        return (float(found.value), "")
    return (0.0, str(found.value).casefold())


def _value(entry: EntryView, field: str) -> ValueView | None:
    return next((value for value in entry.values if value.field == field), None)


def _column(field: str, sort: str, search: str, is_withdrawn_shown: bool) -> Column:
    """Return a column whose heading sorts by it, and the other way round where it is sorted by it already."""
    directions = {field: "ascending", f"{_DESCENDING}{field}": "descending"}
    target = field if sort == f"{_DESCENDING}{field}" or (field == NAME and sort != field) else f"{_DESCENDING}{field}"
    return Column(
        field=field,
        address=f"/catalog?{_query(search, is_withdrawn_shown, target)}",
        direction=directions.get(sort, "none"),
    )


def _query(search: str, is_withdrawn_shown: bool, sort: str) -> str:
    fields = {"search": search, "withdrawn": "1" if is_withdrawn_shown else "", "sort": sort}
    return urlencode({name: value for name, value in fields.items() if value})
