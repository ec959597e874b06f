"""The slips that are owed, seen and cleared from the desk; and the paper that they need."""

from dataclasses import replace
from pathlib import Path

import pytest
from probes import rows_at
from samples import StillClock

from kiosk.desk.actions import SlipOwed, give_slip, reprint
from kiosk.desk.session import Desk, NotAllowed, NotFound
from kiosk.desk.slips import (
    AllOwed,
    OwedSlips,
    SlipIsOut,
    StandsOtherwise,
    confirm_out,
    note_refill,
    owed_slips,
    paper,
    print_all,
)
from kiosk.domain.paper import PaperCount
from kiosk.domain.print_job import CopyReason, PrintState
from kiosk.domain.registration import Status
from kiosk.domain.staff import Action
from kiosk.storage.store import Store

from .office import ADMIN, CLERK, SUPERVISOR, bring_to, desk_of, enrol, set_slip


def listed(desk: Desk) -> list[tuple[str, int, PrintState]]:
    owed = owed_slips(desk)
    assert isinstance(owed, OwedSlips)
    assert not owed.more
    return [(one.job.registration_id, one.job.copy, one.job.state) for one in owed.slips]


def events(folder: Path) -> list[tuple[str, str]]:
    return [(row[2], row[4]) for row in rows_at(folder)["audit"] if row[2] != "registered"]


def test_what_is_not_out_is_listed_in_the_order_in_which_it_is_owed(
    desk: Desk, store_folder: Path, clock: StillClock
) -> None:
    states = ["failed", "came_out", "unsure", "unconfirmed", "filed", "handed_over_otherwise"]
    for serial, state in enumerate(states, start=1):
        set_slip(store_folder, enrol(desk.store, clock, serial), state)
    enrol(desk.store, clock, 9)
    assert listed(desk) == [
        ("id 1", 0, PrintState.FAILED),
        ("id 3", 0, PrintState.UNSURE),
        ("id 5", 0, PrintState.FILED),
        ("id 9", 0, PrintState.OWED),
    ]


def test_a_slip_that_a_copy_follows_is_not_owed_any_more(
    desk: Desk, store_folder: Path, clock: StillClock
) -> None:
    one = enrol(desk.store, clock)
    set_slip(store_folder, one, "unsure")
    assert reprint(desk, one, CopyReason.NOT_OUT) == SlipOwed(1)
    assert listed(desk) == [(one, 1, PrintState.OWED)]


def test_who_has_paid_is_owed_no_slip_but_what_is_being_printed_is_shown(
    desk: Desk, store_folder: Path, clock: StillClock
) -> None:
    for serial, state in ((1, "failed"), (2, "printing")):
        bring_to(store_folder, enrol(desk.store, clock, serial), Status.PAID)
        set_slip(store_folder, f"id {serial}", state)
    assert listed(desk) == [("id 2", 0, PrintState.PRINTING)]


@pytest.mark.parametrize("state", ["unsure", "unconfirmed", "failed"])
def test_somebody_who_has_seen_a_slip_says_so(
    desk: Desk, store_folder: Path, clock: StillClock, state: str
) -> None:
    one = enrol(desk.store, clock)
    set_slip(store_folder, one, state, "person")
    assert confirm_out(desk, one, 0) == SlipIsOut(0)
    assert listed(desk) == []
    assert events(store_folder) == [("slip_seen", CLERK.id)]
    assert confirm_out(desk, one, 0) == StandsOtherwise(PrintState.CAME_OUT)


@pytest.mark.parametrize("state", ["owed", "rendering", "sent", "printing", "filed"])
def test_nobody_has_seen_what_is_still_on_its_way(
    desk: Desk, store_folder: Path, clock: StillClock, state: str
) -> None:
    one = enrol(desk.store, clock)
    set_slip(store_folder, one, state)
    assert confirm_out(desk, one, 0) == StandsOtherwise(PrintState(state))
    assert confirm_out(desk, one, 1) == NotFound()
    assert events(store_folder) == []


def test_all_that_need_an_order_are_printed_at_once_and_an_unsure_one_is_looked_for_first(
    desk: Desk, store_folder: Path, clock: StillClock
) -> None:
    for serial, state in enumerate(("failed", "unsure", "filed", "owed"), start=1):
        set_slip(store_folder, enrol(desk.store, clock, serial), state, "P 22")
    assert print_all(desk) == AllOwed(2, 0)
    assert listed(desk) == [
        ("id 1", 0, PrintState.OWED),
        ("id 2", 0, PrintState.UNSURE),
        ("id 4", 0, PrintState.OWED),
        ("id 3", 1, PrintState.OWED),
    ]
    assert print_all(desk) == AllOwed(0, 0)


def test_where_copies_are_the_supervisors_a_clerk_prints_only_what_never_left(
    desk: Desk, store_folder: Path, clock: StillClock
) -> None:
    for serial, evidence in ((1, "P 22"), (2, "person")):
        set_slip(store_folder, enrol(desk.store, clock, serial), "failed", evidence)
    assert print_all(replace(desk, copies_supervised=True)) == AllOwed(1, 1)
    boss = replace(desk_of(SUPERVISOR, desk.store, clock), copies_supervised=True)
    assert print_all(boss) == AllOwed(1, 0)


def test_a_slip_that_was_handed_over_is_not_printed_any_more(desk: Desk, clock: StillClock) -> None:
    one = enrol(desk.store, clock)
    give_slip(desk, one)
    assert listed(desk) == []


def test_paper_put_in_begins_the_count_anew_and_is_noted(
    desk: Desk, store_folder: Path, clock: StillClock
) -> None:
    with desk.store.transaction() as record:
        record.prints.set_paper(PaperCount(used=80, ran_out=True))
    filled = PaperCount(since=clock.now())
    assert note_refill(desk) == filled
    assert paper(desk) == filled
    assert events(store_folder) == [("paper_refilled", CLERK.id)]


def test_an_admin_minds_the_printer_and_sees_no_slips(store: Store, clock: StillClock) -> None:
    admin = desk_of(ADMIN, store, clock)
    one = enrol(store, clock)
    assert isinstance(note_refill(admin), PaperCount)
    assert isinstance(paper(admin), PaperCount)
    assert owed_slips(admin) == NotAllowed(Action.SEE)
    assert confirm_out(admin, one, 0) == NotAllowed(Action.REPRINT)
    assert print_all(admin) == NotAllowed(Action.REPRINT)
