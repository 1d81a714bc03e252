import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpcore
import pytest

from flows.errors import UnreachableError
from flows.fetching.connections import AnyAddressBackend
from flows.fetching.deadlines import seconds_left, time_bound

NAME = "lab.example.org"


@dataclass(slots=True)
class TlsServer:
    """A server on loopback whose certificate, in `certificate`, is for NAME; `asked` are the names it was asked for."""

    port: int
    certificate: Path
    asked: list[str | None] = field(default_factory=list)


@pytest.fixture
def tls_server(tmp_path: Path) -> Iterator[TlsServer]:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl is not there to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    request = [
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={NAME}",
        "-addext",
        f"subjectAltName=DNS:{NAME}",
    ]
    command = [openssl, "req", "-x509", *request, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = TlsServer(listener.getsockname()[1], certificate)
        context.sni_callback = lambda _socket, name, _context: server.asked.append(name)
        thread = threading.Thread(target=_greet, args=(listener, context))
        thread.start()
        yield server
        thread.join(5)


def _greet(listener: socket.socket, context: ssl.SSLContext) -> None:
    connection, _ = listener.accept()
    try:
        with context.wrap_socket(connection, server_side=True) as stream:
            stream.sendall(b"hello")
    except OSError:  # the client does not like the certificate
        connection.close()


def test_the_certificate_is_checked_against_the_name_and_not_the_number(tls_server: TlsServer) -> None:
    trusting = ssl.create_default_context(cafile=tls_server.certificate)

    stream = AnyAddressBackend().connect_tcp("127.0.0.1", tls_server.port, timeout=5).start_tls(trusting, NAME, 5)

    assert stream.read(5, timeout=5) == b"hello"
    assert tls_server.asked == [NAME]
    stream.close()


@pytest.mark.parametrize("is_trusted", [False, True], ids=["unknown maker", "another name"])
def test_a_certificate_that_does_not_hold_is_not_tried_again(tls_server: TlsServer, is_trusted: bool) -> None:
    context = ssl.create_default_context(cafile=tls_server.certificate if is_trusted else None)
    connection = AnyAddressBackend().connect_tcp("127.0.0.1", tls_server.port, timeout=5)

    with pytest.raises(UnreachableError, match="its certificate is not valid") as caught:
        connection.start_tls(context, "other.example.org", 5)

    assert type(caught.value) is UnreachableError


def test_nothing_is_sent_or_read_after_the_time_bound() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, time_bound(5):
        stream = AnyAddressBackend().connect_tcp("127.0.0.1", listener.getsockname()[1])
        with time_bound(-1):
            with pytest.raises(httpcore.WriteTimeout):
                stream.write(b"x")
            with pytest.raises(httpcore.ReadTimeout):
                stream.read(1)
            with pytest.raises(httpcore.ConnectTimeout):
                AnyAddressBackend().connect_tcp("127.0.0.1", listener.getsockname()[1])
        assert 0 < seconds_left() <= 5
        stream.close()


def test_without_a_time_bound_there_is_no_end() -> None:
    assert seconds_left() == float("inf")
