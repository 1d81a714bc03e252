"""Which models the document's own ones were initialised, fine-tuned or distilled from."""

import re
from collections.abc import Iterator
from itertools import islice

from extractors.extractor import finding
from extractors.finding import Finding
from extractors.mentions import Mention
from extractors.naming import whole
from extractors.page import Page
from extractors.words.bases import (
    ADDRESS,
    AFTER,
    BACKBONE_AFTER,
    DENIED,
    FROM,
    LIST,
    MADE,
    NO_BASE,
    ON,
    OTHER_AFTER,
    OWN_FROM,
    RIVAL,
    STRONG,
    THING,
    VAGUE,
)
from extractors.words.models import WELL_KNOWN

MAX_BASES = 4


def find(page: Page) -> Iterator[Finding]:
    """Yield the bases that the front matter names, else the address of one, else those that sentences name."""
    entries = page.matter.get("base_model")[:MAX_BASES]
    address = ADDRESS.search(page.view, page.body) if page.text.kind == "card" else None
    if entries:
        for entry in entries:
            span = entry.start, entry.end
            yield _found(page, entry.value, whole(page), span, 0.95, "the front matter says it")
    elif address:
        yield _found(page, address[1], whole(page), address.span(1), 0.85, "the own model is made from it")
    else:
        yield from islice(_in_prose(page), MAX_BASES)


def _found(page: Page, value: str, subject: str, span: tuple[int, int], confidence: float, reason: str) -> Finding:
    return finding(page, "base_model", value, subject, span, confidence=confidence, reason=reason)


def _in_prose(page: Page) -> Iterator[Finding]:
    """Yield each base that a sentence names, once."""
    seen: set[str] = set()
    here = page.body
    for name in page.names:
        if name.start < here:
            continue
        listed = _listed(page, name)
        if page.release.owns(name):
            subject = _made_from_own(page, name)
        else:
            is_base = _is_base(page, name, listed[-1]) and (not seen or _is_surely_made(page, name, listed[-1]))
            subject = whole(page) if is_base else None
        if subject:
            here = listed[-1].end
            for base in listed:
                if base.text not in seen:
                    seen.add(base.text)
                    span = base.start, base.end
                    yield _found(page, base.text, subject, span, 0.75, "the own model is made from it")


def _made_from_own(page: Page, name: Mention) -> str | None:
    """Return the own model that is said to be made from another own one, named right before it."""
    low, _ = page.sentence(name.start)
    before = [one for one in page.names_in(low, name.start) if page.release.owns(one)]
    if not before or before[-1].text == name.text:
        return None
    return before[-1].text if OWN_FROM.search(page.view[before[-1].end : name.start]) else None


def _is_base(page: Page, name: Mention, last: Mention) -> bool:
    """Whether the words around a name of another's model (or a list that ends with `last`) make it a base."""
    low, _ = page.sentence(name.start)
    if low < page.intro or OTHER_AFTER.match(page.view[last.end : last.end + 40]) or not _may_be_model(name):
        return False
    before = page.view[max(low, name.start - 110) : name.start]
    if RIVAL.search(before) or DENIED.search(before):
        return False
    if BACKBONE_AFTER.match(page.view[last.end : last.end + 40]):
        return True
    match = FROM.search(before)
    if AFTER.search(before) and _is_known(name):
        return True
    if not match or not STRONG.search(match[0]):
        return False
    return _is_known(name) or not (ON.search(before) or VAGUE.search(match[0]))


def _is_surely_made(page: Page, name: Mention, last: Mention) -> bool:
    """Whether a base after the first one is said to be one by plain words, in a sentence about the own model."""
    low, _ = page.sentence(name.start)
    before = page.view[max(low, name.start - 110) : name.start]
    plain = MADE.search(before) or BACKBONE_AFTER.match(page.view[last.end : last.end + 40])
    return bool(plain) and _is_known(name) and any(map(page.release.owns, page.names_in(low, name.start)))


def _may_be_model(name: Mention) -> bool:
    return not THING.search(name.text) and any(map(str.isalpha, name.stem)) and not NO_BASE.search(name.text)


def _is_known(name: Mention) -> bool:
    """Whether a name is of a family that models are often made from, or carries a size."""
    return name.size is not None or re.sub(r"[\d.]+[a-z]*$", "", name.stem) in WELL_KNOWN


def _listed(page: Page, name: Mention) -> list[Mention]:
    """Return the name and those that a list joins to it."""
    listed = [name]
    for other in [one for one in page.names if one.start >= name.end][: MAX_BASES - 1]:
        if page.release.owns(other) or not LIST.fullmatch(page.view, listed[-1].end, other.start):
            break
        listed.append(other)
    return listed
