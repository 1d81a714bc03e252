"""Papers in full: which are fetched, from where, how often, and what becomes of them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from sqlalchemy import Engine
from sqlmodel import select

from flows.add import add
from flows.ingest import run_source
from flows.settings import Settings
from flows.sources.arxiv import ArxivSource
from flows.sources_file import SourceSpec
from store import documents, queue
from store.engine import session
from store.tables import Claim, Document

SINCE = datetime(2026, 2, 1, tzinfo=UTC)
QUERY = "/export.arxiv.org/api/query"
HTML = "/arxiv.org/html/2603.00101"
PDF = "/arxiv.org/pdf/2603.00101"
FULL = "arxiv:2603.00101#full"
PAPERS = SourceSpec("papers", "0 0 * * *", "UTC", ArxivSource(categories=("cs.CL",)))
LISTING = (Path(__file__).parent / "sources" / "pages" / "arxiv" / "two_papers.xml").read_bytes()

FILLING = "Harbours keep records of every ship, and the records say little that is of use to a crane. " * 30
SECTIONS = (
    ("Abstract", "We present Pelican-7B, a language model of 7 billion parameters."),
    ("1 Introduction", FILLING + "We release Pelican-7B."),
    ("2 Pre-training", "Pelican-7B is trained on 2.5 trillion tokens. " + FILLING),
    ("3 Related Work", "Gannet-405B has 405 billion parameters and saw 15 trillion tokens. " + FILLING),
    ("References", "A. Quay. Gannet 2, a model of 30 billion parameters. 2024."),
)


def html() -> str:
    """Return the paper's HTML edition."""
    parts = "".join(f"<section><h2>{title}</h2><p>{text}</p></section>" for title, text in SECTIONS)
    return f"<!doctype html><html><head><title>Pelican-7B</title></head><body><article>{parts}</article></body></html>"


def pdf() -> bytes:
    """Return the paper as a PDF of one page, written by hand; offsets are left for the reader to repair."""
    lines = [line for title, text in SECTIONS for line in (title, *(f"{part}." for part in text.split(". ") if part))]
    shown = " ".join(f"({line}) Tj T*" for line in ("Pelican-7B: An Open Language Model", *lines))
    stream = f"BT /F1 4 Tf 5 TL 20 780 Td {shown} ET"
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R\n"
        "/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        f"4 0 obj<</Length {len(stream)}>>stream\n{stream}\nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    ).encode()


def answer(world: HTTPServer, path: str, content: str | bytes = "", media_type: str = "text/html") -> None:
    """Let `path` answer `content`, or 404 without it."""
    status = 200 if content else 404
    world.expect_request(path).respond_with_data(content, status=status, content_type=media_type)


def world(server: HTTPServer, *, listing: bytes = LISTING, html: str = "", pdf: bytes = b"") -> None:
    """Make the server arXiv, with these editions of one paper and no others."""
    server.clear()
    answer(server, "/arxiv.org/robots.txt")
    answer(server, QUERY, listing, "application/atom+xml")
    answer(server, HTML, html)
    answer(server, PDF, pdf, "application/pdf")


def asked(server: HTTPServer) -> list[str]:
    """Return the editions that were asked for since the world was made."""
    return [request.path for request, _ in server.log if request.path in (HTML, PDF)]


def full_text(engine: Engine) -> Document | None:
    """Return the paper's full text as stored."""
    with session(engine, read_only=True) as reading:
        return documents.latest(reading, FULL)


def claims(engine: Engine, field: str) -> list[Claim]:
    """Return the claims of a field in the paper's full text."""
    with session(engine, read_only=True) as reading:
        joined = select(Claim).join(Document).where(Document.key == FULL, Claim.field == field)
        return list(reading.exec(joined))


def test_a_large_model_s_paper_is_read_in_full_by_its_html_edition(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    world(httpserver, html=html(), pdf=pdf())

    run_source(engine, settings, PAPERS, since=SINCE)

    text = full_text(engine)
    (tokens,) = claims(engine, "training_tokens")
    assert text is not None
    assert (text.kind, text.version, text.url) == ("report", "v2", "https://arxiv.org/html/2603.00101")
    assert text.content[tokens.start_char : tokens.end_char] == tokens.quote
    assert tokens.value == "2500000000000.0"
    assert "Pre-training" in tokens.reason
    assert asked(httpserver) == [HTML]


def test_a_paper_without_an_html_edition_is_read_as_pdf(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    world(httpserver, pdf=pdf())

    run_source(engine, settings, PAPERS, since=SINCE)

    assert [claim.value for claim in claims(engine, "training_tokens")] == ["2500000000000.0"]
    assert asked(httpserver) == [HTML, PDF]


def test_what_a_report_says_of_others_is_not_claimed(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    world(httpserver, html=html())

    run_source(engine, settings, PAPERS, since=SINCE)

    assert {claim.value for claim in claims(engine, "parameters")} == {"7000000000.0"}


def test_the_full_text_stands_with_its_paper_in_one_candidate(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    world(httpserver, html=html())

    outcome = run_source(engine, settings, PAPERS, since=SINCE)

    with session(engine, read_only=True) as reading:
        (candidate,) = queue.listing(reading)
    assert {document.key for document in candidate.documents} == {"arxiv:2603.00101", FULL}
    assert outcome.candidates == 1


def test_a_full_text_is_fetched_once_for_a_version(engine: Engine, settings: Settings, httpserver: HTTPServer) -> None:
    world(httpserver, html=html())
    run_source(engine, settings, PAPERS, since=SINCE)
    world(httpserver, html=html())

    run_source(engine, settings, PAPERS, since=SINCE)

    assert asked(httpserver) == []


def test_a_new_version_is_fetched_again(engine: Engine, settings: Settings, httpserver: HTTPServer) -> None:
    world(httpserver, html=html())
    run_source(engine, settings, PAPERS, since=SINCE)
    third = LISTING.replace(b"2603.00101v2", b"2603.00101v3")
    world(httpserver, listing=third, html=html().replace("2.5 trillion", "3.5 trillion"))

    run_source(engine, settings, PAPERS, since=SINCE)

    text = full_text(engine)
    assert text is not None
    assert (text.revision, text.version) == (2, "v3")
    assert "3.5 trillion" in text.text


def test_a_full_text_that_was_not_to_be_had_is_fetched_by_a_later_run(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    world(httpserver)
    run_source(engine, settings, PAPERS, since=SINCE)
    world(httpserver, html=html())

    run_source(engine, settings, PAPERS, since=SINCE)

    assert full_text(engine) is not None


@pytest.mark.parametrize("content", ["", "<html><body><p>No HTML could be made of this paper.</p></body></html>"])
def test_a_full_text_that_is_missing_or_of_no_use_is_not_asked_for_without_end(
    engine: Engine, settings: Settings, httpserver: HTTPServer, content: str
) -> None:
    for _ in range(3):
        world(httpserver, html=content)
        outcome = run_source(engine, settings, PAPERS, since=SINCE)
        assert (outcome.error, asked(httpserver)) == (None, [HTML, PDF])
    world(httpserver, html=content)

    run_source(engine, settings, PAPERS, since=SINCE)

    assert asked(httpserver) == []
    assert full_text(engine) is None


def test_papers_of_small_models_are_not_read_in_full(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    small = LISTING.replace(b"Pelican-7B", b"Pelican-7M").replace(b"7 billion", b"7 million")
    world(httpserver, listing=small, html=html())

    run_source(engine, settings, PAPERS, since=SINCE)

    assert asked(httpserver) == []


def test_a_service_that_asks_to_be_left_alone_is_left_alone(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    world(httpserver)
    httpserver.clear()
    answer(httpserver, "/arxiv.org/robots.txt")
    answer(httpserver, QUERY, LISTING, "application/atom+xml")
    httpserver.expect_request(HTML).respond_with_data("", status=429, headers={"Retry-After": "7200"})

    outcome = run_source(engine, settings, PAPERS, since=SINCE)

    assert outcome.error is None
    assert "sleeps until" in outcome.note
    assert outcome.new == 2
    assert asked(httpserver) == [HTML]


def test_a_robots_file_that_forbids_it_is_obeyed(engine: Engine, settings: Settings, httpserver: HTTPServer) -> None:
    httpserver.clear()
    answer(httpserver, "/arxiv.org/robots.txt", "User-agent: *\nDisallow: /html\nDisallow: /pdf\n", "text/plain")
    answer(httpserver, QUERY, LISTING, "application/atom+xml")

    outcome = run_source(engine, settings, PAPERS, since=SINCE)

    assert outcome.error is None
    assert asked(httpserver) == []


def test_a_paper_added_by_hand_is_read_in_full(engine: Engine, settings: Settings, httpserver: HTTPServer) -> None:
    world(httpserver, html=html())

    candidate = add(engine, settings, "https://arxiv.org/abs/2603.00101")

    with session(engine, read_only=True) as reading:
        keys = {document.key for document in queue.view(reading, candidate).documents}
    assert keys == {"arxiv:2603.00101", FULL}


def test_a_paper_added_by_hand_is_a_candidate_without_its_full_text(
    engine: Engine, settings: Settings, httpserver: HTTPServer
) -> None:
    world(httpserver)

    candidate = add(engine, settings, "https://arxiv.org/abs/2603.00101")

    with session(engine, read_only=True) as reading:
        assert [document.key for document in queue.view(reading, candidate).documents] == ["arxiv:2603.00101"]
