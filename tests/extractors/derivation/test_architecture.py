"""Parameters computed from a config.json, against the counts that makers and hubs publish for well-known models."""

from typing import Any

import pytest

from extractors.derivation.architecture import Count, count
from extractors.words.architectures import FORMS

Config = dict[str, Any]


def decoder(model_type: str, shape: tuple[int, int, int, int, int, int], **more: object) -> Config:
    """A config of hidden size, layers, heads, key-value heads, width of the feed-forward part, vocabulary."""
    hidden, layers, heads, pairs, width, vocabulary = shape
    return {
        "model_type": model_type,
        "hidden_size": hidden,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "num_key_value_heads": pairs,
        "intermediate_size": width,
        "vocab_size": vocabulary,
        **more,
    }


def mixture(number: int, chosen: int, width: int, **more: object) -> Config:
    """The keys of a mixture of experts as Qwen writes them."""
    return {"num_experts": number, "num_experts_per_tok": chosen, "moe_intermediate_size": width, **more}


def latent(routed: int, chosen: int, width: int, shared: int, start: int, **more: object) -> Config:
    """The keys of a mixture of experts and of its latent attention as DeepSeek writes them."""
    return {
        "kv_lora_rank": 512,
        "q_lora_rank": 1536,
        "qk_nope_head_dim": 128,
        "qk_rope_head_dim": 64,
        "v_head_dim": 128,
        "n_routed_experts": routed,
        "num_experts_per_tok": chosen,
        "moe_intermediate_size": width,
        "n_shared_experts": shared,
        "first_k_dense_replace": start,
        **more,
    }


UNTIED = {"tie_word_embeddings": False}

EXACT: dict[str, tuple[Config, int]] = {
    "Llama-2-7B": (decoder("llama", (4096, 32, 32, 32, 11008, 32000), **UNTIED), 6_738_415_616),
    "Llama-3-8B": (decoder("llama", (4096, 32, 32, 8, 14336, 128256), **UNTIED), 8_030_261_248),
    "Llama-3.2-1B": (decoder("llama", (2048, 16, 32, 8, 8192, 128256), tie_word_embeddings=True), 1_235_814_400),
    "Yi-6B": (decoder("llama", (4096, 32, 32, 4, 11008, 64000), **UNTIED), 6_061_035_520),
    "TinyLlama-1.1B": (decoder("llama", (2048, 22, 32, 4, 5632, 32000)), 1_100_048_384),
    "Mistral-7B": (decoder("mistral", (4096, 32, 32, 8, 14336, 32000)), 7_241_732_096),
    "InternLM2-7B": (decoder("internlm2", (4096, 32, 32, 8, 14336, 92544), bias=False), 7_737_708_544),
    "SmolLM3-3B": (decoder("smollm3", (2048, 36, 16, 4, 11008, 128256)), 3_075_098_624),
    "Qwen2.5-7B": (decoder("qwen2", (3584, 28, 28, 4, 18944, 152064), **UNTIED), 7_615_616_512),
    "Qwen3-8B": (decoder("qwen3", (4096, 36, 32, 8, 12288, 151936), head_dim=128, **UNTIED), 8_190_735_360),
    "Gemma-7B": (decoder("gemma", (3072, 28, 16, 16, 24576, 256000), head_dim=256), 8_537_680_896),
    "Gemma-2-9B": (decoder("gemma2", (3584, 42, 16, 8, 14336, 256000), head_dim=256), 9_241_705_984),
    "Gemma-3-1B": (decoder("gemma3_text", (1152, 26, 4, 1, 6912, 262144), head_dim=256), 999_885_952),
    "OLMo-2-32B": (decoder("olmo2", (5120, 64, 40, 8, 27648, 100352), **UNTIED), 32_234_279_936),
    "GLM-4-9B-0414": (
        decoder("glm4", (4096, 40, 32, 2, 13696, 151552), head_dim=128, attention_bias=True, **UNTIED),
        9_400_279_040,
    ),
    "StarCoder2-7B": (decoder("starcoder2", (4608, 32, 36, 4, 18432, 49152), use_bias=True), 7_173_923_840),
    "GPT-NeoX-20B": (decoder("gpt_neox", (6144, 44, 64, 64, 24576, 50432), **UNTIED), 20_554_567_680),
    "Pythia-6.9B": (decoder("gpt_neox", (4096, 32, 32, 32, 16384, 50432)), 6_857_302_016),
    "Phi-2": (decoder("phi", (2560, 32, 32, 32, 10240, 51200)), 2_779_683_840),
    "Phi-3-mini": (decoder("phi3", (3072, 32, 32, 32, 8192, 32064)), 3_821_079_552),
    "Phi-4": (decoder("phi3", (5120, 40, 40, 10, 17920, 100352)), 14_659_507_200),
}

MIXTURES: dict[str, tuple[Config, int, float]] = {
    "Mixtral-8x7B": (
        decoder("mixtral", (4096, 32, 32, 8, 14336, 32000), num_local_experts=8, num_experts_per_tok=2),
        46_702_792_704,
        12.9e9,
    ),
    "Mixtral-8x22B": (
        decoder("mixtral", (6144, 56, 48, 8, 16384, 32768), num_local_experts=8, num_experts_per_tok=2),
        140_630_071_296,
        39e9,
    ),
    "OLMoE-1B-7B": (
        decoder("olmoe", (2048, 16, 16, 16, 1024, 50304), num_experts=64, num_experts_per_tok=8),
        6_919_161_856,
        1.3e9,
    ),
    "Qwen1.5-MoE-A2.7B": (
        decoder("qwen2_moe", (2048, 24, 16, 16, 5632, 151936))
        | mixture(60, 4, 1408, shared_expert_intermediate_size=5632),
        14_315_784_192,
        2.7e9,
    ),
    "Qwen3-30B-A3B": (
        decoder("qwen3_moe", (2048, 48, 32, 4, 6144, 151936), head_dim=128) | mixture(128, 8, 768),
        30_532_122_624,
        3.3e9,
    ),
    "Qwen3-235B-A22B": (
        decoder("qwen3_moe", (4096, 94, 64, 4, 12288, 151936), head_dim=128) | mixture(128, 8, 1536),
        235_093_634_560,
        22e9,
    ),
    "DeepSeek-V2": (
        decoder("deepseek_v2", (5120, 60, 128, 128, 12288, 102400)) | latent(160, 6, 1536, 2, 1),
        235_741_434_880,
        21e9,
    ),
    "DeepSeek-V2-Lite": (
        decoder("deepseek_v2", (2048, 27, 16, 16, 10944, 102400)) | latent(64, 6, 1408, 2, 1, q_lora_rank=None),
        15_706_484_224,
        2.66e9,
    ),
    "DeepSeek-V3": (
        decoder("deepseek_v3", (7168, 61, 128, 128, 18432, 129280)) | latent(256, 8, 2048, 1, 3),
        671_026_419_200,
        37e9,
    ),
    "Kimi-K2": (
        decoder("kimi_k2", (7168, 61, 64, 64, 18432, 163840)) | latent(384, 8, 2048, 1, 1),
        1_026_408_232_448,
        32e9,
    ),
    "gpt-oss-20b": (
        decoder("gpt_oss", (2880, 24, 64, 8, 2880, 201088), head_dim=64, attention_bias=True)
        | {"num_local_experts": 32, "num_experts_per_tok": 4},
        20_914_757_184,
        4.2e9,
    ),
    "gpt-oss-120b": (
        decoder("gpt_oss", (2880, 36, 64, 8, 2880, 201088), head_dim=64, attention_bias=True)
        | {"num_local_experts": 128, "num_experts_per_tok": 4},
        116_829_156_672,
        5.7e9,
    ),
}

#: Makers round these: total and active.
ROUNDED: dict[str, tuple[Config, float, float | None]] = {
    "GLM-4.5": (
        decoder("glm4_moe", (5120, 92, 96, 8, 12288, 151552), head_dim=128, attention_bias=True, use_qk_norm=True)
        | latent(160, 8, 1536, 1, 3),
        355e9,
        32e9,
    ),
    "MiniMax-M2": (
        decoder("minimax_m2", (3072, 62, 48, 8, 1536, 200064), head_dim=128, use_routing_bias=True)
        | {"num_local_experts": 256, "num_experts_per_tok": 8},
        230e9,
        10e9,
    ),
    "GLM-4-9B": (decoder("glm", (4096, 40, 32, 2, 13696, 151552), head_dim=128, attention_bias=True), 9.4e9, None),
    "Granite-3.0-8B": (
        decoder("granite", (4096, 40, 32, 8, 12800, 49155), tie_word_embeddings=True),
        8.17e9,
        None,
    ),
}

LLAMA = EXACT["Llama-2-7B"][0]
MIXTRAL = MIXTURES["Mixtral-8x7B"][0]
QWEN_MOE = MIXTURES["Qwen3-30B-A3B"][0]
DEEPSEEK = MIXTURES["DeepSeek-V3"][0]


@pytest.mark.parametrize(("config", "total"), EXACT.values(), ids=EXACT.keys())
def test_a_dense_decoder_counts_to_the_published_parameter(config: Config, total: int) -> None:
    assert count(config) == Count(total, None)


@pytest.mark.parametrize(("config", "total", "active"), MIXTURES.values(), ids=MIXTURES.keys())
def test_a_mixture_of_experts_counts_to_the_published_parameter(config: Config, total: int, active: float) -> None:
    counted = count(config)

    assert counted
    assert counted.total == total
    assert counted.active == pytest.approx(active, rel=0.03)


@pytest.mark.parametrize(("config", "total", "active"), ROUNDED.values(), ids=ROUNDED.keys())
def test_a_model_whose_maker_rounds_is_within_a_hundredth(config: Config, total: float, active: float | None) -> None:
    counted = count(config)

    assert counted
    assert counted.total == pytest.approx(total, rel=0.01)
    assert counted.active is None if active is None else counted.active == pytest.approx(active, rel=0.11)


@pytest.mark.parametrize("key", ["hidden_size", "num_hidden_layers", "num_attention_heads", "vocab_size"])
def test_a_missing_dimension_gives_no_count(key: str) -> None:
    assert count({name: value for name, value in LLAMA.items() if name != key}) is None


NOTHING: dict[str, Config] = {
    "an unknown type": LLAMA | {"model_type": "marrow2"},
    "no type": {},
    "a type that is no word": LLAMA | {"model_type": ["llama"]},
    "a classifier": LLAMA | {"architectures": ["LlamaForSequenceClassification"]},
    "an encoder of the same type": LLAMA | {"architectures": ["LlamaModel"]},
    "a dimension in words": LLAMA | {"hidden_size": "4096"},
    "a dimension that is true": LLAMA | {"num_hidden_layers": True},
    "a dimension below zero": LLAMA | {"num_hidden_layers": -32},
    "an absurd dimension": LLAMA | {"vocab_size": 10**12},
    "a width that heads do not divide": LLAMA | {"num_attention_heads": 33},
    "heads that the class would fill in": {k: v for k, v in EXACT["Mistral-7B"][0].items() if "key_value" not in k},
    "a head's width that the class would fill in": {k: v for k, v in EXACT["Gemma-7B"][0].items() if k != "head_dim"},
    "a mixture without its experts": {k: v for k, v in MIXTRAL.items() if k != "num_local_experts"},
    "more experts chosen than there are": MIXTRAL | {"num_experts_per_tok": 9},
    "mixtures in every second layer": QWEN_MOE | {"decoder_sparse_step": 2},
    "some dense layers by number": QWEN_MOE | {"mlp_only_layers": [0]},
    "a dense start that is not told": {k: v for k, v in DEEPSEEK.items() if k != "first_k_dense_replace"},
    "more dense layers than layers": DEEPSEEK | {"first_k_dense_replace": 62},
    "latent attention with biases": DEEPSEEK | {"attention_bias": True},
    "the parts of a model that sees": {"model_type": "llava", "text_config": LLAMA},
}


@pytest.mark.parametrize("config", NOTHING.values(), ids=NOTHING.keys())
def test_what_is_not_known_is_not_counted(config: Config) -> None:
    assert count(config) is None


def test_an_old_config_without_key_value_heads_has_one_for_each_head() -> None:
    config = {key: value for key, value in LLAMA.items() if key != "num_key_value_heads"}

    assert count(config) == Count(6_738_415_616, None)


def test_a_null_stands_for_an_absent_key() -> None:
    assert count(LLAMA | {"head_dim": None}) == Count(6_738_415_616, None)


def test_every_type_is_tested() -> None:
    configs = [config for config, *_ in (*EXACT.values(), *MIXTURES.values(), *ROUNDED.values())]

    assert {config["model_type"] for config in configs} == set(FORMS)
