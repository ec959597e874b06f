"""Who may sign in: good PINs, the first admin, and waits that nothing shortens."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from hypothesis import given
from hypothesis import strategies as st
from probes import bytes_in, rows_at
from samples import FACTS, KEY, NOW

from kiosk.accounts import (
    ADMIN_RECOVERED,
    ADMIN_SET_UP,
    PIN_REFUSED,
    SIGNED_IN,
    SIGNED_OUT,
    AlreadySetUp,
    Created,
    MustWait,
    NameMissing,
    NameTaken,
    NoSuchAdmin,
    PinRefused,
    Place,
    Recovered,
    SignedIn,
    WrongPin,
    create_first_admin,
    has_admin,
    recover_admin,
    sign_in,
    sign_out,
    staff_names,
)
from kiosk.desk.session import Desk, NotAllowed
from kiosk.desk.staffing import (
    ACCOUNT_CREATED,
    PIN_CHANGED,
    PIN_GIVEN,
    SWITCHED_OFF,
    SWITCHED_ON,
    LastAdmin,
    NoSuchAccount,
    PinIsNew,
    Switched,
    accounts,
    change_own_pin,
    create,
    give_pin,
    switch_off,
    switch_on,
)
from kiosk.domain.audit import ChainWhole
from kiosk.domain.staff import MAY, Account, Action, PinFlaw, Role, flaw_of
from kiosk.storage.store import Store, open_store

PIN, WRONG = "402917", "402918"
NEW_PIN = "771204"


class MachineClock:
    """A wall clock that can be set, and a machine that can be started anew."""

    def __init__(self) -> None:
        self.moment: datetime = NOW
        self.boot = "first"
        self.is_trusted = True
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


def desk_of(account: Account, store: Store, clock: MachineClock) -> Desk:
    return Desk(store, FACTS, clock, account)


@pytest.fixture
def admin(store: Store, clock: MachineClock) -> Desk:
    """The first admin at the desk, on a store that has nobody else."""
    made = create_first_admin(store, "Pak Asep", PIN, clock)
    assert isinstance(made, Created)
    return desk_of(made.account, store, clock)


def take_on(admin: Desk, name: str, role: Role = Role.CLERK) -> Account:
    made = create(admin, name, role, PIN)
    assert isinstance(made, Created)
    return made.account


@pytest.fixture
def rina(admin: Desk) -> Account:
    return take_on(admin, "Rina S.")


@pytest.fixture
def staffed(rina: Account, store: Store) -> Store:
    """A store with an admin and a clerk."""
    return store


def deeds(folder: Path) -> list[tuple[str, str, str]]:
    """What the audit says: event, who, and the rest."""
    return [(row[2], row[4], row[5]) for row in rows_at(folder)["audit"]]


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


def test_there_is_one_first_admin_and_none_by_default(store: Store, clock: MachineClock) -> None:
    assert not has_admin(store)
    refused = create_first_admin(store, "Dedi", "123456", clock)
    assert refused == PinRefused(PinFlaw.TRIVIAL)
    assert create_first_admin(store, "  ", PIN, clock) == NameMissing()
    made = create_first_admin(store, " Dedi   K. ", PIN, clock)
    assert isinstance(made, Created)
    assert (made.account.name, made.account.role) == ("Dedi K.", Role.ADMIN)
    assert has_admin(store)
    assert create_first_admin(store, "Somebody", PIN, clock) == AlreadySetUp()


def test_a_name_is_given_once_however_it_is_written(admin: Desk, rina: Account) -> None:
    assert create(admin, "RINA  s.", Role.SUPERVISOR, PIN) == NameTaken()
    assert create(admin, "  ", Role.CLERK, PIN) == NameMissing()
    assert create(admin, "Dedi", Role.CLERK, "111111") == PinRefused(PinFlaw.TRIVIAL)
    assert accounts(admin) == (admin.account, rina)


@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISOR])
def test_nobody_but_an_admin_touches_the_accounts_of_others(
    admin: Desk, role: Role, store: Store, clock: MachineClock, store_folder: Path
) -> None:
    desk = desk_of(take_on(admin, "Dedi", role), store, clock)
    before = rows_at(store_folder)
    refused = NotAllowed(Action.MANAGE_STAFF)
    assert accounts(desk) == refused
    assert create(desk, "Somebody", Role.ADMIN, PIN) == refused
    assert give_pin(desk, admin.account.id, NEW_PIN) == refused
    assert switch_off(desk, admin.account.id) == refused
    assert switch_on(desk, admin.account.id) == refused
    assert rows_at(store_folder) == before


def test_an_admin_gives_a_new_pin_and_nobody_waits_for_the_old_one(
    admin: Desk, rina: Account, store: Store, clock: MachineClock
) -> None:
    for place in Place:
        fail(store, clock, 5, place)
    assert give_pin(admin, rina.id, "123123") == PinRefused(PinFlaw.TRIVIAL)
    assert give_pin(admin, rina.id, NEW_PIN) == PinIsNew()
    for place in Place:
        assert isinstance(sign_in(store, rina.name, PIN, place, clock), WrongPin)
        assert isinstance(sign_in(store, rina.name, NEW_PIN, place, clock), SignedIn)


def test_who_is_switched_off_cannot_sign_in_and_keeps_the_name_and_the_pin(
    admin: Desk, rina: Account, store: Store, clock: MachineClock
) -> None:
    off = switch_off(admin, rina.id)
    assert isinstance(off, Switched)
    assert off.account.switched_off
    assert sign_in(store, rina.name, PIN, Place.DESK, clock) == WrongPin(0)
    assert staff_names(store)[rina.id] == "Rina S."
    assert accounts(admin) == (admin.account, off.account)
    assert switch_on(admin, rina.id) == Switched(rina)
    assert sign_in(store, rina.name, PIN, Place.DESK, clock) == SignedIn(rina)


def test_the_last_admin_cannot_be_switched_off(
    admin: Desk, store: Store, clock: MachineClock
) -> None:
    assert switch_off(admin, admin.account.id) == LastAdmin()
    other = take_on(admin, "Ibu Tuti", Role.ADMIN)
    assert isinstance(switch_off(admin, admin.account.id), Switched)
    assert isinstance(switch_off(admin, admin.account.id), Switched)
    assert switch_off(desk_of(other, store, clock), other.id) == LastAdmin()


def test_an_account_that_does_not_exist_is_said_to(admin: Desk) -> None:
    outcomes = [give_pin(admin, "x", PIN), switch_off(admin, "x"), switch_on(admin, "x")]
    assert outcomes == [NoSuchAccount()] * 3


def test_ones_own_pin_is_changed_by_the_old_one(
    rina: Account, store: Store, clock: MachineClock
) -> None:
    desk = desk_of(rina, store, clock)
    assert change_own_pin(desk, Place.DESK, PIN, "654321") == PinRefused(PinFlaw.TRIVIAL)
    assert change_own_pin(desk, Place.DESK, PIN, NEW_PIN) == PinIsNew()
    assert isinstance(sign_in(store, rina.name, PIN, Place.DESK, clock), WrongPin)
    assert isinstance(sign_in(store, rina.name, NEW_PIN, Place.DESK, clock), SignedIn)


def test_at_a_desk_left_open_the_old_pin_cannot_be_tried_out(
    rina: Account, store: Store, clock: MachineClock
) -> None:
    desk = desk_of(rina, store, clock)
    for _ in range(5):
        change_own_pin(desk, Place.DESK, WRONG, NEW_PIN)
    assert change_own_pin(desk, Place.DESK, PIN, NEW_PIN) == MustWait(15)
    assert sign_in(store, rina.name, PIN, Place.DESK, clock) == MustWait(15)


def test_an_admin_who_lost_the_pin_is_given_another(
    admin: Desk, rina: Account, store: Store, clock: MachineClock, store_folder: Path
) -> None:
    for _ in range(5):
        sign_in(store, "Pak Asep", WRONG, Place.KIOSK, clock)
    assert recover_admin(store, "Pak Asep", "222222", clock) == PinRefused(PinFlaw.TRIVIAL)
    assert recover_admin(store, "Rina S.", NEW_PIN, clock) == NoSuchAdmin()
    assert recover_admin(store, "Nobody", NEW_PIN, clock) == NoSuchAdmin()
    assert recover_admin(store, "pak asep", NEW_PIN, clock) == Recovered(admin.account)
    assert isinstance(sign_in(store, "Pak Asep", NEW_PIN, Place.KIOSK, clock), SignedIn)
    recovered = [deed for deed in deeds(store_folder) if deed[0] == ADMIN_RECOVERED]
    assert recovered == [(ADMIN_RECOVERED, "", f'{{"account":"{admin.account.id}"}}')]


def test_an_admin_who_was_switched_off_does_not_come_back_by_the_terminal(
    admin: Desk, store: Store, clock: MachineClock
) -> None:
    left = take_on(admin, "Ibu Tuti", Role.ADMIN)
    switch_off(admin, left.id)
    assert recover_admin(store, "Ibu Tuti", NEW_PIN, clock) == NoSuchAdmin()


def test_the_audit_says_who_did_what_to_whose_account_and_never_a_pin(
    admin: Desk, rina: Account, store: Store, clock: MachineClock, store_folder: Path
) -> None:
    sign_in(store, "Rina S.", WRONG, Place.DESK, clock)
    sign_in(store, "SITI AMINAH", WRONG, Place.KIOSK, clock)
    sign_in(store, "Rina S.", PIN, Place.DESK, clock)
    change_own_pin(desk_of(rina, store, clock), Place.DESK, PIN, NEW_PIN)
    sign_out(store, rina, Place.DESK, clock)
    give_pin(admin, rina.id, PIN)
    switch_off(admin, rina.id)
    switch_off(admin, rina.id)
    switch_on(admin, rina.id)
    of_rina, boss = f'"account":"{rina.id}"', admin.account.id
    assert deeds(store_folder) == [
        (ADMIN_SET_UP, boss, ""),
        (ACCOUNT_CREATED, boss, f'{{{of_rina},"role":"clerk"}}'),
        (PIN_REFUSED, "", f'{{"place":"desk",{of_rina}}}'),
        (PIN_REFUSED, "", '{"place":"kiosk"}'),
        (SIGNED_IN, rina.id, '{"place":"desk"}'),
        (PIN_CHANGED, rina.id, f"{{{of_rina}}}"),
        (SIGNED_OUT, rina.id, '{"place":"desk"}'),
        (PIN_GIVEN, boss, f"{{{of_rina}}}"),
        (SWITCHED_OFF, boss, f"{{{of_rina}}}"),
        (SWITCHED_ON, boss, f"{{{of_rina}}}"),
    ]
    with store.reading() as record:
        assert isinstance(record.audit.verify(), ChainWhole)


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


def test_to_try_a_pin_takes_a_kiosk_time_and_memory(
    quick_hashes: Callable[[], PasswordHasher],
) -> None:
    cost = extract_parameters(quick_hashes().hash("480217"))
    assert cost.type is Type.ID
    assert (cost.memory_cost, cost.time_cost) >= (65536, 3)


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
