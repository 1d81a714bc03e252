"""Labelled sentences of our own: what each field takes from them, and what it leaves."""

from collections.abc import Callable

import pytest

Values = Callable[..., set[object]]

PARAMETERS = (
    ("Foobar is a 7B-parameter language model.", {7e9}),
    ("Foobar is a 7-billion-parameter language model.", {7e9}),
    ("Foobar is a seven billion parameter model for chat.", {7e9}),
    ("Foobar has 1.5 trillion parameters.", {1.5e12}),
    ("We release Foobar in three sizes: 7B, 13B and 70B.", {7e9, 13e9, 70e9}),
    ("The Foobar models range from 1B to 70B parameters.", {1e9, 70e9}),
    ("Foobar comes with over 100B parameters.", {1e11}),
    ("Foobar has 235B total parameters, 22B active.", {235e9}),
    ("We release Foobar-671B-A37B today.", {671e9}),
    ("Foobar has 322,430,160 parameters.", {322430160.0}),
    ("Foobar 拥有 3550 亿总参数量。", {355e9}),
    ("Foobar 是一个 1.2 万亿参数的模型。", {1.2e12}),
    ("Foobar 有 ７Ｂ 参数。", {7e9}),
    ("Foobar has 7\u00a0B parameters.", {7e9}),
    ("Foobar has 7\u200bB parameters.", {7e9}),
    ("Our 3B model runs on a phone.", {3e9}),
    ("Foobar counts $1.5\\times10^{12}$ parameters.", {1.5e12}),
    ("| Total Parameters | 1T |\n|---|---|\n| Layers | 61 |\n| Total Parameters | 1T |", {1e12}),
)

NO_PARAMETERS = (
    "Foobar outperforms GPT-3 175B on every task.",
    "Foobar is better than models with over 100B parameters.",
    "Foobar was distilled from Llama-3-70B.",
    "Foobar beats the 72B baseline.",
    "Foobar is a mixture of experts, 8x7B, like others before it.",
    "Foobar was trained on 15T tokens.",
    "Foobar has a context window of 128K tokens.",
    "Foobar has a vocabulary of 256K entries.",
    "Foobar was trained with a batch size of 4M tokens.",
    "Foobar is 7x smaller than its rivals.",
    "We raised $5B in funding.",
    "Foobar is used by 2B users.",
    "Foobar was evaluated on 1.2M images.",
    "The adapter of Foobar adds 20M trainable parameters.",
    "Foobar is trained on 400M image-text pairs.",
    "Mistral 7B and Gemma-2-27B are well known.",
    "Foobar needs 16 GB of memory.",
    "Version 3.5.1 of Foobar is out.",
)

TOKENS = (
    ("Foobar was trained on 15T tokens.", {15e12}),
    ("Foobar was pre-trained on over 2 trillion tokens of text.", {2e12}),
    ("We pre-train Foobar from scratch on 36 trillion multilingual tokens.", {36e12}),
    ("Foobar is trained on 2-4 trillion tokens.", {2e12, 4e12}),
    ("Foobar was first trained on 200B tokens, followed by 20B tokens of mathematics.", {2e11, 2e10}),
    ("Foobar 在 18 万亿 tokens 上训练。", {18e12}),
)

NO_TOKENS = (
    "Foobar has a context window of 128K tokens.",
    "Foobar processes sequences up to 4.2 billion tokens.",
    "Foobar has a vocabulary of 100M tokens.",
    "Foobar generates 50M tokens per second on our cluster.",
    "Llama-3-70B was trained on 15T tokens.",
    "The price is $2 per 1M tokens.",
)

CONTEXT = (
    ("Foobar supports a context length of 128K tokens.", {128e3}),
    ("Foobar has a 1M-token context window.", {1e6}),
    ("Its context window is 32,768 tokens.", {32768.0}),
    ("Foobar 的上下文长度为 256K。", {256e3}),
)

NO_CONTEXT = (
    "Foobar was trained on 128B tokens.",
    "Foobar answers 128K requests a day.",
    "GPT-4 has a context window of 128K tokens.",
    "A batch of 32K tokens was used to train Foobar.",
)

OPEN = (
    ("We release the weights of Foobar.", {True}),
    ("Foobar is an open-weight model.", {True}),
    ("The model checkpoints are publicly available on Hugging Face.", {True}),
    ("The weights of Foobar will not be released.", {False}),
)

NO_OPEN = (
    "We release our code.",
    "Foobar outperforms all open-source models.",
    "The benchmark is publicly available.",
    "license: mit",
)

LICENSES = (
    ("Foobar is released under the Apache 2.0 license.", {"Apache-2.0"}),
    ("---\nlicense: mit\n---\nFoobar is a model.", {"MIT"}),
    ("The weights are licensed under CC BY-NC 4.0.", {"CC-BY-NC-4.0"}),
)

NO_LICENSES = (
    "Foobar was made by a team at MIT.",
    "---\nlicense: other\n---\nFoobar is a model.",
    "Please commit your changes.",
)

BASES = (
    ("---\nbase_model: Qwen/Qwen2.5-7B\n---\nFoobar is a model.", {"Qwen/Qwen2.5-7B"}),
    ("Foobar is fine-tuned from Llama-3.1-8B.", {"Llama-3.1-8B"}),
    ("Foobar is built on top of Mistral-7B.", {"Mistral-7B"}),
)

NO_BASES = (
    "Foobar outperforms Llama-3.1-8B.",
    "Foobar is trained from scratch.",
    "Foobar uses the tokenizer of GPT-4o.",
)


@pytest.mark.parametrize(("text", "expected"), PARAMETERS)
def test_parameters_of_the_own_model_are_read(values: Values, text: str, expected: set[float]) -> None:
    assert values("parameters", text) == expected


@pytest.mark.parametrize("text", NO_PARAMETERS)
def test_figures_that_are_no_parameters_of_the_own_model_are_left(values: Values, text: str) -> None:
    assert values("parameters", text) == set()


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_training_tokens_are_read(values: Values, text: str, expected: set[float]) -> None:
    assert values("training_tokens", text) == expected


@pytest.mark.parametrize("text", NO_TOKENS)
def test_other_counts_of_tokens_are_left(values: Values, text: str) -> None:
    assert values("training_tokens", text) == set()


@pytest.mark.parametrize(("text", "expected"), CONTEXT)
def test_context_lengths_are_read(values: Values, text: str, expected: set[float]) -> None:
    assert values("context_length", text) == expected


@pytest.mark.parametrize("text", NO_CONTEXT)
def test_figures_that_are_no_context_length_are_left(values: Values, text: str) -> None:
    assert values("context_length", text) == set()


@pytest.mark.parametrize(("text", "expected"), OPEN)
def test_words_of_release_tell_whether_weights_are_open(values: Values, text: str, expected: set[bool]) -> None:
    assert values("open_weights", text) == expected


@pytest.mark.parametrize("text", NO_OPEN)
def test_code_data_and_licence_lines_are_no_words_of_release(values: Values, text: str) -> None:
    assert values("open_weights", text) == set()


@pytest.mark.parametrize(("text", "expected"), LICENSES)
def test_licences_are_read_in_their_short_form(values: Values, text: str, expected: set[str]) -> None:
    assert values("license", text) == expected


@pytest.mark.parametrize("text", NO_LICENSES)
def test_what_only_looks_like_a_licence_is_left(values: Values, text: str) -> None:
    assert values("license", text) == set()


@pytest.mark.parametrize(("text", "expected"), BASES)
def test_bases_are_read(values: Values, text: str, expected: set[str]) -> None:
    assert values("base_model", text) == expected


@pytest.mark.parametrize("text", NO_BASES)
def test_rivals_and_borrowed_parts_are_no_bases(values: Values, text: str) -> None:
    assert values("base_model", text) == set()


ACTIVE = (
    ("Foobar has 235B total parameters, 22B active.", {22e9}),
    ("Foobar has 671B parameters, of which 37B are activated for each token.", {37e9}),
    ("We release Foobar-30B-A3B.", {3e9}),
    ("Foobar activates only 2.5B parameters per token.", {2.5e9}),
)


@pytest.mark.parametrize(("text", "expected"), ACTIVE)
def test_active_parameters_are_told_from_total_ones(values: Values, text: str, expected: set[float]) -> None:
    assert values("active_parameters", text) == expected


@pytest.mark.parametrize(
    "text",
    ["Foobar is a dense 7B model.", "Mixtral activates 13B parameters per token.", "Foobar has 3B active users."],
)
def test_what_is_not_active_parameters_is_left(values: Values, text: str) -> None:
    assert values("active_parameters", text) == set()


MODALITIES: tuple[tuple[str, set[tuple[str, ...]], set[tuple[str, ...]]], ...] = (
    ("Foobar is a large language model.", {("text",)}, {("text",)}),
    ("Foobar is a vision-language model.", {("image", "text")}, {("text",)}),
    ("Foobar is a text-to-video model.", {("text",)}, {("video",)}),
    ("---\npipeline_tag: automatic-speech-recognition\n---\nFoobar listens.", {("audio",)}, {("text",)}),
    ("Foobar was made on a Tuesday.", set(), set()),
)


@pytest.mark.parametrize(("text", "inputs", "outputs"), MODALITIES)
def test_modalities_are_read_where_words_make_them_plain(
    values: Values, text: str, inputs: set[tuple[str, ...]], outputs: set[tuple[str, ...]]
) -> None:
    assert values("input_modalities", text) == inputs
    assert values("output_modalities", text) == outputs


RUNS: tuple[tuple[str, str, set[object]], ...] = (
    ("hardware_count", "Foobar was trained on 2,048 H800 GPUs.", {2048.0}),
    ("hardware", "Foobar was trained on 2,048 H800 GPUs.", {"H800"}),
    ("training_time", "Training Foobar took 2.79M H800 GPU hours.", {2.79e6}),
    ("training_compute", "Foobar was trained with 3.8 × 10^{25} FLOPs.", {3.8e25}),
    ("training_compute", "Training Foobar took 1.1 x 1023 FLOPs.", {1.1e23}),
    ("training_cost", "Training Foobar cost $5.6 million.", {5.6e6}),
    ("dataset_size", "Foobar was trained on 400M image-text pairs.", {4e8}),
    ("hardware_count", "Inference of Foobar needs 8 H100 GPUs.", set()),
    ("training_compute", "Our cluster sustains 1.8 ExaFLOPS throughput while training Foobar.", set()),
    ("training_time", "Foobar understands videos of 2 hours.", set()),
    ("training_cost", "Foobar costs $3 per million tokens.", set()),
    ("dataset_size", "Foobar is evaluated on a benchmark of 5,000 questions.", set()),
    ("organization", "Foobar was developed by Acme Research.", {"Acme Research"}),
    ("organization", "Foobar was trained by night.", set()),
)


@pytest.mark.parametrize(("field", "text", "expected"), RUNS)
def test_what_a_training_took_is_read_from_sentences_about_training(
    values: Values, field: str, text: str, expected: set[object]
) -> None:
    assert values(field, text) == expected
