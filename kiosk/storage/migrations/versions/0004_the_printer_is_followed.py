"""A slip is followed until the printer says what became of it"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NOT_OUT = "state IN ('owed', 'rendering', 'sent', 'printing', 'unsure', 'filed', 'failed')"


def upgrade() -> None:
    for name in ("hold", "handle"):
        op.add_column("print_job", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "print_job", sa.Column("attempt", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("print_job", sa.Column("remark", sa.Text(), nullable=False, server_default=""))
    # "sent" meant handed to CUPS and never heard of again; now it means that the printer is asked.
    op.execute("UPDATE print_job SET state = 'unconfirmed' WHERE state = 'sent'")
    op.drop_index("ix_print_job_not_out", "print_job")
    op.drop_index("ix_print_job_failed", "print_job")
    op.create_index(
        "ix_print_job_missed",
        "print_job",
        ["changed_at"],
        sqlite_where=sa.text("state IN ('failed', 'unsure')"),
    )
    op.create_index(
        "ix_print_job_not_out", "print_job", ["changed_at"], sqlite_where=sa.text(NOT_OUT)
    )
