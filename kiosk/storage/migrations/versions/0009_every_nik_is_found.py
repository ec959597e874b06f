"""A registration that is no longer in force is found by its NIK, too, without reading them all"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_registration_nik_out_of_force",
        "registration",
        ["nik"],
        sqlite_where=sa.text("status IN ('void', 'rejected')"),
    )
