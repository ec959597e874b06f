"""The audit gets a key, and a registration can be gone because its time was over"""

import sqlalchemy as sa
from alembic import op

from kiosk.domain.audit import link

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ENTRY = "at, event, registration_id, actor, details"
# keyed_link() is kiosk.domain.audit.keyed_link with the store's audit key, which the engine lends
# to every connection. A trigger, because no writer of the audit can then forget the chain. Whoever
# makes the table anew, as a batch of Alembic does, must make the trigger anew.
BASE = "(SELECT json_extract(value, '$.link') FROM store_fact WHERE name = 'audit_base')"
LINK = f"""
    UPDATE audit SET link = keyed_link(
        coalesce(
            (SELECT b.link FROM audit b WHERE b.seq < {{seq}} ORDER BY b.seq DESC LIMIT 1),
            {BASE}, ''
        ),
        {ENTRY}
    ) WHERE seq = {{seq}};
"""  # noqa: S608


def upgrade() -> None:
    op.create_table(
        "anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
        sqlite_autoincrement=True,
    )
    because = sa.Column("because", sa.Text(), nullable=False, server_default="asked")
    op.add_column("erased", because)
    op.execute(
        "INSERT OR REPLACE INTO store_fact VALUES ('audit_key', keyed_link('', 'audit_key'))"
    )
    op.execute("DROP TRIGGER audit_link")
    _chain_anew()
    op.execute(
        f"CREATE TRIGGER chain_audit AFTER INSERT ON audit BEGIN {LINK.format(seq='NEW.seq')} END"
    )


def _chain_anew() -> None:
    """Give each entry its keyed link, up to the first that the old chain shows to be broken: what
    does not fit must not look whole afterwards."""
    connection = op.get_bind()
    rows = connection.exec_driver_sql(f"SELECT seq, {ENTRY}, link FROM audit ORDER BY seq").all()  # noqa: S608
    before = ""
    for position, (seq, *entry, linked) in enumerate(rows, start=1):
        if seq != position or linked != link(before, *entry):
            return
        before = linked
        connection.exec_driver_sql(LINK.format(seq=int(seq)))
