"""Whether the weights of the document's own models are, or will be, released openly."""

import re
from collections.abc import Iterator

from extractors.extractor import finding
from extractors.finding import Finding
from extractors.naming import wholes
from extractors.page import Page

_THING = r"(?:weights?|checkpoints?|models?|LLMs?|VLMs?|MLLMs?|artifacts|权重|模型)"
#: Any sign that ends no sentence: a point inside a number or a name does not.
_WITHIN = r"(?:[^.;\n]|\.(?=\w))"
_OPEN = re.compile(
    rf"\b(?:we|our|will be|are|is|and|by|have|has|fully|today|also)\b{_WITHIN}{{0,40}}?\b(?:releas(?:e|es|"
    rf"ed|ing)|open-?\s?sourc(?:e|es|ed|ing)|openly releas\w+|publish|shar(?:e|ing))\b"
    rf"(?! (?:all )?(?:our |the )?(?:kernels|complete pipeline)){_WITHIN}{{0,90}}?\b{_THING}\b"
    rf"|\b(?:mak(?:e|ing)|made|provid(?:e|ing))\b{_WITHIN}{{0,60}}\b(?:weights|checkpoints)\b"
    rf"|\b(?:mak(?:e|ing)|made)\b{_WITHIN}{{0,60}}?\b{_THING}\b{_WITHIN}{{0,40}}?\b(?:public\w*|open\w*|freely|available)"
    rf"|\b{_THING}\b{_WITHIN}{{0,70}}?\b(?:are|is|will be|have been|has been|be|been|"
    rf"being)\b{_WITHIN}{{0,30}}?\b(?:publicly|openly|freely|released?|open-?sourced?|available (?:at|on|"
    rf"from|under|in|via|for (?:download|research|everyone|anyone|public|free))|accessible|open(?:-| "
    rf")releas\w+|downloadable)\b"
    rf"|\bopen[- ](?:weights?|source[d]?|licen[cs]ed?|access)\b[^.;,\n]{{0,60}}?\b{_THING}\b"
    rf"|\b{_THING}\b{_WITHIN}{{0,40}}?\bavailable (?:at|on|from|under|via)\b(?! (?:an |our |the )?APIs?\b)"
    rf"|\bprovid(?:e|ing)\b{_WITHIN}{{0,60}}?\b{_THING}\b (?:at|on|via|through)\b"
    rf"|\bmak(?:e|ing)\b{_WITHIN}{{0,40}}?\bopen-(?:weight|source)\b"
    r"|\b(?:is|are|was|were) (?:publicly |openly )?(?:released|open-?sourced|"
    rf"available){_WITHIN}{{0,30}}\b(?:under|license|hugging ?face|huggingface|modelscope|at https?)\b"
    r"|\b(?:publicly|openly) available at\b|开源了?[^。\n]{0,40}模型|已开源|模型[^。\n]{0,30}开源",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    rf"\b(?:weights|models?)\b{_WITHIN}{{0,60}}\b(?:will not be|are not|is not|won't be|cannot "
    rf"be)\b{_WITHIN}{{0,20}}\b(?:released?|public|available|open)|\b(?:not|never) (?:be )?releas\w+ (?:the |"
    r"our )?(?:\w+ )?(?:weights|model)|\bonly (?:available )?(?:via|through) (?:an |our |the )?API\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:than|unlike|outperform\w*|surpass\w*|compar\w+|against|existing|other|leading|among|many|"
    r"recent|previous|exceed\w*|best|on|over|all|vs|state-of-the-art|popular|rival\w*|beat\w*|like|"
    r"between|of|using|based on|from|most|current|for|as|the)\s(?:\w+[ -]){0,3}?$",
    re.IGNORECASE,
)
_MERE_OPEN = re.compile(r"^open", re.IGNORECASE)
_CODE_ONLY = re.compile(
    r"\b(?:code|data|dataset|datasets|benchmark|demo|toolkit|library|pipeline)\b[^.;\n]{0,25}$", re.IGNORECASE
)
_DENIED = re.compile(
    r"(?:\b(?:not|never|no longer)|n't)\s{1,3}(?:be |been |yet |plan to )?(?:\w+ly )?(?:releas|open-?sourc|publish|"
    r"shar|availab|accessib|public)",
    re.IGNORECASE,
)
_THEIRS = re.compile(r"\btheir (?:\w+ )?(?:models?|weights|checkpoints?)$", re.IGNORECASE)
_DATA_NEAR = re.compile(rf"\b{_THING}\b", re.IGNORECASE)


def find(page: Page) -> Iterator[Finding]:
    """Yield what is said of release, or that there is none, for each line of models."""
    said = _said(page)
    if said:
        is_open, span, confidence, reason = said
        for name in wholes(page):
            yield finding(page, "open_weights", is_open, name, span, confidence=confidence, reason=reason)


def _said(page: Page) -> tuple[bool, tuple[int, int], float, str] | None:
    closed = _CLOSED.search(page.view, page.body)
    if closed and page.sentence(closed.start())[0] >= page.intro:
        return False, closed.span(), 0.75, "the text says that they are not released"
    own = next((match for match in _OPEN.finditer(page.view) if _is_own(page, match)), None)
    return (True, own.span(), 0.85, "words of release") if own else None


def _is_own(page: Page, match: re.Match[str]) -> bool:
    """Whether words of release are about the document's own model."""
    low, high = page.sentence(match.start())
    if low < page.intro and low > 0:
        return False
    words = match[0]
    if _THEIRS.search(words) or _DENIED.search(page.view, low, match.end()):
        return False
    if not _DATA_NEAR.search(words) and not any(page.release.owns(name) for name in page.names_in(low, high)):
        return False
    if _MERE_OPEN.match(words):
        before = page.view[low : match.start()]
        own = any(page.release.owns(name) for name in page.names_in(low, high))
        return own and not _OTHERS.search(before)
    return True
