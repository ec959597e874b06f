"""What has to be known of a registration beside its answers"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    flags = sa.Column("flags", sa.Text(), nullable=False, server_default="")
    op.add_column("registration", flags)
