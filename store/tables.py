"""The tables of what comes in and waits for a person, and what the database itself refuses."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, Enum, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

#: Names for every constraint, so that a migration can drop one on SQLite and on PostgreSQL alike.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def now() -> datetime:
    """Return the current time, aware, in UTC."""
    return datetime.now(UTC)


class Kind(StrEnum):
    """What a candidate proposes: a release that the catalog lacks, or a change to entries that it has."""

    NEW = "new"
    UPDATE = "update"


class Status(StrEnum):
    """Where a candidate stands in the queue."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    LATER = "later"


def stored_by_value(words: type[StrEnum], name: str) -> Column[Any]:
    """Make a column that holds the values of `words` as text, and a CHECK that refuses any other."""
    kind = Enum(
        words,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        name=name,
        length=16,
    )
    return Column(kind, nullable=False)


class Source(SQLModel, table=True):
    """What is known of a source between runs; its description stays in the sources file."""

    name: str = Field(primary_key=True)
    last_attempt: datetime | None = None
    last_success: datetime | None = Field(default=None, description="start of the last run that ended well")
    last_new_item: datetime | None = None
    sleeping_until: datetime | None = None
    failures: int = Field(default=0, description="failed runs in a row")
    message: str | None = Field(default=None, sa_type=Text, description="why the last run failed")


class Fetch(SQLModel, table=True):
    """What an address answered last: validators for conditional requests, and failures in a row of a page or card."""

    url: str = Field(primary_key=True, sa_type=Text)
    etag: str | None = Field(default=None, sa_type=Text)
    last_modified: str | None = Field(default=None, sa_type=Text)
    status: int | None = None
    failures: int = 0
    fetched_at: datetime = Field(default_factory=now)


class Payload(SQLModel, table=True):
    """Raw bytes as fetched, zlib-compressed, kept once under the SHA-256 of the bytes before compression."""

    sha256: str = Field(primary_key=True, max_length=64)
    url: str = Field(sa_type=Text)
    media_type: str
    content: bytes
    size: int = Field(description="bytes before compression")
    fetched_at: datetime = Field(default_factory=now)


class SetAside(SQLModel, table=True):
    """Something fetched that could not be read, with its reason; nothing is dropped in silence."""

    __tablename__ = "set_aside"
    __table_args__ = (UniqueConstraint("source", "url"),)

    id: int = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    url: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    payload_sha256: str | None = Field(default=None, foreign_key="payload.sha256")
    seen_at: datetime = Field(default_factory=now)


class Document(SQLModel, table=True):
    """A revision of a text as a source gave it; never edited. Offsets of claims count in `content`."""

    __table_args__ = (UniqueConstraint("key", "fingerprint"), UniqueConstraint("key", "revision"))

    id: int = Field(default=None, primary_key=True)
    key: str = Field(description="names the thing across sources and revisions, as `arxiv:2501.12948`")
    revision: int = Field(default=1, ge=1)
    kind: str = Field(description="paper, report (the full text of a paper), post or card")
    source: str = Field(index=True)
    url: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    fingerprint: str = Field(
        default="", max_length=64, description="SHA-256 of title, text and whether it is withdrawn"
    )
    version: str | None = Field(default=None, description="the source's own mark of this revision, as `v2`")
    maker: str | None = None
    is_watched: bool = False
    is_withdrawn: bool = False
    authors: str = Field(default="[]", sa_type=Text, description="JSON list")
    links: str = Field(default="[]", sa_type=Text, description="JSON list of addresses")
    published: datetime | None = Field(default=None, index=True)
    updated: datetime | None = None
    fetched_at: datetime = Field(default_factory=now)
    payload_sha256: str | None = Field(default=None, foreign_key="payload.sha256")

    @property
    def content(self) -> str:
        """The string that the offsets of this document's claims point into."""
        return f"{self.title}\n{self.text}"


class DocumentHead(SQLModel, table=True):
    """The revision of a document that its source gave last, and the source's mark of it."""

    __tablename__ = "document_head"

    key: str = Field(primary_key=True, sa_type=Text)
    document_id: int = Field(foreign_key="document.id", unique=True)
    version: str | None = Field(default=None, sa_type=Text)


class DocumentLink(SQLModel, table=True):
    """That a document gives an address for itself elsewhere, as the key under which a document there would stand."""

    __tablename__ = "document_link"

    document_id: int = Field(primary_key=True, foreign_key="document.id")
    target: str = Field(primary_key=True, index=True, sa_type=Text)


class Reading(SQLModel, table=True):
    """Which version of the extraction pipeline read a document last, and how likely it found an announcement."""

    document_id: int = Field(primary_key=True, foreign_key="document.id")
    pipeline: str = Field(default="", index=True, description="version of the pipeline; empty before the first reading")
    announces: float | None = Field(default=None, description="0 to 1; none where the reading failed")
    error: str | None = Field(default=None, sa_type=Text)
    release: str | None = Field(default=None, index=True, description="the release that it names, normalised")
    read_at: datetime | None = None


class Claim(SQLModel, table=True):
    """One fact that a document states, in the document's own words."""

    __table_args__ = (
        UniqueConstraint(
            *("document_id", "extractor", "field", "subject", "value", "unit", "start_char", "end_char"),
            name="uq_claim_identity",
        ),
        CheckConstraint("start_char >= 0 AND start_char < end_char", name="span_is_not_empty"),
        CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence_is_a_probability"),
    )

    id: int = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    extractor: str
    pipeline: str = Field(description="version of the pipeline")
    field: str
    subject: str = Field(sa_type=Text, description="name of the model or family that the value belongs to")
    value: str = Field(sa_type=Text, description="canonical JSON: number, text, boolean or list")
    unit: str = Field(default="", description="empty where the value has none")
    quote: str = Field(sa_type=Text)
    start_char: int
    end_char: int
    confidence: float
    reason: str = Field(default="", sa_type=Text)


class Candidate(SQLModel, table=True):
    """What waits for a person: a release (a family of one or more models), or a change to entries of the catalog.

    A release has one candidate of kind `new` for ever, and at most one open candidate of kind `update`.
    """

    __table_args__ = (
        Index("ix_candidate_queue", "status", "priority", "id"),
        Index(
            *("uq_candidate_release", "release"),
            unique=True,
            sqlite_where=text("kind = 'new'"),
            postgresql_where=text("kind = 'new'"),
        ),
        Index(
            *("uq_candidate_open_update", "release"),
            unique=True,
            sqlite_where=text("kind = 'update' AND status IN ('pending', 'later')"),
            postgresql_where=text("kind = 'update' AND status IN ('pending', 'later')"),
        ),
        CheckConstraint("(kind = 'update') = (updates_id IS NOT NULL)", name="update_names_what_it_updates"),
    )

    id: int = Field(default=None, primary_key=True)
    release: str = Field(index=True, description="normalised name of the family, by which documents find it")
    name: str = Field(sa_type=Text)
    organization: str | None = Field(default=None, sa_type=Text)
    kind: Kind = Field(default=Kind.NEW, sa_column=stored_by_value(Kind, "kind_is_known"))
    status: Status = Field(default=Status.PENDING, sa_column=stored_by_value(Status, "status_is_known"))
    updates_id: int | None = Field(default=None, foreign_key="candidate.id", index=True)
    changes: str = Field(default="[]", sa_type=Text, description="JSON list of what an update would change")
    priority: float = 0.0
    reasons: str = Field(default="[]", sa_type=Text, description="JSON list: why the priority is what it is, in words")
    evidence: str = Field(default="", max_length=64, description="SHA-256 of the claims and documents it rests on")
    revision: int = Field(default=1, description="goes up with every change; a decision names the one that it saw")
    later_until: datetime | None = None
    created_at: datetime = Field(default_factory=now)
    changed_at: datetime = Field(default_factory=now)


class CandidateDocument(SQLModel, table=True):
    """That a document is about the release of a candidate, and why it was joined to it."""

    __tablename__ = "candidate_document"

    candidate_id: int = Field(primary_key=True, foreign_key="candidate.id")
    document_id: int = Field(primary_key=True, foreign_key="document.id", index=True)
    is_copy: bool = Field(default=False, description="a quantised, converted or mirrored upload by someone else")
    why: str = Field(default="", sa_type=Text)
