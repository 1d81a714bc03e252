"""Options that several commands share, and how they read what a person typed."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.settings import Settings

#: The largest number that a row of either database can have.
LARGEST_ID = 2**31 - 1


def _show_logs(value: bool) -> None:
    from scalewatch import logs

    logs.show(verbose=value)


Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show log lines on standard error.", callback=_show_logs, is_eager=True)
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON alone to standard output.")]
Reviewer = Annotated[
    str | None,
    typer.Option("--reviewer", envvar="SCALEWATCH_REVIEWER", help="Who decides; your system user's name if not given."),
]
SourcesFile = Annotated[
    Path | None,
    typer.Option(
        "--sources", exists=True, dir_okay=False, help="The file that describes the sources, for SCALEWATCH_SOURCES."
    ),
]
Edits = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="[MODEL.]FIELD=VALUE", help="A value of your own, as parameters=7B; repeatable."),
]


def read_settings(**given: object) -> "Settings":
    """Return the settings of the environment, with those in place that an option gave (none where it is None).

    A setting that is wrong is wrong use: exit code 2, with the variable's name.
    """
    from pydantic import ValidationError

    from flows.settings import Settings

    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        problems = [_setting_problem(problem["loc"], problem["msg"]) for problem in error.errors()]
        raise typer.BadParameter("; ".join(problems)) from error


def _setting_problem(where: tuple[int | str, ...], message: str) -> str:
    said = message.removeprefix("Value error, ")
    if not where:
        return said
    name = str(where[0])
    return f"{name if name.isupper() else f'SCALEWATCH_{name.upper()}'}: {said}"


def reviewer_name(given: str | None) -> str:
    """Return who decides: the name given, else the system's user."""
    if given and given.strip():
        return given.strip()
    import getpass

    return getpass.getuser()


def read_date(text: str | None) -> datetime | None:
    """Read `2025-01-31`, or a time like `2025-01-31T12:00+01:00`; without a zone it is UTC."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no date: write it as {date(2025, 1, 31).isoformat()}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
