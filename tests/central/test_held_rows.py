"""Whoever is to be shut out cannot hold that up with a transaction that never ends."""

from pathlib import Path

import psycopg
import pytest

from central.enrolled import OFFICE
from central.fixtures import Centre
from central.offices import offices_of
from kiosk.central.enrolment import kiosks, revoke
from kiosk.central.staff import people, remove
from kiosk.domain.staff import CentreRole


def test_a_kiosk_is_revoked_while_it_keeps_a_transaction_open(
    centre: Centre, tmp_path: Path
) -> None:
    offices = offices_of(centre, tmp_path)
    held = offices.here.connection
    held.execute("SET idle_in_transaction_session_timeout = 0")
    held.execute("BEGIN")
    offices.here.exchange()
    revoke(offices.console, offices.here.number)
    (line,) = [one for one in kiosks(offices.console) if one.number == offices.here.number]
    assert line.state == "revoked"
    with pytest.raises(psycopg.OperationalError):
        held.execute("COMMIT")
    offices.close()


def test_somebody_is_removed_who_keeps_a_transaction_open(centre: Centre, tmp_path: Path) -> None:
    offices = offices_of(centre, tmp_path)
    login = offices.person(CentreRole.CLERK, OFFICE)
    with psycopg.connect(centre.url(login.role, login.secret)) as held:
        held.execute("SELECT desk_api.claim()")
        remove(offices.console, login.role)
        assert not any(one.active for one in people(offices.console) if one.login == login.role)
        with pytest.raises(psycopg.OperationalError):
            held.execute("COMMIT")
    offices.close()
