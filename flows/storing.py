"""Items into documents, and a batch of them into the store."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from flows.batch import Batch
from flows.item import Item, Payload
from flows.sources_file import SourceSpec
from store import documents
from store.documents import Latest, Saved
from store.tables import Document
from store.tables import Payload as StoredPayload

#: A time further ahead than this is a mistake of the source, or a post that wants to stay on top for ever.
MOST_AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Stored:
    """What a batch brought: new revisions of documents, how many items were known, how much was set aside."""

    new: tuple[Document, ...]
    unchanged: int
    set_aside: int


def document(item: Item, source: str) -> Document:
    """Return the document that an item makes; its key's revision and its fingerprint are the store's to set.

    A time that lies more than MOST_AHEAD in the future counts as unknown.
    """
    fetched_at = datetime.now(UTC)
    return Document(
        key=item.key,
        kind=item.kind,
        source=source,
        url=item.url,
        title=item.title,
        text=item.text,
        fingerprint="",
        version=item.version,
        maker=item.maker,
        is_watched=item.is_watched,
        is_withdrawn=item.is_withdrawn,
        authors=json.dumps(item.authors, ensure_ascii=False),
        links=json.dumps(item.links, ensure_ascii=False),
        published=_past(item.published, fetched_at),
        updated=_past(item.updated, fetched_at),
        fetched_at=fetched_at,
    )


def store_batch(writing: Session, spec: SourceSpec, batch: Batch) -> Stored:
    """Store the items of a batch and set its rejects aside; doing so twice changes nothing. Does not commit."""
    known = documents.latest_versions(writing, [item.key for item in batch.items])
    pages: dict[int, StoredPayload] = {}
    saved = [_save(writing, item, spec, pages) for item in batch.items if not _is_stored(item, known.get(item.key))]
    for reject in batch.rejects:
        documents.set_aside(
            writing, spec.name, reject.url, reject.reason, _packed(reject.payload) if reject.payload else None
        )
    new = tuple(each.document for each in saved if each.is_new)
    return Stored(new, len(batch.items) - len(new) + batch.unchanged, len(batch.rejects))


def _is_stored(item: Item, latest: Latest | None) -> bool:
    """Return whether the store has this very revision under this very mark, so that nothing is to be written."""
    if latest is None or latest.version != item.version:
        return False
    return latest.fingerprint == documents.fingerprint(item.title, item.text, item.is_withdrawn)


def _save(writing: Session, item: Item, spec: SourceSpec, pages: dict[int, StoredPayload]) -> Saved:
    """Store an item; the page that it was read from is compressed and stored with the first item of `pages` only."""
    row = document(item, spec.name)
    row.maker, row.is_watched = item.maker or spec.maker, item.is_watched or spec.watched
    is_first = id(item.payload) not in pages
    page = pages[id(item.payload)] = _packed(item.payload) if is_first else pages[id(item.payload)]
    row.payload_sha256 = page.sha256
    return documents.save(writing, row, payload=page if is_first else None)


def _packed(payload: Payload) -> StoredPayload:
    return documents.packed(payload.url, payload.media_type, payload.content)


def _past(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment and moment <= now + MOST_AHEAD else None
