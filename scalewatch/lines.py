"""The lines that `scalewatch extract` reads: JSON objects, each of them one document."""

import gzip
import json
import mimetypes
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import IO

from extractors.finding import Text
from scalewatch.errors import LineError

GZIP_MAGIC = b"\x1f\x8b"
LARGEST_FILE = 100_000_000

#: Bytes of one line. A book has one or two million; what is longer is no document, and would fill the memory.
LONGEST_LINE = 50_000_000
SKIPPED_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One document of a list; `body` is its text, or the file from which text and a missing title are to be read."""

    number: int
    id: str
    kind: str
    title: str | None
    body: str | Path
    url: str
    published: datetime | None


def raw_lines(stream: BufferedReader, *, longest: int = LONGEST_LINE) -> Iterator[tuple[int, bytes | LineError]]:
    """Yield the numbered lines of a plain or gzipped stream, blank ones left out.

    An error stands in place of a line of more than `longest` bytes, and, as the last, where the compression breaks
    off.
    """
    lines: IO[bytes] | gzip.GzipFile = stream
    if stream.peek(2)[:2] == GZIP_MAGIC:
        lines = gzip.GzipFile(fileobj=stream)
    number = 0
    try:
        while line := lines.readline(longest + 1):
            number += 1
            if len(line) > longest and not _ends_here(lines, line):
                yield number, LineError(f"is longer than {longest:,} bytes")
            elif line.strip():
                yield number, line
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield number + 1, LineError(f"the compressed list breaks off ({error})")


def _ends_here(lines: IO[bytes] | gzip.GzipFile, start: bytes) -> bool:
    """Return whether `start` is a whole line; read the rest of a longer one, some at a time, and forget it."""
    if start.endswith(b"\n"):
        return True
    while (rest := lines.readline(SKIPPED_AT_ONCE)) and not rest.endswith(b"\n"):
        pass
    return False


def parse(number: int, raw: bytes | LineError, folder: Path) -> Line:
    """Make a line into a document; `file` counts from `folder`.

    Raises LineError, which says what is wrong with the line, where it is no such object.
    """
    if isinstance(raw, LineError):
        raise raw
    fields = _object(raw)
    text, file = fields.get("text"), fields.get("file")
    if (text is None) == (file is None):
        raise LineError("needs either `text` or `file`")
    return Line(
        number=number,
        id=_string(fields, "id"),
        kind=_string(fields, "kind"),
        title=_string(fields, "title") if file is None or fields.get("title") is not None else None,
        body=_string(fields, "text") if file is None else folder / _string(fields, "file"),
        url=_string(fields, "url") if fields.get("url") is not None else "",
        published=_time(fields.get("published")),
    )


def _object(raw: bytes) -> dict[str, object]:
    try:
        # Given bytes, json would guess UTF-16 from a line that is broken; a byte order mark may stand in the first.
        fields = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise LineError("is not UTF-8") from error
    except (ValueError, RecursionError) as error:  # ValueError: also a number of thousands of digits
        raise LineError(f"is no JSON ({error})") from error
    if not isinstance(fields, dict):
        raise LineError("is no JSON object")
    return fields


def _string(fields: dict[str, object], key: str) -> str:
    value = fields.get(key)
    if value is None:
        raise LineError(f"lacks `{key}`")
    if not isinstance(value, str):
        raise LineError(f"`{key}` is no text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise LineError(f"`{key}` holds half a character (a lone surrogate)") from error
    return value


def _time(value: object) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise LineError("`published` is neither a date, a time nor null")
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise LineError(f"`published` is neither a date, a time nor null: {value!r}") from error


def text_of(line: Line) -> Text:
    """Return what the extractors read of a line; a file is read here, and gives the title where the line has none.

    Raises FlowError where the file cannot be read or is no readable document.
    """
    if isinstance(line.body, str):
        return Text(line.kind, line.title or "", line.body, line.url)
    title, text = _read_file(line.body)
    return Text(line.kind, line.title if line.title is not None else title, text, line.url)


def _read_file(path: Path) -> tuple[str, str]:
    """Read a PDF, HTML or Markdown file; the readers of files are imported only where one is named."""
    from flows.formats.files import read_file
    from flows.formats.readable import read_page

    page = read_page(read_file(path, most_bytes=LARGEST_FILE), _media_type(path), str(path))
    return page.title, page.text


def _media_type(path: Path) -> str:
    if path.suffix.lower() in (".md", ".markdown"):
        return "text/markdown"
    return mimetypes.guess_type(path.name)[0] or ""
