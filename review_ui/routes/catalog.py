"""The catalog as a table, and as files to take away."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from review_ui.catalog_page import catalog_page
from review_ui.desk import DeskDep
from store import catalog, export

router = APIRouter()

SearchText = Annotated[str, Query(max_length=200)]
SortText = Annotated[str, Query(max_length=60)]


@router.get("/catalog")
def show(
    request: Request, desk: DeskDep, search: SearchText = "", withdrawn: bool = False, sort: SortText = "-changed"
) -> Response:
    """Show the entries that match `search`; withdrawn ones only if asked for."""
    with desk.reading() as session:
        entries = catalog.entries(session, search=search.strip(), include_withdrawn=withdrawn)
    page = catalog_page(entries, search=search, is_withdrawn_shown=withdrawn, sort=sort)
    return desk.render(request, page)


@router.get("/catalog.csv")
def as_csv(desk: DeskDep) -> Response:
    """Give the whole catalog as CSV, a row an entry."""
    with desk.reading() as session:
        text = export.to_csv(export.rows(session))
    return _file(text, "text/csv", "catalog.csv")


@router.get("/catalog.json")
def as_json(desk: DeskDep) -> Response:
    """Give the whole catalog as JSON."""
    with desk.reading() as session:
        text = export.to_json(export.rows(session))
    return _file(text, "application/json", "catalog.json")


def _file(text: str, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode(), media_type=media_type, headers=headers)
