"""The form of every extractor, and the spaCy component that runs one of them over a Doc."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.finding import Finding, Value
from extractors.page import Page

LONGEST_QUOTE = 200

Find = Callable[[Page], Iterable[Finding]]

if not Doc.has_extension("page"):
    Doc.set_extension("page", default=None)
    Doc.set_extension("findings", default=())


@dataclass(frozen=True, slots=True)
class Extractor:
    """A named reader of one subject: `find` yields the findings of a page."""

    name: str
    find: Find


@dataclass(frozen=True, slots=True)
class Component:
    """Run an extractor: mark what it found in `doc.spans[name]` and add its findings to `doc._.findings`."""

    extractor: Extractor

    def __call__(self, doc: Doc) -> Doc:
        """Read the page that `doc._.page` holds."""
        page: Page = doc._.page
        found = tuple(replace(finding, extractor=self.extractor.name) for finding in self.extractor.find(page))
        doc.spans[self.extractor.name] = [span for finding in found if (span := _span(doc, finding))]
        doc._.findings = (*doc._.findings, *found)
        return doc


def _span(doc: Doc, finding: Finding) -> Span | None:
    return doc.char_span(finding.start, finding.end, label=finding.field, alignment_mode="expand")


def add(nlp: Language, extractor: Extractor) -> None:
    """Append an extractor to a pipeline under its name."""
    if not Language.has_factory(extractor.name):
        Language.factory(extractor.name, assigns=["doc.spans"], func=lambda nlp, name: Component(extractor))  # noqa: ARG005
    nlp.add_pipe(extractor.name)


def finding(
    page: Page,
    field: str,
    value: Value,
    subject: str,
    span: tuple[int, int],
    *,
    unit: str | None = None,
    confidence: float,
    reason: str,
) -> Finding:
    """Make a finding whose quote is `span` of the page, cut off after 200 characters; its component signs it."""
    start, end = span
    end = min(end, start + LONGEST_QUOTE, len(page.content))
    quote = page.content[start:end]
    return Finding(field, value, unit, subject, quote, start, end, confidence, extractor="", reason=reason)
