"""Somebody with a login of an office tries to read, alter or infer what is another office's.

Every statement is run twice: before and after the other office registers a person. Whoever may not
know of them must get the same answer both times, and nothing of the person in any.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from central.enrolled import OFFICE
from central.fixtures import Centres
from central.offices import Offices, offices_of
from kiosk.central.address import Login
from kiosk.domain.staff import CentreRole

ID = "0190d2c8-0000-7000-8000-00000000c0de"
NIK, NAME, PHONE = "3604015708871234", "SITI ROHMAWATI", "081387654321"
TRACES = (NIK, NIK[:12], NAME, PHONE, "1987-08-17")

READS = f"""
SELECT * FROM centre.registration
SELECT payload FROM centre.registration WHERE id = '{ID}'
SELECT count(*) FROM centre.person WHERE nik = '{NIK}'
SELECT * FROM centre.match
SELECT * FROM centre.conflict
SELECT * FROM centre.revision
SELECT * FROM centre.audit
SELECT * FROM centre.staff
SELECT * FROM centre.kiosk
SELECT * FROM centre.open_match
TABLE centre.erased
SELECT last_value FROM centre.audit_seq_seq
SELECT desk_api.see('{ID}')
SELECT desk_api.see('0190d2c8-0000-7000-8000-000000000000')
SELECT desk_api.export('{ID}')
SELECT desk_api.search('{NIK}')
SELECT desk_api.search('{NAME}')
SELECT desk_api.search('{NAME[:4]}')
SELECT desk_api.search('%')
SELECT desk_api.search('___')
SELECT desk_api.search(''' OR true --')
SELECT desk_api.matches()
SELECT desk_api.flags()
SELECT desk_api.conflicts()
SELECT branch_api.waiting()
SELECT console_api.kiosks()
SELECT console_api.alarms()
SELECT console_api.audit(NULL, 1000)
SELECT console_api.staff()
SELECT kiosk_api.recover(0, 1000)
SELECT kiosk_api.reconcile('{{}}')
SELECT centre.side_of('{ID}', '36.04.10')
SELECT centre.held('{ID}', '36.04.10')
SELECT centre.line_of(r) FROM centre.registration r
SELECT centre.match_pending(NULL, NULL)
COPY centre.registration TO STDOUT
COPY (SELECT nik FROM centre.person) TO STDOUT
COPY centre.registration TO '/var/registration'
COPY centre.person TO PROGRAM 'cat'
SELECT pg_read_file('postgresql.conf')
SELECT pg_ls_dir('.')
SELECT pg_stat_file('base')
""".strip()

WRITES = f"""
INSERT INTO centre.registration (id) VALUES ('{ID}')
UPDATE centre.registration SET status = 'void'
DELETE FROM centre.registration WHERE id = '{ID}'
TRUNCATE centre.registration
UPDATE centre.staff SET role = 'kabupaten_admin', active = true
INSERT INTO centre.match (one, other, because) VALUES ('{ID}', '{ID}', 'nik')
DELETE FROM centre.audit
UPDATE centre.audit SET actor = 'nobody'
ALTER TABLE centre.registration DISABLE TRIGGER ALL
DROP TABLE centre.person
SELECT desk_api.change('{ID}', 1, '{{"phone": "0811"}}', 'x')
SELECT desk_api.void('{ID}', 1, 'x')
SELECT desk_api.erase('{ID}')
SELECT desk_api.decide(1, 'same_person', '{ID}', 'x')
SELECT desk_api.decide(1, 'different', NULL, 'x')
SELECT desk_api.settle(1, 'kiosk', 'x')
SELECT branch_api.answer('[{{"number": "100000000000", "answer": "rejected", "reason": "x"}}]')
SELECT console_api.revoke('10000')
SELECT console_api.staff_add('x', 'kabupaten_admin', '', 1)
SELECT kiosk_api.claim(repeat('0', 64), repeat('0', 36), '90000')
SELECT centre.change_here(r, '{{}}', true, 9) FROM centre.registration r
SELECT centre.erase('{ID}', '{{}}', '{{}}', '{{}}', '{{}}')
SELECT centre.note('x', 'x', '{{}}')
COPY centre.registration FROM STDIN
LOCK TABLE centre.registration IN ACCESS EXCLUSIVE MODE
SELECT 1 FROM centre.registration FOR UPDATE
""".strip()

ROLES = """
SET ROLE anjungan_owner
SET ROLE anjungan_supervisor
SET ROLE anjungan_kabupaten_admin
SET ROLE postgres
SET ROLE anjungan_kiosk
SET SESSION AUTHORIZATION postgres
GRANT anjungan_owner TO CURRENT_USER
GRANT pg_read_all_data TO CURRENT_USER
GRANT SELECT ON centre.registration TO CURRENT_USER
ALTER ROLE CURRENT_USER SUPERUSER
ALTER ROLE CURRENT_USER CREATEROLE
ALTER ROLE CURRENT_USER CONNECTION LIMIT 100
ALTER ROLE anjungan_owner LOGIN PASSWORD 'x'
CREATE ROLE helper LOGIN
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC
REASSIGN OWNED BY anjungan_owner TO CURRENT_USER
""".strip()

MAKINGS = """
CREATE TABLE public.trap (a int)
CREATE TEMP TABLE trap (a int)
CREATE SCHEMA trap
CREATE FUNCTION public.upper(text) RETURNS text LANGUAGE sql AS 'SELECT $1'
CREATE FUNCTION pg_temp.length(text) RETURNS int LANGUAGE sql AS 'SELECT 1'
CREATE OR REPLACE FUNCTION desk_api.whoami() RETURNS jsonb LANGUAGE sql AS 'SELECT NULL::jsonb'
CREATE VIEW public.trap AS SELECT 1
CREATE EXTENSION dblink
CREATE EXTENSION postgres_fdw
CREATE SERVER trap FOREIGN DATA WRAPPER postgres_fdw
CREATE PUBLICATION trap FOR ALL TABLES
CREATE EVENT TRIGGER trap ON ddl_command_start EXECUTE FUNCTION f()
DO $$ BEGIN PERFORM 1; END $$
SELECT lo_create(0)
SELECT lo_from_bytea(0, 'x')
SELECT lo_import('/etc/passwd')
SELECT lo_export(1, '/var/x')
SELECT loid, data FROM pg_largeobject
LOAD 'plpgsql'
ALTER SYSTEM SET log_statement = 'all'
ALTER DATABASE postgres SET search_path = public
""".strip()

COUNTS = """
SELECT reltuples FROM pg_class WHERE relname = 'registration'
SELECT relpages FROM pg_class WHERE relname = 'person'
SELECT * FROM pg_statistic
SELECT * FROM pg_stats WHERE schemaname = 'centre'
SELECT most_common_vals FROM pg_stats WHERE tablename = 'person'
SELECT * FROM pg_stat_user_tables
SELECT * FROM pg_stat_all_tables WHERE relname = 'registration'
SELECT * FROM pg_statio_all_tables WHERE relname = 'person'
SELECT * FROM pg_stat_all_indexes WHERE relname = 'person'
SELECT * FROM pg_stat_xact_all_tables WHERE relname = 'person'
SELECT tup_inserted FROM pg_stat_database WHERE datname = current_database()
SELECT query FROM pg_stat_activity WHERE usename <> current_user
SELECT * FROM pg_locks
SELECT * FROM pg_prepared_statements
SELECT last_value FROM pg_sequences WHERE schemaname = 'centre'
SELECT pg_sequence_last_value(oid) FROM pg_class WHERE relname = 'audit_seq_seq'
SELECT pg_relation_size(oid) FROM pg_class WHERE relname = 'person'
SELECT pg_table_size(oid) FROM pg_class WHERE relname = 'registration'
SELECT pg_database_size(current_database())
SELECT pg_stat_get_live_tuples(oid) FROM pg_class WHERE relname = 'registration'
SELECT pg_current_wal_lsn()
SELECT pg_current_xact_id()
SELECT pg_sleep(0)
SELECT pg_try_advisory_lock(1)
SELECT pg_notify('trap', 'x')
EXPLAIN SELECT * FROM centre.person
EXPLAIN (COSTS ON) SELECT desk_api.matches()
ANALYZE centre.person
VACUUM centre.person
SELECT rolpassword FROM pg_authid
SELECT * FROM pg_shadow
SELECT * FROM pg_user_mappings
SELECT setting FROM pg_settings WHERE name = 'ssl_key_file'
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
SELECT pg_cancel_backend(1)
SELECT pg_reload_conf()
SELECT txid_current()
""".strip()

TRICKS = f"""
SET search_path = public, pg_temp; SELECT desk_api.search('{NIK}')
SET row_security = off; SELECT desk_api.see('{ID}')
SET default_transaction_read_only = on; SELECT desk_api.matches()
SET standard_conforming_strings = off; SELECT desk_api.see('{ID}')
SET check_function_bodies = off; SELECT desk_api.flags()
SET client_min_messages = debug5; SELECT desk_api.see('{ID}')
SET plpgsql.variable_conflict = 'use_column'; SELECT desk_api.see('{ID}')
SET constraint_exclusion = off; SELECT desk_api.search('{NAME}')
SELECT query_to_xml('SELECT * FROM centre.registration', true, true, '')
SELECT table_to_xml('centre.person', true, true, '')
SELECT schema_to_xml('centre', true, true, '')
SELECT database_to_xml(true, true, '')
SELECT cursor_to_xml('c', 1, true, true, '')
SELECT ts_stat('SELECT to_tsvector(nik) FROM centre.person')
SELECT * FROM ts_stat('SELECT to_tsvector(name) FROM centre.person')
PREPARE p AS SELECT * FROM centre.person
DECLARE c CURSOR WITH HOLD FOR SELECT * FROM centre.person
SELECT has_table_privilege('centre.registration', 'SELECT')
SELECT relname FROM pg_class WHERE oid = 'centre.person'::regclass
SELECT prosrc FROM pg_proc WHERE proname = 'see'
""".strip()

STATEMENTS = tuple(
    line for kind in (READS, WRITES, ROLES, MAKINGS, COUNTS, TRICKS) for line in kind.splitlines()
)
THEIRS = ("registration", "person", "revision", "match", "conflict", "change", "kiosk", "staff")


@dataclass(frozen=True)
class Scene:
    """The other office's registration is handed in between two rounds of every attack."""

    before: dict[CentreRole, list[str]]
    after: dict[CentreRole, list[str]]
    kept_before: dict[str, str]
    kept_after: dict[str, str]


@pytest.fixture(scope="module")
def scene(centres: Centres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    roles = (CentreRole.CLERK, CentreRole.SUPERVISOR, CentreRole.OFFICE_ADMIN, *_KABUPATENS)
    with centres.new() as centre:
        offices = offices_of(centre, tmp_path_factory.mktemp("offices"))
        offices.here.hand_in(offices.here.row(1))
        logins = {
            role: offices.person(role, "" if role in _KABUPATENS else OFFICE) for role in roles
        }
        before = {role: _attack(offices, login) for role, login in logins.items()}
        row = offices.there.row(1, id=ID, nik=NIK, name=NAME, phone=PHONE, birth_date="1987-08-17")
        offices.there.hand_in(row)
        kept_before = _kept(offices)
        _as_its_own_office(offices)
        after = {role: _attack(offices, login) for role, login in logins.items()}
        yield Scene(before, after, kept_before, _kept(offices))
        offices.close()


_KABUPATENS = (CentreRole.REPORT, CentreRole.BRANCH)


def _attack(offices: Offices, login: Login) -> list[str]:
    """What each statement answers: its rows, or why not."""
    url = offices.centre.url(login.role, login.secret)
    answers = []
    with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
        for statement in STATEMENTS:
            answers.append(_answer(connection, statement))
            connection.execute("RESET ALL")
            connection.execute("RESET ROLE")
    return answers


def _answer(connection: "psycopg.Connection[Any]", statement: str) -> str:
    notices: list[str] = []
    connection.add_notice_handler(lambda said: notices.append(str(said.message_primary)))
    try:
        cursor = connection.execute(statement.encode())
        rows = []
        while True:
            if cursor.description is not None:
                rows += cursor.fetchall()
            if not cursor.nextset():
                break
    except psycopg.Error as error:
        diagnosed = error.diag
        return f"{error.sqlstate} {diagnosed.message_primary} {diagnosed.message_detail}"
    return f"{rows} {[said for said in notices if any(trace in said for trace in TRACES)]}"


def _as_its_own_office(offices: Offices) -> None:
    """The traces do show where they may: else no attack would prove anything."""
    with psycopg.connect(offices.centre.owner_url, autocommit=True) as owner:
        answer = _answer(owner, f"SELECT payload FROM centre.registration WHERE id = '{ID}'")
    assert all(trace in answer for trace in TRACES)


def _kept(offices: Offices) -> dict[str, str]:
    """What stands at the centre, but for who was last seen."""
    with offices.centre.connect() as owner:
        return {
            table: str(
                owner.execute(
                    f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM centre.{table} t"
                ).fetchone()
            )
            for table in THEIRS
        }


def test_the_attack_is_broad_enough() -> None:
    assert len(STATEMENTS) >= 60
    assert len(set(STATEMENTS)) == len(STATEMENTS)


@pytest.mark.parametrize(
    "role", [CentreRole.CLERK, CentreRole.SUPERVISOR, CentreRole.OFFICE_ADMIN, *_KABUPATENS]
)
def test_nothing_of_the_other_offices_person_is_read(scene: Scene, role: CentreRole) -> None:
    leaks = [
        statement
        for statement, answer in zip(STATEMENTS, scene.after[role], strict=True)
        for trace in TRACES
        if trace in answer and trace not in statement
    ]
    assert leaks == []


@pytest.mark.parametrize(
    "role",
    [CentreRole.CLERK, CentreRole.SUPERVISOR, CentreRole.OFFICE_ADMIN, CentreRole.BRANCH],
)
def test_no_answer_tells_whether_the_person_is_known(scene: Scene, role: CentreRole) -> None:
    rounds = zip(STATEMENTS, scene.before[role], scene.after[role], strict=True)
    telling = [(statement, one, other) for statement, one, other in rounds if one != other]
    assert telling == []


def test_nothing_at_the_centre_was_altered(scene: Scene) -> None:
    assert scene.kept_after == scene.kept_before
