"""The demo's server on loopback: answers `/HOST/PATH` as `https://HOST/PATH` would, with validators and 304."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

from scalewatch.demo.services import World


@contextmanager
def answering(world: World) -> Iterator[str]:
    """Answer for the world on a free port until the block ends; yields the address for SCALEWATCH_MIRROR."""

    class Handler(_Handler):
        answers_for = world

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    answers_for: World
    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        """Answer until the client has enough; one that breaks off, as at Ctrl-C, is nothing to tell a person."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Answer with the document, 304 where the client has it, or 404."""
        address = urlsplit(self.path)
        host, _, path = unquote(address.path).lstrip("/").partition("/")
        answer = self.answers_for.answer(host, path, address.query)
        if answer is None:
            self._send(HTTPStatus.NOT_FOUND, b"not found\n", "text/plain; charset=utf-8")
            return
        tag = f'"{hashlib.sha256(answer.content).hexdigest()[:20]}"'
        if self.headers.get("If-None-Match") == tag:
            self._send(HTTPStatus.NOT_MODIFIED, b"", answer.media_type, tag)
        else:
            self._send(HTTPStatus.OK, answer.content, answer.media_type, tag)

    def _send(self, status: HTTPStatus, content: bytes, media_type: str, tag: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(content)))
        if tag:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the demo's terminal is for people."""
