"""Documents with every revision, the bytes that they were read from, and what was set aside."""

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from store.errors import InvalidValueError, NotFoundError
from store.links import targets
from store.storable import address, storable
from store.tables import Document, DocumentHead, DocumentLink, Payload, Reading, SetAside, now
from store.writing import Row, insert_new, upsert

LONGEST_REASON = 1000

#: How many numbers a revision tries before it gives up; each try lost means that another process stored one meanwhile.
MOST_TRIES = 50


@dataclass(frozen=True, slots=True)
class Saved:
    """A stored document, and whether this call stored it."""

    document: Document
    is_new: bool


@dataclass(frozen=True, slots=True)
class Latest:
    """The revision of a document that its source gave last, without its text; `version` is the source's own mark."""

    key: str
    document_id: int
    revision: int
    version: str | None
    fingerprint: str


def fingerprint(title: str, text: str, is_withdrawn: bool) -> str:
    """Return the SHA-256, in hexadecimal, of what makes a revision another one."""
    parts = json.dumps([storable(title), storable(text), is_withdrawn], ensure_ascii=False)
    return hashlib.sha256(parts.encode()).hexdigest()


def packed(url: str, media_type: str, content: bytes) -> Payload:
    """Return the row that keeps `content`, compressed, under its SHA-256."""
    return Payload(
        sha256=hashlib.sha256(content).hexdigest(),
        url=storable(url),
        media_type=storable(media_type),
        content=zlib.compress(content),
        size=len(content),
    )


def save(session: Session, document: Document, *, payload: Payload | None = None) -> Saved:
    """Store a revision of a document unless its key has one with the same title, text and withdrawal.

    The fingerprint and the number of the revision are set here; characters that no database holds become U+FFFD, of the
    same length. Either way the revision becomes the newest of its key, with the source's mark of it. Two processes may
    save the same document at once: one stores it. Raises InvalidValueError for a key or an address that is too long.
    """
    row = _row(document)
    if payload:
        row["payload_sha256"] = _keep(session, payload)
    is_new = _store(session, row)
    stored = session.exec(
        select(Document).where(Document.key == row["key"], Document.fingerprint == row["fingerprint"])
    ).one()
    head = {"document_id": stored.id, "version": row["version"]}
    upsert(session, DocumentHead, {"key": stored.key, **head}, key=("key",), change=head)
    return Saved(stored, is_new)


def latest(session: Session, key: str) -> Document | None:
    """Return the revision that the source gave last, or None."""
    return session.exec(
        select(Document)
        .join(DocumentHead, col(DocumentHead.document_id) == Document.id)
        .where(DocumentHead.key == storable(key))
    ).one_or_none()


def latest_versions(session: Session, keys: Iterable[str]) -> dict[str, Latest]:
    """Return, by key, what is stored of `keys`; at most some thousands of them at once."""
    rows = session.exec(
        select(DocumentHead, col(Document.revision), col(Document.fingerprint))
        .join(Document, col(DocumentHead.document_id) == Document.id)
        .where(col(DocumentHead.key).in_([storable(key) for key in keys]))
        .execution_options(populate_existing=True)
    )
    return {
        head.key: Latest(head.key, head.document_id, revision, head.version, fingerprint)
        for head, revision, fingerprint in rows
    }


def get(session: Session, document_id: int) -> Document:
    """Return a document. Raises NotFoundError."""
    document = session.get(Document, document_id)
    if document is None:
        raise NotFoundError("document", document_id)
    return document


def payload(session: Session, sha256: str) -> bytes:
    """Return the bytes as they were fetched. Raises NotFoundError."""
    stored = session.get(Payload, sha256)
    if stored is None:
        raise NotFoundError("payload", sha256)
    return zlib.decompress(stored.content)


def set_aside(session: Session, source: str, url: str, reason: str, payload: Payload | None = None) -> None:
    """Keep what could not be read, with the reason; the same address again replaces the reason and the bytes."""
    change = {
        "reason": storable(reason)[:LONGEST_REASON],
        "payload_sha256": _keep(session, payload) if payload else None,
        "seen_at": now(),
    }
    row = {"source": source, "url": address(url), **change}
    upsert(session, SetAside, row, key=("source", "url"), change=change)


def _row(document: Document) -> Row:
    row = {name: storable(value) if isinstance(value, str) else value for name, value in document.model_dump().items()}
    del row["id"], row["revision"]
    row["key"], row["url"] = address(document.key), address(document.url)
    row["fingerprint"] = fingerprint(document.title, document.text, document.is_withdrawn)
    return row


def _keep(session: Session, payload: Payload) -> str:
    insert_new(session, Payload, payload.model_dump())
    return payload.sha256


def _store(session: Session, row: Row) -> bool:
    """Insert the revision under the next free number; False where it is stored already."""
    for _ in range(MOST_TRIES):
        known = session.exec(
            select(Document.id).where(Document.key == row["key"], Document.fingerprint == row["fingerprint"])
        ).first()
        if known is not None:
            return False
        last = session.exec(select(func.max(Document.revision)).where(Document.key == row["key"])).one()
        if insert_new(session, Document, row | {"revision": (last or 0) + 1}):
            _follow_up(session, row)
            return True
    raise InvalidValueError(f"{row['key']}: too many processes store revisions of it at once")


def _follow_up(session: Session, row: Row) -> None:
    document_id = session.exec(
        select(Document.id).where(Document.key == row["key"], Document.fingerprint == row["fingerprint"])
    ).one()
    # The row waits for a pipeline: no version has read the document yet.
    insert_new(session, Reading, Reading(document_id=document_id).model_dump())
    for target in sorted(targets(json.loads(str(row["links"]))) - {str(row["key"])}):
        insert_new(session, DocumentLink, {"document_id": document_id, "target": target})
