"""`scalewatch explain`: a document with every figure marked as claimed or passed over, and why."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scalewatch.options import LARGEST_ID, Verbose, read_settings

if TYPE_CHECKING:
    from extractors.explain import Explanation
    from extractors.finding import Text
    from flows.settings import Settings

Asked = Annotated[
    str,
    typer.Argument(metavar="FILE|URL|ID", help="A file, an address, or the number or key of a stored document."),
]
Page = Annotated[Path | None, typer.Option("--html", dir_okay=False, help="Write a page for a browser to this file.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: scalewatch explain arxiv:2501.12948 --html why.html")(explain)


def explain(asked: Asked, html: Page = None, verbose: Verbose = False) -> None:  # noqa: ARG001
    """Show a document with every figure marked: claimed, of which model, or passed over, and why. Stores nothing."""
    from extractors import explain as reader
    from scalewatch import explained

    explanation = reader.explain(_text(asked, read_settings()))
    if html is None:
        _print(explanation)
        return
    html.write_text(explained.as_html(explanation), encoding="utf-8")
    typer.echo(f"{html}: {sum(mark.is_claimed for mark in explanation.marks)} claims")


def _text(asked: str, settings: "Settings") -> "Text":
    """Return what the pipeline reads of a stored document, a page or a file."""
    from extractors.finding import Text
    from flows.add import found
    from scalewatch.database import open_database, open_upgraded
    from store import documents
    from store.engine import session

    is_key = not Path(asked).exists() and not asked.lower().startswith(("http://", "https://"))
    if is_key:
        with session(open_database(settings), read_only=True) as reading:
            stored = documents.get(reading, int(asked)) if _is_number(asked) else documents.latest(reading, asked)
        if stored is None:
            raise typer.BadParameter(f"{asked}: is no file, no address and no stored document")
        return Text(stored.kind, stored.title, stored.text, stored.url)
    item = found(open_upgraded(settings), settings, asked)
    return Text(item.kind, item.title, item.text, item.url)


def _is_number(asked: str) -> bool:
    """Return whether a document may have this number; `²` and what no row can have are keys, which nothing has."""
    return asked.isascii() and asked.isdigit() and len(asked) <= len(str(LARGEST_ID)) and int(asked) <= LARGEST_ID


def _print(explanation: "Explanation") -> None:
    from rich.console import Console

    from scalewatch import explained

    console = Console(highlight=False, soft_wrap=True)
    console.print(explained.as_text(explanation))
    console.print(f"\nProbability that it announces a model of its own: {explanation.reading.announces:.2f}")
    for mark in explanation.marks:
        quote = " ".join(explanation.text.content[mark.start : mark.end].split())
        console.print(f"- “{explained.visible(quote)}” {explained.said(mark)}", markup=False)
