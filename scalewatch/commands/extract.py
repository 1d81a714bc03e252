"""`scalewatch extract`: findings of a list of documents, without a database."""

import sys
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scalewatch.options import Verbose
from scalewatch.output import complain, counted

if TYPE_CHECKING:
    from io import BufferedReader

    from extractors.finding import Text
    from scalewatch.lines import Line

Source = Annotated[
    str, typer.Argument(metavar="[FILE|-]", help="A list of JSON lines, plain or gzipped; - is standard input.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: scalewatch extract papers.jsonl.gz > findings.jsonl")(extract)


def extract(source: Source = "-", verbose: Verbose = False) -> None:  # noqa: ARG001
    """Read JSON lines of documents and write what is found in each, one JSON line for one, in order.

    A line holds id, kind, title, text, url and published; in place of text may stand file, the path of a PDF, HTML or
    Markdown file beside the list. Lines that hold no document are named on standard error, and the exit code is 1.
    """
    bad: list[int] = []
    with ExitStack() as stack:
        stream, folder = _open(source, stack)
        for line in counted(_records(stream, folder, bad), "reading"):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    if bad:
        complain(f"scalewatch: {len(bad)} lines could not be read: {', '.join(map(str, bad[:20]))}")
        raise typer.Exit(1)


def _open(source: str, stack: ExitStack) -> "tuple[BufferedReader, Path]":
    if source == "-":
        return sys.stdin.buffer, Path()  # type: ignore[return-value]
    try:
        return stack.enter_context(Path(source).open("rb")), Path(source).parent
    except OSError as error:
        raise typer.BadParameter(f"{source}: {error.strerror}") from error


def _records(stream: "BufferedReader", folder: Path, bad: list[int]) -> Iterator[str]:
    """Yield a JSON line for each document; the pipeline may read ahead, so that ids wait in a queue meanwhile."""
    from extractors.pipeline import read
    from scalewatch.extraction import record

    waiting: deque[str] = deque()

    def texts() -> "Iterator[Text]":
        for line, text in _documents(stream, folder, bad):
            waiting.append(line.id)
            yield text

    for reading in read(texts()):
        yield record(waiting.popleft(), reading)


def _documents(stream: "BufferedReader", folder: Path, bad: list[int]) -> "Iterator[tuple[Line, Text]]":
    """Yield every line that holds a document; the others are named on standard error and counted in `bad`."""
    from flows.errors import FlowError
    from scalewatch.errors import LineError
    from scalewatch.lines import parse, raw_lines, text_of

    for number, raw in raw_lines(stream):
        try:
            line = parse(number, raw, folder)
            text = text_of(line)
        except (LineError, FlowError) as error:
            complain(f"line {number}: {error}")
            bad.append(number)
        else:
            yield line, text
