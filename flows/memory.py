"""What one run of a source remembers and asks of earlier ones, on top of the store."""

from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import Engine
from sqlmodel import Session

from flows.batch import MOST_FAILURES
from flows.fetching.client import Validators
from store import documents, fetches
from store.engine import session
from store.errors import InvalidValueError


@dataclass(frozen=True, slots=True)
class _Answered:
    status: int | None
    etag: str | None
    last_modified: str | None


class RunMemory:
    """What addresses answered in one run, kept back until what was read from the answers is stored.

    Validators of a listing are made lasting at the end of a run alone: else a run that dies in between would leave
    posts that are "unchanged" for ever. Without `uses_validators` every listing is asked in full.
    """

    def __init__(self, engine: Engine, *, uses_validators: bool = True) -> None:
        self._engine = engine
        self._uses_validators = uses_validators
        self._lock = Lock()
        self._listings: set[str] = set()
        self._answers: dict[str, _Answered] = {}

    def recall(self, url: str) -> Validators | None:
        """Return the validators of `url`; whoever asks for them will send a conditional request, as for listings."""
        self._listings.add(url)
        if not self._uses_validators:
            return None
        with session(self._engine, read_only=True) as reading:
            return fetches.recall(reading, url)

    def remember(self, url: str, *, status: int | None, etag: str | None, last_modified: str | None) -> None:
        """Note what `url` answered; nothing is stored yet."""
        with self._lock:
            self._answers[url] = _Answered(status, etag, last_modified)

    def keep(self, writing: Session) -> None:
        """Store what pages and cards answered, and forget it; does not commit."""
        self._store(writing, [url for url in self._answers if url not in self._listings])

    def keep_listings(self, writing: Session) -> None:
        """Store the validators of the run's listings as well; does not commit. For the end of a whole run."""
        self._store(writing, list(self._answers))

    def _store(self, writing: Session, urls: list[str]) -> None:
        for url in urls:
            answer = self._answers.pop(url)
            with suppress(InvalidValueError):  # a redirect may lead to an address that is too long to be stored
                fetches.remember(
                    writing, url, status=answer.status, etag=answer.etag, last_modified=answer.last_modified
                )


class StoreKnown:
    """What is stored, as a source may ask about it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def version(self, key: str) -> str | None:
        """Return the source's mark of the newest stored revision of `key`."""
        with session(self._engine, read_only=True) as reading:
            found = documents.latest_versions(reading, [key]).get(key)
        return found.version if found else None

    def has(self, key: str) -> bool:
        """Return whether any revision of `key` is stored."""
        with session(self._engine, read_only=True) as reading:
            return key in documents.latest_versions(reading, [key])

    def may_ask(self, url: str) -> bool:
        """Return whether `url` has failed fewer than MOST_FAILURES times in a row."""
        with session(self._engine, read_only=True) as reading:
            answered = fetches.recall(reading, url)
        return answered is None or answered.failures < MOST_FAILURES
