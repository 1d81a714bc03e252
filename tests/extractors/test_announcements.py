"""Labelled abstracts and posts of our own: which of them announce a model, and under which names."""

from collections.abc import Callable

import pytest

from extractors.announcement_features import FEATURES
from extractors.finding import Reading
from extractors.words.announcing import WEIGHTS

ReadOne = Callable[..., Reading]

ANNOUNCING = (
    (
        "paper",
        "Foobar: An Open Language Model for Law",
        (
            "We introduce Foobar, a 7B-parameter language model for legal texts, pre-trained from scratch on 1.2 "
            "trillion tokens. Foobar outperforms models of similar size. We release the model weights."
        ),
    ),
    (
        "paper",
        "Foobar-Splat: One Step to Shapes",
        (
            "We propose Foobar-Splat, a framework that generates 3D meshes from text in one step. It is a diffusion "
            "transformer with 1.5B parameters, trained on 2 million shapes in two stages. Foobar-Splat outperforms "
            "prior generators. Code and models are publicly available."
        ),
    ),
    (
        "paper",
        "Foobar-R1: Reasoning in Small Models",
        (
            "We present Foobar-R1, a reasoning model trained with supervised fine-tuning and reinforcement learning. "
            "Our model surpasses larger models in mathematics. The code, data and model weights are available."
        ),
    ),
    (
        "post",
        "Introducing Foobar 2",
        (
            "Today we are releasing Foobar 2, our newest family of open models, in 3B and 12B parameters. Foobar 2 was "
            "trained on 9T tokens. The weights of both models are available."
        ),
    ),
    (
        "post",
        "发布 Foobar-2:更快的开源语言模型",
        "我们正式发布并开源 Foobar-2 模型。Foobar-2 总参数量为 300 亿,在 12 万亿 token 上预训练。权重现已开源。",
    ),
)

NOT_ANNOUNCING = (
    (
        "paper",
        "A Survey of Long Contexts in Language Models",
        (
            "We review how large language models deal with long inputs. We find that existing models with up to 70B "
            "parameters lose what stands in the middle."
        ),
    ),
    (
        "paper",
        "FoobarBench: Can Models Count?",
        (
            "We introduce FoobarBench, a benchmark of 4,000 questions on counting. We evaluate 20 language models, and "
            "find that none counts reliably. The dataset is publicly available."
        ),
    ),
    (
        "paper",
        "A Jailbreak Attack by Rhyme",
        (
            "We present a new attack on aligned language models. Experiments on Llama-3-8B and Qwen2.5-72B show that "
            "it works on every model that we tried."
        ),
    ),
    (
        "paper",
        "Faster Decoding without Training",
        (
            "We propose a training-free method that speeds up large language models. Our method reaches 2x the "
            "throughput on LLaMA-2-70B. Our code is available."
        ),
    ),
    (
        "paper",
        "On the Convergence of Adaptive Steps",
        "We prove bounds on the convergence of adaptive optimizers, and confirm the theory on small networks.",
    ),
    ("post", "Opening an office in Turku", "We are opening an office in Turku, and look forward to meeting you there."),
    (
        "post",
        "Our partnership with Northwind",
        "Northwind will offer GPT-4 and Llama 3 70B to its customers this year.",
    ),
    ("post", "开放日", "欢迎大家来参观我们的机房。"),
)


@pytest.mark.parametrize(("kind", "title", "text"), ANNOUNCING)
def test_what_presents_a_model_is_likely_to_announce_one(read_one: ReadOne, kind: str, title: str, text: str) -> None:
    assert read_one(text, title=title, kind=kind).announces >= 0.5


@pytest.mark.parametrize(("kind", "title", "text"), NOT_ANNOUNCING)
def test_what_presents_none_is_unlikely_to_and_gives_no_sizes(
    read_one: ReadOne, kind: str, title: str, text: str
) -> None:
    reading = read_one(text, title=title, kind=kind)

    assert reading.announces < 0.5
    assert not [finding for finding in reading.findings if finding.field == "parameters"]


def test_every_feature_has_a_weight() -> None:
    assert set(WEIGHTS) == {"bias", *FEATURES}


NAMES = (
    (
        "paper",
        "Foobar Technical Report",
        (
            "We introduce Foobar, a family of language models with sizes from 0.6 to 235 billion parameters. We "
            "release the model weights."
        ),
        ("Foobar 0.6B", "Foobar 235B"),
    ),
    (
        "paper",
        "Foobar: Open Models",
        (
            "We introduce Foobar, language models with 400 million, 1.5 billion and 7 billion parameters, trained from "
            "scratch. We release the model weights."
        ),
        ("Foobar 400M", "Foobar 1.5B", "Foobar 7B"),
    ),
    (
        "post",
        "Introducing the Foobar family of lightweight open models",
        (
            "Today we are releasing Foobar, our newest models. We release weights in two sizes: 2B and 7B parameters, "
            "trained on 6T tokens."
        ),
        ("Foobar 2B", "Foobar 7B"),
    ),
    (
        "paper",
        "TECHNICAL REPORT",
        "We present Foobar, a language model with 7B parameters. We release the weights of Foobar.",
        ("Foobar",),
    ),
    (
        "paper",
        "FoobarMix: Image Editing by Many Hands",
        (
            "We propose FoobarMix, a unified framework for image editing. FoobarMix is a diffusion transformer with 2B "
            "parameters, trained in two stages on 3 million images. Code and model weights are released."
        ),
        ("FoobarMix",),
    ),
    (
        "post",
        "发布 Foobar-2:更快的开源语言模型",
        "我们正式发布并开源 Foobar-2 模型。Foobar-2 总参数量为 300 亿,在 12 万亿 token 上预训练。权重现已开源。",
        ("Foobar-2",),
    ),
)


@pytest.mark.parametrize(("kind", "title", "text", "names"), NAMES)
def test_models_are_named_as_people_name_them(
    read_one: ReadOne, kind: str, title: str, text: str, names: tuple[str, ...]
) -> None:
    assert read_one(text, title=title, kind=kind).models == names


def test_a_model_without_a_name_is_called_by_its_kind_in_few_words(read_one: ReadOne) -> None:
    reading = read_one(
        "We present a compact language model with 7B parameters for recipes, trained from scratch on 2 trillion "
        "tokens. Our model outperforms larger models. We release the model weights.",
        title="How to Cook with Few Parameters and Much Patience: On Kitchens, Pans and Words",
        kind="paper",
    )

    assert reading.models == ("compact language model",)
