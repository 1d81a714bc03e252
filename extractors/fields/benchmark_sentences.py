"""Scores that sentences, lists and front matter give: "achieves 72.3% on MMLU"."""

import re
from collections.abc import Iterator
from itertools import islice

from extractors.fields.benchmark_tables import Score
from extractors.naming import lead, members, near
from extractors.page import Page
from extractors.subjects import whose
from extractors.words import benchmarks as words

#: Figures that are looked at in one document.
MAX_FIGURES = 3_000

#: Characters before and after a figure in which its benchmark is looked for.
REACH = 90

#: Characters before a list in which words of evaluation announce it.
LIST_REACH = 400

_FIGURE = re.compile(
    r"(?<![\w.,+$-])(?P<score>\d{1,4}\.\d{1,6}|\d{1,3}(?=\s{0,2}%))(?P<percent>\s{0,2}%)?(?![\w.]*\w|\s?[-–]?[BMKTx]\b)"
)
_ACHIEVES = re.compile(
    r"\b(?:achiev\w+|scor\w+|attain\w*|reach\w*|obtain\w*|yield\w*|record\w*|delivers?|with an?|get\w*|accuracy|"
    r"performance|results?|state[- ]of[- ]the[- ]art|SOTA|"
    r"reduc\w+|improv\w+|rising|rises?|surpass\w*|outperform\w*)\b|得分|达到|取得|成绩",
    re.IGNORECASE,
)
_GAIN = re.compile(
    r"\b(?:by|from|gains?|margin|improv\w+|increas\w+|boost\w*|additional|extra|drop\w*|decreas\w+|speedup|"
    r"outperform\w*|surpass\w*|using|only|over|than|lower\w*|vs\.?|(?:reduc\w+|degradation)(?! [\w ]{1,20} from))"
    r"(?: of)?(?: (?:up to|about|around|an?|the|roughly|nearly|approximately|average|absolute|relative))*[\s(~]{1,3}$"
    r"|\b(?:boost|improv|increas|rais|lift|enhanc|cut)\w*(?: [\w-]+){0,4} of $",
    re.IGNORECASE,
)
_GAIN_AFTER = re.compile(
    r"^\)?[\s-]{0,3}(?:(?:absolute|relative|average|overall|accuracy|performance|percentage) )?(?:improvements?|gains?|"
    r"increases?|reductions?|higher|lower|better|faster|fewer|more|less|points?|pp|of\b|speed|decreas|drop|smaller|"
    r"times|boost|savings?|parameters?|confidence|billion|million|trillion|hours?|days?|seconds?|GB|ms\b|s\b|FPS|kg\b|k?Wh?\b|valid\b)",
    re.IGNORECASE,
)
_NAME = (
    r"(?P<name>[A-Z0-9][\w.-]{0,30}(?:[ /][A-Z0-9][\w.-]{0,30}){0,5}(?: \([A-Z][\w-]{0,12}\))?"
    r"|[\w -]{3,40}?(?=\s(?:benchmarks?|test sets?|datasets?|tasks?|evaluation)))"
)
_ON_AFTER = re.compile(rf"(?:[^.;]|\.\d){{0,50}}?\b(?:on|for|in|over)\s(?:the |our |proposed )*{_NAME}")
_ON_BEFORE = re.compile(rf"\b(?:on|for|in)\s(?:the |our |proposed |both )*{_NAME}", re.IGNORECASE)
_RIGHT_BEFORE = re.compile(rf"(?:^|[\s,，、;:]){_NAME}\s?(?:\(|:|=|\sof)\s{{0,3}}$")
_MEASURE = re.compile(words.MEASURES, re.IGNORECASE)
_MEASURED = re.compile(
    rf"(?P<name>{words.MEASURES})(?: from [\d.]+\s{{0,3}}%?)?[^.;,\d]{{0,30}}?"
    r"(?:\b(?:of|is|at|to|by|reaches|achieves)|:|=|\()\s{0,3}$",
    re.IGNORECASE,
)
_MEASURED_AFTER = re.compile(rf"^\s{{0,2}}(?:[\w-]+\s){{0,2}}?(?P<name>{words.MEASURES})(?!\w)", re.IGNORECASE)
_CLOSED = re.compile(
    rf"^\s?(?:[]),.;:/±|]|$|(?:on|for|in|at|and|with|across|respectively|while|to)\b)|^\s(?:{words.MEASURES})",
    re.IGNORECASE,
)
_PROPER = re.compile(r"[A-Z]{2}|[a-z][A-Z]|\d|[Bb]ench")
_NEXT_FIGURE = re.compile(r"\s\d{1,3}(?:\.\d|\s?%)")
_VERSION = re.compile(r"[A-Z][\w-]*[ ]$")
_KNOWN = re.compile(rf"(?:{words.KNOWN})[\w.-]{{0,20}}", re.IGNORECASE)
_ITEM = re.compile(
    r"^[ \t]*(?:[-*•][ \t]+)?(?P<name>[A-Za-z][\w @./()-]{0,50}?)[ \t]{0,3}[:=][ \t]{0,4}"
    r"(?P<score>\d{1,4}\.\d{1,6}|\d{1,3}(?=[ \t]?%))[ \t]?%?[ \t]*$",
    re.MULTILINE,
)
_INDEX = re.compile(
    r"^[ \t]*(?:-[ \t]+)?value:[ \t]*[\"']?(?P<score>\d{1,4}(?:\.\d{1,16})?)[\"']?[ \t]*$", re.MULTILINE
)
_INDEX_SET = re.compile(r"dataset:\s*\n(?:[ \t]+\w+:[^\n]*\n){0,3}?[ \t]+name:[ \t]*(?P<name>[^\n]{1,80})")
_LEADS = re.compile(
    r"\b(?:achiev|reach|sets?|attain|obtain|deliver|establish|yield)\w*\s(?:[\w-]+\s){0,3}?"
    r"(?:SOTA|state[- ]of[- ]the[- ]art|leading|competitive|superior)\b"
    r"(?![^;]{0,200}\b(?:than|compared|surpass\w*|outperform\w*|exceed\w*|versus|vs)\b)[^;]{0,200}\Z",
    re.IGNORECASE,
)
_RESULTS = re.compile(r"\bfollowing (?:results|metrics|scores)\b|\bevaluation (?:set|results)\b", re.IGNORECASE)
_EVALUATION = re.compile(words.EVALUATION, re.IGNORECASE)


def in_front_matter(page: Page) -> Iterator[Score]:
    """Yield the values of a card's `model-index`, under the name of the dataset that stands before each."""
    matter = page.content[: page.matter.end]
    index = matter.find("model-index:")
    for match in _INDEX.finditer(matter, index) if index >= 0 else ():
        sets = list(_INDEX_SET.finditer(matter, index, match.start()))
        name = sets[-1]["name"].strip("\"' ") if sets else "model-index"
        yield Score(float(match["score"]), name, lead(page), *match.span("score"))


def in_lists(page: Page) -> Iterator[Score]:
    """Yield `Accuracy: 0.93` where it stands as a line of its own, under a heading of evaluation."""
    if page.text.kind == "paper":
        return
    for match in _ITEM.finditer(page.view, page.body):
        known = _MEASURE.search(match["name"]) or _KNOWN.match(match["name"])
        if known and not page.table_at(match.start()) and _is_under_evaluation(page, match.start()):
            yield Score(float(match["score"]), match["name"].strip(), lead(page), *match.span())


def _is_under_evaluation(page: Page, place: int) -> bool:
    """Whether the heading above a line, or words shortly before it, announce results."""
    before = page.view[max(page.body, place - LIST_REACH) : place]
    return bool(_EVALUATION.search(page.heading(place)) or _RESULTS.search(before))


def in_prose(page: Page) -> Iterator[Score]:
    """Yield the scores that sentences about the own models state; gains over others are none."""
    for match in islice(_FIGURE.finditer(page.view, page.body), MAX_FIGURES):
        start, end = match.span()
        low, high = page.sentence(start)
        before, after = page.view[max(low, start - REACH) : start], page.view[end : min(high, end + REACH)]
        if _is_no_score(before, after, is_share=bool(match["percent"])) or page.table_at(start):
            continue
        if not _ACHIEVES.search(page.view, low, high):
            continue
        name = _benchmark(before, after)
        if not name:
            continue
        subject = _subject(page, start, end, name)
        if subject:
            yield Score(float(match["score"]), name.strip(" .-"), subject, start, end)


def _is_no_score(before: str, after: str, *, is_share: bool) -> bool:
    """Whether a figure is a gain, a quantity of something else, or part of a name: `Foo 2.0`."""
    if _GAIN_AFTER.match(after) or _GAIN.search(before):
        return True
    if is_share:
        return False
    version = _VERSION.search(before)
    return not _CLOSED.match(after) or bool(version and not _MEASURE.fullmatch(version[0].strip()))


def _subject(page: Page, start: int, end: int, benchmark: str) -> str | None:
    """Return the own model whose score stands at `start:end`, if it is one's; a benchmark's own name is no rival."""
    verdict = whose(page, start, end)
    low = page.sentence(start)[0]
    if verdict.is_own or verdict.reason == "the sentence tells of experiments" or _LEADS.search(page.view[low:start]):
        return near(page, verdict)
    if verdict.name is None or not _is_of_benchmark(verdict.name.text, benchmark):
        return None
    before = page.names_in(low, start)
    own = [name.text for name in before if page.release.owns(name)]
    if own:
        return next((name for name in own if name in members(page)), lead(page))
    return lead(page) if all(_is_of_benchmark(name.text, benchmark) for name in before) else None


def _is_of_benchmark(name: str, benchmark: str) -> bool:
    """Whether what has the shape of a model's name is a benchmark or a measure."""
    return name in benchmark or bool(_MEASURE.fullmatch(name) or _KNOWN.match(name))


def _benchmark(before: str, after: str) -> str | None:
    """Return the benchmark that a figure stands with, else its measure."""
    right = _RIGHT_BEFORE.search(before)
    if right and _PROPER.search(right["name"]) and not _MEASURE.fullmatch(right["name"]):
        return right["name"]
    if known := _known(before, after):
        return known
    measured = _MEASURED.search(before) or _MEASURED_AFTER.match(after)
    on = _ON_AFTER.match(after) or _last(before)
    if measured:
        return on["name"] if on else measured["name"]
    return on["name"] if on and _PROPER.search(on["name"]) else None


def _known(before: str, after: str) -> str | None:
    """Return the well-known benchmark that follows before the next figure, else the last one before."""
    if follows := _KNOWN.search(_NEXT_FIGURE.split(after, maxsplit=1)[0]):
        return follows[0]
    known = [match[0] for match in _KNOWN.finditer(before)]
    return known[-1] if known else None


def _last(before: str) -> re.Match[str] | None:
    found = list(_ON_BEFORE.finditer(before))
    return found[-1] if found else None
