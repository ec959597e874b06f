"""Runs Alembic on the connection that kiosk.central.install hands over, as the owner's role."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table_schema="centre",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
