"""How far apart the requests to one host are, over all processes of this user on this machine.

For each group of hosts there is a lock and the time of its last request, in a folder of the user and not of the data:
two databases on one machine must not ask arXiv twice as often. The system frees the lock of a process that dies.
"""

import hashlib
import logging
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import filelock
import httpx
import platformdirs

from flows.errors import FlowError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between requests to `hosts` below `path`; `is_single` holds the others back until a request is done."""

    name: str
    hosts: tuple[str, ...]
    interval: float
    path: str = "/"
    is_single: bool = False

    def covers(self, address: httpx.URL) -> bool:
        """Say whether `address` is asked at this pace."""
        return address.host in self.hosts and address.path.startswith(self.path)


ARXIV_HOSTS = ("export.arxiv.org", "arxiv.org", "www.arxiv.org", "rss.arxiv.org", "oaipmh.arxiv.org")
PACES = (
    # One request at a time and three seconds apart, over all interfaces: https://info.arxiv.org/help/api/tou.html
    Pace("arxiv", ARXIV_HOSTS, interval=3.0, is_single=True),
    # Without a token 500 API requests and 3,000 file requests in five minutes: https://huggingface.co/docs/hub/rate-limits
    Pace("hub-api", ("huggingface.co", "hf.co"), interval=0.6, path="/api/"),
    Pace("hub-files", ("huggingface.co", "hf.co"), interval=0.1),
)
OTHER_HOSTS = 1.0


class Pacer(Protocol):
    """Whoever says when a request may go out."""

    def turn(self, address: httpx.URL) -> AbstractContextManager[None]:
        """Wait until `address` may be asked; the block is the request and its whole answer."""


class NoPacer:
    """Never waits: for a mirror that is asked with SCALEWATCH_PACING=off."""

    def turn(self, address: httpx.URL) -> AbstractContextManager[None]:  # noqa: ARG002 - the protocol's signature
        """Let the request go out at once."""
        return nullcontext()


class FilePacer:
    """Keeps requests apart by files in `folder`, which all processes of the user share."""

    def __init__(self, folder: Path, paces: tuple[Pace, ...] = PACES, other_hosts: float = OTHER_HOSTS) -> None:
        self._folder = folder
        self._paces = paces
        self._other_hosts = other_hosts

    @contextmanager
    def turn(self, address: httpx.URL) -> Iterator[None]:
        """Wait until `address` may be asked; the block is the request and its whole answer.

        A single pace counts from the end of one request to the start of the next, so that the service never sees two
        closer together, however long the way to it is.
        """
        pace = self._pace_of(address)
        stamp = self._folder / f"{pace.name}.last"
        lock = self._lock(pace.name)
        try:
            self._wait(stamp, pace)
            _mark(stamp)
            if not pace.is_single:
                lock.release()
            yield
            if pace.is_single:
                _mark(stamp)
        finally:
            lock.release()

    def _pace_of(self, address: httpx.URL) -> Pace:
        for pace in self._paces:
            if pace.covers(address):
                return pace
        # Hosts come from links, too: a digest makes a file name of any of them.
        digest = hashlib.sha256(address.raw_host.lower()).hexdigest()[:24]
        return Pace(f"host-{digest}", (address.host,), self._other_hosts)

    def _lock(self, name: str) -> filelock.BaseFileLock:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = filelock.FileLock(self._folder / f"{name}.lock")
            lock.acquire()
        except OSError as error:
            raise FlowError(f"{self._folder}: cannot keep the times of requests there ({error.strerror})") from error
        return lock

    def _wait(self, stamp: Path, pace: Pace) -> None:
        try:
            since = time.time() - stamp.stat().st_mtime
        except FileNotFoundError:
            return
        # A clock that was set back must not make us wait for hours.
        wait = min(pace.interval, pace.interval - since)
        if wait > 0:
            logger.debug("%s: waiting %.2f s before the next request", pace.name, wait)
            time.sleep(wait)


def open_pacer(*, is_on: bool) -> Pacer:
    """Return the pacer of this user on this machine, or one that never waits."""
    return FilePacer(platformdirs.user_cache_path("scalewatch") / "pacing") if is_on else NoPacer()


def _mark(stamp: Path) -> None:
    now = time.time()
    stamp.touch()
    os.utime(stamp, (now, now))
