"""What a source yields: a page of items, what of it could not be read, and what it may ask the store about."""

from dataclasses import dataclass
from typing import Protocol

from flows.item import Item, Payload

#: How often in a row a linked page or card may give nothing before it is asked no more.
MOST_FAILURES = 3


@dataclass(frozen=True, slots=True)
class Reject:
    """Something fetched that could not be read, to be set aside with its reason and, where there is one, its bytes."""

    url: str
    reason: str
    payload: Payload | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """One page of a source, stored in one transaction.

    `unchanged` counts what the page lists and the store already has, so that nothing was fetched for it; `is_settled`
    is false while a linked page or card of it has to be asked again: the listing is then asked in full the next time;
    `note` is a remark for the run's table, such as an empty feed.
    """

    items: tuple[Item, ...] = ()
    rejects: tuple[Reject, ...] = ()
    unchanged: int = 0
    is_settled: bool = True
    note: str = ""


class Known(Protocol):
    """What a source may ask about earlier runs, so that nothing unchanged is fetched again."""

    def version(self, key: str) -> str | None:
        """Return the source's mark of the newest stored revision of `key`; None if there is none or it has no mark."""
        ...

    def has(self, key: str) -> bool:
        """Return whether any revision of `key` is stored."""
        ...

    def may_ask(self, url: str) -> bool:
        """Return whether `url` has failed fewer than MOST_FAILURES times in a row."""
        ...
