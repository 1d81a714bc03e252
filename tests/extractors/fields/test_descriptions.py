"""What a text says of a model besides figures: licence, base, maker, modalities, release."""

from collections.abc import Callable

import pytest

from extractors.finding import Finding, Reading

Values = Callable[..., set[object]]
ReadOne = Callable[..., Reading]

TABLE = (
    "# Foobar\nWe release the Foobar models.\n\n| Model | License |\n|---|---|\n"
    "| Foobar-Small | apache-2.0 |\n| Foobar-Large | Foobar Research License |\n"
)

READ: tuple[tuple[str, str, set[object]], ...] = (
    (
        "license",
        "The model falls under the [Foobar \\[dev\\] Non-Commercial License](LICENSE).",
        {"Foobar [dev] Non-Commercial"},
    ),
    ("license", TABLE, {"Apache-2.0", "Foobar Research"}),
    ("base_model", "Foobar is built on top of Llama-3-8B and SigLIP.", {"Llama-3-8B", "SigLIP"}),
    (
        "base_model",
        "Foobar starts from a checkpoint of Qwen2.5-7B. Foobar is initialized from Mistral-7B.",
        {"Mistral-7B", "Qwen2.5-7B"},
    ),
    ("base_model", "Foobar-Chat is fine-tuned from Foobar-Base.", {"Foobar-Base"}),
    ("base_model", "We fine-tune Llama-3.1-8B to obtain Foobar.", {"Llama-3.1-8B"}),
    ("organization", "Foobar is the work of researchers at Acme Labs.", {"Acme Labs"}),
    ("organization", "Today Northwind AI introduces Foobar.", {"Northwind AI"}),
    ("organization", "Foobar was trained in collaboration with Initech.", {"Initech"}),
    ("organization", "Foobar 由北风科技公司开发。", {"北风科技"}),
    ("open_weights", "The models and code of Foobar 2.0-M are released at GitHub.", {True}),
    ("input_modalities", "Foobar is a model for speech enhancement.", {("audio",)}),
    ("output_modalities", "Foobar is a model for affinity prediction.", {("label",)}),
    ("output_modalities", "Foobar is a model that generates molecular embeddings.", {("embedding",)}),
    ("input_modalities", "Foobar is a theorem prover, a model for theorem proving.", {("text",)}),
)

LEFT: tuple[tuple[str, str], ...] = (
    ("license", "See the Community License."),
    ("license", "| Model | License |\n|---|---|\n| Llama-3-8B | mit |\n"),
    ("base_model", "Foobar is compared with Llama-3-8B and Mistral-7B."),
    ("base_model", "Foobar was scored by judges built on GPT-4 data."),
    ("base_model", "Foobar is faster than Foobar-Base."),
    ("base_model", "Foobar uses a Mamba-style layer."),
    ("organization", "Foobar is better than the model of Acme Labs."),
    ("organization", "The dataset of Foobar was collected by Acme Labs."),
    ("organization", "Foobar was trained in collaboration with many volunteers."),
    ("open_weights", "Foobar is available via our API."),
    ("open_weights", "We do not release the code that trained the Foobar model."),
    ("base_model", "Foobar is not based on Llama-3-8B."),
    ("open_weights", "Foobar 2.0 is compared with open source releases, e.g. of datasets."),
    ("output_modalities", "Foobar predicts nothing at all."),
    ("input_modalities", "Gradients are clipped: clip at 0.1 for Foobar."),
)


@pytest.mark.parametrize(("field", "text", "expected"), READ)
def test_descriptions_are_read(values: Values, field: str, text: str, expected: set[object]) -> None:
    assert values(field, text) == expected


@pytest.mark.parametrize(("field", "text"), LEFT)
def test_what_only_looks_like_a_description_is_left(values: Values, field: str, text: str) -> None:
    assert values(field, text) == set()


def test_each_row_of_a_table_has_its_own_licence(read_one: ReadOne) -> None:
    found: tuple[Finding, ...] = read_one(TABLE).findings

    licences = {finding.subject: finding.value for finding in found if finding.field == "license"}

    assert licences == {"Foobar-Small": "Apache-2.0", "Foobar-Large": "Foobar Research"}


def test_a_tuned_model_has_its_own_base(read_one: ReadOne) -> None:
    found: tuple[Finding, ...] = read_one("Foobar-7B-Chat is fine-tuned from Foobar-7B-Base.").findings

    assert {(one.subject, one.value) for one in found if one.field == "base_model"} == {
        ("Foobar-7B-Chat", "Foobar-7B-Base")
    }
