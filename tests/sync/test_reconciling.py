"""Once a day both sides are compared; what differs is named, and handed in once more."""

from datetime import timedelta

import pytest

from kiosk.domain.centre_desk import Reconciled
from kiosk.domain.failures import KioskFailure
from kiosk.sync.line import NotReached
from kiosk.sync.reconciling import is_due, reconcile
from sync.office import KioskAtCentre
from sync.test_handing_in import are_equal


def compare(kiosk: KioskAtCentre) -> Reconciled:
    return reconcile(kiosk.store, kiosk.faults, kiosk.clock)


def spoil(kiosk: KioskAtCentre, statement: str, *values: object) -> None:
    with kiosk.centre.connect() as owner:
        owner.execute(statement.encode(), values)


def test_equal_sides_are_found_equal(kiosk: KioskAtCentre) -> None:
    for _ in range(3):
        kiosk.register(4)
        kiosk.clock.forward(timedelta(days=1))
    ids = kiosk.register(2)
    kiosk.correct(ids[0], phone="081200000001", name="AHMAD 'ÀÉ' \"SAPRUDIN\"")
    kiosk.erase(ids[1])
    kiosk.hand_in()
    assert compare(kiosk) == Reconciled(days=4, sent_again=0, only_there=0)
    assert kiosk.status().differing == 0


def test_what_the_centre_lost_is_named_and_handed_in_again(kiosk: KioskAtCentre) -> None:
    ids = kiosk.register(3)
    kiosk.clock.forward(timedelta(days=1))
    kiosk.register(3)
    kiosk.hand_in()
    spoil(kiosk, "DELETE FROM centre.registration WHERE id = %s", ids[1])
    for table in ("person", "to_match"):
        spoil(kiosk, f"DELETE FROM centre.{table} WHERE registration_id = %s", ids[1])
    assert compare(kiosk) == Reconciled(days=2, sent_again=1, only_there=0)
    assert kiosk.status().differing == 1
    assert [row["registration_id"] for row in kiosk.rows("outbox")] == [ids[1]]
    kiosk.hand_in()
    assert are_equal(kiosk)
    assert compare(kiosk).sent_again == 0
    assert kiosk.status().differing == 0


def test_other_content_is_an_alarm_and_overwritten_on_neither_side(kiosk: KioskAtCentre) -> None:
    (id_,) = kiosk.register()
    kiosk.hand_in()
    spoil(
        kiosk,
        "UPDATE centre.registration SET payload = jsonb_set(payload, '{row,phone}', '\"0800\"'),"
        " hash = sha256('x')",
    )
    assert compare(kiosk).sent_again == 1
    kiosk.hand_in()
    assert kiosk.alarms() == ["other_content"]
    assert kiosk.at_centre()[id_]["row"]["phone"] == "0800"
    assert kiosk.status().parked == 1


def test_what_only_the_centre_has_is_counted_and_brought_back_by_nobody(
    kiosk: KioskAtCentre,
) -> None:
    ids = kiosk.register(2)
    kiosk.hand_in()
    with kiosk.store.transaction() as record:
        row = record.row(ids[0])
        assert row is not None
        record._connection.exec_driver_sql("DELETE FROM print_job")
        record._connection.exec_driver_sql("DELETE FROM registration WHERE id = ?", (ids[0],))
    assert compare(kiosk) == Reconciled(days=1, sent_again=0, only_there=1)
    assert len(kiosk.rows("registration")) == 1


def test_what_is_gone_here_in_its_time_is_no_difference(kiosk: KioskAtCentre) -> None:
    ids = kiosk.register(3)
    kiosk.hand_in()
    with kiosk.store.transaction() as record:
        row = record.row(ids[0])
        assert row is not None
        record.rights.remove_in_time(row, kiosk.clock.now())
    assert compare(kiosk) == Reconciled(days=1, sent_again=0, only_there=0)
    assert set(kiosk.at_centre()) == set(ids)


def test_what_is_on_its_way_is_no_difference(kiosk: KioskAtCentre) -> None:
    kiosk.register(2)
    kiosk.hand_in()
    kiosk.register()
    assert compare(kiosk) == Reconciled(days=1, sent_again=0, only_there=0)


def test_it_is_done_once_a_day_and_when_nothing_waits(kiosk: KioskAtCentre) -> None:
    kiosk.register()
    assert not is_due(kiosk.store, kiosk.clock.now())
    kiosk.hand_in()
    assert is_due(kiosk.store, kiosk.clock.now())
    compare(kiosk)
    assert not is_due(kiosk.store, kiosk.clock.now())
    kiosk.clock.forward(timedelta(hours=21))
    assert is_due(kiosk.store, kiosk.clock.now())


def test_without_an_answer_nothing_is_said_to_be_equal(kiosk: KioskAtCentre) -> None:
    kiosk.register()
    kiosk.hand_in()
    kiosk.faults.instead = [NotReached("C 21", was_sending=False)]
    with pytest.raises(KioskFailure) as failed:
        compare(kiosk)
    assert failed.value.code == "C 21"
    assert is_due(kiosk.store, kiosk.clock.now())
