"""Training data counted otherwise than in tokens: images, pairs, hours, samples."""

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.extractor import finding
from extractors.finding import Finding
from extractors.naming import near
from extractors.page import Page
from extractors.quantities import Quantity
from extractors.subjects import Verdict, whose

_THINGS = (
    r"images?|videos?|clips?|pairs?|triplets?|samples?|examples?|instances?|sequences?|trajector(?:y|ies)|"
    r"demonstrations?|episodes?|conversations?|dialogues?|instructions?|prompts?|questions?|problems?|"
    r"documents?|"
    r"passages?|sentences?|words?|records?|frames?|molecules?|compounds?|proteins?|structures?|cells?|"
    r"genomes?|hours?|scans?|reports?|papers?|pages?|recordings?|utterances?|texts?|captions?|tables?|"
    r"graphs?|"
    r"masks?|reviews?|volumes?|observations?|x-rays?|"
    r"interfaces?|slides?|patients?|data ?points?|points?|rows?|queries|tasks?|tweets?|articles?|scenes?|"
    r"objects?|assets|shapes?|songs?|tracks?|annotations?|traces?|responses?|preferences?"
)
_AFTER = re.compile(
    rf"^\+?[\s-]{{0,2}}(?:\([a-z]\)\s|\([a-z]+, [a-z]+\)\s)?(?P<thing>(?:(?!(?:of|and|or|from|to|with|on|in|for|"
    rf"parameters?|tokens?|times|different|distinct|gpus?|benchmarks?|"
    rf"datasets?)\b)[\w/-]+[\s-]){{0,4}}?(?:{_THINGS}))\b(?P<of>\s(?:of|long)\s[\w\s-]{{0,30}})?",
    re.IGNORECASE,
)
_ANYTHING = re.compile(
    r"^\+?\s(?P<thing>(?:(?!(?:of|and|or|from|to|with|on|in|for|at|different|distinct|gpu|tpu|npu)\b)[\w/-]+\s){0,3}?"
    r"(?!(?:tokens|parameters|params|steps|epochs|iterations|updates|languages|datasets|corpora|benchmarks|gpus|tpus|"
    r"hours|nodes|chips|devices|accelerators|cores|days|weeks|months|years|minutes|seconds|classes|categories|domains|"
    r"sources|layers|experts|models|stages|times|dollars|cards|series|species|users|sites|hospitals|characters|"
    r"machines|cpus|batches|flops|operations|is|was|has|this|its|pixels|bytes|bases|subjects|speakers)\b)"
    r"[a-z]{2,20}(?:-[a-z]{1,12})?s(?<![sui]s))\b(?P<of>\s(?:of|long)\s)?",
    re.IGNORECASE,
)
_TRAINED_ON = re.compile(
    r"\b(?:train\w*|pre-?train\w*|fine-?tun\w*)\s(?:[\w-]+\s){0,4}?(?:on|with|using|over|from)\s"
    r"(?:[\w~-]+\s+){0,4}$|\btraining (?:data|set|corpus)\s?[:=|]\s?$",
    re.IGNORECASE,
)
_RIVAL = re.compile(
    r"\b(?:than|compar\w+|outperform\w*|surpass\w*|exceed\w*|beat\w*|baselines?|counterparts?|versus|vs|unlike|others?)\b",
    re.IGNORECASE,
)
_ORIGIN = re.compile(r"\bfrom (?:\w+ ){0,2}$", re.IGNORECASE)
_CHINESE = re.compile(r"^\s?[个条张段]?\s?(?P<thing>小时|图像|图片|样本|视频|图文对)(?P<of>的)?")
_CHINESE_UNITS = {
    "小时": "hour",
    "图像": "image",
    "图片": "image",
    "样本": "sample",
    "视频": "video",
    "图文对": "image-text pair",
}
_TRAINING = re.compile(
    r"\b(?:pre-?)?train(?:ed|ing|s)?\b|\bfine-?tun\w*|\btraining (?:data|set|corpus|samples)|训练|\bdataset\b|"
    r"\bcorpus\b|\bsynthesi[sz]\w+|\bcollect\w*|\bcurat\w+|\bdata volume\b",
    re.IGNORECASE,
)
_DIRECT = re.compile(
    r"\b(?:train\w*|pre-?train\w*|fine-?tun\w*|learn\w*)\b[^.;]{0,70}\b(?:on|with|using|over|from|of)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:test|evaluat\w+|benchmark\w*|held-?out|validation|annotators?|questions? answering|human study|"
    r"inference|throughput|per second|batch|context|users?|raters?|downloads)\b",
    re.IGNORECASE,
)

#: Characters around a figure in which words of evaluation and use tell against it.
ELSEWHERE_BEFORE, ELSEWHERE_AFTER = 90, 50


def find(page: Page) -> Iterator[Finding]:
    """Yield the sizes of training data that sentences about training state."""
    seen = set()
    for quantity in page.quantities:
        match = _counted(page, quantity)
        if not match or (quantity.value < 100 and "hour" not in match["thing"]) or page.table_at(quantity.start):
            continue
        certainty = _certainty(page, quantity)
        verdict = _whose(page, quantity)
        unit = _unit(match["thing"])
        if certainty < 0.5 or not verdict.is_own or (quantity.value, unit) in seen:
            continue
        if unit == "hour" and not (
            match["of"]
            or re.search(
                r"speech|audio|video|data|corpus|recording|conversation|subset",
                page.view[quantity.last : quantity.last + 60],
            )
        ):
            continue
        seen.add((quantity.value, unit))
        yield finding(
            page,
            "dataset_size",
            quantity.value,
            near(page, verdict),
            (quantity.first, quantity.last + match.end("thing")),
            unit=unit,
            confidence=round(certainty * verdict.confidence, 3),
            reason=verdict.reason,
        )


def _counted(page: Page, quantity: Quantity) -> re.Match[str] | None:
    """Return what a figure counts: a thing that data is made of, or whatever a model is said to be trained on."""
    match = _AFTER.match(quantity.after) or _CHINESE.match(quantity.after)
    if match:
        is_origin = match["thing"].endswith("patients") and _ORIGIN.search(quantity.before)
        return None if is_origin else match
    before = page.view[page.sentence(quantity.start)[0] : quantity.first]
    return _ANYTHING.match(quantity.after) if quantity.value >= 1000 and _TRAINED_ON.search(before) else None


def _whose(page: Page, quantity: Quantity) -> Verdict:
    """Judge a figure; what stands right after words of training is no part of a comparison."""
    verdict = whose(page, quantity.start, quantity.last)
    before = page.view[page.sentence(quantity.start)[0] : quantity.first]
    if (
        verdict.reason == "stands after words of comparison"
        and _TRAINED_ON.search(before)
        and not _RIVAL.search(before)
    ):
        return replace(verdict, is_own=True, confidence=0.8, reason="stands after words of training")
    return verdict


def _certainty(page: Page, quantity: Quantity) -> float:
    low, high = page.sentence(quantity.start)
    direct = _DIRECT.search(page.view[low : quantity.first])
    nearby = max(low, quantity.first - ELSEWHERE_BEFORE), min(high, quantity.last + ELSEWHERE_AFTER)
    if _ELSEWHERE.search(page.view, *((low + direct.start(), nearby[1]) if direct else nearby)):
        return 0.3
    if direct:
        return 0.97
    is_large = quantity.value >= 1000 or quantity.scale or quantity.after.startswith(" hour")
    return 0.92 if _TRAINING.search(page.view, low, high) and is_large else 0.2


def _unit(thing: str) -> str:
    """Return what is counted, in the singular and without adjectives of praise."""
    if thing in _CHINESE_UNITS:
        return _CHINESE_UNITS[thing]
    words = [
        word
        for word in re.split(r"\s+", thing.strip("- ").lower())
        if word
        not in (
            "high-quality",
            "training",
            "unique",
            "diverse",
            "large-scale",
            "raw",
            "real",
            "synthetic",
            "publicly",
            "available",
            "new",
        )
    ]
    last = words[-1] if words else thing
    singular = {"trajectories": "trajectory", "queries": "query", "assets": "asset"}.get(
        last, last[:-1] if last.endswith("s") and not last.endswith("ss") else last
    )
    return " ".join((*words[:-1], singular))[:60]
