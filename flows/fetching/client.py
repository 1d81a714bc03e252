"""The one way out: asks public addresses for bytes, politely, within bounds, and nowhere else."""

import importlib.metadata
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import MappingProxyType
from typing import Protocol, Self

import httpx

from flows.errors import (
    BarredByRobotsError,
    MissingError,
    PassingError,
    RefusedAddressError,
    SleepError,
    UnexpectedAnswerError,
    UnreachableError,
)
from flows.fetching import retries
from flows.fetching.addresses import checked
from flows.fetching.answers import REDIRECTS, Answer, judged, read_answer, redirect_target
from flows.fetching.deadlines import seconds_left, time_bound
from flows.fetching.decompression import ACCEPTED
from flows.fetching.mirror import open_transport
from flows.fetching.pacing import Pacer, open_pacer
from flows.fetching.retries import LONGEST_WAIT, Limits
from flows.fetching.robots import LONGEST_FILE, Robots
from flows.settings import Settings

logger = logging.getLogger(__name__)

MOST_REDIRECTS = 5
#: The one host that gets the user's token of the Hugging Face Hub.
HUB = "huggingface.co"
VALIDATING = frozenset({"If-None-Match", "If-Modified-Since"})
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Validators(Protocol):
    """What an address gave for the next conditional request."""

    @property
    def etag(self) -> str | None:
        """The ETag header, as it came."""

    @property
    def last_modified(self) -> str | None:
        """The Last-Modified header, as it came."""


class Memory(Protocol):
    """What is known of addresses from one run to the next.

    `remember` is called as soon as an answer is complete. An implementation must not make it lasting before what was
    read from the answer is stored: else a crash in between leaves a document that is "unchanged" for ever.
    """

    def recall(self, url: str) -> Validators | None:
        """Return the validators of `url`, if it ever gave any."""

    def remember(self, url: str, *, status: int | None, etag: str | None, last_modified: str | None) -> None:
        """Note what `url` answered; `status` is None where we were kept from asking."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """How one address is to be asked for, over all its redirects."""

    limit_bytes: int
    conditional: bool = False
    robots: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


class Client:
    """Asks addresses one after the other; a context manager, meant for one thread.

    Waits between requests by `pacer`, and as long as a service asks for up to two minutes; retries what may pass.
    """

    def __init__(
        self,
        settings: Settings,
        memory: Memory | None = None,
        *,
        limits: Limits | None = None,
        pacer: Pacer | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._memory = memory
        self._pacer = pacer or open_pacer(is_on=settings.pacing == "on")
        self._robots = Robots(lambda url: self._follow(url, _Wish(limit_bytes=LONGEST_FILE)).content)
        self._rest_ends: dict[str, float] = {}
        self._hub_token = settings.hf_token
        agent = f"Scalewatch/{importlib.metadata.version('scalewatch')} (+{settings.contact})"
        self._http = httpx.Client(
            transport=open_transport(settings.mirror),
            trust_env=False,
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect),
            headers={"User-Agent": agent.encode("ascii", "replace").decode(), "Accept-Encoding": ACCEPTED},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(
        self,
        url: str,
        *,
        conditional: bool = False,
        robots: bool = False,
        accept: str | None = None,
        limit_bytes: int = 20_000_000,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> Answer:
        """Return what `url` answers with 2xx, or with 304 if `conditional` and unchanged since it was remembered.

        `robots` obeys robots.txt, which is for pages and not for feeds and APIs. `headers` are sent too, Authorization
        to the host of `url` alone. Raises one of the errors of FetchError.
        """
        wish = _Wish(limit_bytes, conditional, robots, {**headers, **({"Accept": accept} if accept else {})})
        try:
            answer = self._follow(url, wish)
        except (MissingError, UnexpectedAnswerError) as error:
            self._remember(url, error.status)
            raise
        except BarredByRobotsError as error:
            if error.is_lasting:
                self._remember(url, None)
            raise
        except RefusedAddressError:
            self._remember(url, None)
            raise
        self._remember(answer.url, answer.status, answer.headers)
        if url != answer.url:
            self._remember(url, answer.status)
        return answer

    def _follow(self, url: str, wish: _Wish) -> Answer:
        """Ask `url` and what it redirects to, each hop checked as if it had been asked for."""
        address = first = checked(url)
        for _ in range(MOST_REDIRECTS + 1):
            if wish.robots:
                self._robots.check(address)
            answer = self._ask(address, self._headers(address, first, wish), wish)
            if answer.status not in REDIRECTS:
                return answer
            address = redirect_target(address, answer)
        raise UnexpectedAnswerError(str(first), f"redirects more than {MOST_REDIRECTS} times")

    def _headers(self, address: httpx.URL, first: httpx.URL, wish: _Wish) -> dict[str, str]:
        known = self._memory.recall(str(address)) if self._memory and wish.conditional else None
        headers = dict(wish.headers)
        if (address.scheme, address.raw_host) != (first.scheme, first.raw_host):
            headers = {name: value for name, value in headers.items() if name.lower() != "authorization"}
        if self._hub_token and (address.scheme, address.host) == ("https", HUB):
            headers["Authorization"] = f"Bearer {self._hub_token.get_secret_value()}"
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        return headers

    def _remember(self, url: str, status: int | None, headers: Mapping[str, str] = NO_HEADERS) -> None:
        if not self._memory:
            return
        known = self._memory.recall(url) if status == 304 else None  # a 304 need not repeat its validators
        self._memory.remember(
            url,
            status=status,
            etag=_sendable(headers.get("etag")) or (known.etag if known else None),
            last_modified=_sendable(headers.get("last-modified")) or (known.last_modified if known else None),
        )

    def _ask(self, address: httpx.URL, headers: Mapping[str, str], wish: _Wish) -> Answer:
        """Ask one address, again where that may help, and return any answer that is final."""
        for attempt in retries.attempts(self._limits):
            with attempt:
                self._rest(address)
                with self._pacer.turn(address), time_bound(self._limits.total):
                    answer = self._exchange(address, headers, wish.limit_bytes)
                self._obey(address, answer)
                return judged(answer, is_conditional=headers.keys() & VALIDATING != set())
        raise AssertionError("the last attempt returns or raises")

    def _exchange(self, address: httpx.URL, headers: Mapping[str, str], limit_bytes: int) -> Answer:
        """Send one request and read its answer, whatever it is."""
        logger.info("GET %s", address)
        url, started = str(address), time.monotonic()
        try:
            with self._http.stream("GET", address, headers=headers) as response:
                answer = read_answer(response, url, limit_bytes)
        except (RefusedAddressError, UnreachableError) as error:  # from the connection, which knows the host alone
            raise type(error)(url, error.reason) from None
        except httpx.TransportError as error:
            raise self._failure(url, error) from error
        logger.debug("%s: %d, %d bytes, %.2f s", url, answer.status, len(answer.content), time.monotonic() - started)
        return answer

    def _failure(self, url: str, error: httpx.TransportError) -> UnreachableError:
        if seconds_left() <= 0:
            return UnreachableError(url, f"took longer than {self._limits.total:g} s")
        if isinstance(error, httpx.TimeoutException):
            return PassingError(url, "did not answer in time")
        return PassingError(url, f"the connection failed ({error})" if str(error) else "the connection failed")

    def _rest(self, address: httpx.URL) -> None:
        """Wait until the host's own quota lets us ask again."""
        wait = self._rest_ends.get(address.host, 0.0) - time.monotonic()
        if wait > LONGEST_WAIT:
            reason = f"the quota of {address.host} is used up for {wait:.0f} s"
            raise SleepError(str(address), reason, retries.sleep_end(wait, retries.utc_now()))
        if wait > 0:
            logger.info("%s: asked to be left alone for %.1f s", address.host, wait)
            time.sleep(wait)

    def _obey(self, address: httpx.URL, answer: Answer) -> None:
        """Note the rest that a service asks for; raise SleepError if that is longer than a client waits."""
        wait = retries.asked_wait(answer.status, answer.headers, retries.utc_now())
        if wait is None:
            return
        if retries.is_passing(answer.status) and wait > LONGEST_WAIT:
            reason = f"answered {answer.status} and asks to be left alone for {wait:.0f} s"
            raise SleepError(answer.url, reason, retries.sleep_end(wait, retries.utc_now()))
        self._rest_ends[address.host] = time.monotonic() + wait


def _sendable(header: str | None) -> str | None:
    """Return a header that can be sent back as it came: httpx sends ASCII alone."""
    return header if header and header.isascii() else None
