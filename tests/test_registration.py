"""The resident's use cases on a real encrypted store."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from samples import ANSWERS, KEY, NIK, NOW, StillClock, make_application, nik_of
from sqlalchemy import select, update

from kiosk.domain.answers import Answers
from kiosk.domain.print_job import FOLLOWED, PrintJob, PrintState
from kiosk.domain.registration import Registration, Status
from kiosk.domain.registration_number import PROVISIONAL_KIOSK_NUMBERS, is_valid_number
from kiosk.drafts import from_plain
from kiosk.registration import (
    DRAFT_LIFETIME,
    AlreadyRegistered,
    Registered,
    drop_old_drafts,
    keep_draft,
    note_slip_came_out,
    note_slip_missing,
    register,
    reprint,
)
from kiosk.storage import tables
from kiosk.storage.engine import open_engine
from kiosk.storage.store import Store, open_store


def registered(store: Store, clock: StillClock, **changes: Any) -> Registration:
    outcome = register(store, make_application(**changes), clock)
    assert isinstance(outcome, Registered)
    return outcome.registration


def draft(store: Store, draft_id: str) -> Answers | None:
    with store.transaction() as record:
        kept = record.draft(draft_id)
    return None if kept is None else from_plain(kept)


def slip(store: Store, registration_id: str) -> PrintJob:
    with store.transaction() as record:
        job = record.prints.slip(registration_id)
    assert job is not None
    return job


def set_status(folder: Path, status: Status) -> None:
    engine = open_engine(folder, KEY)
    with engine.begin() as connection:
        connection.execute(update(tables.registration).values(status=status.value))
    engine.dispose()


# Registering


def test_somebody_already_registered_leaves_no_half_entered_answers(
    store: Store, clock: StillClock
) -> None:
    registered(store, clock)
    keep_draft(store, "second", ANSWERS, clock)
    assert register(store, make_application(draft_id="second"), clock) == AlreadyRegistered()
    assert draft(store, "second") is None


def test_a_registration_says_who_when_and_under_which_number(
    store: Store, clock: StillClock
) -> None:
    one = registered(store, clock)
    assert (one.id, one.status, one.revision) == ("draft", Status.REGISTERED, 1)
    assert one.registered_at == NOW
    assert one.application == make_application()
    assert one.number.startswith(one.kiosk_number)
    with store.transaction() as record:
        assert record.find("draft") == one
        assert record.row_of_number(one.number)["nik"] == NIK


def test_a_number_that_was_never_given_is_not_found(store: Store) -> None:
    with store.transaction() as record:
        assert record.find("draft") is None
        with pytest.raises(KeyError):
            record.row_of_number("900000000000")


def test_numbers_are_valid_and_count_up_from_a_provisional_kiosk_number(
    store: Store, clock: StillClock
) -> None:
    ones = [registered(store, clock, draft_id=f"{n}", nik=nik_of(n)) for n in range(1, 21)]
    numbers = [one.number for one in ones]
    assert all(is_valid_number(number) and not number.startswith("99") for number in numbers)
    assert len({number[:5] for number in numbers}) == 1
    assert len(ones[0].kiosk_number) == 5
    assert int(ones[0].kiosk_number) in PROVISIONAL_KIOSK_NUMBERS
    assert [int(number[5:11]) for number in numbers] == list(range(1, 21))


def test_numbers_go_on_counting_after_a_restart(
    store: Store, store_folder: Path, clock: StillClock
) -> None:
    first = registered(store, clock)
    store.close()
    again = open_store(store_folder, KEY)
    second = registered(again, clock, draft_id="second", nik=nik_of(2))
    again.close()
    assert (second.kiosk_number, second.incarnation) == (first.kiosk_number, first.incarnation)
    assert int(second.number[5:11]) == int(first.number[5:11]) + 1


def test_every_store_is_an_incarnation_of_its_own(tmp_path: Path, clock: StillClock) -> None:
    stores = [open_store(tmp_path / name, KEY) for name in ("one", "other")]
    assert len({registered(store, clock).incarnation for store in stores}) == 2
    for store in stores:
        store.close()


def test_the_same_draft_again_is_the_same_registration(store: Store, clock: StillClock) -> None:
    first = registered(store, clock)
    clock.forward(timedelta(seconds=5))
    assert registered(store, clock) == first
    with store.transaction() as record:
        assert len(record.prints.unfinished()) == 1


def test_the_same_draft_with_other_answers_changes_nothing(store: Store, clock: StillClock) -> None:
    first = registered(store, clock)
    assert registered(store, clock, name="SOMEBODY ELSE", nik=nik_of(2)) == first


@pytest.mark.parametrize("status", Status)
def test_the_same_nik_is_refused_while_its_registration_is_in_force(
    store: Store, store_folder: Path, clock: StillClock, status: Status
) -> None:
    registered(store, clock)
    set_status(store_folder, status)
    outcome = register(store, make_application("second"), clock)
    in_force = status not in {Status.VOID, Status.REJECTED}
    assert isinstance(outcome, AlreadyRegistered if in_force else Registered)
    with store.transaction() as record:
        assert (record.find("second") is None) == in_force


def test_who_is_registered_already_learns_nothing_more(store: Store, clock: StillClock) -> None:
    registered(store, clock)
    assert register(store, make_application("second"), clock) == AlreadyRegistered()
    assert repr(AlreadyRegistered()) == "AlreadyRegistered()"


def test_two_threads_at_once_get_different_numbers_and_lose_nothing(
    store: Store, clock: StillClock
) -> None:
    start = Barrier(2, timeout=60)

    def one_after_another(serials: range) -> list[str]:
        start.wait()
        return [registered(store, clock, draft_id=f"{n}", nik=nik_of(n)).number for n in serials]

    with ThreadPoolExecutor(2) as pool:
        halves = list(pool.map(one_after_another, (range(1, 21), range(21, 41))))
    numbers = sorted(number for half in halves for number in half)
    assert [int(number[5:11]) for number in numbers] == list(range(1, 41))
    with store.transaction() as record:
        jobs = record.prints.unfinished()
        assert {job.registration_id for job in jobs} == {f"{n}" for n in range(1, 41)}


def test_two_threads_with_one_person_register_once(store: Store, clock: StillClock) -> None:
    start = Barrier(2, timeout=60)

    def race(draft_id: str) -> Registered | AlreadyRegistered:
        start.wait()
        return register(store, make_application(draft_id), clock)

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(race, ("one", "other")))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "AlreadyRegistered",
        "Registered",
    ]


def test_two_threads_with_one_draft_get_one_registration(store: Store, clock: StillClock) -> None:
    start = Barrier(2, timeout=60)

    def race(_turn: int) -> Registration:
        start.wait()
        return registered(store, clock)

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(race, range(2))
    assert one == other


# Drafts


def test_a_draft_is_kept_and_replaced_by_the_next_answer(store: Store, clock: StillClock) -> None:
    keep_draft(store, "draft", Answers(segment_id="tani"), clock)
    assert draft(store, "draft") == Answers(segment_id="tani")
    keep_draft(store, "draft", ANSWERS, clock)
    assert draft(store, "draft") == ANSWERS
    assert draft(store, "another") is None


def test_a_draft_survives_a_restart(store: Store, store_folder: Path, clock: StillClock) -> None:
    keep_draft(store, "draft", ANSWERS, clock)
    store.close()
    again = open_store(store_folder, KEY)
    assert draft(again, "draft") == ANSWERS
    again.close()


def test_a_draft_is_destroyed_after_15_minutes(store: Store, clock: StillClock) -> None:
    assert timedelta(minutes=15) == DRAFT_LIFETIME
    keep_draft(store, "draft", ANSWERS, clock)
    clock.forward(DRAFT_LIFETIME)
    drop_old_drafts(store, clock)
    assert draft(store, "draft") == ANSWERS
    clock.forward(timedelta(microseconds=1))
    drop_old_drafts(store, clock)
    assert draft(store, "draft") is None


def test_the_15_minutes_count_from_the_last_answer(store: Store, clock: StillClock) -> None:
    for _answer in range(3):
        keep_draft(store, "draft", ANSWERS, clock)
        clock.forward(timedelta(minutes=14))
    drop_old_drafts(store, clock)
    assert draft(store, "draft") == ANSWERS


def test_the_next_resident_destroys_what_is_too_old(store: Store, clock: StillClock) -> None:
    keep_draft(store, "old", ANSWERS, clock)
    clock.forward(timedelta(minutes=16))
    keep_draft(store, "new", ANSWERS, clock)
    assert draft(store, "old") is None
    assert draft(store, "new") == ANSWERS


def test_a_draft_is_gone_once_it_is_registered_and_only_that_one(
    store: Store, clock: StillClock
) -> None:
    others = replace(ANSWERS, nik=nik_of(2))
    keep_draft(store, "draft", ANSWERS, clock)
    keep_draft(store, "another", others, clock)
    registered(store, clock)
    assert draft(store, "draft") is None
    assert draft(store, "another") == others


def test_an_older_draft_of_the_same_person_goes_with_the_registration(
    store: Store, clock: StillClock
) -> None:
    keep_draft(store, "older", Answers(nik=NIK), clock)
    registered(store, clock)
    assert draft(store, "older") is None


def test_a_draft_of_somebody_registered_already_is_kept_for_its_15_minutes(
    store: Store, clock: StillClock
) -> None:
    registered(store, clock)
    keep_draft(store, "second", ANSWERS, clock)
    register(store, make_application("second"), clock)
    clock.forward(DRAFT_LIFETIME + timedelta(seconds=1))
    drop_old_drafts(store, clock)
    assert draft(store, "second") is None


# The slip once more


def jobs(store: Store, *copies: int) -> list[tuple[int, PrintState]]:
    with store.transaction() as record:
        found = [record.prints.slip("draft", copy) for copy in copies]
    return [(job.copy, job.state) for job in found if job]


def set_slip(store: Store, state: PrintState, evidence: str, copy: int = 0) -> None:
    with store.transaction() as record:
        job = record.prints.slip("draft", copy)
        assert job is not None
        record.prints.settle(job.id, state, evidence, NOW)


def events(folder: Path) -> list[str]:
    engine = open_engine(folder, KEY)
    with engine.begin() as connection:
        kept = list(connection.execute(select(tables.audit.c.event)).scalars())
    engine.dispose()
    return kept


OUT = {
    "with a printer that tells no more": (PrintState.UNCONFIRMED, ""),
    "perhaps out, perhaps not": (PrintState.UNSURE, "job lost"),
    "left as a file": (PrintState.FILED, "x.pdf"),
    "held by the resident": (PrintState.CAME_OUT, "person"),
    "missed by the resident, so it may still come out": (PrintState.FAILED, "person"),
}


@pytest.mark.parametrize("how", OUT)
def test_after_a_slip_that_may_exist_comes_a_copy_and_then_the_next(
    store: Store, store_folder: Path, clock: StillClock, how: str
) -> None:
    registered(store, clock)
    set_slip(store, *OUT[how])
    assert reprint(store, "draft", clock) == 1
    assert jobs(store, 0, 1, 2) == [(0, OUT[how][0]), (1, PrintState.OWED)]
    set_slip(store, *OUT[how], copy=1)
    assert reprint(store, "draft", clock) == 2
    assert jobs(store, 2) == [(2, PrintState.OWED)]
    assert events(store_folder) == ["registered", "reprinted", "reprinted"]


def test_an_original_that_never_left_the_kiosk_is_tried_again_as_the_original(
    store: Store, store_folder: Path, clock: StillClock
) -> None:
    registered(store, clock)
    set_slip(store, PrintState.FAILED, "P 22")
    assert reprint(store, "draft", clock) == 0
    assert jobs(store, 0, 1) == [(0, PrintState.OWED)]
    assert slip(store, "draft").evidence == ""
    assert events(store_folder) == ["registered", "reprinted"]


@pytest.mark.parametrize("state", [PrintState.OWED, PrintState.RENDERING])
def test_a_slip_on_its_way_is_waited_for(
    store: Store, store_folder: Path, clock: StillClock, state: PrintState
) -> None:
    registered(store, clock)
    set_slip(store, state, "")
    assert reprint(store, "draft", clock) == 0
    assert jobs(store, 0, 1) == [(0, state)]
    assert events(store_folder) == ["registered"]


@pytest.mark.parametrize("status", Status)
def test_a_slip_is_printed_again_only_while_what_it_says_is_true(
    store: Store, store_folder: Path, clock: StillClock, status: Status
) -> None:
    registered(store, clock)
    set_slip(store, PrintState.CAME_OUT, "person")
    set_status(store_folder, status)
    if status in {Status.REGISTERED, Status.HANDED_OVER, Status.ACCEPTED}:
        assert reprint(store, "draft", clock) == 1
    else:
        with pytest.raises(ValueError, match="no slip can be owed"):
            reprint(store, "draft", clock)
        assert jobs(store, 1) == []


def test_what_is_said_of_a_copy_concerns_that_copy(store: Store, clock: StillClock) -> None:
    registered(store, clock)
    set_slip(store, PrintState.UNCONFIRMED, "")
    reprint(store, "draft", clock)
    set_slip(store, PrintState.UNCONFIRMED, "", copy=1)
    note_slip_came_out(store, "draft", 1, clock)
    assert jobs(store, 0, 1) == [(0, PrintState.UNCONFIRMED), (1, PrintState.CAME_OUT)]
    reprint(store, "draft", clock)
    set_slip(store, PrintState.UNCONFIRMED, "", copy=2)
    note_slip_missing(store, "draft", 2, clock)
    assert jobs(store, 1, 2) == [(1, PrintState.CAME_OUT), (2, PrintState.FAILED)]


# What the resident says of the slip


def test_the_resident_says_that_the_slip_came_out(store: Store, clock: StillClock) -> None:
    number = registered(store, clock).number
    set_slip(store, PrintState.UNCONFIRMED, "")
    note_slip_came_out(store, "draft", 0, clock)
    assert slip(store, "draft") == PrintJob(1, "draft", number, 0, PrintState.CAME_OUT, "person")


def test_the_resident_says_that_no_slip_came_out(store: Store, clock: StillClock) -> None:
    number = registered(store, clock).number
    set_slip(store, PrintState.UNCONFIRMED, "")
    note_slip_missing(store, "draft", 0, clock)
    assert slip(store, "draft") == PrintJob(1, "draft", number, 0, PrintState.FAILED, "person")


def test_a_word_about_a_slip_that_does_not_exist_changes_nothing(
    store: Store, clock: StillClock
) -> None:
    registered(store, clock)
    note_slip_came_out(store, "another", 0, clock)
    assert slip(store, "draft").state is PrintState.OWED


NOT_WITH_A_PRINTER = [PrintState.OWED, PrintState.RENDERING]


@pytest.mark.parametrize("state", NOT_WITH_A_PRINTER)
def test_nobody_can_hold_a_slip_that_no_printer_had(
    store: Store, clock: StillClock, state: PrintState
) -> None:
    registered(store, clock)
    set_slip(store, state, "")
    note_slip_came_out(store, "draft", 0, clock)
    note_slip_missing(store, "draft", 0, clock)
    assert slip(store, "draft").state is state


@pytest.mark.parametrize("state", sorted(FOLLOWED))
def test_a_slip_that_the_printer_is_at_is_still_followed_when_somebody_misses_it(
    store: Store, clock: StillClock, state: PrintState
) -> None:
    registered(store, clock)
    set_slip(store, state, "")
    note_slip_missing(store, "draft", 0, clock)
    assert slip(store, "draft").state is state
    note_slip_came_out(store, "draft", 0, clock)
    assert slip(store, "draft").state is PrintState.CAME_OUT


def test_what_the_printer_said_of_a_slip_is_not_replaced_by_the_same_from_a_person(
    store: Store, clock: StillClock
) -> None:
    registered(store, clock)
    set_slip(store, PrintState.CAME_OUT, "job-completed-successfully")
    note_slip_came_out(store, "draft", 0, clock)
    assert slip(store, "draft").evidence == "job-completed-successfully"
    note_slip_missing(store, "draft", 0, clock)
    assert slip(store, "draft").state is PrintState.FAILED
