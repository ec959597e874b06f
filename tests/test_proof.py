"""Who one is must be proven by two things; nothing can be learnt by trying."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import ANSWERS, KEY, NAME, NIK, PHONE, StillClock, make_application, nik_of
from sqlalchemy import select, update

from kiosk.domain.answers import Answers
from kiosk.domain.registration import PhoneOwner, Registration, Status
from kiosk.domain.registration_number import make_number
from kiosk.proof import (
    TRIES,
    TRIES_OF_ALL,
    TRY_COUNTS_FOR,
    NameProof,
    NotProven,
    PhoneProof,
    Proven,
    Resumed,
    SlipProof,
    TooManyTries,
    clear_out,
    find_by_proof,
    resume,
)
from kiosk.registration import DRAFT_LIFETIME, Registered, keep_draft, register
from kiosk.storage import tables
from kiosk.storage.engine import open_engine
from kiosk.storage.store import Store, open_store

BORN = date(1980, 5, 12)
PHONE_END = PHONE[-4:]
NOBODY = nik_of(9998)
UNKNOWN_NUMBER = make_number("12345", 77)
SECOND = timedelta(seconds=1)


def registered(store: Store, clock: StillClock, **changes: Any) -> Registration:
    outcome = register(store, make_application(**changes), clock)
    assert isinstance(outcome, Registered)
    return outcome.registration


def set_status(folder: Path, registration_id: str, status: Status) -> None:
    engine = open_engine(folder, KEY)
    with engine.begin() as connection:
        one = update(tables.registration).where(tables.registration.c.id == registration_id)
        connection.execute(one.values(status=status.value))
    engine.dispose()


def failed_rows(folder: Path) -> list[str]:
    engine = open_engine(folder, KEY)
    with engine.begin() as connection:
        kept = list(connection.execute(select(tables.failed_proof.c.of)).scalars())
    engine.dispose()
    return kept


def wrong(nik: str = NIK) -> PhoneProof:
    return PhoneProof(nik, "0000")


def fail(store: Store, clock: StillClock, times: int, nik: str = NIK) -> None:
    for _ in range(times):
        find_by_proof(store, wrong(nik), clock)


# What proves


def test_the_number_and_the_birth_date_prove(store: Store, clock: StillClock) -> None:
    one = registered(store, clock)
    assert find_by_proof(store, SlipProof(one.number, BORN), clock) == Proven(one)


def test_the_nik_and_the_end_of_the_telephone_prove(store: Store, clock: StillClock) -> None:
    one = registered(store, clock)
    assert find_by_proof(store, PhoneProof(NIK, PHONE_END), clock) == Proven(one)


def test_a_proof_that_holds_counts_as_no_try(store: Store, clock: StillClock) -> None:
    one = registered(store, clock)
    for _ in range(2 * TRIES_OF_ALL):
        assert find_by_proof(store, SlipProof(one.number, BORN), clock) == Proven(one)


@given(day=st.dates(date(1900, 1, 1), date(2030, 1, 1)).filter(lambda day: day != BORN))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_no_other_birth_date_proves(store: Store, day: date) -> None:
    clock = StillClock()
    one = register(store, make_application(), clock)
    assert isinstance(one, Registered)
    outcome = find_by_proof(store, SlipProof(one.registration.number, day), clock)
    assert isinstance(outcome, NotProven | TooManyTries)


@given(end=st.text("0123456789", max_size=6).filter(lambda end: end != PHONE_END))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_no_other_digits_prove(store: Store, end: str) -> None:
    clock = StillClock()
    register(store, make_application(), clock)
    outcome = find_by_proof(store, PhoneProof(NIK, end), clock)
    assert isinstance(outcome, NotProven | TooManyTries)


@pytest.mark.parametrize("end", ["", "0000", PHONE_END])
def test_who_gave_no_telephone_cannot_be_found_by_one(
    store: Store, clock: StillClock, end: str
) -> None:
    registered(store, clock, phone_owner=PhoneOwner.NONE)
    assert find_by_proof(store, PhoneProof(NIK, end), clock) == NotProven(TRIES - 1)


@pytest.mark.parametrize("status", [Status.VOID, Status.REJECTED])
def test_a_nik_stands_for_the_registration_in_force(
    store: Store, store_folder: Path, clock: StillClock, status: Status
) -> None:
    first = registered(store, clock)
    set_status(store_folder, first.id, status)
    clock.forward(SECOND)
    second = registered(store, clock, draft_id="second", phone="081298765432")
    assert find_by_proof(store, PhoneProof(NIK, "5432"), clock) == Proven(second)
    assert find_by_proof(store, PhoneProof(NIK, PHONE_END), clock) == NotProven(TRIES - 1)


def test_without_one_in_force_a_nik_stands_for_the_latest(
    store: Store, store_folder: Path, clock: StillClock
) -> None:
    for draft_id in ("first", "second"):
        registered(store, clock, draft_id=draft_id)
        set_status(store_folder, draft_id, Status.VOID)
        clock.forward(SECOND)
    outcome = find_by_proof(store, PhoneProof(NIK, PHONE_END), clock)
    assert isinstance(outcome, Proven)
    assert (outcome.registration.id, outcome.registration.status) == ("second", Status.VOID)


def test_a_number_stands_for_its_own_registration_even_if_void(
    store: Store, store_folder: Path, clock: StillClock
) -> None:
    first = registered(store, clock)
    set_status(store_folder, first.id, Status.VOID)
    registered(store, clock, draft_id="second")
    outcome = find_by_proof(store, SlipProof(first.number, BORN), clock)
    assert outcome == Proven(replace(first, status=Status.VOID))


# What can be learnt by trying: nothing


WRONG: dict[str, Callable[[Registration], SlipProof | PhoneProof]] = {
    "a wrong birth date": lambda one: SlipProof(one.number, date(1980, 5, 13)),
    "a wrong end of the telephone": lambda _one: wrong(),
    "a number that nobody has": lambda _one: SlipProof(UNKNOWN_NUMBER, BORN),
    "a NIK that nobody registered": lambda _one: PhoneProof(NOBODY, PHONE_END),
}


@pytest.mark.parametrize("what", WRONG)
def test_whatever_is_wrong_is_answered_and_counted_alike(
    store: Store, clock: StillClock, what: str
) -> None:
    proof = WRONG[what](registered(store, clock))
    answers = [find_by_proof(store, proof, clock) for _ in range(TRIES + 1)]
    left = [NotProven(tries) for tries in range(TRIES - 1, 0, -1)]
    assert answers == [*left, TooManyTries(), TooManyTries()]


def test_after_five_wrong_tries_not_even_the_right_one_counts_for_an_hour(
    store: Store, clock: StillClock
) -> None:
    one = registered(store, clock)
    fail(store, clock, TRIES)
    right = PhoneProof(NIK, PHONE_END)
    clock.forward(TRY_COUNTS_FOR)
    assert find_by_proof(store, right, clock) == TooManyTries()
    clock.forward(SECOND)
    assert find_by_proof(store, right, clock) == Proven(one)


def test_the_number_and_the_nik_of_one_person_count_together(
    store: Store, clock: StillClock
) -> None:
    one = registered(store, clock)
    fail(store, clock, 2)
    assert find_by_proof(store, SlipProof(one.number, date(1981, 1, 1)), clock) == NotProven(2)
    fail(store, clock, 2)
    assert find_by_proof(store, SlipProof(one.number, BORN), clock) == TooManyTries()


def test_others_can_still_prove_who_they_are(store: Store, clock: StillClock) -> None:
    registered(store, clock)
    other = registered(store, clock, draft_id="other", nik=nik_of(2))
    fail(store, clock, TRIES)
    assert find_by_proof(store, PhoneProof(nik_of(2), PHONE_END), clock) == Proven(other)


def test_who_walks_through_all_numbers_is_stopped_for_the_whole_kiosk(
    store: Store, clock: StillClock
) -> None:
    one = registered(store, clock)
    for serial in range(TRIES_OF_ALL - 1):
        proof = SlipProof(make_number("54321", serial), BORN)
        assert isinstance(find_by_proof(store, proof, clock), NotProven)
    last = SlipProof(make_number("54321", TRIES_OF_ALL), BORN)
    assert find_by_proof(store, last, clock) == TooManyTries()
    assert find_by_proof(store, SlipProof(one.number, BORN), clock) == TooManyTries()
    clock.forward(TRY_COUNTS_FOR + SECOND)
    assert find_by_proof(store, SlipProof(one.number, BORN), clock) == Proven(one)


def test_a_power_cut_frees_nobody(store: Store, store_folder: Path, clock: StillClock) -> None:
    registered(store, clock)
    fail(store, clock, TRIES)
    store.close()
    again = open_store(store_folder, KEY)
    assert find_by_proof(again, PhoneProof(NIK, PHONE_END), clock) == TooManyTries()
    again.close()


@given(back=st.timedeltas(timedelta(), timedelta(days=9000)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_a_clock_set_back_frees_nobody_and_blocks_for_no_more_than_an_hour(
    store: Store, back: timedelta
) -> None:
    clock = StillClock()
    clock.forward(timedelta(days=10_000))
    clear_out(store, "", clock)
    fail(store, clock, TRIES, NOBODY)
    clock.forward(-back)
    assert find_by_proof(store, wrong(NOBODY), clock) == TooManyTries()
    clock.forward(TRY_COUNTS_FOR + SECOND)
    assert find_by_proof(store, wrong(NOBODY), clock) == NotProven(TRIES - 1)
    clock.forward(TRY_COUNTS_FOR + SECOND)
    clear_out(store, "", clock)


def test_old_tries_are_forgotten(store: Store, store_folder: Path, clock: StillClock) -> None:
    fail(store, clock, 3)
    clock.forward(TRY_COUNTS_FOR)
    clear_out(store, "", clock)
    assert len(failed_rows(store_folder)) == 3
    clock.forward(SECOND)
    clear_out(store, "", clock)
    assert failed_rows(store_folder) == []


def test_what_is_kept_of_a_try_names_nobody(
    store: Store, store_folder: Path, clock: StillClock
) -> None:
    one = registered(store, clock)
    fail(store, clock, 1)
    find_by_proof(store, SlipProof(one.number, date(1999, 1, 1)), clock)
    fail(store, clock, 1, NOBODY)
    first, second, other = failed_rows(store_folder)
    assert first == second != other
    assert not any(known in first + other for known in (NIK, NOBODY, one.number, PHONE_END))


# Answers half given


BY_PHONE = replace(ANSWERS, income_digits="")
BY_NAME = Answers(consent=ANSWERS.consent, segment_id="tani", nik=NIK, name="M. NU'MAN  ALI")


def test_the_end_of_the_telephone_gives_the_answers_back_with_their_draft(
    store: Store, clock: StillClock
) -> None:
    keep_draft(store, "left", BY_PHONE, clock)
    outcome = resume(store, PhoneProof(NIK, PHONE_END), "", clock)
    assert outcome == Resumed("left", BY_PHONE)


@pytest.mark.parametrize("typed", ["M. NU'MAN ALI", "m nu'man ali", "  M.NUMAN   ALI "])
def test_before_a_telephone_the_name_does_however_it_is_spaced(
    store: Store, clock: StillClock, typed: str
) -> None:
    keep_draft(store, "left", BY_NAME, clock)
    assert resume(store, NameProof(NIK, typed), "", clock) == Resumed("left", BY_NAME)


@pytest.mark.parametrize(
    ("kept", "proof"),
    [
        (BY_PHONE, PhoneProof(NIK, "0000")),
        (BY_PHONE, NameProof(NIK, NAME)),
        (BY_NAME, NameProof(NIK, "M NUMAN")),
        (BY_NAME, NameProof(NIK, "")),
        (BY_NAME, PhoneProof(NIK, "")),
        (replace(BY_NAME, name=""), NameProof(NIK, "")),
        (replace(BY_PHONE, phone="0812"), PhoneProof(NIK, "0812")),
        (BY_PHONE, PhoneProof(NOBODY, PHONE_END)),
    ],
)
def test_anything_else_proves_nothing(
    store: Store, clock: StillClock, kept: Answers, proof: PhoneProof | NameProof
) -> None:
    keep_draft(store, "left", kept, clock)
    assert resume(store, proof, "", clock) == NotProven(TRIES - 1)


def test_a_registration_and_answers_half_given_share_the_tries(
    store: Store, clock: StillClock
) -> None:
    keep_draft(store, "left", BY_PHONE, clock)
    fail(store, clock, TRIES - 1)
    assert resume(store, wrong(), "", clock) == TooManyTries()
    assert resume(store, PhoneProof(NIK, PHONE_END), "", clock) == TooManyTries()


def test_after_15_minutes_there_is_nothing_to_resume(store: Store, clock: StillClock) -> None:
    keep_draft(store, "left", BY_PHONE, clock)
    clock.forward(DRAFT_LIFETIME + SECOND)
    assert resume(store, PhoneProof(NIK, PHONE_END), "", clock) == NotProven(TRIES - 1)


def test_who_resumes_has_15_minutes_more(store: Store, clock: StillClock) -> None:
    keep_draft(store, "left", BY_PHONE, clock)
    clock.forward(DRAFT_LIFETIME)
    resume(store, PhoneProof(NIK, PHONE_END), "", clock)
    clock.forward(DRAFT_LIFETIME)
    clear_out(store, "", clock)
    with store.transaction() as record:
        assert record.draft("left") is not None


def test_a_clock_set_back_lets_no_answers_live_for_longer(store: Store, clock: StillClock) -> None:
    keep_draft(store, "left", BY_PHONE, clock)
    clock.forward(-timedelta(days=400))
    clear_out(store, "", clock)
    clock.forward(DRAFT_LIFETIME + SECOND)
    clear_out(store, "", clock)
    with store.transaction() as record:
        assert record.draft("left") is None


def test_resumed_answers_take_the_place_of_those_begun_meanwhile(
    store: Store, clock: StillClock
) -> None:
    keep_draft(store, "left", BY_PHONE, clock)
    clock.forward(SECOND)
    keep_draft(store, "new", Answers(nik=NIK, name=NAME), clock)
    assert resume(store, PhoneProof(NIK, PHONE_END), "new", clock) == Resumed("left", BY_PHONE)
    with store.transaction() as record:
        assert [draft.id for draft in record.drafts()] == ["left"]


def test_of_two_drafts_the_latest_counts(store: Store, clock: StillClock) -> None:
    keep_draft(store, "older", BY_NAME, clock)
    clock.forward(SECOND)
    keep_draft(store, "later", BY_PHONE, clock)
    assert clear_out(store, "", clock).asks_for_phone(NIK) is True
    assert clear_out(store, "later", clock).asks_for_phone(NIK) is False
    assert resume(store, PhoneProof(NIK, PHONE_END), "", clock) == Resumed("later", BY_PHONE)


def test_it_is_known_whose_answers_can_be_resumed_without_knowing_who_they_are(
    store: Store, clock: StillClock
) -> None:
    keep_draft(store, "left", BY_PHONE, clock)
    keep_draft(store, "no name yet", Answers(nik=nik_of(2)), clock)
    keep_draft(store, "half a NIK", Answers(nik=NIK[:9], name=NAME), clock)
    unfinished = clear_out(store, "", clock)
    assert len(unfinished.by_phone) == 1
    assert unfinished.asks_for_phone(NIK) is True
    assert unfinished.asks_for_phone(nik_of(2)) is None
    assert NIK not in repr(unfinished)


def test_answers_of_an_older_program_are_passed_over(store: Store, clock: StillClock) -> None:
    with store.transaction() as record:
        record.save_draft("old", {"nik": NIK, "name": NAME, "no such answer": 1}, clock.now())
    assert not clear_out(store, "", clock).by_phone
    assert resume(store, NameProof(NIK, NAME), "", clock) == NotProven(TRIES - 1)
