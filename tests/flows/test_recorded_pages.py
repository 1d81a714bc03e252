"""The project's promise that every kind of source has recorded pages, and that a test reads each of them."""

from pathlib import Path

import pytest

from flows.sources import KINDS

SOURCES = Path(__file__).parent / "sources"
PAGES = sorted(path for path in (SOURCES / "pages").rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", [kind.kind for kind in KINDS])
def test_every_kind_of_source_has_a_recorded_page_and_a_test_of_its_own(kind: str) -> None:
    assert any(page.parent.name == kind for page in PAGES)
    assert (SOURCES / f"test_{kind}.py").is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_every_recorded_page_is_read_by_a_test(page: Path) -> None:
    tests = SOURCES.parent.rglob("test_*.py")

    name = f'"{page.parent.name}/{page.name}"'

    assert any(name in test.read_text(encoding="utf-8") for test in tests if test != Path(__file__))


def test_every_folder_of_recorded_pages_belongs_to_a_kind() -> None:
    assert {page.parent.name for page in PAGES} == {kind.kind for kind in KINDS}
