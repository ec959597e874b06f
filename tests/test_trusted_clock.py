"""A clock that jumps is noticed, and nothing that is measured by it is cheated."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from machine import MachineClock
from samples import ANSWERS, FACTS, NOW, PHONE, RESOURCES, make_application, nik_of
from sqlalchemy import select

from kiosk.clock import (
    BUILT,
    LONGEST_OFF,
    ORDINARY_CORRECTION,
    Fix,
    TrustedClock,
    local_date,
)
from kiosk.data import load_data
from kiosk.desk.clock_check import CLOCK_CONFIRMED, CannotBe, Confirmed, confirm_clock
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.answers import quote_for
from kiosk.domain.registration import Flag
from kiosk.domain.staff import Account, Role
from kiosk.domain.tariff import Package, QuoteNote
from kiosk.facts import OfficeFacts
from kiosk.proof import PhoneProof, TooManyTries, clear_out, find_by_proof
from kiosk.registration import Registered, keep_draft, register
from kiosk.settings import Settings
from kiosk.storage import tables
from kiosk.storage.store import Store
from kiosk.timekeeping import KEPT_EVERY, keep_time, open_clock

WRONG = [
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2000, 1, 1, tzinfo=UTC),
    datetime(2026, 11, 22, 3, 0, tzinfo=UTC),
    datetime(2026, 11, 22, 3, 30, tzinfo=UTC),
    datetime(2027, 11, 22, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    datetime(2106, 2, 7, 6, 28, 16, tzinfo=UTC),
]
HOUR = timedelta(hours=1)
TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2106, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
SPANS = st.timedeltas(timedelta(0), timedelta(days=2))


@pytest.fixture
def machine() -> MachineClock:
    return MachineClock()


@pytest.mark.parametrize("wrong", WRONG)
def test_a_jump_is_noticed_and_time_goes_on_from_where_it_was(
    machine: MachineClock, wrong: datetime
) -> None:
    clock = TrustedClock(machine, None)
    assert (clock.now(), clock.is_trusted) == (NOW, True)
    machine.set_to(wrong)
    assert (clock.now(), clock.is_trusted) == (NOW, False)
    machine.let_pass(HOUR)
    assert (clock.now(), clock.is_trusted) == (NOW + HOUR, False)
    assert clock.standing().says == wrong + HOUR


@pytest.mark.parametrize("wrong", WRONG)
def test_a_clock_that_comes_back_is_trusted_again(machine: MachineClock, wrong: datetime) -> None:
    clock = TrustedClock(machine, None)
    machine.set_to(wrong)
    assert not clock.is_trusted
    machine.let_pass(HOUR)
    machine.set_to(NOW + HOUR + timedelta(minutes=2))
    assert (clock.now(), clock.is_trusted) == (NOW + HOUR + timedelta(minutes=2), True)


@pytest.mark.parametrize("by", [-ORDINARY_CORRECTION, ORDINARY_CORRECTION])
def test_a_small_correction_is_no_jump(machine: MachineClock, by: timedelta) -> None:
    clock = TrustedClock(machine, None)
    machine.set_to(NOW + by)
    assert (clock.now(), clock.is_trusted) == (NOW + by, True)


def last_known(at: datetime = NOW) -> Fix:
    return Fix(at, "an earlier boot", 1.0)


@pytest.mark.parametrize(
    ("says", "trusted"),
    [
        (NOW - HOUR, False),
        (NOW - timedelta(minutes=1), True),
        (NOW, True),
        (NOW + LONGEST_OFF, True),
        (NOW + LONGEST_OFF + HOUR, False),
        (datetime(1970, 1, 1, tzinfo=UTC), False),
        (datetime(2106, 2, 7, tzinfo=UTC), False),
    ],
)
def test_after_a_start_the_clock_is_later_than_before_and_not_by_much(
    machine: MachineClock, says: datetime, trusted: bool
) -> None:
    machine.set_to(says)
    clock = TrustedClock(machine, last_known())
    assert (clock.now(), clock.is_trusted) == (says if trusted else NOW, trusted)


@pytest.mark.parametrize(
    ("says", "trusted"),
    [
        (BUILT - HOUR, False),
        (BUILT, True),
        (BUILT + timedelta(days=1000), True),
        (datetime(2106, 2, 7, tzinfo=UTC), False),
    ],
)
def test_at_the_first_start_it_is_later_than_the_program_was_built(
    machine: MachineClock, says: datetime, trusted: bool
) -> None:
    machine.set_to(says)
    clock = TrustedClock(machine, None)
    assert (clock.now(), clock.is_trusted) == (says if trusted else BUILT, trusted)


def test_an_empty_battery_is_mended_by_setting_the_clock(machine: MachineClock) -> None:
    machine.set_to(datetime(1970, 1, 1, tzinfo=UTC))
    clock = TrustedClock(machine, last_known())
    machine.let_pass(HOUR)
    assert clock.now() == NOW + HOUR
    machine.set_to(NOW + timedelta(days=3))
    assert (clock.now(), clock.is_trusted) == (NOW + timedelta(days=3), True)


def test_starting_the_program_again_hides_no_jump(store: Store, machine: MachineClock) -> None:
    keep_time(store, open_clock(store, machine))
    machine.let_pass(HOUR)
    machine.set_to(NOW + timedelta(days=30))
    clock = open_clock(store, machine)
    assert (clock.now(), clock.is_trusted) == (NOW + HOUR, False)


def test_the_time_is_kept_every_few_minutes(store: Store, machine: MachineClock) -> None:
    clock = open_clock(store, machine)
    for _ in range(4):
        keep_time(store, clock)
        machine.let_pass(KEPT_EVERY / 2)
    with store.reading() as record:
        assert record.clock_fix() == Fix(NOW + KEPT_EVERY, "boot-1", 5_000 + 600_000)


def test_a_doubtful_time_is_not_kept(store: Store, machine: MachineClock) -> None:
    clock = open_clock(store, machine)
    keep_time(store, clock)
    machine.let_pass(HOUR)
    machine.set_to(datetime(2106, 1, 1, tzinfo=UTC))
    keep_time(store, clock)
    with store.reading() as record:
        assert record.clock_fix() == Fix(NOW, "boot-1", 5_000)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("pass"), SPANS),
            st.tuples(st.just("set"), TIMES),
            st.tuples(st.just("off"), SPANS),
        ),
        max_size=12,
    )
)
def test_whatever_is_done_to_the_clock_time_goes_on(done: list[tuple[str, object]]) -> None:
    """Never back but by an ordinary correction, and while it is doubted exactly as time passes."""
    machine = MachineClock()
    clock = TrustedClock(machine, None)
    before, trusted = clock.now(), True
    for what, how in done:
        passed = timedelta(0)
        if what == "pass":
            assert isinstance(how, timedelta)
            machine.let_pass(how)
            passed = how
        elif what == "set":
            assert isinstance(how, datetime)
            machine.set_to(how)
        else:
            assert isinstance(how, timedelta)
            machine.start_anew(how)
            clock = TrustedClock(machine, clock.fix)
            before = min(before, clock.fix.at)
        now, was_trusted, trusted = clock.now(), trusted, clock.is_trusted
        assert now >= before - ORDINARY_CORRECTION
        assert now == machine.moment if trusted else now == before + passed
        assert what != "pass" or trusted is was_trusted
        before = now


# ------------------------------------------------------------------ what is measured by it


def registered(store: Store, clock: TrustedClock, serial: int) -> Registered:
    outcome = register(store, make_application(f"draft {serial}", nik=nik_of(serial)), clock)
    assert isinstance(outcome, Registered)
    return outcome


def test_nobody_is_refused_because_of_the_clock_and_the_order_is_kept(
    store: Store, machine: MachineClock
) -> None:
    clock = open_clock(store, machine)
    made = [registered(store, clock, 1).registration]
    for serial, wrong in enumerate(WRONG * 2, start=2):
        machine.let_pass(timedelta(minutes=7))
        right, machine.moment = machine.moment, wrong
        made.append(registered(store, clock, serial).registration)
        machine.moment = right
    machine.let_pass(timedelta(minutes=7))
    made.append(registered(store, clock, 99).registration)
    assert [one.number[5:11] for one in made] == [f"{n:06}" for n in range(1, len(made) + 1)]
    assert [one.registered_at for one in made] == sorted(one.registered_at for one in made)
    flags = [Flag.CLOCK in one.flags for one in made]
    assert not flags[0]
    assert not flags[-1]
    assert flags[1:4] == [True, True, True]
    with store.reading() as record:
        stored = [record.find(one.id) for one in made]
    assert stored == made


@pytest.mark.parametrize("wrong", [WRONG[0], WRONG[-1]])
def test_the_tariff_is_that_of_the_last_trusted_day_and_says_so(
    machine: MachineClock, wrong: datetime, tmp_path: Path
) -> None:
    clock = TrustedClock(machine, None)
    facts = OfficeFacts(load_data(RESOURCES, tmp_path), Settings(), clock)
    sure = quote_for(ANSWERS, facts, months=3, package=Package.JKK_JKM)
    machine.set_to(wrong)
    unsure = quote_for(ANSWERS, facts, months=3, package=Package.JKK_JKM)
    assert sure is not None
    assert unsure == replace(sure, notes=frozenset({QuoteNote.DAY}))
    assert facts.today == local_date(NOW)


def test_a_clock_set_forward_destroys_no_draft_and_set_back_keeps_none(
    store: Store, machine: MachineClock
) -> None:
    clock = open_clock(store, machine)
    keep_draft(store, "half", replace(ANSWERS, phone=PHONE), clock)
    machine.set_to(datetime(2106, 1, 1, tzinfo=UTC))
    clear_out(store, "", clock)
    with store.reading() as record:
        assert record.draft("half") is not None
    machine.set_to(datetime(1970, 1, 1, tzinfo=UTC))
    machine.let_pass(timedelta(minutes=15, seconds=1))
    clear_out(store, "", clock)
    with store.reading() as record:
        assert record.draft("half") is None


def test_tries_are_not_won_by_setting_the_clock(store: Store, machine: MachineClock) -> None:
    clock = open_clock(store, machine)
    wrong = PhoneProof(nik_of(1), "0000")
    while not isinstance(find_by_proof(store, wrong, clock), TooManyTries):
        pass
    for moment in WRONG:
        machine.set_to(moment)
        assert isinstance(find_by_proof(store, wrong, clock), TooManyTries)
        machine.start_anew()
        machine.set_to(moment)
    machine.set_to(NOW)
    machine.let_pass(timedelta(hours=1, seconds=1))
    assert not isinstance(find_by_proof(store, wrong, clock), TooManyTries)


# ------------------------------------------------------------------ what the staff says


def desk_of(store: Store, clock: TrustedClock, role: Role) -> Desk:
    return Desk(store, FACTS, clock, Account("an id", "Ibu Nur", role))


def test_who_may_says_that_the_clock_is_right(store: Store, machine: MachineClock) -> None:
    clock, kiosk = open_clock(store, machine), open_clock(store, machine)
    keep_time(store, clock)
    moved = datetime(2027, 3, 1, tzinfo=UTC)
    machine.set_to(moved)
    assert isinstance(confirm_clock(desk_of(store, clock, Role.CLERK), clock), NotAllowed)
    assert not clock.is_trusted
    assert confirm_clock(desk_of(store, clock, Role.SUPERVISOR), clock) == Confirmed()
    assert (clock.now(), clock.is_trusted) == (moved, True)
    # The kiosk itself is another program on the same store: it learns of it at its next look.
    assert not kiosk.is_trusted
    keep_time(store, kiosk)
    assert (kiosk.now(), kiosk.is_trusted) == (moved, True)
    with store.reading() as record:
        events = record._connection.execute(select(tables.audit.c.event, tables.audit.c.actor))
        assert events.all()[-1] == (CLOCK_CONFIRMED, "an id")


@pytest.mark.parametrize("wrong", [WRONG[0], BUILT - HOUR, WRONG[-1]])
def test_a_time_that_cannot_be_is_not_confirmed(
    store: Store, machine: MachineClock, wrong: datetime
) -> None:
    clock = open_clock(store, machine)
    machine.set_to(wrong)
    assert confirm_clock(desk_of(store, clock, Role.ADMIN), clock) == CannotBe()
    assert not clock.is_trusted


def test_a_new_start_of_the_machine_after_it_was_confirmed_is_trusted(
    store: Store, machine: MachineClock
) -> None:
    clock = open_clock(store, machine)
    machine.set_to(datetime(2030, 1, 1, tzinfo=UTC))
    confirm_clock(desk_of(store, clock, Role.ADMIN), clock)
    machine.start_anew(timedelta(days=3))
    assert open_clock(store, machine).is_trusted
