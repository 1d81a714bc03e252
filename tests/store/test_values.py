"""Values as a person writes them, as they are stored, and as they are shown."""

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as some

from store.errors import InvalidValueError
from store.units import read_number, written
from store.values import FIELDS, MODALITIES, NAMES, Value, checked, decode, encode, parse_value, rule


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("parameters", "7B", 7e9),
        ("parameters", " 7.2 b ", 7.2e9),
        ("parameters", "1.5e12", 1.5e12),
        ("parameters", "7,000,000,000", 7e9),
        ("parameters", "1200亿", 1.2e11),
        ("training_tokens", "14.8 trillion", 1.48e13),
        ("context_length", "128K", 128_000.0),
        ("training_cost", "5576000.50", 5576000.5),
        ("benchmark", "0", 0.0),
        ("open_weights", "Yes", True),
        ("open_weights", "false", False),
        ("input_modalities", "text, image,text", ("image", "text")),
        ("organization", "  Moonshot \n AI ", "Moonshot AI"),
        ("name", "Kimi-K2", "Kimi-K2"),
        ("license", "=Apache-2.0", "=Apache-2.0"),
    ],
)
def test_a_persons_text_becomes_a_value(field: str, text: str, value: Value) -> None:
    assert parse_value(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("parameters", "-7B", "no possible value"),
        ("parameters", "0", "no possible value"),
        ("parameters", "nan", "is no number: write 7B"),
        ("parameters", "inf", "is no number"),
        ("parameters", "1e400", "too large"),
        ("parameters", "1e17", "more than any model has"),
        ("parameters", "0.5", "not a whole number"),
        ("parameters", "7 bananas", "is no number"),
        ("parameters", "7BB", "is no number"),
        ("parameters", "8x7B", "is no number"),
        ("parameters", "7B; DROP TABLE", "is no number"),
        ("parameters", "", "a value is needed"),
        ("parameters", "٧B", "is no number"),
        ("open_weights", "perhaps", "neither true nor false"),
        ("input_modalities", "text, smell", "smell: no such modality; known are text"),
        ("input_modalities", ",", "name one at least"),
        ("organization", "x" * 201, "1 to 200 printable"),
        ("organization", "a\u202eb", "printable"),
        ("colour", "red", "no such field; known are organization"),
    ],
)
def test_what_cannot_be_is_refused_in_plain_words(field: str, text: str, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message) as refused:
        parse_value(field, text)

    assert "\n" not in str(refused.value)


@given(some.text(max_size=40), some.sampled_from([one.name for one in FIELDS]))
@example("1" * 5000, "parameters")
@example("1e999999999", "parameters")
def test_any_text_is_a_value_of_its_field_or_refused(text: str, field: str) -> None:
    try:
        value = parse_value(field, text)
    except InvalidValueError:
        return

    assert checked(field, value) == value
    assert decode(encode(value)) == value
    assert not isinstance(value, float) or (math.isfinite(value) and 0 <= value <= rule(field).largest)


@given(some.floats(min_value=1, max_value=1e16).map(lambda number: float(round(number))))
@example(7.2e9)
@example(999_999_999_999_999.0)
def test_a_number_is_read_back_as_it_was_written(number: float) -> None:
    assert read_number(written(number)) == pytest.approx(number, rel=1e-14)


@given(some.integers(1, 999_999), some.sampled_from(["K", "M", "B", "T"]), some.integers(0, 3))
def test_a_short_figure_is_exact_both_ways(figure: int, scale: str, digits: int) -> None:
    shown = f"{figure / 10**digits:.{digits}f}"
    value = read_number(f"{shown}{scale}")

    assert read_number(written(value)) == value


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (7e9, "", "7B"),
        (7.61e9, "", "7.61B"),
        (1.48e13, "", "14.8T"),
        (128_000.0, "", "128K"),
        (2.5e15, "", "2.5Q"),
        (3.1e24, "", "3.1e+24"),
        (0.001, "", "0.001"),
        (88.5, "MMLU", "88.5 MMLU"),
        (0.0, "", "0"),
        (True, "", "yes"),
        (False, "", "no"),
        (("image", "text"), "", "image, text"),
        ("Apache-2.0", "", "Apache-2.0"),
    ],
)
def test_values_are_shown_as_people_write_them(value: Value, unit: str, shown: str) -> None:
    assert written(value, unit) == shown


@given(
    some.one_of(
        some.booleans(),
        some.floats(allow_nan=False, allow_infinity=False),
        some.text(),
        some.lists(some.sampled_from(MODALITIES)).map(tuple),
    )
)
def test_what_is_stored_comes_back(value: Value) -> None:
    assume(not isinstance(value, str) or value.isprintable())

    assert decode(encode(value)) == value


def test_equal_values_are_stored_alike() -> None:
    assert encode(7) == encode(7.0) == "7.0"
    assert encode(1.0) != encode(True)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_not_stored(value: float) -> None:
    with pytest.raises(InvalidValueError, match="no number"):
        encode(value)


@pytest.mark.parametrize(
    ("field", "value"),
    [("parameters", "7B"), ("parameters", True), ("open_weights", 1.0), ("organization", ("a",)), ("license", 3.0)],
)
def test_a_value_of_another_kind_is_refused(field: str, value: Value) -> None:
    with pytest.raises(InvalidValueError, match="not of its kind"):
        checked(field, value)


def test_every_field_has_one_rule() -> None:
    names = [one.name for one in FIELDS]

    assert len(names) == len(set(names))
    assert not set(names) & set(NAMES)
