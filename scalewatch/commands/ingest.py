"""`scalewatch ingest`: one run over all or the named sources."""

from typing import TYPE_CHECKING, Annotated

import typer

from scalewatch.options import AsJson, SourcesFile, Verbose, read_date, read_settings
from scalewatch.output import complain, write_json, write_table

if TYPE_CHECKING:
    from flows.ingest import Outcome

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[SOURCE …]", help="Names of sources; all if none is given.")
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="From when on; else from each source's last success, or seven days."),
]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="How many documents of each source at most.")]
COLUMNS = ("source", "fetched", "new", "unchanged", "set aside", "candidates", "seconds")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: scalewatch ingest arxiv-cl --since 2026-11-01")(ingest)


def ingest(
    names: Names = None,
    since: Since = None,
    limit: Limit = None,
    sources: SourcesFile = None,
    as_json: AsJson = False,
    verbose: Verbose = False,  # noqa: ARG001
) -> None:
    """Fetch what the sources published, read it, and put what announces a large model into the queue.

    It is a run of the Prefect flow where a server answers, and the same without one.
    """
    from flows.sources_file import read_sources
    from scalewatch.choice import chosen
    from scalewatch.database import open_upgraded
    from scalewatch.ingesting import run

    settings = read_settings(sources=sources)
    start = read_date(since)
    specs = chosen(read_sources(settings.sources), names)
    outcomes = run(open_upgraded(settings), settings, specs, since=start, limit=limit)
    if as_json:
        from scalewatch import shapes

        write_json([shapes.outcome(outcome) for outcome in outcomes])
    else:
        write_table(COLUMNS, map(_row, outcomes), empty="No sources.")
    for outcome in outcomes:
        if outcome.error or outcome.note:
            complain(f"{outcome.source}: {outcome.error or outcome.note}")
    if any(outcome.error for outcome in outcomes):
        raise typer.Exit(1)


def _row(outcome: "Outcome") -> tuple[object, ...]:
    figures = (outcome.fetched, outcome.new, outcome.unchanged, outcome.set_aside, outcome.candidates)
    return (outcome.source, *figures, f"{outcome.seconds:.1f}")
