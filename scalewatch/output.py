"""How commands speak: JSON and tables on standard output, progress on standard error where a person watches."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.progress import Progress


def write_json(value: object) -> None:
    """Write a value as indented JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def write_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
    """Write rows under their columns; figures stand right; says `empty` where there are none."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    cells = [[("" if cell is None else escape(str(cell))) for cell in row] for row in rows]
    if not cells:
        typer.echo(empty)
        return
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for number, column in enumerate(table.columns):
        column.justify = "right" if all(_is_figure(row[number]) for row in cells) else "left"
        column.overflow = "fold"
    for row in cells:
        table.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def complain(line: str) -> None:
    """Write one line to standard error; what a terminal would obey in it is made a question mark."""
    typer.echo("".join(sign if sign.isprintable() else "?" for sign in line), err=True)


def progress() -> "Progress":
    """Return a progress display on standard error, which shows nothing unless that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,  # it would send results to standard error
        disable=not console.is_terminal,
    )


def counted(items: Iterable[str], description: str) -> Iterator[str]:
    """Yield the lines while a person who watches standard error, and not the lines, sees how many have passed."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from items
        return
    with progress() as display:
        task = display.add_task(description, total=None)
        for item in items:
            yield item
            display.advance(task)


def _is_figure(cell: str) -> bool:
    return not cell or cell.replace(".", "", 1).isdigit()
