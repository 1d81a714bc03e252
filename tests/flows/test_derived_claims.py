"""A derived figure on its way into the store."""

from dataclasses import replace

from extractors.finding import Derived, Disagreement, Finding
from flows.claims import claims
from flows.derived_claims import derived_figures
from store.claim_rows import LONGEST_SUBJECT, identity


def finding(field: str, value: float) -> Finding:
    """A finding of one model."""
    return Finding(field, value, None, "Pelican-7B", "its words", 4, 13, 0.9, field)


SIZE, TOKENS, STATED = finding("parameters", 7e9), finding("training_tokens", 2e12), finding("training_compute", 1e25)
FIGURE = Derived(
    *("training_compute", 6.7e22, 8.4e22, 1.1e23, "FLOP", "Pelican-7B"),
    *("6 × parameters × training tokens", "https://example.org", (SIZE, TOKENS), ("as stages",)),
    Disagreement(STATED, 119.0, "several runs"),
)


def test_a_figure_keeps_its_bounds_and_words() -> None:
    (made,) = derived_figures([FIGURE], 12, "3")

    row = made.figure
    assert (row.document_id, row.pipeline, row.field, row.subject) == (12, "3", "training_compute", "Pelican-7B")
    assert (row.low, row.value, row.high, row.unit) == (6.7e22, 8.4e22, 1.1e23, "FLOP")
    assert (row.formula, row.source) == ("6 × parameters × training tokens", "https://example.org")
    assert (row.flags, row.ratio, row.dispute) == ('["as stages"]', 119.0, "several runs")


def test_its_inputs_are_the_claims_that_the_findings_make() -> None:
    (made,) = derived_figures([FIGURE], 12, "3")

    assert [identity(claim) for claim in made.inputs] == [identity(claim) for claim in claims([SIZE, TOKENS], 12, "3")]
    assert made.disputed_by
    assert identity(made.disputed_by) == identity(claims([STATED], 12, "3")[0])


def test_a_figure_that_nothing_disputes_says_nothing_of_it() -> None:
    (made,) = derived_figures([replace(FIGURE, disagreement=None)], 12, "3")

    assert (made.figure.ratio, made.figure.dispute, made.disputed_by) == (None, "", None)


def test_a_figure_of_absurd_length_is_left_out_and_the_others_stay() -> None:
    long = replace(FIGURE, subject="x" * (LONGEST_SUBJECT + 1))

    assert len(derived_figures([long, FIGURE], 12, "3")) == 1
