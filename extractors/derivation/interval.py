"""Intervals: a number that is known only within bounds, and arithmetic with it."""

from dataclasses import dataclass
from functools import reduce


@dataclass(frozen=True, slots=True)
class Interval:
    """A positive number between `low` and `high`, most likely near `value`."""

    low: float
    value: float
    high: float

    def __mul__(self, other: "Interval") -> "Interval":
        """Return the product, low with low and high with high: as wide as it can be."""
        return Interval(self.low * other.low, self.value * other.value, self.high * other.high)


def exactly(value: float) -> Interval:
    """Return the interval that is one number."""
    return Interval(value, value, value)


def product(*factors: Interval) -> Interval:
    """Return the product of all factors."""
    return reduce(Interval.__mul__, factors)
