"""The sources that a command line names."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.sources_file import SourceSpec


def chosen(specs: "tuple[SourceSpec, ...]", names: "Sequence[str] | None") -> "tuple[SourceSpec, ...]":
    """Return the named sources, or all; an unknown name is wrong use, and the known ones are listed."""
    from flows.sources_file import UnknownSourceError, select

    try:
        return select(specs, names or ())
    except UnknownSourceError as error:
        raise typer.BadParameter(str(error), param_hint="SOURCE") from error
