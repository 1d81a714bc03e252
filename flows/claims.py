"""The one place where a finding becomes a claim."""

import json
import logging
from collections.abc import Iterable, Iterator

from extractors.finding import Finding
from store.readings import LONGEST_SUBJECT, LONGEST_VALUE
from store.tables import Claim

logger = logging.getLogger(__name__)


def claims(findings: Iterable[Finding], document_id: int, pipeline: str) -> Iterator[Claim]:
    """Yield the claim that each finding makes of the document; the session that stores them is the caller's.

    A finding whose subject or value is longer than the store takes is no name and no figure: it is logged and left out.
    """
    for finding in findings:
        value = json.dumps(finding.value, ensure_ascii=False)
        if len(finding.subject) > LONGEST_SUBJECT or len(value) > LONGEST_VALUE:
            logger.warning("document %d: %s of absurd length left out: %.80s", document_id, finding.field, value)
            continue
        yield Claim(
            document_id=document_id,
            extractor=finding.extractor,
            pipeline=pipeline,
            field=finding.field,
            subject=finding.subject,
            value=value,
            unit=finding.unit or "",
            quote=finding.quote,
            start_char=finding.start,
            end_char=finding.end,
            confidence=finding.confidence,
            reason=finding.reason,
        )
