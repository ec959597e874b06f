"""Who may sign in: good PINs, the first admin, and waits that nothing shortens."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from probes import bytes_in
from samples import KEY, NOW

from kiosk.accounts import (
    AlreadySetUp,
    Created,
    MustWait,
    NameMissing,
    NameTaken,
    PinRefused,
    Place,
    SignedIn,
    WrongPin,
    create_account,
    create_first_admin,
    sign_in,
)
from kiosk.domain.staff import MAY, Action, PinFlaw, Role, flaw_of
from kiosk.storage.store import Store, open_store

PIN, WRONG = "402917", "402918"


class MachineClock:
    """A wall clock that can be set, and a machine that can be started anew."""

    def __init__(self) -> None:
        self.moment: datetime = NOW
        self.boot = "first"
        self._ms = 1_000_000.0

    def now(self) -> datetime:
        return self.moment

    def monotonic_ms(self) -> float:
        return self._ms

    def pass_s(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        self._ms += seconds * 1000

    def set_by(self, by: timedelta) -> None:
        self.moment += by

    def start_anew(self) -> None:
        self.boot, self._ms = "second", 1_000.0


@pytest.fixture
def clock() -> MachineClock:
    return MachineClock()


@pytest.fixture
def staffed(store_folder: Path) -> Iterator[Store]:
    """A store with one clerk."""
    store = open_store(store_folder, KEY)
    assert isinstance(create_account(store, "Rina S.", Role.CLERK, PIN), Created)
    yield store
    store.close()


def fail(store: Store, clock: MachineClock, times: int, place: Place = Place.DESK) -> int:
    """Give so many wrong PINs as soon as each is looked at; returns the wait after the last."""
    wait_s = 0
    for _ in range(times):
        clock.pass_s(wait_s)
        outcome = sign_in(store, "Rina S.", WRONG, place, clock)
        assert isinstance(outcome, WrongPin)
        wait_s = outcome.wait_s
    return wait_s


@pytest.mark.parametrize("pin", ["402917", "112358", "19850817", "123457", "909192"])
def test_an_ordinary_pin_is_taken(pin: str) -> None:
    assert flaw_of(pin) is None


@pytest.mark.parametrize(
    "pin", ["000000", "121212", "123123", "123456", "654321", "135791", "890123", "1231231"]
)
def test_a_pin_that_everybody_tries_first_is_refused(pin: str) -> None:
    assert flaw_of(pin) is PinFlaw.TRIVIAL


@pytest.mark.parametrize(
    ("pin", "flaw"),
    [
        ("40291", PinFlaw.TOO_SHORT),
        ("", PinFlaw.NOT_DIGITS),
        ("40291a", PinFlaw.NOT_DIGITS),
        ("٤٠٢٩١٧", PinFlaw.NOT_DIGITS),
        ("4029170000001", PinFlaw.TOO_LONG),
    ],
)
def test_a_pin_is_six_to_twelve_digits(pin: str, flaw: PinFlaw) -> None:
    assert flaw_of(pin) is flaw


@given(st.text())
def test_no_text_breaks_the_judgement_of_a_pin(pin: str) -> None:
    assert flaw_of(pin) in {None, *PinFlaw}


def test_there_is_one_first_admin_and_none_by_default(store: Store) -> None:
    assert create_first_admin(store, "Dedi", "123456") == PinRefused(PinFlaw.TRIVIAL)
    assert create_first_admin(store, "  ", PIN) == NameMissing()
    made = create_first_admin(store, " Dedi   K. ", PIN)
    assert isinstance(made, Created)
    assert (made.account.name, made.account.role) == ("Dedi K.", Role.ADMIN)
    assert create_first_admin(store, "Somebody", PIN) == AlreadySetUp()


def test_a_name_is_given_once_however_it_is_written(staffed: Store) -> None:
    assert create_account(staffed, "RINA  s.", Role.SUPERVISOR, PIN) == NameTaken()


def test_signing_in_takes_the_name_as_people_type_it(staffed: Store, clock: MachineClock) -> None:
    outcome = sign_in(staffed, "rina s.", PIN, Place.KIOSK, clock)
    assert isinstance(outcome, SignedIn)
    assert (outcome.account.name, outcome.account.role) == ("Rina S.", Role.CLERK)


def test_a_wrong_name_and_a_wrong_pin_are_answered_alike(
    staffed: Store, clock: MachineClock
) -> None:
    for _ in range(6):
        known = sign_in(staffed, "Rina S.", WRONG, Place.DESK, clock)
        unknown = sign_in(staffed, "Nobody", WRONG, Place.DESK, clock)
        assert known == unknown


def test_after_five_wrong_pins_one_waits_and_each_further_one_doubles_it(
    staffed: Store, clock: MachineClock
) -> None:
    assert [fail(staffed, clock, 1) for _ in range(5)] == [0, 0, 0, 0, 15]
    assert sign_in(staffed, "Rina S.", PIN, Place.DESK, clock) == MustWait(15)
    clock.pass_s(14.5)
    assert sign_in(staffed, "Rina S.", PIN, Place.DESK, clock) == MustWait(1)
    clock.pass_s(0.5)
    assert fail(staffed, clock, 1) == 30
    clock.pass_s(30)
    assert isinstance(sign_in(staffed, "Rina S.", PIN, Place.DESK, clock), SignedIn)
    assert fail(staffed, clock, 4) == 0


def test_no_wait_is_longer_than_five_minutes_so_nobody_is_locked_out(
    staffed: Store, clock: MachineClock
) -> None:
    assert fail(staffed, clock, 40) == 300
    clock.pass_s(300)
    assert isinstance(sign_in(staffed, "Rina S.", PIN, Place.DESK, clock), SignedIn)


def test_a_resident_who_tries_pins_at_the_kiosk_keeps_no_clerk_from_the_desk(
    staffed: Store, clock: MachineClock
) -> None:
    fail(staffed, clock, 9, Place.KIOSK)
    assert isinstance(sign_in(staffed, "Rina S.", PIN, Place.DESK, clock), SignedIn)


def test_a_restart_of_the_program_does_not_end_the_wait(
    staffed: Store, store_folder: Path, clock: MachineClock
) -> None:
    fail(staffed, clock, 5)
    again = open_store(store_folder, KEY)
    assert sign_in(again, "Rina S.", PIN, Place.DESK, clock) == MustWait(15)
    again.close()


@pytest.mark.parametrize("by", [timedelta(days=400), timedelta(days=-400)])
def test_setting_the_clock_neither_ends_nor_lengthens_the_wait(
    staffed: Store, clock: MachineClock, by: timedelta
) -> None:
    fail(staffed, clock, 5)
    clock.set_by(by)
    assert sign_in(staffed, "Rina S.", PIN, Place.DESK, clock) == MustWait(15)
    clock.pass_s(15)
    assert isinstance(sign_in(staffed, "Rina S.", PIN, Place.DESK, clock), SignedIn)


def test_a_new_start_with_a_clock_set_back_waits_at_most_once_more(
    staffed: Store, clock: MachineClock
) -> None:
    fail(staffed, clock, 5)
    clock.start_anew()
    clock.set_by(timedelta(days=-1))
    assert sign_in(staffed, "Rina S.", PIN, Place.DESK, clock) == MustWait(15)
    clock.pass_s(15)
    assert isinstance(sign_in(staffed, "Rina S.", PIN, Place.DESK, clock), SignedIn)


def test_no_pin_lies_in_the_store(staffed: Store, store_folder: Path, clock: MachineClock) -> None:
    fail(staffed, clock, 2)
    with staffed.transaction() as record:
        found = record.staff.find("Rina S.")
    assert found is not None
    assert PIN not in found[1]
    assert all(PIN.encode() not in content for content in bytes_in(store_folder).values())


def test_only_an_admin_manages_staff_and_no_admin_sees_a_resident() -> None:
    assert [role for role in Role if Action.MANAGE_STAFF in MAY[role]] == [Role.ADMIN]
    assert [role for role in Role if Action.SEE in MAY[role]] == [Role.CLERK, Role.SUPERVISOR]
    assert [role for role in Role if Action.VOID in MAY[role]] == [Role.SUPERVISOR]
