"""How far visits come, and which slips the centre knows to be out"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    counts = ("reached", "passed", "given_up", "spent_ms", "seq")
    of = ("day", "purpose", "segment_id", "dinas", "step")
    op.create_table(
        "funnel",
        *(sa.Column(name, sa.Text(), nullable=False) for name in of),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.PrimaryKeyConstraint(*of, name=op.f("pk_funnel")),
    )
    op.create_index("ix_funnel_seq", "funnel", ["seq"])
    told = sa.Column("told", sa.Integer(), nullable=False, server_default="0")
    op.add_column("print_job", told)
    op.create_index(
        "ix_print_job_untold",
        "print_job",
        ["registration_id"],
        sqlite_where=sa.text("told <> (state IN ('came_out', 'handed_over_otherwise'))"),
    )
