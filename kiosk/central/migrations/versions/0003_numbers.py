"""Numbers: how far visits come, which slips are out, and what each dinas should reach."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBERS = """
CREATE TABLE centre.funnel (
    kiosk_id uuid NOT NULL,
    day text COLLATE "C" NOT NULL,
    purpose text NOT NULL,
    segment_id text NOT NULL,
    dinas text NOT NULL,
    step text NOT NULL,
    reached bigint NOT NULL,
    passed bigint NOT NULL,
    given_up bigint NOT NULL,
    spent_ms bigint NOT NULL,
    PRIMARY KEY (kiosk_id, day, purpose, segment_id, dinas, step)
);
CREATE TABLE centre.slip_out (
    registration_id uuid NOT NULL,
    kiosk_id uuid NOT NULL,
    PRIMARY KEY (registration_id, kiosk_id)
);
CREATE TABLE centre.target (
    dinas text NOT NULL CHECK (length(dinas) BETWEEN 1 AND 200),
    year int NOT NULL CHECK (year BETWEEN 2020 AND 2099),
    count int NOT NULL CHECK (count BETWEEN 0 AND 10000000),
    set_by text NOT NULL DEFAULT session_user,
    set_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (dinas, year)
);
"""


def upgrade() -> None:
    """Make the tables of the numbers."""
    op.execute(NUMBERS)
