"""Which models the document's own ones were initialised, fine-tuned or distilled from."""

import re
from collections.abc import Iterator

from extractors.extractor import finding
from extractors.finding import Finding
from extractors.mentions import Mention
from extractors.naming import whole
from extractors.page import Page
from extractors.words import models

_FROM = re.compile(
    r"\b(?:fine-?tun(?:ed|ing|e)(?: (?:version|variant|of|from|on top of|the|a|model))*|based on|built "
    r"(?:up)?on(?: top of)?|build(?:ing|s)? (?:up)?on|initiali[sz]ed (?:from|with|by)|starting (?:from|"
    r"with)|derived from|"
    r"continu(?:ed|al|ally|ing) (?:pre-?)?train(?:ed|ing)(?: (?:of|on|from|with))?|distill(?:ed|ation|"
    r"ing) from|on top of|adapt(?:ed|ing|s)?(?: from)?|leverag(?:es|ing)|post-?train(?:ed|ing)(?: (?:on|"
    r"of|from))?|"
    r"base models?(?: of|:| is| are|, )?|backbones?(?: of|:| is)?|(?:using|with|use|uses|from|of|on|to)|"
    r"further (?:aligned|trained) on top of|upcycl\w+(?: from)?|merg\w+ of|version of|经过|基于)"
    r"(?:\s(?:the|an?|our|their|popular|open-?source|pre-?trained|base|models?|model|of|such|as|frozen|"
    r"powerful|state-of-the-art|strong|version|publicly|available|released|existing|multilingual|dense|"
    r"large|small|language|LLMs?|like|instruction-tuned|and|from|on|with|foundation)){0,6}[\s:(\[\"]{0,4}$",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:fine-?tun(?:ed|ing|e)\b(?! (?:with|using))|built (?:up)?on|initiali[sz]ed|starting (?:from|"
    r"with)|derived from|continu\w+ (?:pre-?)?train|distill(?:ed|ing) from|base models?|on top of|"
    r"post-?train(?:ed|ing)? (?:on|of|from)|further (?:aligned|trained)|upcycl|"
    r"adapt(?:ed|ing)|version of|based on|leveraging|build(?:s|ing)? (?:up)?on|基于)",
    re.IGNORECASE,
)
_BACKBONE_AFTER = re.compile(
    r"^[\s)\"'-]{0,3}(?:\w+ )?(?:backbones?|as (?:the |its |our |a )?(?:base|backbone|initiali|starting|"
    r"foundation)|base model)|^-based (?:\w+ ){0,2}model",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s{0,2}(?:,|and|or|&|,\s?and|,? as well as|/|和|、)\s{0,2}(?:the )?", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\b(?:fine-?tuned|version of|based on|derived from|trained from|initiali[sz]ed from|adapted from|merge of|"
    r"quanti[sz]ed from)"
    r"(?: (?:the|version|of|from|model|a|an)){0,4}\s{1,3}\[?\s?([\w-]{2,40}/[\w.-]{3,80})",
    re.IGNORECASE,
)
_NO_BASE = re.compile(r"-(?:based|style|like)$|^(?:RoPE|PDB|API|RS|MHA|GQA|SFT)", re.IGNORECASE)
_RIVAL = re.compile(
    r"\b(?:like|against|matches|such as|than|outperform\w*|surpass\w*|encouraged|looking to)\b[^.;]{0,60}$"
)
_ON = re.compile(r"\b(?:fine-?tun\w+|train\w*) (?:on|with|using)\b[^.;]{0,40}$", re.IGNORECASE)
_ARCHITECTURE = re.compile(
    r"^[\s-]{0,2}(?:\w+ )?(?:architecture|tokenizer|framework|library|transformer|dataset|data|benchmark|"
    r"corpus|pipeline|series of papers|structure|attention|format)",
    re.IGNORECASE,
)
MAX_BASES = 4


def find(page: Page) -> Iterator[Finding]:
    """Yield the bases that the front matter names, else those of the first sentence that names one."""
    entries = page.matter.get("base_model")
    for entry in entries[:MAX_BASES]:
        yield finding(
            page,
            "base_model",
            entry.value,
            whole(page),
            (entry.start, entry.end),
            confidence=0.95,
            reason="the front matter says it",
        )
    if entries:
        return
    address = _ADDRESS.search(page.view, page.body)
    if address and page.text.kind == "card":
        span = address.span(1)
        yield finding(
            page, "base_model", address[1], whole(page), span, confidence=0.85, reason="the own model is made from it"
        )
        return
    for name in page.names:
        if name.start >= page.body and not page.release.owns(name) and _is_base(page, name):
            for base in _listed(page, name):
                yield finding(
                    page,
                    "base_model",
                    base.text,
                    whole(page),
                    (base.start, base.end),
                    confidence=0.75,
                    reason="the own model is made from it",
                )
            return


def _is_base(page: Page, name: Mention) -> bool:
    low, _ = page.sentence(name.start)
    if low < page.intro or _ARCHITECTURE.match(page.view[name.end : name.end + 40]):
        return False
    if re.search(r"bench|eval|data|corpus|\d\s?K$|hub$|face$|git", name.text, re.IGNORECASE) or not any(
        map(str.isalpha, name.stem)
    ):
        return False
    before = page.view[max(low, name.start - 110) : name.start]
    if _NO_BASE.search(name.text) or _RIVAL.search(before):
        return False
    if _BACKBONE_AFTER.match(page.view[name.end : name.end + 40]):
        return True
    match = _FROM.search(before)
    return bool(match and _STRONG.search(match[0])) and (_is_known(name) or not _ON.search(before))


def _is_known(name: Mention) -> bool:
    """Whether a name is of a family that models are often made from, or carries a size."""
    return name.size is not None or re.sub(r"[\d.]+[a-z]*$", "", name.stem) in models.WELL_KNOWN


def _listed(page: Page, name: Mention) -> Iterator[Mention]:
    """Return the name and those that a list joins to it."""
    yield name
    last = name
    for other in [one for one in page.names if one.start >= name.end][: MAX_BASES - 1]:
        if page.release.owns(other) or not _LIST.fullmatch(page.view, last.end, other.start):
            return
        yield other
        last = other
