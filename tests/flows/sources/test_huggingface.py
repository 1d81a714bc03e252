import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from flows.errors import ParseError, UnreachableError
from flows.fetching.client import Client
from flows.formats.hub_records import parse_records, read_config
from flows.item import Payload
from flows.sources.huggingface import UNREAD, HuggingFaceSource, fetch_repository, parse

URL = "https://huggingface.co/api/models?author=harbour-lab"
LIST = "/huggingface.co/api/models"
PELICAN = "/huggingface.co/harbour-lab/Pelican-7B/resolve/main"
Page = Callable[[str], bytes]


@pytest.fixture
def hub(httpserver: HTTPServer, page: Page) -> HTTPServer:
    """The recorded list of a maker, and the files of its model; every other file answers 401."""
    serve(httpserver, LIST, page("huggingface/models.json"))
    serve(httpserver, f"{PELICAN}/README.md", page("huggingface/README.md"))
    serve(httpserver, f"{PELICAN}/config.json", page("huggingface/config.json"))
    for name in ("Pelican-7B-GGUF", "gull-tiny"):
        httpserver.expect_request(f"/huggingface.co/harbour-lab/{name}/resolve/main/README.md").respond_with_data(
            "Access is restricted", status=401, headers={"X-Error-Code": "GatedRepo"}
        )
    return httpserver


def serve(httpserver: HTTPServer, address: str, content: bytes) -> None:
    """Answer a public address."""
    httpserver.expect_request(address).respond_with_data(content, content_type="application/json")


def test_parse_puts_the_record_in_plain_words_below_the_card(page: Page) -> None:
    record = parse_records(page("huggingface/models.json"), URL)[0]
    card = Payload("https://huggingface.co/x/resolve/main/README.md", "text/plain", page("huggingface/README.md"))

    item = parse(record, card, read_config(page("huggingface/config.json")))

    assert (item.key, item.kind, item.title) == ("hf:harbour-lab/Pelican-7B", "card", "harbour-lab/Pelican-7B")
    assert item.url == "https://huggingface.co/harbour-lab/Pelican-7B"
    assert item.text.startswith("---\nlicense: apache-2.0\n")
    assert item.text.endswith(
        "## Repository\n\n"
        "Pipeline tag: text-generation.\n"
        "License tag: apache-2.0.\n"
        "Base model tag: harbour-lab/Pelican-7B-Base.\n"
        "Architecture: pelican.\n"
        "Positions in config.json: 32,768.\n"
        "Stored tensor elements: 7,240,000,128 (7,240,000,000 BF16, 128 F32)."
    )
    assert item.version == "1" * 40
    assert item.published == datetime(2026, 2, 20, 8, tzinfo=UTC)
    assert item.links == ("https://arxiv.org/abs/2603.00101",)


def test_parse_says_what_a_known_configuration_computes_to(page: Page) -> None:
    record = parse_records(page("huggingface/models.json"), URL)[0]
    config = {
        "model_type": "mixtral",
        "hidden_size": 4096,
        "num_hidden_layers": 32,
        "num_attention_heads": 32,
        "num_key_value_heads": 8,
        "intermediate_size": 14336,
        "vocab_size": 32000,
        "num_local_experts": 8,
        "num_experts_per_tok": 2,
    }

    item = parse(record, Payload(URL, "application/json", b""), config)

    said = "Weights computed from config.json: 46,702,792,704, of which each token uses 12,879,925,248."
    assert said in item.text.splitlines()


def test_parse_says_nothing_that_changes_by_the_day(page: Page) -> None:
    content = page("huggingface/models.json")
    card = Payload(URL, "application/json", content)

    before = parse(parse_records(content, URL)[0], card, {})
    after = parse(parse_records(content.replace(b'"likes": 41, "downloads": 900', b'"likes": 42'), URL)[0], card, {})

    assert before.text == after.text


def test_parse_records_passes_over_rows_that_are_no_repository(page: Page) -> None:
    names = [record.name for record in parse_records(page("huggingface/models.json"), URL)]

    assert len(names) == 4


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "is no JSON", id="empty"),
        pytest.param(b"<html>busy</html>", "is no JSON", id="html"),
        pytest.param(b'[{"id": "a/b"', "is no JSON", id="cut"),
        pytest.param(b'{"error": "busy"}', "is no list", id="error"),
        pytest.param(b"[" * 100_000, "is no JSON", id="deep"),
    ],
)
def test_parse_records_refuses_what_is_no_list(content: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        parse_records(content, URL)


@pytest.mark.usefixtures("hub")
def test_fetch_gives_the_makers_repositories_but_not_what_others_repacked(
    client: Client, since: datetime, remembered: type
) -> None:
    (batch,) = HuggingFaceSource(authors=("harbour-lab",)).fetch(client, since, remembered())

    assert [item.title for item in batch.items] == [
        "harbour-lab/Pelican-7B",
        "harbour-lab/Pelican-7B-GGUF",
        "harbour-lab/gull-tiny",
    ]
    assert "trained on 2T tokens" in batch.items[0].text
    assert batch.items[0].payload.url.endswith("/README.md")


@pytest.mark.usefixtures("hub")
def test_fetch_makes_a_document_of_the_record_where_the_card_is_gated(
    client: Client, since: datetime, remembered: type
) -> None:
    (batch,) = HuggingFaceSource(authors=("harbour-lab",)).fetch(client, since, remembered())

    tiny = batch.items[2]
    assert tiny.text == "## Repository\n\nStored tensor elements: 12,000,000."
    assert (tiny.version or "").endswith(UNREAD)
    assert not batch.is_settled


@pytest.mark.usefixtures("hub")
def test_fetch_leaves_out_what_is_too_small_and_has_too_few_likes(
    client: Client, since: datetime, remembered: type
) -> None:
    source = HuggingFaceSource(authors=("harbour-lab",), minimum_parameters=1_000_000_000, minimum_likes=100)

    (batch,) = source.fetch(client, since, remembered())

    assert [item.title for item in batch.items] == ["harbour-lab/Pelican-7B", "harbour-lab/Pelican-7B-GGUF"]


def test_fetch_asks_for_no_card_of_a_commit_that_is_stored(
    client: Client, hub: HTTPServer, since: datetime, remembered: type
) -> None:
    stored = {
        "hf:harbour-lab/Pelican-7B": "1" * 40,
        "hf:harbour-lab/Pelican-7B-GGUF": "2" * 40,
        "hf:harbour-lab/gull-tiny": "4" * 40 + UNREAD,
    }
    silent = frozenset({"https://huggingface.co/harbour-lab/gull-tiny/resolve/main/README.md"})

    (batch,) = HuggingFaceSource(authors=("harbour-lab",)).fetch(client, since, remembered(stored, silent))

    assert (batch.items, batch.unchanged, batch.is_settled) == ((), 3, True)
    assert [request.path for request, _ in hub.log] == [LIST]


def test_fetch_follows_the_pages_until_they_are_too_old(
    client: Client, httpserver: HTTPServer, remembered: type
) -> None:
    days = {"": ("2026-03-04", "2026-03-03"), "b": ("2026-03-02", "2026-01-01"), "c": ("2025-12-01",)}

    def give(request: Request) -> Response:
        cursor = request.args.get("cursor", "")
        rows = [
            {"id": f"a/{day}", "sha": day, "lastModified": f"{day}T00:00:00Z", "siblings": []} for day in days[cursor]
        ]
        following = {"": "b", "b": "c"}.get(cursor)
        link = f'<https://huggingface.co/api/models?author=a&cursor={following}>; rel="next"' if following else ""
        return Response(json.dumps(rows), content_type="application/json", headers={"Link": link} if link else {})

    httpserver.expect_request(LIST).respond_with_handler(give)

    batches = list(HuggingFaceSource(authors=("a",)).fetch(client, datetime(2026, 2, 1, tzinfo=UTC), remembered()))

    assert [item.title for batch in batches for item in batch.items] == ["a/2026-03-04", "a/2026-03-03", "a/2026-03-02"]
    assert len(httpserver.log) == 2


def test_fetch_of_the_newest_asks_for_large_ones_and_leaves_makers_to_their_own_source(
    client: Client, hub: HTTPServer, since: datetime, remembered: type
) -> None:
    source = HuggingFaceSource(newest=50, minimum_parameters=20_000_000_000, without=("harbour-lab",))

    batches = list(source.fetch(client, since, remembered()))

    request, _ = hub.log[0]
    assert batches == []
    assert request.args["num_parameters"] == "min:20B"
    assert request.args["sort"] == "createdAt"


def test_a_card_that_does_not_answer_fails_the_run_after_the_others(
    client: Client, httpserver: HTTPServer, since: datetime, remembered: type, page: Page
) -> None:
    rows = json.loads(page("huggingface/models.json"))[:2]
    serve(httpserver, LIST, json.dumps(rows).encode())
    httpserver.expect_request(f"{PELICAN}/README.md").respond_with_data("busy", status=503)
    serve(httpserver, "/huggingface.co/harbour-lab/Pelican-7B-GGUF/resolve/main/README.md", b"# Packed")
    batches = HuggingFaceSource(authors=("harbour-lab",)).fetch(client, since, remembered())

    batch = next(batches)

    assert [item.title for item in batch.items] == ["harbour-lab/Pelican-7B-GGUF"]
    with pytest.raises(UnreachableError, match="cards that did not answer: 1"):
        next(batches)


def test_fetch_repository_follows_a_renamed_one(client: Client, hub: HTTPServer, remembered: type, page: Page) -> None:
    hub.expect_request("/huggingface.co/api/models/Pelican-7B").respond_with_data(
        "Temporary Redirect", status=307, headers={"Location": "/api/models/harbour-lab/Pelican-7B"}
    )
    record = json.dumps(json.loads(page("huggingface/models.json"))[0]).encode()
    serve(hub, "/huggingface.co/api/models/harbour-lab/Pelican-7B", record)

    item = fetch_repository(client, "Pelican-7B", remembered())

    assert item.key == "hf:harbour-lab/Pelican-7B"


@pytest.mark.shared
def test_parse_reads_the_recorded_answers_of_the_live_service(shared: Path) -> None:
    lines = (shared / "replay" / "captured" / "hub-api.jsonl").read_text().splitlines()
    answers = [json.loads(line) for line in lines]

    records = [
        record
        for answer in answers
        if answer["status"] == 200
        for record in parse_records(answer["body"].encode(), answer["url"])
    ]

    assert len(records) > 30
    assert sum(record.total is not None for record in records) > 10
