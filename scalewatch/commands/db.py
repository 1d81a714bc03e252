"""`scalewatch db`: the database's tables."""

import typer

from scalewatch.options import Verbose, read_settings

db = typer.Typer(
    help="Bring the database to this version, or check it.", no_args_is_help=True, epilog="Example: scalewatch db check"
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(db, name="db")


@db.command(epilog="Example: scalewatch db upgrade")
def upgrade(verbose: Verbose = False) -> None:  # noqa: ARG001
    """Create the database, or bring its tables to this version."""
    from store import engine, schema

    schema.upgrade(engine.open_engine(read_settings().database))
    typer.echo("The database is up to date.")


@db.command(epilog="Example: scalewatch db check")
def check(verbose: Verbose = False) -> None:  # noqa: ARG001
    """Say whether the tables are those of this version; the exit code is 1 where they are not."""
    from store import engine, schema

    schema.check(engine.open_engine(read_settings().database))
    typer.echo("The database is up to date.")
