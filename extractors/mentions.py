"""Mentions of model-like names in a text, with their size and their stem (the name without size and variant)."""

import re
from dataclasses import dataclass

from extractors.words import models
from extractors.words.models import words

_TOKEN = re.compile(
    r"(?<![\w@#/\\])(?:[A-Z]|[a-z]{1,16}(?=[A-Z0-9]|[-._][A-Z0-9]|"
    r"[-._][a-z]{1,12}[-._]?[A-Z0-9]))[A-Za-z0-9]{0,40}(?:[-.+_][A-Za-z0-9.]{1,30}){0,8}\+{0,2}(?!\w)"
)
_SIZE = r"\d{1,4}(?:[._]\d{1,2})?[BbMT](?![A-Za-z])(?:-?[Aa]\d{1,3}(?:[._]\d{1,2})?[Bb])?"
_MIXTURE = r"\d{1,3}[xX×]\d{1,4}(?:\.\d{1,2})?[BbM]"
_PART = re.compile(
    rf" {{1,2}}(?:({_MIXTURE}|{_SIZE})(?:[-][A-Za-z0-9.]{{1,20}}){{0,3}}|"
    rf"(\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}(?:-[A-Za-z0-9.]{{1,20}}){{0,4}})(?![\w%])(?!\s?(?:%|[a-z]))"
    r"|\[([a-z]{2,12})\]|([A-Z][a-zA-Z]{0,12}(?:-[A-Za-z0-9.]{1,12}){0,3})\b)"
)
_SIZE_PART = re.compile(
    rf"(?:^|[-_ ]|(?<!\d)\.)(?:({_MIXTURE})|(\d{{1,4}}(?:[._]\d{{1,2}})?)([BbMT])(?:-?[Aa](\d{{1,3}}(?:[._]\d{{1,2"
    rf"}})?)[Bb])?)(?=$|[-_ .])"
)
_SPLIT = re.compile(r"[-_ ]+|(?<=[a-z])\.(?=[A-Za-z])|\[|\]")
_VERSION_PART = re.compile(r"\d{4,8}|v0\.\d|\d{1,4}[km]|\d{1,2}-?bits?|a\d{1,3}(?:\.\d)?b")
_ACTIVE_PART = re.compile(r"[-_ ]A(\d{1,3}(?:\.\d{1,2})?)B(?=$|[-_ ])")
_PLAIN_WORD = re.compile(r"[A-Z]?[a-z]+")
_SCALE = {"B": 1e9, "b": 1e9, "M": 1e6, "m": 1e6, "T": 1e12}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at `start:end`, as written; `size` and `active` count parameters where the name itself says so."""

    text: str
    start: int
    end: int
    stem: str
    size: float | None = None
    active: float | None = None


def mentions(view: str, *, start: int = 0) -> tuple[Mention, ...]:
    """Return the mentions in reading order, each with the version, size and variant that follow it."""
    found, here = [], start
    while token := _TOKEN.search(view, here):
        end = _extended(view, token)
        text = view[token.start() : end].rstrip(".+-_" if not token[0].endswith("++") else ".-_")
        here = max(token.start() + len(text), token.start() + 1)
        if is_name(text):
            found.append(mention(text, token.start()))
    return tuple(found)


def plain_mentions(view: str, names: tuple[str, ...]) -> tuple[Mention, ...]:
    """Return the mentions of given names whatever their shape (`Zamba`), with the size or variant that follows.

    Signs between the parts of a name may differ: `FLUX.1-dev` is also written `FLUX.1 [dev]`.
    """
    if not names:
        return ()
    parts = sorted((re.split(r"[-_ .\[\]]+", name.strip("[]. ")) for name in names), key=len, reverse=True)
    words = "|".join(r"[-_ .]{1,2}\[?".join(map(re.escape, part)) + r"\]?" for part in parts)
    flags = re.IGNORECASE if all(len(part) > 2 for part in parts) else re.NOFLAG
    pattern = re.compile(rf"(?<![\w@#/.-])(?:{words})(?![\w-])", flags)
    return tuple(
        mention(view[match.start() : _extended(view, match)], match.start()) for match in pattern.finditer(view)
    )


def mention(text: str, start: int) -> Mention:
    """Take a name apart into stem and size."""
    size, active = sizes(text)
    return Mention(text, start, start + len(text), stem(text), size, active)


def is_name(text: str) -> bool:
    """Whether a word looks like a model's name: inner capitals or digits, and no acronym of the trade."""
    if _PLAIN_WORD.fullmatch(text):
        return text[0].isupper() and text.lower() in models.WELL_KNOWN
    lower = text.lower().strip(".")
    if lower in models.NO_NAMES or lower.rstrip("s") in models.NO_NAMES or len(text) < 2 or len(text) > 80:
        return False
    first = text.split()[0]
    if first.lower() in models.NO_NAMES and first.lower() not in models.WELL_KNOWN:
        return False
    has_shape = any(letter.isupper() for letter in text[1:]) or any(letter.isdigit() for letter in text)
    return has_shape and not re.fullmatch(
        r"[a-z]{1,3}\d?|[A-Z]\d?|v\d[\d.]*|[A-Z][a-z]+(?:-[a-z]+)+|[a-z]+-\d+|(?:pass|top|Top)[@-]\d+", text
    )


def stem(text: str) -> str:
    """Return the letters and digits of a name without size and variant: `Foo-2.5-72B-Instruct` gives `foo2.5`."""
    parts = [part for part in _SPLIT.split(_SIZE_PART.sub(" ", text).lower()) if part]
    while len(parts) > 1 and (parts[-1].strip(".") in models.VARIANTS or _VERSION_PART.fullmatch(parts[-1])):
        parts.pop()
    return re.sub(r"[^0-9a-z.\u0080-\uffff]+", "", "".join(parts)).strip(".")


def sizes(text: str) -> tuple[float | None, float | None]:
    """Return total and active parameters as a name states them; `8x7B` states neither."""
    total = active = None
    for part in _SIZE_PART.finditer(text):
        if part[1] or not part[2] or (part[3] in "Mm" and (total or float(part[2].replace("_", ".")) < 5)):
            continue
        total = float(f"{float(part[2].replace('_', '.')) * _SCALE[part[3]]:.12g}")
        active = float(f"{float(part[4].replace('_', '.')) * 1e9:.12g}") if part[4] else None
    if active is None and (alone := _ACTIVE_PART.search(text)):
        active = float(f"{float(alone[1]) * 1e9:.12g}")
    return (total, active) if total is None or total > 1e5 else (None, None)


def _extended(view: str, token: re.Match[str]) -> int:
    """Where a name ends that goes on after a space: a version, a size, a variant word."""
    end = token.end()
    if token[0].lower() in _STARTERS or token[0][-1] == ".":
        return end
    for _ in range(4):
        part = _PART.match(view, end)
        if not part or (part[4] and part[4].split("-")[0].lower() not in models.VARIANTS):
            break
        if part[2] and not (token[0][0].isupper() or any(map(str.isdigit, token[0]))):
            break
        if (part[1] or part[2]) and not _is_proper(token[0]):
            break
        end = part.end()
    return end


def _is_proper(word: str) -> bool:
    return word[0].isupper() or any(letter.isupper() or letter.isdigit() for letter in word)


_STARTERS = words(
    """
    a an the our we it its this that these those in on at of for with and or to from by as is are was were be than
    both all only over up about around using table figure fig section sec eq equation step stage phase version part
    chapter top best new first one two three between under total batch page model models size sizes parameters
    parameter trained training uses has have includes including i also since while when
    """
)
