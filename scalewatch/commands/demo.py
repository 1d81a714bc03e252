"""`scalewatch demo`: the whole of it on a small invented world, without network."""

from typing import Annotated

import typer

from scalewatch.options import Verbose, read_settings

Port = Annotated[
    int | None, typer.Option("--port", min=0, max=65535, help="The review page's port; 0 takes a free one.")
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Begin with an empty database.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: scalewatch demo --fresh")(demo)


def demo(port: Port = None, fresh: Fresh = False, verbose: Verbose = False) -> None:  # noqa: ARG001
    """Serve a small invented world: its sources answer on this machine, and the queue fills within a minute.

    It has a data folder of its own inside yours, and touches nothing else.
    """
    from scalewatch.demo.world import live

    live(read_settings(port=port), fresh=fresh)
