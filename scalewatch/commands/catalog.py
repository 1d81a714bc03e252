"""`scalewatch catalog`: the entries that people approved."""

from typing import Annotated

import typer

from scalewatch.options import LARGEST_ID, AsJson, Edits, Reviewer, Verbose, read_settings, reviewer_name
from scalewatch.output import write_json, write_table

catalog = typer.Typer(help="List the tracker's entries and correct them.", epilog="Example: scalewatch catalog --json")

Id = Annotated[
    int, typer.Argument(metavar="ID", min=1, max=LARGEST_ID, help="The entry's number, as the catalog lists it.")
]
Search = Annotated[str, typer.Option("--search", help="Only entries whose name or maker holds this.")]
Withdrawn = Annotated[bool, typer.Option("--withdrawn", help="Withdrawn entries too.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept with the revision.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(catalog, name="catalog")


@catalog.callback(invoke_without_command=True)
def default(
    context: typer.Context,
    search: Search = "",
    withdrawn: Withdrawn = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """List the tracker's entries; the commands below show one or correct it."""
    if context.invoked_subcommand is None:
        list_entries(search, withdrawn, as_json, verbose)


@catalog.command("list", epilog="Example: scalewatch catalog list --search qwen")
def list_entries(
    search: Search = "",
    withdrawn: Withdrawn = False,
    as_json: AsJson = False,
    verbose: Verbose = False,  # noqa: ARG001
) -> None:
    """List the tracker's entries."""
    from scalewatch import shapes
    from scalewatch.database import open_database
    from scalewatch.rows import ENTRIES, entry_row
    from store import catalog as stored
    from store.engine import session

    with session(open_database(read_settings()), read_only=True) as reading:
        views = stored.entries(reading, search=search, include_withdrawn=withdrawn)
    if as_json:
        write_json([shapes.entry(view) for view in views])
    else:
        write_table(ENTRIES, map(entry_row, views), empty="The catalog is empty: `scalewatch queue` lists candidates.")


@catalog.command(epilog="Example: scalewatch catalog show 3")
def show(entry: Id, as_json: AsJson = False, verbose: Verbose = False) -> None:  # noqa: ARG001
    """Show an entry: its values with their proof, and every revision."""
    from scalewatch import shapes
    from scalewatch.database import open_database
    from scalewatch.rows import write_entry
    from store import catalog as stored
    from store.engine import session

    with session(open_database(read_settings()), read_only=True) as reading:
        view = stored.entry(reading, entry)
        history = stored.history(reading, entry)
    if as_json:
        write_json({**shapes.entry(view), "history": [shapes.revision(each) for each in history]})
    else:
        write_entry(view, history)


@catalog.command(epilog='Example: scalewatch catalog edit 3 --set parameters=7.6B --reason "the report is exact"')
def edit(
    entry: Id,
    reason: Reason,
    edits: Edits = None,
    reviewer: Reviewer = None,
    verbose: Verbose = False,  # noqa: ARG001
) -> None:
    """Change values of an entry, as a new revision."""
    from scalewatch.database import open_database
    from scalewatch.edits import read_edits
    from store import catalog as stored
    from store.engine import session

    values = read_edits(edits or ())
    if not values:
        raise typer.BadParameter("say what to change, as --set parameters=7B", param_hint="--set")
    _need_a_reason(reason)
    with session(open_database(read_settings())) as deciding:
        view = stored.edit(deciding, entry, values, reviewer=reviewer_name(reviewer), reason=reason)
    typer.echo(f"Changed entry {view.id}, {view.name}: revision {view.revision}")


@catalog.command(epilog='Example: scalewatch catalog retract 3 --reason "withdrawn by its authors"')
def retract(entry: Id, reason: Reason, reviewer: Reviewer = None, verbose: Verbose = False) -> None:  # noqa: ARG001
    """Withdraw an entry, as a new revision; nothing is deleted."""
    from scalewatch.database import open_database
    from store import catalog as stored
    from store.engine import session

    _need_a_reason(reason)
    with session(open_database(read_settings())) as deciding:
        view = stored.retract(deciding, entry, reviewer=reviewer_name(reviewer), reason=reason)
    typer.echo(f"Withdrew entry {view.id}, {view.name}")


def _need_a_reason(reason: str) -> None:
    if not reason.strip():
        raise typer.BadParameter("say why", param_hint="--reason")
