"""More of a resident, and failed proofs"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ADDED = (
    "language",
    "email",
    "birthplace",
    "mother_name",
    "work_place",
    "second_segment_id",
    "second_job_id",
)


def upgrade() -> None:
    # Not in a batch: SQLite adds a column in place, a batch would copy every row.
    for name in ADDED:
        op.add_column("registration", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "failed_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_proof")),
    )
