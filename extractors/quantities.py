"""Quantities in a text: numbers as people write them, with their scale (B, million, 亿) and what stands around."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from extractors.words import units

_NUMBER = r"\d{1,3}(?:(?:,|\{,\})\d{3}){1,5}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?"
_POWER = r"\s{0,2}(?:×|x|X|\*)\s{0,6}10\s{0,2}(?:\^?\s{0,2}\{?\s{0,1}\d{1,2}\}?|[⁰¹²³⁴-⁹]{1,2})|[eE]\+?\d{1,2}(?![\w.])"
_SCALE = "|".join(sorted(map(re.escape, units.SCALES), key=len, reverse=True))
_WORD = "|".join(sorted(units.NUMBER_WORDS, key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?<![\w.])(?<!\d,)(?<![A-Za-z][-–])(?:(?P<bare>10\s?\^\s?\{{?\s?\d{{1,2}}\}}?|10[⁰¹²³⁴-⁹]{{1,2}})"
    rf"|(?P<number>{_NUMBER})(?P<power>{_POWER})?|(?P<word>\b(?:{_WORD})\b))"
    rf"(?:(?:\s{{0,4}}|[\s-]{{1,3}}|--|\s?\()(?P<scale>{_SCALE})(?![a-zA-Z]))?",
)
_POWER_OF_TEN = re.compile(r"10\s*\^?\s*\{?\s*(\d{1,2}|[⁰¹²³⁴-⁹]{1,2})")
_TIMES = re.compile(r"[x×]\s?[A-Z][a-zA-Z]{0,10}\d")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_JOIN = re.compile(
    r"\s{0,3}(?:[,/、;|&]\s{0,3}(?:and|or|to|up to|and up to)?|(?:and|or|to|up to|and up to|through|"
    r"versus)\b|[和与及到至])\s{0,3}(?:an? |over |about |~ ?)?|\s{0,2}(?:--|[-–—~→])\s{0,2}"
)
#: Figures in one list; a longer one is read in pieces.
MAX_LIST = 12

#: Figures that are read in one document.
MAX_QUANTITIES = 10_000


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at `start:end`; `value` has its scale worked in, `scale` is how that was written (empty: it was not).

    `first` and `last` bound the list that it stands in, alone or with others; `before` and `after` are sixty characters
    around that list, in small letters.
    """

    value: float
    start: int
    end: int
    scale: str
    after: str
    before: str
    first: int
    last: int


def quantities(view: str) -> tuple[Quantity, ...]:
    """Return the quantities of `view` in reading order; those of a list ("7B, 13B and 70B") share what follows it."""
    matches = [match for match in islice(_QUANTITY.finditer(view), MAX_QUANTITIES) if _is_whole(view, match)]
    return tuple(quantity for group in _groups(view, matches) for quantity in _read_group(view, group))


def _is_whole(view: str, match: re.Match[str]) -> bool:
    """Refuse pieces of names and versions: `3.5.1`, `v2`, `4x4`."""
    after = view[match.end() : match.end() + 2]
    if match["word"] and not match["scale"]:
        return False
    if _TIMES.match(view, match.end()):
        return True
    return not (after[:1].isalnum() and not _is_cjk(after[:1]) and not match["scale"] and not match["power"]) and not (
        after[:1] == "." and after[1:2].isdigit()
    )


def _is_cjk(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _groups(view: str, matches: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    group: list[re.Match[str]] = []
    for match in matches:
        if group and (
            len(group) == MAX_LIST
            or match.start() - group[-1].end() > 16
            or not _JOIN.fullmatch(view, group[-1].end(), match.start())
        ):
            yield group
            group = []
        group.append(match)
    if group:
        yield group


def _read_group(view: str, group: list[re.Match[str]]) -> Iterator[Quantity]:
    first, last = group[0].start(), group[-1].end()
    after, before = view[last : last + 60].lower(), view[max(0, first - 60) : first].lower()
    scales = [match["scale"] or "" for match in group]
    for place, match in enumerate(group):
        scale = scales[place] or (_shared(group, place) if not match["power"] and not match["bare"] else "")
        yield Quantity(_value(match, scale), match.start(), match.end(), scale, after, before, first, last)


def _shared(group: list[re.Match[str]], place: int) -> str:
    """Return the scale that a range's later number gives to an earlier one: "2-4 trillion", "7 to 70B"."""
    for later in group[place + 1 :]:
        if later["scale"]:
            return later["scale"] if float(_digits(group[place]) or 0) < 1000 else ""
    return ""


def _digits(match: re.Match[str]) -> str:
    return (match["number"] or "").replace("{", "").replace("}", "").replace(",", "")


def _value(match: re.Match[str], scale: str) -> float:
    if match["bare"]:
        power = _POWER_OF_TEN.match(match["bare"])
        value = 10.0 ** _exponent(power[1]) if power else 10.0
    elif match["word"]:
        value = float(units.NUMBER_WORDS[match["word"].lower()])
    else:
        value = float(_digits(match)) * _power(match["power"])
    return float(f"{value * units.SCALES.get(scale, 1.0):.12g}")


def _power(text: str | None) -> float:
    if not text:
        return 1.0
    if text[0] in "eE":
        return float(f"1{text}")
    power = _POWER_OF_TEN.search(text)
    return 10.0 ** _exponent(power[1]) if power else 1.0


def _exponent(digits: str) -> int:
    return int(digits.translate(_SUPERSCRIPT))
