"""The printer at the desk: how it stands, its paper, and the slips that wait for it or a person."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from samples import load_texts, make_application, nik_of
from sqlalchemy import text

from kiosk.domain.print_job import Hold
from kiosk.domain.registration import Registration
from kiosk.domain.registration_number import group_number
from kiosk.registration import Registered, register
from kiosk.settings import CopiesBy
from kiosk.storage import tables
from kiosk.turn import PRINTING, Turn
from printing.discovery import FoundPrinter, NotLooked, Source
from printing.port import Abilities, CameOut, Status

from .conftest import Quiet
from .desk_stage import ADMIN, CLERK, SUPERVISOR, DeskStage, employ
from .stage import OpenStage, Stage

SAY = load_texts().say
NAMES = ("", "JUHRI", "ROHAYATI", "UDIN", "NENENG", "MAD YASIN")


def office(open_kiosk: OpenStage, **changes: object) -> Stage:
    """A kiosk with its staff, which does not print by itself: another program has the turn."""
    stage = open_kiosk(changes=changes)
    stage.app.window.resize(1366, 768)
    stage.visitor.settle()
    employ(stage)
    return stage


@pytest.fixture
def turn(tmp_path: Path, open_kiosk: OpenStage) -> Turn:
    """Held by another program, so that slips stay as a test has written them."""
    turn = Turn(tmp_path / "kiosk" / "store", PRINTING)
    assert turn()
    return turn


def owe(stage: Stage, *states: tuple[str, str]) -> list[Registration]:
    """Register somebody for each state, with what is known of their slip and how."""
    people = []
    for serial, (state, evidence) in enumerate(states, start=1):
        applied = make_application(f"id {serial}", nik=nik_of(serial), name=NAMES[serial])
        made = register(stage.services.store, applied, stage.clock)
        assert isinstance(made, Registered)
        people.append(made.registration)
        with stage.store_connection() as connection:
            connection.execute(
                text(
                    "UPDATE print_job SET state = :state, evidence = :evidence"
                    " WHERE registration_id = :id"
                ),
                {"state": state, "evidence": evidence, "id": made.registration.id},
            )
    return people


def at_printer(stage: Stage, who: str = CLERK) -> DeskStage:
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(who)
    desk.tap("page_printer")
    return desk


def slip_states(stage: Stage) -> list[tuple[str, int, str]]:
    return [
        (str(row["registration_id"]), int(row["copy"]), str(row["state"]))
        for row in stage.rows(tables.print_job)
    ]


def choose(desk: DeskStage, person: Registration) -> None:
    desk.tap(f"slip_{group_number(person.number)}")


def wait_until_says(desk: DeskStage, sentence: str) -> None:
    def says() -> bool:
        desk.wait_for_worker()
        return desk.says(sentence)

    desk.stage.visitor.wait_until(says)


def events(stage: Stage) -> Sequence[tuple[str, str]]:
    return [(str(row["event"]), str(row["details"])) for row in stage.rows(tables.audit)]


# ------------------------------------------------------------ how it stands


@pytest.mark.parametrize("hold", Hold)
def test_a_printer_that_holds_is_told_over_every_page_with_what_to_do(
    open_kiosk: OpenStage, hold: Hold
) -> None:
    stage = office(open_kiosk)
    stage.tray.hold = hold
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in()
    told = f"{SAY(f'desk.printer.hold_{hold}')}. {SAY(f'desk.printer.hold_{hold}_do')}"
    wait_until_says(desk, told)
    desk.tap("page_requests")
    assert desk.says(told)
    desk.tap("printerStrip")
    assert desk.desk.page == "printer"
    stage.tray.hold = None
    stage.fall_silent(11)
    wait_until_says(desk, SAY("desk.printer.ready"))
    assert not desk.says(told)


def test_what_the_printer_can_report_is_told_and_since_when_it_stands_so(
    open_kiosk: OpenStage,
) -> None:
    stage = office(open_kiosk)
    stage.tray.tells_about_itself = Abilities("EPSON TM-T82III", "80 mm", reports_paper=True)
    desk = at_printer(stage)
    wait_until_says(desk, "EPSON TM-T82III")
    assert desk.says(SAY("desk.printer.reports_paper"))
    stage.tray.hold = Hold.COVER_OPEN
    stage.fall_silent(11)
    wait_until_says(desk, SAY("desk.printer.since", when="22 Nov 10.24"))


def test_a_kiosk_without_a_printer_says_where_slips_are(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(printer=None)
    employ(stage)
    desk = at_printer(stage)
    wait_until_says(desk, SAY("desk.printer.files_do"))


# ------------------------------------------------------------ paper


def test_paper_is_counted_from_the_refill_that_somebody_notes(
    open_kiosk: OpenStage, turn: Turn
) -> None:
    stage = office(open_kiosk, pages_per_refill=30)
    desk = at_printer(stage)
    assert desk.says(SAY("desk.printer.left_unknown"))
    desk.tap("refill")
    assert desk.notice == SAY("desk.told.refilled")
    assert desk.says(SAY("desk.printer.left_about", count=30))
    assert ("paper_refilled", "") in events(stage)
    with stage.services.store.transaction() as record:
        count = record.prints.paper()
        for _ in range(15):
            count = count.one_more()
        record.prints.set_paper(count)
    desk.tap("page_records")
    stage.fall_silent(11)
    wait_until_says(desk, SAY("desk.printer.few_left", count=15))
    turn.give_up()


# ------------------------------------------------------------ slips


def test_every_slip_that_is_not_out_is_listed_with_what_it_waits_for(
    open_kiosk: OpenStage, turn: Turn
) -> None:
    stage = office(open_kiosk)
    owe(stage, ("owed", ""), ("came_out", ""), ("unsure", ""), ("failed", "P 22"), ("filed", "x"))
    desk = at_printer(stage)
    assert [(line["title"], line["tag"]) for line in desk.desk.printer.lines] == [
        (group_number(stage_number(stage, "id 1")), SAY("desk.printer.short_owed")),
        (group_number(stage_number(stage, "id 3")), SAY("desk.printer.short_unsure")),
        (group_number(stage_number(stage, "id 4")), SAY("desk.printer.short_failed")),
        (group_number(stage_number(stage, "id 5")), SAY("desk.printer.short_filed")),
    ]
    assert desk.says(SAY("desk.printer.owed", count=4))
    turn.give_up()


def stage_number(stage: Stage, registration_id: str) -> str:
    rows = stage.rows(tables.registration)
    return next(str(row["number"]) for row in rows if row["id"] == registration_id)


def test_of_an_unsure_slip_somebody_says_that_it_is_there(
    open_kiosk: OpenStage, turn: Turn
) -> None:
    stage = office(open_kiosk)
    (person,) = owe(stage, ("unsure", "job lost"))
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in()
    wait_until_says(desk, SAY("desk.printer.unsure", count=1))
    desk.open_record(person.number)
    assert desk.says(SAY("desk.alarm.slip_unsure"))
    desk.tap("printerStrip")
    choose(desk, person)
    assert desk.says(SAY("desk.printer.slip_unsure"))
    desk.tap("mainSlip")
    assert desk.notice == SAY("desk.told.slip_out")
    assert slip_states(stage) == [(person.id, 0, "came_out")]
    assert desk.says(SAY("desk.printer.none_owed"))
    turn.give_up()


def test_an_unsure_slip_that_is_not_there_is_printed_as_a_copy(
    open_kiosk: OpenStage, turn: Turn
) -> None:
    stage = office(open_kiosk)
    (person,) = owe(stage, ("unsure", "job lost"))
    desk = at_printer(stage)
    choose(desk, person)
    desk.tap("slip_not_seen")
    assert desk.notice == SAY("desk.told.copy_owed", copy=1)
    assert slip_states(stage) == [(person.id, 0, "unsure"), (person.id, 1, "owed")]
    assert ("reprinted", '{"copy":1,"reason":"not_out"}') in events(stage)
    choose_copy = f"slip_{group_number(person.number)} · {SAY('desk.copy', copy=1)}"
    desk.tap(choose_copy)
    assert desk.says(SAY("desk.printer.slip_by_itself"))
    turn.give_up()


def test_a_slip_that_waits_is_handed_over_and_its_record_is_near(
    open_kiosk: OpenStage, turn: Turn
) -> None:
    stage = office(open_kiosk)
    (person,) = owe(stage, ("owed", ""))
    desk = at_printer(stage)
    choose(desk, person)
    assert desk.desk.printer.slip["main"] == {}
    desk.tap("slip_give")
    assert desk.notice == SAY("desk.told.slip_given")
    assert slip_states(stage) == [(person.id, 0, "handed_over_otherwise")]
    turn.give_up()


def test_from_the_slip_one_comes_to_the_record(open_kiosk: OpenStage, turn: Turn) -> None:
    stage = office(open_kiosk)
    (person,) = owe(stage, ("owed", ""))
    desk = at_printer(stage)
    choose(desk, person)
    desk.tap("slip_open")
    assert desk.desk.page == "records"
    assert desk.says(NAMES[1])
    turn.give_up()


def test_all_that_wait_for_an_order_come_out_at_once(open_kiosk: OpenStage, quiet: Quiet) -> None:
    stage = office(open_kiosk)
    stage.tray.tells = lambda: CameOut("job-completed-successfully")
    owe(stage, ("failed", "P 22"), ("unsure", ""), ("filed", "x"))
    desk = at_printer(stage)
    desk.tap("printAll")
    assert desk.notice == SAY("desk.told.all_owed", count=2)
    stage.visitor.wait_until(
        lambda: (
            slip_states(stage)
            == [
                ("id 1", 0, "came_out"),
                ("id 2", 0, "unsure"),
                ("id 3", 0, "filed"),
                ("id 3", 1, "came_out"),
            ]
        )
    )
    wait_until_says(desk, SAY("desk.printer.owed", count=1))


def test_where_copies_are_the_supervisors_a_clerk_is_told_so(
    open_kiosk: OpenStage, turn: Turn
) -> None:
    stage = office(open_kiosk, reprint_by=CopiesBy.SUPERVISOR)
    (person,) = owe(stage, ("unsure", ""))
    desk = at_printer(stage)
    choose(desk, person)
    desk.tap("slip_not_seen")
    assert desk.notice == SAY("desk.problem.copies_supervised")
    assert slip_states(stage) == [(person.id, 0, "unsure")]
    desk.tap("signOut")
    desk = at_printer(stage, SUPERVISOR)
    choose(desk, person)
    desk.tap("slip_not_seen")
    assert desk.notice == SAY("desk.told.copy_owed", copy=1)
    turn.give_up()


def test_a_sample_comes_out_of_the_printer(open_kiosk: OpenStage) -> None:
    stage = office(open_kiosk)
    desk = at_printer(stage, ADMIN)
    desk.tap("printTest")
    stage.visitor.wait_until(lambda: any(name.startswith("uji-") for name in stage.tray.slips))


def test_an_admin_minds_the_printer_and_learns_of_nobody(open_kiosk: OpenStage, turn: Turn) -> None:
    stage = office(open_kiosk)
    (person,) = owe(stage, ("failed", "P 22"))
    desk = at_printer(stage, ADMIN)
    desk.tap("refill")
    assert desk.notice == SAY("desk.told.refilled")
    assert not desk.says(NAMES[1])
    assert not desk.says(group_number(person.number))
    assert desk.desk.printer.lines == []
    turn.give_up()


def test_an_admin_sees_which_printers_there_are_and_what_to_write_down(
    open_kiosk: OpenStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = office(open_kiosk)
    address = "ipp://192.168.1.9/ipp/print"
    abilities = Abilities("EPSON TM-m30", "80 mm", reports_paper=True, reports_jobs=True)
    there = [
        FoundPrinter(Source.NETWORK, "Loket", address, address, abilities, Status(Hold.JAM)),
        NotLooked(Source.USB, "not there"),
    ]
    monkeypatch.setattr("printing.discovery.found_printers", lambda: there)
    desk = at_printer(stage, ADMIN)
    desk.tap("searchPrinters")
    wait_until_says(desk, "Loket")
    assert desk.says(SAY("desk.printer.not_looked"))
    desk.tap("found_Loket")
    for told in ("EPSON TM-m30", "80 mm", f'printer = "{address}"'):
        assert desk.says(told)
    assert desk.says(SAY("desk.printer.reports_all"))
    assert stage.visitor.find("refill") is None
    desk.tap("printerItself")
    assert stage.visitor.find("refill") is not None


def test_a_clerk_sets_no_printer_up(open_kiosk: OpenStage) -> None:
    desk = at_printer(office(open_kiosk))
    assert desk.stage.visitor.find("searchPrinters") is None


def test_a_printer_that_does_not_answer_keeps_nobody_at_the_desk_waiting(
    open_kiosk: OpenStage,
) -> None:
    stage = office(open_kiosk)
    answers = stage.tray.hesitate()
    try:
        desk = DeskStage(stage)
        desk.open()
        desk.sign_in()
        desk.tap("page_printer", "page_records")
        assert desk.desk.page == "records"
    finally:
        answers.set()
