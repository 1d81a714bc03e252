"""The few figures of a candidate by which a person orders a queue at a glance."""

from collections.abc import Iterator
from dataclasses import dataclass

from review_ui import words
from store.views import CandidateView, Proposal

SHOWN = ("parameters", "active_parameters", "training_tokens", "input_modalities", "output_modalities", "open_weights")


@dataclass(frozen=True, slots=True)
class Figure:
    """A field of a candidate in words: its value for one model, or the range over its models."""

    label: str
    text: str
    exact: str


def key_figures(candidate: CandidateView) -> tuple[Figure, ...]:
    """Return the figures that the candidate's proposals have, in a fixed order."""
    return tuple(_figures(candidate))


def _figures(candidate: CandidateView) -> Iterator[Figure]:
    for field in SHOWN:
        proposals = [proposal for proposal in candidate.proposals if proposal.field == field]
        if proposals:
            yield Figure(words.label(field), _range(proposals, words.human), _range(proposals, words.exact))


def _range(proposals: list[Proposal], write: words.Writer) -> str:
    """Return `7B`, or `7B – 70B` where models differ; values that are no numbers stand side by side."""
    numbers = sorted(each.value for each in proposals if isinstance(each.value, float))
    if len(numbers) == len(proposals):
        ends = dict.fromkeys((numbers[0], numbers[-1]))
        return " – ".join(write(number) for number in ends)
    return " / ".join(dict.fromkeys(write(each.value) for each in proposals))
