"""The front matter of a model card, and what a hub's record below it says of the same: line by line, offsets kept."""

import re
from dataclasses import dataclass

_BLOCK = re.compile(r"\s{0,100}---[ \t]*\n(.{0,20000}?)\n---[ \t]*(?:\n|$)", re.DOTALL)
_PAIR = re.compile(r"^([a-zA-Z_]{2,40}):[ \t]*([^\n]*)$", re.MULTILINE)
_RECORDED = re.compile(r"^(Pipeline|License|Base model) tag: ([^\n]{1,500}?)\.?$", re.MULTILINE)
_KEYS = {"Pipeline": "pipeline_tag", "License": "license", "Base model": "base_model"}
_ITEM = re.compile(r"^[ \t]*-[ \t]+([^\n]+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a key; `start:end` covers `key: value` on one line, or the list item's own line with its dash."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Values of each top-level key (a list gives several), and where the front matter ends (0: there is none)."""

    entries: dict[str, tuple[Entry, ...]]
    end: int = 0

    def get(self, key: str) -> tuple[Entry, ...]:
        """Return the values of `key`, none if it is missing."""
        return self.entries.get(key, ())


def front_matter(content: str, text_start: int) -> FrontMatter:
    """Read the front matter that opens the text at `text_start`, if there is one."""
    block = _BLOCK.match(content, text_start)
    if not block:
        return FrontMatter({})
    pairs = list(_PAIR.finditer(content, block.start(1), block.end(1)))
    ends = [*(pair.start() for pair in pairs[1:]), block.end(1)]
    entries = {pair[1]: _values(content, pair, end) for pair, end in zip(pairs, ends, strict=False)}
    return FrontMatter(entries, block.end())


def record_start(content: str) -> int:
    """Return where the record of a hub begins that ends a card, else where the content ends."""
    start = content.rfind("\n## Repository\n")
    return start if start >= 0 else len(content)


def with_record(matter: FrontMatter, content: str) -> FrontMatter:
    """Return front matter with what only the hub's record says: task, licence and base."""
    entries = {
        _KEYS[line[1]]: tuple(Entry(value, line.start(), line.start() + len(line[0])) for value in line[2].split(", "))
        for line in _RECORDED.finditer(content, record_start(content))
    }
    return FrontMatter(entries | matter.entries, matter.end)


def _values(content: str, pair: re.Match[str], end: int) -> tuple[Entry, ...]:
    value = pair[2].strip()
    if value and value not in ("|", ">"):
        parts = [part.strip() for part in value.strip("[]").split(",")] if value.startswith("[") else [value]
        return tuple(Entry(_bare(part), pair.start(), pair.start() + len(pair[0].rstrip())) for part in parts if part)
    items = _ITEM.finditer(content, pair.end(), end)
    return tuple(
        Entry(_bare(item[1]), item.start() + len(item[0]) - len(item[0].lstrip()), item.start() + len(item[0].rstrip()))
        for item in items
    )


def _bare(value: str) -> str:
    return value.strip().strip("'\"").strip()
