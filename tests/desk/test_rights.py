"""What people ask about their data: nothing late unnoticed, nothing left of who was erased."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from opened_pages import decrypted
from probes import rows_at
from samples import NAME, NOW, PHONE, StillClock, nik_of

from kiosk.desk import actions
from kiosk.desk.lists import catch_up, overview, page, search
from kiosk.desk.rights import (
    CarriedOut,
    NoSuchRequest,
    NotAllGone,
    NotYetDone,
    call_off,
    carry_out,
    find_erased,
    open_requests,
    record_request,
    requests_of,
)
from kiosk.desk.session import Desk, NotAllowed, NotFound
from kiosk.domain.audit import ChainWhole
from kiosk.domain.desk import View
from kiosk.domain.invitation import Invited
from kiosk.domain.print_job import PrintJob
from kiosk.domain.registration import Status
from kiosk.domain.registration_number import make_number
from kiosk.domain.rights import Request, RequestState, Right
from kiosk.domain.staff import Action
from kiosk.handover.batches import hand_over
from kiosk.storage.store import Store
from printing.file_printer import FilePrinter, Papers
from printing.spooler import Spooler

from .office import ADMIN, CLERK, SUPERVISOR, desk_of, detail_of, enrol
from .somebody import leave_traces, of_somebody


@dataclass
class NoPapers:
    """No slip was made; remembers what it was asked to forget."""

    cleared: bool = True
    asked: list[tuple[str, Collection[PrintJob]]] = field(default_factory=list)

    def forget(self, number: str, slips: Collection[PrintJob]) -> bool:
        self.asked.append((number, slips))
        return self.cleared


@pytest.fixture
def boss(store: Store, clock: StillClock) -> Desk:
    """The desk with a supervisor at it."""
    return desk_of(SUPERVISOR, store, clock)


def ask(desk: Desk, registration_id: str, right: Right) -> Request:
    request = record_request(desk, registration_id, right)
    assert isinstance(request, Request)
    return request


def erase(desk: Desk, registration_id: str) -> CarriedOut:
    outcome = carry_out(desk, ask(desk, registration_id, Right.ERASURE).id, NoPapers())
    assert isinstance(outcome, CarriedOut)
    return outcome


# Asked for, and until when


def test_a_request_has_three_days_and_says_how_many_hours_are_left(
    desk: Desk, clock: StillClock
) -> None:
    request = ask(desk, enrol(desk.store, clock), Right.COPY)
    assert (request.asked_at, request.due_at) == (NOW, NOW + timedelta(hours=72))
    assert (request.recorded_by, request.state) == (CLERK.id, RequestState.OPEN)
    told = []
    for hours in (0, 0.5, 71, 0.5, 0.5, 1.5):
        clock.forward(timedelta(hours=hours))
        (one,) = open_requests(desk)  # type: ignore[misc]
        told.append((one.hours, one.overdue))
    assert told == [(72, False), (71, False), (0, False), (0, False), (0, True), (2, True)]


def test_the_nearest_deadline_stands_first(desk: Desk, clock: StillClock) -> None:
    asked = []
    for serial, right in enumerate((Right.ERASURE, Right.COPY, Right.CORRECTION), start=1):
        asked.append(ask(desk, enrol(desk.store, clock, serial), right))
        clock.forward(timedelta(hours=1))
    waiting = open_requests(desk)
    assert isinstance(waiting, tuple)
    assert [one.request for one in waiting] == asked


@pytest.mark.parametrize("right", Right)
def test_asking_twice_is_asking_once(desk: Desk, clock: StillClock, right: Right) -> None:
    one = enrol(desk.store, clock)
    first = ask(desk, one, right)
    clock.forward(timedelta(hours=1))
    assert ask(desk, one, right) == first
    assert requests_of(desk, one) == (first,)


def test_it_can_be_asked_for_again_once_it_was_closed(desk: Desk, clock: StillClock) -> None:
    one = enrol(desk.store, clock)
    first = ask(desk, one, Right.COPY)
    closed = call_off(desk, first.id)
    assert isinstance(closed, Request)
    assert (closed.state, closed.closed_by, closed.closed_at) == (
        RequestState.CALLED_OFF,
        CLERK.id,
        NOW,
    )
    assert call_off(desk, first.id) == closed
    assert ask(desk, one, Right.COPY).id != first.id
    assert carry_out(desk, first.id, NoPapers()) == NoSuchRequest()


def test_nobody_asks_about_a_registration_that_is_not_there(boss: Desk) -> None:
    assert record_request(boss, "nobody", Right.COPY) == NotFound()
    assert call_off(boss, 1) == carry_out(boss, 1, NoPapers()) == NoSuchRequest()


# Who may


@pytest.mark.parametrize("right", [Right.COPY, Right.WITHDRAWAL, Right.ERASURE])
def test_a_clerk_records_and_a_supervisor_carries_out(
    desk: Desk, store_folder: Path, clock: StillClock, right: Right
) -> None:
    request = ask(desk, enrol(desk.store, clock), right)
    before = rows_at(store_folder)
    assert isinstance(carry_out(desk, request.id, NoPapers()), NotAllowed)
    assert rows_at(store_folder) == before


def test_an_admin_has_no_part_in_it(store: Store, clock: StillClock) -> None:
    one = enrol(store, clock)
    admin = desk_of(ADMIN, store, clock)
    refused = NotAllowed(Action.RECORD_REQUEST)
    assert record_request(admin, one, Right.COPY) == open_requests(admin) == refused
    assert call_off(admin, 1) == requests_of(admin, one) == refused
    assert find_erased(admin, "1") == NotAllowed(Action.SEE)


# Correction, withdrawal


def test_a_correction_is_done_once_something_was_corrected_since(
    desk: Desk, clock: StillClock
) -> None:
    one = enrol(desk.store, clock)

    def mend(name: str, revision: int) -> None:
        actions.correct(desk, one, revision, replace(detail_of(desk, one).answers, name=name), "x")

    mend("BUDI", 1)
    clock.forward(timedelta(minutes=1))
    request = ask(desk, one, Right.CORRECTION)
    assert carry_out(desk, request.id, NoPapers()) == NotYetDone()
    mend("BUDIMAN", 2)
    done = carry_out(desk, request.id, NoPapers())
    assert isinstance(done, CarriedOut)
    assert (done.request.state, done.request.closed_by) == (RequestState.DONE, CLERK.id)
    assert carry_out(desk, request.id, NoPapers()) == done
    assert open_requests(desk) == ()


def test_a_withdrawal_takes_the_registration_out_of_force_and_frees_the_nik(
    boss: Desk, store_folder: Path, clock: StillClock
) -> None:
    one = enrol(boss.store, clock)
    request = ask(boss, one, Right.WITHDRAWAL)
    done = carry_out(boss, request.id, NoPapers())
    assert isinstance(done, CarriedOut)
    assert (done.request.state, done.request.batch) == (RequestState.DONE, 0)
    detail = detail_of(boss, one)
    assert detail.registration.status is Status.VOID
    assert "persetujuan ditarik" in str(detail.history)
    after = rows_at(store_folder)
    assert carry_out(boss, request.id, NoPapers()) == done
    assert rows_at(store_folder) == after
    enrol(boss.store, clock, 9, nik=nik_of(1))


def test_what_is_void_already_is_withdrawn_all_the_same(boss: Desk, clock: StillClock) -> None:
    one = enrol(boss.store, clock)
    actions.void(boss, one, "ganda")
    request = ask(boss, one, Right.WITHDRAWAL)
    assert isinstance(carry_out(boss, request.id, NoPapers()), CarriedOut)
    assert detail_of(boss, one).registration.revision == 2


# Erasure


def test_nothing_of_who_is_erased_is_left_in_any_byte_of_the_store(
    boss: Desk, store_folder: Path, clock: StillClock
) -> None:
    for serial in range(1, 40):
        enrol(boss.store, clock, serial, name=of_somebody(serial)["name"])
    looked_for = leave_traces(boss, store_folder, 1234)
    for serial in range(40, 80):
        enrol(boss.store, clock, serial, name=of_somebody(serial)["name"])
    while catch_up(boss):
        pass
    assert boss.store.clear_log()
    before = decrypted(store_folder)
    assert [word for word in looked_for if word not in before] == []

    erase(boss, "id 1234")
    after = decrypted(store_folder)
    assert [word for word in looked_for if word in after] == []
    assert nik_of(39).encode() in after

    rows = rows_at(store_folder)
    tables = {name for name, all_ in rows.items() if any("id 1234" in row for row in all_)}
    assert tables == {"audit", "erased", "outbox", "rights_request"}
    assert rows["failed_proof"] == rows["draft"] == rows["invitation"] == []


def test_many_can_be_erased_and_no_split_of_a_page_keeps_any(
    boss: Desk, store_folder: Path, clock: StillClock
) -> None:
    for serial in range(1, 301):
        enrol(boss.store, clock, serial, **of_somebody(serial), wants_email=True)
    while catch_up(boss):
        pass
    gone = range(3, 301, 7)
    for serial in gone:
        erase(boss, f"id {serial}")
    left = decrypted(store_folder)
    found = [
        (serial, word)
        for serial in gone
        for word in (nik_of(serial), *of_somebody(serial).values())
        if word.encode() in left
    ]
    assert found == []


def test_the_search_the_lists_and_the_kiosk_do_not_know_them_any_more(
    boss: Desk, clock: StillClock
) -> None:
    one = enrol(boss.store, clock)
    enrol(boss.store, clock, 2, name="BUDI")
    number = detail_of(boss, one).registration.number
    for text in (NAME, number, nik_of(1), PHONE):
        assert "id 1" in str(search(boss, text))
    erase(boss, one)
    for text in (NAME, number, nik_of(1), PHONE):
        assert "id 1" not in str(search(boss, text))
    for view in View:
        assert "id 1" not in str(page(boss, view))
    counts = overview(boss)
    assert not isinstance(counts, NotAllowed)
    assert {tally.count for tally in counts.counts.values()} <= {0, 1}
    assert actions.void(boss, one, "x") == NotFound()


def test_the_number_is_accounted_for_and_never_given_again(
    boss: Desk, store_folder: Path, clock: StillClock
) -> None:
    enrol(boss.store, clock, 1)
    last = enrol(boss.store, clock, 2)
    number = detail_of(boss, last).registration.number
    erase(boss, last)
    left = find_erased(boss, number)
    assert not isinstance(left, (NotFound, NotAllowed))
    assert (left.registration_id, left.registered_at, left.erased_at) == (last, NOW, NOW)
    again = enrol(boss.store, clock, 9, nik=nik_of(2))
    fresh = detail_of(boss, again).registration
    assert fresh.number == make_number(fresh.kiosk_number, 3)
    assert [row[1] for row in rows_at(store_folder)["erased"]] == [number]
    assert find_erased(boss, fresh.number) == NotFound()


def test_the_audit_stays_whole_and_tells_of_the_erasure(boss: Desk, clock: StillClock) -> None:
    one = enrol(boss.store, clock)
    erase(boss, one)
    with boss.store.reading() as record:
        assert isinstance(record.audit.verify(), ChainWhole)
        told = [entry.event for entry in record.desk.audit_entries(one)]
    assert told == ["registered", "erasure_asked", "erased", "erasure_done"]


def test_the_centre_is_told_once(boss: Desk, store_folder: Path, clock: StillClock) -> None:
    one = enrol(boss.store, clock)
    actions.correct(boss, one, 1, replace(detail_of(boss, one).answers, name="BUDI"), "x")
    erase(boss, one)
    assert [row[1:] for row in rows_at(store_folder)["outbox"]] == [(one, 3)]


def test_erasing_twice_is_erasing_once(boss: Desk, store_folder: Path, clock: StillClock) -> None:
    done = erase(boss, enrol(boss.store, clock))
    after = rows_at(store_folder)
    assert carry_out(boss, done.request.id, NoPapers()) == done
    assert rows_at(store_folder) == after
    assert record_request(boss, "id 1", Right.ERASURE) == NotFound()


def test_who_was_handed_over_is_erased_here_alone_and_the_request_says_so(
    boss: Desk, clock: StillClock
) -> None:
    one = enrol(boss.store, clock)
    hand_over(boss.store, boss.account, clock)
    assert erase(boss, one).request.batch == 1


def test_what_else_was_asked_is_closed_with_the_erasure(boss: Desk, clock: StillClock) -> None:
    one = enrol(boss.store, clock)
    for right in Right:
        ask(boss, one, right)
    erase(boss, one)
    assert open_requests(boss) == ()
    told = {request.right: request.state for request in requests_of(boss, one)}  # type: ignore[union-attr]
    assert told == {
        Right.COPY: RequestState.CALLED_OFF,
        Right.CORRECTION: RequestState.CALLED_OFF,
        Right.WITHDRAWAL: RequestState.DONE,
        Right.ERASURE: RequestState.DONE,
    }


def test_other_registrations_of_the_same_person_are_named(boss: Desk, clock: StillClock) -> None:
    old = enrol(boss.store, clock)
    actions.void(boss, old, "ganda")
    new = enrol(boss.store, clock, 9, nik=nik_of(1))
    number = detail_of(boss, old).registration.number
    assert erase(boss, new).others == (number,)
    assert erase(boss, old).others == ()


def test_a_family_s_telephone_does_not_take_the_others_along(
    boss: Desk, store_folder: Path, clock: StillClock
) -> None:
    one = enrol(boss.store, clock)
    with boss.store.transaction() as record:
        people = [Invited("SITI", "", PHONE), Invited(NAME, "", ""), Invited(NAME, "", PHONE)]
        record.handover.invite("Dinas X", people, "a", NOW)
    enrol(boss.store, clock, 2, name="SITI")
    erase(boss, one)
    assert [row[2:5] for row in rows_at(store_folder)["invitation"]] == [
        ("SITI", "", PHONE),
        (NAME, "", ""),
    ]


def test_while_files_cannot_be_removed_nothing_is_erased_or_said_to_be(
    boss: Desk, store_folder: Path, clock: StillClock
) -> None:
    request = ask(boss, enrol(boss.store, clock), Right.ERASURE)
    before = rows_at(store_folder)
    assert carry_out(boss, request.id, NoPapers(cleared=False)) == NotAllGone()
    assert rows_at(store_folder) == before
    assert isinstance(carry_out(boss, request.id, NoPapers()), CarriedOut)


def test_while_the_log_cannot_be_cleared_the_request_stays_open(
    boss: Desk, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = ask(boss, enrol(boss.store, clock), Right.ERASURE)
    with monkeypatch.context() as busy:
        busy.setattr(Store, "clear_log", lambda _store: False)
        assert carry_out(boss, request.id, NoPapers()) == NotAllGone()
    (waits,) = open_requests(boss)  # type: ignore[misc]
    assert waits.request == request
    done = carry_out(boss, request.id, NoPapers())
    assert isinstance(done, CarriedOut)
    assert done.request.state is RequestState.DONE


def test_the_slips_folder_keeps_no_page_of_the_number(
    boss: Desk, clock: StillClock, tmp_path: Path
) -> None:
    folder = tmp_path / "slips"
    numbers = [
        detail_of(boss, enrol(boss.store, clock, serial)).registration.number for serial in (1, 2)
    ]
    for number in numbers:
        for name in (f"{number}-0-1", f"salinan-{number}-20261122102400"):
            FilePrinter(folder).send(b"x", name, lambda _handle: True)
    (folder / f"{numbers[0]}-1-1.part").write_bytes(b"half")
    request = ask(boss, "id 1", Right.ERASURE)
    no_renderer: Any = None
    spooler = Spooler(boss.store, no_renderer, FilePrinter(folder), clock, Papers(folder))
    assert isinstance(carry_out(boss, request.id, spooler), CarriedOut)
    assert {file.name for file in folder.iterdir()} == {
        f"{numbers[1]}-0-1.pdf",
        f"salinan-{numbers[1]}-20261122102400.pdf",
    }
