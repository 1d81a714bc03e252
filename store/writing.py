"""The two writes that race safely on either database: insert unless it is there, and insert or update."""

from typing import Any

from sqlalchemy import literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

Row = dict[str, Any]


def insert_new(session: Session, table: type[SQLModel], row: Row) -> bool:
    """Insert `row` unless a row with one of its unique keys is there; return whether it was inserted.

    Waits for another process that inserts the same key, until that one commits or rolls back.
    """
    session.flush()
    statement = _insert(session, table).values(**row).on_conflict_do_nothing().returning(literal(1))
    return session.connection().execute(statement).first() is not None


def upsert(session: Session, table: type[SQLModel], row: Row, *, key: tuple[str, ...], change: Row) -> None:
    """Insert `row`, or set `change` on the row that has its `key`; a value of `change` may be an SQL expression.

    An object of that row that the session holds already keeps its old values until it is read again.
    """
    session.flush()
    statement = _insert(session, table).values(**row)
    session.connection().execute(statement.on_conflict_do_update(index_elements=key, set_=change))


def _insert(session: Session, table: type[SQLModel]) -> Any:
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
