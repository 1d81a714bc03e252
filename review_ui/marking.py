"""A document's text cut into pieces, so that every quote of its claims can be marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol


class Quoted(Protocol):
    """What marking needs of a claim."""

    @property
    def id(self) -> int:
        """Names the anchor of the quote."""

    @property
    def quote(self) -> str:
        """The words that should stand at the offsets."""

    @property
    def start(self) -> int:
        """Offset of the first character in the document's content."""

    @property
    def end(self) -> int:
        """Offset behind the last character."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a document; `claims` quote all of it, and `opens` are those of them whose quote begins here."""

    text: str
    claims: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The title and the text of a document in pieces, in reading order; joined they give it back unchanged."""

    title: tuple[Segment, ...]
    text: tuple[Segment, ...]


def mark(title: str, text: str, claims: Iterable[Quoted]) -> MarkedText:
    """Cut a document at the edges of the quotes; a claim whose quote does not stand at its offsets marks nothing."""
    content = f"{title}\n{text}"
    standing = sorted((claim for claim in claims if stands(claim, content)), key=lambda claim: (claim.start, claim.id))
    text_start = len(title) + 1
    return MarkedText(
        title=_cut(content, 0, len(title), standing),
        text=_cut(content, text_start, len(content), standing),
    )


def stands(claim: Quoted, content: str) -> bool:
    """Whether the words at the claim's offsets are its quote."""
    return 0 <= claim.start < claim.end <= len(content) and content[claim.start : claim.end] == claim.quote


def _cut(content: str, start: int, end: int, claims: list[Quoted]) -> tuple[Segment, ...]:
    """Return the pieces of `content[start:end]`; quotes may overlap, lie within one another or reach beyond."""
    within = [claim for claim in claims if claim.start < end and claim.end > start]
    edges = {start, end}
    for claim in within:
        edges |= {max(claim.start, start), min(claim.end, end)}
    return tuple(_segment(content, left, right, within) for left, right in pairwise(sorted(edges)))


def _segment(content: str, left: int, right: int, claims: list[Quoted]) -> Segment:
    return Segment(
        text=content[left:right],
        claims=tuple(claim.id for claim in claims if claim.start <= left and right <= claim.end),
        opens=tuple(claim.id for claim in claims if claim.start == left),
    )
