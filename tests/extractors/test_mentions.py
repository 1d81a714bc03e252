"""Names of models in a text: where they end, what they say of size, which line they are of."""

import pytest

from extractors.mentions import mentions, sizes, stem
from extractors.release import same_line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We release Foobar-7B today.", ["Foobar-7B"]),
        ("Foobar2.5-VL-72B-Instruct is out.", ["Foobar2.5-VL-72B-Instruct"]),
        ("Compare FooBar 70B with GPT-4o.", ["FooBar 70B", "GPT-4o"]),
        ("The FooBar 2.0 Chat model", ["FooBar 2.0 Chat"]),
        ("Mixtral and Falcon are old.", ["Mixtral", "Falcon"]),
        ("We use LLMs, GPUs and RLHF on MMLU.", []),
        ("This is a fine-tuned, state-of-the-art model.", []),
        ("Read the paper at /papers/Foo-7B.", []),
    ],
)
def test_names_are_found_whole(text: str, expected: list[str]) -> None:
    assert [name.text for name in mentions(text)] == expected


@pytest.mark.parametrize(
    ("name", "total", "active"),
    [
        ("Foobar-7B", 7e9, None),
        ("foobar-1.5b-chat", 1.5e9, None),
        ("Foobar-350M", 350e6, None),
        ("Foobar-235B-A22B", 235e9, 22e9),
        ("Foobar-MoE-A2.7B", None, 2.7e9),
        ("Foobar-8x7B", None, None),
        ("Foobar-7B-Chat-1M", 7e9, None),
        ("Foobar-2.5", None, None),
    ],
)
def test_names_say_how_large_their_model_is(name: str, total: float | None, active: float | None) -> None:
    assert sizes(name) == (total, active)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Foobar-7B", "foobar"),
        ("Foobar-2.5-72B-Instruct", "foobar2.5"),
        ("Foobar 7B Chat", "foobar"),
        ("Foobar-34B-200K", "foobar"),
        ("Foobar-VL", "foobar"),
        ("Foobar-34B-Chat-4bits", "foobar"),
    ],
)
def test_a_stem_is_a_name_without_size_and_variant(name: str, expected: str) -> None:
    assert stem(name) == expected


@pytest.mark.parametrize(
    ("own", "other"), [("foobar", "foobar"), ("foobar", "foobarcoder"), ("foobar2.5", "foobar2.5math")]
)
def test_longer_names_are_of_the_same_line(own: str, other: str) -> None:
    assert same_line(own, other)


@pytest.mark.parametrize(
    ("own", "other"), [("foobar", "foobar2"), ("foobar2", "foobar2.5"), ("foobar2", "foobar"), ("foobar", "bar")]
)
def test_other_versions_are_of_another_line(own: str, other: str) -> None:
    assert not same_line(own, other)
