"""The docs list every setting and every command, and no others."""

import re
from collections.abc import Iterator
from pathlib import Path

import typer

from flows.settings import Settings
from scalewatch.cli import app

DOCS = Path(__file__).parents[2] / "docs"


def test_every_setting_is_in_its_table_with_its_default() -> None:
    page = (DOCS / "settings.md").read_text()
    table = dict(re.findall(r"^\| `((?:SCALEWATCH_|HF_)\w+)` \| (.+?) \|", page, re.MULTILINE))
    settings = {
        str(field.validation_alias or f"SCALEWATCH_{name.upper()}"): field
        for name, field in Settings.model_fields.items()
    }

    assert set(table) == set(settings)
    for name, field in settings.items():
        default = table[name].strip("`")
        if isinstance(field.default, str) and field.default:
            assert default == field.default, name
        elif isinstance(field.default, int | float):
            assert float(default) == field.default, name


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_every_command_is_in_the_list_of_commands_and_no_other() -> None:
    listed = re.findall(r"^\| `scalewatch ([a-z]+(?: [a-z]+)?)", (DOCS / "commands.md").read_text(), re.MULTILINE)

    assert sorted(listed) == sorted(" ".join(path) for path in _callable(typer.main.get_command(app)))


def _callable(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield what can be called: commands, and groups that list something by themselves."""
    below = getattr(command, "commands", {})
    if path and (not below or getattr(command, "invoke_without_command", False)):
        yield path
    for name, each in below.items():
        yield from _callable(each, (*path, name))
