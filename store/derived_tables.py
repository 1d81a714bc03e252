"""The tables of derived figures: claims of another kind, whose proof is a formula and the claims that went in."""

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

import store.tables  # noqa: F401  # names the constraints of all tables, and holds those that these refer to


class DerivedClaim(SQLModel, table=True):
    """A figure that no document states: computed by a formula from what one states, and known between bounds.

    Never a value of an entry by itself. `disputed_by` is the claim that states more than three times more or less.
    """

    __tablename__ = "derived_claim"
    __table_args__ = (
        UniqueConstraint("document_id", "field", "subject", "unit", "formula", name="uq_derived_claim_identity"),
        CheckConstraint("low > 0 AND low <= value AND value <= high", name="value_lies_between_its_bounds"),
        CheckConstraint("(ratio IS NULL) = (dispute = '')", name="a_dispute_has_a_ratio"),
    )

    id: int = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id")
    pipeline: str = Field(default="", description="version of the pipeline that computed it last")
    field: str
    subject: str = Field(sa_type=Text, description="name of the model or family that the value belongs to")
    unit: str
    low: float
    value: float
    high: float
    formula: str = Field(sa_type=Text, description="in words")
    source: str = Field(sa_type=Text, description="address of where the formula is from")
    flags: str = Field(default="[]", sa_type=Text, description="JSON list: what was assumed, in words")
    disputed_by: int | None = Field(default=None, foreign_key="claim.id", ondelete="SET NULL", index=True)
    ratio: float | None = Field(default=None, description="the stated figure over this one")
    dispute: str = Field(default="", sa_type=Text, description="the likely reason, in words")


class DerivedInput(SQLModel, table=True):
    """What went into a derived figure: a claim, or words of the document that are no claim (a hub's record)."""

    __tablename__ = "derived_input"
    __table_args__ = (CheckConstraint("start_char >= 0 AND start_char < end_char", name="span_is_not_empty"),)

    derived_id: int = Field(primary_key=True, foreign_key="derived_claim.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    claim_id: int | None = Field(default=None, foreign_key="claim.id", ondelete="SET NULL", index=True)
    field: str
    value: str = Field(sa_type=Text, description="canonical JSON, as in a claim")
    unit: str = ""
    quote: str = Field(sa_type=Text)
    start_char: int
    end_char: int
