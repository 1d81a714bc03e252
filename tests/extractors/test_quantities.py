"""Numbers as people write them."""

import pytest

from extractors.quantities import quantities
from extractors.view import plain

WRITTEN = (
    ("7B parameters", [7e9]),
    ("7-billion-parameter", [7e9]),
    ("12--billion-parameter", [12e9]),
    ("seven billion", [7e9]),
    ("1.5 trillion tokens", [1.5e12]),
    ("2-4 trillion tokens", [2e12, 4e12]),
    ("1.5B, 8B, and 24B", [1.5e9, 8e9, 24e9]),
    ("7B/14B/32B", [7e9, 14e9, 32e9]),
    ("from 68.5 millions to 1 billion", [68.5e6, 1e9]),
    ("322,430,160 weights", [322430160.0]),
    ("665,000 H100 GPU hours", [665000.0]),
    ("2.79M H800 hours", [2.79e6]),
    ("10^{25} FLOPs", [1e25]),
    ("$10^{18}$--$10^{20}$ FLOPs", [1e18, 1e20]),
    ("3.8 × 10^25", [3.8e25]),
    ("2.1×10²⁵", [2.1e25]),
    ("1.1 x 1023 FLOPs", [1.1e23]),
    ("$1.5\\times10^{12}$", [1.5e12]),
    ("3.2e24 FLOP", [3.2e24]),
    ("3550 亿", [355e9]),
    ("1.2 万亿", [1.2e12]),
    ("２千亿", [2e11]),
    ("７Ｂ", [7e9]),
    ("7\u00a0B", [7e9]),
    ("7\u200bB", [7e9]),
    ("**7** B", [7e9]),
    ("4xH100", [4.0]),
)

NOT_WRITTEN = ("version v2", "GPT-4", "8x7B", "Llama-3", "release 3.5.1", "seven of them", "abc123", "4x4 patches")


@pytest.mark.parametrize(("text", "expected"), WRITTEN)
def test_numbers_are_read_with_their_scale(text: str, expected: list[float]) -> None:
    assert [quantity.value for quantity in quantities(plain(text))] == expected


@pytest.mark.parametrize("text", NOT_WRITTEN)
def test_pieces_of_names_and_versions_are_no_numbers(text: str) -> None:
    assert quantities(plain(text)) == ()


def test_figures_of_a_list_share_the_words_after_it() -> None:
    found = quantities("sizes of 7B, 13B and 70B parameters")

    assert {quantity.after.strip() for quantity in found} == {"parameters"}
    assert {(quantity.first, quantity.last) for quantity in found} == {(9, 24)}
