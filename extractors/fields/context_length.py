"""How many tokens of context the document's own models take."""

import re
from collections.abc import Iterator
from itertools import islice

from extractors.extractor import finding
from extractors.finding import Finding
from extractors.naming import lead, members, near
from extractors.page import Page
from extractors.quantities import Quantity, quantities
from extractors.subjects import whose
from extractors.table_sizes import own_in
from extractors.tables import Cell

LEAST, MOST = 512, 2e10

_BEFORE = re.compile(
    r"(?:\bcontexts?(?:[ -](?:windows?|lengths?|sizes?))?|\bsequence lengths?|\bcontext tokens|"
    r"\bsequences|上下文[^。；;\n]{0,30}?(?:扩展到|扩展至|提升到|提升至|增至|增加到)|"
    r"上下文(?:窗口|长度)?)(?:[^.;\n]{0,24}?\b(?:of|to|is|up|at|from|length|window|tokens|supports?|"
    r"reach\w*|extend\w*|size|with)\b|[^.;\w\n]{0,12}|从|为|达|到|扩展|支持|长度|高达|最长){0,4}[\s:(|=~]{0,3}$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^[\s-]{0,2}(?:tokens?[\s-]{0,2})?(?:\([^()]{1,20}\)\s?)?(?:(?:long|maximum|max|native|input|total|的|"
    r"个)[\s-]?){0,2}(?:contexts?|context[ -](?:windows?|lengths?|sizes?)|sequence lengths?|上下文)",
    re.IGNORECASE,
)
_SUPPORTS = re.compile(r"\b(?:supports?|handl\w+|process\w*|up to|accepts?|takes?|支持)\b[^.;\n]{0,60}$", re.IGNORECASE)
_LONG = re.compile(r"\b(?:context|sequence|window|long|上下文)", re.IGNORECASE)
_PASSING = re.compile(
    r"\b(?:previous\w*|trained (?:on|with|at)|evaluat\w+|test\w*|bench\w*|fine-?tun\w*|stages?|instructions|"
    r"short texts|checkpoint|needle|retrieval|beyond|exceeding|chunk|max-model-len|batch|generat\w+|outputs?|"
    r"thinking)\b[^.;\n]{0,30}$"
    r"|\b(?:pre-?trained (?:on|with|at)|first stage|datasets?|had an?)\b[^.;\n]{0,80}$",
    re.IGNORECASE,
)
_OTHER_UNIT = re.compile(r"^[\s-]{0,2}(?:characters|words|pages|images|frames|字)")
_GROWS = re.compile(
    r"\b(?:exten\w+|increas\w+|expan\w+|grow\w*|rais\w+|scal\w+|upgrad\w+)\b|扩展|提升|增", re.IGNORECASE
)
_FROM = re.compile(r"(?:\bfrom|从)\s?$", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:max(?:imum)?\s)?(?:context|sequence)(?:\s(?:lengths?|windows?|sizes?))?(?:\s?\(.{0,12}\))?[¹²³*]{0,2}$|^上下文",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Finding]:
    """Yield each context length that is said of an own model, in sentences and in tables."""
    seen = set()
    for found in (*_in_prose(page), *_in_tables(page)):
        if (found.value, found.subject) not in seen:
            seen.add((found.value, found.subject))
            yield found


def _in_prose(page: Page) -> Iterator[Finding]:
    for quantity in page.quantities:
        if (
            not LEAST <= quantity.value <= MOST
            or page.table_at(quantity.start)
            or not (quantity.scale in ("K", "k", "M", "m", "million", "billion", "万") or quantity.value >= 1024)
        ):
            continue
        low, high = page.sentence(quantity.start)
        before = page.view[max(low, quantity.first - 90) : quantity.first]
        near_context = _AFTER.match(quantity.after) or _BEFORE.search(before)
        supports = (
            quantity.after.lstrip(" -").startswith("token")
            and _SUPPORTS.search(before)
            and _LONG.search(page.view, low, high)
        )
        if not (near_context or supports) or _OTHER_UNIT.match(quantity.after):
            continue
        certainty = 0.5 if _PASSING.search(before) or _is_outgrown(quantity, before) else 0.9
        verdict = whose(page, quantity.start, quantity.last)
        if verdict.is_own and certainty > 0.5:
            yield finding(
                page,
                "context_length",
                quantity.value,
                near(page, verdict),
                (quantity.first, quantity.last),
                confidence=round(certainty * verdict.confidence, 3),
                reason=verdict.reason,
            )


def _is_outgrown(quantity: Quantity, before: str) -> bool:
    """Whether a figure is the length that a model grew from: the 4K of "from 4K to 256K"."""
    return (
        quantity.start == quantity.first
        and quantity.last - quantity.end > 1
        and bool(_GROWS.search(before) and _FROM.search(before))
    )


def _in_tables(page: Page) -> Iterator[Finding]:
    for table in page.tables:
        columns = [place for place, cell in enumerate(table.header) if _LABEL.match(cell.text)]
        for row in table.rows:
            if len(row) == 2 and _LABEL.match(row[0].text):
                yield from _cell(page, row[1], lead(page))
            elif row is not table.header and (name := own_in(page, row[0])):
                subject = name.text if name.text in members(page) else lead(page)
                for place in columns:
                    if place < len(row):
                        yield from _cell(page, row[place], subject)


def _cell(page: Page, cell: Cell, subject: str) -> Iterator[Finding]:
    """Yield the first count of tokens in a cell."""
    values = (quantity.value for quantity in quantities(cell.text) if LEAST <= quantity.value <= MOST)
    for value in islice(values, 1):
        span = cell.start, cell.end
        yield finding(page, "context_length", value, subject, span, confidence=0.9, reason="a table gives it")
