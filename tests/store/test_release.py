"""Names of models, and the release that they belong to."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from store.release import fold, is_copy_name, release_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Qwen3-235B-A22B-Instruct-2507", "qwen3"),
        ("Qwen/Qwen3-8B", "qwen3"),
        ("Qwen 3 235B", "qwen3"),
        ("qwen3", "qwen3"),
        ("Ｑｗｅｎ３－８Ｂ", "qwen3"),
        ("Qwen3\u200b-8B", "qwen3"),
        ("Qwen3-VL-8B-Instruct", "qwen3vl"),
        ("Qwen3-8B-Base-GGUF", "qwen3"),
        ("Qwen2.5-Coder-32B-Instruct", "qwen25coder"),
        ("DeepSeek-V3-0324", "deepseekv3"),
        ("DeepSeek-R1-Distill-Qwen-7B", "deepseekr1distillqwen"),
        ("Mixtral-8x7B-Instruct-v0.1", "mixtralinstructv01"),
        ("Kimi-K2-Instruct-0905", "kimik2"),
        ("gpt-oss-120b", "gptoss"),
        ("Llama-3.1-405B", "llama31"),
        ("GPT-4", "gpt4"),
        ("OLMo-2-1124-13B", "olmo2"),
        ("通义千问3-8B", "通义千问3"),
        ("Command R+", "commandrplus"),
        ("7B", "7b"),
        ("Instruct", "instruct"),
        ("", ""),
        ("---", ""),
    ],
)
def test_a_name_belongs_to_a_release(name: str, key: str) -> None:
    assert release_key(name) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [("Qwen3", "Qwen2"), ("Command R", "Command R+"), ("Llama-3", "Llama-3.1"), ("GLM-4.5", "GLM-4.5-Air")],
)
def test_different_releases_have_different_keys(one: str, other: str) -> None:
    assert release_key(one) != release_key(other)


@given(some.text(max_size=60))
def test_a_key_is_the_same_for_any_spelling_of_a_name(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert fold(name.replace("-", " ")) == fold(name)
    assert fold(f"\u200b{name}\ufeff") == fold(name)


@given(some.text(max_size=60))
def test_a_key_holds_letters_and_digits_alone(name: str) -> None:
    key = release_key(name)

    assert all(letter.isalnum() for letter in key)
    assert unicodedata.is_normalized("NFKC", key)
    assert len(key) <= 200 * max(len(name), 1)


@given(
    some.from_regex(r"[A-Z][a-z]{2,8}[1-9]?", fullmatch=True),
    some.integers(1, 999),
    some.sampled_from(["", "-Instruct", "-Chat", "-Base", "-2507", "-Instruct-2507"]),
)
def test_size_variant_and_date_do_not_change_the_release(family: str, size: int, ending: str) -> None:
    assert release_key(f"{family}-{size}B{ending}") == release_key(family)
    assert release_key(f"{family.upper()} {size}b{ending}") == release_key(family)


@pytest.mark.parametrize(
    "name",
    [
        "Foo-7B-GGUF",
        "Foo-7B-AWQ",
        "foo-7b-gptq-int4",
        "Foo-7B-MLX-4bit",
        "Foo-7B-FP8",
        "Foo-7B-bnb-4bit",
        "Foo-7B 4-bit",
        "Foo-7B-abliterated",
    ],
)
def test_a_name_says_that_it_is_a_copy(name: str) -> None:
    assert is_copy_name(name)


@pytest.mark.parametrize("name", ["Foo-7B", "Foo-7B-Instruct", "Emergent-7B", "Explora", "Mlxtral-8B", ""])
def test_other_names_do_not(name: str) -> None:
    assert not is_copy_name(name)
