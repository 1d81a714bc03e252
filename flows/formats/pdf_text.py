"""The text of a PDF, by pypdfium2; not safe for threads and able to crash, so it runs in a process of its own."""

import re
from collections import Counter
from collections.abc import Iterator

import pypdfium2

MOST_PAGES = 500
MOST_CHARACTERS = 5_000_000
WRAPPED = 50
"""Characters from which a line without a full stop goes on in the next line; shorter ones are headings and cells."""

EDGE = 2
"""Lines at the top and the foot of a page that may be the same on every page."""

OFTEN = 3
"""Pages from which on such a line is a running head."""

_HEADING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,2}\.) [A-Z]")
_NO_TITLE = re.compile(r"arxiv:|\d{4}-\d\d|https?:|preprint|published as|under review|technical report$", re.IGNORECASE)


def read(content: bytes) -> tuple[str, str]:
    """Return title and text; the title is the document's own, or its first line that can be one.

    Raises pypdfium2.PdfiumError for what is no PDF or is locked.
    """
    document = pypdfium2.PdfDocument(content)
    pages: list[str] = []
    size = 0
    for index in range(min(len(document), MOST_PAGES)):
        pages.append(document[index].get_textpage().get_text_range().replace("\r\n", "\n").replace("\r", "\n"))
        size += len(pages[-1])
        if size > MOST_CHARACTERS:
            break
    pages = without_running_heads(pages)
    own = " ".join(str(document.get_metadata_dict().get("Title", "")).split())
    return (own if _is_title(own) else _first_title(pages), unwrapped("".join(_pieces(pages))))


def without_running_heads(pages: list[str]) -> list[str]:
    """Return the pages without what stands at the top or the foot of many of them, and without their numbers.

    The first page keeps its lines: what runs on later may be its title.
    """
    lines = [page.strip().split("\n") for page in pages]
    counts = Counter(_bare(line) for page in lines[1:] for line in {*page[:EDGE], *page[-EDGE:]})
    running = {bare for bare, count in counts.items() if count >= OFTEN}
    return ["\n".join(page if index == 0 else _inner(page, running)) for index, page in enumerate(lines)]


def _inner(page: list[str], running: set[str]) -> list[str]:
    is_edge = [place < EDGE or place >= len(page) - EDGE for place in range(len(page))]
    kept = [line for line, edge in zip(page, is_edge, strict=True) if not (edge and _bare(line) in running)]
    return [*kept[:-1], re.sub(r"\ufffe\d{1,4}$", "\ufffe", kept[-1])] if kept else []


def _pieces(pages: list[str]) -> Iterator[str]:
    """Yield the pages and what stands between them: a line's end where a sentence goes on, else an empty line."""
    for page, following in zip(pages, [*pages[1:], ""], strict=True):
        last = page.rpartition("\n")[2]
        goes_on = last.endswith("\ufffe") or (
            len(last) >= WRAPPED and last[-1] not in ".:!?" and following[:1].islower()
        )
        yield page
        yield "\n" if goes_on else "\n\n"


def _bare(line: str) -> str:
    """Return a line without its digits, which count the pages."""
    return " ".join(re.sub(r"\d+", "", line).split())


def unwrapped(text: str) -> str:
    """Return a text with its broken words and lines joined; a numbered heading stays a line of its own."""
    lines = _joined_words(text).split("\n")
    whole = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        goes_on = len(line) >= WRAPPED and line[-1] not in ".:!?" and following[:1].isalnum()
        is_heading = following[:1].isupper() and _HEADING.match(line) and ". " not in line[4:]
        whole += line.strip() + (" " if goes_on and not is_heading else "\n")
    return whole.strip()


def _joined_words(text: str) -> str:
    # pdfium writes U+FFFE for a hyphen at the end of a line, whether the word itself has one or not.
    return re.sub(r"([\w-]*)\ufffe\n?(\w?)", _joined_word, text)


def _joined_word(found: re.Match[str]) -> str:
    is_own_hyphen = "-" in found[1] or not found[2].islower()
    return f"{found[1]}{'-' if is_own_hyphen else ''}{found[2]}"


def _first_title(pages: list[str]) -> str:
    lines = unwrapped(pages[0]).split("\n")[:10] if pages else []
    return next((line.strip()[:300] for line in lines if _is_title(line.strip())), "")


def _is_title(line: str) -> bool:
    return len(line) >= 8 and " " in line and not _NO_TITLE.match(line) and not line.lower().endswith((".tex", ".docx"))
