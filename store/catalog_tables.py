"""The tables of what persons decided: decisions, and entries with every revision."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.tables import now, stored_by_value


class Verdict(StrEnum):
    """What a person decided about a candidate or an entry."""

    APPROVE = "approve"
    REJECT = "reject"
    LATER = "later"
    REOPEN = "reopen"
    EDIT = "edit"
    RETRACT = "retract"


class Entry(SQLModel, table=True):
    """One model that a person approved, linked to its family; its values stand in its newest revision."""

    __table_args__ = (UniqueConstraint("candidate_id", "model"),)

    id: int = Field(default=None, primary_key=True)
    candidate_id: int = Field(foreign_key="candidate.id")
    model: str = Field(description="normalised name under which the candidate proposed it")
    family: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    organization: str | None = Field(default=None, sa_type=Text)
    revision: int = Field(default=1, ge=1)
    is_withdrawn: bool = False
    created_at: datetime = Field(default_factory=now)
    changed_at: datetime = Field(default_factory=now)


class Decision(SQLModel, table=True):
    """What a person decided about a candidate or an entry, and what was seen; only ever added to."""

    __table_args__ = (
        CheckConstraint("(candidate_id IS NULL) <> (entry_id IS NULL)", name="decision_is_about_one_thing"),
        CheckConstraint("length(reviewer) > 0", name="reviewer_is_named"),
    )

    id: int = Field(default=None, primary_key=True)
    candidate_id: int | None = Field(default=None, foreign_key="candidate.id", index=True)
    entry_id: int | None = Field(default=None, foreign_key="entry.id", index=True)
    verdict: Verdict = Field(sa_column=stored_by_value(Verdict, "verdict_is_known"))
    reviewer: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    seen_revision: int
    seen: str = Field(
        default="[]", sa_type=Text, description="JSON list of the claims shown: [model, field, unit, value]"
    )
    before: str = Field(default="{}", sa_type=Text, description="JSON")
    after: str = Field(default="{}", sa_type=Text, description="JSON")
    at: datetime = Field(default_factory=now)


class EntryRevision(SQLModel, table=True):
    """An entry as one decision left it; never edited."""

    __tablename__ = "entry_revision"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id")
    number: int = Field(ge=1)
    decision_id: int = Field(foreign_key="decision.id", index=True)
    family: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    is_withdrawn: bool = False


class EntryValue(SQLModel, table=True):
    """A value of a revision of an entry, with its proof: a claim, or the note of the person who gave it."""

    __tablename__ = "entry_value"
    __table_args__ = (
        UniqueConstraint("revision_id", "field", "unit"),
        CheckConstraint("(claim_id IS NULL) <> (note IS NULL)", name="value_has_one_proof"),
    )

    id: int = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="entry_revision.id")
    field: str
    unit: str = ""
    value: str = Field(sa_type=Text, description="canonical JSON, as in a claim")
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
    note: str | None = Field(default=None, sa_type=Text)
