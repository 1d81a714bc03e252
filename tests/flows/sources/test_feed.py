from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from flows.errors import ParseError, RefusedAddressError
from flows.fetching.client import Client
from flows.linked_pages import READ, UNREAD
from flows.sources.feed import FeedSource, parse

URL = "https://lab.example.org/blog/index.xml"
PELICAN = "https://lab.example.org/blog/pelican"
Page = Callable[[str], bytes]


@pytest.fixture
def feed(httpserver: HTTPServer, page: Page) -> FeedSource:
    """The recorded RSS feed, served; none of its pages is there."""
    httpserver.expect_request("/lab.example.org/blog/index.xml").respond_with_data(
        page("feed/rss.xml"), content_type="application/rss+xml", headers={"ETag": '"one"'}
    )
    httpserver.expect_request("/lab.example.org/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/www.lab.example.org/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/lab.example.org/blog/undated").respond_with_data("", status=404)
    httpserver.expect_request("/lab.example.org/blog/guid").respond_with_data("", status=403)
    return FeedSource(url=URL)


def test_parse_reads_rss_with_what_it_lacks(page: Page) -> None:
    found = parse(page("feed/rss.xml"), URL)

    pelican, undated, by_guid = found.items
    assert pelican.key == PELICAN
    assert pelican.url == "https://www.lab.example.org/blog/pelican/?utm_source=rss"
    assert pelican.title == "Pelican-7B is out & open"
    assert pelican.published == datetime(2026, 3, 1, 1, 30, tzinfo=UTC)
    assert pelican.authors == ("Ada Quay",)
    assert "weights may be had" in pelican.text
    assert "steal" not in pelican.text
    assert (undated.key, undated.published) == ("https://lab.example.org/blog/undated", None)
    assert (by_guid.key, by_guid.published) == ("https://lab.example.org/blog/guid", None)
    assert [reject.reason for reject in found.rejects] == ["'It leads nowhere' links to no page"]


def test_parse_reads_atom(page: Page) -> None:
    second, mini = parse(page("feed/atom.xml"), "https://lantern.example.org/atom").items

    assert second.title == "lantern 2"
    assert second.text == "Lantern 2 sees and reads, in 32B parameters."
    assert second.published == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert (mini.published, mini.updated) == (datetime(2026, 2, 10, tzinfo=UTC), datetime(2026, 2, 12, tzinfo=UTC))
    assert mini.authors == ("The lamp lighters",)


def test_parse_reads_a_json_feed(page: Page) -> None:
    found = parse(page("feed/feed.json"), "https://quiet.example.org/feed.json")

    owl, plain = found.items
    assert owl.key == "https://quiet.example.org/notes/owl"
    assert owl.text == "Owl hears with 3B parameters."
    assert owl.updated == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert owl.authors == ("Nia Hush",)
    assert plain.text == "Words alone."
    assert len(found.rejects) == 1


def test_parse_reads_what_can_be_read_of_an_ill_formed_feed(page: Page) -> None:
    found = parse(page("feed/ill_formed.xml"), URL)

    assert found.items[0].key == "https://lab.example.org/broken"


def test_parse_finds_nothing_in_an_empty_feed(page: Page) -> None:
    found = parse(page("feed/empty.xml"), URL)

    assert (found.items, found.rejects) == ((), ())


@pytest.mark.parametrize(
    "link", ["http://[::", "mailto:a@example.org", "https://a.example.org/" + "x" * 2000, "/" + "é" * 400]
)
def test_a_link_that_cannot_be_asked_for_or_stored_sets_its_post_aside(link: str) -> None:
    content = (
        f"<rss version='2.0'><channel><title>a</title><item><title>b</title><link>{link}</link></item></channel></rss>"
    )

    found = parse(content.encode(), URL)

    assert (found.items, len(found.rejects)) == ((), 1)


def test_the_version_changes_with_title_date_and_summary_alone(page: Page) -> None:
    content = page("feed/atom.xml")

    before = parse(content, URL).items[0].version
    after_pulls = parse(content.replace(b"Pulls: 12", b"Pulls: 13"), URL).items[0].version
    after_title = parse(content.replace(b"lantern&lt;sup&gt;2", b"Lantern&lt;sup&gt;2"), URL).items[0].version
    after_date = parse(content.replace(b"2026-03-01", b"2026-03-02"), URL).items[0].version

    assert before == after_pulls
    assert len({before, after_title, after_date}) == 3


@pytest.mark.parametrize("name", ["feed/rss.xml", "feed/atom.xml"])
def test_of_a_feed_that_is_cut_short_the_whole_entries_are_read_and_the_feed_is_set_aside(
    page: Page, name: str
) -> None:
    content = page(name)
    last = max(content.rfind(b"<item"), content.rfind(b"<entry"))
    whole = parse(content, URL)

    cut = parse(content[: last + 60], URL)

    assert whole.is_settled
    assert not cut.is_settled
    assert {item.version for item in cut.items} <= {item.version for item in whole.items}
    assert [reject.reason for reject in cut.rejects if reject.url == URL] == [
        "is cut short; its whole entries are read"
    ]


@pytest.mark.parametrize("end", ["</item>", "</item><item><title>Gull-9", "</item><item><title>Gull-9B has 1"])
def test_half_an_entry_is_left_out(end: str) -> None:
    content = f"<rss version='2.0'><channel><item><title>a</title><link>https://a.example.org/1</link>{end}"

    found = parse(content.encode(), URL)

    assert [item.title for item in found.items] == ["a"]
    assert len(found.rejects) == 1


def test_half_a_character_in_a_json_feed_is_replaced() -> None:
    content = (
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "https://quiet.example.org/a", "title":'
        b' "Owl \\ud800", "content_html": "<p>\\udfff", "authors": [{"name": "\\ud800"}]},'
        b' {"url": "https://quiet.example.org/b\\ud800", "content_text": "\\ud800"}]}'
    )

    found = parse(content, URL)

    assert [(item.title, item.text) for item in found.items][:1] == [("Owl \ufffd", "\ufffd")]
    for item in found.items:
        assert "".join((item.title, item.text, item.url, item.version or "", *item.authors)).encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b" \n", "is empty", id="empty"),
        pytest.param(b"<?xml version='1.0'?><!-- a --><html><p>busy", "answered HTML", id="html"),
        pytest.param(b"\x93\x00\xff\x01" * 900, "is no feed", id="garbage"),
        pytest.param(b"just words", "is no feed", id="words"),
        pytest.param(b'{"version": "1", "items": []}', "no JSON Feed", id="json"),
        pytest.param(
            b'{"version": "https://jsonfeed.org/version/1.1"}', "without a list of items", id="json without items"
        ),
        pytest.param(b'{"a": ' + b"[" * 100_000, "is no JSON", id="deep json"),
        pytest.param(b"<rss><channel><item " + b'a="" ' * 5000 + b"/></channel></rss>", "attributes", id="attributes"),
        pytest.param("<!DOCTYPE a [<!ENTITY b 'c'>]><rss>&b;</rss>".encode("utf-16"), "declares entities", id="utf-16"),
    ],
)
def test_parse_refuses_what_is_no_feed(content: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        parse(content, URL)


@pytest.mark.parametrize("name", ["feed/bombs.xml", "feed/busy.html"])
def test_parse_refuses_bombs_and_pages(name: str, page: Page) -> None:
    with pytest.raises(ParseError):
        parse(page(name), URL)


def test_fetch_reads_the_pages_and_falls_back_to_the_feeds_words(
    feed: FeedSource, client: Client, httpserver: HTTPServer, since: datetime, remembered: type, page: Page
) -> None:
    httpserver.expect_request("/www.lab.example.org/blog/pelican/").respond_with_data(
        page("feed/post.html"), content_type="text/html; charset=utf-8"
    )

    batch, nowhere = feed.fetch(client, since, remembered())

    pelican, undated = batch.items
    assert len(nowhere.rejects) == 1
    assert "trained on 2 trillion tokens" in pelican.text
    assert "Home" not in pelican.text
    assert pelican.payload.content == page("feed/post.html")
    assert (pelican.version or "").endswith(READ)
    assert undated.text == "Nobody knows when."
    assert (undated.version or "").endswith(UNREAD)
    assert not batch.is_settled
    assert [reject.url for reject in batch.rejects] == ["https://lab.example.org/blog/guid"]


def test_fetch_asks_for_no_page_that_was_read_and_none_that_stays_silent(
    feed: FeedSource, client: Client, httpserver: HTTPServer, since: datetime, remembered: type, page: Page
) -> None:
    items = {item.key: item for item in parse(page("feed/rss.xml"), URL).items}
    undated = "https://lab.example.org/blog/undated"
    known = remembered(
        {PELICAN: f"{items[PELICAN].version}{READ}", undated: f"{items[undated].version}{UNREAD}"},
        frozenset({undated, "https://lab.example.org/blog/guid"}),
    )

    batch, _ = feed.fetch(client, since, known)

    assert batch.items == ()
    assert batch.unchanged == 2
    assert batch.is_settled
    assert [request.path for request, _ in httpserver.log] == ["/lab.example.org/blog/index.xml"]


def test_fetch_skips_posts_from_before_the_window_unless_their_page_is_still_to_be_read(
    feed: FeedSource, client: Client, httpserver: HTTPServer, remembered: type
) -> None:
    httpserver.expect_request("/www.lab.example.org/blog/pelican/").respond_with_data("", status=404)
    later = datetime(2026, 4, 1, tzinfo=UTC)
    undated = {"https://lab.example.org/blog/undated", "https://lab.example.org/blog/guid"}

    without, _ = feed.fetch(client, later, remembered(silent=frozenset(undated)))
    unread, _ = feed.fetch(client, later, remembered({PELICAN: f"older{UNREAD}"}, frozenset(undated)))

    assert PELICAN not in {item.key for item in without.items}
    assert PELICAN in {item.key for item in unread.items}


def test_fetch_says_that_a_feed_lists_nothing(
    client: Client, httpserver: HTTPServer, since: datetime, remembered: type, page: Page
) -> None:
    httpserver.expect_request("/lab.example.org/blog/index.xml").respond_with_data(page("feed/empty.xml"))

    (batch,) = FeedSource(url=URL).fetch(client, since, remembered())

    assert batch.note == "the feed lists nothing"


def test_fetch_sets_html_aside_and_fails(
    client: Client, httpserver: HTTPServer, since: datetime, remembered: type, page: Page
) -> None:
    httpserver.expect_request("/lab.example.org/blog/index.xml").respond_with_data(page("feed/busy.html"))
    batches = FeedSource(url=URL).fetch(client, since, remembered())

    (reject,) = next(batches).rejects

    assert reject.payload is not None
    assert reject.payload.content == page("feed/busy.html")
    with pytest.raises(ParseError, match="answered HTML where a feed was due"):
        next(batches)


def test_a_link_into_the_private_network_fails_the_source_after_the_other_posts(
    client: Client, httpserver: HTTPServer, since: datetime, remembered: type
) -> None:
    items = "".join(
        f"<item><title>{name}</title><link>{link}</link><description>Words.</description></item>"
        for name, link in (("inside", "http://127.0.0.1/admin"), ("outside", "https://lab.example.org/gone"))
    )
    httpserver.expect_request("/lab.example.org/blog/index.xml").respond_with_data(
        f"<rss version='2.0'><channel><title>a</title>{items}</channel></rss>"
    )
    batches = FeedSource(url=URL).fetch(client, since, remembered())

    batch = next(batches)

    assert [item.title for item in batch.items] == ["inside", "outside"]
    with pytest.raises(RefusedAddressError, match=r"127\.0\.0\.1"):
        next(batches)


@pytest.mark.shared
def test_no_hostile_feed_crashes_or_hangs_the_parser(shared: Path) -> None:
    paths = [path for path in sorted((shared / "hostile").rglob("*")) if path.suffix in (".xml", ".html")]

    outcomes: dict[str, int | str] = {}
    for path in paths:
        try:
            outcomes[path.name] = len(parse(path.read_bytes(), URL).items)
        except ParseError as error:
            outcomes[path.name] = error.reason
    assert len(outcomes) > 40
    assert outcomes["parser_large_rss.xml"] not in (0, "")
    assert "declares entities" in str(outcomes["xmlbomb.xml"])
    assert "declares entities" in str(outcomes["quadratic.xml"])
    assert "declares entities" in str(outcomes["external_file.xml"])


@pytest.mark.shared
def test_every_recorded_feed_gives_items(shared: Path) -> None:
    recorded = shared / "replay" / "corpus" / "web"
    paths = [*recorded.rglob("feeds/*.xml"), *recorded.rglob("atom.xml"), *recorded.rglob("blog/index.xml")]

    counts = {path.name: len(parse(path.read_bytes(), URL).items) for path in paths}

    assert len(counts) > 15
    assert all(counts.values()), counts
