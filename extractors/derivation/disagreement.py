"""Where a stated and a derived figure of the same model differ by more than three times, and the likely reason."""

import re
from collections.abc import Iterable
from dataclasses import replace

from extractors.finding import Derived, Disagreement, Finding
from extractors.statements import Statements, agreed, number
from extractors.words.chips import PEAKS

#: Figures further apart than this factor disagree.
MOST = 3.0

#: Figures closer than this factor explain each other.
FITS = 1.5

#: No stated training of a large model took fewer operations; a chip's rate is as small.
LEAST_TRAINING = 1e19

PACKED = "the weights may be packed (quantised): several parameters in one stored element"

_RATE = re.compile(r"flops?\s?/\s?s\b|flops?\s+per\s+second|[tpez]flops\b", re.IGNORECASE)
_NOT_TOKENS = re.compile(r"\b(?:words?|characters?|bytes?)\b|[字词]", re.IGNORECASE)


def compared(figures: tuple[Derived, ...], grouped: Iterable[Statements]) -> tuple[Derived, ...]:
    """Return the figures, each with how it disagrees with what is stated of its subject."""
    stated = {statements.subject: statements for statements in grouped}
    return tuple(
        replace(figure, disagreement=disagreement(figure, stated[figure.subject]))
        if figure.subject in stated
        else figure
        for figure in figures
    )


def disagreement(figure: Derived, stated: Statements) -> Disagreement | None:
    """Return how the surest statement differs from a derived figure; None where one statement is within three times."""
    rivals = [finding for finding in stated.of(figure.field) if number(finding) > 0]
    ratios = {finding: number(finding) / figure.value for finding in rivals}
    if not rivals or any(_agrees(finding, figure, ratios[finding]) for finding in rivals):
        return None
    surest = max(rivals, key=lambda finding: finding.confidence)
    return Disagreement(surest, ratios[surest], _reason(figure, surest, stated))


def _agrees(finding: Finding, figure: Derived, ratio: float) -> bool:
    return 1 / MOST <= ratio <= MOST or figure.low <= number(finding) <= figure.high


def _reason(figure: Derived, finding: Finding, stated: Statements) -> str:
    is_more = number(finding) > figure.value
    if figure.field == "training_compute":
        named = _rate(finding, stated) or _slip(number(finding) / figure.value)
        return named or (_of_chips(is_more) if _is_from_chips(figure) else _of_operations(figure, finding, stated))
    if figure.field == "training_cost":
        return "may hold more than the rent: people, failed runs, machines bought" if is_more else "rented for less"
    return _of_record(figure, is_more)


def _of_record(figure: Derived, is_more: bool) -> str:
    if figure.unit == "stored elements":
        return PACKED if is_more else "other things may be stored beside the model"
    return "config.json may be of another size" if is_more else "active parameters may be taken for the total"


def _rate(finding: Finding, stated: Statements) -> str:
    """Whether the stated figure is operations a second rather than operations: said so, or as much as the chips do."""
    amount = number(finding)
    counts = [number(count) for count in stated.of("hardware_count")]
    peaks = [PEAKS[str(chip.value)].flops for chip in stated.shared("hardware") if chip.value in PEAKS]
    is_speed = any(1 / MOST <= amount / (count * peak) <= MOST for count in (*counts, 1.0) for peak in peaks if count)
    is_rate = amount < LEAST_TRAINING and bool(_RATE.search(finding.quote))
    return "the stated figure looks like FLOP/s, a speed, rather than FLOP" if is_speed or is_rate else ""


def _slip(ratio: float) -> str:
    """Whether the figures differ by thousands: a scale word or a prefix was read or written wrongly."""
    for power in (1e3, 1e6, 1e9):
        if max(ratio, 1 / ratio) / power < FITS and power / max(ratio, 1 / ratio) < FITS:
            return f"about {power:,.0f} times apart: a scale (million, billion; peta, exa) may be misread"
    return ""


def _of_operations(figure: Derived, finding: Finding, stated: Statements) -> str:
    ratio = number(finding) / figure.value
    totals, active = agreed(stated.of("parameters")), agreed(stated.of("active_parameters"))
    if totals and active and _fits(ratio, totals.amount.value / active.amount.value):
        return "the stated figure fits the total parameters: total may be taken for active"
    if _counts_no_tokens(stated):
        return "the training tokens may be words, characters or bytes"
    if stated.shared("base_model"):
        return "the tokens and the stated compute may be of different trainings: the fine-tuning and its base model's"
    if ratio > 1:
        return "the tokens may be seen several times (epochs), or the compute may count several runs"
    return "the parameters may be the total of a mixture of experts" if not active else "no likely reason found"


def _is_from_chips(figure: Derived) -> bool:
    return any(finding.field == "hardware" for finding in figure.inputs)


def _of_chips(is_more: bool) -> str:
    if is_more:
        return "the hours or chips may be of one stage alone"
    return "the chips may have been used far less than they can, or for more than this training"


def _fits(one: float, other: float) -> bool:
    return 1 / FITS <= one / other <= FITS


def _counts_no_tokens(stated: Statements) -> bool:
    tokens = stated.shared("training_tokens")
    words = {
        finding.value for finding in stated.shared("dataset_size") if finding.unit in ("word", "character", "byte")
    }
    return any(_NOT_TOKENS.search(finding.quote) or finding.value in words for finding in tokens)
