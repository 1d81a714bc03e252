"""Answers that belong to no single page: the visitor's cookie, and what is said when something is wrong."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from review_ui.desk import Desk, is_htmx
from review_ui.outcomes import status_of
from review_ui.pages import ProblemPage
from review_ui.refusals import RefusedFormError
from review_ui.security import secure_headers
from review_ui.visitor import Cookies, Visitor
from store.errors import StoreError

_TITLES = {
    403: "Refused",
    404: "There is no such page",
    405: "That cannot be done here",
    409: "Not done",
    422: "That address cannot be read",
    503: "The store cannot do it now",
}
#: Addresses that programs read.
_NO_PAGES = ("/api/", "/health", "/static/")


class HeadLikeGet:
    """Answer HEAD as GET, which the routes know alone; the server keeps the body back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the other method."""
        is_head = scope["type"] == "http" and scope["method"] == "HEAD"
        await self.app({**scope, "method": "GET"} if is_head else scope, receive, send)


class KnownVisitor:
    """Know who sends a request, and give a new visitor a cookie with the answer."""

    def __init__(self, app: ASGIApp, cookies: Cookies) -> None:
        self.app = app
        self.cookies = cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the visitor into the request's state."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        visitor = request.state.visitor = self.cookies.visitor(request)

        async def introduce(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._give_cookie(request, visitor, MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, introduce)

    def _give_cookie(self, request: Request, visitor: Visitor, headers: MutableHeaders) -> None:
        """Write the cookie of a new visitor into a page, unless its route has written one."""
        if visitor.is_new and "set-cookie" not in headers and not request.url.path.startswith(_NO_PAGES):
            carrier = Response()
            self.cookies.write(request, carrier, visitor)
            headers["set-cookie"] = carrier.headers["set-cookie"]


def _store(request: Request, error: StoreError) -> Response:
    text = str(error)
    return problem(request, status_of(error), text[:1].upper() + text[1:] + ".")


def _refused(request: Request, error: RefusedFormError) -> Response:
    return problem(request, 403, str(error))


def _http(request: Request, error: HTTPException) -> Response:
    message = error.detail
    if error.status_code == HTTPStatus.NOT_FOUND and message == HTTPStatus.NOT_FOUND.phrase:
        message = "Nothing has this address."
    response = problem(request, error.status_code, message)
    response.headers.update(error.headers or {})  # what may be done instead, after 405
    return response


def _unreadable(request: Request, error: RequestValidationError) -> Response:
    """Say which part of the address or of the JSON cannot be read."""
    said = "; ".join(f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors())
    if not request.url.path.startswith(_NO_PAGES) and any(each["loc"][0] == "path" for each in error.errors()):
        return problem(request, 404, "Nothing has this address.")
    return problem(request, 422, said[:500])


def _unexpected(_request: Request, _error: Exception) -> Response:
    """Answer a fault of ours, which the server logs; no middleware sees this answer, so that it brings its headers."""
    response = PlainTextResponse("The desk failed at this; its log says how. Go back: what you typed is there.\n", 500)
    secure_headers(response.headers)
    return response


def problem(request: Request, status: int, message: str) -> Response:
    """Answer with a page that says what is wrong, a notice above the present page for htmx, or JSON for the API."""
    if request.url.path.startswith(_NO_PAGES):
        return JSONResponse({"error": message}, status_code=status)
    desk: Desk = request.app.state.desk
    page = ProblemPage(title=_TITLES.get(status, HTTPStatus(status).phrase), message=message)
    response = desk.render(request, page, status=status)
    if is_htmx(request):
        response.headers["HX-Retarget"] = "#notices"
        response.headers["HX-Reswap"] = "innerHTML show:window:top"
        response.headers["HX-Push-Url"] = "false"
    return response


#: What answers each kind of error that a route lets through.
HANDLERS: tuple[tuple[type[Exception], Callable[[Request, Any], Response]], ...] = (
    (StoreError, _store),
    (RefusedFormError, _refused),
    (HTTPException, _http),
    (RequestValidationError, _unreadable),
    (Exception, _unexpected),
)
