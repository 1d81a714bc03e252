"""Labelled sentences, lists and tables of our own: benchmark scores, and figures that only look like them."""

from collections.abc import Callable

import pytest

from extractors.finding import Reading

ReadOne = Callable[..., Reading]

SCORES: tuple[tuple[str, set[tuple[float, str]]], ...] = (
    ("Foobar achieves 72.3% on MMLU.", {(72.3, "MMLU")}),
    ("Foobar scores 85.4 on GSM8K and 52.4 on HumanEval.", {(52.4, "HumanEval"), (85.4, "GSM8K")}),
    ("On ImageNet, Foobar reaches a top-1 accuracy of 88.1%.", {(88.1, "ImageNet")}),
    ("Foobar attains an F1 score of 0.91 on SQuAD.", {(0.91, "SQuAD")}),
    ("Foobar reduces the WER from 12.5% to 9.8% on LibriSpeech.", {(9.8, "LibriSpeech")}),
    (
        "It achieves the following results on the evaluation set:\n- Loss: 0.31\n- Accuracy: 0.93\n- F1: 0.92\n",
        {(0.92, "F1"), (0.93, "Accuracy")},
    ),
    (
        "| Benchmark | Foobar | GPT-4 |\n|---|---|---|\n| MMLU | 72.1 | 86.4 |\n| GSM8K | 80.5 | 92.0 |\n",
        {(72.1, "MMLU"), (80.5, "GSM8K")},
    ),
    (
        "| Model | MMLU | GSM8K |\n|---|---|---|\n| GPT-4 | 86.4 | 92.0 |\n| Foobar | 72.1 | 80.5 |\n",
        {(72.1, "MMLU"), (80.5, "GSM8K")},
    ),
    ("## Evaluation\n\n| Metric | Value |\n|---|---|\n| Accuracy | 0.84 |\n", {(0.84, "Accuracy")}),
    (
        "<table><tr><th>Benchmark</th><th>Foobar</th><th>Gemma-2-9B</th></tr><tr><td>MMLU</td><td>70.2</td><td>71.3</td></tr></table>",
        {(70.2, "MMLU")},
    ),
    (
        (
            "---\nmodel-index:\n- name: Foobar\n  results:\n  - task:\n      type: asr\n    dataset:\n"
            "      name: Common Voice sv\n      type: common_voice\n    metrics:\n    - type: wer\n      value: 17.2\n"
            "---\nFoobar listens."
        ),
        {(17.2, "Common Voice sv")},
    ),
    ("Foobar sets a new state of the art with 91.2 mAP on COCO.", {(91.2, "COCO")}),
    ("Foobar achieves state-of-the-art performance on SWE-bench Verified (71.3%).", {(71.3, "SWE-bench Verified")}),
    ("## Results\n\n- MMLU: 71.2\n- GSM8K: 80.4%\n", {(71.2, "MMLU"), (80.4, "GSM8K")}),
    ("| Model | Params | Context | MMLU |\n|---|---|---|---|\n| Foobar-7B | 7.6 | 32 | 74.2 |\n", {(74.2, "MMLU")}),
)

NO_SCORES = (
    "Foobar outperforms GPT-4 by 3.2% on MMLU.",
    "GPT-4 achieves 86.4% on MMLU.",
    "Foobar improves accuracy by 5.1 points.",
    "Foobar reduces memory by 40.5%.",
    "Foobar uses 98.5% of the data.",
    "Foobar 2.5 is a model for chat.",
    "Foobar was trained on 1.5 billion images.",
    "| Model | Size | Speed |\n|---|---|---|\n| Foobar | 7.6 | 12.5 |\n",
    "| Benchmark | GPT-4 | Gemma-2-9B |\n|---|---|---|\n| MMLU | 86.4 | 71.3 |\n",
    "Foobar achieves a 2.4x speedup on H100.",
    "Set temperature to 0.7 and top_p to 0.95.",
    "learning_rate: 0.0003\ntrain_batch_size: 16\n",
    "Foobar was released in version 1.2 on GitHub.",
    "Foobar runs 35.5% faster than its rivals on MMLU.",
    "Foobar's license costs 9.99 dollars.",
    "## Evaluation\n\n| Setting | Value |\n|---|---|\n| Learning rate | 0.01 |\n| Batch size | 64 |\n",
)


def scores(reading: Reading) -> set[tuple[object, str | None]]:
    return {(finding.value, finding.unit) for finding in reading.findings if finding.field == "benchmark"}


@pytest.mark.parametrize(("text", "expected"), SCORES)
def test_scores_are_read_as_printed_under_the_name_of_their_benchmark(
    read_one: ReadOne, text: str, expected: set[tuple[float, str]]
) -> None:
    assert scores(read_one(text)) == expected


@pytest.mark.parametrize("text", NO_SCORES)
def test_gains_rivals_settings_and_versions_are_no_scores(read_one: ReadOne, text: str) -> None:
    assert scores(read_one(text)) == set()


def test_only_the_first_ten_scores_are_taken(read_one: ReadOne) -> None:
    rows = "".join(f"| Task {letter} | {50 + place}.5 |\n" for place, letter in enumerate("ABCDEFGHIJKLMN"))

    found = scores(read_one(f"## Evaluation\n\n| Benchmark | Foobar |\n|---|---|\n{rows}"))

    assert found == {(50.5 + place, f"Task {letter}") for place, letter in enumerate("ABCDEFGHIJ")}


def test_each_column_of_a_family_is_given_to_its_own_member(read_one: ReadOne) -> None:
    table = "| Benchmark | Foobar-7B | Foobar-13B |\n|---|---|---|\n| MMLU | 61.5 | 70.5 |\n"

    findings = read_one(f"We release Foobar-7B and Foobar-13B.\n\n{table}").findings

    assert {(finding.subject, finding.value) for finding in findings if finding.field == "benchmark"} == {
        ("Foobar-7B", 61.5),
        ("Foobar-13B", 70.5),
    }
