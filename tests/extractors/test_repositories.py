"""Cards of repositories that consist of little else than what a hub's record says."""

from collections.abc import Callable

import pytest

from extractors.finding import Reading

ReadOne = Callable[..., Reading]

RECORD = (
    "## Repository\n\nPipeline tag: image-text-to-text.\nLicense tag: apache-2.0.\n"
    "Base model tag: acme/Foobar-30B-Base, acme/Foobar-Vision.\nArchitecture: qwen3_moe.\n"
    "Stored tensor elements: 30,532,122,624 (30,532,122,624 BF16)."
)


def found(reading: Reading, field: str) -> set[object]:
    return {finding.value for finding in reading.findings if finding.field == field}


def test_a_card_made_of_the_record_alone_announces_the_model_that_the_repository_is_named_for(
    read_one: ReadOne,
) -> None:
    reading = read_one(RECORD, title="acme/Foobar-30B-A3B")

    assert reading.announces > 0.9
    assert reading.models == ("Foobar-30B-A3B",)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("parameters", {30e9}),
        ("active_parameters", {3e9}),
        ("input_modalities", {("image", "text")}),
        ("output_modalities", {("text",)}),
        ("license", {"Apache-2.0"}),
        ("base_model", {"acme/Foobar-30B-Base", "acme/Foobar-Vision"}),
    ],
)
def test_the_record_is_read_as_front_matter_is(read_one: ReadOne, field: str, expected: set[object]) -> None:
    assert found(read_one(RECORD, title="acme/Foobar-30B-A3B"), field) == expected


def test_every_quote_of_a_record_stands_in_the_card(read_one: ReadOne) -> None:
    content = f"acme/Foobar-30B-A3B\n{RECORD}"

    for finding in read_one(RECORD, title="acme/Foobar-30B-A3B").findings:
        assert content[finding.start : finding.end] == finding.quote


@pytest.mark.parametrize("title", ["acme/Kite", "acme/Foobar-V2", "acme/foobar"])
def test_stored_elements_and_architecture_are_no_stated_size_and_no_name(read_one: ReadOne, title: str) -> None:
    reading = read_one(RECORD, title=title)

    assert found(reading, "parameters") == set()
    assert reading.models == (title.partition("/")[2],)


def test_front_matter_goes_before_the_record(read_one: ReadOne) -> None:
    reading = read_one(f"---\nlicense: mit\n---\n# Foobar\n\n{RECORD}", title="acme/Foobar")

    assert found(reading, "license") == {"MIT"}


@pytest.mark.parametrize("text", ["", "Thanks for looking!", "---\n{{ card_data }}\n---\n", "A dataset of data."])
def test_whatever_the_card_says_the_repository_has_a_model(read_one: ReadOne, text: str) -> None:
    reading = read_one(text or "\n", title="acme/Foobar-7B")

    assert reading.announces >= 0.5 or not text.strip()


def test_a_file_about_data_in_a_repository_announces_nothing(read_one: ReadOne) -> None:
    reading = read_one("The datasets and benchmark data that we used.", title="acme/foobar:data/README.md")

    assert reading.announces < 0.5
