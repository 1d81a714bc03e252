"""Whole reports: which of their sections are read, and what of them is claimed."""

from collections.abc import Callable

import pytest

from extractors.finding import Finding, Reading, Text
from extractors.page import Page
from extractors.pipeline import read

ABSTRACT = (
    "We present Avocet, a family of open language models with 7B and 70B parameters, which we release to the public. "
    "Avocet outperforms comparable open-source models."
)
TITLE = "Avocet Technical Report"


def report(*sections: tuple[str, str], abstract: str = ABSTRACT) -> Text:
    """Return a report: an abstract, an introduction, then `sections` of heading and text."""
    parts = (("Abstract", abstract), ("1 Introduction", "Language models are of use to those who use them."), *sections)
    return Text("report", TITLE, "\n".join(f"{heading}\n{text}" for heading, text in parts))


def said(text: Text, field: str) -> set[object]:
    """Return the values of a field that a report is found to give."""
    reading: Reading = next(read([text]))
    found: tuple[Finding, ...] = reading.findings
    return {finding.value for finding in found if finding.field == field}


@pytest.mark.parametrize(
    ("heading", "sentence", "tokens"),
    [
        ("2 Pre-training", "Avocet was pre-trained on 12 trillion tokens.", 12e12),
        ("2 Pre-training", "The models are trained on 3T tokens in a second stage.", 3e12),
        ("2.1 Training Recipe", "In the first stage, Avocet is trained on over 9 trillion tokens.", 9e12),
        ("II. TRAINING DETAILS", "Avocet has seen 4.5T tokens when its training ends.", 4.5e12),
        ("## 2 Model Training Setup", "We train Avocet on 8 trillion tokens.", 8e12),
        ("5 Conclusion", "We trained Avocet on 15T tokens.", 15e12),
        ("2 Training", r"Avocet is trained on \(1.5\times 10^{12}\) tokens.", 1.5e12),
    ],
)
def test_tokens_are_read_where_a_report_speaks_of_training(heading: str, sentence: str, tokens: float) -> None:
    assert said(report((heading, sentence)), "training_tokens") == {tokens}


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("2 Related Work", "We note that the model was pre-trained on 12 trillion tokens."),
        ("2 Pre-training Data", "Our web part of the corpus has 12 trillion tokens."),
        ("2 Training Data", "We collect 900B tokens of code for training."),
        ("3 Ablation Studies", "We trained our small model on 100B tokens."),
        ("3 Experiments", "We pre-train a model on 200B tokens with each optimizer."),
        ("3 Scaling Laws", "Our models were trained on 20B to 80B tokens."),
        ("4 Evaluation Results", "Avocet was trained on 5T tokens less than the best of the others."),
        ("2 Pre-training", "To choose the mixture, we train a small model on 100B tokens."),
        ("2 Pre-training", "In an ablation, our model is trained on 300B tokens."),
        ("References", "A. Teal. Our model was trained on 2 trillion tokens. 2024."),
        ("A Prompts", "Our model was trained on 7 trillion tokens, says the prompt."),
        ("2 Pre-training", "The crawl holds 40 trillion tokens before it is filtered."),
        ("2 Pre-training", "Dunlin was trained on 18 trillion tokens (Teal et al., 2024b)."),
        ("2 Pre-training", "The maximum sequence length is 32,768 tokens."),
    ],
)
def test_tokens_of_others_of_trials_and_of_parts_are_not_claimed(heading: str, sentence: str) -> None:
    assert said(report((heading, sentence)), "training_tokens") == set()


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("2 Architecture", "Dunlin-405B has 405 billion parameters."),
        ("2 Architecture", "A dense model of 13B parameters would need more memory."),
        ("3 Evaluation", "Avocet is ahead of Dunlin, which has 405B parameters."),
        ("3 Ablations", "We train a proxy model with 1B parameters."),
        ("2 Architecture", "Model Dunlin Stint Avocet\n# Params 405B 13B 70B\n# Layers 126 40 80"),
        ("2 Architecture", "Earlier ones (Dunlin, Teal 2024; Stint with 33B parameters, 2023b) were dense."),
    ],
)
def test_sizes_of_others_are_not_claimed(heading: str, text: str) -> None:
    assert said(report((heading, text)), "parameters") <= {7e9, 70e9}


def test_a_size_in_the_introduction_gets_the_name_that_a_table_of_results_has_for_it() -> None:
    abstract = "We present Avocet, a family of open language models of 7B and 70B parameters, which we release."
    results = ("3 Results", "Avocet-Tiny-7B 61.2 44.0 37.1\nAvocet-Large-70B 81.0 64.4 55.0")

    reading = next(read([report(results, abstract=abstract)]))

    assert {(each.subject, each.value) for each in reading.findings if each.field == "parameters"} == {
        ("Avocet-Tiny-7B", 7e9),
        ("Avocet-Large-70B", 70e9),
    }


def test_active_parameters_before_the_total_are_told_apart() -> None:
    text = report(abstract="We introduce Avocet, a 3B/16B-parameter Mixture-of-Experts model.")

    assert (said(text, "active_parameters"), said(text, "parameters")) == ({3e9}, {16e9})


def test_a_claim_says_in_which_section_it_was_read() -> None:
    reading = next(read([report(("2 Pre-training", "Avocet was pre-trained on 12 trillion tokens."))]))

    (tokens,) = (finding for finding in reading.findings if finding.field == "training_tokens")
    assert "(in “Pre-training”)" in tokens.reason


def test_quotes_of_a_report_stand_in_it_to_the_letter() -> None:
    text = report(("2 Pre-training", "Avocet was pre-trained on 12 trillion tokens."))

    findings = next(read([text])).findings
    assert findings
    assert all(text.content[finding.start : finding.end] == finding.quote for finding in findings)


def test_the_view_of_a_report_is_as_long_as_the_report() -> None:
    text = report(
        ("2 Related Work", "Others (Teal et al., 2023) came before.\n1 2 3 4\n"), ("References", "A. B. 1999")
    )

    assert len(Page(text).view) == len(text.content)


def test_items_of_a_numbered_list_are_no_headings() -> None:
    text = report(
        ("2 Results", "We do three things.\n1. Ablation of the data\n2. Training of the rest"), ("3 Training", ".")
    )

    assert [part.title for part in Page(text).sections] == [
        "authors",
        "Abstract",
        "Introduction",
        "Results",
        "Training",
    ]


@pytest.mark.parametrize(
    ("kind", "is_long", "is_report"),
    [
        ("report", False, True),
        ("post", True, True),
        ("paper", True, True),
        ("post", False, False),
        ("card", True, False),
    ],
)
def test_a_long_text_that_is_built_like_a_paper_is_a_report(kind: str, is_long: bool, is_report: bool) -> None:
    filling = "Many words. " * 2_000 if is_long else ""
    text = report(("2 Training", filling), ("References", "A. Teal. 2024."))

    assert Page(Text(kind, text.title, text.text)).is_report is is_report


def test_a_report_announces_what_its_abstract_announces() -> None:
    survey = report(("2 Training", "We train Avocet."), abstract="We survey how models of language are evaluated.")

    readings = list(read([report(), survey]))

    assert readings[0].announces >= 0.5 > readings[1].announces


def test_columns_of_labels_are_nobody_s_figures(values: Callable[..., set[object]]) -> None:
    figure = "\n".join(["Loss", "Dunlin-13B", "Avocet-300M", "1.2T", "Score", "Avocet 5.7T", "Steps"])
    text = report(("2 Training", f"Here is a figure of it.\n{figure}\nThat was the figure."))

    assert values("parameters", text.text, title=TITLE, kind="report") == {7e9, 70e9}
