"""Which model a finding is kept under, and which documents are read at all."""

from collections.abc import Callable, Iterator

import pytest

from extractors.finding import Reading, Text
from extractors.naming import family, short
from extractors.pipeline import EXTRACTORS, UNREAD, build_pipeline, read

ReadOne = Callable[..., Reading]

ABSTRACT = (
    "Large language models such as GPT-3 175B are costly. We introduce Foobar, a family of open language "
    "models with 3B and 8B "
    "parameters, pre-trained from scratch on 5 trillion tokens. Our models outperform Llama-3-8B and "
    "Gemma-2-27B on reasoning "
    "benchmarks. We release all model weights and checkpoints under the Apache 2.0 license."
)
SURVEY = (
    "We survey evaluation of existing language models such as GPT-3 175B and Llama-3-70B and discuss open problems."
)
METHOD = (
    "We propose a novel plug-and-play method for decoding. Experiments on Llama-3-8B and 70B models show "
    "speedups of 2x."
)


def given(reading: Reading, field: str) -> set[tuple[str, object]]:
    return {(finding.subject, finding.value) for finding in reading.findings if finding.field == field}


def test_an_abstract_gives_each_size_to_its_own_model(read_one: ReadOne) -> None:
    reading = read_one(ABSTRACT, title="Foobar: Open Language Models", kind="paper")

    assert reading.announces > 0.8
    assert given(reading, "parameters") == {("Foobar 3B", 3e9), ("Foobar 8B", 8e9)}
    assert given(reading, "training_tokens") == {("Foobar", 5e12)}
    assert given(reading, "open_weights") == {("Foobar", True)}
    assert given(reading, "license") == {("Foobar", "Apache-2.0")}
    assert reading.models == ("Foobar 3B", "Foobar 8B")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("A Survey of Evaluation", SURVEY),
        ("Faster Decoding by Guessing", METHOD),
        ("On Cats", "Cats are fine animals."),
        ("", ""),
    ],
)
def test_documents_that_announce_nothing_give_no_findings(read_one: ReadOne, title: str, text: str) -> None:
    reading = read_one(text, title=title, kind="paper")

    assert reading.announces < 0.5
    assert reading.findings == ()


def test_a_table_gives_each_row_to_its_model(read_one: ReadOne) -> None:
    text = (
        "# Foobar\n\n| Model | Params |\n|---|---|\n| Foobar-Small | 1.5B |\n| Foobar-Large | 30B-A3B |\n| "
        "GPT-2 | 1.6B |\n"
    )

    reading = read_one(text)

    assert given(reading, "parameters") == {("Foobar-Small", 1.5e9), ("Foobar-Large", 30e9)}
    assert given(reading, "active_parameters") == {("Foobar-Large", 3e9)}


def test_a_transposed_table_gives_each_column_to_its_model(read_one: ReadOne) -> None:
    text = (
        "# Foobar\n\n| | Foobar-7B | Qwen3-8B |\n|---|---|---|\n| Parameters | 7.6B | 8.2B |\n| MMLU | 70.1 | 71.2 |\n"
    )

    assert given(read_one(text), "parameters") == {("Foobar-7B", 7e9), ("Foobar-7B", 7.6e9)}


def test_older_sizes_of_the_line_in_the_title_are_not_claimed(read_one: ReadOne) -> None:
    text = "Today we release Foobar-110B, our largest model. It is much better than Foobar-72B."

    assert given(read_one(text, title="Foobar-110B: The Largest", kind="post"), "parameters") == {
        ("Foobar-110B", 110e9)
    }


def test_readings_come_lazily_and_in_order() -> None:
    def texts() -> Iterator[Text]:
        yield Text("card", "Acme/Foobar-7B", "Foobar-7B is a model.")
        raise AssertionError("asked for more than one")

    first = next(read(texts()))

    assert first.models == ("Foobar-7B",)


def test_what_the_gate_turns_away_is_given_a_small_probability() -> None:
    assert next(read([Text("paper", "On cats", "Cats sleep.")])) == Reading(UNREAD, ())


def test_every_extractor_is_a_component_that_marks_spans() -> None:
    nlp = build_pipeline()

    assert nlp.pipe_names == [extractor.name for extractor in EXTRACTORS]
    assert build_pipeline() is nlp


@pytest.mark.parametrize(
    ("name", "expected"), [("Foo-7B-Chat", "Foo"), ("Foo 2.0 13B", "Foo 2.0"), ("Foo", "Foo"), ("7B", "7B")]
)
def test_a_family_is_a_name_without_its_size(name: str, expected: str) -> None:
    assert family(name) == expected


@pytest.mark.parametrize(("value", "expected"), [(7e9, "7B"), (1.5e12, "1.5T"), (350e6, "350M"), (512.0, "512")])
def test_sizes_are_written_as_names_have_them(value: float, expected: str) -> None:
    assert short(value) == expected
