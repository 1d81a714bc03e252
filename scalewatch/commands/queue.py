"""`scalewatch queue`: candidates that wait for a person, and the person's decisions."""

from typing import TYPE_CHECKING, Annotated

import typer

from scalewatch.options import LARGEST_ID, AsJson, Edits, Reviewer, Verbose, read_date, read_settings, reviewer_name
from scalewatch.output import write_json, write_table

if TYPE_CHECKING:
    from store.tables import Status

queue = typer.Typer(help="List candidates and decide on them.", epilog="Example: scalewatch queue --json")

Id = Annotated[
    int, typer.Argument(metavar="ID", min=1, max=LARGEST_ID, help="The candidate's number, as the queue lists it.")
]
Shown = Annotated[str, typer.Option("--status", metavar="pending|approved|rejected|later", help="Which ones.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, max=LARGEST_ID, help="How many at most.")]
Without = Annotated[
    list[str] | None, typer.Option("--without", metavar="MODEL", help="A model to leave out; repeatable.")
]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Hide it until then.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept with the decision.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(queue, name="queue")


@queue.callback(invoke_without_command=True)
def default(
    context: typer.Context,
    status: Shown = "pending",
    limit: Limit = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """List candidates, best first; the commands below show one or decide on it."""
    if context.invoked_subcommand is None:
        list_candidates(status, limit, as_json, verbose)


@queue.command("list", epilog="Example: scalewatch queue list --status later")
def list_candidates(
    status: Shown = "pending",
    limit: Limit = None,
    as_json: AsJson = False,
    verbose: Verbose = False,  # noqa: ARG001
) -> None:
    """List candidates, best first."""
    from scalewatch import shapes
    from scalewatch.database import open_database
    from scalewatch.rows import CANDIDATES, candidate_row
    from store import queue as stored
    from store.engine import session

    wanted = _status(status)
    with session(open_database(read_settings()), read_only=True) as reading:
        views = stored.listing(reading, wanted, limit=limit)
    if as_json:
        write_json([shapes.candidate(view) for view in views])
    else:
        write_table(CANDIDATES, map(candidate_row, views), empty=f"No candidate is {wanted.value}.")


@queue.command(epilog="Example: scalewatch queue show 12")
def show(candidate: Id, as_json: AsJson = False, verbose: Verbose = False) -> None:  # noqa: ARG001
    """Show a candidate: its claims with their words, where they come from, and what was decided."""
    from scalewatch import shapes
    from scalewatch.database import open_database
    from scalewatch.rows import write_candidate
    from store import queue as stored
    from store.engine import session

    with session(open_database(read_settings()), read_only=True) as reading:
        view = stored.view(reading, candidate)
    if as_json:
        write_json(shapes.candidate_in_full(view))
    else:
        write_candidate(view)


@queue.command(epilog="Example: scalewatch queue approve 12 --set Foo-7B.training_tokens=2T")
def approve(
    candidate: Id,
    edits: Edits = None,
    without: Without = None,
    reviewer: Reviewer = None,
    verbose: Verbose = False,  # noqa: ARG001
) -> None:
    """Approve a candidate: one entry of the catalog for each of its models."""
    from scalewatch.database import open_database
    from scalewatch.edits import read_edits
    from store import queue as stored
    from store.engine import session

    values = read_edits(edits or ())
    with session(open_database(read_settings())) as deciding:
        entries = stored.approve(
            deciding, candidate, reviewer=reviewer_name(reviewer), edits=values, without=frozenset(without or ())
        )
        names = ", ".join(f"{entry.name} (entry {entry.id})" for entry in entries)
    typer.echo(f"Approved candidate {candidate}: {names}")


@queue.command(epilog='Example: scalewatch queue reject 12 --reason "a fine-tune, not a release"')
def reject(candidate: Id, reason: Reason, reviewer: Reviewer = None, verbose: Verbose = False) -> None:  # noqa: ARG001
    """Reject a candidate; it does not come back by itself."""
    from scalewatch.database import open_database
    from store import queue as stored
    from store.engine import session

    if not reason.strip():
        raise typer.BadParameter("say why", param_hint="--reason")
    with session(open_database(read_settings())) as deciding:
        stored.reject(deciding, candidate, reviewer=reviewer_name(reviewer), reason=reason)
    typer.echo(f"Rejected candidate {candidate}")


@queue.command(epilog="Example: scalewatch queue later 12 --until 2026-12-01")
def later(candidate: Id, until: Until = None, reviewer: Reviewer = None, verbose: Verbose = False) -> None:  # noqa: ARG001
    """Put a candidate off, until a date or until someone reopens it."""
    from scalewatch.database import open_database
    from store import queue as stored
    from store.engine import session

    moment = read_date(until)
    with session(open_database(read_settings())) as deciding:
        stored.postpone(deciding, candidate, reviewer=reviewer_name(reviewer), until=moment)
    typer.echo(f"Put off candidate {candidate}" + (f" until {until}" if until else ""))


@queue.command(epilog='Example: scalewatch queue reopen 12 --reason "the weights are out after all"')
def reopen(candidate: Id, reason: Reason = "", reviewer: Reviewer = None, verbose: Verbose = False) -> None:  # noqa: ARG001
    """Bring a decided candidate back; entries made from it are withdrawn, as a new revision."""
    from scalewatch.database import open_database
    from store import queue as stored
    from store.engine import session

    with session(open_database(read_settings())) as deciding:
        stored.reopen(deciding, candidate, reviewer=reviewer_name(reviewer), reason=reason)
    typer.echo(f"Reopened candidate {candidate}")


def _status(name: str) -> "Status":
    from store.tables import Status

    try:
        return Status(name)
    except ValueError as error:
        known = ", ".join(status.value for status in Status)
        raise typer.BadParameter(f"{name!r} is none of {known}", param_hint="--status") from error
