"""The form of a request, accepted only if the desk made it for the visitor who sends it."""

from typing import Annotated

from fastapi import Depends, Request

from review_ui.desk import DeskDep, VisitorDep
from review_ui.forms import Form, parse
from review_ui.refusals import RefusedFormError

TOKEN = "token"  # noqa: S105 - the name of an input
SEEN = "seen"
_MEDIA_TYPE = "application/x-www-form-urlencoded"


async def read_form(request: Request, desk: DeskDep, visitor: VisitorDep) -> Form:
    """Return the form that `request` carries; RefusedFormError where it is none or its token is not the visitor's."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _MEDIA_TYPE:
        raise RefusedFormError("That is no form that this desk sends.")
    form = parse(await request.body())
    if not desk.cookies.is_token(visitor, form.text(TOKEN)):
        raise RefusedFormError(
            "This form was made for another browser, or before the desk was restarted. Load the page again and send "
            "it once more; cookies must be allowed."
        )
    return form


FormDep = Annotated[Form, Depends(read_form)]
