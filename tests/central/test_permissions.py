"""docs/permissions.md, the program's check and the database's grants say the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
import pytest
from samples import ROOT

from central.enrolled import OFFICE
from central.fixtures import Centres
from central.offices import Offices, offices_of
from kiosk.central.address import Login
from kiosk.central.enrolment import run_on_kiosk
from kiosk.central.staff import add
from kiosk.domain.registration import ALLOWED_NEXT, Status
from kiosk.domain.staff import MAY, Action, CentreRole, Role

ON_A_KIOSK = {
    Role.CLERK: CentreRole.CLERK,
    Role.SUPERVISOR: CentreRole.SUPERVISOR,
    Role.ADMIN: CentreRole.OFFICE_ADMIN,
}
GROUPS = (*(role.value for role in CentreRole), "kiosk")


@dataclass(frozen=True)
class Line:
    """One line of the table: for whom, and what it allows on a kiosk and at the centre."""

    groups: frozenset[str]
    actions: tuple[str, ...]
    functions: tuple[str, ...]


@cache
def table() -> tuple[Line, ...]:
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in (ROOT / "docs" / "permissions.md").read_text("utf-8").splitlines()
        if line.startswith("|")
    ]
    heads, lines = rows[0], rows[2:]
    return tuple(
        Line(
            frozenset(name for name in GROUPS if row[heads.index(name)] == "yes"),
            _words(row[heads.index("at the kiosk")]),
            _words(row[heads.index("at the centre")]),
        )
        for row in lines
    )


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(",") if word.strip())


def allowed_at_the_centre() -> dict[str, frozenset[str]]:
    return {name: line.groups for line in table() for name in line.functions}


@pytest.fixture(scope="module")
def offices(centres: Centres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    with centres.new() as centre:
        made = offices_of(centre, tmp_path_factory.mktemp("offices"))
        yield made
        made.close()


def test_the_table_names_every_action_once() -> None:
    named = [action for line in table() for action in line.actions]
    assert sorted(named) == sorted(action.value for action in Action)


def test_the_program_allows_what_the_table_allows() -> None:
    for line in table():
        for action in map(Action, line.actions):
            allowed = {at.value for role, at in ON_A_KIOSK.items() if action in MAY[role]}
            assert allowed == line.groups & {at.value for at in ON_A_KIOSK.values()}, action


def test_the_table_names_every_function_once(offices: Offices) -> None:
    named = [name for line in table() for name in line.functions]
    with offices.centre.connect() as owner:
        there = owner.execute(
            "SELECT pronamespace::regnamespace || '.' || proname FROM pg_proc "
            "WHERE pronamespace::regnamespace::text LIKE '%\\_api'"
        ).fetchall()
    assert sorted(named) == sorted(str(name) for (name,) in there)


def test_the_grants_are_what_the_table_allows(offices: Offices) -> None:
    with offices.centre.connect() as owner:
        granted = owner.execute(
            "SELECT p.pronamespace::regnamespace || '.' || p.proname, g.rolname, "
            "  has_function_privilege(g.oid, p.oid, 'EXECUTE') "
            "  AND has_schema_privilege(g.oid, p.pronamespace, 'USAGE') "
            "FROM pg_proc p, pg_roles g "
            "WHERE p.pronamespace::regnamespace::text LIKE '%\\_api' "
            "AND g.rolname LIKE 'anjungan\\_%' "
            "AND g.rolname NOT IN ('anjungan_owner', 'anjungan_logins')"
        ).fetchall()
    assert {group for _, group, _ in granted} == {f"anjungan_{name}" for name in GROUPS}
    allowed = allowed_at_the_centre()
    wrong = [
        (function, group)
        for function, group, may in granted
        if may is not (group.removeprefix("anjungan_") in allowed[function])
    ]
    assert wrong == []


@pytest.mark.parametrize("role", CentreRole)
def test_a_persons_call_gets_as_far_as_the_table_says(offices: Offices, role: CentreRole) -> None:
    office = OFFICE if role in ON_A_KIOSK.values() else ""
    assert _passed(offices, offices.person(role, office)) == _of(role.value)


def test_a_kiosks_call_gets_as_far_as_the_table_says(offices: Offices) -> None:
    run_on_kiosk(offices.console, "open_recovery", offices.here.number, 1)
    assert _passed(offices, offices.here.login) == _of("kiosk")


def _of(group: str) -> set[str]:
    return {name for name, groups in allowed_at_the_centre().items() if group in groups}


def _passed(offices: Offices, login: Login) -> set[str]:
    """The functions whose own check lets a login pass: it was granted all of them."""
    with offices.centre.connect() as owner:
        signatures = _signatures(owner)
        owner.execute("CREATE ROLE everything")
        for schema in ("kiosk_api", "desk_api", "branch_api", "report_api", "console_api"):
            owner.execute(f"GRANT USAGE ON SCHEMA {schema} TO everything")
            owner.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO everything")
        owner.execute(f"GRANT everything TO {login.role}")
    try:
        url = offices.centre.url(login.role, login.secret)
        with psycopg.connect(url, autocommit=True) as person:
            return {name for name, call in signatures.items() if _passes(person, call)}
    finally:
        with offices.centre.connect() as owner:
            owner.execute("DROP OWNED BY everything")
            owner.execute("DROP ROLE everything")


def _signatures(owner: "psycopg.Connection[Any]") -> dict[str, str]:
    """Each function with a call of it, all arguments null."""
    rows = owner.execute(
        "SELECT p.pronamespace::regnamespace || '.' || p.proname, "
        "  format('SELECT %s.%s(%s)', p.pronamespace::regnamespace, p.proname, ("
        "    SELECT string_agg('NULL::' || format_type(t, NULL), ', ' ORDER BY n) "
        "    FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a (t, n))) "
        "FROM pg_proc p WHERE p.pronamespace::regnamespace::text LIKE '%\\_api'"
    ).fetchall()
    return dict(rows)


def _passes(person: "psycopg.Connection[Any]", call: str) -> bool:
    try:
        with person.transaction(force_rollback=True):
            person.execute(call)
    except psycopg.Error as error:
        return error.sqlstate not in {"42501", "AB002"}
    return True


def test_whoever_has_not_claimed_can_do_nothing_else(offices: Offices) -> None:
    token = add(offices.console, "Pak Dedi", CentreRole.SUPERVISOR, OFFICE)
    assert _passed(offices, token.login) == {"desk_api.claim"}


def test_functions_with_rights_of_their_own_are_guarded(offices: Offices) -> None:
    with offices.centre.connect() as owner:
        loose = owner.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p "
            "WHERE p.prosecdef AND p.pronamespace::regnamespace::text NOT LIKE 'pg\\_%' "
            "AND (NOT coalesce(p.proconfig, '{}') && "
            "       ARRAY['search_path=pg_catalog, pg_temp'] "
            "  OR has_function_privilege('public', p.oid, 'EXECUTE') "
            "  OR p.proowner <> CASE p.pronamespace::regnamespace::text WHEN 'logins' "
            "     THEN 'anjungan_logins'::regrole ELSE 'anjungan_owner'::regrole END)"
        ).fetchall()
    assert loose == []


def test_a_login_is_in_one_group_and_bounded(offices: Offices) -> None:
    logins = {offices.here.login.role: ("anjungan_kiosk", 2)}
    for role in CentreRole:
        office = OFFICE if role.is_of_an_office else ""
        login = add(offices.console, "Orang", role, office).login
        logins[login.role] = (role.group, 4)
    with offices.centre.connect() as owner:
        for name, (group, connections) in logins.items():
            found = owner.execute(
                "SELECT array(SELECT m.roleid::regrole::text FROM pg_auth_members m "
                "  WHERE m.member = r.oid), rolconnlimit, rolsuper, rolbypassrls, rolreplication, "
                "  has_database_privilege(r.oid, current_database(), 'TEMP'), "
                "  has_database_privilege(r.oid, current_database(), 'CREATE'), "
                "  EXISTS (SELECT FROM pg_db_role_setting s WHERE s.setrole = r.oid "
                "    AND s.setconfig::text LIKE '%%statement_timeout%%') "
                "FROM pg_roles r WHERE rolname = %s",
                [name],
            ).fetchone()
            assert found == ([group], connections, *[False] * 5, True), name


# ------------------------------------------------------------ what may follow what


def test_the_centre_lets_the_same_status_follow_as_the_kiosk(offices: Offices) -> None:
    with offices.centre.connect() as owner:
        follows = {
            (one, next_)
            for one in Status
            for next_ in Status
            if owner.execute("SELECT centre.may_follow(%s, %s)", [one, next_]).fetchone() == (True,)
        }
    assert follows == {(one, next_) for one, all_ in ALLOWED_NEXT.items() for next_ in all_}
