"""A document that a person found, put through the same way as those of the sources."""

import hashlib
import logging
import mimetypes
import re
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Engine

from flows.errors import FlowError, ParseError, RefusedAddressError
from flows.fetching.client import Client
from flows.formats.files import read_file
from flows.formats.links import canonical
from flows.full_texts import fetch_full_text
from flows.item import Item, Payload
from flows.linked_pages import read_page
from flows.memory import StoreKnown
from flows.reading import criteria, read_documents
from flows.settings import Settings
from flows.sources.arxiv import fetch_paper
from flows.sources.huggingface import fetch_repository
from flows.storing import document
from store import documents, full_texts
from store.engine import session
from store.full_texts import Lack
from store.tables import Document

logger = logging.getLogger(__name__)

#: What stands as the source of a document that no source found; no source can have this name.
BY_HAND = "(added by hand)"
MOST_BYTES = 50_000_000

_ARXIV = re.compile(r"(?:abs|pdf|html)/(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?$")
_HUB = re.compile(r"/(?P<name>(?!datasets/|spaces/|papers/|collections/|blog/|docs/|api/)[\w.-]+/[\w.-]+)(?:/.*)?$")


def add(engine: Engine, settings: Settings, address_or_path: str) -> int:
    """Fetch or read a document, and return the id of the candidate that it makes, or that it belongs to already.

    A paper of arXiv and a repository of the Hub come by their APIs, any other address as a page; a file (PDF, HTML,
    Markdown, text) from the disk. Raises FetchError, or ParseError where there is no text or no file.
    """
    item = found(engine, settings, address_or_path)
    page = documents.packed(item.payload.url, item.payload.media_type, item.payload.content)
    with session(engine) as writing:
        stored = documents.save(writing, document(item, BY_HAND), payload=page).document
    candidate = _candidate(engine, settings, stored)
    if stored.kind == "paper":
        _add_full_text(engine, settings, Lack(stored, item.version))
    return candidate


def _add_full_text(engine: Engine, settings: Settings, lack: Lack) -> None:
    """Fetch and read the paper in full, unless that is stored; without it the abstract has to do."""
    with session(engine, read_only=True) as reading:
        key = full_texts.key(lack.paper.key)
        known = documents.latest_versions(reading, [key]).get(key)
    if known and known.version == lack.version:
        return
    try:
        with Client(settings) as client:
            item = fetch_full_text(client, StoreKnown(engine), lack)
    except FlowError as error:
        logger.warning("%s: read without its full text: %s", lack.paper.url, error)
        return
    with session(engine) as writing:
        stored = documents.save(writing, document(item, BY_HAND)).document
    read_documents(engine, [stored], criteria(settings, is_wanted=True))


def found(engine: Engine, settings: Settings, address_or_path: str) -> Item:
    """Fetch or read what stands at an address or in a file, and store nothing. Raises FetchError or ParseError."""
    if scheme := re.match(r"(?!https?:)[a-z][a-z0-9+.-]*://", address_or_path, re.IGNORECASE):
        raise RefusedAddressError(address_or_path[:200], f"{scheme[0]} is neither http:// nor https://")
    if not re.match(r"https?://", address_or_path, re.IGNORECASE):
        return _file(Path(address_or_path).expanduser())
    parts = urlsplit(address_or_path)
    host = (parts.hostname or "").removeprefix("www.")
    paper, repository = _ARXIV.search(parts.path), _HUB.match(parts.path)
    with Client(settings) as client:
        if paper and host in ("arxiv.org", "export.arxiv.org"):
            return fetch_paper(client, paper["id"])
        if repository and host in ("huggingface.co", "hf.co"):
            return fetch_repository(client, repository["name"], StoreKnown(engine))
        return _page(client, address_or_path)


def _page(client: Client, address: str) -> Item:
    answer = client.get(address, robots=True, limit_bytes=MOST_BYTES)
    payload = Payload(answer.url, answer.media_type, answer.content)
    return _read(payload, canonical(answer.url), answer.charset)


def _file(path: Path) -> Item:
    content = read_file(path, most_bytes=MOST_BYTES)
    media_type = mimetypes.guess_type(path.name)[0] or ("text/markdown" if path.suffix == ".md" else "text/plain")
    # The name alone: where a file lies on somebody's disk is nobody else's business.
    return _read(Payload(path.name, media_type, content), f"file:{hashlib.sha256(content).hexdigest()}")


def _read(payload: Payload, key: str, charset: str | None = None) -> Item:
    page = read_page(payload.content, payload.url, payload.media_type, charset)
    return Item(
        key=key,
        kind="post",
        url=payload.url,
        title=page.title or payload.url,
        text=page.text,
        published=page.published,
        updated=None,
        payload=payload,
    )


def _candidate(engine: Engine, settings: Settings, stored: Document) -> int:
    candidates = read_documents(engine, [stored], criteria(settings, is_wanted=True))
    if not candidates:
        raise ParseError(stored.url, "nothing in it could be made a candidate")
    return next(iter(candidates))
