"""The few figures of a candidate by which a person orders a queue at a glance."""

from collections.abc import Iterator
from dataclasses import dataclass

from review_ui import words
from store.views import CandidateView, Change, Proposal

SHOWN = ("parameters", "active_parameters", "training_tokens", "input_modalities", "output_modalities", "open_weights")
MOST_CHANGES = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """A field of a candidate in words: its value for one model, or the range over its models."""

    label: str
    text: str
    exact: str


def key_figures(candidate: CandidateView) -> tuple[Figure, ...]:
    """Return the figures that the candidate's proposals have, in a fixed order; of an update, what it changes."""
    return tuple(_changes(candidate) if candidate.changes else _figures(candidate))


def _figures(candidate: CandidateView) -> Iterator[Figure]:
    for field in SHOWN:
        proposals = [proposal for proposal in candidate.proposals if proposal.field == field]
        if proposals:
            yield Figure(words.label(field), _range(proposals, words.human), _range(proposals, words.exact))


def _changes(candidate: CandidateView) -> Iterator[Figure]:
    for change in candidate.changes[:MOST_CHANGES]:
        label = f"{words.label(change.field)} of {change.model}"
        yield Figure(label, _step(change, words.human), _step(change, words.exact))
    if len(candidate.changes) > MOST_CHANGES:
        more = f"and {len(candidate.changes) - MOST_CHANGES} more"
        yield Figure("", more, more)


def _step(change: Change, write: words.Writer) -> str:
    """Return `15T → 20T`, or the new value alone where the catalog has none."""
    return write(change.new) if change.old is None else f"{write(change.old)} → {write(change.new)}"


def _range(proposals: list[Proposal], write: words.Writer) -> str:
    """Return `7B`, or `7B – 70B` where models differ; values that are no numbers stand side by side."""
    numbers = sorted(each.value for each in proposals if isinstance(each.value, float))
    if len(numbers) == len(proposals):
        ends = dict.fromkeys((numbers[0], numbers[-1]))
        return " – ".join(write(number) for number in ends)
    return " / ".join(dict.fromkeys(write(each.value) for each in proposals))
