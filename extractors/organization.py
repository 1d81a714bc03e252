"""Who made the document's own models, where words name the maker."""

import re
from collections.abc import Iterator

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
    rf"(?:^|\n)[#\s*]{{0,8}}(?:By|by|Developer|Developers|Developed by|Model [Dd]evelopers?|"
    rf"Organi[sz]ation|Author|Publisher|开发者)[\s:*|]{{1,4}}{_NAME}"
)
_AUTHOR = re.compile(r"\bauthor\s{0,3}=\s{0,3}[\{\"]{1,2}([A-Z][\w. -]{1,40}?(?:Team|AI|Labs?|Research))[\}\"]")
_MAKER = "|".join(sorted(map(re.escape, MAKERS), key=len, reverse=True))
_POSSESSIVE = re.compile(rf"(?<![\w-])({_MAKER})(?:'s|’s)\s(?:\w+[ -]){{0,6}}?(?:models?|LLMs?|series|family|{{own}})")
_PRESENTS = re.compile(
    rf"(?<![\w/-])({_MAKER})(?: team)? (?:is |are |has |have |today )?(?:\w+ly )?(?:introduc|releas|"
    rf"present|announc|unveil|open-?sourc|launch|develop|proud|excited|pleased)\w*"
)
_FROM = re.compile(rf"\b(?:from|by) (?:the )?({_MAKER})(?![\w-])")
_TRAIL = re.compile(r"(?:\s(?:of|the|and|for|&|is|in|on|at|This|It|We|The))+$")
_OTHER = re.compile(
    r"\b(?:dataset|corpus|benchmark|tokenizer|library|framework|paper|data)\b[^.\n]{0,40}$", re.IGNORECASE
)


def find(page: Page) -> Iterator[Finding]:
    """Yield the maker that the surest words name, at most one."""
    for pattern, certainty, least in (
        (_MADE_BY, 0.85, 0),
        (_BY, 0.75, 0),
        (_PRESENTS, 0.85, 0),
        (_AUTHOR, 0.7, 0),
        (_FROM, 0.6, 0),
    ):
        text = page.content if pattern is _AUTHOR else page.view
        for match in pattern.finditer(text, max(page.body - 1, least)):
            if _is_own(page, match) or pattern in (_AUTHOR, _BY):
                name = _TRAIL.sub("", match[1]).strip(" .,'")
                if len(name) > 1:
                    yield finding(
                        page,
                        "organization",
                        name,
                        wholes(page)[0],
                        (match.start(1), match.start(1) + len(name)),
                        confidence=certainty,
                        reason="words name the maker",
                    )
                    return


def _is_own(page: Page, match: re.Match[str]) -> bool:
    """Whether the sentence speaks of the own model, and of no other before the maker."""
    low, high = page.sentence(match.start(1))
    names = page.names_in(low, match.start(1))
    if _OTHER.search(page.view, low, match.start()):
        return False
    if any(page.release.owns(name) for name in page.names_in(low, high)):
        return not names or page.release.owns(names[-1]) or match.start() <= names[-1].start
    return (
        page.text.kind == "card"
        and not names
        and bool(re.search(r"\b(?:this|the|our) model", page.view[low:high], re.IGNORECASE))
    )
