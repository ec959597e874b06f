"""A copied disk is noticed, both copies work on, and an admin decides."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from central.fixtures import Centre
from central.offices import OfficeKiosk, Offices, offices_of
from kiosk.central.enrolment import alarms, keep_both, keep_one, kiosks, stores_of


@pytest.fixture
def offices(centre: Centre, tmp_path: Path) -> Iterator[Offices]:
    made = offices_of(centre, tmp_path)
    yield made
    made.close()


def _copied(offices: Offices) -> tuple[OfficeKiosk, OfficeKiosk]:
    """A kiosk and its copy on another machine, both at work."""
    first = offices.here
    first.hand_in(first.row(1))
    copy = replace(first, incarnation=str(uuid4()), ticket="", last_receipt=0)
    copy.hand_in(copy.row(20_001, nik="3604011205800002"))
    first.hand_in(first.row(2, nik="3604011205800003"))
    return first, copy


def _questioned(offices: Offices) -> int:
    return sum(one.questioned for one in kiosks(offices.console))


def test_a_copy_is_told_to_the_admin_and_both_work_on(offices: Offices) -> None:
    first, copy = _copied(offices)
    assert [(one.kind, one.number) for one in alarms(offices.console)] == [("copied", first.number)]
    assert _questioned(offices) == 2
    seen = stores_of(offices.console, first.number)
    assert [(one.incarnation, one.registrations) for one in seen if one.registrations] == [
        (first.incarnation, 2),
        (copy.incarnation, 1),
    ]
    for kiosk, counter in ((first, 3), (copy, 20_002)):
        row = kiosk.row(counter, nik=f"36040112058{counter:05}")
        assert kiosk.hand_in(row)["outcomes"][0][2] == "stored"


def test_both_may_stay_and_are_asked_about_no_more(offices: Offices) -> None:
    first, copy = _copied(offices)
    assert keep_both(offices.console, first.number) == 2
    before = len(alarms(offices.console))
    for kiosk in (first, copy, first):
        assert kiosk.hand_in()["copied"] is False
    assert _questioned(offices) == 0
    assert len(alarms(offices.console)) == before


def test_the_one_that_gets_the_new_token_stays_and_the_other_is_out(offices: Offices) -> None:
    first, copy = _copied(offices)
    token = keep_one(offices.console, first.number).token
    for kiosk in (first, copy):
        with pytest.raises(psycopg.OperationalError):
            kiosk.hand_in()
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(offices.centre.url(copy.login.role, copy.login.secret))
    with psycopg.connect(
        offices.centre.url(token.login.role, token.login.secret), autocommit=True
    ) as own:
        own.execute(
            "SELECT kiosk_api.claim(%s, %s, %s)", ["cd" * 32, first.incarnation, first.number]
        )
        stays = replace(first, connection=own)
        answer = stays.hand_in(stays.row(4, nik="3604011205800004"))
    assert answer["outcomes"][0][2] == "stored"
    assert _questioned(offices) == 0
