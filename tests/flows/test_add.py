import re
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from sqlalchemy import Engine
from sqlmodel import col, select

from flows.add import add
from flows.errors import MissingError, ParseError, RefusedAddressError
from flows.settings import Settings
from store import queue
from store.engine import session
from store.tables import Candidate, Document

PAGES = Path(__file__).parent / "sources" / "pages"
NOTE = "# Wren\n\nWe present Wren-125M, a small language model with 125 million parameters. Its weights are open.\n"


def page(name: str) -> bytes:
    """Return the bytes of a recorded page."""
    return (PAGES / name).read_bytes()


def document(engine: Engine) -> Document:
    """Return the newest stored document."""
    with session(engine, read_only=True) as reading:
        return reading.exec(select(Document).order_by(col(Document.id).desc())).all()[0]


@pytest.mark.parametrize(
    "address",
    [
        "https://arxiv.org/abs/2603.00101",
        "http://www.arxiv.org/pdf/2603.00101v1.pdf",
        "https://arxiv.org/html/2603.00101v2",
    ],
)
def test_a_paper_comes_by_the_api(engine: Engine, settings: Settings, httpserver: HTTPServer, address: str) -> None:
    httpserver.expect_request(
        "/export.arxiv.org/api/query", query_string={"id_list": "2603.00101", "max_results": "1"}
    ).respond_with_data(page("arxiv/two_papers.xml"), content_type="application/atom+xml")
    httpserver.expect_request(re.compile("/arxiv.org/.*")).respond_with_data("", status=404)

    candidate = add(engine, settings, address)

    with session(engine, read_only=True) as reading:
        assert "pelican" in queue.view(reading, candidate).name.lower()
    assert document(engine).key == "arxiv:2603.00101"


def test_a_repository_comes_by_the_api_with_its_card(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    record = b'{"id": "harbour-lab/Pelican-7B", "sha": "1", "safetensors": {"total": 7240000128}, "tags": []}'
    files = "/huggingface.co/harbour-lab/Pelican-7B/resolve/main"
    httpserver.expect_request("/huggingface.co/api/models/harbour-lab/Pelican-7B").respond_with_data(record)
    httpserver.expect_request(f"{files}/README.md").respond_with_data(page("huggingface/README.md"))
    httpserver.expect_request(f"{files}/config.json").respond_with_data("", status=404)

    add(engine, settings, "https://huggingface.co/harbour-lab/Pelican-7B/tree/main")

    assert document(engine).key == "hf:harbour-lab/Pelican-7B"
    assert "trained on 2T tokens" in document(engine).text


def test_any_other_address_comes_as_a_page(engine: Engine, settings: Settings, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/lab.example.org/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/lab.example.org/pelican/").respond_with_data(
        page("feed/post.html"), content_type="text/html"
    )

    add(engine, settings, "https://lab.example.org/pelican/?utm_source=friend#top")

    assert document(engine).key == "https://lab.example.org/pelican"
    assert document(engine).source == "(added by hand)"


def test_a_file_comes_from_the_disk_under_its_name_alone(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "wren.md"
    path.write_text(NOTE)

    candidate = add(engine, settings, str(path))

    with session(engine, read_only=True) as reading:
        view = queue.view(reading, candidate)
    assert "wren" in view.name.lower()
    assert document(engine).key.startswith("file:")
    assert document(engine).url == "wren.md"
    assert str(tmp_path) not in document(engine).model_dump_json()


def test_the_same_again_is_the_same_candidate(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "wren.txt"
    path.write_text(NOTE)

    first = add(engine, settings, str(path))
    second = add(engine, settings, str(path))

    with session(engine, read_only=True) as reading:
        assert len(reading.exec(select(Candidate)).all()) == 1
        assert len(reading.exec(select(Document)).all()) == 1
    assert first == second


def test_a_document_that_names_no_model_is_a_candidate_all_the_same(
    engine: Engine, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "diary.txt"
    path.write_text("Today it rained, and nobody trained anything at all.")

    candidate = add(engine, settings, str(path))

    with session(engine, read_only=True) as reading:
        assert queue.view(reading, candidate).id == candidate


def test_a_file_that_is_not_there_is_said(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="cannot be read"):
        add(engine, settings, str(tmp_path / "gone.pdf"))


def test_a_file_without_text_is_said(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "empty.md"
    path.write_text(" \n")

    with pytest.raises(ParseError, match="no text"):
        add(engine, settings, str(path))


def test_a_page_that_is_gone_is_said(engine: Engine, settings: Settings, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/lab.example.org/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/lab.example.org/gone").respond_with_data("", status=410)

    with pytest.raises(MissingError, match="answered 410"):
        add(engine, settings, "https://lab.example.org/gone")


@pytest.mark.parametrize(
    "address", ["ftp://lab.example.org/a", "file:///etc/hostname", "FILE://localhost/etc/hostname"]
)
def test_an_address_of_another_scheme_is_refused(engine: Engine, settings: Settings, address: str) -> None:
    with pytest.raises(RefusedAddressError, match="neither http"):
        add(engine, settings, address)


def test_an_address_of_the_private_network_is_refused(engine: Engine, settings: Settings) -> None:
    with pytest.raises(RefusedAddressError):
        add(engine, settings, "http://127.0.0.1:9/secret")
