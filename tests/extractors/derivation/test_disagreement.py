"""Stated against derived figures: what counts as a disagreement, and which reason is named."""

import pytest

from extractors.derivation.derived import derive
from extractors.finding import Disagreement, Finding, Value


def state(field: str, value: Value, *, unit: str | None = None, quote: str = "", sure: float = 0.9) -> Finding:
    """A finding of one model, as a reader makes it."""
    return Finding(field, value, unit, "Marlin", quote or f"{value}", 0, 10, sure, "test")


def first(*findings: Finding) -> Disagreement | None:
    """What the first figure that follows disagrees with."""
    return derive(findings)[0].disagreement


SIZE = state("parameters", 7e9)
TOKENS = state("training_tokens", 2e12)
DERIVED = 6 * 7e9 * 2e12
CHIPS = (state("hardware_count", 1000.0), state("hardware", "A100"), state("training_time", 30.0, unit="day"))


def test_a_stated_figure_far_off_is_flagged_with_its_ratio() -> None:
    stated = state("training_compute", 10 * DERIVED)

    found = first(SIZE, TOKENS, stated)

    assert found
    assert found.stated == stated
    assert found.ratio == pytest.approx(10)
    assert found.reason


@pytest.mark.parametrize("ratio", [0.34, 0.5, 1.0, 2.0, 2.99])
def test_a_figure_within_three_times_agrees(ratio: float) -> None:
    assert first(SIZE, TOKENS, state("training_compute", ratio * DERIVED)) is None


def test_nothing_stated_disagrees_with_nothing() -> None:
    assert first(SIZE, TOKENS) is None


def test_one_of_several_statements_that_agrees_is_enough() -> None:
    of_a_stage = state("training_compute", DERIVED / 50, sure=0.95)

    assert first(SIZE, TOKENS, of_a_stage, state("training_compute", DERIVED, sure=0.6)) is None


def test_a_figure_within_the_interval_of_stages_agrees() -> None:
    stages = (state("training_tokens", amount) for amount in (2e12, 1.9e12, 1.8e12, 1.7e12))

    assert first(SIZE, *stages, state("training_compute", 3.5 * DERIVED)) is None


def test_another_models_figure_is_not_compared() -> None:
    other = Finding("training_compute", 100 * DERIVED, None, "Porpoise", "q", 0, 1, 0.9, "test")

    assert first(SIZE, TOKENS, other) is None


REASONS: dict[str, tuple[tuple[Finding, ...], str]] = {
    "the total of a mixture counted as active": (
        (
            state("parameters", 100e9),
            state("active_parameters", 10e9),
            TOKENS,
            state("training_compute", 6 * 100e9 * 2e12),
        ),
        "total may be taken for active",
    ),
    "a mixture whose active size is not told": (
        (state("parameters", 100e9), TOKENS, state("training_compute", 6 * 12e9 * 2e12)),
        "total of a mixture of experts",
    ),
    "words counted as tokens": (
        (
            SIZE,
            state("training_tokens", 2e12, quote="2 trillion words"),
            state("training_compute", 4 * DERIVED),
        ),
        "words, characters or bytes",
    ),
    "as many words elsewhere": (
        (SIZE, TOKENS, state("dataset_size", 2e12, unit="word"), state("training_compute", 4 * DERIVED)),
        "words, characters or bytes",
    ),
    "a fine-tune's tokens and its base's compute": (
        (SIZE, TOKENS, state("base_model", "Porpoise"), state("training_compute", 20 * DERIVED)),
        "different trainings",
    ),
    "a speed that says so": (
        (SIZE, TOKENS, state("training_compute", 4e17, quote="400 PFLOPS")),
        "a speed",
    ),
    "a speed as high as the chips'": (
        (SIZE, TOKENS, *CHIPS, state("training_compute", 3.1e17)),
        "a speed",
    ),
    "a thousand times as much": (
        (SIZE, TOKENS, state("training_compute", 1050 * DERIVED)),
        "1,000 times apart",
    ),
    "several passes": (
        (SIZE, TOKENS, state("training_compute", 8 * DERIVED)),
        "epochs",
    ),
    "more than the chips could do": (
        (*CHIPS, state("training_compute", 4e25)),
        "one stage alone",
    ),
    "far less than the chips could do": (
        (*CHIPS, state("training_compute", 1e22)),
        "far less than they can",
    ),
}


@pytest.mark.parametrize(("findings", "words"), REASONS.values(), ids=REASONS.keys())
def test_the_likely_reason_is_named(findings: tuple[Finding, ...], words: str) -> None:
    found = first(*findings)

    assert found
    assert words in found.reason


@pytest.mark.parametrize(("cost", "words"), [(5e7, "people, failed runs"), (2e4, "rented for less")])
def test_a_cost_far_off_has_reasons_of_its_own(cost: float, words: str) -> None:
    figures = derive((*CHIPS, state("training_cost", cost)))

    found = next(figure.disagreement for figure in figures if figure.field == "training_cost")

    assert found
    assert words in found.reason
