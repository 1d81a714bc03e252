"""Every figure of a document is marked, claimed or passed over, with a reason."""

import pytest

from extractors.explain import Explanation, Mark, explain
from extractors.finding import NAME, Text

TITLE = "Introducing Avocet-7B"
POST = "Today we release Avocet-7B, a 7 billion parameter language model trained on 3T tokens. Its weights are open. "


def explained(text: str, *, kind: str = "post", title: str = TITLE) -> Explanation:
    return explain(Text(kind, title, text))


def passed_over(explanation: Explanation) -> dict[str, str]:
    """Return the words of each figure that was passed over, with the reason."""
    content = explanation.text.content
    return {content[mark.start : mark.end]: mark.reason for mark in explanation.marks if not mark.is_claimed}


def claimed(explanation: Explanation) -> list[Mark]:
    return [mark for mark in explanation.marks if mark.is_claimed and mark.field != NAME]


@pytest.mark.parametrize(
    ("sentence", "figure", "reason"),
    [
        ("It beats Dunlin-13B by far.", "Dunlin-13B", "another model's"),
        ("It beats Dunlin 2, which has 13 billion parameters.", "13 billion", "counts parameters"),
        ("The web crawl of others contains 18T tokens.", "18T", "counts tokens"),
        ("It takes prompts of 128,000 tokens.", "128,000", "counts nothing that is tracked"),
        ("We are a team of 42 people.", "42", "counts nothing that is tracked"),
    ],
)
def test_a_figure_that_is_passed_over_has_its_reason(sentence: str, figure: str, reason: str) -> None:
    assert reason in passed_over(explained(POST + sentence))[figure]


def test_a_claim_is_marked_with_its_field_its_subject_and_its_reason() -> None:
    (tokens,) = (mark for mark in claimed(explained(POST)) if mark.field == "training_tokens")

    assert (tokens.value, tokens.subject, bool(tokens.reason)) == (3e12, "Avocet-7B", True)


def test_the_claims_are_those_of_the_reading() -> None:
    explanation = explained(POST)

    found = [finding for finding in explanation.reading.findings if finding.field not in (NAME, "family")]
    assert [mark.field for mark in claimed(explanation)] == [finding.field for finding in found]


def test_where_a_document_announces_nothing_that_is_the_reason_for_all() -> None:
    survey = "We evaluate 20 language models with 7B to 70B parameters, and show that our benchmark tells them apart."

    explanation = explained(survey, kind="paper", title="A Benchmark of Evaluations")

    assert claimed(explanation) == []
    assert passed_over(explanation)
    assert all("announces no model" in reason for reason in passed_over(explanation).values())


def test_a_text_without_a_model_is_turned_away_by_the_first_look() -> None:
    explanation = explained("We saw 14 herons and 3 terns.", kind="paper", title="Birds of the Harbour")

    assert set(passed_over(explanation)) == {"14", "3"}
    assert all("first look" in reason for reason in passed_over(explanation).values())


def test_a_report_s_unread_sections_are_named() -> None:
    text = (
        "Abstract\nWe present Avocet-7B, an open language model that we release.\n1 Introduction\nWords.\n"
        "2 Related Work\nDunlin has 405B parameters.\n"
    )

    explanation = explained(text, kind="report", title="Avocet Technical Report")

    assert "“Related Work”" in passed_over(explanation)["405B"]


def test_an_empty_document_has_no_marks() -> None:
    assert explained("", title="").marks == ()
