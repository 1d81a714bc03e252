"""What tells a document that announces a model from others: yes-or-no facts of its title and sentences."""

import re
from collections.abc import Callable

from extractors.page import Page
from extractors.release import KIND_AFTER, OTHER_AFTER
from extractors.sizes import sizes
from extractors.small_letters import small
from extractors.words import models

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


def _is_bench(page: Page) -> float:
    return float(
        bool(
            re.search(
                r"bench|eval|data|corpus|arena|gym|world$|agent|attack|guard|kit$|opt$|po$", page.release.lead.lower()
            )
        )
    )


_SOUNDS = re.compile(
    r"(?:GPT|M?LLM|LM|VLM|VLA|BERT|[Ff]ormer|[Nn]et|Diff|Diffusion|[Cc]oder|[Pp]rover|L[Ll]a[Mm][Aa]|Qwen|VL|[Oo]mni|"
    r"Gen|Math|Chat|TTS|CLIP|VAE|SAM|T5|MoE|Med|Mamba|R1|R-?Zero|Audio|Speech|Video|Voice|Thinker|Reasoner|Instruct|"
    r"Embed\w*|Reward|RM)(?=\b|-|\d|[A-Z])"
)


def _sounds_like_a_model(page: Page) -> float:
    return float(bool(page.release.own) and _SOUNDS.search(page.release.lead) is not None)


def _has_version(page: Page) -> float:
    """Return whether the lead counts versions; `Text2Video` and `4D` count none."""
    return float(
        bool(page.release.own)
        and any(map(str.isdigit, page.release.own[0].stem))
        and not re.search(r"(?<=[A-Za-z])2(?=[A-Za-z])|[34]D", page.release.lead)
    )


def _title_kind(page: Page) -> float:
    return float(_KIND.search(page.text.title.partition(":")[2] or page.text.title) is not None)


_KIND = re.compile(rf"\b{models.KINDS}\b", re.IGNORECASE)
_NAMED_TITLE = re.compile(r"[^\s:]{2,25}(?:\s[\w.+-]{1,8})?:")


#: What is looked at, by the name that its weight has.
FEATURES: dict[str, Callable[[Page], float]] = {
    "lead_score": _lead_score,
    "lead_is_a_model": _lead_followed(KIND_AFTER),
    "lead_is_another_thing": _lead_followed(OTHER_AFTER),
    "own_sizes": _sizes,
    "own_names_with_sizes": _named_sizes,
    "lead_sounds_like_another_thing": _is_bench,
    "existing_models": _pattern(
        r"\b(?:off-the-shelf|existing|state-of-the-art|current|frontier|popular|pre-?trained) (?:\w+[ "
        r"-]){0,3}?(?:LLMs|VLMs|MLLMs|language models|models)\b"
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
    "title_is_a_survey_or_benchmark": _in_title(
        r"benchmark|dataset|survey|review|evaluat|assess|corpus|perspective|position paper|challenge|leaderboard|\?"
    ),
    "releases_weights": _pattern(
        r"\b(?:releas|open-?sourc|publish|make|made|mak|shar|provid|availab)\w*\b[^.]{0,80}\b(?:weights?|"
        r"checkpoints?|models?)\b|\b(?:weights?|checkpoints?|models?)\b[^.]{0,80}\b(?:released?|"
        r"open-?sourced?|publicly|available)\b|(?:模型|权重|参数)[^。]{0,40}(?:开源|开放|下载)|开源[^。]{0,20}模型"
    ),
    "introduces_a_model": _pattern(
        _OWN_VERB
        + (
            r"\b[^.,;:]{0,90}?\b(?:model|LLM|VLM|MLLM|SLM|VLA|transformer|network|foundation models?|"
            r"autoencoder|checkpoint|encoder)s?\b|(?:发布|推出|介绍|提出|开源)[^。]{0,60}(?:模型|大模型)"
        )
    ),
    "introduces_another_thing": _pattern(_OWN_VERB + rf"\b[^.,;:]{{0,60}}?\b{models.OTHER_KINDS}\b"),
    "our_model": _pattern(
        r"\b(?:our|this|the (?:resulting|proposed|final)) (?:\w+ ){0,2}?(?:models?|LLMs?|VLMs?|MLLM|network)\b|"
        r"本模型|该模型|我们的模型"
    ),
    "foundation": _pattern(r"\bfoundation model|\bgeneralist\b|\bflagship\b"),
    "trained_from_scratch": _pattern(
        r"\bfrom scratch\b|\bpre-?trained on\b|\btrained on (?:over |more than |about |approximately |"
        r"nearly )?\d|\btrillion tokens|\bpre-?train(?:ed|ing) (?:corpus|data|set)|预训练|万亿\s?(?:个\s?)?token"
    ),
    "best": _pattern(r"\bstate-of-the-art\b|\bSOTA\b|\boutperform|\bsurpass|\bcomparable to\b|\bcompetitive\b"),
    "lead_sounds_like_a_model": _sounds_like_a_model,
    "lead_has_a_version": _has_version,
    "title_begins_with_a_name": lambda page: float(_NAMED_TITLE.match(page.text.title) is not None),
    "title_names_a_kind": _title_kind,
    "title_is_a_study": _in_title(
        r"understanding|study|analysis|empirical|investigat|exploring|towards|rethinking|revisit|lessons|"
        r"scaling law|toward|improving|enhancing|learning to|via\b"
    ),
    "code_and_models": _pattern(
        r"\b(?:code|data|datasets?|benchmark|demo|recipes?)\b[^.]{0,30}?\b(?:and|,|&) (?:the |our |all |trained |"
        r"pre-?trained )?(?:models?|weights|checkpoints?)\b|\bmodels?,? (?:and |, )?(?:the |our |training )*"
        r"(?:code|data|dataset)|\b(?:model|pre-?trained|trained) (?:weights|checkpoints?)"
    ),
    "stages": _pattern(
        r"\b(?:two|three|four|multi|2|3)-(?:stage|phase|step)\b|\b(?:pre|post|mid)-?training\b|"
        r"\bsupervised fine-?tuning|\bsft\b|\binstruction[- ]tun|\bcurriculum"
    ),
    "findings": _pattern(
        r"\b(?:we (?:\w+ )?(?:find|found|observe|discover|identify|argue|hypothesi[sz]e|reveal)|our (?:findings|"
        r"analysis|results|study|experiments) (?:\w+ )?(?:show|suggest|reveal|indicat|demonstrat|highlight|provide))"
    ),
    "theory": _pattern(r"\b(?:theor(?:y|etical\w*|em)|prove|convergence|bounds?\b|algorithm)"),
    "attack": _pattern(r"\b(?:attack|jailbreak|adversarial|backdoor|watermark|privacy|unlearn)"),
    "trains": _pattern(
        r"\bwe (?:\w+ )?(?:train|fine-?tun|pre-?train|post-?train|instruction-tune|scale)\w*\b|\b(?:by|through|via) "
        r"(?:continu\w+ |supervised |instruction )?(?:pre-?train|fine-?tun|train|post-?train)ing\b"
    ),
    "training_free": _pattern(
        r"\btraining-free|\bplug-and-play|\bwithout (?:any )?(?:additional |further )?(?:training|fine-?tuning)"
    ),
    "large_model": _pattern(
        r"\b(?:language|foundation|multi-?modal|vision-language|speech|audio|reasoning) (?:\w+ )?models?\b|\bm?llms?\b|"
        r"\bvlms?\b|\bvlas?\b"
    ),
    "is_a_post": lambda page: float(page.text.kind == "post"),
}


def features(page: Page) -> dict[str, float]:
    """Return the value of every feature, 0 to 2."""
    return {name: feature(page) for name, feature in FEATURES.items()}
