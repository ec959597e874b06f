"""A kiosk's thief tries to read, alter or infer what is another office's.

Every statement is run before and after the other office registers a person. The thief must get the
same answer both times, and nothing of the person in any. One thing is told, and only to who knows
the other registration's random id of 122 bits already: that it is taken (`not_yours`).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from central.fixtures import Centre, Centres
from central.kiosks import Json, Kiosk, Kiosks, erasure, outcomes, record
from central.test_clerk_attack import COUNTS, ID, MAKINGS, NAME, NIK, PHONE, READS, ROLES, WRITES
from kiosk.domain.registration_number import make_number

BORN = "1987-08-17"
TRACES = (NIK, NIK[:12], NAME, PHONE, BORN)
MINE, THEIRS = "10917", "20818"
TABLES = ("registration", "person", "revision", "match", "conflict", "change", "erased", "staff")

HOSTILE = """
SET search_path = public, pg_temp
SET standard_conforming_strings = off
SET backslash_quote = on
SET transform_null_equals = on
SET array_nulls = off
SET timezone = 'Pacific/Kiritimati'
SET datestyle = 'German, DMY'
SET intervalstyle = 'sql_standard'
SET bytea_output = 'escape'
SET extra_float_digits = -15
SET xmloption = 'content'
SET default_transaction_isolation = 'serializable'
SET default_transaction_read_only = off
SET row_security = off
SET check_function_bodies = off
SET plpgsql.variable_conflict = 'use_column'
SET plan_cache_mode = 'force_generic_plan'
SET jit_above_cost = 0
SET work_mem = '64kB'
SET client_min_messages = 'debug5'
SET debug_print_plan = on
SET trace_sort = on
SET log_parser_stats = on
SET quote_all_identifiers = on
SET default_text_search_config = 'simple'
SET constraint_exclusion = on
SET session_replication_role = 'replica'
SET lo_compat_privileges = on
SET local_preload_libraries = 'auto_explain'
""".strip().splitlines()

OWN = """
LISTEN trap
NOTIFY trap, 'x'
LOAD 'auto_explain'
SELECT pg_advisory_lock(1)
SELECT pg_logical_emit_message(false, 'x', 'y')
SELECT * FROM pg_stat_progress_vacuum
SELECT * FROM pg_stat_replication
SELECT * FROM pg_stat_ssl
SELECT count(*) FROM pg_stat_activity
SELECT xact_commit FROM pg_stat_database
SELECT pg_stat_get_xact_tuples_inserted('centre.person'::regclass)
SELECT pg_stat_get_function_calls(oid) FROM pg_proc WHERE proname = 'alike'
SELECT * FROM pg_stat_user_functions
SELECT prosrc ~ 'secret|password' FROM pg_proc WHERE pronamespace = 'kiosk_api'::regnamespace
SELECT setconfig FROM pg_db_role_setting
SELECT * FROM pg_file_settings
SELECT * FROM pg_hba_file_rules
SELECT * FROM pg_replication_slots
SELECT pg_create_physical_replication_slot('trap')
SELECT pg_switch_wal()
SELECT pg_export_snapshot()
SELECT * FROM pg_ls_waldir()
SELECT pg_ls_logdir()
SELECT pg_read_binary_file('/etc/passwd')
SELECT pg_rotate_logfile()
SELECT inet_server_addr() IS NULL
SELECT * FROM pg_largeobject_metadata
SELECT kiosk_api.recover(0, 500)
SELECT kiosk_api.recover(-1, NULL)
SELECT kiosk_api.recover(NULL, NULL)
SELECT desk_api.whoami()
SELECT report_api.counts()
SELECT centre.judge('[]', gen_random_uuid(), '{}', 0, 0, 1)
SELECT centre.kiosk_calling()
SELECT centre.new_ticket(1, '')
SELECT ROW (r) FROM centre.registration r
SELECT centre.registration FROM centre.registration
SELECT * FROM centre.incarnation
SELECT * FROM centre.reconciliation
SELECT * FROM centre.anchor
SELECT * FROM centre.backup
SELECT NULL::centre.taken
PREPARE p AS SELECT nik FROM centre.person
DECLARE c CURSOR FOR SELECT * FROM centre.registration
DO LANGUAGE plpgsql $$ BEGIN RAISE NOTICE 'x'; END $$
CREATE OPERATOR public.= (FUNCTION = int4eq, LEFTARG = text, RIGHTARG = text)
CREATE CAST (text AS jsonb) WITH INOUT
CREATE AGGREGATE public.jsonb_agg(jsonb) (SFUNC = jsonb_concat, STYPE = jsonb)
CREATE TYPE public.uuid AS (a int)
CREATE DOMAIN pg_temp.text AS varchar
CREATE MATERIALIZED VIEW public.v AS SELECT * FROM centre.person
ALTER FUNCTION kiosk_api.exchange(jsonb) RESET ALL
ALTER FUNCTION kiosk_api.exchange(jsonb) SECURITY INVOKER
COMMENT ON FUNCTION kiosk_api.exchange(jsonb) IS 'x'
ALTER ROLE kiosk_20818 PASSWORD 'x'
ALTER ROLE kiosk_10917 RENAME TO kiosk_20818
DROP ROLE kiosk_20818
GRANT kiosk_20818 TO kiosk_10917
SET ROLE kiosk_20818
SET SESSION AUTHORIZATION kiosk_20818
SECURITY LABEL ON ROLE kiosk_10917 IS 'x'
""".strip().splitlines()

SHARED = [line for kind in (READS, WRITES, ROLES, MAKINGS, COUNTS) for line in kind.splitlines()]
# Who may call it learns nothing, but the claim of a kiosk that has joined is no attack here.
SHARED = [line for line in SHARED if "kiosk_api.claim" not in line]


@dataclass(frozen=True)
class Round:
    """What the thief was answered, by what they tried, and what stood there afterwards."""

    answers: dict[str, str]
    kept: dict[str, str]


@dataclass(frozen=True)
class Thief:
    """A kiosk's login in bad hands."""

    centre: Centre
    kiosk: Kiosk
    victim_pid: int
    victim_incarnation: str

    def tries(self) -> dict[str, str]:
        """All that is tried."""
        tries = {line: line for line in (*SHARED, *OWN)}
        tries |= {line: f"{line}; {self._exchange()}" for line in HOSTILE}
        tries |= {name: self._exchange(**asked) for name, asked in self._requests().items()}
        tries |= self._comparisons()
        pid = self.victim_pid
        tries |= {f"{act} the victim": f"SELECT pg_{act}_backend({pid})" for act in _ACTS}
        return tries

    def round(self, tries: dict[str, str]) -> Round:
        """Try everything; each try is taken back."""
        answers = {name: self._answer(statement) for name, statement in tries.items()}
        with self.centre.connect() as owner:
            kept = {table: _content(owner, table) for table in TABLES}
        return Round(answers, kept)

    def _requests(self) -> dict[str, Json]:
        """Requests that would tell whether a person is known, or write for another."""
        person = {"nik": NIK, "name": NAME, "birth_date": BORN, "phone": PHONE}
        theirs = record(THEIRS, 1)
        own_id = {**record(THEIRS, 1), "row": {**theirs["row"], "kiosk_number": MINE}}
        return {
            "the same NIK": {"records": [self._own(**person)]},
            "the same NIK twice": {"records": [self._own(1, **person), self._own(2, **person)]},
            "a NIK nearby": {"records": [self._own(**{**person, "nik": NIK[:-1] + "9"})]},
            "their number": {"records": [theirs]},
            "their number as mine": {"records": [own_id]},
            "their number erased": {"records": [erasure(theirs)]},
            "their kiosk number": {"kiosk_number": THEIRS, "records": [theirs]},
            "their provisional number": {
                "kiosk_number": "91234",
                "records": [record("91234", 1)],
            },
            "their store": {"incarnation": self.victim_incarnation},
            "their store with a ticket": {
                "incarnation": self.victim_incarnation,
                "ticket": "0" * 48,
                "last_receipt": 10**9,
            },
            "their changes": {"changes_seen": 0},
            "changes of the future": {"changes_seen": 10**9},
            "an error with a value": {"records": [self._own(nik=NIK + "x", name=NAME * 20)]},
            "a deep record": {"records": [{"kind": "registration", "id": "1" * 40}]},
            "another protocol": {"protocol": 2},
            "many": {"records": [self._own(counter, **person) for counter in range(60)]},
        }

    def _comparisons(self) -> dict[str, str]:
        asked: dict[str, Json] = {
            "their day": {"days": {"2026-11-22": [1, "00"]}},
            "their record": {"day": "2026-11-22", "records": {ID: [1, "00"]}},
            "nothing of a day": {"day": "2026-11-22", "records": {}, "kept_there": [ID]},
        }
        return {
            name: f"SELECT kiosk_api.reconcile('{json.dumps(one)}')" for name, one in asked.items()
        }

    def _own(self, counter: int = 7, /, **row: Any) -> Json:
        # Its id is always the same, so that both rounds say the same.
        number = make_number(MINE, counter)
        made = self.kiosk.record(counter, id=f"{number}-0000-4000-8000-000000000000"[4:], **row)
        return {**made, "id": made["row"]["id"]}

    def _exchange(self, **asked: Any) -> str:
        request = json.dumps(self.kiosk.request(**asked)).replace("'", "''")
        return f"SELECT kiosk_api.exchange('{request}'::jsonb) - 'ticket' - 'now'"

    def _answer(self, statement: str) -> str:
        """Rows and notices, or why not; then everything is taken back."""
        connection = self.kiosk.connection
        said: list[str] = []
        connection.add_notice_handler(lambda notice: said.append(str(notice.message_primary)))
        try:
            with connection.transaction(force_rollback=True):
                cursor = connection.execute(statement.encode(), prepare=False)
                while cursor.nextset():
                    pass
                rows = cursor.fetchall() if cursor.description else []
        except psycopg.Error as error:
            diag = error.diag
            rows = [(error.sqlstate, diag.message_primary, diag.message_detail, diag.context)]
        return f"{rows} {[one for one in said if any(trace in one for trace in TRACES)]}"


_ACTS = ("terminate", "cancel")


def _content(owner: "psycopg.Connection[Any]", table: str) -> str:
    asked = f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM centre.{table} t"
    return str(owner.execute(asked).fetchone())


@dataclass(frozen=True)
class Attacked:
    """Before, and after, the other office registered the person."""

    before: Round
    after: Round
    kept_before_attack: dict[str, str]


@pytest.fixture(scope="module")
def attacked(centres: Centres) -> Iterator[Attacked]:
    with centres.new() as centre:
        kiosks = Kiosks(centre)
        mine, theirs = kiosks.add(MINE), kiosks.add(THEIRS, "36.04.10")
        mine.exchange(mine.record(1))
        theirs.exchange(theirs.record(1))
        pid = theirs.connection.info.backend_pid
        thief = Thief(centre, mine, pid, theirs.incarnation)
        tries = thief.tries()
        before = thief.round(tries)
        row = {"nik": NIK, "name": NAME, "birth_date": BORN, "phone": PHONE}
        person = theirs.record(2, id=ID, **row)
        changed = {**person, "revision": 2, "row": {**person["row"], "revision": 2}}
        assert outcomes(theirs.exchange(person, record("91234", 1), kiosk_number="91234"))
        assert outcomes(theirs.exchange(changed))[0][0] == "stored"
        with centre.connect() as owner:
            owner.execute("SELECT centre.match_pending(NULL, NULL)")
            kept = {table: _content(owner, table) for table in TABLES}
        yield Attacked(before, thief.round(tries), kept)
        kiosks.close()


def test_the_attack_is_broad_enough(attacked: Attacked) -> None:
    assert len(attacked.after.answers) >= 200


def test_nothing_of_the_person_is_read(attacked: Attacked) -> None:
    for name, answer in attacked.after.answers.items():
        told = [trace for trace in TRACES if trace in answer and trace not in name]
        assert told == [], name


def test_no_answer_tells_whether_the_person_is_known(attacked: Attacked) -> None:
    before, after = attacked.before.answers, attacked.after.answers
    assert {name: after[name] for name in after if after[name] != before[name]} == {}


def test_nothing_was_altered(attacked: Attacked) -> None:
    assert attacked.after.kept == attacked.kept_before_attack


def test_the_tries_that_hand_in_are_answered_as_ever(attacked: Attacked) -> None:
    stored = [name for name, answer in attacked.after.answers.items() if "'stored'" in answer]
    assert "the same NIK" in stored
    assert "their provisional number" in stored
    assert "their number as mine" not in stored


@pytest.mark.parametrize("setting", [line for line in HOSTILE if "session_repl" not in line])
def test_no_setting_of_a_session_bends_the_exchange(attacked: Attacked, setting: str) -> None:
    answer = attacked.after.answers[setting]
    is_refused = "permission denied" in answer or "cannot be" in answer
    assert is_refused or "'protocol': 1" in answer


def test_a_hand_in_looks_at_no_person(centre: Centre, kiosks: Kiosks) -> None:
    """Whatever a thief times or counts: the call that takes a NIK looks for no NIK."""
    kiosk = kiosks.add("30001")
    kiosk.exchange(kiosk.record(1, nik=NIK))
    with centre.connect() as owner:
        owner.execute("SELECT centre.match_pending(NULL, NULL)")
    asked = json.dumps(kiosk.request([kiosk.record(2, nik=NIK)]))
    # A session of its own: the counts of one include what it did before.
    with centre.connect() as owner, owner.transaction():
        owner.execute(f"SET SESSION AUTHORIZATION kiosk_{kiosk.number}")
        answered = owner.execute("SELECT kiosk_api.exchange(%s::jsonb)", (asked,)).fetchone()
        owner.execute("RESET SESSION AUTHORIZATION")
        looked = owner.execute(
            "SELECT relname, coalesce(seq_scan, 0) + coalesce(idx_scan, 0), n_tup_ins"
            " FROM pg_stat_xact_user_tables WHERE relname IN ('person', 'match')"
        ).fetchall()
    assert answered is not None
    assert outcomes(answered[0]) == [("stored", 2, "")]
    assert sorted(looked) == [("match", 0, 0), ("person", 0, 1)]


def test_what_was_handed_in_is_looked_at_in_calls_of_others(centre: Centre, kiosks: Kiosks) -> None:
    mine, other = kiosks.add("30001"), kiosks.add("30002", "36.04.10")
    mine.exchange(mine.record(1))
    mine.exchange()
    with centre.connect() as owner:
        assert owner.execute("SELECT count(*) FROM centre.to_match").fetchone() == (1,)
        other.exchange()
        assert owner.execute("SELECT count(*) FROM centre.to_match").fetchone() == (0,)


def test_settings_of_the_thief_store_the_same_record(centre: Centre, kiosks: Kiosks) -> None:
    kiosk = kiosks.add("30001")
    for setting in HOSTILE:
        try:
            kiosk.connection.execute(setting.encode())
        except psycopg.Error:
            continue
    one = kiosk.record(1, name="MOH. MA'MUN BIN UJANG")
    assert outcomes(kiosk.exchange(one)) == [("stored", 1, "")]
    with centre.connect() as owner:
        found = owner.execute(
            "SELECT hash = sha256(convert_to(payload::text, 'UTF8')),"
            " (SELECT p.name = centre.fold_name(payload->'row'->>'name') FROM centre.person p),"
            " day FROM centre.registration"
        ).fetchone()
    assert found == (True, True, one["row"]["registered_at"][:10])


def test_nobody_but_the_owner_may_do_anything_in_any_schema(centre: Centre) -> None:
    with centre.connect() as owner:
        loose = owner.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p"
            " JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')"
            " AND has_schema_privilege('anjungan_kiosk', n.oid, 'USAGE')"
            " AND has_function_privilege('anjungan_kiosk', p.oid, 'EXECUTE')"
        ).fetchall()
    allowed = {"exchange", "reconcile", "recover", "claim", "fetch_config", "put_bundle"}
    assert {name.partition("(")[0] for (name,) in loose} == {f"kiosk_api.{one}" for one in allowed}
