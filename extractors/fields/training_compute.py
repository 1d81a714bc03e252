"""Operations of a training run: FLOP in all notations, petaFLOP/s-days; rates and costs a step only look like them."""

import re
from dataclasses import dataclass

from extractors.page import Page
from extractors.quantities import Quantity

#: A training run that anyone tells of takes at least so many operations; less is one pass through a network.
LEAST = 1e15

SECONDS_A_DAY = 86_400

_PREFIXES = {"yotta": 1e24, "zetta": 1e21, "exa": 1e18, "peta": 1e15, "tera": 1e12, "giga": 1e9}
_SCALES = {"": 1.0, **_PREFIXES, **{name[0]: size for name, size in _PREFIXES.items()}}
_PREFIX = "|".join(sorted((name for name in _SCALES if name), key=len, reverse=True))

_DAYS = re.compile(
    rf"^[\s-]{{0,2}}(?P<scale>{_PREFIX})[\s-]?f(?:lops?)?(?:/s(?:ec(?:ond)?)?)?[\s-]{{0,2}}(?P<unit>day|year)s?\b",
    re.IGNORECASE,
)
_OPERATIONS = re.compile(
    rf"^[\s-]{{0,2}}(?:(?P<scale>{_PREFIX})[\s-]?)?(?P<noun>flops?\b|floating[\s-]point operations?)",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"^\s?\(?(?:/\s?s|per (?:second|token|image|frame|sample|step|forward|gpu|device|chip|pass|inference|layer|"
    r"example|query|request|clip|sequence)|sustained|throughput|(?:\w+ )?utili[sz]ation|(?:for (?:a |one |each )?)?"
    r"(?:single )?forward|each\b|peak|of (?:inference|test-time|peak))",
    re.IGNORECASE,
)
_RATE_BEFORE = re.compile(
    r"\b(?:sustain\w*|peak\w*|throughput|up to|achiev\w+|per (?:token|step|second)|threshold|limits?|inference|"
    r"test-time|forward)\b[^.;]{0,24}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Operations:
    """A number of operations (FLOP), and how many characters after the figure its noun ends."""

    value: float
    end: int


def operations(page: Page, quantity: Quantity) -> Operations | None:
    """Return the operations that a figure counts; none for rates (FLOP/s), and for what one pass or token takes."""
    days = _DAYS.match(quantity.after)
    if days:
        span = SECONDS_A_DAY * (365 if days["unit"].startswith("year") else 1)
        return Operations(float(f"{quantity.value * _SCALES[days['scale']] * span:.12g}"), days.end())
    match = _OPERATIONS.match(quantity.after)
    if match is None or _RATE.match(quantity.after[match.end() :]) or _RATE_BEFORE.search(quantity.before):
        return None
    value = float(f"{quantity.value * _SCALES[match['scale'] or '']:.12g}")
    written = page.view[quantity.last + match.start("noun") : quantity.last + match.end("noun")]
    is_rate = bool(match["scale"]) and written.endswith("PS") and value < 1e20
    return Operations(value, match.end()) if value >= LEAST and not is_rate else None
