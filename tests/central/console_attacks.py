"""What somebody with a login of the centre tries, written down: statements, and hostile values."""

from dataclasses import dataclass

from central.test_clerk_attack import COUNTS, MAKINGS, READS, ROLES, TRICKS, WRITES

VERIFIER = f"SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==${'A' * 43}=:{'B' * 43}="
"""What a password of the attacker's own choice is checked by."""


@dataclass(frozen=True)
class Victims:
    """Whom it is tried on: logins, a kiosk's number and a registration."""

    admin: str
    supervisor: str
    waiting: str
    kiosk: str
    number: str
    registration: str


TABLES = (
    *("alarm", "audit", "anchor", "backup", "backup_covers", "bundle", "change", "command"),
    *("config", "conflict", "erased", "fact", "funnel", "incarnation", "kiosk", "match", "moved"),
    *("person", "reconciliation", "registration", "revision", "slip_out", "staff", "target"),
    "to_match",
)

BECOMING = """
SET ROLE anjungan_logins
SET ROLE pg_read_all_data
SET ROLE {admin}
SET ROLE {supervisor}
SET LOCAL ROLE anjungan_owner
SET SESSION AUTHORIZATION {supervisor}
GRANT anjungan_logins TO CURRENT_USER
GRANT anjungan_supervisor TO CURRENT_USER
GRANT anjungan_branch TO CURRENT_USER WITH ADMIN OPTION
GRANT anjungan_owner TO {admin}
GRANT {supervisor} TO CURRENT_USER
GRANT {kiosk} TO CURRENT_USER
GRANT pg_read_server_files TO CURRENT_USER
GRANT pg_write_server_files TO CURRENT_USER
GRANT pg_execute_server_program TO CURRENT_USER
GRANT pg_write_all_data TO CURRENT_USER
GRANT pg_monitor TO CURRENT_USER
GRANT pg_signal_backend TO CURRENT_USER
GRANT pg_database_owner TO CURRENT_USER
REVOKE anjungan_kabupaten_admin FROM {admin}
GRANT USAGE ON SCHEMA centre TO CURRENT_USER
GRANT ALL ON ALL TABLES IN SCHEMA centre TO PUBLIC
GRANT EXECUTE ON FUNCTION desk_api.see(uuid) TO CURRENT_USER
CREATE TABLE console_api.trap (a int)
GRANT SET ON PARAMETER session_preload_libraries TO CURRENT_USER
ALTER ROLE {admin} PASSWORD 'x'
ALTER ROLE {supervisor} PASSWORD 'x'
ALTER ROLE {waiting} PASSWORD 'x'
ALTER ROLE {kiosk} PASSWORD 'x'
ALTER ROLE {kiosk} NOLOGIN
ALTER ROLE {kiosk} SET search_path = public
ALTER ROLE {supervisor} VALID UNTIL 'infinity'
ALTER ROLE {supervisor} RENAME TO staff_00000000
ALTER ROLE ALL SET search_path = public
ALTER ROLE anjungan_kabupaten_admin CREATEROLE
ALTER ROLE anjungan_logins LOGIN
ALTER ROLE CURRENT_USER BYPASSRLS
ALTER ROLE CURRENT_USER REPLICATION
ALTER ROLE CURRENT_USER CREATEDB
ALTER GROUP anjungan_supervisor ADD USER CURRENT_USER
CREATE ROLE staff_0badc0de LOGIN IN ROLE anjungan_supervisor
CREATE ROLE trap ROLE CURRENT_USER IN ROLE anjungan_owner
CREATE USER trap SUPERUSER
CREATE GROUP trap
DROP ROLE {supervisor}
DROP OWNED BY anjungan_owner
REASSIGN OWNED BY {admin} TO CURRENT_USER
SELECT logins.give('{supervisor}', 'anjungan_supervisor', 4, '{verifier}')
SELECT logins.give('staff_0badc0de', 'anjungan_owner', 4, '{verifier}')
SELECT logins.close('{kiosk}')
SELECT logins.forget('{kiosk}')
SELECT logins.check_asked('{kiosk}', '{verifier}')
SELECT centre.require_admin()
SELECT centre.end_sessions('{kiosk}')
SELECT centre.end_overlong()
SELECT centre.person_calling('kabupaten_admin')
""".strip()

REACHING = """
COPY (SELECT 1) TO PROGRAM 'id'
COPY centre.audit FROM PROGRAM 'cat /etc/passwd'
COPY (SELECT 1) TO '/var/trap'
SELECT pg_read_file('/etc/passwd')
SELECT pg_read_file('pg_hba.conf', 0, 100)
SELECT pg_read_binary_file('global/pg_filenode.map')
SELECT pg_ls_dir('/etc')
SELECT pg_ls_tmpdir()
SELECT pg_ls_logdir()
SELECT pg_stat_file('/etc/passwd')
SELECT pg_file_write('/var/trap', 'x', false)
SELECT lo_import('/etc/passwd', 1)
SELECT lo_creat(-1)
SELECT lo_put(1, 0, 'x')
SELECT lo_get(1)
CREATE EXTENSION dblink SCHEMA public
CREATE EXTENSION file_fdw SCHEMA public
CREATE EXTENSION adminpack SCHEMA pg_catalog
CREATE EXTENSION plpython3u
CREATE LANGUAGE plpgsql
CREATE FOREIGN DATA WRAPPER trap
CREATE SUBSCRIPTION trap CONNECTION 'host=127.0.0.1' PUBLICATION trap
CREATE DATABASE trap
CREATE TABLESPACE trap LOCATION '/var'
CREATE TEMP VIEW staff AS SELECT 1
CREATE TEMP SEQUENCE trap
CREATE FUNCTION pg_temp.session_user() RETURNS name LANGUAGE sql AS 'SELECT NULL::name'
CREATE FUNCTION console_api.trap() RETURNS int LANGUAGE sql AS 'SELECT 1'
CREATE OR REPLACE FUNCTION console_api.kiosks() RETURNS jsonb LANGUAGE sql AS 'SELECT NULL::jsonb'
CREATE OPERATOR public.<> (FUNCTION = texteq, LEFTARG = text, RIGHTARG = text)
CREATE OPERATOR console_api.= (FUNCTION = textne, LEFTARG = text, RIGHTARG = text)
CREATE CAST (text AS bytea) WITHOUT FUNCTION
CREATE RULE trap AS ON INSERT TO centre.audit DO INSTEAD NOTHING
CREATE TRIGGER trap BEFORE INSERT ON centre.audit EXECUTE FUNCTION tsvector_update_trigger()
CREATE POLICY trap ON centre.person USING (true)
ALTER FUNCTION console_api.publish(bytea, text, text, int, int) SECURITY INVOKER
ALTER FUNCTION console_api.staff_add(text, text, text, int) SET search_path = public
ALTER FUNCTION console_api.kiosks() OWNER TO CURRENT_USER
ALTER SCHEMA console_api OWNER TO CURRENT_USER
ALTER TABLE centre.person OWNER TO CURRENT_USER
ALTER TABLE centre.audit ALTER COLUMN actor SET DEFAULT 'nobody'
ALTER SEQUENCE centre.audit_seq_seq RESTART
ALTER DEFAULT PRIVILEGES FOR ROLE anjungan_owner GRANT SELECT ON TABLES TO PUBLIC
ALTER SYSTEM SET archive_command = 'id'
SET session_preload_libraries = 'trap'
SET archive_command = 'id'
SET dynamic_library_path = '/var'
SELECT set_config('log_statement', 'none', false)
SELECT setval('centre.audit_seq_seq', 1)
SELECT nextval('centre.alarm_id_seq')
SELECT dblink_connect('host=127.0.0.1 user=postgres')
SELECT pg_logical_slot_get_changes('trap', NULL, NULL)
SELECT pg_create_restore_point('trap')
SELECT pg_backup_start('trap')
SELECT pg_promote()
SELECT pg_stat_reset()
SELECT pg_stat_get_activity(NULL)
SELECT pg_get_backend_memory_contexts()
SELECT passwd FROM pg_shadow
SELECT rolpassword FROM pg_authid
SELECT * FROM pg_hba_file_rules
SELECT sourcefile FROM pg_settings
SELECT current_setting('data_directory')
SELECT current_setting('ssl_key_file')
SELECT * FROM pg_user_mapping
SELECT * FROM pg_subscription
""".strip()

HOLDING = """
BEGIN; LOCK TABLE centre.kiosk
BEGIN; LOCK TABLE centre.registration IN ACCESS SHARE MODE
BEGIN; LOCK TABLE centre.config IN ROW EXCLUSIVE MODE
BEGIN; LOCK TABLE pg_catalog.pg_class IN ACCESS EXCLUSIVE MODE
BEGIN; LOCK TABLE pg_catalog.pg_authid IN SHARE MODE
SELECT 1 FROM centre.kiosk FOR SHARE
SELECT pg_advisory_lock(65)
SELECT pg_advisory_xact_lock(65)
SELECT pg_try_advisory_lock_shared(1, 2)
SELECT pg_sleep(1)
SELECT pg_sleep_for('1 second')
SELECT pg_export_snapshot()
SELECT pg_terminate_backend(1)
SELECT pg_cancel_backend(1)
BEGIN; PREPARE TRANSACTION 'trap'
COMMIT PREPARED 'trap'
VACUUM FULL centre.registration
REINDEX TABLE centre.registration
CLUSTER centre.registration
CHECKPOINT
""".strip()


HARMLESS = """
SELECT * FROM pg_stats WHERE schemaname = 'centre'
SELECT most_common_vals FROM pg_stats WHERE tablename = 'person'
SELECT * FROM pg_prepared_statements
SELECT last_value FROM pg_sequences WHERE schemaname = 'centre'
SELECT * FROM pg_user_mappings
SELECT setting FROM pg_settings WHERE name = 'ssl_key_file'
SELECT current_setting('ssl_key_file')
SELECT sourcefile FROM pg_settings
SELECT pg_cancel_backend(1)
SELECT pg_terminate_backend(1)
SELECT database_to_xml(true, true, '')
SELECT prosrc FROM pg_proc WHERE proname = 'see'
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC
SET ROLE anjungan_kabupaten_admin
SET ROLE anjungan_supervisor
SET ROLE anjungan_kiosk
""".strip().splitlines()
"""Answered, and no harm: of what is their own, or empty. Where the server's files lie is told."""


def statements(victims: Victims) -> tuple[str, ...]:
    """All that is tried by every login, each statement once."""
    shared = (READS, WRITES, ROLES, MAKINGS, COUNTS, TRICKS)
    lines = [line for kind in shared for line in kind.splitlines()]
    for table in TABLES:
        lines += [
            f"SELECT * FROM centre.{table}",
            f"DELETE FROM centre.{table}",
            f"TRUNCATE centre.{table}",
            f"DROP TABLE centre.{table}",
        ]
    values = {**vars(victims), "verifier": VERIFIER}
    for kind in (BECOMING, REACHING, HOLDING):
        lines += [line.format(**values) for line in kind.splitlines()]
    return tuple(dict.fromkeys(lines))


DEEP = "[" * 50_000
TEXTS = (
    "",
    " ",
    "'",
    '"',
    "\\",
    "$$",
    ";--",
    "/*",
    "%I%L%s",
    "%1$s",
    "E'\\''",
    "' OR true --",
    "x'; DELETE FROM centre.audit; --",
    '"; ALTER ROLE postgres NOLOGIN; --',
    "x' || (SELECT string_agg(nik, ',') FROM centre.person) || '",
    "$1",
    "NULL",
    "{{{{",
    '{"a":' * 2_000,
    DEEP,
    "x" * 200_000,
    "\u202e\x01",
    "\U0001f4a3" * 300,
    "../../etc/passwd",
    "anjungan_owner",
    "kiosk_10000; DROP ROLE anjungan_owner",
    "9" * 400,
)
NUMBERS = (0, -1, 2**31 - 1, -(2**31))
JSONS = (
    "{}",
    "[]",
    "null",
    '"x"',
    "[[]]",
    "[null, 1, {}]",
    '{"id": 1, "protocol": 1, "phone": {"a": []}}',
    '[{"number": "\' OR true --", "answer": "member"}]',
    '{"a": "\\u0000"}',
    '{"a": 1e99999}',
    DEEP,
    "[" + "0," * 100_000 + "0]",
)
UUIDS = ("00000000-0000-0000-0000-000000000000", "' OR true --", "")
DOCUMENTS = (
    b"",
    b"\x00",
    b"\xff\xfe",
    b"{}",
    b"null",
    DEEP.encode(),
    b'{"version":' * 3_000,
    b'{"version":1e99999,"base":1}',
    b'{"version":"2; DROP TABLE centre.config","base":1}',
    b'{"a":"\\u0000"}',
    b"9" * 1_000_000,
)
