"""Connections to checked addresses: a name is resolved once, every number judged, and that number connected to.

Checking a name and letting the library resolve it again would let the answer change in between (DNS rebinding).
"""

import socket
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from flows.errors import RefusedAddressError, UnreachableError
from flows.fetching.addresses import refusal
from flows.fetching.deadlines import seconds_left

SocketOptions = Iterable[httpcore.SOCKET_OPTION]


class BoundedStream(httpcore.NetworkStream):
    """A stream whose reads and writes end with the time bound of the exchange."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read at most `max_bytes`; raise httpcore.ReadTimeout at the nearer of the two limits."""
        return self._stream.read(max_bytes, bounded(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of `buffer`; raise httpcore.WriteTimeout at the nearer of the two limits."""
        self._stream.write(buffer, bounded(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close the stream below."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return the stream under TLS; the certificate is checked against the host's name, not against the number.

        Raises UnreachableError for a certificate that does not hold: another attempt would meet it again.
        """
        limit = bounded(timeout, httpcore.ConnectTimeout)
        try:
            return BoundedStream(self._stream.start_tls(ssl_context, server_hostname, limit))
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                reason = f"its certificate is not valid ({error.__cause__.verify_message})"
                raise UnreachableError(server_hostname or "", reason) from error
            raise

    def get_extra_info(self, info: str) -> Any:
        """Return what the stream below says of itself."""
        return self._stream.get_extra_info(info)


class AnyAddressBackend(httpcore.NetworkBackend):
    """Connects to whatever it is told, within the time bound: for the mirror, which may be on loopback."""

    def __init__(self) -> None:
        self._system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to `host`."""
        limit = bounded(timeout, httpcore.ConnectTimeout)
        return BoundedStream(self._system.connect_tcp(host, port, limit, local_address, socket_options))


class PublicAddressBackend(AnyAddressBackend):
    """Connects to public addresses alone; raises RefusedAddressError if one of a name's numbers is not public."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first of `host`'s numbers that answers, all of them judged before."""
        numbers = resolve(host, port)
        for number in numbers:
            if reason := refusal(number):
                raise RefusedAddressError(host, f"its host has an address that is not public: {reason}")
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for number in numbers:
            try:
                return super().connect_tcp(number, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the numbers of `host` in the resolver's order; raises httpcore.ConnectError where there are none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} cannot be resolved ({error})") from error
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def bounded(timeout: float | None, error: type[httpcore.TimeoutException]) -> float | None:
    """Return the shorter of `timeout` and what is left of the time bound; raises `error` if nothing is left."""
    left = seconds_left()
    if left <= 0:
        raise error("the time for the whole exchange is over")
    shorter = left if timeout is None else min(timeout, left)
    return None if shorter == float("inf") else shorter
