from pathlib import Path

import pytest

from flows.errors import ParseError
from flows.formats.safe_xml import MOST_BYTES, refuse_declarations, tree

URL = "https://lab.example.org/feed.xml"
BOMB = "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"


def test_tree_reads_well_formed_xml() -> None:
    root = tree(b"<?xml version='1.0'?><a><b>text</b></a>", URL)

    assert root.findtext("b") == "text"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_no_encoding_hides_a_declaration(encoding: str) -> None:
    with pytest.raises(ParseError):
        tree(f"<?xml version='1.0'?>{BOMB}".encode(encoding), URL)


@pytest.mark.parametrize("charset", ["utf-7", "cp037"])
def test_no_declared_charset_hides_a_declaration(charset: str) -> None:
    content = f"<?xml version='1.0'?>{BOMB}".encode(charset)

    with pytest.raises(ParseError, match="declares entities"):
        refuse_declarations(content, URL, charset)


def test_an_old_document_type_without_a_subset_is_let_through_for_feeds() -> None:
    content = (
        b'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://a.example.org/rss.dtd"><rss/>'
    )

    assert b"<rss/>" in refuse_declarations(content, URL)
    with pytest.raises(ParseError, match="document type"):
        tree(content, URL)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"\n ", "is empty", id="empty"),
        pytest.param(b"<a>", "not well-formed", id="cut"),
        pytest.param(b"<!doctype HTML><title>a", "answered HTML", id="html"),
        pytest.param(b"<a " + b"b='' " * 2000 + b"/>", "hundreds of attributes", id="attributes"),
        pytest.param(b"<a>" * 1000 + b"</a>" * 1000, "not well-formed", id="deep"),
        pytest.param(b" " * MOST_BYTES + b"<a/>", "larger than 20 MB", id="large"),
    ],
)
def test_tree_refuses_what_hurts(content: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        tree(content, URL)


@pytest.mark.shared
def test_no_recorded_bomb_is_expanded_or_looked_up(shared: Path) -> None:
    bombs = sorted((shared / "hostile" / "xml_bombs").glob("*.xml"))

    read = set()
    for path in bombs:
        try:
            tree(path.read_bytes(), URL)
        except ParseError:
            continue
        read.add(path.name)
    assert read == {"simple.xml", "simple-ns.xml"}
