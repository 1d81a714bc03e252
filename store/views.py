"""What pages and commands show: values that are read once and never change."""

from dataclasses import dataclass
from datetime import datetime

from store.catalog_tables import Verdict
from store.tables import Kind, Status
from store.values import Value


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document that speaks of a release; `is_copy` if it is a copy of a model by someone else."""

    id: int
    key: str
    revision: int
    url: str
    title: str
    kind: str
    source: str
    published: datetime | None
    maker: str | None
    is_watched: bool
    is_copy: bool
    announces: float
    why: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What a document states of `model`; the quote stands at `start` to `end` of title, newline, text."""

    id: int
    document_id: int
    model: str
    field: str
    value: Value
    unit: str
    quote: str
    start: int
    end: int
    url: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The value that is proposed for a field of a model, by which rule, and the claims that lost to it."""

    model: str
    field: str
    value: Value
    unit: str
    claim_id: int
    rule: str
    rivals: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What an update would change in the catalog; without an entry it adds a model, whose `name` is a field too."""

    entry_id: int | None
    model: str
    field: str
    unit: str
    old: Value | None
    new: Value
    claim_id: int


@dataclass(frozen=True, slots=True)
class DecisionView:
    """Who decided what, when and why, on which revision."""

    id: int
    verdict: Verdict
    reviewer: str
    reason: str
    seen_revision: int
    at: datetime


@dataclass(frozen=True, slots=True)
class InputView:
    """What went into a derived figure; `claim_id` is None where the words are no claim but a hub's record."""

    field: str
    value: Value
    unit: str
    quote: str
    start: int
    end: int
    claim_id: int | None


@dataclass(frozen=True, slots=True)
class DerivedView:
    """A figure that `formula` gives for `model`, between `low` and `high`, from what a document states.

    `dispute` says, where it is not empty, why a claim may state `ratio` times as much.
    """

    id: int
    document_id: int
    model: str
    field: str
    unit: str
    low: float
    value: float
    high: float
    formula: str
    source: str
    flags: tuple[str, ...]
    inputs: tuple[InputView, ...]
    url: str
    disputed_by: int | None
    ratio: float | None
    dispute: str


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A candidate with all that a person needs to decide; `changes` is empty unless it is an update."""

    id: int
    name: str
    organization: str | None
    kind: Kind
    status: Status
    priority: float
    reasons: tuple[str, ...]
    revision: int
    later_until: datetime | None
    models: tuple[str, ...]
    documents: tuple[DocumentView, ...]
    claims: tuple[ClaimView, ...]
    proposals: tuple[Proposal, ...]
    changes: tuple[Change, ...]
    history: tuple[DecisionView, ...]
    derived: tuple[DerivedView, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """A person's own value for a field; None leaves the field empty.

    `model` names one model of the candidate, None all that are kept. `note` says where the value comes from.
    """

    model: str | None
    field: str
    value: Value | None
    note: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ValueView:
    """A value of an entry with its proof: quote and address of a claim, or the note of a person."""

    field: str
    value: Value
    unit: str
    quote: str | None
    url: str | None
    note: str | None
    claim_id: int | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class EntryView:
    """A model of the catalog as it stands, or stood when it was withdrawn."""

    id: int
    family: str
    name: str
    organization: str | None
    revision: int
    is_withdrawn: bool
    candidate_id: int
    values: tuple[ValueView, ...]
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class RevisionView:
    """An entry as one decision left it, and that decision."""

    revision: int
    name: str
    family: str
    is_withdrawn: bool
    verdict: Verdict
    reviewer: str
    reason: str
    at: datetime
    values: tuple[ValueView, ...]
