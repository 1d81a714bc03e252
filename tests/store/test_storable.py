"""What is made of characters that no database or no terminal should get."""

import pytest

from store.storable import storable


@pytest.mark.parametrize(
    "sign",
    ["\x00", "\ud800", "\x1b", "\x07", "\x08", "\x7f", "\x9b"],
    ids=["NUL", "half a character", "escape", "bell", "backspace", "delete", "eight-bit escape"],
)
def test_a_character_that_is_none_or_that_a_terminal_obeys_is_replaced_in_its_place(sign: str) -> None:
    kept = storable(f"Gull{sign}[2J-7B")

    assert kept == "Gull\ufffd[2J-7B"


@pytest.mark.parametrize("text", ["", "a\tb\nc\r\nd", "阿里 7B\u200b\u00a0é\u00ad\U0001f600", "page\x0cbreak"])
def test_every_other_text_stays_as_it_is(text: str) -> None:
    assert storable(text) == text
