"""A bound on the whole time of one exchange, which time-outs of single reads cannot give: a body may drip for ever."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ends_at: ContextVar[float] = ContextVar("ends_at", default=math.inf)


@contextmanager
def time_bound(seconds: float) -> Iterator[None]:
    """Let `seconds_left` count down from `seconds` inside the block, in this thread alone."""
    token = _ends_at.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _ends_at.reset(token)


def seconds_left() -> float:
    """Return the seconds that the innermost `time_bound` leaves: infinite outside of one, negative after its end."""
    return _ends_at.get() - time.monotonic()
