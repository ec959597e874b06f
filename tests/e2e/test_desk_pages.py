"""The desk's other pages: rights of the person, the day's recap, accounts, one's own PIN."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QGuiApplication
from samples import load_texts, make_application, nik_of

from kiosk.accounts import Place, SignedIn, create_first_admin, sign_in
from kiosk.domain.registration import Registration
from kiosk.domain.registration_number import group_number
from kiosk.practice import NAME, prepare
from kiosk.practice import PIN as PRACTICE_PIN
from kiosk.registration import Registered, register
from kiosk.storage import tables
from printing.port import Rejected
from ui import composing
from ui.composing import RESOURCES
from ui.models.desk.desk_model import SILENCE_S

from .conftest import Quiet
from .desk_stage import ADMIN, CLERK, PIN, SUPERVISOR, DeskStage, employ
from .stage import HandClock, OpenStage, Stage, Tray, settings_in

SAY = load_texts().say
Key = Qt.Key
NEW_PIN = "730915"


@pytest.fixture
def stage(open_kiosk: OpenStage) -> Stage:
    stage = open_kiosk()
    stage.app.window.resize(1366, 768)
    stage.visitor.settle()
    employ(stage)
    return stage


@pytest.fixture
def person(stage: Stage) -> Registration:
    made = register(
        stage.services.store,
        make_application("id 1", nik=nik_of(1), name="JUHRI"),
        stage.clock,
    )
    assert isinstance(made, Registered)
    return made.registration


@pytest.fixture
def desk(stage: Stage, person: Registration) -> DeskStage:
    """The desk, with nobody signed in yet; one person has registered."""
    desk = DeskStage(stage)
    desk.open()
    return desk


def ask(desk: DeskStage, person: Registration, right: str) -> None:
    """Record a request at the person's record."""
    desk.tap("page_records")
    desk.open_record(person.number)
    desk.tap("deed_rights", f"right_{right}", "formSubmit")


def events(stage: Stage) -> list[str]:
    return [str(row["event"]) for row in stage.rows(tables.audit)]


def papers(stage: Stage, word: str) -> list[str]:
    """What the printer was given whose name begins so."""
    return [name for name in stage.tray.slips if name.startswith(word)]


def wait_for_paper(desk: DeskStage, word: str) -> None:
    desk.stage.visitor.wait_until(lambda: len(papers(desk.stage, word)) == 1)
    desk.settle()


def can_sign_in(stage: Stage, name: str, pin: str) -> bool:
    return isinstance(sign_in(stage.services.store, name, pin, Place.DESK, stage.clock), SignedIn)


# ------------------------------------------------------------ rights of the person


def test_a_clerk_records_a_request_and_sees_until_when_it_must_be_done(
    desk: DeskStage, person: Registration
) -> None:
    desk.sign_in(CLERK)
    ask(desk, person, "erasure")
    assert desk.desk.page == "requests"
    assert desk.says(SAY("right.erasure"))
    assert desk.says(group_number(person.number))
    assert desk.says(SAY("desk.requests.left", hours=72))
    assert desk.says(SAY("desk.requests.supervisor"))
    assert desk.desk.requests.mainDeed == {}


def test_no_right_chosen_is_told(desk: DeskStage, person: Registration) -> None:
    desk.sign_in(CLERK)
    desk.open_record(person.number)
    desk.tap("deed_rights", "formSubmit")
    assert desk.says(SAY("desk.problem.right_missing"))


def test_what_is_late_stands_first_and_says_by_how_many_hours(
    desk: DeskStage, person: Registration, stage: Stage
) -> None:
    desk.sign_in(CLERK)
    ask(desk, person, "withdrawal")
    stage.clock.forward(timedelta(hours=75))
    desk.tap("page_records", "view_all", "page_requests")
    assert desk.says(SAY("desk.requests.overdue", hours=3))
    ask_again = desk.desk.requests.lines[0]
    assert ask_again["tone"] == "brick"


def test_an_erasure_needs_the_number_once_more_and_leaves_nothing(
    desk: DeskStage, person: Registration, stage: Stage
) -> None:
    desk.sign_in(SUPERVISOR)
    ask(desk, person, "erasure")
    desk.tap("mainRequest")
    assert desk.says(SAY("desk.requests.confirm_erasure"))
    assert desk.says(group_number(person.number))
    desk.type("0000" if person.number[-4:] != "0000" else "1111")
    desk.hit(Key.Key_Return)
    assert desk.says(SAY("desk.problem.last_digits"))
    assert stage.rows(tables.registration) != []
    desk.write("last_digits", person.number[-4:])
    desk.hit(Key.Key_Return)
    assert stage.rows(tables.registration) == []
    assert desk.says(SAY("desk.requests.hand_proof"))
    wait_for_paper(desk, "bukti")
    stage.tray.slips.clear()
    desk.tap("mainRequest")
    wait_for_paper(desk, "bukti")
    desk.tap("page_records", "view_all")
    assert desk.names() == []
    assert not any("JUHRI" in word for word in stage.words())


def test_what_could_not_be_removed_is_told_and_done_again(
    desk: DeskStage, person: Registration, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    printing: Any = stage.services.printing
    desk.sign_in(SUPERVISOR)
    ask(desk, person, "erasure")
    with monkeypatch.context() as stuck:
        stuck.setattr(type(printing), "forget", lambda *_: False)
        desk.tap("mainRequest")
        desk.type(person.number[-4:])
        desk.hit(Key.Key_Return)
    assert desk.notice == SAY("desk.problem.not_all_gone")
    assert desk.says(SAY("desk.requests.carry_out_erasure"))
    desk.tap("mainRequest")
    desk.type(person.number[-4:])
    desk.hit(Key.Key_Return)
    assert stage.rows(tables.registration) == []


def test_other_registrations_with_the_nik_are_named(
    desk: DeskStage, person: Registration, stage: Stage
) -> None:
    desk.sign_in(SUPERVISOR)
    ask(desk, person, "withdrawal")
    desk.tap("mainRequest")
    desk.type(person.number[-4:])
    desk.hit(Key.Key_Return)
    again = register(
        stage.services.store, make_application("id 2", nik=nik_of(1), name="JUHRI"), stage.clock
    )
    assert isinstance(again, Registered)
    ask(desk, person, "erasure")
    desk.tap("mainRequest")
    desk.type(person.number[-4:])
    desk.hit(Key.Key_Return)
    other = group_number(again.registration.number)
    assert desk.says(SAY("desk.requests.others", numbers=other))


def test_a_copy_is_printed_before_it_counts_as_handed_over(
    desk: DeskStage, person: Registration, stage: Stage
) -> None:
    desk.sign_in(SUPERVISOR)
    ask(desk, person, "copy")
    desk.tap("request_carry_out")
    assert desk.notice == SAY("desk.problem.not_yet_copy")
    desk.tap("mainRequest")
    wait_for_paper(desk, "salinan")
    desk.tap("mainRequest")
    wait_for_paper(desk, "bukti")
    assert events(stage).count("copy_done") == 1
    desk.tap("page_records")
    desk.open_record(person.number)
    for told in ("copy_asked", "data_copied", "copy_done"):
        assert desk.says(SAY(f"desk.event.{told}"))


def test_a_correction_is_done_when_something_was_corrected(
    desk: DeskStage, person: Registration
) -> None:
    desk.sign_in(CLERK)
    ask(desk, person, "correction")
    desk.tap("mainRequest")
    assert desk.notice == SAY("desk.problem.not_yet_correction")
    desk.tap("request_open_record", "deed_correct")
    desk.write("name", "JUHRI BIN SALEH")
    desk.write("reason", "ejaan KTP")
    desk.hit(Key.Key_Return)
    desk.tap("page_requests", "mainRequest")
    assert desk.says(SAY("desk.requests.hand_proof"))


def test_a_request_is_called_off(desk: DeskStage, person: Registration) -> None:
    desk.sign_in(CLERK)
    ask(desk, person, "copy")
    desk.tap("request_call_off")
    assert desk.notice == SAY("desk.told.request_called_off")
    assert desk.says(SAY("desk.requests.nothing"))


def test_a_request_half_recorded_is_taken_up_again(
    desk: DeskStage, person: Registration, stage: Stage
) -> None:
    desk.sign_in(CLERK)
    desk.open_record(person.number)
    desk.tap("deed_rights", "right_copy")
    stage.fall_silent(SILENCE_S + 1)
    desk.settle()
    desk.open()
    desk.sign_in(CLERK)
    assert desk.says(SAY("desk.requests.means_copy"))


def test_paper_that_did_not_come_is_told(
    desk: DeskStage, person: Registration, stage: Stage, quiet: Quiet
) -> None:
    quiet.tolerate("slip rejected")
    desk.sign_in(SUPERVISOR)
    ask(desk, person, "copy")
    stage.tray.answer = lambda: Rejected("refused")
    desk.tap("mainRequest")
    stage.visitor.wait_until(lambda: bool(desk.desk.noticeBad))
    assert desk.notice == SAY("desk.page_told.failed")


# ------------------------------------------------------------ the day's recap


def test_the_recap_says_what_today_brought_and_is_printed(
    desk: DeskStage, person: Registration, stage: Stage
) -> None:
    desk.sign_in(CLERK)
    desk.tap("page_recap")
    assert desk.says("22 November 2026")
    for key in ("desk_recap.registered", "desk_recap.no_gap", "desk_recap.audit"):
        assert desk.says(SAY(key))
    assert desk.says(group_number(person.number))
    desk.tap("printRecap")
    wait_for_paper(desk, "rekap-20261122")
    assert [row["place"] for row in stage.rows(tables.anchor)] == ["recap"]
    stage.visitor.wait_until(lambda: desk.notice == SAY("desk.page_told.unconfirmed"))


def test_another_day_is_chosen_by_key_and_by_typing(desk: DeskStage) -> None:
    desk.sign_in(CLERK)
    desk.tap("page_recap", "dayBefore")
    assert desk.says("21 November 2026")
    assert desk.says(SAY("desk_recap.empty"))
    desk.write("recapDay", "01112026")
    desk.hit(Key.Key_Return)
    assert desk.says("1 November 2026")
    desk.write("recapDay", "31022026")
    desk.hit(Key.Key_Return)
    assert desk.says(SAY("desk.problem.no_date"))
    desk.write("recapDay", "23112026")
    desk.hit(Key.Key_Return)
    assert desk.says(SAY("desk.problem.paid_in_future"))
    desk.tap("dayToday")
    assert desk.says("22 November 2026")
    assert not desk.desk.recap.wrong


def test_it_shows_that_it_is_working(desk: DeskStage) -> None:
    desk.sign_in(CLERK)
    desk.desk.go("recap")
    desk.stage.visitor.settle()
    desk.desk.recap.step(-1)
    assert desk.desk.recap.working
    assert desk.says(SAY("desk.recap.working"))
    desk.settle()
    assert not desk.desk.recap.working


# ------------------------------------------------------------ accounts


def test_the_admin_makes_an_account_that_can_sign_in(desk: DeskStage, stage: Stage) -> None:
    desk.sign_in(ADMIN)
    assert desk.desk.page == "staff"
    desk.tap("addAccount")
    desk.type("Pak Asep")
    desk.tap("role_supervisor")
    desk.write("new_pin", "123456")
    desk.write("pin_again", "123457")
    desk.tap("formSubmit")
    assert desk.says(SAY("desk_setup.pins_differ"))
    desk.write("pin_again", "123456")
    desk.tap("formSubmit")
    assert desk.says(SAY("desk_setup.pin_trivial"))
    desk.write("new_pin", NEW_PIN)
    desk.write("pin_again", NEW_PIN)
    desk.tap("formSubmit")
    assert desk.notice == SAY("desk.told.account_made", name="Pak Asep")
    assert can_sign_in(stage, "Pak Asep", NEW_PIN)


def test_a_name_that_is_taken_or_missing_is_told(desk: DeskStage) -> None:
    desk.sign_in(ADMIN)
    desk.tap("addAccount")
    desk.write("new_pin", NEW_PIN)
    desk.write("pin_again", NEW_PIN)
    desk.tap("formSubmit")
    assert desk.says(SAY("desk.problem.name_missing"))
    desk.write("name", "rina s.")
    desk.tap("formSubmit")
    assert desk.says(SAY("desk.problem.name_taken"))


def test_a_forgotten_pin_is_replaced_and_an_account_switched_off_and_on(
    desk: DeskStage, stage: Stage
) -> None:
    desk.sign_in(ADMIN)
    desk.tap(f"account_{CLERK}", "givePin")
    desk.write("new_pin", NEW_PIN)
    desk.write("pin_again", NEW_PIN)
    desk.tap("formSubmit")
    assert can_sign_in(stage, CLERK, NEW_PIN)
    desk.tap("switchAccount")
    assert desk.says(SAY("desk.staff.off"))
    assert not can_sign_in(stage, CLERK, NEW_PIN)
    desk.tap("switchAccount")
    assert can_sign_in(stage, CLERK, NEW_PIN)


def test_the_last_admin_stays(desk: DeskStage) -> None:
    desk.sign_in(ADMIN)
    desk.tap(f"account_{ADMIN}", "switchAccount")
    assert desk.notice == SAY("desk.problem.last_admin")


def test_a_pin_half_typed_is_not_kept_over_a_silence(desk: DeskStage, stage: Stage) -> None:
    desk.sign_in(ADMIN)
    desk.tap("addAccount")
    desk.write("new_pin", NEW_PIN)
    stage.fall_silent(SILENCE_S + 1)
    desk.settle()
    assert stage.app.desk is None
    assert stage.rows(tables.half_done) == []


def test_one_changes_ones_own_pin_by_the_old_one(desk: DeskStage, stage: Stage) -> None:
    desk.sign_in(CLERK)
    desk.tap("account")
    desk.write("old_pin", "402918")
    desk.write("new_pin", NEW_PIN)
    desk.write("pin_again", NEW_PIN)
    desk.tap("formSubmit")
    assert desk.says(SAY("desk.problem.wrong_pin"))
    desk.write("old_pin", PIN)
    desk.tap("formSubmit")
    assert desk.notice == SAY("desk.told.pin_changed")
    assert desk.desk.page == "records"
    assert can_sign_in(stage, CLERK, NEW_PIN)


def test_cancelling_leads_back(desk: DeskStage) -> None:
    desk.sign_in(ADMIN)
    desk.tap("account", "formCancel")
    assert desk.desk.page == "staff"


# ------------------------------------------------------------ leaving the kiosk


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The exit codes with which the program was ended."""
    codes: list[int] = []
    monkeypatch.setattr(QGuiApplication, "exit", codes.append)
    return codes


@pytest.fixture
def power(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer that notes in this file what its system is asked for."""
    asked = tmp_path / "asked"
    system = tmp_path / "bin" / "systemctl"
    system.parent.mkdir()
    system.write_text(f'#!/bin/sh\necho "$@" >>{asked}\n')
    system.chmod(0o755)
    monkeypatch.setenv("PATH", f"{system.parent}{os.pathsep}{os.environ['PATH']}")
    return asked


def test_the_desktop_needs_the_admins_pin_once_more(
    desk: DeskStage, stage: Stage, ended: list[int]
) -> None:
    desk.sign_in(ADMIN)
    desk.tap("openDesktop")
    desk.type("402918")
    desk.hit(Key.Key_Return)
    assert desk.says(SAY("desk.problem.wrong_pin"))
    assert ended == []
    desk.write("admin_pin", PIN)
    desk.hit(Key.Key_Return)
    assert ended == [0]
    assert stage.app.desk is None
    stage.visitor.wait_until(lambda: "signed_out" in events(stage))
    assert "desktop_opened" in events(stage)


def test_the_computer_is_switched_off_by_its_system(
    desk: DeskStage, stage: Stage, ended: list[int], power: Path
) -> None:
    desk.sign_in(ADMIN)
    desk.tap("shutDown")
    desk.type(PIN)
    desk.hit(Key.Key_Return)
    assert power.read_text() == "poweroff\n"
    assert ended == [0]
    assert "shut_down" in events(stage)


def test_a_system_that_refuses_is_told(
    desk: DeskStage, ended: list[int], power: Path, quiet: Quiet
) -> None:
    quiet.tolerate("no power off")
    (power.parent / "bin" / "systemctl").write_text("#!/bin/sh\nexit 1\n")
    desk.sign_in(ADMIN)
    desk.tap("shutDown")
    desk.type(PIN)
    desk.hit(Key.Key_Return)
    assert desk.notice == SAY("desk.problem.no_power_off")
    assert ended == []


def test_from_a_window_of_its_own_the_kiosk_cannot_be_left(
    tmp_path: Path, application: QGuiApplication
) -> None:
    clock, settings = HandClock(), settings_in(tmp_path)
    with composing.open_desk(settings, clock, Tray()) as app:
        create_first_admin(app.services.store, ADMIN, PIN, clock)
        desk: Any = app.desk
        entered = QEventLoop()
        desk.pageChanged.connect(entered.quit)
        desk.signIn(ADMIN, PIN)
        entered.exec()
        assert desk.page == "staff"
        assert not desk.staff.atKiosk


# ------------------------------------------------------------ practice


@pytest.fixture
def practice(tmp_path: Path, application: QGuiApplication) -> Iterator[Stage]:
    """A kiosk to practise on."""
    clock, tray = HandClock(), Tray()
    settings = prepare(settings_in(tmp_path), RESOURCES, clock)
    with composing.open_kiosk(settings, clock, printer=tray, practice=True) as app:
        app.show()
        stage = Stage(app, settings, clock, tray)
        stage.visitor.settle()
        yield stage


def test_practising_is_said_on_every_screen_and_who_may_sign_in(practice: Stage) -> None:
    word = SAY("desk.practice.word")
    assert practice.says(word)
    practice.tap("start")
    assert practice.says(word)
    desk = DeskStage(practice)
    desk.open()
    assert desk.says(NAME)
    assert desk.says(PRACTICE_PIN)
    desk.sign_in(NAME, PRACTICE_PIN)
    assert desk.says(word)
    assert not desk.says(PRACTICE_PIN)


def test_at_work_nothing_speaks_of_practising(desk: DeskStage) -> None:
    assert not desk.says(SAY("desk.practice.word"))
    assert not desk.says(PRACTICE_PIN)
    desk.stage.tap("signInBack")
    assert not desk.says(SAY("desk.practice.word"))
