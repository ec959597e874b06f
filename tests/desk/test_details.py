"""One record in full: nothing missing, nothing that the account may not do, no NIK unnoticed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from probes import rows_at
from samples import ANSWERS, FACTS, PHONE, StillClock, make_application, nik_of

from kiosk.accounts import Created
from kiosk.desk.actions import correct, mark_paid
from kiosk.desk.details import WholeNik, open_record, see_nik
from kiosk.desk.session import Desk, NotAllowed, NotFound
from kiosk.desk.staffing import create
from kiosk.domain.correction import answers_of
from kiosk.domain.desk import Became, Corrected, Noted, SlipMoved, Transfer
from kiosk.domain.orders import NEEDS, POSSIBLE, Order
from kiosk.domain.print_job import PrintState
from kiosk.domain.registration import Status
from kiosk.domain.staff import Action, Role
from kiosk.storage.store import Store

from .office import (
    ADMIN,
    CLERK,
    PAYMENT,
    SUPERVISOR,
    bring_to,
    desk_of,
    detail_of,
    enrol,
    set_slip,
)

EVERY_STATUS = sorted(Status)


def test_everything_is_there_but_the_whole_nik(desk: Desk, clock: StillClock) -> None:
    one = enrol(desk.store, clock)
    detail = detail_of(desk, one)
    resident = detail.registration.application.resident
    assert resident.nik == "************0001"
    assert (resident.phone, detail.registration.number[-2]) == (PHONE, "1")
    assert nik_of(1) not in repr(detail)
    assert [str(part.month) for part in detail.registration.application.this_month.months] == [
        "2026-11",
        "2026-12",
        "2027-01",
    ]
    assert (detail.slip, detail.transfer) == (PrintState.OWED, Transfer.ON_THIS_KIOSK)
    assert [event.what for event in detail.history] == [
        Became(Status.REGISTERED),
        SlipMoved(0, PrintState.OWED, ""),
    ]


def test_the_whole_nik_is_shown_once_it_is_noted_who_looks(
    desk: Desk, store_folder: Path, clock: StillClock
) -> None:
    one = enrol(desk.store, clock)
    assert see_nik(desk, one) == WholeNik(nik_of(1))
    assert rows_at(store_folder)["audit"][-1][2:6] == ("nik_seen", one, CLERK.id, "")
    assert Noted("nik_seen", "") in [event.what for event in detail_of(desk, one).history]
    assert detail_of(desk, one).registration.revision == 1


def test_an_admin_sees_no_record_and_no_nik(store: Store, clock: StillClock) -> None:
    one = enrol(store, clock)
    admin = desk_of(ADMIN, store, clock)
    assert open_record(admin, one) == see_nik(admin, one) == NotAllowed(Action.SEE)


def test_an_id_of_nobody_opens_nothing(desk: Desk) -> None:
    assert open_record(desk, "nobody") == see_nik(desk, "nobody") == NotFound()


def test_the_history_names_who_by_the_name_of_the_account(
    store: Store, store_folder: Path, clock: StillClock
) -> None:
    made = create(desk_of(ADMIN, store, clock), "Rina S.", Role.CLERK, "402917")
    assert isinstance(made, Created)
    rina = desk_of(made.account, store, clock)
    one = enrol(store, clock)
    bring_to(store_folder, one, Status.ACCEPTED)
    clock.forward(timedelta(minutes=1))
    mark_paid(rina, one, PAYMENT)
    clock.forward(timedelta(minutes=1))
    correct(rina, one, 2, replace(detail_of(rina, one).answers, name="BUDI"), "x")
    told = [(event.actor, type(event.what)) for event in detail_of(rina, one).history]
    assert told == [("", Became), ("", SlipMoved), ("Rina S.", Became), ("Rina S.", Corrected)]


def test_of_several_corrections_each_tells_its_own_before_and_after(
    desk: Desk, clock: StillClock
) -> None:
    one = enrol(desk.store, clock)
    for revision, name in enumerate(("BUDI", "BUDIMAN"), start=1):
        correct(desk, one, revision, replace(detail_of(desk, one).answers, name=name), "x")
    told = [
        (change.before, change.after)
        for event in detail_of(desk, one).history
        if isinstance(event.what, Corrected)
        for change in event.what.changes
    ]
    assert told == [("AHMAD SAPRUDIN", "BUDI"), ("BUDI", "BUDIMAN")]


@pytest.mark.parametrize("status", EVERY_STATUS)
def test_what_can_be_done_follows_from_role_and_status(
    store: Store, store_folder: Path, clock: StillClock, status: Status
) -> None:
    one = enrol(store, clock)
    bring_to(store_folder, one, status)
    for account in (CLERK, SUPERVISOR):
        assert detail_of(desk_of(account, store, clock), one).orders == {
            order for order in Order if account.may(NEEDS[order]) and status in POSSIBLE[order]
        }


def test_the_slip_shown_is_the_latest_copy(
    desk: Desk, store_folder: Path, clock: StillClock
) -> None:
    one = enrol(desk.store, clock)
    set_slip(store_folder, one, "came_out", "person")
    with desk.store.transaction() as record:
        record.add_print_job(one, 1, clock.now())
    assert detail_of(desk, one).slip is PrintState.OWED


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"desa_code": "36.04.09.2002"},
        {"segment_id": "umkm", "job_id": "perajin", "question_yes": False},
        {"segment_id": "konstruksi", "job_id": "tukang_cat", "question_yes": False},
        {"income_digits": "250000", "months": 12},
    ],
)
def test_the_answers_of_a_record_lead_to_the_same_record(changes: dict[str, Any]) -> None:
    applied = make_application(**changes)
    again = answers_of(applied, FACTS)
    kept = {
        name: getattr(replace(ANSWERS, **changes), name)
        for name in ("segment_id", "job_id", "question_yes", "nik", "name", "lives", "desa_code")
    }
    assert {name: getattr(again, name) for name in kept} == kept
    assert make_application(**{name: getattr(again, name) for name in FROM_ANSWERS}) == applied


FROM_ANSWERS = (
    *("segment_id", "job_id", "question_yes", "nik", "name", "birth_date_digits", "lives"),
    *("desa_code", "phone_owner", "phone", "income_period", "income_digits", "package", "months"),
)
