"""Stored values in the words of the page: labels, numbers, moments and addresses."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from store import units
from store.values import Value

Writer = Callable[[Value | None], str]

LABELS = {
    "parameters": "Parameters",
    "active_parameters": "Active parameters",
    "training_tokens": "Training tokens",
    "input_modalities": "Takes in",
    "output_modalities": "Gives out",
    "open_weights": "Open weights",
    "dataset_size": "Training data",
    "training_compute": "Training compute (FLOP)",
    "hardware_count": "Accelerators",
    "training_cost": "Training cost ($)",
    "context_length": "Context (tokens)",
    "license": "Licence",
    "base_model": "Made from",
    "changed": "Changed",
    "organization": "Maker",
    "name": "Name",
    "family": "Family",
}
VERDICTS = {
    "approve": "Approved",
    "reject": "Rejected",
    "later": "Put off",
    "reopen": "Reopened",
    "edit": "Edited",
    "retract": "Retracted",
}
_STEPS = (
    (60, 1, "second"),
    (3600, 60, "minute"),
    (86400, 3600, "hour"),
    (86400 * 31, 86400, "day"),
    (86400 * 365, 86400 * 30.44, "month"),
    (float("inf"), 86400 * 365.25, "year"),
)
_DIGITS_FROM, _LETTERS_FROM = 1e3, 1e6
_JUST_NOW = 45  # seconds


def label(field: str) -> str:
    """Return the name of a field as the page writes it."""
    return LABELS.get(field, field.replace("_", " ").capitalize())


def verdict(name: str) -> str:
    """Return what a person did, as the page writes it."""
    return VERDICTS.get(name, name.capitalize())


def human(value: Value | None) -> str:
    """Return a value as people write it (`7B`, `131,072`, `yes`, `image, text`); empty for none.

    Whole thousands below a million keep their digits: `131.072K` is nobody's context length.
    """
    if isinstance(value, float) and value.is_integer() and _DIGITS_FROM <= abs(value) < _LETTERS_FROM:
        return f"{value:,.0f}"
    return "" if value is None else units.written(value)


def rough(value: float) -> str:
    """Return an estimate with the two digits that it can claim (`8.4e+22`, `790K`)."""
    return human(float(f"{value:.2g}"))


def times(ratio: float) -> str:
    """Return how a figure compares with another: `119 times`, or `1/12 of` where it is less."""
    return f"{ratio:,.0f} times" if ratio >= 1 else f"1/{1 / ratio:,.0f} of"


def exact(value: Value | None) -> str:
    """Return a number with all its digits (`7,000,000,000`), anything else as `human` has it."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
    return human(value)


def ago(moment: datetime, now: datetime | None = None) -> str:
    """Return how long ago, or how far ahead, an aware `moment` is, in one unit."""
    seconds = ((now or datetime.now(UTC)) - moment).total_seconds()
    distance = abs(seconds)
    if distance < _JUST_NOW:
        return "just now"
    size, word = next((size, word) for limit, size, word in _STEPS if distance < limit)
    number = max(1, round(distance / size))
    words = f"{number} {word}{'' if number == 1 else 's'}"
    return f"{words} ago" if seconds > 0 else f"in {words}"


def stamp(moment: datetime) -> str:
    """Return an aware moment to the second, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def day(moment: datetime) -> str:
    """Return the day of an aware moment, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d}"


def percent(share: float) -> str:
    """Return a share of 0 to 1 as a whole percentage."""
    return f"{share:.0%}"


def anchor(text: str) -> str:
    """Return a name for an element that stands for `text`, which may hold what no id can."""
    return sha256(text.encode()).hexdigest()[:12]


def is_web(address: str) -> bool:
    """Whether an address may be a link: http or https, and a host; `javascript:` and sentences stay text."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(sign.isspace() for sign in address)


def site(address: str) -> str:
    """Return the host of a web address without `www.`; the address itself where it is none."""
    return urlsplit(address).netloc.removeprefix("www.") if is_web(address) else address
