"""Which office a kiosk stood in before it moved: what it registered there stays that office's."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOVED = """
CREATE TABLE centre.moved (
    kiosk_id uuid NOT NULL,
    at text COLLATE "C" NOT NULL,
    office text NOT NULL,
    PRIMARY KEY (kiosk_id, at)
);
"""


def upgrade() -> None:
    """Make the table of moves: `office` is that of before, `at` as kiosks write times."""
    op.execute(MOVED)
