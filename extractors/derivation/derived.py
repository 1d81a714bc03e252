"""Figures that no text states, computed from what it does state: training compute and cost, as intervals.

Every input is a finding about the same model; what is stated of its family holds for it only where that is the same for
each member (training tokens, the kind of chip). See docs/extraction.md for where the bounds come from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from extractors.derivation.chip_hours import chip_hours
from extractors.derivation.disagreement import compared
from extractors.derivation.interval import Interval, exactly, product
from extractors.finding import Derived, Finding
from extractors.statements import Quantity, Statements, agreed, by_subject, staged
from extractors.words.chips import PEAKS, PRICES, PRICES_OF, PRICES_SOURCE

#: Training costs about six operations for each parameter and token (Kaplan et al. 2020, section 2.1).
SIX_N_D_SOURCE = "https://arxiv.org/abs/2001.08361"
#: Hardware × time × utilisation, as Epoch AI estimates it.
HARDWARE_SOURCE = "https://epoch.ai/data/ai-models-documentation/estimation"

#: What 6·N·D leaves out: embeddings cost no multiplication (down to 0.8 times), attention over a long context does (up
#: to 1.3 times).
SIX_N_D = Interval(0.8 * 6, 6.0, 1.3 * 6)

#: Share of a chip's peak that trainings reach.
UTILISATION = Interval(0.2, 0.35, 0.5)

SECONDS_AN_HOUR = exactly(3600.0)


@dataclass(frozen=True, slots=True)
class Formula:
    """What is computed, in which unit, how in words, and where that is from."""

    field: str
    unit: str
    words: str
    source: str


def derive(findings: Sequence[Finding], record: tuple[Derived, ...] = ()) -> tuple[Derived, ...]:
    """Return what follows from the findings of one document, subject by subject in reading order.

    Figures of a hub's `record` come first; all are compared with what is stated.
    """
    grouped = by_subject(findings)
    figures = (figure for stated in grouped for figure in (*_from_operations(stated), *_from_chips(stated)))
    return compared((*record, *figures), grouped)


def _from_operations(stated: Statements) -> Iterator[Derived]:
    """Yield 6 × parameters × tokens; of a mixture of experts with its active parameters, or not at all."""
    has_active = bool(stated.of("active_parameters"))
    size = agreed(stated.of("active_parameters" if has_active else "parameters"))
    tokens = staged(stated.shared("training_tokens"))
    if size is None or tokens is None or (_is_mixture(stated) and not has_active):
        return
    words = f"6 × {'active parameters' if has_active else 'parameters'} × training tokens"
    amount = product(SIX_N_D, size.amount, tokens.amount)
    inputs, flags = (*size.inputs, *tokens.inputs), (*size.flags, *tokens.flags, *_assumed(stated))
    formula = Formula("training_compute", "FLOP", words, SIX_N_D_SOURCE)
    yield _derived(stated, formula, amount, Quantity(amount, inputs, flags))


def _is_mixture(stated: Statements) -> bool:
    said = (finding.value for finding in stated.shared("architecture"))
    return any("mixture" in value.lower() or "moe" in value.lower() for value in said if isinstance(value, str))


def _assumed(stated: Statements) -> Iterator[str]:
    if not stated.of("training_tokens"):
        yield "the tokens are stated of the whole family"
    if stated.shared("base_model"):
        yield "trained from a base model, whose own training is not counted"


def _from_chips(stated: Statements) -> Iterator[Derived]:
    """Yield compute and cost from the hours that chips ran."""
    for hours in chip_hours(stated):
        peak, price = PEAKS.get(hours.chip), PRICES.get(hours.chip)
        if peak:
            words = f"{hours.formula} × {peak.flops:.4g} FLOP/s ({peak.sheet}) × utilisation of 0.2 to 0.5"
            formula = Formula("training_compute", "FLOP", words, HARDWARE_SOURCE)
            amount = product(hours.used.amount, SECONDS_AN_HOUR, exactly(peak.flops), UTILISATION)
            yield _derived(stated, formula, amount, hours.used)
        if price:
            words = f"{hours.formula} × ${price.low:.2f} to ${price.high:.2f} an hour ({hours.chip}, {PRICES_OF})"
            formula = Formula("training_cost", "USD", words, PRICES_SOURCE)
            dollars = Interval(price.low, sqrt(price.low * price.high), price.high)
            yield _derived(stated, formula, hours.used.amount * dollars, hours.used)


def _derived(stated: Statements, formula: Formula, amount: Interval, used: Quantity) -> Derived:
    return Derived(
        field=formula.field,
        low=_rounded(amount.low),
        value=_rounded(amount.value),
        high=_rounded(amount.high),
        unit=formula.unit,
        subject=stated.subject,
        formula=formula.words,
        source=formula.source,
        inputs=used.inputs,
        flags=used.flags,
    )


def _rounded(number: float) -> float:
    """Return a number without the digits that only the arithmetic has made."""
    return float(f"{number:.6g}")
