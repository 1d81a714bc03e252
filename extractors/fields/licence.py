"""Under which licence the document's own models are given."""

import re
from collections.abc import Iterator

from extractors.extractor import finding
from extractors.finding import Finding
from extractors.naming import wholes
from extractors.page import Page
from extractors.tables import Cell, Table
from extractors.words.licences import LICENCES

_KNOWN = tuple(
    (re.compile(rf"(?<![A-Za-z0-9])(?:{pattern})(?![A-Za-z0-9])", re.IGNORECASE), name) for pattern, name in LICENCES
)
_UNDER = re.compile(
    r"\b(?:under|with|by|via|use|uses|using|adopts?|following|governed by|subject to|licen[cs]ed?|采用|遵循|"
    r"基于)\b[^.;\n]{0,40}$|[:|][\s]{0,4}$|采用[^。\n]{0,20}$",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"^[^.;\n]{0,40}?\b(?:licen[cs]ed?|licen[cs]es|terms)\b|^[^。\n]{0,6}(?:开源)?(?:许可|协议)|^\s{0,20}(?:\||$)",
    re.IGNORECASE,
)
_CUSTOM = re.compile(
    r"\b((?:[A-Z][\w.+-]{1,24} ){1,4}(?:\\?\[\w{2,12}\\?\] )?(?:Community |Non-Commercial |Research |Model |Open |"
    r"Acceptable Use ){0,3})[Ll]icen[cs]e\b(?! (?:line|file))"
)
_LEADING = re.compile(r"^(?:(?:The|This|Our|See|A|Under|Please)\s+)+")
#: Words that are no licence's name by themselves.
_GENERAL = re.compile(
    r"(?:Non-Commercial|Community|Research|Model|Open|Open[- ]Source|Commercial|Software|User|End|\s)*"
)
_CODE = re.compile(
    r"\b(?:code|source code|repository|repo|dataset|data|library|scripts?|this project|software|代码)\b[^.;\n]{0,50}$",
    re.IGNORECASE,
)
_MODEL = re.compile(r"\b(?:models?|weights|checkpoints?|模型|权重)\b", re.IGNORECASE)
_HEADER = re.compile(r"licen[cs]e|许可", re.IGNORECASE)


def find(page: Page) -> Iterator[Finding]:
    """Yield the licence of the front matter, else those of a table's rows, else the surest that the text names."""
    for entry in (*page.matter.get("license_name"), *page.matter.get("license")):
        if entry.value.lower() not in ("other", "unknown"):
            yield from _of_all(page, short(entry.value), (entry.start, entry.end), 0.95, "the front matter says it")
            return
    rows = tuple(_in_tables(page))
    if rows:
        yield from rows
        return
    found = sorted(_in_prose(page), key=lambda one: -one[1])
    for name, confidence, span in found[:1]:
        yield from _of_all(page, name, span, confidence, "the text names it")


def short(text: str) -> str:
    """Return the short form of a licence's name; what is not known stays as it is."""
    for pattern, name in _KNOWN:
        match = pattern.search(text)
        if match:
            return name.format(*match.groups())
    return re.sub(r"\s*\b[Ll]icen[cs]e\b.*$", "", text).strip() or text


def _of_all(page: Page, name: str, span: tuple[int, int], confidence: float, reason: str) -> Iterator[Finding]:
    """Yield one licence for each line of models that the document presents."""
    for subject in wholes(page):
        yield finding(page, "license", name, subject, span, confidence=confidence, reason=reason)


def _in_tables(page: Page) -> Iterator[Finding]:
    """Yield the licence of each row that names an own model in a table with a column of licences."""
    for table in page.tables:
        column = _column(table)
        if column:
            for model, cell in _rows(table, column):
                if _is_own(page, model):
                    span = cell.start, cell.end
                    yield finding(
                        page,
                        "license",
                        short(cell.text),
                        model.text,
                        span,
                        confidence=0.85,
                        reason="its row of the table says it",
                    )


def _column(table: Table) -> int:
    """Return the column of licences; 0, that of the names, where there is none."""
    return next((place for place, cell in enumerate(table.header) if _HEADER.search(cell.text)), 0)


def _is_own(page: Page, cell: Cell) -> bool:
    """Whether a cell names a model of the document: one that it presents, or another version of its lead."""
    lead = page.release.lead.lower()
    return cell.text.lower().startswith(lead) or any(map(page.release.owns, page.names_in(cell.start, cell.end)))


def _rows(table: Table, column: int) -> Iterator[tuple[Cell, Cell]]:
    """Yield the cell that names the model and the cell of its licence."""
    for row in table.rows[1:]:
        if len(row) > column and row[0].text and any(map(str.isalpha, row[column].text)):
            yield row[0], row[column]


def _in_prose(page: Page) -> Iterator[tuple[str, float, tuple[int, int]]]:
    """Yield licences that sentences name, with confidence and place."""
    listed = [(table.start, table.end) for table in page.tables if _column(table)]
    for pattern, name in _KNOWN:
        for match in pattern.finditer(page.view, page.body):
            confidence = _is_named(page, match, name)
            if confidence and not any(start <= match.start() < end for start, end in listed):
                yield name.format(*match.groups()), confidence, match.span()
    for match in _CUSTOM.finditer(page.view, page.body):
        name = _LEADING.sub("", match[1]).replace("\\", "").strip()
        if not _GENERAL.fullmatch(name) and not any(pattern.search(match[0]) for pattern, _ in _KNOWN):
            yield name, 0.6, match.span()


def _is_named(page: Page, match: re.Match[str], name: str) -> float:
    """How surely a known name is that of the models' licence; 0 where it is none at all."""
    before = page.view[max(0, match.start() - 80) : match.start()].rsplit("\n\n", 1)[-1]
    after = page.view[match.end() : match.end() + 50]
    is_headed = "licen" in page.heading(match.start())
    named = _WORD.match(after) or _UNDER.search(before) or re.search(r"licen[cs]e", before, re.IGNORECASE)
    if not is_headed and not (named and _UNDER.search(before)):
        return 0.0
    if name == "MIT" and not _WORD.match(after) and not (is_headed or "licen" in before.lower()):
        return 0.0
    return 0.45 if _CODE.search(before) and not _MODEL.search(before) else 0.85
