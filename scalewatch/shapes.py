"""The JSON shapes that commands write; `docs/commands.md` promises them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from flows.ingest import Outcome
    from store.views import CandidateView, ClaimView, DecisionView, EntryView, RevisionView, ValueView

#: What a queue leaves out of a candidate's claims: they name its models, and `model` of each claim says the same.
NAMES = ("name", "family")


def candidate(view: "CandidateView") -> dict[str, object]:
    """Return a candidate as the queue lists it."""
    return {
        "id": view.id,
        "name": view.name,
        "organization": view.organization,
        "kind": str(view.kind.value),
        "status": str(view.status.value),
        "priority": view.priority,
        "documents": [
            {"url": document.url, "title": document.title, "published": _moment(document.published)}
            for document in view.documents
        ],
        "claims": [claim(each) for each in view.claims if each.field not in NAMES],
    }


def candidate_in_full(view: "CandidateView") -> dict[str, object]:
    """Return a candidate with why it stands where it does, and with what was decided about it."""
    return {
        **candidate(view),
        "revision": view.revision,
        "reasons": list(view.reasons),
        "later_until": _moment(view.later_until),
        "models": list(view.models),
        "history": [decision(each) for each in view.history],
    }


def claim(view: "ClaimView") -> dict[str, object]:
    """Return a claim with its words and their address."""
    return {
        "model": view.model,
        "field": view.field,
        "value": view.value,
        "unit": view.unit or None,
        "quote": view.quote,
        "url": view.url,
        "confidence": view.confidence,
    }


def decision(view: "DecisionView") -> dict[str, object]:
    """Return who decided what, when and why."""
    return {"verdict": view.verdict.value, "reviewer": view.reviewer, "reason": view.reason, "at": _moment(view.at)}


def entry(view: "EntryView") -> dict[str, object]:
    """Return an entry of the catalog with the proof of each value."""
    return {
        "id": view.id,
        "name": view.name,
        "family": view.family,
        "organization": view.organization,
        "revision": view.revision,
        "is_withdrawn": view.is_withdrawn,
        "values": [value(each) for each in view.values],
        "created_at": _moment(view.created_at),
        "changed_at": _moment(view.changed_at),
    }


def value(view: "ValueView") -> dict[str, object]:
    """Return a value of an entry with its quote and address, or the person's note."""
    return {
        "field": view.field,
        "value": view.value,
        "unit": view.unit or None,
        "quote": view.quote,
        "url": view.url,
        "note": view.note,
        "confidence": view.confidence,
    }


def revision(view: "RevisionView") -> dict[str, object]:
    """Return one revision of an entry: who made it, and what it said."""
    return {
        "revision": view.revision,
        "verdict": view.verdict.value,
        "reviewer": view.reviewer,
        "reason": view.reason,
        "at": _moment(view.at),
        "is_withdrawn": view.is_withdrawn,
        "values": [value(each) for each in view.values],
    }


def outcome(done: "Outcome") -> dict[str, object]:
    """Return what a run of one source did."""
    return {
        "source": done.source,
        "fetched": done.fetched,
        "new": done.new,
        "unchanged": done.unchanged,
        "set_aside": done.set_aside,
        "candidates": done.candidates,
        "seconds": round(done.seconds, 2),
        "error": done.error,
        "note": done.note,
    }


def _moment(at: "datetime | None") -> str | None:
    return at.isoformat() if at else None
