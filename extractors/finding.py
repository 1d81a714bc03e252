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
class Disagreement:
    """A stated value more than three times above or below the derived one: `ratio` is stated over derived."""

    stated: Finding
    ratio: float
    reason: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that no text states: computed by `formula` (in words, from `source`) from what the `inputs` state.

    It lies between `low` and `high`, most likely near `value`; `flags` say in words what was assumed. `unit` is written
    out: `FLOP`, `USD`, `parameters`, `stored elements`.
    """

    field: str
    low: float
    value: float
    high: float
    unit: str
    subject: str
    formula: str
    source: str
    inputs: tuple[Finding, ...]
    flags: tuple[str, ...] = ()
    disagreement: Disagreement | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All findings of one document, and the probability (0 to 1) that it announces a model of its own.

    `derived` are figures computed from the findings and, of a repository, from its record; never claims.
    """

    announces: float
    findings: tuple[Finding, ...]
    derived: tuple[Derived, ...] = ()

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the document's own new models, in reading order."""
        return tuple(finding.subject for finding in self.findings if finding.field == NAME)
