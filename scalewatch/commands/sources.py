"""`scalewatch sources`: what is watched, and how it goes."""

from typing import Annotated

import typer

from scalewatch.options import AsJson, SourcesFile, Verbose, read_settings
from scalewatch.output import write_json, write_table

sources = typer.Typer(help="List the sources, or ask each once.", epilog="Example: scalewatch sources --json")

Names = Annotated[list[str] | None, typer.Argument(metavar="[NAME …]", help="Names of sources; all if none is given.")]
COLUMNS = ("name", "kind", "schedule", "last success", "last new item", "state")
ANSWERS = ("source", "items", "set aside", "newest", "answer")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(sources, name="sources")


@sources.callback(invoke_without_command=True)
def default(
    context: typer.Context, file: SourcesFile = None, as_json: AsJson = False, verbose: Verbose = False
) -> None:
    """List each source, its schedule, its last success and new item, and its state."""
    if context.invoked_subcommand is None:
        list_sources(file, as_json, verbose)


@sources.command("list", epilog="Example: scalewatch sources list --json")
def list_sources(file: SourcesFile = None, as_json: AsJson = False, verbose: Verbose = False) -> None:  # noqa: ARG001
    """List each source, its schedule, its last success and new item, and its state."""
    from scalewatch.database import open_database
    from scalewatch.watched import watched

    settings = read_settings(sources=file)
    found = watched(open_database(settings), settings.sources)
    if as_json:
        write_json([source.as_json() for source in found])
    else:
        write_table(COLUMNS, [source.as_row() for source in found], empty="No sources.")


@sources.command(epilog="Example: scalewatch sources check arxiv-cl")
def check(
    names: Names = None,
    file: SourcesFile = None,
    as_json: AsJson = False,
    verbose: Verbose = False,  # noqa: ARG001
) -> None:
    """Ask each source once and say what came; nothing is stored."""
    from flows.sources_file import read_sources
    from scalewatch.checking import check_all
    from scalewatch.choice import chosen

    settings = read_settings(sources=file)
    answers = check_all(settings, chosen(read_sources(settings.sources), names))
    if as_json:
        write_json([answer.as_json() for answer in answers])
    else:
        write_table(ANSWERS, [answer.as_row() for answer in answers], empty="No sources.")
    if any(answer.problem for answer in answers):
        raise typer.Exit(1)
