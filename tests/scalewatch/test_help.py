"""What `--help` says, and that it says it at once."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
import typer

from scalewatch.cli import app

HEAVY = (
    "alembic",
    "bs4",
    "fastapi",
    "httpx",
    "lxml",
    "numpy",
    "pandas",
    "prefect",
    "spacy",
    "sqlalchemy",
    "sqlmodel",
    "trafilatura",
    "uvicorn",
)


def _paths(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from _paths(below, (*path, name))


EVERY_COMMAND = tuple(_paths(typer.main.get_command(app)))


def test_every_command_of_the_plan_is_there() -> None:
    top = {path[0] for path in EVERY_COMMAND if path}

    assert top == {
        "add",
        "catalog",
        "db",
        "demo",
        "export",
        "extract",
        "explain",
        "ingest",
        "queue",
        "serve",
        "sources",
    }


@pytest.mark.parametrize("path", EVERY_COMMAND, ids=lambda path: " ".join(path) or "scalewatch")
def test_help_ends_with_an_example(path: tuple[str, ...]) -> None:
    command = typer.main.get_command(app)
    for name in path:
        command = command.commands[name]  # type: ignore[attr-defined]

    assert command.help
    assert (command.epilog or "").startswith("Example: scalewatch")


@pytest.mark.parametrize("arguments", [["--help"], ["queue", "--help"], ["serve", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import atexit, sys; from scalewatch.cli import main;"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr)); main()"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)

    loaded = {name.partition(".")[0] for name in done.stderr.split()}

    assert "Usage: scalewatch" in done.stdout
    assert not loaded & set(HEAVY)


def test_no_arguments_are_wrong_use_and_show_the_commands(run) -> None:  # type: ignore[no-untyped-def]
    done = run()

    assert done.returncode == 2
    assert "Usage: scalewatch" in done.stdout + done.stderr
