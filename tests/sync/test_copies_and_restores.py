"""An older copy of a store, and an older centre, are noticed, and nothing is lost by either."""

from pathlib import Path

import pytest

from kiosk.domain.centre import Handed, Link, Outcome
from sync.office import KioskAtCentre
from sync.test_changes_from_the_centre import change, conflicts, differ
from sync.test_handing_in import are_equal


@pytest.mark.usefixtures("nowhere")
def test_an_older_copy_of_the_store_goes_on_as_another_and_hands_everything_in(
    kiosk: KioskAtCentre,
) -> None:
    kiosk.register(2)
    kiosk.hand_in()
    copy = kiosk.kept.cut_off("copy")
    for _ in range(2):
        kiosk.register()
        kiosk.hand_in()
    before = kiosk.incarnation()
    kiosk.kept = copy
    kiosk.start_again()
    kiosk.serial += 100
    (new,) = kiosk.register()
    kiosk.hand_in()
    assert kiosk.incarnation() != before
    assert kiosk.alarms() == ["copied"]
    there = kiosk.at_centre()
    assert len(there) == 5
    assert there[new]["row"] == kiosk.row(new)
    (new,) = kiosk.register()
    assert kiosk.row(new)["counter"] > 10_000
    kiosk.hand_in()
    assert not kiosk.rows("outbox")
    assert kiosk.status().link is Link.REACHED
    events = [row["event"] for row in kiosk.rows("audit")]
    assert events.count("store_copied") == 1


@pytest.mark.usefixtures("nowhere")
def test_an_older_copy_misses_no_change_that_was_made_at_the_centre(kiosk: KioskAtCentre) -> None:
    (id_,) = kiosk.register()
    kiosk.hand_in()
    copy = kiosk.kept.cut_off("copy")
    change(kiosk, id_, phone="081299999999")
    for _ in range(2):
        kiosk.register()
        kiosk.hand_in()
    kiosk.kept = copy
    kiosk.start_again()
    kiosk.hand_in()
    assert kiosk.alarms() == ["copied"]
    assert kiosk.row(id_)["phone"] == "081299999999"


@pytest.mark.usefixtures("nowhere")
def test_a_store_made_anew_from_backup_and_journal_hands_in_what_it_must(
    kiosk: KioskAtCentre,
) -> None:
    kiosk.register(3)
    kiosk.hand_in()
    unsent = kiosk.register(2)
    kiosk.close()
    kiosk.kept.flip(1)
    kiosk.kept.flip(3)
    kiosk.start_again(closed=True)
    assert kiosk.incarnation() != kiosk.row(unsent[0])["incarnation"]
    assert (kiosk.status().waiting, len(kiosk.rows("receipt"))) == (2, 3)
    kiosk.hand_in()
    assert are_equal(kiosk)
    assert kiosk.alarms() == []


def test_after_the_centre_was_restored_what_it_lost_is_handed_in_again(
    kiosk: KioskAtCentre, tmp_path: Path
) -> None:
    kept, erased_later = kiosk.register(2)
    kiosk.hand_in()
    restored = kiosk.centre_as_it_is_now()
    lost = kiosk.register(3)
    kiosk.erase(erased_later)
    kiosk.correct(kept, phone="081200000001")
    kiosk.hand_in()
    assert are_equal(kiosk)
    unsent = kiosk.register(1)
    with restored:
        kiosk.hand_in()
        there = kiosk.at_centre()
        assert set(there) == {kept, *lost, *unsent}
        assert there[kept]["row"]["phone"] == "081200000001"
        assert are_equal(kiosk)
        assert kiosk.alarms() == []
        events = [row["event"] for row in kiosk.rows("audit")]
        assert events.count("centre_restored") == 1
        assert differ(kiosk) == 0
        kiosk.close_line()


def test_a_centre_that_begins_from_nothing_gets_everything(kiosk: KioskAtCentre) -> None:
    restored = kiosk.centre_as_it_is_now()
    ids = kiosk.register(45)
    kiosk.hand_in()
    with restored:
        kiosk.hand_in()
        kiosk.register()
        kiosk.hand_in()
        assert set(ids) < set(kiosk.at_centre())
        assert are_equal(kiosk)
        kiosk.close_line()


def test_a_change_made_at_a_restored_centre_comes_down(kiosk: KioskAtCentre) -> None:
    one, other = kiosk.register(2)
    kiosk.hand_in()
    restored = kiosk.centre_as_it_is_now()
    change(kiosk, one, phone="081299999999")
    kiosk.hand_in()
    with restored:
        kiosk.hand_in()
        change(kiosk, other, phone="081211111111")
        kiosk.hand_in()
        assert kiosk.row(other)["phone"] == "081211111111"
        kiosk.close_line()


def test_a_kiosk_that_joins_its_centre_again_repeats_no_change_and_is_no_copy(
    kiosk: KioskAtCentre,
) -> None:
    one, other = kiosk.register(2)
    kiosk.hand_in()
    change(kiosk, one, phone="081299999999", decided=True)
    change(kiosk, other, phone="081211111111")
    kiosk.hand_in()
    kiosk.correct(one, phone="081200000001")
    kiosk.correct(other, phone="081200000002")
    kiosk.hand_in()
    with kiosk.store.transaction() as record:
        record.centre.join(kiosk.membership(), kiosk.number, 2)
    kiosk.hand_in()
    assert kiosk.alarms() == []
    assert (kiosk.rows("incoming"), conflicts(kiosk)) == ([], [])
    assert kiosk.row(one)["phone"] == "081200000001"
    assert are_equal(kiosk)


def test_what_one_centre_rejected_goes_to_the_next(kiosk: KioskAtCentre) -> None:
    (id_,) = kiosk.register()
    with kiosk.store.transaction() as record:
        rejected = Handed(id_, 1, Outcome.REJECTED, 0, "bad_name")
        record.centre.acknowledge([rejected], kiosk.clock.now())
        record.centre.join(kiosk.membership(), kiosk.number)
    kiosk.hand_in()
    assert list(kiosk.at_centre()) == [id_]
