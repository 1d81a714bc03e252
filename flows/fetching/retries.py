"""Which failures are tried again, and how long to wait before: the one place where anything is retried."""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import stamina

from flows.errors import PassingError

logger = logging.getLogger(__name__)

LONGEST_WAIT = 120.0
"""Seconds that the client waits when a service asks for it; beyond that the source sleeps."""

LONGEST_SLEEP = timedelta(days=1)
"""No header keeps a source asleep for longer, whatever it asks for."""

PASSING_STATUSES = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one exchange, in seconds, and of its retries.

    `total` covers connecting, sending and the whole body of one attempt; `first_wait` doubles with each attempt and
    has up to half a second of jitter added.
    """

    connect: float = 10.0
    read: float = 30.0
    total: float = 90.0
    attempts: int = 4
    first_wait: float = 0.5


def attempts(limits: Limits) -> Iterator[stamina.Attempt]:
    """Yield the attempts of one exchange; only PassingError leads to a next one."""
    return iter(
        stamina.retry_context(
            on=_wait_before_next,
            attempts=limits.attempts,
            timeout=None,
            wait_initial=limits.first_wait,
            wait_max=20.0,
            wait_jitter=min(0.5, limits.first_wait),
        )
    )


def is_passing(status: int) -> bool:
    """Say whether an answer with `status` may be another one on the next attempt."""
    return status >= 500 or status in PASSING_STATUSES


def asked_wait(status: int, headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds for which an answer asks to be left alone, if it does.

    Reads Retry-After (seconds or an HTTP date, https://www.rfc-editor.org/rfc/rfc9110#field.retry-after) of refusals,
    and the Hub's `RateLimit: "api";r=0;t=55` of any answer (https://huggingface.co/docs/hub/rate-limits).
    """
    if is_passing(status) and (wait := _retry_after(headers.get("retry-after", ""), now)) is not None:
        return wait
    limit = re.search(r";\s*r=0\s*;\s*t=(\d{1,9})", headers.get("ratelimit", ""))
    return float(limit[1]) if limit else None


def sleep_end(wait: float, now: datetime) -> datetime:
    """Return when a source that was asked to wait `wait` seconds may ask again, a day later at most."""
    return now + min(timedelta(seconds=min(wait, 1e8)), LONGEST_SLEEP)


def utc_now() -> datetime:
    """Return the time now, aware."""
    return datetime.now(UTC)


def _retry_after(value: str, now: datetime) -> float | None:
    if re.fullmatch(r"\s*\d{1,9}\s*", value, re.ASCII):
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    aware = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


def _wait_before_next(error: Exception) -> bool | float:
    if not isinstance(error, PassingError):
        return False
    logger.info("%s", error)
    return error.wait or True  # no wait, or one of nothing: the usual backoff
