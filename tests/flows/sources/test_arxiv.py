from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from flows.errors import ParseError
from flows.fetching.client import Client
from flows.sources import arxiv
from flows.sources.arxiv import ArxivSource, fetch_paper, parse

URL = "https://export.arxiv.org/api/query?start=0"
QUERY = "/export.arxiv.org/api/query"
ATOM = "application/atom+xml; charset=UTF-8"
Page = Callable[[str], bytes]


def answer(total: int, start: int, *entries: tuple[str, str]) -> bytes:
    """Return an answer of the API: entries are an id with its version, and the day of the last update."""
    papers = "".join(
        f"<entry><id>http://arxiv.org/abs/{identity}</id><title>Paper {identity}</title>"
        f"<updated>{day}T00:00:00Z</updated><published>{day}T00:00:00Z</published><summary>Words.</summary></entry>"
        for identity, day in entries
    )
    return (
        '<feed xmlns:s="http://a9.com/-/spec/opensearch/1.1/" xmlns="http://www.w3.org/2005/Atom">'
        f"<s:totalResults>{total}</s:totalResults><s:startIndex>{start}</s:startIndex>{papers}</feed>"
    ).encode()


def test_parse_reads_a_paper_with_its_version_and_links(page: Page) -> None:
    found = parse(page("arxiv/two_papers.xml"), URL)

    paper = found.items[0]
    assert found.total == 2
    assert (paper.key, paper.version, paper.kind) == ("arxiv:2603.00101", "v2", "paper")
    assert paper.url == "https://arxiv.org/abs/2603.00101"
    assert paper.title == "Pelican-7B: An Open Language Model for Harbour Logistics"
    assert paper.text.startswith(
        "We present Pelican-7B, a language model of 7 billion parameters, trained on 2T tokens"
    )
    assert paper.authors == ("Ada Quay", "Ben Mole")
    assert paper.published == datetime(2026, 2, 20, 8, tzinfo=UTC)
    assert paper.updated == datetime(2026, 3, 1, 11, 2, 3, tzinfo=UTC)
    assert paper.links == ("https://huggingface.co/harbour-lab/Pelican-7B", "https://example.org/pelican")
    assert not paper.is_withdrawn


def test_parse_notes_a_withdrawal_and_reads_an_old_id(page: Page) -> None:
    paper = parse(page("arxiv/two_papers.xml"), URL).items[1]

    assert paper.is_withdrawn
    assert (paper.key, paper.version) == ("arxiv:cs/0601001", "v3")


def test_parse_takes_an_error_feed_for_an_error_and_not_for_a_paper(page: Page) -> None:
    with pytest.raises(ParseError, match="arXiv answered an error: start must be an integer"):
        parse(page("arxiv/error.xml"), URL)


def test_parse_reads_a_page_without_papers(page: Page) -> None:
    found = parse(page("arxiv/empty_page.xml"), URL)

    assert found.items == ()
    assert found.total == 1200


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"<html><body>busy</body></html>", "answered HTML", id="html"),
        pytest.param(b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>", "is not well-formed XML", id="cut"),
        pytest.param(b"<rss version='2.0'/>", "is no Atom feed", id="rss"),
        pytest.param(b"\x93\x00\xff\x01" * 900, "is not well-formed XML", id="garbage"),
        pytest.param(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "declares entities", id="entities"),
        pytest.param(answer(1, 0, ("nonsense", "2026-03-01")), "without an arXiv id", id="no id"),
        pytest.param(answer(1, 0, ("2603.00001v1", "some day")), "no time in atom:published", id="no time"),
    ],
)
def test_parse_refuses_what_is_no_answer_of_the_api(content: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        parse(content, URL)


def test_fetch_asks_for_the_window_newest_first_and_stops_at_its_start(
    client: Client, httpserver: HTTPServer, since: datetime, remembered: type
) -> None:
    asked: list[dict[str, list[str]]] = []

    def give(request: Request) -> Response:
        asked.append(parse_qs(request.query_string.decode()))
        content = answer(900, 0, ("2603.00002v1", "2026-03-01"), ("2512.00001v4", "2026-01-02"))
        return Response(content, content_type=ATOM)

    httpserver.expect_request(QUERY).respond_with_handler(give)

    batches = list(ArxivSource(categories=("cs.CL", "cs.LG")).fetch(client, since, remembered()))

    assert [item.key for batch in batches for item in batch.items] == ["arxiv:2603.00002"]
    (query,) = asked
    assert query["sortBy"] == ["lastUpdatedDate"]
    assert query["sortOrder"] == ["descending"]
    assert query["search_query"][0].startswith("(cat:cs.CL OR cat:cs.LG) AND lastUpdatedDate:[202602010000 TO 20")


def test_fetch_asks_again_for_a_page_that_is_empty_html_or_cut(
    client: Client, httpserver: HTTPServer, since: datetime, remembered: type, page: Page
) -> None:
    for content in (page("arxiv/empty_page.xml"), page("feed/busy.html"), page("arxiv/two_papers.xml")[:900]):
        httpserver.expect_ordered_request(QUERY).respond_with_data(content, content_type=ATOM)
    httpserver.expect_ordered_request(QUERY).respond_with_data(page("arxiv/two_papers.xml"), content_type=ATOM)

    batches = list(ArxivSource(query="all:harbour").fetch(client, since, remembered()))

    assert len(batches[0].items) == 2


def test_fetch_does_not_take_an_empty_page_in_the_middle_for_the_end(
    client: Client, httpserver: HTTPServer, since: datetime, remembered: type
) -> None:
    first = answer(3, 0, ("2603.00003v1", "2026-03-03"), ("2603.00002v1", "2026-03-02"))
    for content in (first, answer(1, 0), answer(0, 0), answer(3, 2, ("2603.00001v1", "2026-03-01"))):
        httpserver.expect_ordered_request(QUERY).respond_with_data(content, content_type=ATOM)

    batches = list(ArxivSource(categories=("cs.CL",)).fetch(client, since, remembered()))

    assert [item.key for batch in batches for item in batch.items] == [
        "arxiv:2603.00003",
        "arxiv:2603.00002",
        "arxiv:2603.00001",
    ]


def test_fetch_gives_up_on_a_page_that_stays_empty(
    client: Client, httpserver: HTTPServer, since: datetime, remembered: type, page: Page
) -> None:
    httpserver.expect_request(QUERY).respond_with_data(page("arxiv/empty_page.xml"), content_type=ATOM)

    with pytest.raises(ParseError, match="is empty although there are results"):
        list(ArxivSource(query="all:harbour").fetch(client, since, remembered()))
    assert len(httpserver.log) == arxiv.ATTEMPTS


def test_fetch_goes_through_all_pages(
    client: Client, httpserver: HTTPServer, since: datetime, remembered: type
) -> None:
    def give(request: Request) -> Response:
        start = int(request.args["start"])
        papers = [(f"2603.{number:05}v1", "2026-03-01") for number in range(start, min(start + 500, 1201))]
        return Response(answer(1201, start, *papers), content_type=ATOM)

    httpserver.expect_request(QUERY).respond_with_handler(give)

    batches = list(ArxivSource(categories=("cs.CL",)).fetch(client, since, remembered()))

    assert [len(batch.items) for batch in batches] == [500, 500, 201]


def test_fetch_halves_a_window_that_has_too_many_results(
    client: Client, httpserver: HTTPServer, remembered: type
) -> None:
    windows: list[str] = []

    def give(request: Request) -> Response:
        window = request.args["search_query"].partition("lastUpdatedDate:")[2]
        windows.append(window)
        total = 10_001 if len(windows) == 1 else 1
        return Response(answer(total, 0, (f"2603.{len(windows):05}v1", "2026-10-01")), content_type=ATOM)

    httpserver.expect_request(QUERY).respond_with_handler(give)

    batches = list(ArxivSource(categories=("cs.CL",)).fetch(client, datetime(2026, 2, 1, tzinfo=UTC), remembered()))

    whole, newer, older = (window.strip("[]").split(" TO ") for window in windows)
    assert len(batches) == 2
    assert (newer[1], older[0]) == (whole[1], whole[0])
    assert newer[0] == older[1]


def test_fetch_paper_returns_the_newest_version(client: Client, httpserver: HTTPServer, page: Page) -> None:
    httpserver.expect_request(QUERY, query_string={"id_list": "2603.00101", "max_results": "1"}).respond_with_data(
        page("arxiv/two_papers.xml"), content_type=ATOM
    )

    paper = fetch_paper(client, "2603.00101")

    assert paper.version == "v2"


def test_fetch_paper_says_that_there_is_none(client: Client, httpserver: HTTPServer) -> None:
    httpserver.expect_request(QUERY).respond_with_data(answer(0, 0), content_type=ATOM)

    with pytest.raises(ParseError, match=r"arXiv has no paper 2603\.99999"):
        fetch_paper(client, "2603.99999")


@pytest.mark.shared
def test_parse_reads_the_recorded_answers_of_the_live_service(shared: Path) -> None:
    answers = sorted((shared / "replay" / "captured" / "arxiv-atom").glob("*.xml"))

    read, refused = 0, {}
    for path in answers:
        try:
            read += len(parse(path.read_bytes(), URL).items)
        except ParseError as error:
            refused[path.name] = error.reason
    assert len(answers) > 15
    assert refused
    assert all("arXiv answered an error" in reason for reason in refused.values()), refused
    assert read > 200
