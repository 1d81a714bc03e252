"""What the extraction pipeline says of one document: findings, and whether the document announces a model."""

from dataclasses import dataclass

Value = float | bool | str | tuple[str, ...]

#: Fields that name things rather than measure them: every model of a document has one `name` finding, and members of a
#: family one `family` finding besides. They become claims like any other; `scalewatch extract` writes them as `models`.
NAME = "name"
FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Text:
    """A document as the extractors see it; offsets count in `content`, that is title, newline, text."""

    kind: str
    title: str
    text: str
    url: str = ""

    @property
    def content(self) -> str:
        """The string that every offset points into."""
        return f"{self.title}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A value and the words that state it.

    `quote` stands verbatim at `content[start:end]`; `subject` is the name of a new model of the document or of its
    family; `confidence` is the probability (0 to 1) that a careful reader would take the claim; `reason` says in a few
    words why the value was given to this subject; `extractor` names the component that found it.
    """

    field: str
    value: Value
    unit: str | None
    subject: str
    quote: str
    start: int
    end: int
    confidence: float
    extractor: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All findings of one document, and the probability (0 to 1) that it announces a model of its own."""

    announces: float
    findings: tuple[Finding, ...]

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the document's own new models, in reading order."""
        return tuple(finding.subject for finding in self.findings if finding.field == NAME)
