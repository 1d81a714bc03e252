"""What every request must pass, and what every answer must say, before any page is involved."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Bytes of a request's body. A form with every field of twenty models is about 100 kB.
BODY_LIMIT = 2_000_000

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",  # htmx asks for parts of pages
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # `no-referrer` would make browsers send `Origin: null` with our own forms, which the check below refuses.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SafeHeaders:
    """Add the security headers to every answer; pages are never kept in a cache."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the start of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                secure_headers(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, complete)


class ExactHost:
    """Refuse a Host header that is not one of `hosts`: a page that rebinds its own name must not reach the desk."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 400 to an unknown host."""
        if scope["type"] != "http" or Headers(scope=scope).get("host", "").lower() in self.hosts:
            await self.app(scope, receive, send)
            return
        known = ", ".join(sorted(self.hosts))
        await _refuse(400, f"This desk does not answer to that host name. Open it as {known}.")(scope, receive, send)


class SameOrigin:
    """Refuse a request that changes something and that a browser says another site has caused."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to a request from another origin; programs, which send neither header, need the form token."""
        if scope["type"] != "http" or scope["method"] in _SAFE_METHODS or is_same_origin(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        message = "Refused: another site sent this request. Open the desk itself and try again."
        await _refuse(403, message)(scope, receive, send)


class BoundedBody:
    """Refuse a request with a body of more than `limit` bytes, whether or not it says its length."""

    def __init__(self, app: ASGIApp, limit: int = BODY_LIMIT) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body at once, and answer 413 as soon as it is too long."""
        if scope["type"] != "http" or scope["method"] in _SAFE_METHODS:
            await self.app(scope, receive, send)
            return
        body = await self._read(receive)
        if body is None:
            message = f"Refused: the form holds more than {self.limit:,} bytes. Go back and shorten what you typed."
            await _refuse(413, message)(scope, receive, send)
            return
        await self.app(scope, _replay(body, receive), send)

    async def _read(self, receive: Receive) -> bytes | None:
        """Return the whole body; none if it is too long or the client has left."""
        body = bytearray()
        is_complete = False
        while not is_complete:
            message = await receive()
            if message["type"] != "http.request":
                return None
            body += message.get("body", b"")
            if len(body) > self.limit:
                return None
            is_complete = not message.get("more_body", False)
        return bytes(body)


def secure_headers(headers: MutableHeaders) -> None:
    """Set the security headers in place."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", "no-store")


def is_same_origin(headers: Headers) -> bool:
    """Whether Sec-Fetch-Site and Origin, where sent, both say that the desk's own page caused the request."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _refuse(status: int, message: str) -> PlainTextResponse:
    # The rest of a refused body would be read as the next request of the connection.
    return PlainTextResponse(message + "\n", status_code=status, headers={"Connection": "close"})


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give `body` once, then whatever the connection says."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay
