"""`scalewatch add`: a document that a person found."""

from typing import Annotated

import typer

from scalewatch.options import Verbose, read_settings

Found = Annotated[str, typer.Argument(metavar="URL|FILE", help="A page, paper, card or PDF: its address, or a file.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: scalewatch add https://arxiv.org/abs/2501.12948")(add)


def add(found: Found, verbose: Verbose = False) -> None:  # noqa: ARG001
    """Fetch or read a document and make it a candidate, whatever its scale."""
    from flows import add as flow
    from scalewatch.database import open_upgraded

    settings = read_settings()
    candidate = flow.add(open_upgraded(settings), settings, found)
    typer.echo(f"Candidate {candidate}: `scalewatch queue show {candidate}`")
