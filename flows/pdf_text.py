"""The text of a PDF, by pypdfium2; not safe for threads and able to crash, so it runs in a process of its own."""

import re

import pypdfium2

MOST_PAGES = 500
MOST_CHARACTERS = 5_000_000
WRAPPED = 50
"""Characters from which a line without a full stop goes on in the next line; shorter ones are headings and cells."""

_NO_TITLE = re.compile(r"arxiv:|\d{4}-\d\d|https?:|preprint|published as|under review|technical report$", re.IGNORECASE)


def read(content: bytes) -> tuple[str, str]:
    """Return title and text; the title is the document's own, or its first line that can be one.

    Raises pypdfium2.PdfiumError for what is no PDF or is locked.
    """
    document = pypdfium2.PdfDocument(content)
    pages: list[str] = []
    size = 0
    for index in range(min(len(document), MOST_PAGES)):
        pages.append(unwrapped(document[index].get_textpage().get_text_range()))
        size += len(pages[-1])
        if size > MOST_CHARACTERS:
            break
    own = " ".join(str(document.get_metadata_dict().get("Title", "")).split())
    return (own if _is_title(own) else _first_title(pages), "\n\n".join(pages).strip())


def unwrapped(page: str) -> str:
    """Return the page with its broken words and lines joined."""
    lines = _joined_words(page.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    text = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        goes_on = len(line) >= WRAPPED and line[-1] not in ".:!?" and following[:1].isalnum()
        text += line.strip() + (" " if goes_on else "\n")
    return text.strip()


def _joined_words(page: str) -> str:
    # pdfium writes U+FFFE for a hyphen at the end of a line, whether the word itself has one or not.
    return re.sub(r"([\w-]*)\ufffe\n?(\w?)", _joined_word, page)


def _joined_word(found: re.Match[str]) -> str:
    is_own_hyphen = "-" in found[1] or not found[2].islower()
    return f"{found[1]}{'-' if is_own_hyphen else ''}{found[2]}"


def _first_title(pages: list[str]) -> str:
    lines = pages[0].split("\n")[:10] if pages else []
    return next((line.strip()[:300] for line in lines if _is_title(line.strip())), "")


def _is_title(line: str) -> bool:
    return len(line) >= 8 and " " in line and not _NO_TITLE.match(line) and not line.lower().endswith((".tex", ".docx"))
