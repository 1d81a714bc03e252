"""Names of models and the release that they belong to: `Qwen3-235B-A22B-Instruct-2507` is of `qwen3`."""

import re
import unicodedata

_COPY_WORDS = """
gguf ggml awq gptq mlx exl2 exl3 bnb onnx openvino fp8 fp4 nvfp4 mxfp4 int4 int8 w4a16 w8a8 w8a16 2bit 3bit 4bit 5bit
6bit 8bit quantized quant imatrix uncensored abliterated heretic lora qlora adapter merge merged"""

_VARIANT_WORDS = """
instruct instruction chat base pretrained pt it hf sft dpo rl rlhf thinking reasoning nonthinking preview exp
experimental latest final release checkpoint bf16 fp16 fp32 dynamic"""

#: What a name ends in when it is a copy of a model in another format, or a merge, an adapter, a jailbreak of it.
COPIES = frozenset(_COPY_WORDS.split())

#: What distinguishes members of one release.
VARIANTS = frozenset(_VARIANT_WORDS.split())

_SIZE = re.compile(r"(?:[ae]?\d+(?:\.\d+)?[bmkt]|\d+x\d+(?:\.\d+)?b(?:\d+e)?|\d+e)")
_DATE = re.compile(r"(?:20\d\d(?:[01]\d(?:[0-3]\d)?)?|2\d[01]\d|[01]\d[0-3]\d|v\d+\.\d+\.\d+)")
_BREAK = re.compile(r"[\s\-_/:,()\[\]]+")


def fold(name: str) -> str:
    """Return a name by which spellings of it are equal: `Qwen 3–8B` and `qwen3-8b` are `qwen38b`.

    Compatible characters are joined (NFKC), invisible ones, case and punctuation dropped; a plus stays as a word.
    """
    plain = _plain(name).replace("+", "plus")
    return "".join(letter for letter in plain if letter.isalnum())


def release_key(name: str) -> str:
    """Return the normalised name of the release that a model or a family belongs to; empty if the name has no letters.

    Owner, sizes, dates and the words that tell members apart are dropped; what else stands in the name stays, so that
    `Qwen3-VL-8B` is another release than `Qwen3-8B`.
    """
    words = [word for word in _BREAK.split(_plain(name).rpartition("/")[2]) if word]
    kept = words[:1] + [word for word in words[1:] if not _SIZE.fullmatch(word)]
    while len(kept) > 1 and (kept[-1] in VARIANTS | COPIES or _DATE.fullmatch(kept[-1])):
        kept.pop()
    return fold(" ".join(kept)) or fold(name)


def is_copy_name(name: str) -> bool:
    """Whether a name says that the model is a copy: quantised, converted, merged or otherwise made over."""
    return not COPIES.isdisjoint(_BREAK.split(_plain(name).replace("-bit", "bit")))


def _plain(name: str) -> str:
    joined = unicodedata.normalize("NFKC", name).casefold()
    visible = "".join(letter for letter in joined if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFKC", visible)
