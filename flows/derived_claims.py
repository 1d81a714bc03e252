"""The one place where a derived figure becomes one that is stored, and its inputs become the claims that they are."""

import json
import logging
from collections.abc import Iterable

from extractors.finding import Derived
from flows.claims import claim_of
from store.claim_rows import LONGEST_SUBJECT
from store.derived import DerivedFigure
from store.derived_tables import DerivedClaim

logger = logging.getLogger(__name__)


def derived_figures(figures: Iterable[Derived], document_id: int, pipeline: str) -> list[DerivedFigure]:
    """Return what the store takes of the figures; one whose subject is of absurd length is logged and left out."""
    made = []
    for figure in figures:
        if (
            max(len(subject) for subject in (figure.subject, *(each.subject for each in figure.inputs)))
            > LONGEST_SUBJECT
        ):
            logger.warning("document %d: a derived figure of absurd length left out", document_id)
        else:
            made.append(_stored(figure, document_id, pipeline))
    return made


def _stored(figure: Derived, document_id: int, pipeline: str) -> DerivedFigure:
    found = figure.disagreement
    row = DerivedClaim(
        document_id=document_id,
        pipeline=pipeline,
        field=figure.field,
        subject=figure.subject,
        unit=figure.unit,
        low=figure.low,
        value=figure.value,
        high=figure.high,
        formula=figure.formula,
        source=figure.source,
        flags=json.dumps(figure.flags, ensure_ascii=False),
        ratio=found.ratio if found else None,
        dispute=found.reason if found else "",
    )
    inputs = tuple(claim_of(finding, document_id, pipeline) for finding in figure.inputs)
    return DerivedFigure(row, inputs, claim_of(found.stated, document_id, pipeline) if found else None)
