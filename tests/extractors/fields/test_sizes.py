"""Labelled sentences on sizes: what counts parameters of the own model, and what counts something else."""

from collections.abc import Callable

import pytest

Values = Callable[..., set[object]]


@pytest.mark.parametrize(
    "text",
    [
        "Foobar saw 386B bp of DNA.",
        "Foobar was trained on 386B base pairs of DNA.",
        "Trained on 386B base-pairs, Foobar reads genomes.",
        "Foobar was trained on a dataset comprising 386B bp of DNA.",
        "Foobar was trained on 8B images.",
        "Foobar saw 8B high quality licensed stock images.",
        "Foobar was trained on 1.2B masks.",
        "Foobar saw 2B seconds of sound.",
        "Foobar was trained on 300B letters.",
        "Foobar was trained on 300B.",
        "Foobar has 12B downloads.",
        "Foobar is ahead of Barbaz-70B, a model with 70 billion parameters, at half the size.",
        "Foobar is faster than models of the same family with 650M parameters.",
        "The method raises scores on 3B and 7B models.",
        "Foobar (70B coming soon) is a model.",
        "Foobar beats Llama 3, a dense language model with 70B parameters.",
    ],
)
def test_other_units_and_other_models_give_no_size(values: Values, text: str) -> None:
    assert values("parameters", text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foobar has only 3.7B active parameters of 40B in total.", {40e9}),
        ("Foobar, an open language model with 7B parameters, reads law.", {7e9}),
        ("Foobar comes in 3B and 7B.", {3e9, 7e9}),
        ("We release Foobar in 3B, 7B and 70B, all under one licence.", {3e9, 7e9, 70e9}),
        ("Foobar was trained on 386B base pairs and has 1.2B parameters.", {1.2e9}),
        ("Foobar has 0.6 billion parameters.", {0.6e9}),
        ("Foobar 的参数量为 70 亿。", {7e9}),
        ("With 12B parameters, Foobar beats Barbaz-70B.", {12e9}),
    ],
)
def test_sizes_of_the_own_model_are_read(values: Values, text: str, expected: set[float]) -> None:
    assert values("parameters", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foobar has only 3.7B active parameters of 40B in total.", {3.7e9}),
        ("Foobar has 40B parameters in total.", set()),
    ],
)
def test_active_parameters_are_told_from_the_total_after_them(values: Values, text: str, expected: set[float]) -> None:
    assert values("active_parameters", text) == expected


def test_front_matter_without_a_single_key_is_no_obstacle(values: Values) -> None:
    assert values("parameters", "---\n{{ card_data }}\n---\nFoobar has 7B parameters.") == {7e9}
