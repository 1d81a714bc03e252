"""The one place where a finding becomes a claim."""

import json
import logging
from collections.abc import Iterable

from extractors.finding import Finding
from store.claim_rows import LONGEST_SUBJECT, LONGEST_VALUE
from store.tables import Claim

logger = logging.getLogger(__name__)


def claim_of(finding: Finding, document_id: int, pipeline: str) -> Claim:
    """Return the claim that a finding makes of a document; `pipeline` is the version that found it. Not stored yet."""
    return Claim(
        document_id=document_id,
        extractor=finding.extractor,
        pipeline=pipeline,
        field=finding.field,
        subject=finding.subject,
        value=json.dumps(finding.value, ensure_ascii=False),
        unit=finding.unit or "",
        quote=finding.quote,
        start_char=finding.start,
        end_char=finding.end,
        confidence=finding.confidence,
        reason=finding.reason,
    )


def claims(findings: Iterable[Finding], document_id: int, pipeline: str) -> list[Claim]:
    """Return the claims of all findings that the store takes.

    One whose subject or value is longer than that is no name and no figure: it is logged and left out.
    """
    made = [claim_of(finding, document_id, pipeline) for finding in findings]
    kept = [claim for claim in made if len(claim.subject) <= LONGEST_SUBJECT and len(claim.value) <= LONGEST_VALUE]
    if len(kept) < len(made):
        logger.warning("document %d: %d claims of absurd length left out", document_id, len(made) - len(kept))
    return kept
