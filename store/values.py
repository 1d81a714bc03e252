"""Values of fields: how they are stored, and how a person's text becomes one."""

import json
import math
from dataclasses import dataclass

from store.errors import InvalidValueError
from store.units import read_number

Value = float | bool | str | tuple[str, ...]

MODALITIES = (
    *("text", "image", "video", "audio", "3d", "action", "biosequence", "molecule", "tabular", "time_series"),
    *("graph", "sensor", "embedding", "label"),
)

LONGEST_TEXT = 200
_YES = frozenset({"true", "yes", "1"})
_NO = frozenset({"false", "no", "0"})


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What a field holds; a number above `largest` is a mistake, whoever states it."""

    name: str
    holds: type[float] | type[bool] | type[str] | type[tuple[str, ...]]
    largest: float = math.inf
    has_fractions: bool = False


#: Every field of an entry, in the order in which it is shown and exported.
FIELDS: tuple[FieldRule, ...] = (
    FieldRule("organization", str),
    FieldRule("parameters", float, 1e16),
    FieldRule("active_parameters", float, 1e16),
    FieldRule("training_tokens", float, 1e17),
    FieldRule("dataset_size", float, 1e17),
    FieldRule("training_compute", float, 1e32),
    FieldRule("hardware", str),
    FieldRule("hardware_count", float, 1e8),
    FieldRule("training_time", float, 1e12, has_fractions=True),
    FieldRule("training_cost", float, 1e13, has_fractions=True),
    FieldRule("context_length", float, 1e12),
    FieldRule("input_modalities", tuple),
    FieldRule("output_modalities", tuple),
    FieldRule("open_weights", bool),
    FieldRule("license", str),
    FieldRule("base_model", str),
    FieldRule("benchmark", float, 1e9, has_fractions=True),
)

#: Names of a model and of its family: not values of an entry but how it is called.
NAMES = ("name", "family")

_RULES = {rule.name: rule for rule in (*FIELDS, *(FieldRule(name, str) for name in NAMES))}


def rule(field: str) -> FieldRule:
    """Return the rule of a field. Raises InvalidValueError, naming the known ones."""
    if field not in _RULES:
        raise InvalidValueError(f"{field}: no such field; known are {', '.join(_RULES)}")
    return _RULES[field]


def encode(value: Value) -> str:
    """Return a value as canonical JSON: equal values give equal text. Raises InvalidValueError for nan and infinity."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        if not math.isfinite(value):
            raise InvalidValueError(f"{value} is no number that can be stored")
        value = float(value)
    return json.dumps(value, ensure_ascii=False)


def decode(text: str) -> Value:
    """Return the value that `encode` wrote."""
    value = json.loads(text)
    return tuple(value) if isinstance(value, list) else value


def parse_value(field: str, text: str) -> Value:
    """Read a person's text as a value of a field: `7B`, `1.5e12`, `true`, `text, image`.

    Raises InvalidValueError, saying what would do, for an unknown field, an empty text, and numbers that no model has.
    """
    holds = rule(field)
    words = " ".join(text.split())
    if not words:
        raise InvalidValueError(f"{field}: a value is needed")
    if holds.holds is bool:
        return _truth(field, words)
    if holds.holds is tuple:
        return _modalities(field, words)
    return checked(field, words if holds.holds is str else read_number(words))


def checked(field: str, value: Value) -> Value:
    """Return a value if the field can hold it, numbers as floats and lists sorted. Raises InvalidValueError."""
    holds = rule(field)
    if holds.holds is float and isinstance(value, float | int) and not isinstance(value, bool):
        return _number(holds, float(value))
    if holds.holds is tuple and isinstance(value, tuple):
        return _modalities(field, ",".join(value))
    if holds.holds is bool and isinstance(value, bool):
        return value
    if holds.holds is str and isinstance(value, str):
        return _words(field, value)
    raise InvalidValueError(f"{field}: {value!r} is not of its kind")


def _number(holds: FieldRule, value: float) -> float:
    if not math.isfinite(value) or value < 0 or (value == 0 and not holds.has_fractions):
        raise InvalidValueError(f"{holds.name}: {value:g} is no possible value; it is more than zero")
    if value > holds.largest:
        raise InvalidValueError(f"{holds.name}: {value:g} is more than any model has (at most {holds.largest:g})")
    if not holds.has_fractions and value != int(value):
        raise InvalidValueError(f"{holds.name}: {value:g} is not a whole number; write 7B or 7000000000")
    return value


def _truth(field: str, words: str) -> bool:
    if words.lower() in _YES | _NO:
        return words.lower() in _YES
    raise InvalidValueError(f"{field}: {words[:40]!r} is neither true nor false")


def _modalities(field: str, words: str) -> tuple[str, ...]:
    given = {word.strip().lower() for word in words.split(",") if word.strip()}
    unknown = sorted(given - set(MODALITIES))
    if unknown or not given:
        said = f"{', '.join(unknown)[:60]}: no such modality" if unknown else "name one at least"
        raise InvalidValueError(f"{field}: {said}; known are {', '.join(MODALITIES)}")
    return tuple(sorted(given))


def _words(field: str, value: str) -> str:
    words = " ".join(value.split())
    if not words or len(words) > LONGEST_TEXT or not words.isprintable():
        raise InvalidValueError(f"{field}: 1 to {LONGEST_TEXT} printable characters are needed")
    return words
