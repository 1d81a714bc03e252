"""What `scalewatch extract` writes: one JSON record for each reading of a document."""

import json

from extractors.finding import FAMILY, NAME, Derived, Disagreement, Finding, Reading
from store.priority import ReleaseFacts, priority


def record(document_id: str, reading: Reading) -> str:
    """Return the JSON line of one document, without a newline; offsets count in title, newline, text."""
    fields = {
        "id": document_id,
        "announces": reading.announces,
        "models": _models(reading),
        "claims": [_claim(finding) for finding in _claimed(reading)],
        "derived": [_derived(figure) for figure in reading.derived],
        "priority": priority(_facts(reading)).value,
    }
    return json.dumps(fields, ensure_ascii=False)


def _models(reading: Reading) -> list[dict[str, object]]:
    families = {finding.subject: finding.value for finding in reading.findings if finding.field == FAMILY}
    return [{"name": name, **({"family": families[name]} if name in families else {})} for name in reading.models]


def _claimed(reading: Reading) -> list[Finding]:
    return [finding for finding in reading.findings if finding.field not in (NAME, FAMILY)]


def _claim(finding: Finding) -> dict[str, object]:
    return {
        "model": finding.subject,
        "field": finding.field,
        "value": finding.value,
        "unit": finding.unit,
        "quote": finding.quote,
        "start": finding.start,
        "end": finding.end,
        "confidence": finding.confidence,
    }


def _derived(figure: Derived) -> dict[str, object]:
    return {
        "model": figure.subject,
        "field": figure.field,
        "low": figure.low,
        "value": figure.value,
        "high": figure.high,
        "unit": figure.unit,
        "formula": figure.formula,
        "source": figure.source,
        "inputs": [_input(finding) for finding in figure.inputs],
        "flags": figure.flags,
        "disagreement": _disagreement(figure.disagreement) if figure.disagreement else None,
    }


def _input(finding: Finding) -> dict[str, object]:
    return {"field": finding.field, "value": finding.value, "unit": finding.unit, "quote": finding.quote}


def _disagreement(found: Disagreement) -> dict[str, object]:
    return {"stated": found.stated.value, "quote": found.stated.quote, "ratio": found.ratio, "reason": found.reason}


def _facts(reading: Reading) -> ReleaseFacts:
    claimed = _claimed(reading)
    sizes = [finding.value for finding in claimed if finding.field == "parameters"]
    weights = [finding.value for finding in claimed if finding.field == "open_weights"]
    makers = [finding.value for finding in claimed if finding.field == "organization"]
    return ReleaseFacts(
        announces=reading.announces,
        parameters=max((size for size in sizes if isinstance(size, float | int)), default=None),
        open_weights=any(weights) if weights else None,
        organization=str(makers[0]) if makers else None,
        claims=len(claimed),
    )
