"""What is stated of one model, field by field, and which of several statements can be calculated with."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractors.derivation.interval import Interval, exactly
from extractors.finding import FAMILY, Finding

#: Findings that are less sure than this are not calculated with.
LEAST_CONFIDENCE = 0.5

#: Rivals closer to each other than this factor are one figure written twice (7B, 7.61B): the interval spans them.
SAME = 1.5

#: Several counts may be the stages of one training, up to this many; more are no longer told apart.
MOST_STAGES = 4

#: How a finding is counted: 0 where it is none of what is asked for.
Measure = Callable[[Finding], float]
ByField = Mapping[str, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Statements:
    """What is stated of `subject` itself, and of the family that it belongs to."""

    subject: str
    own: ByField
    family: ByField

    def of(self, field: str) -> tuple[Finding, ...]:
        """Return what is stated of the subject itself."""
        return self.own.get(field, ())

    def shared(self, field: str) -> tuple[Finding, ...]:
        """Return what is stated of the subject itself, else what is stated of its family."""
        return self.of(field) or self.family.get(field, ())


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number to calculate with, the findings that it was made from, and what was assumed in words."""

    amount: Interval
    inputs: tuple[Finding, ...]
    flags: tuple[str, ...] = ()


def by_subject(findings: Sequence[Finding]) -> tuple[Statements, ...]:
    """Return the statements of every subject, in reading order."""
    families = {finding.subject: finding.value for finding in findings if finding.field == FAMILY}
    grouped: dict[str, dict[str, tuple[Finding, ...]]] = {}
    for finding in findings:
        if finding.confidence >= LEAST_CONFIDENCE:
            fields = grouped.setdefault(finding.subject, {})
            fields[finding.field] = (*fields.get(finding.field, ()), finding)
    return tuple(
        Statements(subject, fields, grouped.get(str(families[subject]), {}) if subject in families else {})
        for subject, fields in grouped.items()
    )


def number(finding: Finding) -> float:
    """Return the number that a finding states; 0 where it states none, or one in a unit."""
    value = finding.value
    return 0.0 if finding.unit or isinstance(value, bool | str | tuple) else float(value)


def agreed(findings: Iterable[Finding], measure: Measure = number) -> Quantity | None:
    """Return one number where all findings state about the same (within SAME); None where rivals differ by more."""
    stated = [(measure(finding), finding) for finding in findings]
    if not stated or min(amount for amount, _ in stated) <= 0:
        return None
    low, high = min(amount for amount, _ in stated), max(amount for amount, _ in stated)
    if high > SAME * low:
        return None
    best = max(stated, key=lambda pair: pair[1].confidence)[0]
    flags = ("stated in more than one way",) if high > low else ()
    return Quantity(Interval(low, best, high), tuple(finding for _, finding in stated), flags)


def staged(findings: Iterable[Finding], measure: Measure = number) -> Quantity | None:
    """Return one number for what may be stated for each stage: from the largest figure to the sum of all.

    None where there are more than MOST_STAGES different figures.
    """
    stated = [(measure(finding), finding) for finding in findings]
    different = sorted({float(f"{amount:.2g}") for amount, _ in stated})
    if not stated or different[0] <= 0 or len(different) > MOST_STAGES:
        return None
    inputs = tuple(finding for _, finding in stated)
    largest = max(amount for amount, _ in stated)
    if len(different) == 1:
        return Quantity(exactly(largest), inputs)
    flag = f"{len(different)} different figures are stated: from the largest to their sum, as if they were stages"
    return Quantity(Interval(largest, largest, largest + sum(different[:-1])), inputs, (flag,))
