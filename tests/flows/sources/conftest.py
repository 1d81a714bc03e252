"""Recorded pages of each kind of source, and what earlier runs may have stored."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

SINCE = datetime(2026, 2, 1, tzinfo=UTC)


class Remembered:
    """What earlier runs stored, given by hand: versions by key, and addresses that may be asked no more."""

    def __init__(self, versions: dict[str, str] | None = None, silent: frozenset[str] = frozenset()) -> None:
        self.versions = versions or {}
        self.silent = silent

    def version(self, key: str) -> str | None:
        return self.versions.get(key)

    def has(self, key: str) -> bool:
        return key in self.versions

    def may_ask(self, url: str) -> bool:
        return url not in self.silent


@pytest.fixture
def page() -> Callable[[str], bytes]:
    """Return the bytes of a recorded page: `page("arxiv/two_papers.xml")`."""
    return lambda name: (Path(__file__).parent / "pages" / name).read_bytes()


@pytest.fixture
def since() -> datetime:
    """The day from which on the recorded pages' items are new."""
    return SINCE


@pytest.fixture
def remembered() -> type[Remembered]:
    """Make what a source knows of earlier runs; nothing without arguments."""
    return Remembered
