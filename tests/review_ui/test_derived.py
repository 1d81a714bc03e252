"""Derived figures on a candidate's page: folded under their field, flagged where the text states something else."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from bs4 import Tag
from sqlalchemy import Engine

from review_ui import words
from store import queue, readings
from store.derived import DerivedFigure
from store.derived_tables import DerivedClaim
from store.engine import session
from store.tables import Claim, Status

if TYPE_CHECKING:
    from tests.review_ui.conftest import Announcement, RunningDesk

Announce = Callable[["Announcement"], int]

COMPUTE = {
    "field": "training_compute",
    "subject": "Foo-7B",
    "unit": "FLOP",
    "low": 5.04e23,
    "value": 6.3e23,
    "high": 8.19e23,
    "formula": "6 × parameters × training tokens",
    "source": "https://arxiv.org/abs/2001.08361",
    "flags": '["the tokens are stated of the whole family"]',
}
SIZE_AND_TOKENS = ("parameters", "training_tokens")


@pytest.fixture
def derive(engine: Engine, announce: Announce, foo: "Announcement") -> Callable[..., str]:
    """Puts the paper with a derived figure through the store; gives the address of its candidate's page."""

    def derive(figure: dict[str, object], *inputs: Claim, disputed_by: Claim | None = None) -> str:
        number = announce(foo)
        with session(engine) as writing:
            (document,) = queue.view(writing, number).documents
            made = DerivedFigure(DerivedClaim(**figure), inputs or _stated(foo, *SIZE_AND_TOKENS), disputed_by)
            readings.record_reading(
                writing, document.id, pipeline="1", announces=0.95, claims=foo.claims(), derived=[made]
            )
        return f"/candidates/{number}"

    return derive


def _stated(paper: "Announcement", *fields: str) -> tuple[Claim, ...]:
    return tuple(next(claim for claim in paper.claims() if claim.field == field) for field in fields)


def _field(desk: "RunningDesk", path: str, words: str) -> Tag:
    return next(each for each in desk.soup(path).select(".model")[0].select(".field") if words in each.text)


def test_a_figure_stands_folded_under_its_field_with_bounds_and_formula(
    desk: "RunningDesk", derive: Callable[..., str]
) -> None:
    field = _field(desk, derive(COMPUTE), "Training compute")

    folded = field.select_one("details")
    assert folded
    assert not folded.has_attr("open")
    text = " ".join(folded.text.split())
    assert text.startswith("1 derived figure")
    assert "6.3e+23 FLOP, 5e+23 to 8.2e+23" in text
    assert "= 6 × parameters × training tokens (arxiv.org)" in text
    assert "the tokens are stated of the whole family" in text
    assert "not stated" in field.text


def test_each_input_leads_to_its_quote_in_the_text(desk: "RunningDesk", derive: Callable[..., str]) -> None:
    path = derive(COMPUTE)

    links = _field(desk, path, "Training compute").select("a[data-claim]")

    assert [link.text for link in links] == ["7 billion parameters", "trained on 15T tokens"]
    assert all(desk.soup(path).select(str(link["href"])) for link in links)


def test_words_of_a_record_are_quoted_without_a_link(
    desk: "RunningDesk", derive: Callable[..., str], foo: "Announcement"
) -> None:
    (said,) = _stated(foo, "parameters")
    words = Claim(**(said.model_dump() | {"field": "config", "extractor": "repository_record"}))
    size = COMPUTE | {"field": "parameters", "unit": "computed", "low": 7.2e9, "value": 7.2e9, "high": 7.2e9}

    field = _field(desk, derive(size, words), "derived figure")

    quote = field.select(".rivals blockquote")
    assert [each.text for each in quote] == ["7 billion parameters"]
    assert not field.select(".rivals blockquote a")
    assert "7,200,000,000 computed" in " ".join(field.text.split())


def test_a_disagreement_is_plain_to_see_with_its_reason(
    desk: "RunningDesk", derive: Callable[..., str], foo: "Announcement"
) -> None:
    (stated,) = _stated(foo, "parameters")
    figure = COMPUTE | {"field": "parameters", "ratio": 8.2, "dispute": "the weights may be packed"}

    field = _field(desk, derive(figure, disputed_by=stated), "derived figure")

    doubt = field.select_one(".doubt")
    assert doubt
    assert doubt.text == "Stated is 8 times the derived 6.3e+23 FLOP: the weights may be packed."
    assert doubt.find_parent("details") is None


def test_another_models_figure_is_not_shown(desk: "RunningDesk", derive: Callable[..., str]) -> None:
    path = derive(COMPUTE | {"subject": "Foo-70B"})

    first, second = desk.soup(path).select(".model")

    assert "derived figure" not in first.text
    assert "derived figure" in second.text


def test_what_a_formula_says_is_shown_as_text(desk: "RunningDesk", derive: Callable[..., str]) -> None:
    path = derive(COMPUTE | {"formula": "<script>alert(1)</script>", "source": "javascript:alert(1)"})

    assert "<script>alert(1)" not in desk.get(path).text
    assert not desk.soup(path).select('a[href^="javascript"]')


def test_approving_writes_nothing_of_a_derived_figure(
    desk: "RunningDesk", derive: Callable[..., str], engine: Engine
) -> None:
    path = derive(COMPUTE)

    desk.send(desk.form(path, f"{path}/approve"))

    with session(engine, read_only=True) as reading:
        (approved,) = queue.listing(reading, Status.APPROVED)
    assert "training_compute" not in desk.get("/catalog.json").text
    assert approved.derived


@pytest.mark.parametrize(("ratio", "text"), [(3.4, "3 times"), (1190.0, "1,190 times"), (0.1, "1/10 of")])
def test_ratios_are_written_as_people_say_them(ratio: float, text: str) -> None:
    assert words.times(ratio) == text


@pytest.mark.parametrize(("value", "text"), [(8.412e22, "8.4e+22"), (788590.5, "790,000"), (1.2e25, "1.2e+25")])
def test_estimates_have_two_digits(value: float, text: str) -> None:
    assert words.rough(value) == text
