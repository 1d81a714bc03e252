"""Sizes of models in parameters, total and active, wherever a page states them, with whose they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.mentions import Mention
from extractors.page import Page
from extractors.quantities import Quantity
from extractors.subjects import Verdict, whose
from extractors.table_sizes import in_tables

_ADJECTIVES = (
    r"(?:\(?[\d.]+ ?[BM]\)?|total|overall|trainable|learnable|non-embedding|model|active|activated|"
    r"active-|activation|dense|sparse|effective|additional|extra|network|neural|unique|"
    r"transformer|backbone|llm|language|free|总|激活|活跃|可训练|的|模型|量|个|级)"
)
_NOUN_AFTER = re.compile(
    rf"^[\s)\]+-]{{0,6}}(?:\([^()]{{1,14}}\)\s?)?(?P<adjectives>(?:{_ADJECTIVES}[\s-]{{0,2}}){{0,4}})(?:pa"
    rf"rameters?|params?|参数)(?![a-z])",
    re.IGNORECASE,
)
_NOUN_BEFORE = re.compile(
    r"(?P<adjectives>\b(?:active|activated|activation|trainable|total|激活|活跃)\s?)?(?:parameters?|params?|parameter "
    r"counts?|(?:model|network|parameter) (?:sizes?|scales?|capacity)|参数量?|参数规模|(?<=[a-z] )(?<!batch "
    r")(?<!data )(?<!image )(?<!vocabulary )(?<!window )(?<!dataset )(?<!file )(?<!patch )(?<!sample "
    r")(?<!step )sizes?)"
    r"(?:\s?\(?(?:counts?|sizes?|scales?|budgets?|capacity)\)?)?[\s:=(]{0,4}(?:\b(?:of|is|are|from|at|to|"
    r"ranging|ranges?|scal\w+|spanning|between|reach\w*|up|about|around|approximately|roughly|totals?|"
    r"totaling|with|and|over|just|only|by)\b[\s:]{0,2}|[为达约是共仅有到从~≈]\s?){0,5}$",
    re.IGNORECASE,
)
_TOTAL_AFTER = re.compile(r"^\s{0,2}(?:in )?total\b|^\s?总", re.IGNORECASE)
_ACTIVE_AFTER = re.compile(
    r"^[\s(]{0,3}(?:of (?:them |which )?)?(?:is |are |being )?(?:active|activated|激活|活跃)(?! (?:users|"
    r"learning|speakers))",
    re.IGNORECASE,
)
_ACTIVE_BEFORE = re.compile(
    r"\b(?:activat(?:es|ing|e|ed|ion)|active)(?: (?:only|about|just|roughly|approximately|around|up to|"
    r"nearly|merely|over|a mere|size|params?|parameters?)){0,2}[\s(:~]{1,3}(?:is |of )?$|"
    r"激活(?:参数)?(?:量)?(?:为|约|仅|了|:|\s){0,3}$",
    re.IGNORECASE,
)
_COMPONENT = re.compile(
    r"^[\s-]{0,2}(?:\w+[\s-]){0,2}(?:adapters?|heads?|projectors?|projection|draft|lora|tokenizer|reward "
    r"model|judge|verifier|teacher|vocoder|(?:vision|image|visual|speech|audio|text) (?:encoder|tower))\b",
    re.IGNORECASE,
)
_NO_SIZE = re.compile(
    r"^[\s)+-]{0,3}(?:\([^()]{1,12}\)\s?)?(?:[\w-]+[\s-]){0,3}?(?:tokens?|words?|images?|pairs?|samples?|"
    r"examples?|sequences?|videos?|frames?|hours?|characters?|documents?|pages?|users?|people|dollars?|"
    r"usd|"
    r"bytes?|flops?|gflops|tflops|steps?|iterations?|rows?|records?|points?|requests?|queries|questions?|"
    r"vocab\w*|context|bits?|memory|gb|vram|clips?|instances?|instructions?|trajector\w+|episodes?|"
    r"edges|nodes|molecules|proteins|residues|nucleotides|base[- ]?pairs?|bps?|masks?|boxes|letters|seconds|minutes|"
    r"utterances?|sentences?|reads|clicks|interactions|events|observations|measurements|patches|captions?|downloads|"
    r"times|years|corpus|budget|"
    r"revenue|valuation|funding|cells|genomes|transactions|files|lines)\b",
    re.IGNORECASE,
)
_BARE_AFTER = re.compile(
    r"^[\s)]{0,3}-?\s?(?:[\w-]+\s){0,3}?(?:models?|variants?|versions?|scale|dense|moe|llms?|lms?|vlms?|"
    r"mllms?|base|instruct|chat|checkpoints?|class|size[ds]?|transformers?|hybrid|series|family|"
    r"backbones?|counterpart|网络|模型|版本)\b",
    re.IGNORECASE,
)
_BARE_BEFORE = re.compile(
    r"\b(?:sizes?|scales?|variants?|models?|versions?|checkpoints?|our|available (?:in|at)|includ\w+|both|"
    r"a|the|an|at|模型|规模|版本|包括)[\s:(,–-]{0,4}(?:of |at |in |and |with |from |about |approximately ){0,2}$",
    re.IGNORECASE,
)
_BARE_END = re.compile(
    r"^\s{0,3}(?:[^\w\s]|$|\n|(?:and|or|to|in|on|for|with|from|by|at|is|are|was|were|has|have|can|which|that|while|"
    r"under|using|via|as|than|both|achiev\w*|outperform\w*|surpass\w*|deliver\w*|match\w*|reach\w*|across|trained)\b|[\u3400-\u9fff])",
    re.IGNORECASE,
)
_OVER_DATA = re.compile(
    r"\b(?:trained|pre-?trained|fine-?tuned|training|dataset|corpus|data)\b[^.;]{0,12}\b(?:on|over|with|of|comprising|"
    r"using|containing|totaling)(?: (?:an?|the|about|over|approximately|roughly|nearly|around|more than)){0,2}\s{1,2}$"
)
_TRIED_ON = re.compile(r"\b(?:on|across|over|for|to)(?: (?:the|both|various|different|two|three))?\s$")
_MODELS = re.compile(r"^(?:[\s-]parameters?|[\s-]scale)?\smodels\b")
_FUTURE_AFTER = re.compile(r"^[\s)-]{0,2}(?:[\w-]+ ){0,3}?(?:coming soon|will follow|on the horizon|is planned|soon\b)")
_SPARSE = re.compile(r"(?<![\w.-])(\d{1,4}(?:\.\d{1,2})?)\s?B[-\s]{0,2}A(\d{1,3}(?:\.\d{1,2})?)B(?!\w)")
_SPARSE_AFTER = re.compile(r"^-?a\d{1,3}(?:\.\d)?b")
_TIMES_BEFORE = re.compile(r"\d\s?[x×*]\s?$|[$€£¥]\s?$|@$")


@dataclass(frozen=True, slots=True)
class Size:
    """A count of parameters at `start`, quoted by `quote`; `name` is the mention that it belongs to, if one is near."""

    value: float
    is_active: bool
    start: int
    quote: tuple[int, int]
    name: Mention | None
    confidence: float
    reason: str


@lru_cache(maxsize=4)
def sizes(page: Page) -> tuple[Size, ...]:
    """Return every size that is of a model of the document's own, in reading order."""
    found = (*_in_names(page), *_in_prose(page), *_pairs(page), *_table_sizes(page))
    return tuple(sorted(found, key=lambda size: size.start))


def _table_sizes(page: Page) -> Iterator[Size]:
    for row in in_tables(page):
        yield Size(row.value, row.is_active, row.start, (row.start, row.end), row.name, 0.93, "a table gives it")


def _in_names(page: Page) -> Iterator[Size]:
    """Sizes that own names carry: Foo-7B."""
    titled = _titled_size(page)
    for name in page.own_names:
        if name.active and name.size is None:
            yield Size(
                name.active, True, name.start, (name.start, name.end), name, 0.95, "the model's own name says it"
            )
        if name.size is None or name.size < 1e6:
            continue
        if titled and name.size != titled and not _is_presented(page, name, titled):
            continue
        if _RIVAL.search(page.view, max(0, name.start - 60), name.start) or _FUTURE.match(page.view, name.end):
            continue
        yield Size(name.size, False, name.start, (name.start, name.end), name, 0.95, "the model's own name says it")
        if name.active:
            yield Size(
                name.active, True, name.start, (name.start, name.end), name, 0.95, "the model's own name says it"
            )


_RIVAL = re.compile(
    r"\b(?:compar(?:ed|able) (?:to|with)|than|outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|versus|vs\.?|against|like|"
    r"such as)\s(?:[\w.-]+(?:,| and| or|, and)\s){0,3}$",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\s(?:\w+ ){0,2}(?:on the horizon|coming soon|will follow|is planned|in the future)")


def _titled_size(page: Page) -> float | None:
    """Return the size in the title's own name; other sizes of the same line may then be earlier models."""
    return next(
        (
            name.size or -1.0
            for name in page.own_names
            if (name.size or name.active) and name.start < len(page.text.title)
        ),
        None,
    )


_RELEASED = re.compile(
    r"\b(?:releas\w+|introduc\w+|open-?sourc\w+|present\w*|includ\w+|available|series|family|sizes|scales)\b|开源|发布",
    re.IGNORECASE,
)


def _is_presented(page: Page, name: Mention, titled: float) -> bool:
    """Whether a name of another size than the title's stands in a sentence of release, or beside the titled size."""
    if page.text.kind == "paper":
        return True
    if page.table_at(name.start):
        return False
    low, high = page.sentence(name.start)
    beside = any(
        other.size == titled
        for other in page.own_names
        if low <= other.start < high and abs(other.start - name.start) < 80
    )
    verdict = whose(page, name.start, name.end)
    return verdict.is_own and (beside or bool(_RELEASED.search(page.view, low, high)))


def _in_prose(page: Page) -> Iterator[Size]:
    inside = _spans([(name.start, name.end) for name in page.names])
    for quantity in page.quantities:
        if quantity.value < 1e5 or quantity.value > 1e15 or quantity.start in inside or page.table_at(quantity.start):
            continue
        stated = _statement(quantity)
        if stated is None:
            continue
        is_active, certainty = stated[0] or _is_first_of_pair(page, quantity), stated[1]
        verdict = _verdict(page, quantity)
        if verdict.is_own:
            yield Size(
                quantity.value,
                is_active,
                quantity.start,
                _quote(page, quantity, verdict),
                verdict.name,
                certainty * verdict.confidence,
                verdict.reason,
            )


def _is_first_of_pair(page: Page, quantity: Quantity) -> bool:
    """Whether a figure is the first of "3B/16B" said of a mixture of experts: active parameters before the total."""
    if quantity.start != quantity.first or not _SLASHED.fullmatch(page.view, quantity.first, quantity.last):
        return False
    low, high = page.sentence(quantity.start)
    return bool(_MIXTURE.search(page.view, low, high))


_SLASHED = re.compile(r"\d[\d.]{0,5}\s?B\s?/\s?\d[\d.]{0,5}\s?B")
_MIXTURE = re.compile(r"\bmixture[- ]of[- ]experts?|\bMoEs?\b", re.IGNORECASE)


def counts_parameters(quantity: Quantity) -> bool:
    """Whether the words around a figure say that it counts parameters, of whatever model."""
    return _statement(quantity) is not None


def _verdict(page: Page, quantity: Quantity) -> Verdict:
    return whose(page, quantity.first, quantity.last)


def _spans(bounds: list[tuple[int, int]]) -> frozenset[int]:
    return frozenset(place for start, end in bounds for place in range(start, end))


def _statement(quantity: Quantity) -> tuple[bool, float] | None:
    """Whether a quantity counts parameters: (active ones?, how surely), or nothing."""
    after, before = quantity.after, quantity.before
    if _TIMES_BEFORE.search(before) or _FUTURE_AFTER.match(after):
        return None
    if _MODELS.match(after) and _TRIED_ON.search(before):
        return None
    noun = _NOUN_AFTER.match(after)
    if noun:
        if _COMPONENT.match(after[noun.end() :]) or re.search(
            r"trainable|learnable|additional|extra|non-embedding|可训练", noun["adjectives"].lower()
        ):
            return None
        if re.search(r"total|overall|总", noun["adjectives"]):
            return False, 0.97
        return bool(re.search(r"activ|激活|活跃", noun["adjectives"]) or _ACTIVE_BEFORE.search(before)), 0.97
    if not quantity.scale:
        return (False, 0.9) if quantity.value >= 1e6 and _NOUN_BEFORE.search(before) else None
    if _SPARSE_AFTER.match(after):
        return None if quantity.end == quantity.last else (False, 0.8)
    return None if _NO_SIZE.match(after) else _bare(quantity)


def _bare(quantity: Quantity) -> tuple[bool, float] | None:
    """Return a quantity without its noun right after it: "22B active", "parameters: 7B", "a 7B model"."""
    after, before = quantity.after, quantity.before
    if _ACTIVE_AFTER.match(after):
        return True, 0.95
    told = _NOUN_BEFORE.search(before)
    if told:
        is_active = bool(told["adjectives"] and re.search(r"activ|激活|活跃", told["adjectives"].lower()))
        return is_active and not _TOTAL_AFTER.match(after), 0.93
    if quantity.scale.lower() not in ("b", "bn") or after.startswith("+"):
        return (
            (False, 0.85)
            if quantity.scale in ("M", "T", "billion", "million", "trillion", "亿")
            and re.match(r"^[\s-]{1,2}(?:scale )?(?:models?|variants?|versions?|模型)\b", after)
            else None
        )
    if _ACTIVE_BEFORE.search(before) and not _TOTAL_AFTER.match(after):
        return True, 0.9
    if _TOTAL_AFTER.match(after) or _BARE_AFTER.match(after):
        return False, 0.93
    if _BARE_BEFORE.search(before):
        return False, 0.85
    return (False, 0.6) if _BARE_END.match(after) and not _OVER_DATA.search(before) else None


def _quote(page: Page, quantity: Quantity, verdict: Verdict) -> tuple[int, int]:
    """Return the list that a figure stands in, its noun, and the model named shortly before it."""
    noun = _NOUN_AFTER.match(page.view[quantity.last : quantity.last + 60])
    end = quantity.last + (noun.end() if noun else 0)
    start = quantity.first
    if (
        verdict.name
        and verdict.name.end <= start
        and end - verdict.name.start <= 120
        and "\n\n" not in page.view[verdict.name.start : start]
    ):
        start = verdict.name.start
    return start, end


def _pairs(page: Page) -> Iterator[Size]:
    """`30B-A3B` standing alone: total and active at once."""
    inside = _spans([(name.start, name.end) for name in page.names])
    for match in _SPARSE.finditer(page.view):
        if match.start() in inside or page.table_at(match.start()):
            continue
        verdict = whose(page, match.start(), match.end())
        if verdict.is_own:
            for group, is_active in ((1, False), (2, True)):
                yield Size(
                    float(match[group]) * 1e9, is_active, match.start(), match.span(), verdict.name, 0.9, verdict.reason
                )
