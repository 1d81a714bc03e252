"""Who decides: the name that the decisions of this browser carry."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from review_ui.desk import DeskDep, VisitorDep, see
from review_ui.pages import ReviewerPage
from review_ui.posted import FormDep
from review_ui.visitor import NAME_LIMIT

router = APIRouter(prefix="/reviewer")


@router.get("")
def show(request: Request, desk: DeskDep, visitor: VisitorDep) -> Response:
    """Show the form."""
    return desk.render(request, ReviewerPage(name=visitor.reviewer))


@router.post("")
def change(request: Request, desk: DeskDep, visitor: VisitorDep, form: FormDep) -> Response:
    """Keep the name in the signed cookie of this browser."""
    name = " ".join(form.text("name").split())
    if not name.isprintable() or not 0 < len(name) <= NAME_LIMIT:
        problem = f"Give a name of at most {NAME_LIMIT} characters."
        return desk.render(request, ReviewerPage(name=name, problem=problem), status=422)
    response = see("/queue")
    desk.cookies.write(request, response, replace(visitor, reviewer=name))
    return response
