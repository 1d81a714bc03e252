"""`scalewatch export`: the catalog as a file."""

from pathlib import Path
from typing import Annotated

import typer

from scalewatch.options import Verbose, read_settings

File = Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="Where to; its ending is .csv or .json.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: scalewatch export tracker.csv")(export)


def export(path: File, verbose: Verbose = False) -> None:  # noqa: ARG001
    """Write the catalog to a file, with the quote and the address of each value; whole, or not at all."""
    from scalewatch.database import open_database
    from store import export as stored
    from store.engine import session

    if path.suffix.lower() not in (".csv", ".json"):
        raise typer.BadParameter(f"{path} ends neither in .csv nor in .json", param_hint="FILE")
    with session(open_database(read_settings()), read_only=True) as reading:
        count = stored.write(reading, path)
    typer.echo(f"Wrote {count} entries to {path}")
