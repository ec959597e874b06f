"""Every role that reaches the centre tries what is not its own; an admin, what no admin may.

Each login runs all statements of console_attacks.py, and calls every function that the table of
docs/permissions.md does not give it. 0 read, 0 altered, 0 given.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from central.console_attacks import (
    DOCUMENTS,
    HARMLESS,
    JSONS,
    NUMBERS,
    TEXTS,
    UUIDS,
    VERIFIER,
    Victims,
    statements,
)
from central.enrolled import OFFICE, connect
from central.fixtures import Centres
from central.offices import Offices, offices_of
from central.publishing import Admin, signing_key
from central.test_clerk_attack import ID, NAME, NIK, PHONE, TRACES
from central.test_permissions import allowed_at_the_centre
from kiosk.central.address import Login
from kiosk.central.staff import add
from kiosk.domain.staff import CentreRole

GROUPS = (*(role.value for role in CentreRole), "kiosk")
HIDDEN = (*TRACES, "SCRAM-SHA-256$", "root:x:0:0")
"""Of the person; what passwords are checked by; the server's files."""
MISTAKES = {"42601", "42703", "42P01", "42P02", "XX000"}
"""What is no statement, or names what is not there, proves nothing; of a function, it was bent."""


@dataclass(frozen=True)
class Scene:
    """A centre with people of every role, and a person registered in the other office."""

    offices: Offices
    logins: Mapping[str, Login]
    victims: Victims
    functions: Mapping[str, tuple[str, ...]]
    """Each function of the centre with its arguments, "name type"."""

    def not_theirs(self, group: str) -> list[str]:
        """Calls of the functions that a group may not call, with what would do something."""
        allowed = allowed_at_the_centre()
        return [
            call(name, self.values(name)) for name in self.functions if group not in allowed[name]
        ]

    def values(self, name: str) -> list[str]:
        """Good values for a function, as SQL."""
        values = {one: value_of(one, self.victims) for one in self.functions[name]}
        if name == "console_api.enrol":
            values["number text"] = "NULL"  # the victim's is taken: one is drawn
        return list(values.values())

    def tries(self, group: str) -> list[str]:
        """All that a login of this group tries."""
        allowed = allowed_at_the_centre()
        shared = [
            line
            for line in statements(self.victims)
            if not any(group in allowed.get(name, ()) for name in _FUNCTION.findall(line))
        ]
        return [*shared, *self.not_theirs(group)]


def call(name: str, values: list[str]) -> str:
    """The statement that calls a function."""
    return f"SELECT {name}({', '.join(values)})"


_FUNCTION = re.compile(r"(\w+_api\.\w+)\(")


def value_of(argument: str, victims: Victims) -> str:
    """A good value, as SQL, for a function's argument "name type"."""
    name, _, kind = argument.partition(" ")
    named = {
        "number": victims.number,
        "trial_number": victims.number,
        "office": "36.04.10",
        "name": "Orang Lain",
        "role": "supervisor",
        "kind": "lock",
        "message": "",
        "login": victims.supervisor,
        "verifier": VERIFIER,
        "from_day": "2026-01-01",
        "to_day": "2026-12-31",
        "keep": "kiosk",
        "verdict": "different",
        "words": NIK,
        "signature": "A" * 86 + "==",
    }
    whole = {"of_year": "2026", "wanted": "7"}
    by_kind = {
        "integer": whole.get(name, "1"),
        "bigint": "1",
        "jsonb": "'{}'::jsonb",
        "bytea": "'{}'::bytea",
        "uuid": f"'{victims.registration}'::uuid",
    }
    return by_kind.get(kind) or f"'{named.get(name, 'alasan')}'"


@pytest.fixture(scope="module")
def scene(centres: Centres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with centres.new() as centre:
        offices = offices_of(centre, tmp_path_factory.mktemp("offices"))
        row = offices.there.row(1, id=ID, nik=NIK, name=NAME, phone=PHONE, birth_date="1987-08-17")
        offices.there.hand_in(row)
        Admin(offices.console, signing_key()).publish(offices.here.number, retention_days=30)
        logins = {
            role.value: offices.person(role, OFFICE if role.is_of_an_office else "")
            for role in CentreRole
        }
        logins["kiosk"] = offices.here.login
        other = offices.person(CentreRole.SUPERVISOR, "36.04.10").role
        waiting = add(offices.console, "Belum", CentreRole.SUPERVISOR, "36.04.10").login.role
        victims = Victims(
            offices.console.login.role,
            other,
            waiting,
            offices.there.login.role,
            offices.there.number,
            ID,
        )
        with centre.connect() as owner:
            found = owner.execute(
                "SELECT pronamespace::regnamespace || '.' || proname,"
                " pg_get_function_identity_arguments(oid) FROM pg_proc"
                " WHERE pronamespace::regnamespace::text LIKE '%\\_api' ORDER BY 1"
            ).fetchall()
        functions = {name: tuple(filter(None, said.split(", "))) for name, said in found}
        yield Scene(offices, logins, victims, functions)
        offices.close()


def fingerprint(offices: Offices, *, left_out: tuple[str, ...] = ()) -> dict[str, object]:
    """What stands at the centre and in the server's catalogs: contents, rights, logins."""
    catalogs = {
        "roles": "SELECT a::text FROM pg_authid a",
        "members": "SELECT m.roleid, m.member, m.admin_option FROM pg_auth_members m",
        "settings": "SELECT s::text FROM pg_db_role_setting s",
        "functions": "SELECT p.oid, p.proowner, p.proacl, p.prosrc, p.proconfig, p.prosecdef"
        " FROM pg_proc p WHERE p.oid >= 16384",
        "tables": "SELECT c.oid, c.relowner, c.relacl, c.relname FROM pg_class c"
        " WHERE c.oid >= 16384",
        "schemas": "SELECT n::text FROM pg_namespace n WHERE n.nspname !~ '^pg_t'",
        "databases": "SELECT d.datname, d.datacl FROM pg_database d",
        "rules": "SELECT (SELECT count(*) FROM pg_trigger), (SELECT count(*) FROM pg_rewrite),"
        " (SELECT count(*) FROM pg_operator), (SELECT count(*) FROM pg_cast),"
        " (SELECT count(*) FROM pg_largeobject_metadata), (SELECT count(*) FROM pg_extension)",
    }
    with offices.centre.connect() as owner:
        names = owner.execute(
            "SELECT relname FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'centre'::regnamespace"
        ).fetchall()
        asked = catalogs | {name: f"SELECT t::text FROM centre.{name} t" for (name,) in names}
        return {
            name: sorted(map(str, owner.execute(query).fetchall()))
            for name, query in asked.items()
            if name not in left_out
        }


@dataclass(frozen=True)
class Answer:
    """What a statement was answered: its rows, or why not (`state`)."""

    said: str
    state: str = ""

    def told(self, asked: str) -> list[str]:
        """What it tells that stays hidden, but for what was in the question."""
        return [one for one in HIDDEN if one in self.said and one not in asked]


def answer(
    connection: "psycopg.Connection[Any]", statement: str, values: tuple[object, ...] = ()
) -> Answer:
    """Run one statement; whatever it set for the session is taken back."""
    try:
        cursor = connection.execute(statement.encode(), values or None, prepare=False)
        rows: list[Any] = []
        while True:
            rows += cursor.fetchall() if cursor.description else []
            if not cursor.nextset():
                return Answer(str(rows))
    except psycopg.Error as error:
        diag = error.diag
        return Answer(
            f"{diag.message_primary} {diag.message_detail} {diag.context}", error.sqlstate or "?"
        )
    finally:
        connection.execute(b"ROLLBACK; RESET ALL; RESET ROLE", prepare=False)


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_is_read_altered_or_given(scene: Scene, group: str) -> None:
    tries = scene.tries(group)
    assert len(tries) >= 60
    before = fingerprint(scene.offices)
    with connect(scene.offices.centre, scene.logins[group]) as attacker:
        answers = {line: answer(attacker, line) for line in tries}
    assert fingerprint(scene.offices) == before
    assert {line: got.told(line) for line, got in answers.items() if got.told(line)} == {}
    assert [line for line, got in answers.items() if not got.state and line not in HARMLESS] == []
    assert [line for line in scene.not_theirs(group) if answers[line].state != "42501"] == []
    assert [line for line, got in answers.items() if got.state in MISTAKES] == []


def test_an_attack_that_could_succeed_would_be_seen(scene: Scene) -> None:
    with scene.offices.centre.connect() as owner:
        got = answer(owner, f"SELECT payload FROM centre.registration WHERE id = '{ID}'")
        assert got.told("") == list(TRACES)
        assert answer(owner, "SELECT rolpassword FROM pg_authid").told("") == ["SCRAM-SHA-256$"]


def test_nothing_that_an_admin_may_call_tells_of_a_person(scene: Scene) -> None:
    allowed = allowed_at_the_centre()
    told = {}
    with connect(scene.offices.centre, scene.logins["kabupaten_admin"]) as admin:
        for name in scene.functions:
            if "kabupaten_admin" in allowed[name]:
                asked = call(name, scene.values(name))
                told[name] = answer(admin, f"BEGIN; {asked}").told(asked)
    assert len(told) >= 30
    assert {name: traces for name, traces in told.items() if traces} == {}


# ------------------------------------------------------------ hostile arguments


CHANGED_AT_WILL = ("alarm", "audit", "command", "kiosk", "staff", "target")
"""What good values beside a hostile one may change: names, orders and notes are data."""


HOSTILE: Mapping[str, tuple[object, ...]] = {
    "text": TEXTS,
    "bytea": DOCUMENTS,
    "jsonb": JSONS,
    "uuid": UUIDS,
}


def hostile_calls(scene: Scene, name: str) -> list[tuple[str, tuple[object, ...]]]:
    """Calls of a function, each with one hostile argument among good ones."""
    calls: list[tuple[str, tuple[object, ...]]] = []
    arguments = scene.functions[name]
    for place, argument in enumerate(arguments):
        kind = argument.partition(" ")[2]
        values = scene.values(name)
        hostile = HOSTILE.get(kind, NUMBERS)
        values[place] = {"text": "E'a\\000b'", "bytea": "NULL"}.get(kind, "NULL")
        calls.append((call(name, values), ()))
        values[place] = f"%s::{kind}"
        calls += [(call(name, values), (one,)) for one in hostile]
    return calls


def test_no_argument_of_any_function_is_taken_for_sql(scene: Scene) -> None:
    """Every function is found in the catalog, so that a new one is tried as well."""
    allowed = allowed_at_the_centre()
    before = fingerprint(scene.offices, left_out=CHANGED_AT_WILL)
    bent, told, count = [], [], 0
    for group, login in scene.logins.items():
        names = [name for name in scene.functions if group == min(allowed[name])]
        with connect(scene.offices.centre, login) as attacker:
            for name in names:
                for asked, values in hostile_calls(scene, name):
                    got = answer(attacker, asked, values)
                    count += 1
                    bent += [(asked, got)] if got.state in MISTAKES else []
                    told += [asked] if got.told(f"{asked}{values}") else []
    assert bent == []
    assert told == []
    assert count > 1000
    assert fingerprint(scene.offices, left_out=CHANGED_AT_WILL) == before
    with scene.offices.centre.connect() as owner:
        roles = owner.execute("SELECT role_name, role FROM centre.staff WHERE active").fetchall()
        acts = owner.execute("SELECT count(*) FROM centre.audit WHERE action = 'let_in'").fetchone()
    assert len(roles) == len(CentreRole) + 2
    assert acts is not None
    assert acts[0] > 0
