"""What robots.txt lets us read, asked once a run and host (RFC 9309, https://www.rfc-editor.org/rfc/rfc9309)."""

import logging
from collections.abc import Callable

import httpx
from protego import Protego

from flows.errors import (
    BarredByRobotsError,
    MissingError,
    TooLargeError,
    UnexpectedAnswerError,
    UnreachableError,
)

logger = logging.getLogger(__name__)

AGENT = "Scalewatch"
LONGEST_FILE = 512_000
"""Bytes of robots.txt that are read; the RFC asks for at least 500 KiB."""


class Robots:
    """The rules of the hosts seen so far; `read` fetches an address and returns its bytes, or raises a FetchError."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self._rules: dict[str, Protego | None] = {}

    def check(self, address: httpx.URL) -> None:
        """Raise BarredByRobotsError if the page may not be asked for, or if its host's rules cannot be had for now."""
        place = f"{address.scheme}://{address.netloc.decode('ascii')}/robots.txt"
        if place not in self._rules:
            self._rules[place] = self._fetch(place)
        rules = self._rules[place]
        if rules is None:
            raise BarredByRobotsError(str(address), f"{place} could not be read; the next run asks again", False)
        if not rules.can_fetch(str(address), AGENT):
            raise BarredByRobotsError(str(address), f"{place} does not allow it")

    def _fetch(self, place: str) -> Protego | None:
        """Return the rules; None if the host did not answer. A host without the file allows everything."""
        try:
            content = self._read(place)
        except (MissingError, UnexpectedAnswerError):
            content = b""
        except (UnreachableError, TooLargeError) as error:
            logger.warning("%s; its pages are left alone in this run", error)
            return None
        return Protego.parse(content.decode("utf-8-sig", errors="replace"))
