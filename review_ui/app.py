"""The review page as an application: what it is made of, and the order in which a request passes it."""

from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from review_ui.answers import HANDLERS, HeadLikeGet, KnownVisitor
from review_ui.desk import Desk
from review_ui.options import DeskOptions
from review_ui.rendering import STATIC, make_environment
from review_ui.routes import add, api, candidate, catalog, entry, health, queue, reviewer
from review_ui.security import BoundedBody, ExactHost, SafeHeaders, SameOrigin
from review_ui.visitor import Cookies

ROUTERS = (
    queue.router,
    candidate.router,
    add.router,
    catalog.router,
    entry.router,
    reviewer.router,
    api.router,
    health.router,
)


def create_app(engine: Engine, *, options: DeskOptions) -> FastAPI:
    """Return the review page over the database of `engine`, whose tables must exist.

    It starts nothing and keeps no state but signed cookies; each request opens and closes its own sessions.
    """
    cookies = Cookies(options.secret, options.default_reviewer)
    app = FastAPI(
        title="Scalewatch",
        version=options.version,
        openapi_url="/api/openapi.json",
        docs_url=None,  # the usual pages load scripts from elsewhere
        redoc_url=None,
        middleware=[
            Middleware(SafeHeaders),
            Middleware(HeadLikeGet),
            Middleware(ExactHost, hosts=options.allowed_hosts),
            Middleware(SameOrigin),
            Middleware(BoundedBody),
            Middleware(KnownVisitor, cookies=cookies),
        ],
    )
    app.state.desk = Desk(engine, options, cookies, make_environment())
    for kind, handler in HANDLERS:
        app.add_exception_handler(kind, handler)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", _Lasting(directory=STATIC), name="static")
    return app


class _Lasting(StaticFiles):
    """Files whose address changes with their content: a browser may keep them for a year."""

    def file_response(self, *args: Any, **kwargs: Any) -> Any:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
