"""How soon a person should look at a release, and why, in words; needs no database."""

import math
from dataclasses import dataclass

from store.units import written

#: Sizes between which scale counts from nothing to all: a hundred million and a trillion parameters.
SMALLEST = 1e8
LARGEST = 1e12

#: What a release whose size nobody states counts as: most are small, but some are the largest.
UNSTATED_SCALE = 0.1

#: As many claims as make the evidence complete.
ENOUGH_CLAIMS = 6

#: How much each part adds to a release that is announced for sure; the sum is 1.
WEIGHTS = {"certainty": 0.25, "scale": 0.40, "watched": 0.15, "weights": 0.10, "evidence": 0.10}


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What is known of a release; `claims` counts the facts that are stated.

    `parameters` is its largest own model's count as stated, `measured` the one that its files give where none is.
    """

    announces: float
    parameters: float | None = None
    measured: float | None = None
    is_watched: bool = False
    open_weights: bool | None = None
    organization: str | None = None
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Priority:
    """A place in the queue, 0 to 1, and the reasons for it in words."""

    value: float
    reasons: tuple[str, ...]


def priority(facts: ReleaseFacts) -> Priority:
    """Return the priority of a release: how surely it is announced, times what speaks for it."""
    parts = {
        "certainty": 1.0,
        "scale": _scale(facts.parameters or facts.measured),
        "watched": float(facts.is_watched),
        "weights": float(facts.open_weights is True),
        "evidence": min(facts.claims / ENOUGH_CLAIMS, 1.0),
    }
    value = facts.announces * sum(WEIGHTS[name] * part for name, part in parts.items())
    return Priority(round(min(max(value, 0.0), 1.0), 4), _reasons(facts))


def _scale(parameters: float | None) -> float:
    if parameters is None:
        return UNSTATED_SCALE
    place = math.log(max(parameters, SMALLEST) / SMALLEST) / math.log(LARGEST / SMALLEST)
    return min(place, 1.0)


def _size(facts: ReleaseFacts) -> str:
    if facts.parameters:
        return f"{written(facts.parameters)} parameters"
    if facts.measured:
        return f"size not stated, about {written(float(f'{facts.measured:.2g}'))} parameters by its files"
    return "size not stated"


def _reasons(facts: ReleaseFacts) -> tuple[str, ...]:
    maker = facts.organization or "maker"
    said = (
        _size(facts),
        f"watched {maker}" if facts.is_watched and facts.organization else "watched maker" if facts.is_watched else "",
        {True: "weights released", False: "weights closed", None: ""}[facts.open_weights],
        f"announces a model: {facts.announces:.0%}",
        f"{facts.claims} claims" if facts.claims != 1 else "1 claim",
    )
    return tuple(reason for reason in said if reason)
