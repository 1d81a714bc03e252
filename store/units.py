"""Numbers as people write them: 7e9 is `7B`."""

import math
import re
import unicodedata

from store.errors import InvalidValueError

#: Largest first; `written` uses the first that fits.
SCALES: tuple[tuple[str, float], ...] = (("Q", 1e15), ("T", 1e12), ("B", 1e9), ("M", 1e6), ("K", 1e3))

#: Above this, and below a hundredth, the power of ten says more than the letters.
LARGEST_WITH_LETTERS = 1e18

_ENGLISH = {"THOUSAND": 1e3, "MILLION": 1e6, "BILLION": 1e9, "BN": 1e9, "TRILLION": 1e12, "TN": 1e12}
_CHINESE = {"万": 1e4, "亿": 1e8, "万亿": 1e12}
_WORDS = {"": 1.0} | dict(SCALES) | _ENGLISH | _CHINESE
_FIGURE = r"[+-]?(?:[0-9][0-9,_]*(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?"
_NUMBER = re.compile(rf"(?P<figure>{_FIGURE})\s*(?P<scale>[a-z万亿]*)", re.IGNORECASE)


def read_number(text: str) -> float:
    """Read `7B`, `1.5e12`, `14.8 trillion`, `1,000`, `1200亿`. Raises InvalidValueError, saying what would do."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    scale = _WORDS.get(found["scale"].upper()) if found else None
    if not found or scale is None:
        raise InvalidValueError(f"{text[:40]!r} is no number: write 7B, 1.5e12 or 7000000000")
    figure = found["figure"].replace(",", "").replace("_", "")
    # Through the exponent rather than by multiplying: 7.2B is 7200000000, not 7200000000.000001.
    mantissa, _, exponent = figure.lower().partition("e")
    value = float(f"{mantissa}e{int(exponent or 0) + round(math.log10(scale))}")
    if not math.isfinite(value):
        raise InvalidValueError(f"{text[:40]!r} is too large for a number")
    return value


def written(value: float | bool | str | tuple[str, ...], unit: str = "") -> str:
    """Return a value as people write it: `7B`, `14.8T`, `yes`, `image, text`; with its unit, if it has one."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{_figure(float(value))} {unit}".strip()


def _figure(value: float) -> str:
    """Write a number with as many digits as it needs to be read back exactly, at most fifteen."""
    size = abs(value)
    if size >= LARGEST_WITH_LETTERS or 0 < size < 0.01:
        return f"{value:.15g}"
    for letter, scale in SCALES:
        if size >= scale:
            return f"{_exact(value, scale)}{letter}"
    return f"{value:.15g}"


def _exact(value: float, scale: float) -> str:
    """Write value / scale by moving the point, so that nothing is rounded twice."""
    digits = f"{value:.14e}"
    mantissa, _, exponent = digits.partition("e")
    return f"{float(f'{mantissa}e{int(exponent) - round(math.log10(scale))}'):.15g}"
