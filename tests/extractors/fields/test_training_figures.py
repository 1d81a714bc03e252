"""Labelled sentences of our own: operations, data, time, hardware and context of a training run."""

from collections.abc import Callable

import pytest

from extractors.finding import Text
from extractors.pipeline import read

Values = Callable[..., set[object]]

COMPUTE = (
    ("Foobar was trained with 3.8e25 FLOPs.", {3.8e25}),
    ("The training compute of Foobar is 5 × 10^24 floating-point operations.", {5e24}),
    ("Pre-training Foobar took 3.14E23 FLOP.", {3.14e23}),
    ("Training used about $2.1\\times10^{24}$ FLOPs in total.", {2.1e24}),
    ("Foobar was trained for 3640 petaflop/s-days.", {3.14496e23}),
    ("Training took 50 PF-days.", {4.32e21}),
    ("Foobar consumed 1,200 PFLOP/s-days of compute.", {1.0368e23}),
    ("We train Foobar with a budget of 300 ZFLOPs.", {3e23}),
    ("Foobar was trained with 6.3 yottaFLOPs.", {6.3e24}),
    ("Total training compute: 1.2 x 10^22 FLOPs", {1.2e22}),
    ("Foobar was trained under budgets from $10^{18}$ to $10^{20}$ FLOPs.", {1e18, 1e20}),
    ("Our models are trained with compute budgets of $10^{18}$--$10^{20}$ FLOPs.", {1e18, 1e20}),
    ("Training Foobar required 1.7 x 1023 floating point operations (FLOPs).", {1.7e23}),
    ("Foobar 的训练总计算量约为 3×10^24 FLOPs。", {3e24}),
    ("Foobar was trained with 10²⁴ FLOPs.", {1e24}),
    ("The training run of Foobar used 2.5 × 10²³ FLOPs.", {2.5e23}),
    ("Foobar was trained using approximately 8.6 zettaFLOPs of compute.", {8.6e21}),
    ("Training compute | 4e24 FLOPs", {4e24}),
    ("Foobar cost 12 exaFLOP-days to train.", {1.0368e24}),
)

NO_COMPUTE = (
    "Foobar needs 2.5 GFLOPs per image.",
    "Foobar runs at 400 TFLOPs per GPU during training.",
    "Training Foobar sustained 1.2 exaFLOPS.",
    "Foobar uses 1.5e12 FLOPs per token at training time.",
    "GPT-3 was trained with 3.14e23 FLOPs.",
    "Foobar takes 4.1e12 FLOPs for a forward pass.",
    "The threshold for systemic risk is 10^25 FLOPs of training.",
    "Inference of Foobar costs 10^15 FLOPs.",
    "Foobar needs 3x fewer training FLOPs.",
    "Each GPU has a peak of 989 TFLOPS; training reached 40% MFU.",
    "Foobar uses less training compute than Llama-3-70B, which used 6.4e24 FLOPs.",
    "We evaluated Foobar with 1e18 FLOPs of test-time compute.",
)

DATA = (
    ("Foobar is trained on a dataset of 1.2 million image-text pairs.", {1200000.0}),
    ("Foobar was trained on 50K synthetic trajectories.", {50000.0}),
    ("We train Foobar using 10k hours of speech.", {10000.0}),
    ("Foobar is pretrained on over 1.28M whole-slide images from 100,000 patients.", {1280000.0}),
    ("Foobar learns from a corpus of 5,000 hours of audio.", {5000.0}),
    ("Foobar was fine-tuned on 60k examples.", {60000.0}),
    ("Fine-tuned with just 1,000 samples, Foobar reasons well.", {1000.0}),
    ("Foobar is trained on only 817 curated training samples.", {817.0}),
    ("Foobar was trained on 3.5M protein sequences.", {3500000.0}),
    ("Pre-trained on 36 million single-cell transcriptomes, Foobar generalizes.", {36000000.0}),
    ("Foobar has been trained on 1M real-world robot demonstrations.", {1000000.0}),
    ("We collect 2 million instruction-following examples to train Foobar.", {2000000.0}),
    ("Foobar is trained with 15M (image, text) pairs.", {15000000.0}),
    ("Foobar is trained on 400 hours of teleoperation data.", {400.0}),
    ("Trained on 12.5 million chest X-rays, Foobar detects disease.", {12500000.0}),
    ("The training set comprises 5.8M images.", {5800000.0}),
    ("The model was trained on 680k hours of labelled audio collected from the web.", {680000.0}),
    ("Foobar is trained on 1.5 billion time points.", {1500000000.0}),
    ("Foobar was trained with 100 million videos and 1 billion images.", {100000000.0, 1000000000.0}),
    ("Foobar was pretrained on 2.6 million electrocardiograms.", {2600000.0}),
    ("Foobar is trained on 27 billion time series observations.", {27000000000.0}),
    ("Training data: 1.1 million reviews.", {1100000.0}),
    ("Foobar was fine-tuned on 12,000 annotated MRI volumes.", {12000.0}),
    ("Foobar was trained on 1 billion masks and 11M images.", {11000000.0, 1000000000.0}),
    ("Foobar was trained on roughly 150,000 annotated sentences of legal text.", {150000.0}),
    ("We fine-tune on 20k prompts to obtain Foobar.", {20000.0}),
    ("Foobar was trained on 4,000 hours of egocentric video.", {4000.0}),
    ("Foobar 在 120 万小时的音频数据上训练。", {1200000.0}),
    ("Foobar was trained using 5B image-text samples.", {5000000000.0}),
    ("Foobar was trained on the Acme dataset, which contains 3.3 million utterances.", {3300000.0}),
    ("Foobar is trained on 65,000 GPT-4 generated conversations.", {65000.0}),
    ("Foobar was trained on a large dataset of over 10 million ECG recordings.", {10000000.0}),
)

NO_DATA = (
    "Foobar was evaluated on 5,000 images.",
    "Foobar was tested on 1.2M queries.",
    "Foobar has been downloaded 2 million times.",
    "Foobar is used by 5 million users.",
    "Foobar was trained for 100,000 steps.",
    "Foobar was trained for 300 hours.",
    "Foobar answers 10,000 questions a second.",
    "We release a benchmark of 4,000 problems.",
    "Foobar supports 100 languages.",
    "GPT-3 was trained on 570 million documents.",
    "Foobar was trained in 1000 epochs.",
    "Foobar has 1,000 classes in its output.",
    "Foobar segments 1,024 objects at once.",
    "The held-out set has 10,000 examples.",
    "Foobar was trained on 3T multilingual corpora.",
    "Foobar was trained using 665,000 H100 GPU hours.",
)

RUNS: tuple[tuple[str, str, set[object]], ...] = (
    ("hardware", "Foobar was trained on TPU v4 pods.", {"TPU v4"}),
    ("hardware", "- **Hardware Type:** A100\n", {"A100"}),
    ("hardware_count", "Hardware: 128 A100 @ 80GB\nSampling is described below.", {128.0}),
    ("training_time", "Training Time: ~3 weeks\nGeneration is described below.", {21.0}),
    ("training_time", "Training Foobar took 12 hours on a single GPU.", {12.0}),
    ("hardware_count", "Training Foobar took 12 hours on a single GPU.", {1.0}),
    ("training_time", "Foobar was aligned on a supervised dataset of 40,000 hours.", set()),
    ("hardware", "Foobar serves requests on H100 GPUs.", set()),
    ("hardware", "GPT-4 was trained on A100 GPUs.", set()),
    ("hardware_count", "Foobar answers with one of 16 experts.", set()),
    ("training_time", "Foobar was trained on videos that last 12 minutes.", set()),
    ("context_length", "We increase the context length of Foobar from 4K to 256K tokens.", {256e3}),
    ("context_length", "The context window of Foobar is extended to 200K tokens.", {200e3}),
    ("context_length", "Foobar was evaluated with contexts of 64K tokens.", set()),
    ("dataset_size", "Foobar was trained to 2 million steps.", set()),
)


@pytest.mark.parametrize(("text", "expected"), COMPUTE)
def test_operations_of_a_training_run_are_read_in_every_notation(
    values: Values, text: str, expected: set[float]
) -> None:
    assert sorted(map(float, values("training_compute", text))) == pytest.approx(sorted(expected))


@pytest.mark.parametrize("text", NO_COMPUTE)
def test_rates_limits_and_operations_of_others_are_left(values: Values, text: str) -> None:
    assert values("training_compute", text) == set()


@pytest.mark.parametrize(("text", "expected"), DATA)
def test_data_counted_otherwise_than_in_tokens_is_read(values: Values, text: str, expected: set[float]) -> None:
    assert values("dataset_size", text) == expected


@pytest.mark.parametrize("text", NO_DATA)
def test_counts_that_are_no_training_data_are_left(values: Values, text: str) -> None:
    assert values("dataset_size", text) == set()


@pytest.mark.parametrize(("field", "text", "expected"), RUNS)
def test_what_a_run_took_is_told_from_what_use_takes(
    values: Values, field: str, text: str, expected: set[object]
) -> None:
    assert values(field, text) == expected


def test_data_is_counted_in_the_singular_without_praise() -> None:
    text = Text("card", "Acme/Foobar", "Foobar was trained on 3 million high-quality training images.")

    findings = next(read([text])).findings

    assert [finding.unit for finding in findings if finding.field == "dataset_size"] == ["image"]
