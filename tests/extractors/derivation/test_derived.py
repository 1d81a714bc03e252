"""Figures computed from findings: what they come to, what they rest on, and where nothing is computed."""

import pytest

from extractors.derivation.derived import HARDWARE_SOURCE, SIX_N_D_SOURCE, derive
from extractors.finding import Derived, Finding, Value
from extractors.words.chips import PEAKS, PRICES
from extractors.words.hardware import CHIPS


def state(
    field: str, value: Value, *, of: str = "Marlin-7B", unit: str | None = None, quote: str = "", sure: float = 0.9
) -> Finding:
    """A finding of a model, as a reader makes it."""
    return Finding(field, value, unit, of, quote or f"{value}", 0, 10, sure, "test")


def only(findings: tuple[Finding, ...], field: str = "training_compute") -> Derived:
    """The one figure of a field that follows."""
    (figure,) = [figure for figure in derive(findings) if figure.field == field]
    return figure


SIZE = state("parameters", 7e9)
TOKENS = state("training_tokens", 2e12)
HOURS = state("training_time", 2.5e5, unit="GPU-hour")
CHIP = state("hardware", "H800")


def test_compute_is_six_operations_for_each_parameter_and_token() -> None:
    figure = only((SIZE, TOKENS))

    assert figure.value == pytest.approx(6 * 7e9 * 2e12)
    assert figure.low < figure.value < figure.high
    assert (figure.unit, figure.subject, figure.source) == ("FLOP", "Marlin-7B", SIX_N_D_SOURCE)
    assert figure.formula == "6 × parameters × training tokens"
    assert figure.inputs == (SIZE, TOKENS)
    assert figure.flags == ()


def test_a_mixture_of_experts_is_computed_with_its_active_parameters() -> None:
    active = state("active_parameters", 1.3e9)

    figure = only((SIZE, active, TOKENS))

    assert figure.value == pytest.approx(6 * 1.3e9 * 2e12)
    assert figure.formula == "6 × active parameters × training tokens"
    assert SIZE not in figure.inputs


def test_a_nominal_and_an_exact_size_span_the_interval() -> None:
    exact = state("parameters", 7.6e9, sure=0.99)

    figure = only((SIZE, exact, TOKENS))

    assert figure.value == pytest.approx(6 * 7.6e9 * 2e12)
    assert figure.low == pytest.approx(0.8 * 6 * 7e9 * 2e12)
    assert figure.high == pytest.approx(1.3 * 6 * 7.6e9 * 2e12)
    assert "stated in more than one way" in figure.flags


def test_stages_go_from_the_largest_to_their_sum() -> None:
    stages = (TOKENS, state("training_tokens", 5e11), state("training_tokens", 1e11))

    figure = only((SIZE, *stages))

    assert figure.value == pytest.approx(6 * 7e9 * 2e12)
    assert figure.high == pytest.approx(1.3 * 6 * 7e9 * 2.6e12)
    assert any("3 different figures" in flag for flag in figure.flags)


def test_tokens_of_the_family_hold_for_each_member_and_it_says_so() -> None:
    members = (state("family", "Marlin"), state("family", "Marlin", of="Marlin-70B"))
    sizes = (SIZE, state("parameters", 70e9, of="Marlin-70B"))
    tokens = state("training_tokens", 2e12, of="Marlin")

    figures = derive((*members, *sizes, tokens))

    assert [(figure.subject, figure.value) for figure in figures] == [
        ("Marlin-7B", pytest.approx(8.4e22)),
        ("Marlin-70B", pytest.approx(8.4e23)),
    ]
    assert all("the tokens are stated of the whole family" in figure.flags for figure in figures)


def test_a_model_trained_from_another_says_that_the_base_is_not_counted() -> None:
    figure = only((SIZE, TOKENS, state("base_model", "Porpoise-7B")))

    assert any("base model" in flag for flag in figure.flags)


def test_compute_follows_from_chip_hours_within_the_bounds_of_utilisation() -> None:
    figure = only((HOURS, CHIP))

    at_peak = 2.5e5 * 3600 * 989e12
    assert (figure.low, figure.value, figure.high) == pytest.approx((0.2 * at_peak, 0.35 * at_peak, 0.5 * at_peak))
    assert figure.inputs == (HOURS, CHIP)
    assert figure.source == HARDWARE_SOURCE
    assert "NVIDIA H100 datasheet" in figure.formula


def test_compute_follows_from_chips_and_days() -> None:
    count, days, chip = (
        state("hardware_count", 512.0),
        state("training_time", 10.0, unit="day"),
        state("hardware", "A100"),
    )

    figure = only((count, days, chip))

    assert figure.high == pytest.approx(512 * 10 * 86400 * 312e12 * 0.5)
    assert figure.formula.startswith("chips × time × 3.12e+14 FLOP/s")
    assert "as if every chip ran for the whole time" in figure.flags


@pytest.mark.parametrize(
    ("unit", "hours"),
    [("GPU-hour", 1.0), ("GPU-day", 24.0), ("TPU-hour", 1.0), ("GPU-week", 168.0), ("GPU-month", 720.0)],
)
def test_hours_are_counted_in_every_unit(unit: str, hours: float) -> None:
    figure = only((state("training_time", 1000.0, unit=unit), CHIP))

    assert figure.high == pytest.approx(1000 * hours * 3600 * 989e12 * 0.5, rel=1e-5)


def test_cost_follows_from_chip_hours_and_a_dated_price() -> None:
    figure = only((HOURS, CHIP), "training_cost")

    assert (figure.low, figure.high) == pytest.approx((2.5e5 * 1.99, 2.5e5 * 5.0))
    assert figure.low < figure.value < figure.high
    assert figure.unit == "USD"
    assert "May 2026" in figure.formula
    assert figure.source.startswith("https://")


def test_the_chip_that_the_words_of_the_hours_name_is_taken() -> None:
    near = Finding("hardware", "A100", None, "Marlin-7B", "A100", 4, 8, 0.9, "test")
    far = Finding("hardware", "H100", None, "Marlin-7B", "H100", 400, 404, 0.9, "test")

    figure = only((HOURS, near, far))

    assert near in figure.inputs
    assert far not in figure.inputs


def test_both_ways_stand_side_by_side() -> None:
    figures = [figure for figure in derive((SIZE, TOKENS, HOURS, CHIP)) if figure.field == "training_compute"]

    assert len({figure.formula for figure in figures}) == 2


MARLIN_70B = "Marlin-70B"
NOTHING: dict[str, tuple[Finding, ...]] = {
    "nothing stated": (),
    "a size alone": (SIZE,),
    "tokens alone": (TOKENS,),
    "tokens of another model": (SIZE, state("training_tokens", 2e12, of=MARLIN_70B)),
    "tokens of a family that is not this model's": (SIZE, state("training_tokens", 2e12, of="Marlin")),
    "two sizes far apart": (SIZE, state("parameters", 70e9), TOKENS),
    "two active sizes far apart": (SIZE, state("active_parameters", 1e9), state("active_parameters", 3e9), TOKENS),
    "more token counts than stages": (
        SIZE,
        *(state("training_tokens", amount) for amount in (1e9, 1e10, 1e11, 1e12, 1e13)),
    ),
    "a size in a unit": (state("parameters", 7e9, unit="byte"), TOKENS),
    "tokens in a unit": (SIZE, state("training_tokens", 2e12, unit="word")),
    "data that is not tokens": (SIZE, state("dataset_size", 2e12, unit="word")),
    "a size in words": (state("parameters", "seven"), TOKENS),
    "a size that is true": (state("parameters", True), TOKENS),
    "a size of zero": (state("parameters", 0.0), TOKENS),
    "an unsure size": (state("parameters", 7e9, sure=0.3), TOKENS),
    "an unsure count of tokens": (SIZE, state("training_tokens", 2e12, sure=0.3)),
    "a mixture of unknown active size": (SIZE, TOKENS, state("architecture", "mixture of experts")),
    "hours without a chip": (HOURS,),
    "a chip without hours": (CHIP,),
    "hours of one of two chips": (
        HOURS,
        Finding("hardware", "A100", None, "Marlin-7B", "A100", 40, 44, 0.9, "test"),
        Finding("hardware", "H100", None, "Marlin-7B", "H100", 90, 94, 0.9, "test"),
    ),
    "hours of an unknown chip": (HOURS, state("hardware", "Ascend 910B")),
    "days without a number of chips": (state("training_time", 10.0, unit="day"), CHIP),
    "chips without days": (state("hardware_count", 512.0), CHIP),
    "chips of one model and days of another": (
        state("hardware_count", 512.0),
        state("training_time", 10.0, unit="day", of=MARLIN_70B),
        CHIP,
    ),
    "two numbers of chips": (
        *(state("hardware_count", count) for count in (64.0, 512.0)),
        state("training_time", 10.0, unit="day"),
        CHIP,
    ),
    "a time in an unknown unit": (state("training_time", 3.0, unit="epoch"), state("hardware_count", 8.0), CHIP),
    "a time without a unit": (state("training_time", 3.0), state("hardware_count", 8.0), CHIP),
}


@pytest.mark.parametrize("findings", NOTHING.values(), ids=NOTHING.keys())
def test_nothing_is_computed_from(findings: tuple[Finding, ...]) -> None:
    assert derive(findings) == ()


def test_a_chip_without_a_price_gives_compute_and_no_cost() -> None:
    figures = derive((HOURS, state("hardware", "TPU v4")))

    assert [figure.field for figure in figures] == ["training_compute"]


def test_every_price_is_of_a_chip_whose_peak_is_known() -> None:
    assert set(PRICES) <= set(PEAKS)
    assert all(price.low < price.high for price in PRICES.values())


def test_every_chip_of_the_tables_is_written_as_findings_write_it() -> None:
    forms = [name.partition("{")[0].strip() for _, name in CHIPS]

    assert all(any(chip.startswith(form) for form in forms) for chip in PEAKS)
