"""Whoever holds a transaction open, whatever limits they set aside, stops no hand-in for good."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from central.enrolled import connect
from central.fixtures import Centre
from central.kiosks import outcomes
from central.offices import Offices, offices_of
from central.publishing import Admin, report, signing_key
from kiosk.domain.staff import CentreRole

Connection = psycopg.Connection[Any]


@pytest.fixture
def offices(centre: Centre, tmp_path: Path) -> Iterator[Offices]:
    with closing(offices_of(centre, tmp_path)) as made:
        yield made


@pytest.fixture
def admin(offices: Offices) -> Iterator[Connection]:
    """An admin at a prompt."""
    with connect(offices.centre, offices.person(CentreRole.KABUPATEN_ADMIN)) as made:
        yield made


def hold(connection: Connection, *asked: str) -> None:
    """Set the session's own limits aside, and hold a transaction open."""
    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(f"SET {name} = 0".encode())
    connection.execute("BEGIN")
    for one in asked:
        connection.execute(one.encode())


@pytest.fixture
def impatient(offices: Offices) -> Callable[[], None]:
    """Lets the centre take any transaction for overlong."""

    def shorten() -> None:
        with offices.centre.connect() as owner:
            owner.execute(
                "CREATE OR REPLACE FUNCTION centre.longest() RETURNS interval LANGUAGE sql"
                " IMMUTABLE AS $$ SELECT interval '0' $$"
            )

    return shorten


def test_an_admin_who_publishes_for_ever_holds_up_no_kiosk(
    offices: Offices, admin: Connection
) -> None:
    """Not even while the centre has to decide about the version that they hold."""
    publisher = Admin(offices.console, signing_key())
    publisher.publish(offices.here.number, hold_minutes=60, retention_days=30)
    report(offices.here, 1)
    hold(
        admin,
        "SELECT console_api.withdraw(1)",
        "SELECT console_api.alarms()",
        "SELECT console_api.fleet()",
        "SELECT report_api.counts('2026-01-01', '2026-12-31')",
    )
    assert report(offices.here, 1, trouble=9)["protocol"] == 1
    assert outcomes(offices.there.hand_in(offices.there.row(2)))[0][0] == "stored"


@pytest.mark.parametrize("role", ["admin", "report", "branch"])
def test_whoever_holds_a_kiosk_for_longer_than_anything_takes_is_ended(
    offices: Offices, role: str, impatient: Callable[[], None]
) -> None:
    row = offices.here.row(1, status="handed_over")
    offices.here.hand_in(row)
    held = {
        "admin": f"SELECT console_api.set_cap('{offices.here.number}', 10)",
        "branch": "SELECT branch_api.answer('"
        f'[{{"number": "{row["number"]}", "answer": "accepted"}}]\')',
        "report": "SELECT report_api.renewals()",
    }[role]
    login = offices.person(CentreRole.KABUPATEN_ADMIN if role == "admin" else CentreRole(role))
    with connect(offices.centre, login) as hostile:
        hold(hostile, held)
        impatient()
        assert outcomes(offices.here.hand_in(offices.here.row(2)))[0][0] == "stored"
        with pytest.raises(psycopg.OperationalError):
            hostile.execute("SELECT 1")


def test_who_works_as_usual_is_left_alone(offices: Offices, admin: Connection) -> None:
    with admin.transaction():
        admin.execute("SELECT console_api.kiosks()")
        assert outcomes(offices.here.hand_in(offices.here.row(1)))[0][0] == "stored"
        admin.execute("SELECT console_api.alarms()")
