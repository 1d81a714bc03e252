import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.errors import ParseError
from flows.formats import isolation, pdf_text
from flows.formats.readable import read_html, read_markdown, read_page, read_pdf

URL = "https://lab.example.org/blog/heron"
SENTENCE = "Heron has 12 billion parameters and was trained on two trillion tokens of text and code. "
PAGE = f"""<!doctype html><html><head>
<title>Heron | Example Lab</title><meta property="og:title" content="Introducing Heron">
<meta property="article:published_time" content="2025-03-04T10:00:00Z"></head>
<body><nav><a href="/about#team">About</a> <a href="/about">About us</a> <a href="mailto:x@example.org">Mail</a></nav>
<article><h1>Introducing Heron</h1><p>{SENTENCE * 4}</p>
<table><tr><th>Model</th><th>Size</th></tr><tr><td>Heron-S</td><td>3B</td></tr></table>
<p>Weights are on <a href="https://huggingface.co/Example/Heron">the Hub</a>.</p>
<script>alert("no text")</script></article>
<div id="comments"><p class="comment">First! My own model has 900B parameters.</p></div></body></html>"""


def pdf(*lines: str) -> bytes:
    """Write a one-page PDF by hand; offsets are left for the reader to repair, as in many real files."""
    text = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 700 Td {text} ET"
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R\n"
        "/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        f"4 0 obj<</Length {len(stream)}>>stream\n{stream}\nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    ).encode()


def test_html_gives_title_date_and_main_text_with_tables() -> None:
    page = read_html(PAGE.encode(), URL)

    assert page.title == "Introducing Heron"
    assert page.published == datetime(2025, 3, 4, tzinfo=UTC)
    assert "Heron has 12 billion parameters" in page.text
    assert "| Heron-S | 3B |" in page.text


def test_html_leaves_out_scripts_and_comments() -> None:
    text = read_html(PAGE.encode(), URL).text

    assert "alert" not in text
    assert "900B" not in text
    assert "<" not in text


def test_html_gives_each_web_link_once_and_absolute() -> None:
    links = read_html(PAGE.encode(), URL).links

    assert links == ("https://lab.example.org/about", "https://huggingface.co/Example/Heron")


def test_links_follow_the_base_of_the_page() -> None:
    html = (
        '<html><head><base href="https://cdn.example.org/x/"></head><body><a href="y">y</a> words enough</body></html>'
    )

    assert read_html(html.encode(), URL).links == ("https://cdn.example.org/x/y",)


def test_a_tiny_main_text_gives_way_to_the_whole_text() -> None:
    rows = "".join(f"<div><span>Model {number}</span> <i>{number} billion parameters</i></div>" for number in range(30))

    page = read_html(f"<html><body><article><p>We use cookies.</p></article>{rows}</body></html>".encode(), URL)

    assert "Model 29 29 billion parameters" in page.text


@pytest.mark.parametrize(
    ("encoding", "declared", "meta", "words"),
    [
        pytest.param("utf-8", None, "", "Große Modelle", id="nothing declared"),
        pytest.param("utf-8", "iso-8859-1", "", "Große Modelle", id="header wrong"),
        pytest.param("utf-8", None, "iso-8859-1", "Große Modelle", id="page wrong"),
        pytest.param("cp1252", "utf-8", "", "Große Modelle – heute", id="header wrong, old page"),
        pytest.param("koi8-r", None, "koi8-r", "Новая модель", id="page right"),
        pytest.param("gb18030", "gb2312", "", "发布新模型", id="header right"),
        pytest.param("shift_jis", "Shift_JIS", "", "新しいモデル", id="Japanese"),
        pytest.param("utf-16", None, "", "Große Modelle", id="byte order mark"),
        pytest.param("utf-8", "punycode", "rot13", "Große Modelle", id="codecs that no page may ask for"),
    ],
)
def test_html_is_read_in_its_real_encoding(encoding: str, declared: str | None, meta: str, words: str) -> None:
    head = f'<meta charset="{meta}">' if meta else ""
    html = f"<html><head>{head}<title>{words}</title></head><body><p>{words} {words}</p></body></html>"

    assert words in read_html(html.encode(encoding), URL, declared).text


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\0\0\0", id="zeros"),
        pytest.param(b"<html><body><script>x()</script></body></html>", id="script alone"),
        pytest.param(b"<!--" * 1000, id="unclosed comments"),
    ],
)
def test_html_without_text_is_a_parse_error(html: bytes) -> None:
    with pytest.raises(ParseError, match="holds no text"):
        read_html(html, URL)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div>" * 50_000 + "deep", id="deep"),
        pytest.param("<b>" * 50_000 + "deep", id="deep in a line"),
        pytest.param("<table><tr><td>" * 10_000 + "deep", id="deep tables"),
        pytest.param("<" * 200_000, id="brackets"),
        pytest.param("<p>" + "&" * 100_000, id="ampersands"),
        pytest.param('<a href="http://[">x</a><a href="//">y</a><p>enough words</p>', id="links that are none"),
        pytest.param("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><html><body>&a; words</body>", id="entity"),
    ],
)
def test_hostile_html_is_read_or_refused_in_time(html: str) -> None:
    started = time.monotonic()

    try:
        text = read_html(html.encode(), URL).text
    except ParseError:
        text = ""

    assert time.monotonic() - started < 20
    assert "root:" not in text


def test_html_that_chokes_the_parser_ends_at_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    attributes = " ".join(f"a{number}=1" for number in range(200_000))
    monkeypatch.setattr(isolation, "LONGEST_TIME", 2)

    with pytest.raises(ParseError, match="could not be read within 2 s"):
        read_html(f"<p {attributes}>words</p>".encode(), URL)


def test_html_read_apart_is_the_same() -> None:
    page = isolation.read_apart("html", PAGE.encode(), URL, None)

    here = read_html(PAGE.encode(), URL)
    assert (page.title, page.text, page.published, page.links) == (here.title, here.text, here.published, here.links)


def test_too_much_html_is_a_parse_error() -> None:
    with pytest.raises(ParseError, match="more than 5 MB"):
        read_html(b" " * 5_000_001, URL)


def test_pdf_gives_its_first_line_as_title_and_joined_lines() -> None:
    page = read_pdf(pdf("Heron: Large Models for Birds", SENTENCE[:54].strip(), SENTENCE[54:].strip()))

    assert page.title == "Heron: Large Models for Birds"
    assert page.text == f"Heron: Large Models for Birds\n{SENTENCE.strip()}"
    assert page.published is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"<html>no</html>", "is no PDF", id="HTML"),
        pytest.param(b"%PDF-1.7\nrubbish", "cannot be read as PDF", id="rubbish"),
        pytest.param(pdf()[:200], "cannot be read as PDF", id="cut"),
        pytest.param(pdf(), "holds no text", id="no text"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_a_parse_error(content: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        read_pdf(content, URL)


def test_a_pdf_that_takes_too_long_is_a_parse_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "LONGEST_TIME", 0.001)

    with pytest.raises(ParseError, match="could not be read within"):
        read_pdf(pdf("Heron"), URL)


def test_markdown_keeps_its_marks_and_loses_its_html() -> None:
    card = (
        b"---\nlicense: mit\n---\n<!-- hidden --><div align='center'><img src=x></div>\n\n"
        b"```\n# a comment in code\n```\n# [Heron](https://x.org)-7B\n\n"
        b"| a | b |\n|---|---|\n| 1 | 2 |\n\nUses <think> tags, and 3 < 4.<br>Next<script>alert(1)</script>&nbsp;line"
    )

    page = read_markdown(card)

    assert page.title == "Heron-7B"
    assert page.text.startswith("---\nlicense: mit\n---\n")
    assert "| 1 | 2 |" in page.text
    assert page.text.endswith("Uses <think> tags, and 3 < 4.\nNext line")
    assert not any(gone in page.text for gone in ("hidden", "<div", "<img", "alert"))


def test_html_tables_in_markdown_become_cells() -> None:
    text = read_markdown(b"<table><tr><th>Model</th><th>Size</th></tr><tr><td>Heron</td><td>7B</td></tr></table>").text

    assert [line.strip() for line in text.splitlines() if line.strip()] == ["| Model | Size", "| Heron | 7B"]


def test_markdown_without_text_is_a_parse_error() -> None:
    with pytest.raises(ParseError, match="holds no text"):
        read_markdown(b"<!-- nothing -->\n")


@pytest.mark.parametrize(
    ("content", "media_type", "url", "text"),
    [
        pytest.param(pdf("Heron in words"), "application/octet-stream", URL, "Heron in words", id="PDF by its bytes"),
        pytest.param(b"<html><body>Heron <b>in</b> words", "", URL, "Heron in words", id="HTML by its bytes"),
        pytest.param(
            b"Heron <br>in", "text/plain", "https://x.org/README.md", "Heron \nin", id="Markdown by its ending"
        ),
        pytest.param(b"a < b", "text/plain", URL, "a < b", id="plain text"),
    ],
)
def test_a_file_is_read_by_what_it_is(content: bytes, media_type: str, url: str, text: str) -> None:
    assert " ".join(read_page(content, media_type, url).text.split()) == " ".join(text.split())


def test_a_file_of_another_type_is_a_parse_error() -> None:
    with pytest.raises(ParseError, match="is image/png"):
        read_page(b"\x89PNG\0", "image/png", URL)


@pytest.mark.shared
def test_hostile_documents_are_read_or_refused(shared: Path) -> None:
    files = [path for path in sorted((shared / "hostile").rglob("*")) if path.is_file()]

    for path in files:
        started = time.monotonic()
        try:
            text = read_html(path.read_bytes(), URL).text
        except ParseError:
            text = "refused"
        assert text
        assert time.monotonic() - started < 10, path.name


@pytest.mark.shared
def test_technical_reports_are_read(shared: Path) -> None:
    for path in sorted((shared / "replay" / "corpus" / "pdf").glob("*.pdf")):
        page = read_pdf(path.read_bytes())

        assert len(page.title) > 10
        assert len(page.text) > 50_000
        assert "\ufffe" not in page.text


def test_what_runs_along_the_top_and_foot_of_the_pages_is_left_out() -> None:
    bodies = ["Herons eat.", "Herons wade.", "Herons fly.", "Herons rest.", "Herons wait."]
    pages = [f"Heron: Large Models for Birds\n{body}\n{number}" for number, body in enumerate(bodies, start=1)]

    read = pdf_text.without_running_heads(pages)

    assert read[0] == pages[0]
    assert read[1:] == bodies[1:]


def test_lines_that_stand_on_two_pages_alone_are_kept() -> None:
    pages = ["First page", "Table of birds\none", "Table of birds\ntwo", "Last page"]

    assert pdf_text.without_running_heads(pages) == pages


def test_a_long_numbered_heading_is_not_joined_with_the_text_below() -> None:
    heading = "2.3. Heron-2: Learning to Fly from Very Many Birds at Once"

    assert pdf_text.unwrapped(f"{heading}\nHeron-2 was trained.") == f"{heading}\nHeron-2 was trained."
    assert pdf_text.unwrapped("This is a line of a paragraph that is a long one in 2\nUnits.").count("\n") == 0
