"""How commands come to the database: created where there is none, and told to upgrade where it is old."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from flows.settings import Settings


def open_database(settings: "Settings") -> "Engine":
    """Return the engine of a database that is ready; a SQLite file that does not exist is created.

    Raises SchemaError where the tables are not those of this version: `scalewatch db upgrade` brings them there.
    """
    from store import engine, schema

    opened = engine.open_engine(settings.database)
    if _is_missing(opened):
        schema.upgrade(opened)
    schema.check(opened)
    return opened


def open_upgraded(settings: "Settings") -> "Engine":
    """Return the engine of a database that was created or brought to this version where that was needed."""
    from store import engine, schema

    opened = engine.open_engine(settings.database)
    if not schema.is_current(opened):
        schema.upgrade(opened)
    return opened


def _is_missing(opened: "Engine") -> bool:
    from pathlib import Path

    if opened.dialect.name != "sqlite":
        return False
    path = opened.url.database
    return not path or not Path(path).exists() or Path(path).stat().st_size == 0
