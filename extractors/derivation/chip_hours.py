"""Hours that chips ran for a training: stated as such, or as a number of chips and the days they took."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.finding import Finding
from extractors.statements import Quantity, Statements, agreed, number, staged

#: Hours in each unit of time; months are of 30 days.
HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0, "month": 720.0}

_KINDS = ("GPU-", "TPU-")


@dataclass(frozen=True, slots=True)
class ChipHours:
    """How many hours of which chip were `used`, and in words how they were counted."""

    used: Quantity
    chip: str
    formula: str


def chip_hours(stated: Statements) -> Iterator[ChipHours]:
    """Yield the chip-hours of a subject's training: of its time in GPU-hours, and of its chips × days."""
    times = [finding for finding in stated.of("training_time") if _hours(finding) > 0]
    ran = [finding for finding in times if _is_of_chips(finding)]
    yield from _counted(stated, ran)
    yield from _multiplied(stated, [finding for finding in times if finding not in ran])


def _counted(stated: Statements, times: list[Finding]) -> Iterator[ChipHours]:
    used = staged(times, _hours)
    chip = _chip(stated, times)
    if used and chip:
        yield ChipHours(_with(used, chip), str(chip.value), "chip-hours")


def _multiplied(stated: Statements, times: list[Finding]) -> Iterator[ChipHours]:
    """Yield chips × time, where one number of chips and one time are stated."""
    counts = [finding for finding in stated.of("hardware_count") if number(finding) >= 1]
    chips, time = agreed(counts), agreed(times, _hours)
    chip = _chip(stated, counts)
    if chips and time and chip:
        flags = (*chips.flags, *time.flags, "as if every chip ran for the whole time")
        used = Quantity(chips.amount * time.amount, (*chips.inputs, *time.inputs), flags)
        yield ChipHours(_with(used, chip), str(chip.value), "chips × time")


def _hours(finding: Finding) -> float:
    """Return how many hours a training time is; 0 where its unit is none of time."""
    unit = finding.unit or ""
    for kind in _KINDS:
        unit = unit.removeprefix(kind)
    value = finding.value
    return 0.0 if isinstance(value, bool | str | tuple) else float(value) * HOURS.get(unit, 0.0)


def _is_of_chips(finding: Finding) -> bool:
    return (finding.unit or "").startswith(_KINDS)


def _chip(stated: Statements, counted: list[Finding]) -> Finding | None:
    """Return the one chip that the words of a count or time name, else the only one that is stated at all."""
    named = stated.shared("hardware")
    near = [chip for chip in named if any(chip.start < each.end and each.start < chip.end for each in counted)]
    kinds = {chip.value for chip in near or named}
    return (near or list(named))[0] if len(kinds) == 1 else None


def _with(used: Quantity, chip: Finding) -> Quantity:
    return Quantity(used.amount, (*used.inputs, chip), used.flags)
