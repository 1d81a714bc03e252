"""How many tokens the document's own models were trained on."""

import re
from collections.abc import Iterator

from extractors.extractor import finding
from extractors.finding import Finding
from extractors.naming import near
from extractors.page import Page
from extractors.quantities import Quantity
from extractors.subjects import whose

LEAST = 1e7
LEAST_CERTAINTY = 0.5

_TOKENS = re.compile(
    r"^\+?[\s-]{0,3}(?:of )?(?:(?!(?:parameters?|params?|and|or|on|in|with|context|"
    r"models?)\b)[\w-]+[\s-]{1,2}){0,4}?(?:tokens?|token|个?词元|tokens)(?![\w])|^[个的]?\s?(?:tokens?|词元)|"
    r"^\+?\s(?:[\w-]+\s){0,2}corpus\b",
    re.IGNORECASE,
)
_TRAINING = re.compile(
    r"\b(?:pre-?)?train(?:ed|ing|s)?\b|\bcorpus\b|\bcorpora\b|\bpre-?train\w*|\bmid-?train\w*|"
    r"\bfine-?tun\w*|\banneal\w*|\bcooldown\b|\bcontinu(?:al|ed|e)\b|\bdata(?:set)?s?\b|\bcurriculum\b|"
    r"\bdistill\w*|\bdecay\b|\btokens seen\b|训练|语料|数据",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:context|window|sequence lengths?|sequences? (?:of )?up to|vocab\w*|per second|throughput|"
    r"generat\w+|outputs?|inputs?|lengths?|max(?:imum)?|batch(?: size)?|budget of|thinking|prompts?|cache|"
    r"price|cost per|上下文|词表)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_ELSEWHERE_AFTER = re.compile(
    r"^[\s-]{0,2}tokens?[\s)-]{0,3}(?:contexts?|window|vocabulary|per (?:second|batch|step|day)|in length|"
    r"long|inputs?|outputs?|/s|of context|context|sequences?|lengths?)\b",
    re.IGNORECASE,
)
_NOT_SEEN = re.compile(
    r"\b(?:datasets?\b|corpora\b|yielding|compris\w+|translat\w+|releas\w+|open-?sourc\w+|curated?|"
    r"contain(?:s|ing)?|dataset of|corpus of (?:over )?)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_DIRECT = re.compile(
    r"\b(?:train\w*|pre-?train\w*|fine-?tun\w*|adapt\w*|continu\w+)\b[^.;]{0,80}\b(?:on|with|for|using|"
    r"over|to|through|just|only|of)\b[^.;]{0,60}$|训练[^。]{0,30}$",
    re.IGNORECASE,
)
_SEEN = re.compile(r"\b(?:expos\w+ to|seen|sees|saw|consum\w+|process\w+|trained)\b[^.;]{0,60}$", re.IGNORECASE)
_SEEN_AFTER = re.compile(
    r"^\+?\s?(?:[\w-]+ )?(?:(?:pre-?)?training tokens|tokens of (?:pre-?)?training)", re.IGNORECASE
)


def find(page: Page) -> Iterator[Finding]:
    """Yield each figure of training tokens; stages without a sum are findings of their own."""
    seen = set()
    for quantity in page.quantities:
        if (
            quantity.value < LEAST
            or quantity.value > 1e16
            or not _TOKENS.match(quantity.after)
            or page.table_at(quantity.start)
        ):
            continue
        certainty = _certainty(page, quantity)
        if certainty < LEAST_CERTAINTY:
            continue
        verdict = whose(page, quantity.start, quantity.last)
        name = near(page, verdict)
        if verdict.is_own and (quantity.value, name) not in seen:
            seen.add((quantity.value, name))
            yield finding(
                page,
                "training_tokens",
                quantity.value,
                name,
                _span(page, quantity),
                confidence=round(certainty * verdict.confidence, 3),
                reason=verdict.reason,
            )


def counts_tokens(quantity: Quantity) -> bool:
    """Whether the words after a figure say that it counts tokens, seen in training or not."""
    return quantity.value >= LEAST and _TOKENS.match(quantity.after) is not None


def is_of_training(page: Page, quantity: Quantity) -> bool:
    """Whether a figure that counts tokens is taken for one of training."""
    return _certainty(page, quantity) >= LEAST_CERTAINTY


def _certainty(page: Page, quantity: Quantity) -> float:
    low, high = page.sentence(quantity.start)
    before = page.view[low : quantity.first]
    if _ELSEWHERE.search(before) or _ELSEWHERE_AFTER.match(quantity.after):
        return 0.0
    if _DIRECT.search(before):
        return 0.97 if not re.search(r"translat|number of|different|ablation", before) else 0.45
    if _NOT_SEEN.search(before):
        return 0.45
    if page.is_report and not _SEEN.search(before) and not _SEEN_AFTER.match(quantity.after):
        return 0.3  # a report tells of each part of its data
    if re.match(r"^\+?\s?(?:[\w-]+ )?training tokens", quantity.after) or _TRAINING.search(page.view, low, high):
        return 0.9 if quantity.value >= 1e9 else 0.7
    return 0.6 if quantity.value >= 1e11 else 0.3


def _span(page: Page, quantity: Quantity) -> tuple[int, int]:
    noun = _TOKENS.match(page.view[quantity.last : quantity.last + 60])
    return quantity.first, quantity.last + (noun.end() if noun else 0)
