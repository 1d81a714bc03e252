"""The transports: to the public addresses themselves, or all of it to a mirror that stands in for them.

The mirror is known here alone. Redirects, robots.txt, pacing, conditional requests and stored addresses speak of the
public address `https://HOST/PATH`; on the wire it becomes `MIRROR/HOST/PATH`.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore
import httpx

from flows.fetching.connections import AnyAddressBackend, PublicAddressBackend

FAILURES: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (httpcore.TimeoutException, httpx.TimeoutException),
    (httpcore.NetworkError, httpx.NetworkError),
    (httpcore.ProtocolError, httpx.ProtocolError),
)


def open_transport(mirror: str | None) -> httpx.BaseTransport:
    """Return the way to the world: by `mirror` if there is one, else straight to public addresses."""
    return MirrorTransport(mirror) if mirror else PoolTransport(PublicAddressBackend())


class PoolTransport(httpx.BaseTransport):
    """A pool of connections that are made by `backend`; httpx's own transport takes no backend."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        # The certificates are httpx's own choice, whatever the environment says (trust_env=False).
        context: ssl.SSLContext = httpx.create_ssl_context(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=10,
            max_keepalive_connections=5,
            keepalive_expiry=15,
            network_backend=backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` and return the answer, its body still to be read; failures are httpx's."""
        url = request.url
        with _httpx_failures():
            answer = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class MirrorTransport(PoolTransport):
    """Sends what is meant for `https://HOST/PATH?QUERY` to `mirror/HOST/PATH?QUERY`."""

    def __init__(self, mirror: str) -> None:
        super().__init__(AnyAddressBackend())
        self._mirror = httpx.URL(mirror.rstrip("/"))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` to the mirror in the public address's place; `request` itself is left as it is."""
        path = self._mirror.raw_path.rstrip(b"/") + b"/" + request.url.raw_host + request.url.raw_path
        address = self._mirror.copy_with(raw_path=path)
        headers = [
            (name, value) for name, value in request.headers.raw if name.lower() not in (b"host", b"authorization")
        ]
        rewritten = httpx.Request(
            request.method, address, headers=headers, stream=request.stream, extensions=request.extensions
        )
        rewritten.headers["Host"] = address.netloc.decode("ascii")
        return super().handle_request(rewritten)


class _Body(httpx.SyncByteStream):
    """The body of an answer of the pool, read as it comes."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _httpx_failures():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@contextmanager
def _httpx_failures() -> Iterator[None]:
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        kind = next(ours for theirs, ours in FAILURES if isinstance(error, theirs))
        raise kind(str(error)) from error
