"""Quotes are marked where they stand, however they overlap, and nowhere else."""

from dataclasses import dataclass

import pytest

from review_ui.marking import Segment, mark, stands

TITLE = "Foo: a model"
TEXT = "Foo has 7 billion parameters."


@dataclass(frozen=True)
class Quote:
    id: int
    quote: str
    start: int
    end: int


def quote(number: int, words: str, content: str = f"{TITLE}\n{TEXT}") -> Quote:
    start = content.rindex(words)
    return Quote(number, words, start, start + len(words))


def test_a_text_without_claims_is_one_piece() -> None:
    marked = mark(TITLE, TEXT, [])

    assert marked.title == (Segment(TITLE),)
    assert marked.text == (Segment(TEXT),)


def test_a_quote_is_cut_out_and_opens_its_anchor() -> None:
    marked = mark(TITLE, TEXT, [quote(4, "7 billion parameters")])

    assert marked.text == (Segment("Foo has "), Segment("7 billion parameters", (4,), (4,)), Segment("."))


def test_a_quote_in_the_title_is_marked_there() -> None:
    marked = mark(TITLE, TEXT, [Quote(1, "Foo", 0, 3)])

    assert marked.title == (Segment("Foo", (1,), (1,)), Segment(": a model"))
    assert marked.text == (Segment(TEXT),)


def test_overlapping_quotes_share_the_piece_that_both_cover() -> None:
    marked = mark(TITLE, TEXT, [quote(1, "has 7 billion"), quote(2, "7 billion parameters")])

    assert marked.text[1:4] == (
        Segment("has ", (1,), (1,)),
        Segment("7 billion", (1, 2), (2,)),
        Segment(" parameters", (2,)),
    )


def test_a_quote_within_another_cuts_it_in_three() -> None:
    marked = mark(TITLE, TEXT, [quote(1, "has 7 billion parameters"), quote(2, "billion")])

    assert [piece.claims for piece in marked.text] == [(), (1,), (1, 2), (1,), ()]


def test_two_claims_of_the_same_words_have_an_anchor_each() -> None:
    marked = mark(TITLE, TEXT, [quote(1, "7 billion"), quote(2, "7 billion")])

    assert marked.text[1] == Segment("7 billion", (1, 2), (1, 2))


@pytest.mark.parametrize(
    "wrong",
    [
        Quote(1, "8 billion", 21, 30),
        Quote(1, "Foo", -3, 0),
        Quote(1, "", 5, 5),
        Quote(1, "parameters.", 31, 4000),
    ],
    ids=["other words", "before the text", "empty", "behind the text"],
)
def test_a_quote_that_does_not_stand_at_its_offsets_marks_nothing(wrong: Quote) -> None:
    marked = mark(TITLE, TEXT, [wrong])

    assert not stands(wrong, f"{TITLE}\n{TEXT}")
    assert marked.text == (Segment(TEXT),)


def test_the_pieces_joined_are_the_text_unchanged() -> None:
    text = "a<b>&\r\n\tcafé 模型 " * 500
    content = f"{TITLE}\n{text}"
    claims = [Quote(i, content[i * 7 : i * 7 + 20], i * 7, i * 7 + 20) for i in range(300)]

    marked = mark(TITLE, text, claims)

    assert "".join(piece.text for piece in marked.title) == TITLE
    assert "".join(piece.text for piece in marked.text) == text


def test_an_empty_title_is_no_piece() -> None:
    assert mark("", TEXT, []).title == ()
