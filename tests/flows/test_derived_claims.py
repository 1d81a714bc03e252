"""A derived figure on its way into the store."""

from dataclasses import replace

from sqlalchemy import Engine

from extractors.finding import Derived, Disagreement, Finding
from flows.claims import claims
from flows.derived_claims import derived_figures
from flows.reading import read_documents
from store import documents, queue
from store.claim_rows import LONGEST_SUBJECT, identity
from store.engine import session
from store.matching import Criteria
from store.tables import Document


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


def test_a_card_that_is_read_has_its_figures_in_the_queue_and_reading_it_again_changes_nothing(engine: Engine) -> None:
    text = (
        "# Pelican-7B\n\nPelican-7B is a language model with 7 billion parameters. "
        "Pelican-7B was trained on 2 trillion tokens.\n\n## Repository\n\nStored tensor elements: 1,000,000,000."
    )
    card = Document(
        key="hf:harbour/Pelican-7B",
        kind="card",
        source="hub",
        url="https://example.org",
        title="harbour/Pelican-7B",
        text=text,
    )
    with session(engine) as writing:
        documents.save(writing, card)
    with session(engine, read_only=True) as reading:
        stored = documents.get(reading, 1)
        reading.expunge_all()

    shown = []
    for _ in range(2):
        (candidate,) = read_documents(engine, [stored], Criteria())
        with session(engine, read_only=True) as reading:
            shown.append(queue.view(reading, candidate).derived)

    assert shown[0] == shown[1]
    stored_elements, compute = shown[0]
    assert (stored_elements.unit, stored_elements.ratio) == ("stored elements", 7.0)
    assert "packed" in stored_elements.dispute
    assert compute.field == "training_compute"
    assert all(each.claim_id for each in compute.inputs)
