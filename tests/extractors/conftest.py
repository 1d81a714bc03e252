"""A reader of single texts through the real pipeline."""

from collections.abc import Callable

import pytest

from extractors.finding import Finding, Reading, Text
from extractors.pipeline import read

ReadOne = Callable[..., Reading]


@pytest.fixture
def read_one() -> ReadOne:
    """Read one text; by default it is the card of a model called Foobar."""

    def reader(text: str, *, title: str = "Acme/Foobar", kind: str = "card") -> Reading:
        return next(read([Text(kind, title, text)]))

    return reader


@pytest.fixture
def values(read_one: ReadOne) -> Callable[..., set[object]]:
    """The values of one field that a text gives."""

    def reader(field: str, text: str, *, title: str = "Acme/Foobar", kind: str = "card") -> set[object]:
        found: tuple[Finding, ...] = read_one(text, title=title, kind=kind).findings
        return {finding.value for finding in found if finding.field == field}

    return reader
