"""What a source said: bytes turned into a value, with nothing stored."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Payload:
    """The raw bytes that an item was read from, as they came (decompressed), with their address and media type."""

    url: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Item:
    """One paper, post or card as its source gave it.

    `key` names the thing across sources and revisions (`arxiv:2501.12948`, `hf:Qwen/Qwen3-8B`, or the canonical
    address); `version` is the source's own mark of a revision (`v2`, a commit), if it has one; times are aware UTC;
    `maker` is who made it where the source itself says so (a lab's own blog or repository), and `is_watched` whether
    that maker's releases are wanted whatever their size; `links` are addresses that the item gives for
    itself elsewhere.
    """

    key: str
    kind: str
    url: str
    title: str
    text: str
    published: datetime | None
    updated: datetime | None
    payload: Payload
    version: str | None = None
    authors: tuple[str, ...] = ()
    maker: str | None = None
    is_watched: bool = False
    is_withdrawn: bool = False
    links: tuple[str, ...] = field(default=())
