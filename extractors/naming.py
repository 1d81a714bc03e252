"""Under which name a finding is kept: the names of the document's models, their family, and the model of each size."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from extractors.extractor import finding
from extractors.finding import FAMILY, NAME, Finding
from extractors.mentions import Mention, mention
from extractors.page import Page
from extractors.release import MAX_MODELS
from extractors.sizes import Size, sizes
from extractors.subjects import Verdict

#: Lines of models that one page presents together, and the score that only a name in its heading has.
MAX_LINES, TITLED = 4, 8.0

_WRITTEN = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)(?:\s?([BMT])\b|[\s-]{1,2}([bmt])(?:illion|rillion))?")
_LETTERS = {"B": 1e9, "M": 1e6, "T": 1e12}


def find(page: Page) -> Iterator[Finding]:
    """Yield the name of every own model, and the family of those that are members of one."""
    family = lead(page)
    for name in members(page):
        span = _span(page, name)
        yield finding(page, NAME, name, name, span, confidence=0.85, reason="the document presents it")
        if name != family and len(members(page)) > 1:
            yield finding(page, FAMILY, family, name, span, confidence=0.8, reason="one of several sizes or variants")


@lru_cache(maxsize=4)
def members(page: Page) -> tuple[str, ...]:
    """Names of the own models: those that carry or are given a size, else the lead; at most `MAX_MODELS`."""
    named = dict.fromkeys(subject(page, size) for size in sizes(page) if size.confidence >= 0.5)
    return tuple(named)[:MAX_MODELS] or (lead(page),)


@lru_cache(maxsize=4)
def lead(page: Page) -> str:
    """Return the family's name where there are several sizes, else the model's."""
    name = page.release.lead
    return family(name) if len(_totals(page)) > 1 else name


def family(name: str) -> str:
    """Return a name without its size: `Foo-7B-Chat` gives `Foo`."""
    parts = name.replace("_", " ").split()
    kept = []
    for part in " ".join(parts).replace(" ", "\x00-").split("-"):
        if _is_size(part.strip("\x00")):
            break
        kept.append(part)
    return "-".join(kept).replace("\x00-", " ").replace("-\x00", " ").strip("\x00 -") or name


def _is_size(part: str) -> bool:
    return len(part) > 1 and part[-1] in "BbMT" and part[:1].isdigit() and part[:-1].replace(".", "").isdigit()


def subject(page: Page, size: Size) -> str:
    """Return the name of the model of a size: one that carries it, or that it is said of, else family and size."""
    if size.name and size.name.size and not size.is_active and abs(size.name.size - size.value) <= 0.12 * size.value:
        return size.name.text
    carriers = _carriers(page)
    if not size.is_active and size.value in carriers:
        return carriers[size.value]
    if size.is_active or len(_totals(page)) <= 1:
        return size.name.text if size.name and (size.is_active or size.name.size) else _alone(page)
    if size.name and size.name.size is None and _said_once(page, size.name.text):
        return size.name.text
    return f"{lead(page)} {_as_written(page, size)}"


def _as_written(page: Page, size: Size) -> str:
    """Return a size as names have it, in the unit that the text counts in: `0.6 to 235 billion` gives `0.6B`."""
    written = _WRITTEN.match(page.view, size.start)
    if written:
        letter = (written[2] or written[3] or "B").upper()
        if abs(float(written[1]) * _LETTERS[letter] - size.value) <= 0.001 * size.value:
            return f"{float(written[1]):g}{letter}"
    return short(size.value)


def near(page: Page, verdict: Verdict) -> str:
    """Return the member that a figure is said of, if its name stands by; else the family or the one model."""
    if verdict.name and verdict.name.text in members(page):
        return verdict.name.text
    return lead(page) if len(members(page)) > 1 else members(page)[0]


def whole(page: Page) -> str:
    """Return the first name for what holds of the whole release."""
    return wholes(page)[0]


@lru_cache(maxsize=4)
def wholes(page: Page) -> tuple[str, ...]:
    """Return the names for what holds of the whole release: a family, or the lines that one page presents together."""
    if len(members(page)) == 1:
        return members(page)
    titled = [model.name for model in page.release.own if page.text.kind == "card" and model.score >= TITLED]
    if len(titled) > 1:
        return tuple(dict.fromkeys(family(name) for name in titled))
    lines = Counter(family(name) for name in members(page))
    several = [name for name, count in lines.items() if count > 1]
    return (lead(page), *(name for name in several if name != lead(page)))[:MAX_LINES]


def _alone(page: Page) -> str:
    """Return the one sized name of the document, or its lead."""
    carriers = _carriers(page)
    return next(iter(carriers.values())) if len(carriers) == 1 else page.release.lead


def _said_once(page: Page, name: str) -> bool:
    """Whether a name without a size is given this one alone: then it is a model, not the family."""
    return _values_of_names(page)[name] == 1


@lru_cache(maxsize=4)
def _values_of_names(page: Page) -> Counter[str]:
    """How many different totals each name is given."""
    return Counter(
        name for name, _ in {(size.name.text, size.value) for size in sizes(page) if size.name and not size.is_active}
    )


@lru_cache(maxsize=4)
def _totals(page: Page) -> frozenset[float]:
    """Return the different sizes of the own models."""
    return frozenset(size.value for size in sizes(page) if not size.is_active and size.confidence >= 0.5)


@lru_cache(maxsize=4)
def _carriers(page: Page) -> dict[float, str]:
    """For each size, the shortest own name that carries it; else what a report's other sections call it most often."""
    names: dict[float, str] = {}
    for name in page.own_names:
        if name.size and (name.size not in names or len(name.text) < len(names[name.size])):
            names[name.size] = name.text
    others: dict[float, str] = {}
    written = Counter((name.size, _first_word(name)) for name in page.told_elsewhere if name.size)
    for (size, text), _ in sorted(written.items(), key=lambda one: (one[1], -len(one[0][1]))):
        others[size] = text
    return others | names


def _first_word(name: Mention) -> str:
    """Return a name without what follows it in a table's row: `Foo-7B 81.2 44.0` is `Foo-7B`."""
    word = name.text.split()[0]
    return word if mention(word, 0).size == name.size else name.text


def short(value: float) -> str:
    """Return a count as names have it: 7e9 is `7B`."""
    for scale, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M")):
        if value >= scale:
            return f"{value / scale:.4g}{letter}"
    return f"{value:.0f}"


def _span(page: Page, name: str) -> tuple[int, int]:
    """Where a name stands, or where the family's name does."""
    for words in (name, lead(page), page.release.lead, page.release.fallback.text):
        start = page.content.find(words)
        if start >= 0 and words:
            return start, start + len(words)
    return 0, max(len(page.content) and 1, min(len(page.text.title), 80))
