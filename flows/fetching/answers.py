"""What a public address answered, and what each status means: an answer, a redirect, or one of the errors."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from flows.errors import (
    MalformedAddressError,
    MissingError,
    PassingError,
    TooLargeError,
    UnexpectedAnswerError,
)
from flows.fetching import retries
from flows.fetching.addresses import checked
from flows.fetching.decompression import DamagedBodyError, TooManyBytesError, read_body

logger = logging.getLogger(__name__)

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MISSING = frozenset({401, 403, 404, 410})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a public address answered: `content` is decompressed, and empty when nothing has changed (304).

    `url` is the address after redirects; `headers` have lower-case names.
    """

    url: str
    status: int
    content: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)

    @property
    def is_unchanged(self) -> bool:
        """Whether the address still gives what it gave when its validators were remembered."""
        return self.status == 304

    @property
    def media_type(self) -> str:
        """The media type in lower case without parameters; empty if none was given."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the Content-Type header declares."""
        return httpx.Response(self.status, headers=dict(self.headers)).charset_encoding


def read_answer(response: httpx.Response, url: str, limit_bytes: int) -> Answer:
    """Read what came; the body of a 2xx alone, and of a 400, for arXiv explains itself there."""
    is_read = response.status_code < 300 or response.status_code == 400
    content = _body(response, url, limit_bytes) if is_read else b""
    return Answer(url, response.status_code, content, dict(response.headers))


def judged(answer: Answer, *, is_conditional: bool) -> Answer:
    """Return an answer that is good or a redirect; raise what another one means."""
    status, url = answer.status, answer.url
    if 200 <= status < 300 or status in REDIRECTS or (status == 304 and is_conditional):
        return answer
    explanation = answer.headers.get("x-error-message", "")[:200]
    reason = f"answered {status}" + (f" ({explanation})" if explanation.isprintable() and explanation else "")
    if retries.is_passing(status):
        raise PassingError(url, reason, retries.asked_wait(status, answer.headers, retries.utc_now()))
    if status in MISSING:
        raise MissingError(url, reason, status)
    raise UnexpectedAnswerError(url, reason, status, answer.content)


def redirect_target(address: httpx.URL, answer: Answer) -> httpx.URL:
    """Return the checked address that a redirect leads to."""
    location = answer.headers.get("location", "")
    try:
        target = checked(str(address.join(location)))
    except (httpx.InvalidURL, ValueError, MalformedAddressError):
        raise UnexpectedAnswerError(str(address), "redirects to no address", answer.status) from None
    if not location:
        raise UnexpectedAnswerError(str(address), "redirects to no address", answer.status)
    if answer.status in (301, 308):
        logger.info("%s has moved for good to %s", address, target)
    return target


def _body(response: httpx.Response, url: str, limit_bytes: int) -> bytes:
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limit_bytes:
        raise TooLargeError(url, f"is larger than {limit_bytes} bytes")
    try:
        return read_body(response.iter_raw(), response.headers.get("content-encoding", ""), limit_bytes)
    except TooManyBytesError:
        raise TooLargeError(url, f"is larger than {limit_bytes} bytes") from None
    except DamagedBodyError as error:
        if error.is_cut:
            raise PassingError(url, "ended too early") from None
        raise UnexpectedAnswerError(url, "its compression is damaged", response.status_code) from None
    except ValueError as error:
        raise UnexpectedAnswerError(url, f"came in an unknown compression ({error})", response.status_code) from None
