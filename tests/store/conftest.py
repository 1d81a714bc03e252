"""A short way to say what a document states, stored, read and matched as ingest does it."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from store import documents, matching, readings, values
from store import engine as engines
from store.tables import Claim, Document

PIPELINE = "1"


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """One transaction on a new database."""
    with engines.session(engine) as opened:
        yield opened


@pytest.fixture
def document() -> Callable[..., Document]:
    """Make a document that is not stored yet: `document("arxiv:2501.00001", "Title", "text")`."""

    def make(key: str, title: str = "Foo", text: str = "Foo is a model.", **more: Any) -> Document:
        kind = {"arxiv": "paper", "hf": "card"}.get(key.partition(":")[0], "post")
        fields: dict[str, Any] = {
            "kind": kind,
            "source": "test",
            "url": f"https://example.org/{key}",
            "published": datetime(2026, 1, 2, tzinfo=UTC),
        }
        links = json.dumps(more.pop("links", []))
        return Document(**{"key": key, "title": title, "text": text, "links": links, **fields, **more})

    return make


@pytest.fixture
def claim() -> Callable[..., Claim]:
    """Make a claim whose quote is the first place of a document's content where it stands."""

    def make(content: str, subject: str, field: str, value: values.Value, quote: str = "", **more: Any) -> Claim:
        said = quote or subject
        start = content.index(said)
        given: dict[str, Any] = {"extractor": field, "unit": "", "confidence": 0.9, **more}
        return Claim(
            subject=subject,
            field=field,
            value=values.encode(value),
            quote=said,
            start_char=start,
            end_char=start + len(said),
            **given,
        )

    return make


@pytest.fixture
def publish(
    session: Session, document: Callable[..., Document], claim: Callable[..., Claim]
) -> Callable[..., int | None]:
    """Store a document, what was read in it, and match it; return the id of its candidate, or None.

    `facts` are (subject, field, value[, quote]); each of `models` and the `family` are named in the title.
    """

    def make(
        key: str,
        models: tuple[str, ...] = ("Foo-7B",),
        facts: tuple[tuple[object, ...], ...] = (),
        *,
        family: str = "",
        announces: float = 0.9,
        minimum: float = 1e9,
        is_wanted: bool = False,
        text: str = "",
        **more: Any,
    ) -> int | None:
        quotes = " ".join(str(fact[3]) for fact in facts if len(fact) > 3)
        title = " ".join(("Announcing", family, *models, *(str(fact[0]) for fact in facts)))
        stored = documents.save(session, document(key, title, f"{quotes} {text}", **more)).document
        found = [claim(stored.content, model, "name", model) for model in models]
        found += [claim(stored.content, model, "family", family) for model in models if family]
        found += [claim(stored.content, *fact) for fact in facts]
        readings.record_reading(session, stored.id, pipeline=PIPELINE, announces=announces, claims=found)
        criteria = matching.Criteria(minimum_parameters=minimum, is_wanted=is_wanted)
        candidate = matching.match(session, stored.id, criteria)
        return candidate.id if candidate else None

    return make
