"""Documents through the extraction pipeline: what is stored and unread becomes readings, claims and candidates."""

import logging
from collections.abc import Sequence
from threading import Lock

from sqlalchemy import Engine

from extractors.finding import Reading, Text
from flows.claims import claims
from flows.derived_claims import derived_figures
from flows.settings import Settings
from store import matching, readings
from store.engine import session
from store.matching import Criteria
from store.tables import Document

logger = logging.getLogger(__name__)

CHUNK = 100

#: spaCy shares its vocabulary between threads without a lock of its own, and more threads would read no faster.
_ONE_AT_A_TIME = Lock()


def criteria(settings: Settings, *, is_wanted: bool = False) -> Criteria:
    """Return what makes a release a candidate by these settings; `is_wanted` says that a person asked for it."""
    return Criteria(minimum_parameters=settings.minimum_parameters, is_wanted=is_wanted)


def read_documents(engine: Engine, documents: Sequence[Document], wanted: Criteria) -> frozenset[int]:
    """Read stored documents, store what they say, and return the ids of the candidates that they made or added to.

    Commits CHUNK documents at a time. A text on which the pipeline fails is stored as read with the error.
    """
    found: set[int] = set()
    for start in range(0, len(documents), CHUNK):
        found |= _read_chunk(engine, documents[start : start + CHUNK], wanted)
    return frozenset(found)


def read_left_over(engine: Engine, source: str, wanted: Criteria) -> frozenset[int]:
    """Read what a run of the source that died, or an older version of the pipeline, left unread.

    Returns the ids of the candidates. The caller holds the source's lock, so that nobody else reads the same.
    """
    found: set[int] = set()
    while documents := _unread(engine, source):
        found |= _read_chunk(engine, documents, wanted)
    return frozenset(found)


def _unread(engine: Engine, source: str) -> list[Document]:
    from extractors.pipeline import VERSION  # late: spaCy takes a second, and commands that read nothing do not need it

    with session(engine, read_only=True) as reading:
        return readings.unread(reading, VERSION, CHUNK, source=source)


def _read_chunk(engine: Engine, documents: Sequence[Document], wanted: Criteria) -> set[int]:
    from extractors.pipeline import VERSION

    said = [_read(document) for document in documents]  # before the transaction: it would hold the database's lock
    found = set()
    with session(engine) as writing:
        for document, reading in zip(documents, said, strict=True):
            readings.record_reading(
                writing,
                document.id,
                pipeline=VERSION,
                announces=reading.announces if isinstance(reading, Reading) else None,
                error=reading if isinstance(reading, str) else None,
                claims=claims(reading.findings, document.id, VERSION) if isinstance(reading, Reading) else (),
                derived=derived_figures(reading.derived, document.id, VERSION) if isinstance(reading, Reading) else (),
            )
            candidate = matching.match(writing, document.id, wanted)
            if candidate is not None:
                found.add(candidate.id)
    return found


def _read(document: Document) -> Reading | str:
    """Return what the pipeline reads in a document, or in words why it failed."""
    from extractors.pipeline import read

    text = Text(document.kind, document.title, document.text, document.url)
    try:
        with _ONE_AT_A_TIME:
            return next(read([text]))
    except Exception as error:  # one text that a rule stumbles over must not keep its source from ever ending well
        logger.exception("document %d (%s) could not be read", document.id, document.url)
        return f"{type(error).__name__}: {error}"
