"""A cheap look at a text: whether it can announce a model at all, or state a figure of one."""

import re

from extractors.finding import Text

_OURS = re.compile(
    r"\b(?:we|this (?:paper|work|report|study)|our)\b.{0,300}?\b(?:introduc|present|propos|releas|develop|"
    r"train|pre-?train|fine-?tun|open-?sourc|scal|build|built|describ|report|design|unveil|announc|show|"
    r"contribut|creat)",
    re.IGNORECASE | re.DOTALL,
)
_PRESENTED = re.compile(
    r"\b(?:is|was|are|were) (?:pre-?)?trained (?:on|with|from)\b|\bis an? [^.]{0,80}\bmodel\b|\bactive parameters\b"
)
_MODEL = re.compile(
    r"\b(?:models?|LLMs?|MLLMs?|VLMs?|VLAs?|SLMs?|transformers?|networks?|diffusion|foundation|"
    r"pre-?train\w*|checkpoints?|weights|encoder|decoder|autoencoder|GPT|CNN|policy)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d\s?[BM]\b|\b(?:billion|million|trillion)|\bparameters?\b|\btokens?\b|\b(?:GPU|TPU)|"
    r"\bopen-?(?:source|weight)|\bweights\b|\b(?:checkpoints?|foundation|released?|publicly|available|"
    r"family|series|suite)\b|\bmodels?\b",
    re.IGNORECASE,
)


def may_announce(text: Text) -> bool:
    """Whether a close reading is worth its time; cards and posts always are."""
    if text.kind != "paper":
        return bool(text.text.strip() or text.title.strip())
    content = text.content
    return bool(
        _MODEL.search(content) and _FIGURE.search(content) and (_OURS.search(content) or _PRESENTED.search(content))
    )
