"""What holds of every text, whatever it says."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.finding import Text
from extractors.page import Page
from extractors.pipeline import read
from extractors.view import plain

PIECES = st.sampled_from(
    [
        "We introduce Foobar-7B, ",
        "a 7B-parameter ",
        "language model ",
        "trained on 15T tokens. ",
        "**",
        "`",
        "```\n",
        "---\n",
        "license: mit\n",
        "base_model: a/b\n",
        "<!-- ",
        "-->",
        "<table>",
        "<tr><td>",
        "</td></tr>",
        "</table>",
        "| Model | Params |\n",
        "|---|---|\n",
        "| Foobar-7B | 7B |\n",
        "Llama-3-70B ",
        "参数 ",
        "3550 亿",
        "７Ｂ",
        "\u200b",
        "\xa0",
        "10^{25} FLOPs ",
        "$",
        "\\times",
        "{",
        "}",
        "outperforms ",
        "# Foobar\n",
        "\n\n",
        "http://a.b/c ",
        "(",
        ")",
        "[",
        "]",
        "@misc{x,\n",
        "1,000,000 ",
        "8x7B ",
        "30B-A3B ",
        "Foobar 13B and 70B. ",
        "🤗",
        "é",
        "\r\n",
        "\x00",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=20), max_size=40).map("".join)
CALM = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@CALM
@given(
    kind=st.sampled_from(["paper", "card", "post"]), title=st.text(max_size=40) | st.just("Acme/Foobar-7B"), text=TEXTS
)
def test_every_quote_stands_at_its_offsets(kind: str, title: str, text: str) -> None:
    document = Text(kind, title, text)

    reading = next(read([document]))

    assert 0 <= reading.announces <= 1
    for finding in reading.findings:
        assert document.content[finding.start : finding.end] == finding.quote
        assert 0 <= finding.start < finding.end <= len(document.content)
        assert 0 <= finding.confidence <= 1
        assert finding.subject
        assert finding.extractor


@CALM
@given(text=TEXTS)
def test_the_plain_view_is_as_long_as_the_text(text: str) -> None:
    assert len(plain(text)) == len(text)


@CALM
@given(text=TEXTS)
def test_parts_of_a_page_lie_within_it(text: str) -> None:
    page = Page(Text("card", "Acme/Foobar", text))

    assert page.sentences[0][0] == 0
    assert page.sentences[-1][1] == len(page.view)
    assert all(page.view[name.start : name.end] == name.text for name in page.names)
    assert all(0 <= quantity.start < quantity.end <= len(page.view) for quantity in page.quantities)
    assert all(table.start < table.end <= len(page.view) for table in page.tables)


HOSTILE = (
    "<" * 100_000,
    "<!-- " * 40_000,
    "[" * 100_000,
    "![" * 50_000,
    "```\n" * 40_000,
    "<table>" * 20_000,
    "<table><tr><td>" * 10_000,
    "| a " * 50_000,
    "|\n" * 80_000,
    "7B, " * 20_000,
    "1" * 200_000,
    "1," * 100_000,
    "Foobar-7B " * 20_000,
    "a-" * 100_000,
    "A-1" * 60_000,
    "we " * 60_000,
    "model " * 40_000,
    "introduce " * 20_000,
    "open-source " * 20_000,
    "under the " * 20_000,
    "$" * 100_000,
    "\\" * 100_000,
    "{{" * 100_000,
    "# a\n" * 40_000,
    "@misc{\n" * 20_000,
    "---\n" + "a: b\n" * 30_000,
    " " * 200_000,
    "\n" * 200_000,
    "亿" * 100_000,
    "7 " * 40_000 + "billion",
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_no_text_is_read_for_long(text: str) -> None:
    began = time.perf_counter()

    list(read([Text("card", "Acme/Foobar-7B", text)]))

    assert time.perf_counter() - began < 30
