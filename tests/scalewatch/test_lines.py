"""The lines of a list of documents: which are taken, and what is said of the others."""

import gzip
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from scalewatch.errors import LineError
from scalewatch.lines import parse, raw_lines, text_of

GOOD = {
    "id": "a",
    "kind": "paper",
    "title": "A title",
    "text": "A text.",
    "url": "https://a.example",
    "published": None,
}


def _stream(content: bytes) -> io.BufferedReader:
    return cast("io.BufferedReader", io.BufferedReader(io.BytesIO(content)))


def _line(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def test_a_line_becomes_a_document() -> None:
    line = parse(3, _line(published="2025-01-02"), Path())

    assert (line.number, line.id, line.title, line.body) == (3, "a", "A title", "A text.")
    assert line.published is not None
    assert line.published.date() == date(2025, 1, 2)


def test_offsets_will_count_in_title_newline_text() -> None:
    text = text_of(parse(1, _line(), Path()))

    assert text.content == "A title\nA text."


def test_other_keys_are_ignored_and_url_and_date_may_be_missing() -> None:
    raw = json.dumps({"id": "a", "kind": "post", "title": "", "text": "", "stars": [1, 2]}).encode()

    assert parse(1, raw, Path()).url == ""


@pytest.mark.parametrize("published", ["2025-01-02", "2025-01-02T03:04:05", "2025-01-02T03:04:05Z", None])
def test_a_date_a_time_and_null_are_dates(published: str | None) -> None:
    parse(1, _line(published=published), Path())


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (b"{", "is no JSON"),
        (b"[1]", "is no JSON object"),
        (b'"text"', "is no JSON object"),
        (b"null", "is no JSON object"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"[" * 100_000, "is no JSON"),
        (b'{"id": ' + b"9" * 5_000 + b"}", "is no JSON"),
        (_line(id=None), "lacks `id`"),
        (_line(id=7), "`id` is no text"),
        (_line(kind=None), "lacks `kind`"),
        (_line(title=None), "lacks `title`"),
        (_line(title=["a"]), "`title` is no text"),
        (_line(text=None), "needs either `text` or `file`"),
        (_line(file="a.pdf"), "needs either `text` or `file`"),
        (_line(text=12), "`text` is no text"),
        (_line(text="\ud800"), "half a character"),
        (_line(url=5), "`url` is no text"),
        (_line(published="soon"), "`published` is neither"),
        (_line(published=2025), "`published` is neither"),
    ],
)
def test_a_line_that_holds_no_document_is_refused_with_the_reason(raw: bytes, complaint: str) -> None:
    with pytest.raises(LineError, match=complaint.replace("[", r"\[")):
        parse(1, raw, Path())


def test_a_file_counts_from_the_folder_of_the_list() -> None:
    line = parse(1, _line(text=None, file="docs/a.pdf"), Path("/lists"))

    assert line.body == Path("/lists/docs/a.pdf")


def test_a_line_with_a_file_needs_no_title() -> None:
    line = parse(1, _line(text=None, title=None, file="a.html"), Path())

    assert line.title is None


def test_blank_lines_are_passed_over_but_counted() -> None:
    stream = _stream(b"\n{}\n  \n{}")

    assert list(raw_lines(stream)) == [(2, b"{}\n"), (4, b"{}")]


def test_a_gzipped_list_is_known_by_its_bytes() -> None:
    stream = _stream(gzip.compress(b"{}\n{}\n"))

    assert [number for number, _ in raw_lines(stream)] == [1, 2]


@pytest.mark.parametrize("cut", [-1, -9, 12], ids=["without its last byte", "without its sum", "in its first bytes"])
def test_a_gzipped_list_that_breaks_off_says_so_at_the_end(cut: int) -> None:
    whole = gzip.compress(b"".join(b'{"n": %d}\n' % number for number in range(50)))
    stream = _stream(whole[:cut])

    *_, (_, last) = raw_lines(stream)

    assert isinstance(last, LineError)
    assert "breaks off" in str(last)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzipped"])
def test_a_line_without_measure_is_refused_and_the_next_one_read(pack: Callable[[bytes], bytes]) -> None:
    lines = list(raw_lines(_stream(pack(b"a" * 2_500_000 + b"\n12345\n123456\n1234567\n")), longest=6))

    assert [number for number, _ in lines] == [1, 2, 3, 4]
    assert [line for _, line in lines[1:3]] == [b"12345\n", b"123456\n"]
    assert str(lines[0][1]) == str(lines[3][1]) == "is longer than 6 bytes"
