"""What the training of the document's own models took: accelerators and their number, time, compute and cost."""

import re
from collections.abc import Iterator

from extractors.extractor import finding
from extractors.fields.training_compute import operations
from extractors.finding import Finding
from extractors.naming import near, whole
from extractors.page import Page
from extractors.quantities import Quantity
from extractors.subjects import Verdict, whose
from extractors.words.hardware import CHIPS

_CHIPS = tuple((re.compile(rf"(?<![\w-])(?:{pattern})(?![a-z]*\d)", re.IGNORECASE), name) for pattern, name in CHIPS)
_CHIP = (
    r"(?:nvidia |google |huawei |amd |single |cloud |consumer |rtx |geforce |pod "
    r")?(?:[a-z]{1,9}[\s-]?v?\d{1,5}[a-z]{0,3}s?\s|tpu[\s-]?v?\d?[ep]?\s?|gpus? |ascend "
    r")?(?:\(?\d{2,3}\s?gi?b\)?\s)?(?:sxm |pcie )?"
)
_TRAINING = re.compile(
    r"\b(?:pre-?)?train\w*|\bfine-?tun\w*|\bcompute\b|\bcosts?\b|\bbudget\b|\bcomput\w+ (?:resources|"
    r"time)|\brequir\w+|\bconsum\w+|\bscales? to\b|训练",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:inference|infer|serv(?:e|ing)|deploy\w*|evaluat\w+|throughput|latency|memory|generat\w+|"
    r"decod\w+|runs? on|sampling|annotat\w+|quanti[sz]\w+|vllm|sglang|speed|real-time|test-time|推理|部署)\b",
    re.IGNORECASE,
)
_HOURS = re.compile(
    rf"^\+?[\s-]{{0,2}}(?P<chip>{_CHIP})(?:(?P<kind>gpu|tpu|npu|accelerator|device|"
    rf"chip)[\s-]?)?(?P<unit>hours?|hrs?|days?|weeks?|months?|minutes?|mins?|h)\b"
    rf"(?![\s-](?:of|long|videos?|context|speech|audio|human|dataset|corpus|data|recordings?))",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"^\+?[\s×x-]{{0,3}}(?P<chip>{_CHIP})(?:gpus?|tpus?|npus?|accelerators?|chips?|cards|(?<=\d)s?\b|(?<=\d "
    rf"))(?![\s-]?(?:hours?|days?|weeks?|memory|h\b))",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"\b(?:a single|one) (?!\d)(?P<chip>{_CHIP})(?:gpu|tpu)\b", re.IGNORECASE)
_TRAINED_ON = re.compile(
    r"(?:\b(?:pre-?|fine-?)?(?:train|tun)(?:ed|ing)\b[^.;\n]{0,60}?\b(?:on|using|with)\s|\b(?:hardware(?: type)?|gpus?|"
    r"accelerators?)\s?[:|]\s{0,3})(?:an? |the |one |several |multiple |\d{1,6} ?[x×]? ?)?"
    r"(?P<chip>(?:nvidia |google |cloud |huawei |amd |geforce )*(?:tpu|rtx|ascend|gb?\d{3}|[habv]\d{2,3}|l40|mi\d{3}|"
    r"gaudi|trainium)[\w -]{0,10})",
    re.IGNORECASE,
)
_TOOK = re.compile(
    r"\b(?:in|over|within|under|only|just|merely|for|takes?|took|taking|requir\w+|times?|than|around|about|approximately|of|to|less)"
    r"(?: (?:a |an )?(?:only|just|under|less than|about|approximately|roughly|total of))? $"
    r"|\b(?:time|duration|hours used)\s?[:|=]\s{0,3}$"
)
_OF_DATA = re.compile(
    r"\b(?:data(?:sets?)?|corpus|corpora|speech|audio|recordings?|videos?|set|clips?) of [\w ,~]{0,20}$"
)
_CLAUSE_OF_ANOTHER = re.compile(r"[,\s(]{1,3}(?:which|that|whose|where) [^,;]{0,40}")
_LABELLED = re.compile(
    r"[\s\W]{0,6}(?:training |pre-?training |fine-?tuning |used )?(?:hardware(?: type| used)?|gpus?(?: used)?|"
    r"accelerators?|training (?:time|duration|resources|cost|compute)|hours used|compute(?: used| resources)?)\s?[:|=]",
    re.IGNORECASE,
)
_COST = re.compile(r"(?:\$|US\$|USD)\s?$", re.IGNORECASE)
_COST_AFTER = re.compile(r"^\s?(?:us )?(?:dollars|usd)\b|^\s?美元", re.IGNORECASE)


def find(page: Page) -> Iterator[Finding]:
    """Yield what sentences about training state, each field and value once."""
    seen = set()
    for found in (*_counted(page), *_singles(page), *_named(page)):
        if (found.field, found.value, found.unit) not in seen:
            seen.add((found.field, found.value, found.unit))
            yield found


def _counted(page: Page) -> Iterator[Finding]:
    for quantity in page.quantities:
        if not page.table_at(quantity.start):
            yield from _read(page, quantity)


def _singles(page: Page) -> Iterator[Finding]:
    """Yield the one accelerator of "on a single H100 GPU"."""
    for match in _SINGLE.finditer(page.view, page.body):
        verdict = _judge(page, match.start(), match.end())
        if verdict is None:
            continue
        subject, confidence = near(page, verdict), round(0.9 * verdict.confidence, 3)
        yield finding(page, "hardware_count", 1.0, subject, match.span(), confidence=confidence, reason=verdict.reason)
        chip = chip_in(page.view, *match.span())
        if chip:
            yield finding(page, "hardware", chip, subject, match.span(), confidence=confidence, reason=verdict.reason)


def _named(page: Page) -> Iterator[Finding]:
    """Yield the accelerators that words of training name without a number: "trained on TPU v4"."""
    for match in _TRAINED_ON.finditer(page.view, page.body):
        chip = chip_in(page.view, *match.span("chip"))
        verdict = _judge(page, *match.span("chip")) if chip else None
        if chip and verdict:
            yield finding(
                page,
                "hardware",
                chip,
                whole(page),
                match.span("chip"),
                confidence=round(0.9 * verdict.confidence, 3),
                reason=verdict.reason,
            )


def _read(page: Page, quantity: Quantity) -> Iterator[Finding]:
    verdict = _judge(page, quantity.first, quantity.last)
    if verdict is None:
        return
    subject = near(page, verdict)
    confidence = round(0.94 * verdict.confidence, 3)
    for field, value, unit, end in _fields(page, quantity):
        yield finding(
            page,
            field,
            value,
            subject,
            (quantity.first, quantity.last + end),
            unit=unit,
            confidence=confidence,
            reason=verdict.reason,
        )
        chip = (
            chip_in(page.view, quantity.last, quantity.last + end)
            if field in ("training_time", "hardware_count")
            else None
        )
        if chip:
            yield finding(
                page,
                "hardware",
                chip,
                whole(page),
                (quantity.first, quantity.last + end),
                confidence=confidence,
                reason=verdict.reason,
            )


def _judge(page: Page, start: int, end: int) -> Verdict | None:
    """Say whose training took what stands at `start:end`; None where it is no training, or another model's.

    A line with a label of its own ("Hardware: 8 A100") tells of the document's model, whatever stands around it.
    """
    line = page.view.rfind("\n", 0, start) + 1
    if _LABELLED.match(page.view, line, start):
        return Verdict(True, 0.85, None, "its line has a label of training")
    low, high = page.sentence(start)
    if not _TRAINING.search(page.view, low, high) or _ELSEWHERE.search(page.view, low, high):
        return None
    verdict = whose(page, start, end)
    return verdict if verdict.is_own and not _is_of_another(page, start) else None


def _is_of_another(page: Page, start: int) -> bool:
    """Whether a figure stands in a clause about another model: "…, unlike Other-70B, which took 6e24 FLOPs"."""
    before = page.names_in(page.sentence(start)[0], start)
    return bool(
        before
        and not page.release.owns(before[-1])
        and chip_in(page.view, before[-1].start, before[-1].end) is None
        and _CLAUSE_OF_ANOTHER.match(page.view, before[-1].end, start)
    )


def _fields(page: Page, quantity: Quantity) -> Iterator[tuple[str, float, str | None, int]]:
    """Field, value, unit, and how many characters after the list the noun ends."""
    after, value = quantity.after, quantity.value
    compute = operations(page, quantity)
    hours = _HOURS.match(after)
    count = _COUNT.match(after)
    if compute:
        yield "training_compute", compute.value, None, compute.end
    elif hours and (hours["kind"] or hours["chip"].strip() or _took(quantity.before)):
        weeks = hours["unit"].lower().startswith("week")
        yield "training_time", value * 7 if weeks else value, _unit(hours), hours.end()
    elif count and 1 <= value <= 1e6 and value == int(value) and quantity.scale.lower() not in ("b", "m", "t"):
        yield "hardware_count", value, None, count.end()
    elif value >= 100 and (_COST.search(quantity.before) or _COST_AFTER.match(after)):
        yield "training_cost", value, None, 0


def _took(before: str) -> bool:
    """Whether the words before a time say that something took it; hours of data are none."""
    return bool(_TOOK.search(before)) and not _OF_DATA.search(before)


def _unit(match: re.Match[str]) -> str:
    word = {"h": "hour", "hr": "hour", "min": "minute", "week": "day"}.get(
        match["unit"].lower().rstrip("s"), match["unit"].lower().rstrip("s")
    )
    if (match["kind"] and match["kind"].lower() == "tpu") or match["chip"].lower().startswith("tpu"):
        return f"TPU-{word}"
    return f"GPU-{word}" if match["kind"] or match["chip"].strip() else word


def chip_in(view: str, start: int, end: int) -> str | None:
    """Return the accelerator that `start:end` names, in its short form."""
    for pattern, name in _CHIPS:
        match = pattern.search(view, max(start - 2, 0), end)
        if match:
            return name.format(
                *(group.upper() if group and not group.startswith("v") else group or "" for group in match.groups())
            ).strip()
    return None
