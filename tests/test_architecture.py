"""The import arrows hold: who may know of whom, and nothing else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ARROWS = {
    "extractors": set[str](),
    "store": set[str](),
    "flows": {"extractors", "store"},
    "review_ui": {"store"},
    "scalewatch": {"extractors", "store", "flows", "review_ui"},
}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Yield the full names of the modules that `path` imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            yield f"{node.module}"


@pytest.mark.parametrize("folder", ARROWS)
def test_a_package_imports_only_where_its_arrows_lead(folder: str) -> None:
    forbidden = set(ARROWS) - ARROWS[folder] - {folder}

    strays = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(folder)
        for name in imported(path)
        if name.split(".")[0] in forbidden
    ]

    assert modules(folder)
    assert not strays


def test_the_kinds_of_source_do_not_know_each_other() -> None:
    kinds = [path for path in modules("flows/sources") if path.name != "__init__.py"]

    strays = [
        f"{path.name} imports {name}" for path in kinds for name in imported(path) if name.startswith("flows.sources")
    ]

    assert kinds
    assert not strays


def test_only_the_tuple_of_sources_stands_in_a_package_file() -> None:
    full = {
        str(path.relative_to(ROOT))
        for folder in ARROWS
        for path in modules(folder)
        if path.name == "__init__.py" and path.read_text(encoding="utf-8").strip()
    }

    assert full <= {"flows/sources/__init__.py"}


@pytest.mark.parametrize("folder", ARROWS)
def test_every_module_says_in_its_first_line_what_it_is_for(folder: str) -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules(folder)
        if path.name != "__init__.py" and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert not silent


@pytest.mark.parametrize("folder", ARROWS)
def test_no_module_is_named_for_nothing(folder: str) -> None:
    vague = {"utils", "helpers", "common", "base", "manager", "misc"}

    assert not [path for path in modules(folder) if path.stem in vague]
