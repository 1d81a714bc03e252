"""What the Hub's API says of a repository, as values, and in the plain words that stand below its card.

The measured figures count stored elements, which is not the size that a maker states: packed formats count less, and
mask buffers count too (https://huggingface.co/docs/hub/api).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from extractors.derivation.architecture import count
from flows.errors import ParseError
from flows.formats.safe_xml import first_line
from flows.formats.times import read_time

#: Tags of uploads that only repack a model of somebody else.
COPY_TAGS = ("gguf", "base_model:quantized:")

_NAME = re.compile(r"(?:[\w.-]{1,96}/)?[\w.-]{1,96}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Record:
    """One repository of the Hub: `elements` are stored tensor elements by type; `files` None where no list came."""

    name: str
    commit: str
    created: datetime | None
    modified: datetime | None
    likes: int
    pipeline: str | None
    tags: tuple[str, ...]
    elements: tuple[tuple[str, int], ...]
    total: int | None
    architecture: str | None
    files: frozenset[str] | None

    @property
    def owner(self) -> str:
        """Who uploaded it; empty for the few repositories without an owner."""
        return self.name.rpartition("/")[0]

    def is_copy(self, *, by_maker: bool) -> bool:
        """Return whether it is a quantised or repacked upload of another owner's model.

        An upload that names no base is taken for its owner's own where the owner is known to be a maker (`by_maker`).
        """
        if not (any(tag.startswith(COPY_TAGS) for tag in self.tags) or "gguf" in self.name.lower()):
            return False
        bases = [base.rpartition(":")[2] for base in self.tagged("base_model:")]
        is_own = any(base.lower().startswith(f"{self.owner.lower()}/") for base in bases)
        return not is_own if bases else not by_maker

    def tagged(self, prefix: str) -> tuple[str, ...]:
        """Return what stands after `prefix` in the tags that have it."""
        return tuple(tag.removeprefix(prefix) for tag in self.tags if tag.startswith(prefix))

    def may_have(self, file: str) -> bool:
        """Return whether the repository lists `file`, or lists nothing."""
        return self.files is None or file in self.files


def parse_records(content: bytes, url: str) -> tuple[Record, ...]:
    """Return the records of a list, or of one repository; raises ParseError where it is neither."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ParseError(url, f"is no JSON ({first_line(error)})") from error
    rows = [answer] if isinstance(answer, dict) and "id" in answer else answer
    if not isinstance(rows, list):
        raise ParseError(url, "is no list of repositories")
    return tuple(_record(row) for row in rows if _is_repository(row))


def section(record: Record, config: Mapping[str, Any]) -> str:
    """Return the record in plain words: only what changes with the repository, nothing that changes by the day."""
    lines = (
        ("Pipeline tag", record.pipeline),
        ("License tag", ", ".join(record.tagged("license:"))),
        ("Base model tag", ", ".join(base for base in record.tagged("base_model:") if ":" not in base)),
        ("Architecture", _text(config.get("model_type")) or record.architecture),
        ("Positions in config.json", _grouped(_positions(config))),
        ("Weights computed from config.json", _computed(config)),
        ("Stored tensor elements", _elements(record)),
    )
    said = [f"{name}: {value}." for name, value in lines if value]
    return "\n".join(["## Repository", "", *said]) if said else ""


def read_config(content: bytes) -> Mapping[str, Any]:
    """Return a repository's config.json, empty where it is none: some are templates or comments."""
    try:
        config = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return config if isinstance(config, dict) else {}


def _is_repository(row: object) -> bool:
    name = _dict(row).get("id")
    return isinstance(name, str) and _NAME.fullmatch(name) is not None


def _record(row: dict[str, Any]) -> Record:
    weights = _dict(row.get("safetensors"))
    elements = {name: count for name, count in _dict(weights.get("parameters")).items() if isinstance(count, int)}
    total = weights.get("total")
    files = row.get("siblings")
    listed = [_text(_dict(file).get("rfilename")) for file in files] if isinstance(files, list) else None
    return Record(
        name=row["id"],
        commit=_text(row.get("sha")) or _text(row.get("lastModified")) or "",
        created=read_time(str(row.get("createdAt"))),
        modified=read_time(str(row.get("lastModified"))) or read_time(str(row.get("createdAt"))),
        likes=row["likes"] if isinstance(row.get("likes"), int) else 0,
        pipeline=_text(row.get("pipeline_tag")),
        tags=tuple(tag for tag in row.get("tags") or () if isinstance(tag, str)),
        elements=tuple(sorted(elements.items())),
        total=total if isinstance(total, int) else sum(elements.values()) or None,
        architecture=_text(_dict(row.get("config")).get("model_type")),
        files=frozenset(name for name in listed if name) if listed is not None else None,
    )


def _elements(record: Record) -> str | None:
    if not record.total:
        return None
    types = ", ".join(f"{_grouped(count)} {name}" for name, count in record.elements)
    return f"{_grouped(record.total)}" + (f" ({types})" if types else "")


def _computed(config: Mapping[str, Any]) -> str | None:
    """Return the weights of the layers that a known configuration describes, and how many of them a token uses."""
    counted = count(config)
    if counted is None:
        return None
    return f"{counted.total:,}" + (f", of which each token uses {counted.active:,}" if counted.active else "")


def _positions(config: Mapping[str, Any]) -> int | None:
    """Return the longest sequence that the configuration names; models of several parts keep it in `text_config`."""
    for part in (config, _dict(config.get("text_config"))):
        positions = part.get("max_position_embeddings")
        if isinstance(positions, int) and positions > 0:
            return positions
    return None


def _grouped(number: int | None) -> str | None:
    return f"{number:,}" if number else None


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
