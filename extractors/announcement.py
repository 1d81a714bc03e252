"""How likely a document is to announce a model of its own: a logistic sum over what its title and sentences say."""

import math
import re
from collections.abc import Callable
from functools import lru_cache

from extractors.page import Page
from extractors.release import KIND_AFTER, OTHER_AFTER
from extractors.sizes import sizes
from extractors.small_letters import small
from extractors.words import models
from extractors.words.announcing import PAPER_WEIGHTS, POST_WEIGHTS

_OWN_VERB = (
    r"\b(?:we|paper|work|report|study|team|article)\b[^.]{0,50}?\b(?:introduc|present|propos|releas|develop|"
    r"unveil|announc|open-?sourc|build|built|creat|train|pre-?train|describ|design|contribut|construct)\w*"
)


def _pattern(pattern: str) -> Callable[[Page], float]:
    compiled = small(pattern)
    return lambda page: float(compiled.search(page.lower) is not None)


def _in_title(pattern: str) -> Callable[[Page], float]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda page: float(compiled.search(page.text.title) is not None)


def _lead_score(page: Page) -> float:
    return min(page.release.own[0].score, 8.0) / 4 if page.release.own else 0.0


def _lead_followed(pattern: re.Pattern[str]) -> Callable[[Page], float]:
    return lambda page: float(
        any(
            pattern.match(page.view[name.end : name.end + 160])
            for name in page.own_names
            if name.start > len(page.text.title)
        )
    )


def _sizes(page: Page) -> float:
    return float(sum(size.confidence > 0.7 for size in sizes(page)) > 0)


def _named_sizes(page: Page) -> float:
    return float(any(name.size for name in page.own_names))


_PERFORMS = re.compile(
    r"^(?:'s)?[\"')\s]{0,3}(?:\([^()]{1,40}\)\s)?(?:models?\s|\w+ly\s|also\s|not only\s|can\s|"
    r"consistently\s){0,3}(?:achiev|outperform|surpass|demonstrat|generat|exhibit|match|attain|deliver|"
    r"excel|support|show|set|"
    r"obtain|reach|rank|perform|predict|exceed|establish|improv|handl|process|produc|is (?:a|an|the|"
    r"trained|pre-?trained|capable|able|available|built|designed|optimi)|was trained|scal|integrat|unif|"
    r"use|combin|learn)\w*\b"
)
_BORN = re.compile(
    r"^[\"')\s]{0,3}(?:is|was|are|were|has been)?\s?(?:\w+ly )?(?:pre-?)?(?:trained|fine-?tuned|"
    r"instruction-tuned)\b|^\s(?:models?|variants?|checkpoints?|series|family)\b"
)
_DATA = re.compile(r"benchmark|dataset|corpus|suite|bench\b", re.IGNORECASE)


def _performs(page: Page) -> float:
    """How often an own name is the subject of what models do."""
    return min(sum(bool(_PERFORMS.match(page.view[name.end : name.end + 80])) for name in page.own_names), 3) / 3


def _is_titled(page: Page) -> float:
    title = page.text.title.split(":")[0]
    return float(bool(page.release.own) and ":" in page.text.title and page.release.own[0].end <= len(title) + 1)


def _is_bench(page: Page) -> float:
    return float(
        bool(
            re.search(
                r"bench|eval|data|corpus|arena|gym|world$|agent|attack|guard|kit$|opt$|po$", page.release.lead.lower()
            )
        )
    )


def _acronyms(page: Page) -> float:
    """Return a lead that is all capitals is a method's name more often than a model's."""
    name = page.release.lead.replace("-", "")
    return float(name.isupper() and name.isalpha())


#: What is looked at, by the name that its weight has.
FEATURES: dict[str, Callable[[Page], float]] = {
    "lead_score": _lead_score,
    "lead_is_a_model": _lead_followed(KIND_AFTER),
    "lead_is_another_thing": _lead_followed(OTHER_AFTER),
    "has_lead": lambda page: float(bool(page.release.own)),
    "own_sizes": _sizes,
    "own_names_with_sizes": _named_sizes,
    "lead_performs": _performs,
    "lead_was_trained": _lead_followed(_BORN),
    "lead_is_titled": _is_titled,
    "lead_sounds_like_another_thing": _is_bench,
    "lead_is_an_acronym": _acronyms,
    "across_models": _pattern(
        r"\b(?:across|on|with|over|for|to|using|of|various|multiple|several|different|diverse|existing|"
        r"popular|modern|three|four|five|two|\d+) (?:\w+[ -]){0,3}?(?:LLMs|VLMs|MLLMs|language models|"
        r"models|architectures|backbones|model families|model sizes|base models|networks|foundation "
        r"models)\b"
        r"(?! (?:such|of comparable|of similar))[^.]{0,60}\b(?:show|demonstrat|reveal|confirm|indicat|"
        r"validat|effectiv|consistent|improv|tasks|datasets|benchmarks)"
    ),
    "existing_models": _pattern(
        r"\b(?:off-the-shelf|existing|state-of-the-art|current|frontier|popular|pre-?trained) (?:\w+[ "
        r"-]){0,3}?(?:LLMs|VLMs|MLLMs|language models|models)\b"
    ),
    "speed_up": _pattern(
        r"\b(?:speed-?ups?|throughput|latency|memory (?:usage|footprint|consumption)|kv cache|"
        r"quanti[sz]ation|prun(?:e|ing)|compress)"
    ),
    "trained_on_data": _pattern(
        r"\b(?:trained|training|fine-?tun\w+|pre-?train\w*)\b[^.]{0,60}\b(?:on|with|using|"
        r"over)\b[^.]{0,40}\d[\d.,]*\s?(?:k|m|b|million|billion|trillion|thousand|hours)?\b"
    ),
    "a_model_for": _pattern(
        rf"\b(?:an?|the first|our) (?:[\w-]+[ ,]){{1,6}}?{models.KINDS} (?:for|that|capable|designed|"
        rf"which|trained|with|to)\b"
    ),
    "generates": _pattern(
        r"\b(?:text-to-\w+|image-to-\w+|speech-to-\w+|generation model|world model|video generation|"
        r"speech synthesis|recognition model|forecast\w* model|embedding model|reasoning model|code model|"
        r"audio language model)"
    ),
    "title_names_a_model": _in_title(rf"^[^:]{{2,40}}:.*\b{models.KINDS}\b"),
    "title_is_a_report": _in_title(
        r"technical report|system card|model card|\brelease\b|announcing|introducing|\d\s?B\b"
    ),
    "title_is_a_survey_or_benchmark": _in_title(
        r"benchmark|dataset|survey|review|evaluat|assess|corpus|perspective|position paper|challenge|leaderboard|\?"
    ),
    "releases_weights": _pattern(
        r"\b(?:releas|open-?sourc|publish|make|made|mak|shar|provid|availab)\w*\b[^.]{0,80}\b(?:weights?|"
        r"checkpoints?|models?)\b|\b(?:weights?|checkpoints?|models?)\b[^.]{0,80}\b(?:released?|"
        r"open-?sourced?|publicly|available)\b"
    ),
    "family": _pattern(r"\b(?:family|suite|series|collection) of\b[^.]{0,60}\b" + models.KINDS),
    "introduces_a_model": _pattern(
        _OWN_VERB
        + (
            r"\b[^.,;:]{0,90}?\b(?:model|LLM|VLM|MLLM|SLM|VLA|transformer|network|foundation models?|"
            r"autoencoder|checkpoint|encoder)s?\b"
        )
    ),
    "introduces_another_thing": _pattern(_OWN_VERB + rf"\b[^.,;:]{{0,60}}?\b{models.OTHER_KINDS}\b"),
    "our_model": _pattern(
        r"\b(?:our|this|the (?:resulting|proposed|final)) (?:\w+ ){0,2}?(?:models?|LLMs?|VLMs?|MLLM|network)\b"
    ),
    "foundation": _pattern(r"\bfoundation model|\bgeneralist\b|\bflagship\b"),
    "trained_from_scratch": _pattern(
        r"\bfrom scratch\b|\bpre-?trained on\b|\btrained on (?:over |more than |about |approximately |"
        r"nearly )?\d|\btrillion tokens|\bpre-?train(?:ed|ing) (?:corpus|data|set)"
    ),
    "evaluates": _pattern(
        r"\bwe (?:\w+ )?(?:evaluate|benchmark|test|assess|compare|survey|review|analy[sz]e|investigate|"
        r"examine|study|argue|prove)\b|\bthis (?:survey|review|paper (?:surveys|reviews|examines|"
        r"investigates|argues|explores|analy[sz]es))"
    ),
    "method": _pattern(
        r"\btraining-free|\bplug-and-play|\binference-time|\bwithout (?:any )?(?:additional |extra "
        r")?(?:training|fine-?tuning|retraining)|\b(?:novel|new|simple) (?:\w+ ){0,3}?(?:framework|method|"
        r"approach|algorithm|strategy|technique|paradigm)"
    ),
    "best": _pattern(r"\bstate-of-the-art\b|\bSOTA\b|\boutperform|\bsurpass|\bcomparable to\b|\bcompetitive\b"),
    "comparable": _pattern(
        r"\b(?:open-?weights?|open-?source|proprietary|closed-?source|commercial|similar-?siz|comparable "
        r"siz|leading)\w*\s(?:\w+ ){0,2}?(?:models?|LLMs?|VLMs?|systems?|alternatives)\b"
    ),
}


def features(page: Page) -> dict[str, float]:
    """Return the value of every feature, 0 to 2."""
    return {name: feature(page) for name, feature in FEATURES.items()}


@lru_cache(maxsize=4)
def probability(page: Page) -> float:
    """Return the probability (0 to 1) that a document announces a model of its own."""
    if page.text.kind == "card":
        return _card(page)
    weights = PAPER_WEIGHTS if page.text.kind == "paper" else POST_WEIGHTS
    total = weights["bias"] + sum(
        weights.get(name, 0.0) * value for name, value in features(page).items() if weights.get(name)
    )
    return round(1 / (1 + math.exp(-total)), 4)


_NO_MODEL = re.compile(r"\bdatasets?\b|\bspaces?\b|\bbenchmark\b|\bdirectory\b|\bdata\b", re.IGNORECASE)
_MODEL = re.compile(rf"\b{models.KINDS}\b", re.IGNORECASE)


def _card(page: Page) -> float:
    """Return a card describes a model, unless it speaks of data and hardly of models."""
    head = page.view[page.body : page.body + 3000]
    speaks = len(_MODEL.findall(head))
    if not speaks and not page.matter.entries:
        return 0.1
    return 0.3 if len(_NO_MODEL.findall(page.view[:400])) > 1 and speaks < 3 else 0.95
