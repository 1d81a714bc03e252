"""Prefect's server as an ASGI app that answers to loopback's own names only."""

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware


def create_app() -> FastAPI:
    """Return Prefect's whole server, its scheduler too.

    It has no password, so that a page which rebinds its name to loopback must not reach it: the Host header is checked.
    """
    from prefect.server.api import server

    app = server.create_app(final=True)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    return app
