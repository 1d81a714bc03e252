"""Compressed bodies into bytes, never more of them in memory than the limit: a bomb is stopped while it expands."""

import zlib
from collections.abc import Iterable, Iterator

ACCEPTED = "gzip, deflate"

_STEP = 65536
_GZIP = 16 + zlib.MAX_WBITS


class TooManyBytesError(Exception):
    """The body is larger than the limit."""


class DamagedBodyError(Exception):
    """The body is not what its Content-Encoding says; `is_cut` if it only ends too early."""

    def __init__(self, is_cut: bool) -> None:
        super().__init__(is_cut)
        self.is_cut = is_cut


def read_body(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """Return the decompressed body, at most `limit` bytes of it.

    `encoding` is identity (or nothing), gzip or deflate. Raises TooManyBytesError, DamagedBodyError, or ValueError for
    another encoding, which includes two encodings on top of each other.
    """
    encoding = encoding.strip().lower().removeprefix("x-")
    if encoding in ("", "identity"):
        pieces: Iterable[bytes] = chunks
    elif encoding in ("gzip", "deflate"):
        pieces = _inflate(chunks, encoding)
    else:
        raise ValueError(encoding[:40])
    body = bytearray()
    for piece in pieces:
        if len(body) + len(piece) > limit:
            raise TooManyBytesError
        body += piece
    return bytes(body)


def _inflate(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yield decompressed pieces of at most 64 KiB; what follows the end of the compressed data is not read."""
    inflater = None
    for chunk in chunks:
        rest = chunk
        while rest:
            if inflater is None:
                inflater = zlib.decompressobj(_GZIP if encoding == "gzip" else _window(rest))
            try:
                yield inflater.decompress(rest, _STEP)
            except zlib.error:
                raise DamagedBodyError(is_cut=False) from None
            if inflater.eof:
                return
            rest = inflater.unconsumed_tail
    if inflater is not None:
        yield inflater.flush()
        if not inflater.eof:
            raise DamagedBodyError(is_cut=True)


def _window(start: bytes) -> int:
    # Some servers send bare deflate in place of zlib's format; zlib's first byte has 8 in its low half.
    return zlib.MAX_WBITS if start[0] & 0x0F == 8 and start[0] >> 4 <= 7 else -zlib.MAX_WBITS
