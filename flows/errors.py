"""What can go wrong between an address and an item.

    FlowError
    ├── FetchError(url, reason)
    │   ├── RefusedAddressError          where nothing may be sent; fails its source, is never retried
    │   ├── MalformedAddressError        no address at all; the link is bad, not the source
    │   ├── BarredByRobotsError          robots.txt says no, or could not be read for now
    │   ├── MissingError(status)         401, 403, 404, 410
    │   ├── SleepError(until)            the service asks for more than two minutes of rest
    │   ├── TooLargeError                more bytes than the limit, compressed or not
    │   ├── UnreachableError             time-outs, dropped connections, 408, 429, 5xx, after all retries
    │   │   └── PassingError(wait)       the same, of a kind that the next attempt may not meet
    │   └── UnexpectedAnswerError(status, content)   any other status; too many redirects; unknown compression
    ├── ParseError(url, reason)          a payload that is not what was due
    └── SourcesFileError(path, line, key, problem)

All can be pickled: Prefect moves them between processes.
"""

from datetime import datetime
from pathlib import Path


class FlowError(Exception):
    """The root of everything that `flows` raises on purpose."""


class FetchError(FlowError):
    """An address that gave no usable answer; `url` is the public address, `reason` one plain clause."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}"


class RefusedAddressError(FetchError):
    """An address that nothing may be sent to: loopback, private, another scheme or port, or with credentials."""


class MalformedAddressError(FetchError):
    """A text that is no address, or an absurdly long one."""


class BarredByRobotsError(FetchError):
    """A page that robots.txt keeps us from; `is_lasting` is false where robots.txt itself could not be had."""

    def __init__(self, url: str, reason: str, is_lasting: bool = True) -> None:
        super().__init__(url, reason)
        self.args = (url, reason, is_lasting)
        self.is_lasting = is_lasting


class MissingError(FetchError):
    """The service has nothing for us there: `status` is 401, 403, 404 or 410."""

    def __init__(self, url: str, reason: str, status: int) -> None:
        super().__init__(url, reason)
        self.args = (url, reason, status)
        self.status = status


class SleepError(FetchError):
    """The service asks for a rest longer than the client waits; ask again after `until` (aware UTC)."""

    def __init__(self, url: str, reason: str, until: datetime) -> None:
        super().__init__(url, reason)
        self.args = (url, reason, until)
        self.until = until


class TooLargeError(FetchError):
    """A body beyond the size limit, counted after decompression; what came of it was thrown away."""


class UnreachableError(FetchError):
    """No answer, or only refusals to serve right now, after every retry."""


class PassingError(UnreachableError):
    """A failure that may pass by itself; `wait` is what the service asked for in seconds, if it did."""

    def __init__(self, url: str, reason: str, wait: float | None = None) -> None:
        super().__init__(url, reason)
        self.args = (url, reason, wait)
        self.wait = wait


class UnexpectedAnswerError(FetchError):
    """An answer that no retry cures; `content` is the body of a 400 (arXiv explains itself there), else empty."""

    def __init__(self, url: str, reason: str, status: int | None = None, content: bytes = b"") -> None:
        super().__init__(url, reason)
        self.args = (url, reason, status, content)
        self.status = status
        self.content = content


class ParseError(FlowError):
    """A payload from `url` that is not what was due, so it is set aside with `reason`."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}" if self.url else self.reason


class SourcesFileError(FlowError):
    """A mistake in the file of sources; `line` counts from 1 and is None where the reader could not tell."""

    def __init__(self, path: Path, line: int | None, key: str | None, problem: str) -> None:
        super().__init__(path, line, key, problem)
        self.path = path
        self.line = line
        self.key = key
        self.problem = problem

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.key}: {self.problem}" if self.key else f"{place}: {self.problem}"
