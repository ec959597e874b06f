"""Configurations, orders to kiosks, and what came of them"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CONFIG = """
CREATE TABLE centre.config (
    version int PRIMARY KEY,
    document bytea NOT NULL,
    signature text NOT NULL,
    by text NOT NULL DEFAULT session_user,
    why text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    state text NOT NULL CHECK (state IN ('trial', 'published', 'stopped', 'withdrawn')),
    trial_kiosk uuid,
    trial_hold_minutes int NOT NULL DEFAULT 0,
    trial_trouble int NOT NULL DEFAULT 0,
    decided_at timestamptz,
    reason text NOT NULL DEFAULT ''
);
ALTER TABLE centre.kiosk
    ADD COLUMN health_at timestamptz,
    ADD COLUMN config_version int NOT NULL DEFAULT 0,
    ADD COLUMN config_since timestamptz,
    ADD COLUMN lock_message text NOT NULL DEFAULT '';
ALTER TABLE centre.alarm
    DROP CONSTRAINT alarm_kind_check,
    ADD CHECK (kind IN ('other_content', 'number_clash', 'copied', 'not_yours', 'cap',
        'matching_failed', 'config_stopped'));
"""

ORDERS = """
CREATE TABLE centre.command (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kiosk_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('lock', 'unlock', 'restart', 'sync', 'diagnostics')),
    message text NOT NULL DEFAULT '',
    by text NOT NULL DEFAULT session_user,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    taken_at timestamptz,
    done_at timestamptz,
    result text NOT NULL DEFAULT ''
);
CREATE INDEX command_open ON centre.command (kiosk_id, id) WHERE done_at IS NULL;
CREATE INDEX command_of ON centre.command (kiosk_id, id);
CREATE TABLE centre.bundle (
    command_id bigint PRIMARY KEY,
    kiosk_id uuid NOT NULL,
    content bytea NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
"""


def upgrade() -> None:
    """Make the tables of the fleet."""
    for statements in (CONFIG, ORDERS):
        op.execute(statements)
