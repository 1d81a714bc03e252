"""The command `scalewatch`: its list of commands, and what it says when something fails."""

import sys
from types import TracebackType

import typer

from scalewatch.commands import add, catalog, db, demo, explain, export, extract, ingest, queue, serve, sources
from scalewatch.failures import describe
from scalewatch.logs import is_verbose

app = typer.Typer(
    name="scalewatch",
    help="Watch papers, lab blogs and model hubs for large AI models, and keep a tracker that a person approves.",
    epilog="Example: scalewatch serve",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

# In the order of a day's work: the help lists them so.
for module in (serve, ingest, add, queue, catalog, export, sources, extract, explain, db, demo):
    module.register(app)


def main() -> None:
    """Run the command line; exits with 0 done, 1 something failed, 2 wrong use."""
    sys.excepthook = _say_what_failed
    # Typer's own call would put its hook over ours.
    typer.main.get_command(app)(prog_name="scalewatch")


def _say_what_failed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if is_verbose():
        sys.__excepthook__(kind, error, trace)
    typer.echo(f"scalewatch: {describe(error)}", err=True)
