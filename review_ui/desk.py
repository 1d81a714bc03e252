"""What every route of one review page shares: the store, the options, the cookies and the templates."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from typing import Annotated

from fastapi import Depends, Request
from jinja2 import Environment
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from review_ui.options import DeskOptions
from review_ui.pages import Page, Shell
from review_ui.visitor import Cookies, Visitor
from store import engine as store_engine


@dataclass(frozen=True, slots=True)
class Desk:
    """One review page. Routes open their own sessions, so that a failed commit is known before anything is answered."""

    engine: Engine
    options: DeskOptions
    cookies: Cookies
    environment: Environment

    def reading(self) -> AbstractContextManager[Session]:
        """Return a session that never waits for a writer."""
        return store_engine.session(self.engine, read_only=True)

    def deciding(self) -> AbstractContextManager[Session]:
        """Return a session that commits when it is left, or rolls back."""
        return store_engine.session(self.engine)

    def render(self, request: Request, page: Page, status: int = 200) -> HTMLResponse:
        """Answer with `page`: whole, or the part of it that changes where htmx asks and the page has one."""
        template = page.part if page.part and is_htmx(request) else page.template
        context = {field.name: getattr(page, field.name) for field in fields(page)}
        html = self.environment.get_template(template).render(shell=self._shell(request), **context)
        return HTMLResponse(html, status_code=status, headers={"Vary": "HX-Request, Cookie"})

    def _shell(self, request: Request) -> Shell:
        visitor: Visitor = request.state.visitor
        return Shell(
            reviewer=visitor.reviewer,
            token=self.cookies.token(visitor),
            path=request.url.path,
            version=self.options.version,
            can_add=self.options.add_document is not None,
        )


def is_htmx(request: Request) -> bool:
    """Whether htmx asks for a part of a page rather than a browser for a whole one."""
    return "hx-request" in request.headers and "hx-history-restore-request" not in request.headers


def see(path: str) -> Response:
    """Send the browser to `path` after a form was taken, so that reloading does not send it again."""
    return RedirectResponse(path, status_code=303)


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _visitor(request: Request) -> Visitor:
    visitor: Visitor = request.state.visitor
    return visitor


DeskDep = Annotated[Desk, Depends(_desk)]
VisitorDep = Annotated[Visitor, Depends(_visitor)]
