from dataclasses import fields
from pathlib import Path

import pytest

from flows.errors import SourcesFileError
from flows.settings import DEFAULT_SOURCES
from flows.sources import KINDS
from flows.sources.arxiv import ArxivSource
from flows.sources.feed import FeedSource
from flows.sources.huggingface import HuggingFaceSource
from flows.sources_file import UnknownSourceError, parse_sources, read_sources, select

FILE = Path("sources.toml")

GOOD = """\
# Two sources.
[[source]]
name = "papers"
kind = "arxiv"
schedule = "30  0 * * 1-5"
timezone = "America/New_York"
categories = ["cs.CL", "cs.LG"]

[[source]]
name = "harbour"
kind = "feed"
schedule = "*/30 6-18/2 1,15 * *"
url = "https://lab.example.org/feed.xml"
maker = "Harbour Lab"
watched = true
note = "Nobody has seen it."
"""


def test_parse_sources_reads_every_key() -> None:
    papers, harbour = parse_sources(GOOD, FILE)

    assert (papers.name, papers.kind, papers.schedule) == ("papers", "arxiv", "30 0 * * 1-5")
    assert papers.timezone == "America/New_York"
    assert papers.source == ArxivSource(categories=("cs.CL", "cs.LG"))
    assert (papers.maker, papers.watched, papers.note) == (None, False, "")
    assert harbour.source == FeedSource(url="https://lab.example.org/feed.xml")
    assert (harbour.timezone, harbour.maker, harbour.watched) == ("UTC", "Harbour Lab", True)


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "problem"),
    [
        pytest.param('"30  0 * * 1-5"', '"30 0 * *"', 5, "schedule", "five fields", id="schedule of four"),
        pytest.param('"30  0 * * 1-5"', '"61 0 * * *"', 5, "schedule", "'61'", id="minute 61"),
        pytest.param('"30  0 * * 1-5"', '"5-1 0 * * *"', 5, "schedule", "'5-1'", id="backward range"),
        pytest.param('"30  0 * * 1-5"', '"*/0 0 * * *"', 5, "schedule", "'\\*/0'", id="step of nothing"),
        pytest.param('"30  0 * * 1-5"', "30", 5, "schedule", "should be a valid string", id="schedule a number"),
        pytest.param('"America/New_York"', '"America/Atlantis"', 6, "timezone", "is no time zone", id="time zone"),
        pytest.param('["cs.CL", "cs.LG"]', '"cs.CL"', 7, "categories", "should be a valid tuple", id="no list"),
        pytest.param(
            "categories =", "catgories =", 7, "catgories", "is no key of a source of kind arxiv", id="misspelt"
        ),
        pytest.param('kind = "feed"', 'kind = "rss"', 11, "kind", "arxiv, feed, pages, huggingface", id="kind"),
        pytest.param('url = "https', 'url = "ftp', 13, "url", "is no http:// or https:// address", id="address"),
        pytest.param("watched = true", 'watched = "perhaps"', 15, "watched", "boolean", id="boolean"),
        pytest.param('name = "harbour"', 'name = "papers"', 10, "name", "name of another source", id="twins"),
        pytest.param('name = "harbour"', 'name = "Harbour Lab"', 10, "name", "is no name", id="name"),
        pytest.param('name = "harbour"\n', "", 9, "name", "is missing", id="no name"),
        pytest.param('kind = "feed"\n', "", 9, "kind", "None is no kind", id="no kind"),
        pytest.param("maker =", "maker", 14, "maker", "is no valid TOML", id="no TOML"),
        pytest.param("# Two sources.", "colour = 3", 1, "colour", "is no key of a sources file", id="key at the top"),
        pytest.param(
            'categories = ["cs.CL", "cs.LG"]\n', "", 4, "kind", "either categories or query", id="asks nothing"
        ),
    ],
)
def test_a_mistake_names_the_line_and_the_key(old: str, new: str, line: int, key: str, problem: str) -> None:
    assert old in GOOD

    with pytest.raises(SourcesFileError, match=problem) as caught:
        parse_sources(GOOD.replace(old, new), FILE)

    assert (caught.value.line, caught.value.key) == (line, key)
    assert "sources.toml" in str(caught.value)


@pytest.mark.parametrize("text", ["", "source = 3", "source = []", "[source]\nname = 'a'"])
def test_a_file_without_sources_is_refused(text: str) -> None:
    with pytest.raises(SourcesFileError, match="describes no source"):
        parse_sources(text, FILE)


def test_a_pattern_that_is_none_is_refused() -> None:
    text = '[[source]]\nname="a"\nkind="pages"\nschedule="0 0 * * *"\nurl="https://a.example.org/"\npattern="("\n'

    with pytest.raises(SourcesFileError, match="no regular expression") as caught:
        parse_sources(text, FILE)

    assert (caught.value.line, caught.value.key) == (6, "pattern")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourcesFileError, match=r"gone\.toml"):
        read_sources(tmp_path / "gone.toml")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bytes.toml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(SourcesFileError, match="cannot be read"):
        read_sources(path)


def test_select_keeps_the_order_of_the_file() -> None:
    specs = parse_sources(GOOD, FILE)

    assert select(specs, ()) == specs
    assert [spec.name for spec in select(specs, ("harbour", "papers"))] == ["papers", "harbour"]


def test_select_lists_the_known_names_for_an_unknown_one() -> None:
    with pytest.raises(UnknownSourceError, match="no source 'habour'; known are: papers, harbour"):
        select(parse_sources(GOOD, FILE), ("habour",))


def test_the_newest_leave_out_the_authors_that_other_sources_name() -> None:
    hub = '[[source]]\nname="{}"\nkind="huggingface"\nschedule="0 0 * * *"\n{}\n'
    text = hub.format("maker", 'authors=["harbour-lab"]') + hub.format("newest", 'newest=true\nwithout=["repackers"]')

    _, newest = parse_sources(text, FILE)

    assert isinstance(newest.source, HuggingFaceSource)
    assert newest.source.without == ("repackers", "harbour-lab")


def test_the_default_file_watches_arxiv_labs_and_makers() -> None:
    specs = read_sources(DEFAULT_SOURCES)

    kinds = {spec.kind for spec in specs}
    (papers,) = (spec.source for spec in specs if isinstance(spec.source, ArxivSource))
    authors = {author for spec in specs if isinstance(spec.source, HuggingFaceSource) for author in spec.source.authors}
    assert len(specs) >= 30
    assert kinds == {kind.kind for kind in KINDS}
    assert set(papers.categories) >= {"cs.CL", "cs.LG", "cs.AI", "cs.CV"}
    assert authors >= {"deepseek-ai", "Qwen", "moonshotai", "zai-org", "meta-llama", "mistralai", "openai"}
    assert any(spec.watched for spec in specs)


def test_no_two_default_sources_of_one_host_start_together() -> None:
    specs = read_sources(DEFAULT_SOURCES)

    starts = [(spec.kind, spec.schedule, spec.timezone) for spec in specs]

    assert len(set(starts)) == len(starts)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.kind))
def test_the_docs_list_every_key_of_a_kind(kind: type[FeedSource]) -> None:
    text = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")

    section = text.partition(f"## `{kind.kind}`")[2].partition("\n## ")[0]

    assert section
    assert all(f"| `{field.name}` |" in section for field in fields(kind))


def test_the_docs_list_the_keys_of_every_source() -> None:
    text = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")

    with pytest.raises(SourcesFileError) as caught:
        parse_sources(GOOD.replace("maker =", "made_by ="), FILE)

    known = caught.value.problem.rpartition(": ")[2].split(", ")
    assert {"name", "schedule", "timezone", "maker", "watched", "note"} <= set(known)
    assert all(f"| `{key}` |" in text for key in known)
