"""The first centre: what kiosks hand in, what staff decide, and who may call."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LOGINS = """
CREATE TABLE centre.fact (
    name text PRIMARY KEY,
    value text NOT NULL
);
CREATE TABLE centre.kiosk (
    id uuid PRIMARY KEY,
    number text NOT NULL UNIQUE CHECK (number ~ '^[1-8][0-9]{4}$'),
    role_name text NOT NULL UNIQUE,
    name text NOT NULL,
    office text NOT NULL,
    state text NOT NULL CHECK (state IN ('claiming', 'active', 'locked', 'revoked')),
    claim_until timestamptz,
    public_key text NOT NULL DEFAULT '',
    daily_cap int NOT NULL DEFAULT 5000 CHECK (daily_cap >= 0),
    calls bigint NOT NULL DEFAULT 0,
    receipts bigint NOT NULL DEFAULT 0,
    changes bigint NOT NULL DEFAULT 0,
    day date,
    day_count int NOT NULL DEFAULT 0,
    recovery_until timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by text NOT NULL DEFAULT session_user,
    last_seen_at timestamptz,
    app_version text NOT NULL DEFAULT '',
    health jsonb NOT NULL DEFAULT '{}'
) WITH (fillfactor = 50);
CREATE TABLE centre.incarnation (
    kiosk_id uuid NOT NULL,
    incarnation text NOT NULL,
    kiosk_number text NOT NULL,
    ticket text NOT NULL DEFAULT '',
    ticket_before text NOT NULL DEFAULT '',
    last_receipt bigint NOT NULL DEFAULT 0,
    again_after bigint,
    first_call bigint NOT NULL DEFAULT 0,
    last_call bigint NOT NULL DEFAULT 0,
    first_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    state text NOT NULL DEFAULT 'working' CHECK (state IN ('working', 'questioned', 'settled')),
    settled_by text NOT NULL DEFAULT '',
    settled_at timestamptz,
    PRIMARY KEY (kiosk_id, incarnation)
) WITH (fillfactor = 50);
CREATE TABLE centre.staff (
    role_name text PRIMARY KEY,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN (
        'clerk', 'supervisor', 'office_admin', 'kabupaten_admin', 'report', 'branch'
    )),
    office text NOT NULL DEFAULT '',
    active bool NOT NULL DEFAULT true,
    claim_until timestamptz,
    created_by text NOT NULL DEFAULT session_user,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
"""

RECORDS = """
CREATE TABLE centre.registration (
    id uuid PRIMARY KEY,
    kiosk_id uuid NOT NULL,
    office text NOT NULL,
    number text NOT NULL,
    kiosk_number text NOT NULL,
    incarnation text NOT NULL,
    counter int NOT NULL,
    registered_at text NOT NULL,
    day text NOT NULL,
    status text NOT NULL,
    revision int NOT NULL,
    segment_id text NOT NULL,
    dinas text NOT NULL,
    desa_code text NOT NULL,
    payload jsonb NOT NULL,
    hash bytea NOT NULL,
    origin text NOT NULL DEFAULT 'kiosk',
    receipt bigint NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX registration_day ON centre.registration (kiosk_id, day);
CREATE INDEX registration_receipt ON centre.registration (kiosk_id, receipt);
CREATE INDEX registration_office ON centre.registration (office, status);
CREATE INDEX registration_number ON centre.registration (number);
CREATE TABLE centre.person (
    registration_id uuid NOT NULL,
    nik text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    birth_date text COLLATE "C" NOT NULL,
    desa_code text COLLATE "C" NOT NULL,
    office text NOT NULL,
    in_force bool NOT NULL,
    PRIMARY KEY (registration_id, nik)
);
CREATE INDEX person_nik ON centre.person (nik);
CREATE INDEX person_birth ON centre.person (hashtextextended(birth_date || desa_code, 0));
CREATE INDEX person_name ON centre.person (hashtextextended(birth_date || left(name, 3), 0));
CREATE INDEX person_desa ON centre.person (hashtextextended(name || desa_code, 0));
CREATE TABLE centre.revision (
    registration_id uuid NOT NULL,
    revision int NOT NULL,
    hash bytea NOT NULL,
    origin text NOT NULL DEFAULT 'kiosk',
    payload jsonb,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (registration_id, revision, hash)
);
CREATE TABLE centre.change (
    kiosk_id uuid NOT NULL,
    seq bigint NOT NULL,
    registration_id uuid NOT NULL,
    revision int NOT NULL,
    base_revision int NOT NULL,
    fields jsonb NOT NULL,
    decided bool NOT NULL DEFAULT false,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (kiosk_id, seq)
);
CREATE INDEX change_registration ON centre.change (registration_id);
CREATE TABLE centre.erased (
    registration_id uuid PRIMARY KEY,
    kiosk_id uuid NOT NULL,
    number text NOT NULL,
    erased_at text NOT NULL,
    receipt bigint NOT NULL
);
CREATE INDEX erased_receipt ON centre.erased (kiosk_id, receipt);
"""

QUESTIONS = """
CREATE TABLE centre.to_match (
    registration_id uuid PRIMARY KEY,
    kiosk_id uuid NOT NULL
);
CREATE TABLE centre.match (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    one uuid NOT NULL,
    other uuid NOT NULL,
    because text NOT NULL CHECK (because IN ('nik', 'near_nik', 'name')),
    found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'same_person', 'different')),
    decided_by text NOT NULL DEFAULT '',
    decided_at timestamptz,
    reason text NOT NULL DEFAULT '',
    changed bool NOT NULL DEFAULT false,
    UNIQUE (one, other),
    CHECK (one < other)
);
CREATE INDEX match_other ON centre.match (other);
CREATE TABLE centre.conflict (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    registration_id uuid NOT NULL,
    revision int NOT NULL,
    kept_hash bytea NOT NULL,
    other_hash bytea NOT NULL,
    other_payload jsonb NOT NULL,
    found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'settled')),
    settled_by text NOT NULL DEFAULT '',
    settled_at timestamptz,
    reason text NOT NULL DEFAULT '',
    UNIQUE (registration_id, revision, other_hash)
);
CREATE TABLE centre.alarm (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kiosk_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN (
        'other_content', 'number_clash', 'copied', 'not_yours', 'cap', 'matching_failed'
    )),
    registration_id uuid,
    details jsonb NOT NULL DEFAULT '{}',
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX alarm_clash ON centre.alarm (registration_id) WHERE kind = 'number_clash';
CREATE INDEX alarm_kiosk ON centre.alarm (kiosk_id, kind, at);
"""

TAKEN = """
CREATE TYPE centre.seen AS (
    id text, revision text, number text, kiosk_number text, incarnation text, counter text,
    registered_at text, status text, nik text, name text, birth_date text, desa_code text,
    segment_id text, dinas text, erased_at text
);
CREATE TYPE centre.taken AS (
    verdict text, receipt bigint, id uuid, revision int,
    seen centre.seen, payload jsonb, hash bytea, there_hash bytea
);
"""

PROOFS = """
CREATE TABLE centre.audit (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor text NOT NULL DEFAULT session_user,
    action text NOT NULL,
    subject text NOT NULL DEFAULT '',
    details jsonb NOT NULL DEFAULT '{}'
);
CREATE TABLE centre.anchor (
    kiosk_id uuid NOT NULL,
    entries bigint NOT NULL,
    link text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (kiosk_id, entries, link)
);
CREATE TABLE centre.reconciliation (
    kiosk_id uuid NOT NULL,
    day text NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kiosk_count int NOT NULL,
    centre_count int NOT NULL,
    equal bool NOT NULL,
    PRIMARY KEY (kiosk_id, day)
);
CREATE TABLE centre.backup (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    verified_at timestamptz,
    place text NOT NULL,
    size_bytes bigint NOT NULL,
    sha256 text NOT NULL
);
CREATE TABLE centre.backup_covers (
    backup_id bigint NOT NULL,
    kiosk_id uuid NOT NULL,
    receipt bigint NOT NULL,
    PRIMARY KEY (backup_id, kiosk_id)
);
CREATE INDEX backup_covers_kiosk ON centre.backup_covers (kiosk_id);
"""


def upgrade() -> None:
    """Make all tables, and the types of a record that is being handed in."""
    for statements in (LOGINS, RECORDS, QUESTIONS, TAKEN, PROOFS):
        op.execute(statements)
