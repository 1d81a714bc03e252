"""Adding a document by its address: a person found something."""

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from review_ui.desk import DeskDep, is_htmx, see
from review_ui.pages import AddPage
from review_ui.posted import FormDep
from review_ui.words import is_web

_LONGEST = 2_000  # characters of an address

router = APIRouter()


@router.get("/add")
def show(request: Request, desk: DeskDep) -> Response:
    """Show the form."""
    if desk.options.add_document is None:
        raise HTTPException(404, "This desk adds no documents by address.")
    return desk.render(request, AddPage())


@router.post("/add")
def add(request: Request, desk: DeskDep, form: FormDep) -> Response:
    """Fetch the document, read it, and show the candidate that came of it."""
    if desk.options.add_document is None:
        raise HTTPException(404, "This desk adds no documents by address.")
    address = form.text("address")
    if not is_web(address) or len(address) > _LONGEST:
        problem = "Give an address that begins with https:// or http://."
        return desk.render(request, AddPage(address=address, problem=problem), status=422)
    try:
        candidate_id = desk.options.add_document(address)
    except desk.options.add_errors as error:
        return desk.render(request, AddPage(address=address, problem=str(error)), status=422)
    return _go(request, f"/candidates/{candidate_id}")


def _go(request: Request, path: str) -> Response:
    """Send the browser on; htmx would follow a 303 by itself and put the page into the form."""
    return Response(status_code=204, headers={"HX-Redirect": path}) if is_htmx(request) else see(path)
