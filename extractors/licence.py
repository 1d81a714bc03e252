"""Under which licence the document's own models are given."""

import re
from collections.abc import Iterator

from extractors.extractor import finding
from extractors.finding import Finding
from extractors.naming import whole
from extractors.page import Page
from extractors.words.licences import LICENCES

_KNOWN = tuple(
    (re.compile(rf"(?<![A-Za-z0-9])(?:{pattern})(?![A-Za-z0-9])", re.IGNORECASE), name) for pattern, name in LICENCES
)
_UNDER = re.compile(
    r"\b(?:under|with|by|via|use|uses|using|adopts?|following|governed by|subject to|licen[cs]ed?|采用|遵循|"
    r"基于)\b[^.;\n]{0,40}$|[:|][\s]{0,4}$|采用[^。\n]{0,20}$",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"^[^.;\n]{0,40}?\b(?:licen[cs]ed?|licen[cs]es|terms)\b|^[^。\n]{0,6}(?:开源)?(?:许可|协议)|^\s{0,20}(?:\||$)",
    re.IGNORECASE,
)
_CUSTOM = re.compile(
    r"\b((?:[A-Z][\w.+-]{1,24} ){1,4}(?:Community |Non-Commercial |Research |Model |Open |Acceptable Use "
    r"){0,3})[Ll]icen[cs]e\b(?! (?:line|file))"
)
_CODE = re.compile(
    r"\b(?:code|source code|repository|repo|dataset|data|library|scripts?|this project|software|代码)\b[^.;\n]{0,50}$",
    re.IGNORECASE,
)
_MODEL = re.compile(r"\b(?:models?|weights|checkpoints?|模型|权重)\b", re.IGNORECASE)


def find(page: Page) -> Iterator[Finding]:
    """Yield the licence of the front matter, else the surest that the text names."""
    for entry in (*page.matter.get("license_name"), *page.matter.get("license")):
        if entry.value.lower() not in ("other", "unknown"):
            yield finding(
                page,
                "license",
                short(entry.value),
                whole(page),
                (entry.start, entry.end),
                confidence=0.95,
                reason="the front matter says it",
            )
            return
    found = sorted(_in_prose(page), key=lambda one: -one.confidence)
    yield from found[:1]


def short(text: str) -> str:
    """Return the short form of a licence's name; what is not known stays as it is."""
    for pattern, name in _KNOWN:
        match = pattern.search(text)
        if match:
            return name.format(*match.groups())
    return re.sub(r"\s*\b[Ll]icen[cs]e\b.*$", "", text).strip() or text


def _in_prose(page: Page) -> Iterator[Finding]:
    for pattern, name in _KNOWN:
        for match in pattern.finditer(page.view, page.body):
            before = page.view[max(0, match.start() - 80) : match.start()].rsplit("\n\n", 1)[-1]
            after = page.view[match.end() : match.end() + 50]
            is_headed = "licen" in page.heading(match.start())
            named = _WORD.match(after) or _UNDER.search(before) or re.search(r"licen[cs]e", before, re.IGNORECASE)
            if not is_headed and not (named and _UNDER.search(before)):
                continue
            code = _CODE.search(before) and not _MODEL.search(before)
            if name == "MIT" and not _WORD.match(after) and not (is_headed or "licen" in before.lower()):
                continue
            yield finding(
                page,
                "license",
                name.format(*match.groups()),
                whole(page),
                match.span(),
                confidence=0.45 if code else 0.85,
                reason="the text names it",
            )
    for match in _CUSTOM.finditer(page.view, page.body):
        name = re.sub(r"^(?:The|This|Our|See|A|Under|Please|Our) ", "", match[1]).strip()
        if name and not any(pattern.search(match[0]) for pattern, _ in _KNOWN):
            yield finding(page, "license", name, whole(page), match.span(), confidence=0.6, reason="the text names it")
