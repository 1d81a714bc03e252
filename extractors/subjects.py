"""Whose figure is it? Decide from the words around a figure whether it is of the document's own model, and of which."""

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.mentions import Mention
from extractors.page import Page

_COMPARISON = re.compile(
    r"\b(?:than|compar(?:ed|able|ing|ison|es?)\b(?: \w+){0,2}? (?:to|with|against)|comparable to|relative "
    r"to|versus|vs|outperform\w*|surpass\w*|exceed\w*|beat\w*|rival\w*|match\w*|on par with|"
    r"counterparts?|baselines?|competitors?|larger models?|superior to|competitive with|similar to|unlike|"
    r"against|teachers?|distill(?:ed|ing)? from|"
    r"existing|previous(?:ly)?|prior|state-of-the-art|leading|such as|including models|others?|based on|"
    r"built (?:up)?on|initiali[sz]ed (?:from|with)|derived from|starting from|"
    r"fine-?tun(?:ed|ing) (?:from|of|the|a|an|on top of)|approach(?:es|ing)|even|fewer|smaller|up to \d+x|"
    r"competing|of the same (?:family|class|kind)|same-(?:family|size|sized))\b|相比|超过|优于|超越",
    re.IGNORECASE,
)
_LARGER = re.compile(
    r"^[\s)-]{0,3}(?:parameters?\s)?(?:open-source |dense |larger |existing |other |baseline |commercial |"
    r"proprietary )?(?:counterparts?|baselines?|competitors?|teachers?|rivals?)\b",
    re.IGNORECASE,
)
_EXPERIMENT = re.compile(
    r"\b(?:experiments?|evaluat\w+|appl(?:y|ied|ying)|validat\w+|test(?:ed|s|ing)?|ablations?|"
    r"experimented|instantiat\w+|compressing|pruning|quanti[sz]ing|ensemble|"
    r"simulat\w+)\b(?:\s[\w-]+){0,7}?\s?(?:(?:on|with|across|to|using|over|for|multiple)\b|\()"
    r"|\bacross (?:\w+ ){0,6}?$|\b(?:task|case) of (?:pre-?)?training|\bwhen (?:pre-?)?training|"
    r"\benabling an? $|\busing an? $|\bto pre-?train an? $|on the horizon|"
    r"(?<!our )(?<!these )\b(?:models|LLMs|VLMs|systems|ones?) "
    r"(?:(?:with|of|at|having) (?:over|more than|at least)|exceeding|beyond|larger than) $",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"[\s(,–-]{0,3}(?:(?:with|has|having|of|at|a|an|the|which|contains?|only|uses?|using|is|our|much|larger|smaller|open|"
    r"dense|sparse|large|language|multimodal|(?:\w+-)?models?|LLM|network|MoE|its|about|over|nearly)\s){0,6}\(?",
    re.IGNORECASE,
)
_OLDER = re.compile(r"news|updates?|changelog|release notes|history|更新|新闻|ニュース")
_OURS = re.compile(
    r"\b(?:we|our|ours|this (?:model|work|paper|series|family|release)|these models|the (?:resulting|"
    r"proposed|final) models?|it)\b|我们|本模型|该模型",
    re.IGNORECASE,
)
_THE_MODELS = re.compile(
    r"\b(?:the|all|both) (?:\w+ )?models? (?:is|are|was|were|has|have|contains?|uses?|supports?)\b", re.IGNORECASE
)
_TRIAL = re.compile(
    r"\b(?:ablat\w+|prox(?:y|ies)|small(?:er)?[- ]scale|preliminary|toy|pilot|scaling laws?|"
    r"to (?:choose|select|determine|decide|verify|validate|find|investigate|study|test|compare|tune|search))\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:]|,\s(?:while|whereas|but|which|and|with|achieving|outperform\w*|surpass\w*|making|enabling)\b|"
    r"\b(?:while|whereas|but)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a figure is of an own model (`confidence` of it), of which name in the text (if any), and why."""

    is_own: bool
    confidence: float
    name: Mention | None
    reason: str


@lru_cache(maxsize=512)
def whose(page: Page, start: int, end: int) -> Verdict:
    """Judge the figure at `start:end`, which is no part of a name."""
    low, high = page.sentence(start)
    before = page.names_in(low, start)
    nearest = before[-1] if before else None
    own = next((name for name in reversed(before) if page.release.owns(name)), None)
    comparison = _last(_COMPARISON, page.view, low, start)
    if _LARGER.match(page.view, end, end + 60):
        return Verdict(False, 0.1, None, "the words after it speak of a rival")
    if (
        nearest
        and not page.release.owns(nearest)
        and (nearest.end >= start - 3 or _LINKED.fullmatch(page.view, nearest.end, start))
    ):
        return Verdict(False, 0.1, nearest, "stands right after another model's name")
    if before and own is None and before[0].start <= low + 12 and not _OURS.search(page.view, low, start):
        return Verdict(False, 0.2, before[0], "the sentence is about another model")
    if _tells_of_a_trial(page, (low, high), start, own):
        return Verdict(False, 0.3, None, "the sentence tells of experiments")
    if own is None and _OLDER.search(page.heading(start)):
        return Verdict(False, 0.3, None, "news without the model's name")
    if comparison is not None and (own is None or own.end <= comparison) and not _reset(page.view, comparison, start):
        return Verdict(False, 0.25, None, "stands after words of comparison")
    if own:
        return Verdict(True, 0.95, own, "the nearest own model before it")
    return _without_name(page, low, high, end)


def _tells_of_a_trial(page: Page, sentence: tuple[int, int], start: int, own: Mention | None) -> bool:
    """Whether a sentence speaks of an experiment, and its figure is not given to an own model right before it."""
    low, high = sentence
    if page.is_report and _TRIAL.search(page.view, low, high):
        return True
    is_given = own and own.end >= start - 40 and own.size is None and _LINKED.fullmatch(page.view, own.end, start)
    return not is_given and bool(_EXPERIMENT.search(page.view, low, start))


def _without_name(page: Page, low: int, high: int, end: int) -> Verdict:
    after = next((name for name in page.names_in(end, min(high, end + 60))), None)
    if after and page.release.owns(after) and not _COMPARISON.search(page.view, end, after.start):
        return Verdict(True, 0.93, after, "the own model named right after it")
    if _OURS.search(page.view, low, high):
        return Verdict(True, 0.9, None, "the sentence speaks of the authors' own model")
    if page.is_report:
        if _THE_MODELS.search(page.view, low, high):
            return Verdict(True, 0.85, None, "a section on the own models speaks of the models")
        return Verdict(False, 0.3, None, "a report speaks of many models, and nothing says that it is of its own")
    if low < page.intro:
        return Verdict(False, 0.3, None, "stands before the document presents anything of its own")
    return Verdict(True, 0.8, None, "nothing says that it belongs to another model")


def _last(pattern: re.Pattern[str], view: str, start: int, end: int) -> int | None:
    """Where the last match ends, none if there is no match."""
    place = None
    for match in pattern.finditer(view, start, end):
        place = match.end()
    return place


def _reset(view: str, start: int, end: int) -> bool:
    """Whether a new clause begins between a word of comparison and the figure."""
    return _CLAUSE.search(view, start, end) is not None
