"""`scalewatch serve`: the schedule and the review page, on one machine."""

from typing import Annotated

import typer

from scalewatch.options import SourcesFile, Verbose, read_settings

Host = Annotated[str | None, typer.Option("--host", help="Where the review page listens, for SCALEWATCH_HOST.")]
Port = Annotated[
    int | None, typer.Option("--port", min=0, max=65535, help="Its port, for SCALEWATCH_PORT; 0 takes a free one.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: scalewatch serve --port 9000")(serve)


def serve(
    host: Host = None,
    port: Port = None,
    sources: SourcesFile = None,
    verbose: Verbose = False,  # noqa: ARG001
) -> None:
    """Keep the schedule and serve the review page until Ctrl-C; creates and upgrades the database first.

    A Prefect server of its own runs beside it, unless PREFECT_API_URL names one.
    """
    from flows.sources_file import read_sources
    from scalewatch.database import open_upgraded
    from scalewatch.serving import serve as serve_all

    settings = read_settings(host=host, port=port, sources=sources)
    read_sources(settings.sources)  # what is wrong with the file is said here, not in the schedule's log
    serve_all(open_upgraded(settings), settings)
