"""Tables, front matter and the plain view: what stands where."""

from extractors.finding import Text
from extractors.front_matter import front_matter
from extractors.page import Page
from extractors.tables import tables
from extractors.view import plain

MARKDOWN = "Sizes:\n\n| Model | Params |\n|:---|---:|\n| **Foobar-7B** | 7.6B |\n| Foobar-13B | 13B |\n\nThat is all."
HTML = (
    '<table><tr><th>Model</th><th colspan="2">Params</th></tr><tr><td>Foobar-7B</td><td>7B</td><td>8B</td></tr></table>'
)
CARD = (
    "Acme/Foobar\n---\nlicense: mit\nbase_model:\n- Other/Base-7B\n- 'Other/Base-8B'\ntags: [text-generation, "
    "chat]\n---\n# Foobar\n"
)


def test_markdown_tables_are_read_with_offsets() -> None:
    found = tables(MARKDOWN, plain(MARKDOWN))

    assert [[cell.text for cell in row] for row in found[0].rows] == [
        ["Model", "Params"],
        ["Foobar-7B", "7.6B"],
        ["Foobar-13B", "13B"],
    ]
    assert MARKDOWN[found[0].rows[1][1].start : found[0].rows[1][1].end] == "7.6B"


def test_lines_with_bars_but_no_rule_are_no_table() -> None:
    assert tables("a | b\nc | d\ne | f\n", "a | b\nc | d\ne | f\n") == ()


def test_html_tables_are_read_with_spanned_columns() -> None:
    found = tables(HTML, plain(HTML))

    assert [[cell.text for cell in row] for row in found[0].rows] == [
        ["Model", "Params", "Params"],
        ["Foobar-7B", "7B", "8B"],
    ]


def test_a_table_without_rows_is_none() -> None:
    assert tables("<table></table>", plain("<table></table>")) == ()


def test_front_matter_gives_each_value_its_own_place() -> None:
    found = front_matter(CARD, len("Acme/Foobar\n"))

    assert [entry.value for entry in found.get("license")] == ["mit"]
    assert [entry.value for entry in found.get("base_model")] == ["Other/Base-7B", "Other/Base-8B"]
    assert [entry.value for entry in found.get("tags")] == ["text-generation", "chat"]
    assert [CARD[entry.start : entry.end] for entry in found.get("base_model")] == [
        "- Other/Base-7B",
        "- 'Other/Base-8B'",
    ]


def test_a_rule_in_the_middle_opens_no_front_matter() -> None:
    assert front_matter("Foobar\nSome text.\n---\nlicense: mit\n---\n", len("Foobar\n")).entries == {}


def test_the_plain_view_blanks_markup_code_addresses_and_citations() -> None:
    text = (
        "**Foo** <b>x</b> [link](http://a.b) `y`\n```\n7B parameters\n```\n@misc{key,\n  "
        "title={175B}\n}\nhttps://c.d/e end"
    )

    view = plain(text)

    assert view.split() == ["Foo", "x", "[link]", "y", "end"]
    assert view.index("end") == text.index("end")


def test_the_page_knows_the_heading_of_a_place() -> None:
    page = Page(Text("card", "Acme/Foobar", "# One\nfirst\n## Two\nsecond\n"))

    assert page.heading(page.content.index("second")) == "two"
    assert page.heading(0) == ""
