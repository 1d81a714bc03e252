"""`scalewatch explain` as a person runs it, and the page that it writes."""

import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from extractors.explain import explain
from extractors.finding import Text
from scalewatch import explained

Run = Callable[..., subprocess.CompletedProcess[str]]

POST = (
    "# Introducing Avocet-7B\n\nToday we release Avocet-7B, a 7 billion parameter language model trained on 3T tokens. "
    "It beats Dunlin-13B [by far]. Its weights are open.\n"
)


class Parts(HTMLParser):
    """What a page holds: its tags, addresses and handlers, and the titles of its marks."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.outside: list[str] = []
        self.titles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.outside += [name for name, _ in attrs if name in ("src", "href") or name.startswith("on")]
        self.titles += [value or "" for name, value in attrs if name == "title"]


def parts(page: str) -> Parts:
    found = Parts()
    found.feed(page)
    return found


def test_a_file_is_shown_with_its_claims_and_what_was_passed_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(POST)

    said = run("explain", "post.md")

    assert said.returncode == 0, said.stderr
    assert "It beats Dunlin-13B [by far]." in said.stdout
    assert "training_tokens = 3T of Avocet-7B" in said.stdout
    assert "“Dunlin-13B” passed over" in said.stdout


def test_a_page_is_written_that_needs_nothing_from_elsewhere(run: Run, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(POST)

    said = run("explain", "post.md", "--html", "why.html")

    page = (tmp_path / "why.html").read_text(encoding="utf-8")
    assert said.returncode == 0, said.stderr
    assert "why.html" in said.stdout
    assert {"script", "link", "img"}.isdisjoint(parts(page).tags)
    assert parts(page).outside == []
    assert any("training_tokens = 3T of Avocet-7B" in title for title in parts(page).titles)
    assert any(title.startswith("passed over") for title in parts(page).titles)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("asked", ["1", "https://huggingface.co/Lanternfish/Anglerfish-70B"])
def test_a_stored_document_and_an_address_are_shown_too(run: Run, asked: str) -> None:
    said = run("explain", asked)

    assert said.returncode == 0, said.stderr
    assert "Probability that it announces a model of its own" in said.stdout


@pytest.mark.parametrize("asked", ["arxiv:2601.00001", "²", "9" * 20, str(2**31)])
def test_what_is_neither_file_address_nor_stored_is_wrong_use(run: Run, asked: str) -> None:
    said = run("explain", asked)

    assert said.returncode == 2
    assert "no stored document" in said.stderr


def test_hostile_words_are_words_in_the_page() -> None:
    hostile = "<script>alert(1)</script> \" ' & <img src=x onerror=alert(1)> \x1b[31mred Avocet-7B has 7B parameters"

    page = explained.as_html(explain(Text("post", f"We release Avocet-7B {hostile}", hostile)))

    assert {"script", "img"}.isdisjoint(parts(page).tags)
    assert parts(page).outside == []
    assert "\x1b" not in page


def test_the_pieces_make_up_the_document() -> None:
    explanation = explain(Text("post", "Introducing Avocet-7B", POST))

    assert "".join(piece.text for piece in explained.pieces(explanation)) == explanation.text.content
