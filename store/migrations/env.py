"""How a migration runs: on the connection that store.schema gives, or on SCALEWATCH_DATABASE_URL for a developer."""

import os

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

import store.catalog_tables
import store.derived_tables  # noqa: F401
from store.engine import open_engine


def migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with open_engine(os.environ["SCALEWATCH_DATABASE_URL"]).begin() as own:
        migrate(own)
