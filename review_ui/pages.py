"""The pages: what each template is given, and nothing that it does not use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from review_ui.marking import MarkedText
from review_ui.proposed import ProposedModel
from store.tables import Document, Status
from store.views import CandidateView, ClaimView, EntryView, RevisionView, ValueView


@dataclass(frozen=True, slots=True)
class Shell:
    """What the frame of every page shows: who sits here, and the token of the forms."""

    reviewer: str
    token: str
    path: str
    version: str
    can_add: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page names its `template`, and the `part` of it that htmx may ask for alone."""

    template: ClassVar[str]
    part: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Paging:
    """Rows `first` to `last` of `total`, and the addresses of the pages before and after."""

    first: int
    last: int
    total: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class QueuePage(Page):
    """Candidates of one status, best first."""

    template: ClassVar[str] = "queue.html"
    part: ClassVar[str] = "_queue.html"

    status: Status
    counts: Mapping[Status, int]
    candidates: tuple[CandidateView, ...]
    paging: Paging


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the decision forms of a candidate: typed by a person, or as a fresh form has it."""

    reason: str = ""
    reason_text: str = ""
    wait: str = ""
    until: str = ""
    reopen_reason: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a decision was not taken: the message, problems by input name, and what has changed meanwhile."""

    message: str
    problems: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document of the candidate with the quotes of its claims marked, and these claims by id."""

    id: int
    stored: Document
    marked: MarkedText
    claims: Mapping[int, ClaimView]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another candidate to go to."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class CandidatePage(Page):
    """A candidate with its proposed entries, the document that states them, and the forms that decide."""

    template: ClassVar[str] = "candidate.html"
    part: ClassVar[str] = "_candidate.html"

    candidate: CandidateView
    models: tuple[ProposedModel, ...]
    document: ShownDocument | None
    entries: tuple[EntryView, ...]
    following: Neighbour | None
    typed: Typed
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class AddPage(Page):
    """The form that adds a document by its address."""

    template: ClassVar[str] = "add.html"

    address: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the catalog; `address` sorts by it, and `direction` says how it is sorted now."""

    field: str
    address: str
    direction: str


@dataclass(frozen=True, slots=True)
class CatalogRow:
    """One entry with its values in the order of the columns."""

    entry: EntryView
    values: tuple[ValueView | None, ...]


@dataclass(frozen=True, slots=True)
class CatalogPage(Page):
    """The catalog as a table."""

    template: ClassVar[str] = "catalog.html"
    part: ClassVar[str] = "_catalog.html"

    search: str
    is_withdrawn_shown: bool
    columns: tuple[Column, ...]
    rows: tuple[CatalogRow, ...]
    query: str


@dataclass(frozen=True, slots=True)
class EditableField:
    """A field of an entry: its present value, and what stands in the form."""

    name: str
    unit: str
    key: str
    value: ValueView | None
    shown: str
    typed: str
    problem: str


@dataclass(frozen=True, slots=True)
class EntryPage(Page):
    """One entry of the catalog with its proof, its history, and the forms that correct it."""

    template: ClassVar[str] = "entry.html"
    part: ClassVar[str] = "_entry.html"

    entry: EntryView
    fields: tuple[EditableField, ...]
    history: tuple[RevisionView, ...]
    reason: str
    retract_reason: str
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class ReviewerPage(Page):
    """The form that says who decides."""

    template: ClassVar[str] = "reviewer.html"

    name: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ProblemPage(Page):
    """Why a request got nothing: what is wrong, and the way out."""

    template: ClassVar[str] = "problem.html"
    part: ClassVar[str] = "_problem.html"

    title: str
    message: str


PAGES: tuple[type[Page], ...] = (
    QueuePage,
    CandidatePage,
    AddPage,
    CatalogPage,
    EntryPage,
    ReviewerPage,
    ProblemPage,
)
