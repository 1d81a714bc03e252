"""How many parameters a decoder has, computed from its config.json; what is not known for certain is not counted.

Counted are the weights that belong to the language model: embeddings, layers, norms, biases and output. A head for
predicting several tokens at once, which some makers ship beside the model, is none of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard

from extractors.words.architectures import FORMS, Experts, Flag, Form, QKNorm

Config = Mapping[str, object]

#: No dimension of a model is larger; a config beyond it is a mistake or a joke.
LARGEST = 10_000_000

_HEADS = ("ForCausalLM", "LMHeadModel")


@dataclass(frozen=True, slots=True)
class Count:
    """All parameters, and those that a token passes through: all but the experts not chosen (None if dense).

    Both include the embeddings of input and output.
    """

    total: int
    active: int | None


class _UnknownError(Exception):
    """A key is missing or holds no possible number."""


def count(config: Config) -> Count | None:
    """Return what a config.json makes; None for a type, a head, a key or a number that is not known."""
    form = FORMS.get(str(config.get("model_type")))
    if form is None or not _is_decoder(config):
        return None
    try:
        return _count(config, form)
    except _UnknownError:
        return None


def _is_decoder(config: Config) -> bool:
    """Whether the config is of a whole language model: a classifier or an adapter has another head."""
    named = config.get("architectures")
    return not isinstance(named, list) or all(isinstance(name, str) and name.endswith(_HEADS) for name in named)


def _count(config: Config, form: Form) -> Count:
    hidden, layers = _number(config, "hidden_size"), _number(config, "num_hidden_layers")
    sparse = _sparse_layers(config, form.experts, layers) if form.experts else 0
    each = _norms(form, hidden) + _attention(config, form, hidden)
    total = _ends(config, form, hidden) + layers * each
    if layers > sparse:
        total += (layers - sparse) * _feed_forward(config, form, hidden, _number(config, "intermediate_size"))
    if not form.experts:
        return Count(total, None)
    common, expert, number, chosen = _mixture(config, form.experts, hidden)
    return Count(total + sparse * (common + number * expert), total + sparse * (common + chosen * expert))


def _ends(config: Config, form: Form, hidden: int) -> int:
    """Embeddings, output and the last norm."""
    vocabulary = _number(config, "vocab_size")
    is_tied = bool(config.get("tie_word_embeddings", form.is_tied))
    output = 0 if is_tied else vocabulary * hidden
    return vocabulary * hidden + output + vocabulary * form.has_head_bias + hidden * (1 + form.has_norm_bias)


def _norms(form: Form, hidden: int) -> int:
    return form.norms * hidden * (1 + form.has_norm_bias)


def _attention(config: Config, form: Form, hidden: int) -> int:
    if form.is_latent:
        return _latent_attention(config, hidden)
    heads = _number(config, "num_attention_heads")
    pairs = _number(config, "num_key_value_heads", heads if "num_key_value_heads" in form.may_omit else None)
    width = _number(config, "head_dim", _exact(hidden, heads) if "head_dim" in form.may_omit else None)
    rows = (heads + 2 * pairs) * width
    biases = rows * _is(config, form.qkv_bias) + hidden * _is(config, form.out_bias)
    sinks = heads if form.has_sinks else 0
    return hidden * rows + heads * width * hidden + biases + sinks + _qk_norms(config, form, (heads, pairs, width))


def _qk_norms(config: Config, form: Form, shape: tuple[int, int, int]) -> int:
    heads, pairs, width = shape
    if form.qk_norm is QKNorm.ALL:
        return (heads + pairs) * width
    return 2 * width if form.qk_norm is QKNorm.HEAD or config.get("use_qk_norm") is True else 0


def _latent_attention(config: Config, hidden: int) -> int:
    """Attention whose keys and values pass through a narrow layer (https://arxiv.org/abs/2405.04434, section 2.1)."""
    if config.get("attention_bias"):
        raise _UnknownError
    heads, narrow = _number(config, "num_attention_heads"), _number(config, "kv_lora_rank")
    plain, turned = _number(config, "qk_nope_head_dim"), _number(config, "qk_rope_head_dim")
    values = _number(config, "v_head_dim")
    queries = heads * (plain + turned)
    rank = _number(config, "q_lora_rank") if config.get("q_lora_rank") is not None else 0
    asking = hidden * rank + rank + rank * queries if rank else hidden * queries
    return asking + hidden * (narrow + turned) + narrow + narrow * heads * (plain + values) + heads * values * hidden


def _feed_forward(config: Config, form: Form, hidden: int, width: int) -> int:
    up = 2 if form.is_gated else 1
    return (up + 1) * hidden * width + (up * width + hidden) * _is(config, form.mlp_bias)


def _mixture(config: Config, experts: Experts, hidden: int) -> tuple[int, int, int, int]:
    """Return what a layer has once, the size of an expert, how many there are, and how many a token is sent to."""
    number, chosen = _first(config, experts.count), _first(config, experts.chosen)
    width = _number(config, experts.width)
    expert = 3 * hidden * width + (2 * width + hidden) * experts.has_bias
    router = number * (hidden + experts.has_bias + _is(config, experts.has_correction))
    if chosen > number:
        raise _UnknownError
    return router + _shared(config, experts, hidden, width), expert, number, chosen


def _shared(config: Config, experts: Experts, hidden: int, width: int) -> int:
    if experts.shared_count and config.get(experts.shared_count):
        return 3 * hidden * width * _number(config, experts.shared_count)
    if experts.shared_width:
        return 3 * hidden * _number(config, experts.shared_width) + hidden * experts.has_shared_gate
    return 0


def _sparse_layers(config: Config, experts: Experts, layers: int) -> int:
    """Return how many layers are mixtures."""
    if experts.has_dense_start:
        start = config.get("first_k_dense_replace")
        if not _is_whole(start) or start > layers or config.get("moe_layer_freq", 1) != 1:
            raise _UnknownError
        return layers - start
    if experts.has_steps and (config.get("decoder_sparse_step", 1) != 1 or config.get("mlp_only_layers")):
        raise _UnknownError
    return layers


def _is(config: Config, flag: Flag) -> bool:
    return bool(config.get(flag, False)) if isinstance(flag, str) else flag


def _first(config: Config, keys: tuple[str, ...]) -> int:
    return _number(config, next((key for key in keys if key in config), keys[0]))


def _number(config: Config, key: str, otherwise: int | None = None) -> int:
    value = config.get(key)
    if value is None:
        value = otherwise
    if not _is_whole(value) or not 0 < value <= LARGEST:
        raise _UnknownError
    return value


def _exact(whole: int, parts: int) -> int | None:
    return whole // parts if whole % parts == 0 else None


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
