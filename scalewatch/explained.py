"""A document with every figure marked: for the terminal, and as one HTML page that needs nothing from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from store.units import written

if TYPE_CHECKING:
    from rich.text import Text

    from extractors.explain import Explanation, Mark

#: A colour for each field, for light pages and for the terminal; other fields share the last.
COLOURS = {
    "parameters": "#b3d4ff",
    "active_parameters": "#9fe3e0",
    "training_tokens": "#c2e8a6",
    "dataset_size": "#e0e69a",
    "training_compute": "#ffd59e",
    "hardware": "#ffc2a8",
    "hardware_count": "#ffb3b3",
    "training_time": "#f7b8d3",
    "training_cost": "#e8bdf2",
    "context_length": "#cdc4ff",
    "name": "#e3dccb",
}
OTHER = "#dcdcdc"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the document, and the marks that cover the whole of it."""

    text: str
    marks: tuple["Mark", ...]


def pieces(explanation: "Explanation") -> Iterator[Piece]:
    """Cut the document wherever a mark begins or ends."""
    content, marks = explanation.text.content, explanation.marks
    cuts = {0, len(content), *(mark.start for mark in marks), *(mark.end for mark in marks)}
    waiting = sorted(marks, key=lambda mark: mark.start, reverse=True)
    covering: list[Mark] = []
    for start, end in pairwise(sorted(cut for cut in cuts if cut <= len(content))):
        while waiting and waiting[-1].start <= start:
            covering.append(waiting.pop())
        covering = [mark for mark in covering if mark.end > start]
        yield Piece(content[start:end], tuple(sorted(covering, key=lambda mark: not mark.is_claimed)))


def colour(mark: "Mark") -> str:
    """Return the colour of a claim's field."""
    return COLOURS.get(mark.field or "", OTHER)


def said(mark: "Mark") -> str:
    """Return in one line what is claimed of whom or passed over, and why."""
    if not mark.is_claimed:
        return f"passed over: {mark.reason}"
    value = written(mark.value, mark.unit or "")
    return f"{mark.field} = {value} of {mark.subject} ({mark.confidence:.2f}): {mark.reason}"


def as_text(explanation: "Explanation") -> "Text":
    """Return the document for a terminal: claims on their colour, passed-over figures struck through."""
    from rich.text import Text

    shown = Text()
    for piece in pieces(explanation):
        style = ""
        if piece.marks:
            first = piece.marks[0]
            style = f"black on {colour(first)}" if first.is_claimed else "strike"
        shown.append(visible(piece.text), style=style)
    return shown


def as_html(explanation: "Explanation") -> str:
    """Return a page of its own with a legend; what is claimed of whom, and why, stands in the title of each mark."""
    fields = dict.fromkeys(mark.field for mark in explanation.marks if mark.field)
    legend = "".join(
        f'<li><mark style="background:{COLOURS.get(field, OTHER)}">{escape(field)}</mark></li>' for field in fields
    )
    rows = "".join(f"<li>{escape(visible(said(mark)))}</li>" for mark in explanation.marks)
    return _PAGE.format(
        title=escape(visible(explanation.text.title) or "Untitled"),
        announces=f"{explanation.reading.announces:.2f}",
        legend=legend,
        body="".join(map(_html_piece, pieces(explanation))),
        rows=rows,
    )


def _html_piece(piece: Piece) -> str:
    text = escape(visible(piece.text))
    if not piece.marks:
        return text
    title = escape(visible("\n".join(map(said, piece.marks))))
    first = piece.marks[0]
    if first.is_claimed:
        return f'<mark style="background:{colour(first)}" title="{title}">{text}</mark>'
    return f'<s title="{title}">{text}</s>'


def visible(text: str) -> str:
    """Return a text without control characters, which could command a terminal."""
    return "".join(sign if sign.isprintable() or sign in "\n\t " else "�" for sign in text)


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title} – explained</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a;
background: #fff }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; font: inherit }}
mark {{ color: inherit; border-radius: 2px; padding: 0 .1em }}
s {{ text-decoration-color: #999; color: #555 }}
ul.legend {{ list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem }}
</style></head><body>
<h1>{title}</h1>
<p>Probability that it announces a model of its own: {announces}</p>
<ul class="legend">{legend}<li><s>passed over</s></li></ul>
<pre>{body}</pre>
<h2>Every mark, in reading order</h2>
<ol>{rows}</ol>
</body></html>
"""
