"""Who made the document's own models, where words name the maker."""

import re
from collections.abc import Iterator
from itertools import islice

from extractors.extractor import finding
from extractors.finding import Finding
from extractors.naming import wholes
from extractors.page import Page
from extractors.words.makers import MAKERS

_NAME = (
    r"(?:the )?((?:[A-Z0-9][\w.&'-]{0,30}|[\u4e00-\u9fff]{2,10})(?:[ ](?:of|the|and|for|&|[A-Z][\w.&'()-]{0,30})){0,7})"
)
_MADE_BY = re.compile(
    rf"\b(?:developed|created|built|trained|released|made|introduced|published|designed|open-?sourced|"
    rf"proposed|fine-?tuned|produced|provided|presented)(?: from scratch)?(?: and \w+){{0,2}} (?:and "
    rf"maintained )?(?:jointly )?by[\s\[(]{{1,3}}{_NAME}"
)
_BY = re.compile(
    rf"(?:^|\n)[#\s*]{{0,8}}(?:By|by|Provider|Developer|Developers|Developed by|Model [Dd]evelopers?|"
    rf"Organi[sz]ation|Author|Publisher|开发者)[\s:*|]{{1,4}}{_NAME}"
)
_AUTHOR = re.compile(r"\bauthor\s{0,3}=\s{0,3}[\{\"]{1,2}([A-Z][\w. -]{1,40}?(?:Team|AI|Labs?|Research))[\}\"]")
_MAKER = "|".join(sorted(map(re.escape, MAKERS), key=len, reverse=True))
#: A known maker, or capitalised words that end or begin as organisations' names do.
_ORGANISATION = (
    rf"(?:{_MAKER}(?: (?:Team|AI|Research|Labs?))?(?![\w-])|"
    rf"(?:[A-Z][\w.&-]{{1,24}} ){{1,4}}?(?:AI|Labs?|Laborator(?:y|ies)|Research|"
    rf"University|Institute|Team|Technologies|Foundation|Academy|Group|College|Inc)\b|"
    rf"(?:University|Institute|Academy) of (?:[A-Z][\w-]{{1,24}}(?: (?:and|of|for|in) | )?){{1,4}})"
)
_POSSESSIVE = re.compile(rf"(?<![\w-])({_MAKER})(?:'s|’s)\s(?:\w+[ -]){{0,6}}?(?:models?|LLMs?|series|family)")
_WORKS_AT = re.compile(
    rf"\b(?:(?:we|us|team|researchers?|scientists|engineers|colleagues) (?:at|from|of)|here at|[Aa]t|"
    rf"collaboration (?:between|of|with)|partnership with|together with|jointly with|effort (?:by|of|between)) "
    rf"(?:the )?({_ORGANISATION})"
)
_PARTNER = re.compile(
    r"\b(?:in (?:collaboration|partnership|cooperation) with) (?:the )?([A-Z][\w.&-]{1,30}(?: [A-Z][\w.&-]{1,24}){0,4})"
)
_CHINESE = re.compile(
    r"由\s?([\u4e00-\u9fffA-Za-z0-9 .]{2,24}?)\s?(?:团队|公司)?(?:自主)?(?:开发|推出|发布|训练|研发|开源)"
)
_PRESENTS = re.compile(
    rf"(?<![\w/-])({_ORGANISATION})(?: team)? (?:is |are |has |have |today )?(?:\w+ly )?(?:introduc|releas|"
    rf"present|announc|unveil|open-?sourc|launch|develop|proud|excited|pleased)\w*"
)
_FROM = re.compile(rf"\b(?:from|by) (?:the )?({_MAKER})(?![\w-])")
_NAMED = re.compile(r"(?:^|\n)-? ?name: [\w./-]{3,80} by ([A-Z][\w. -]{2,40})(?=\n)")
_ANY = re.compile(rf"(?<![\w/-])(?:{_MAKER})(?![\w-])")
#: Patterns, the surest first.
_PATTERNS = (
    (_MADE_BY, 0.85),
    (_NAMED, 0.85),
    (_BY, 0.75),
    (_PRESENTS, 0.85),
    (_POSSESSIVE, 0.75),
    (_AUTHOR, 0.7),
    (_FROM, 0.6),
    (_WORKS_AT, 0.65),
    (_PARTNER, 0.6),
    (_CHINESE, 0.75),
)
_TRAIL = re.compile(r"(?:\s(?:of|the|and|for|&|is|in|on|at|This|It|We|The))+$")
_LEADING = re.compile(r"^(?:(?:Today|Now|Here|At|The|We|And|Recently),? )+")
_OTHER = re.compile(
    r"\b(?:dataset|corpus|benchmark|tokenizer|library|framework|paper|data)\b[^.\n]{0,40}$", re.IGNORECASE
)


def find(page: Page) -> Iterator[Finding]:
    """Yield the maker that the surest words name, at most one."""
    for pattern, certainty in _PATTERNS:
        text = page.content if pattern in (_AUTHOR, _NAMED) else page.view
        for match in pattern.finditer(text, max(page.body - 1, 0) if pattern is not _NAMED else 0):
            name = _LEADING.sub("", _TRAIL.sub("", match[1])).strip(" .,'")
            start = match.start(1) + match[1].find(name)
            if len(name) > 1 and (pattern in (_AUTHOR, _BY, _NAMED) or _is_own(page, match)):
                yield _found(page, name, start, certainty, "words name the maker")
                return
    publishers = (match for match in _ANY.finditer(page.view, page.body) if _is_publisher(page, match[0]))
    for match in islice(publishers, 1):
        yield _found(page, match[0], match.start(), 0.65, "the text names the one who publishes it")


def _found(page: Page, name: str, start: int, confidence: float, reason: str) -> Finding:
    span = (start, start + len(name))
    return finding(page, "organization", name, wholes(page)[0], span, confidence=confidence, reason=reason)


def _is_publisher(page: Page, maker: str) -> bool:
    """Whether the document stands under the maker's own name: `black-forest-labs/flux`, a lab's own blog."""
    address = page.text.title.split("/")[0] if page.text.kind == "card" else page.text.url.split("//")[-1].split("/")[0]
    name = _letters(maker)
    return page.text.kind != "paper" and len(name) >= 4 and (name in _letters(address) or _letters(address) == name)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9\u4e00-\u9fff]", "", text.lower())


def _is_own(page: Page, match: re.Match[str]) -> bool:
    """Whether the sentence speaks of the own model, and of no other before the maker."""
    low, high = page.sentence(match.start(1))
    names = page.names_in(low, match.start(1))
    if match.re is _POSSESSIVE and not all(map(page.release.owns, page.names_in(match.end(1), match.end() + 30)[:1])):
        return False
    if _OTHER.search(page.view, low, match.start()):
        return False
    if any(page.release.owns(name) for name in page.names_in(low, high)):
        return not names or page.release.owns(names[-1]) or match.start() <= names[-1].start
    return (
        page.text.kind == "card"
        and not names
        and bool(re.search(r"\b(?:this|the|our) model", page.view[low:high], re.IGNORECASE))
    )
