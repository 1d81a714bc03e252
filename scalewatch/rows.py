"""What a person reads of candidates and entries at a terminal."""

from typing import TYPE_CHECKING

import typer

from scalewatch.output import write_table
from scalewatch.shapes import NAMES

if TYPE_CHECKING:
    from datetime import datetime

    from store.values import Value
    from store.views import CandidateView, EntryView, RevisionView

CANDIDATES = ("id", "priority", "name", "maker", "kind", "parameters", "documents", "first address")
ENTRIES = ("id", "name", "maker", "parameters", "training tokens", "changed", "")


def candidate_row(view: "CandidateView") -> tuple[object, ...]:
    """Return a candidate under `CANDIDATES`."""
    sizes = sorted({claim.value for claim in view.claims if claim.field == "parameters"}, key=str)
    address = view.documents[0].url if view.documents else ""
    return (
        view.id,
        f"{view.priority:.2f}",
        view.name,
        view.organization,
        view.kind.value,
        ", ".join(as_read(size) for size in sizes),
        len(view.documents),
        address,
    )


def write_candidate(view: "CandidateView") -> None:
    """Write a candidate with its proof."""
    typer.echo(f"{view.name} — {view.organization or 'maker unknown'} ({view.kind.value}, {view.status.value})")
    typer.echo(f"priority {view.priority:.2f}: {'; '.join(view.reasons)}\n")
    for document in view.documents:
        typer.echo(f"{day(document.published)}  {document.title}\n            {document.url}")
    typer.echo("")
    if view.changes:
        changes = [(c.model, c.field, as_read(c.old, c.unit), as_read(c.new, c.unit)) for c in view.changes]
        write_table(("model", "field", "in the catalog", "proposed"), changes, empty="")
        typer.echo("")
    claims = [
        (claim.model, claim.field, as_read(claim.value, claim.unit), f"{claim.confidence:.2f}", claim.quote)
        for claim in view.claims
        if claim.field not in NAMES
    ]
    write_table(("model", "field", "value", "sure", "in the document's words"), claims, empty="No claims.")
    for decision in view.history:
        typer.echo(f"\n{day(decision.at)}  {decision.reviewer}: {decision.verdict.value} {decision.reason}".rstrip())


def entry_row(view: "EntryView") -> tuple[object, ...]:
    """Return an entry under `ENTRIES`."""
    values = {value.field: as_read(value.value, value.unit) for value in view.values}
    return (
        view.id,
        view.name,
        view.organization,
        values.get("parameters"),
        values.get("training_tokens"),
        day(view.changed_at),
        "withdrawn" if view.is_withdrawn else "",
    )


def write_entry(view: "EntryView", history: "list[RevisionView]") -> None:
    """Write an entry with the proof of each value, and its revisions."""
    state = " (withdrawn)" if view.is_withdrawn else ""
    typer.echo(f"{view.name} — {view.organization or 'maker unknown'}, revision {view.revision}{state}\n")
    values = [(v.field, as_read(v.value, v.unit), v.quote or v.note, v.url) for v in view.values]
    write_table(("field", "value", "proof", "address"), values, empty="No values.")
    typer.echo("")
    revisions = [(r.revision, day(r.at), r.reviewer, r.verdict.value, r.reason) for r in history]
    write_table(("revision", "day", "who", "what", "why"), revisions, empty="No revisions.")


def as_read(value: "Value | None", unit: str | None = None) -> str:
    """Return a value as people write it: 7B, text, yes."""
    from store.units import written

    return "" if value is None else written(value, unit or "")


def day(at: "datetime | None") -> str:
    """Return the day of a moment, in UTC."""
    return at.date().isoformat() if at else "undated   "
