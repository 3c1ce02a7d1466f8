"""Alembic's entry point: migrates the connection that records/migration.py opened and locked."""

from alembic import context

from records.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
# The caller owns the transaction: the lock, every step and the new version number stand or fall together.
context.run_migrations()
