"""The extraction pipeline: texts in, readings out, by a spaCy pipeline of our own components behind a cheap gate."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

import spacy
from spacy.language import Language

from extractors import naming
from extractors.announcement import probability
from extractors.derivation.derived import derive
from extractors.extractor import Extractor, add
from extractors.fields import (
    active_parameters,
    base_model,
    benchmark,
    context_length,
    dataset_size,
    licence,
    modalities,
    open_weights,
    organization,
    parameters,
    training_run,
    training_tokens,
)
from extractors.finding import Finding, Reading, Text
from extractors.gate import may_announce
from extractors.page import READ_LIMIT, Page
from extractors.repository_record import record_figures

#: Changes whenever the same text may be read differently; stored with every claim.
VERSION = "1"

#: Every extractor, in the order in which they run. To add one: a module with `find(page)`, and a line here.
EXTRACTORS = (
    Extractor("names", naming.find),
    Extractor("parameters", parameters.find),
    Extractor("active_parameters", active_parameters.find),
    Extractor("training_tokens", training_tokens.find),
    Extractor("context_length", context_length.find),
    Extractor("modalities", modalities.find),
    Extractor("open_weights", open_weights.find),
    Extractor("license", licence.find),
    Extractor("base_model", base_model.find),
    Extractor("organization", organization.find),
    Extractor("training_run", training_run.find),
    Extractor("dataset_size", dataset_size.find),
    Extractor("benchmark", benchmark.find),
)

#: The probability given to a text that the gate turns away.
UNREAD = 0.01

#: Papers and posts less likely to announce a model than this are not read closely: their figures belong to others.
LEAST_PROBABILITY = 0.5

#: The same for what comes as a whole report: somebody took it for one of a model, and its abstract is but a part of it.
LEAST_OF_A_REPORT = 0.2

#: From this probability on, sizes and what a model takes in and gives out are still read: the words on them are plain,
#: and methods with a network of their own say them too.
LEAST_FOR_KINDS = 0.4

#: The extractors that do not run below `LEAST_PROBABILITY`.
OF_ANNOUNCED = tuple(
    one.name for one in EXTRACTORS if one.name not in ("names", "parameters", "active_parameters", "modalities")
)


@cache
def build_pipeline() -> Language:
    """Return the pipeline, made once a process: a tokenizer that splits at spaces, then every extractor.

    The rules of the English tokenizer take minutes over a long text without spaces, and no extractor asks for tokens:
    numbers and names are found in the raw text, and `Doc.char_span` widens them to whole tokens.
    """
    nlp = spacy.blank("en")
    for rule in ("prefix_search", "suffix_search", "infix_finditer", "url_match"):
        setattr(nlp.tokenizer, rule, None)
    nlp.max_length = READ_LIMIT + 1
    for extractor in EXTRACTORS:
        add(nlp, extractor)
    return nlp


def read(texts: Iterable[Text]) -> Iterator[Reading]:
    """Yield one reading for each text, in order, as they come; what the gate turns away has no findings."""
    for text in texts:
        yield _read(Page(text)) if may_announce(text) else Reading(UNREAD, ())


def is_read_closely(page: Page, announces: float) -> bool:
    """Whether a document that announces a model with this probability is read for its figures."""
    least = LEAST_OF_A_REPORT if page.text.kind == "report" else LEAST_PROBABILITY
    return page.text.kind == "card" or announces >= least


def _read(page: Page) -> Reading:
    chance = probability(page.abstract if page.is_report else page)
    is_close = is_read_closely(page, chance)
    if not is_close and chance < LEAST_FOR_KINDS:
        return Reading(chance, ())
    nlp = build_pipeline()
    doc = nlp.make_doc(page.content)
    doc._.page = page
    found = [_placed(page, finding) for finding in nlp(doc, disable=() if is_close else OF_ANNOUNCED)._.findings]
    findings = tuple(sorted(found, key=lambda finding: finding.start))
    reading = Reading(chance, findings)
    return replace(reading, derived=derive(findings, record_figures(page.text, reading.models)))


def _placed(page: Page, finding: Finding) -> Finding:
    """Add to the reason of a finding in which part of a report it was read."""
    part = page.part(finding.start)
    return replace(finding, reason=f"{finding.reason} (in “{part}”)") if part else finding
