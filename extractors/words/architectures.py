"""How the layers of each known `model_type` are built, where its config.json does not say so itself.

Facts of the modelling code of Transformers (https://github.com/huggingface/transformers/tree/main/src/transformers/models).
"""

from dataclasses import dataclass
from enum import Enum

#: True or False for every config of a type, or the key of the config that says so (false where it is absent).
Flag = bool | str


class QKNorm(Enum):
    """Whether queries and keys are normalised, for each head or across all of them."""

    NONE = 0
    HEAD = 1
    ALL = 2


@dataclass(frozen=True, slots=True)
class Form:
    """The layers of a model type: `norms` of a layer, biases, gated or plain feed-forward part, tied embeddings.

    `may_omit` are keys that may be absent: there are then as many key-value heads as heads, and a head is as wide as
    the model divided by the heads. Where the class behind a type has a number of its own for them, they must be given.
    """

    norms: int = 2
    has_norm_bias: bool = False
    qkv_bias: Flag = False
    out_bias: Flag = False
    mlp_bias: Flag = False
    is_gated: bool = True
    qk_norm: QKNorm = QKNorm.NONE
    is_tied: bool = False
    has_head_bias: bool = False
    may_omit: frozenset[str] = frozenset({"head_dim"})
    experts: "Experts | None" = None
    is_latent: bool = False
    has_sinks: bool = False


@dataclass(frozen=True, slots=True)
class Experts:
    """The mixture of a model type: the keys that hold its numbers, and what its router and experts have besides."""

    count: tuple[str, ...]
    width: str
    chosen: tuple[str, ...] = ("num_experts_per_tok",)
    shared_width: str = ""
    shared_count: str = ""
    has_shared_gate: bool = False
    has_bias: bool = False
    has_correction: Flag = False
    has_dense_start: bool = False
    has_steps: bool = False


_HEADS = frozenset({"head_dim", "num_key_value_heads"})
_ALL_GIVEN: frozenset[str] = frozenset()
_QWEN_EXPERTS = Experts(("num_experts",), "moe_intermediate_size", has_steps=True)
_DEEPSEEK_EXPERTS = Experts(
    ("n_routed_experts",), "moe_intermediate_size", shared_count="n_shared_experts", has_dense_start=True
)
_CORRECTED_EXPERTS = Experts(
    ("n_routed_experts",),
    "moe_intermediate_size",
    shared_count="n_shared_experts",
    has_correction=True,
    has_dense_start=True,
)

#: Every model type whose parameters are counted.
FORMS: dict[str, Form] = {
    "llama": Form(qkv_bias="attention_bias", out_bias="attention_bias", mlp_bias="mlp_bias", may_omit=_HEADS),
    "mistral": Form(),
    "internlm2": Form(qkv_bias="bias", out_bias="bias", may_omit=_HEADS),
    "granite": Form(qkv_bias="attention_bias", out_bias="attention_bias", mlp_bias="mlp_bias", may_omit=_HEADS),
    "smollm3": Form(qkv_bias="attention_bias", out_bias="attention_bias", mlp_bias="mlp_bias", is_tied=True),
    "qwen2": Form(qkv_bias=True),
    "qwen3": Form(qkv_bias="attention_bias", out_bias="attention_bias", qk_norm=QKNorm.HEAD, may_omit=_ALL_GIVEN),
    "gemma": Form(is_tied=True, may_omit=_ALL_GIVEN),
    "gemma2": Form(norms=4, is_tied=True, may_omit=_ALL_GIVEN),
    "gemma3_text": Form(norms=4, is_tied=True, qk_norm=QKNorm.HEAD, may_omit=_ALL_GIVEN),
    "olmo2": Form(qkv_bias="attention_bias", out_bias="attention_bias", qk_norm=QKNorm.ALL, may_omit=_HEADS),
    "glm": Form(qkv_bias="attention_bias"),
    "glm4": Form(norms=4, qkv_bias="attention_bias"),
    "phi": Form(
        norms=1,
        has_norm_bias=True,
        qkv_bias=True,
        out_bias=True,
        mlp_bias=True,
        is_gated=False,
        has_head_bias=True,
        may_omit=_HEADS,
    ),
    "phi3": Form(may_omit=_HEADS),
    "gpt_neox": Form(has_norm_bias=True, qkv_bias=True, out_bias=True, mlp_bias=True, is_gated=False, may_omit=_HEADS),
    "starcoder2": Form(
        has_norm_bias=True, qkv_bias="use_bias", out_bias="use_bias", mlp_bias="use_bias", is_gated=False, is_tied=True
    ),
    "mixtral": Form(experts=Experts(("num_local_experts",), "intermediate_size")),
    "olmoe": Form(
        qkv_bias="attention_bias",
        out_bias="attention_bias",
        qk_norm=QKNorm.ALL,
        may_omit=_HEADS,
        experts=Experts(("num_experts",), "intermediate_size"),
    ),
    "qwen2_moe": Form(
        qkv_bias=True,
        experts=Experts(
            ("num_experts",),
            "moe_intermediate_size",
            shared_width="shared_expert_intermediate_size",
            has_shared_gate=True,
            has_steps=True,
        ),
    ),
    "qwen3_moe": Form(
        qkv_bias="attention_bias",
        out_bias="attention_bias",
        qk_norm=QKNorm.HEAD,
        may_omit=_ALL_GIVEN,
        experts=_QWEN_EXPERTS,
    ),
    "deepseek_v2": Form(is_latent=True, experts=_DEEPSEEK_EXPERTS),
    "deepseek_v3": Form(is_latent=True, experts=_CORRECTED_EXPERTS),
    "kimi_k2": Form(is_latent=True, experts=_CORRECTED_EXPERTS),
    "glm4_moe": Form(qkv_bias="attention_bias", may_omit=_ALL_GIVEN, experts=_CORRECTED_EXPERTS),
    "minimax_m2": Form(
        qk_norm=QKNorm.ALL,
        may_omit=_ALL_GIVEN,
        experts=Experts(("num_local_experts",), "intermediate_size", has_correction="use_routing_bias"),
    ),
    "gpt_oss": Form(
        qkv_bias="attention_bias",
        out_bias="attention_bias",
        may_omit=_ALL_GIVEN,
        has_sinks=True,
        experts=Experts(("num_local_experts", "num_experts"), "intermediate_size", has_bias=True),
    ),
}
