"""A request that was given up arrives behind its repetition; a copy that does the same is found."""

from copy import copy

from central.fixtures import Centre
from central.kiosks import Kiosks


def _alarms(centre: Centre) -> list[str]:
    with centre.connect() as owner:
        return [kind for (kind,) in owner.execute("SELECT kind FROM centre.alarm").fetchall()]


def test_the_repetitions_ticket_counts_after_the_late_request(
    centre: Centre, kiosks: Kiosks
) -> None:
    kiosk = kiosks.add()
    kiosk.exchange()
    late = copy(kiosk)
    kiosk.exchange(kiosk.record(1))
    late.exchange(keep=False)
    assert not kiosk.exchange(kiosk.record(2))["copied"]
    assert not kiosk.exchange(kiosk.record(3))["copied"]
    assert _alarms(centre) == []


def test_of_two_copies_that_both_got_on_the_second_is_found(centre: Centre, kiosks: Kiosks) -> None:
    kiosk = kiosks.add()
    kiosk.exchange()
    other = copy(kiosk)
    kiosk.exchange(kiosk.record(1))
    other.exchange(other.record(2))
    assert not kiosk.exchange(kiosk.record(3))["copied"]
    assert other.exchange(other.record(4))["copied"]
    assert _alarms(centre) == ["copied"]


def test_the_other_ticket_counts_once(centre: Centre, kiosks: Kiosks) -> None:
    kiosk = kiosks.add()
    kiosk.exchange()
    other = copy(kiosk)
    kiosk.exchange(kiosk.record(1))
    other.exchange(other.record(2))
    assert not other.exchange(other.record(4))["copied"]
    assert kiosk.exchange(kiosk.record(3))["copied"]
