"""The last screen says of the slip what is known, never more; the registration outlives it all."""

import shutil
import threading
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PySide6.QtCore import QTimer
from samples import load_texts
from sqlalchemy import text

from kiosk.domain.print_job import Hold, PrintNews, PrintState
from kiosk.storage import tables
from kiosk.turn import PRINTING, Turn
from printing.port import CameOut, LostTrack, NoAnswer, Rejected, Sent, Underway
from printing.readback import SlipUnreadable

from .boxes import measure
from .conftest import Quiet
from .inks import faint_texts
from .modes import COLOURED, LYING, PLAIN, WIDE, Mode, show, walk_order
from .residents import TRADER, digits
from .stage import HUNG_S, OpenStage, Stage, open_stage
from .test_screens import picture_of

SAY = load_texts().say


def job_state(stage: Stage) -> str:
    (job,) = stage.rows(tables.print_job)
    return str(job["state"])


def evidence(stage: Stage) -> tuple[str, str]:
    (job,) = stage.rows(tables.print_job)
    return str(job["state"]), str(job["evidence"])


def look_until(stage: Stage, reached: Callable[[Any], bool]) -> None:
    """Let the kiosk look at its record, as it does every second, until it is there."""

    def look() -> bool:
        stage.app.visit.tick()
        stage.wait_for_work()
        return reached(stage.app.visit.done)

    stage.visitor.wait_until(look)
    stage.visitor.settle()


def wait_for_hold(stage: Stage, hold: str) -> None:
    look_until(stage, lambda done: done.hold == hold)


def change_hold(stage: Stage, hold: Hold | None) -> None:
    """Let something happen at the printer, which is looked at every few seconds."""
    stage.tray.hold = hold
    stage.services.printing.nudge()
    look_until(stage, lambda done: done.hold == (hold or ""))


def write_slip(stage: Stage, state: str, hold: str = "") -> None:
    """Note in the record what another program knows of the slip."""
    with stage.store_connection() as connection:
        connection.execute(
            text("UPDATE print_job SET state = :state, hold = :hold"),
            {"state": state, "hold": hold},
        )


def code_on_screen(stage: Stage) -> str:
    """What a telephone reads from the screen."""
    (code,) = zxingcpp.read_barcodes(picture_of(stage))
    return code.text


def test_done_says_saved_not_protected_and_how_to_pay(stage: Stage) -> None:
    stage.play(TRADER)
    for sentence in ("done.title", "done.not_protected", "done.until_paid", "done.pay_1"):
        assert stage.says(SAY(sentence))
    assert stage.says("Rp33.600")
    assert stage.says("Rp42.000")
    assert stage.says("30 November 2026")
    assert not stage.says("terlindungi")


def test_a_slip_handed_to_the_printer_is_not_said_to_be_out(stage: Stage) -> None:
    stage.play(TRADER)
    stage.wait_for_slip("unconfirmed")
    assert stage.says(SAY("done.slip_unconfirmed"))
    assert job_state(stage) == "unconfirmed"


@pytest.mark.parametrize("reason", ["client-error-document-format-not-supported", "refused"])
def test_a_printer_that_refuses_is_admitted(stage: Stage, reason: str, quiet: Quiet) -> None:
    quiet.tolerate("slip rejected")
    stage.tray.answer = lambda: Rejected(reason)
    stage.play(TRADER)
    stage.wait_for_slip("failed")
    assert stage.screen == "done"
    assert stage.says(SAY("done.title"))
    assert stage.says(SAY("done.slip_failed"))
    assert stage.says(SAY("done.slip_failed_lead"))
    assert stage.visitor.find("tookSlip") is None
    (stored,) = stage.rows(tables.registration)
    assert stored["number"] == stage.number()
    assert job_state(stage) == "failed"
    stage.tap("finish")
    assert stage.screen == "idle"


def test_a_slip_that_cannot_be_read_back_is_not_printed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, quiet: Quiet
) -> None:
    quiet.tolerate("slip failure P 22")

    def unreadable(*_: Any) -> bytes:
        raise SlipUnreadable("in this test")

    monkeypatch.setattr("printing.slips.Slips.render", unreadable)
    stage.play(TRADER)
    stage.wait_for_slip("failed")
    assert stage.says(SAY("done.slip_failed"))
    assert stage.tray.slips == {}
    assert len(stage.rows(tables.registration)) == 1
    assert stage.rows(tables.print_job)[0]["evidence"] == "P 22"


def test_a_kiosk_without_a_printer_says_where_the_slip_is(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(printer=None)
    stage.play(TRADER)
    stage.wait_for_slip("filed")
    assert stage.says(SAY("done.slip_filed"))
    assert not stage.says(SAY("done.slip_unconfirmed"))
    assert (stage.settings.slips_folder / f"{stage.number()}-0-1.pdf").exists()
    assert job_state(stage) == "filed"
    stage.tap("finish")
    assert stage.screen == "idle"


def test_who_is_asked_and_has_no_slip_is_told_what_to_do(stage: Stage) -> None:
    stage.play(TRADER)
    stage.wait_for_slip("unconfirmed")
    assert stage.visitor.find("noSlip") is None
    stage.fall_silent(10)
    assert stage.says(SAY("done.ask"))
    stage.tap("noSlip")
    assert stage.says(SAY("done.slip_missed_lead"))
    stage.wait_for_work()
    assert job_state(stage) == "failed"
    stage.tap("finish")
    assert stage.screen == "idle"


def test_who_is_asked_and_holds_the_slip_says_so(stage: Stage) -> None:
    stage.play(TRADER)
    stage.wait_for_slip("unconfirmed")
    stage.fall_silent(10)
    assert stage.says(SAY("done.yes_slip"))
    stage.tap("tookSlip")
    stage.wait_for_work()
    assert evidence(stage) == ("came_out", "person")


def test_a_slip_that_no_printer_has_yet_cannot_be_in_a_hand(stage: Stage) -> None:
    answered = hold_the_printer(stage)
    stage.play(TRADER)
    stage.visitor.wait_until(lambda: stage.tray.slips != {})
    stage.tap("tookSlip")
    assert stage.screen == "idle"
    stage.wait_for_work()
    assert job_state(stage) == "rendering"
    answered.set()
    stage.visitor.wait_until(lambda: job_state(stage) == "unconfirmed")


def test_who_holds_the_slip_before_the_printer_says_so_is_believed(stage: Stage) -> None:
    stage.tray.tells = lambda: Underway(printing=True)
    stage.play(TRADER)
    stage.wait_for_slip("printing")
    stage.tap("tookSlip")
    stage.wait_for_work()
    stage.tray.tells = lambda: LostTrack("job lost")
    stage.services.printing.nudge()
    stage.wait_for_work()
    assert evidence(stage) == ("came_out", "person")


def test_of_a_slow_printer_the_person_is_asked_later_and_what_they_miss_is_still_followed(
    stage: Stage,
) -> None:
    stage.tray.tells = lambda: Underway(printing=True)
    stage.play(TRADER)
    stage.wait_for_slip("printing")
    stage.fall_silent(44)
    assert stage.says(SAY("done.slip_printing"))
    stage.fall_silent(1)
    stage.tap("noSlip")
    assert stage.says(SAY("done.slip_missed"))
    stage.wait_for_work()
    assert job_state(stage) == "printing"
    stage.tray.tells = lambda: CameOut("job-completed-successfully")
    stage.wait_for_slip("came_out")
    assert stage.says(SAY("done.slip_came_out"))


def test_what_the_printer_said_stands_as_it_said_it(stage: Stage) -> None:
    stage.tray.tells = lambda: CameOut("job-completed-successfully")
    stage.play(TRADER)
    stage.wait_for_slip("came_out")
    assert stage.says(SAY("done.slip_came_out"))
    stage.tap("tookSlip")
    stage.wait_for_work()
    assert evidence(stage) == ("came_out", "job-completed-successfully")


def test_a_slip_that_the_printer_lost_track_of_is_asked_for_at_once(stage: Stage) -> None:
    stage.tray.tells = lambda: LostTrack("job lost")
    stage.play(TRADER)
    stage.wait_for_slip("unsure")
    assert stage.says(SAY("done.ask"))
    assert stage.says(SAY("done.slip_unsure_lead"))
    assert code_on_screen(stage) == stage.number()
    stage.tap("tookSlip")
    stage.wait_for_work()
    assert evidence(stage) == ("came_out", "person")


def test_without_paper_the_screen_waits_and_follows_by_itself(stage: Stage) -> None:
    stage.tray.hold = Hold.NO_PAPER
    stage.play(TRADER)
    wait_for_hold(stage, "no_paper")
    assert stage.says(SAY("done.hold_no_paper"))
    assert code_on_screen(stage) == stage.number()
    assert stage.visitor.find("tookSlip") is None
    change_hold(stage, Hold.COVER_OPEN)
    assert stage.says(SAY("done.hold_filling"))
    change_hold(stage, None)
    stage.wait_for_slip("unconfirmed")
    assert stage.says(SAY("done.slip_unconfirmed"))
    assert stage.screen == "done"
    assert set(stage.tray.slips) == {stage.number()}


def test_who_asks_again_for_a_slip_that_waits_sees_at_once_what_for(stage: Stage) -> None:
    stage.tray.hold = Hold.NO_PAPER
    stage.play(TRADER)
    wait_for_hold(stage, "no_paper")
    number = stage.number()
    stage.tap("finish", "start", "reprint")
    stage.prove("haveSlip", *digits(number), "askNext", *digits("17081985"))
    wait_for_hold(stage, "no_paper")
    assert stage.screen == "done"
    assert len(stage.rows(tables.print_job)) == 1


def test_a_cover_that_somebody_left_open_is_no_refill(stage: Stage) -> None:
    stage.tray.hold = Hold.COVER_OPEN
    stage.play(TRADER)
    wait_for_hold(stage, "cover_open")
    assert stage.says(SAY("done.hold_cover_open"))


def test_who_cannot_wait_for_paper_leaves_and_the_slip_stays_owed(stage: Stage) -> None:
    stage.tray.hold = Hold.NO_PAPER
    stage.play(TRADER)
    wait_for_hold(stage, "no_paper")
    stage.tap("finish")
    assert stage.screen == "idle"
    stage.wait_for_work()
    assert job_state(stage) == "owed"
    stage.tray.hold = None
    stage.services.printing.nudge()
    stage.visitor.wait_until(lambda: job_state(stage) == "unconfirmed")


def test_a_slip_that_lies_there_although_the_printer_fell_silent_can_be_taken(
    stage: Stage,
) -> None:
    stage.tray.tells = lambda: NoAnswer(Hold.OFFLINE)
    stage.play(TRADER)
    wait_for_hold(stage, "offline")
    assert stage.says(SAY("done.has_slip"))
    stage.tap("hasSlip")
    stage.wait_for_work()
    assert evidence(stage) == ("came_out", "person")


def test_a_finger_on_its_way_to_one_key_does_not_press_the_one_that_comes(stage: Stage) -> None:
    stage.tray.hold = Hold.NO_PAPER
    stage.play(TRADER)
    wait_for_hold(stage, "no_paper")
    stage.clock.skip(300)
    place = stage.place_of("finish")
    stage.press(place)
    change_hold(stage, None)
    stage.wait_for_slip("unconfirmed")
    stage.release(place)
    assert stage.screen == "done"
    stage.tap_at_once(place)  # within the moment in which a changed key is deaf
    assert stage.screen == "done"
    stage.tap("tookSlip")
    assert stage.screen == "idle"


def test_who_waits_for_paper_is_not_thrown_out_and_has_time_to_read_what_came(
    stage: Stage,
) -> None:
    stage.tray.hold = Hold.NO_PAPER
    stage.play(TRADER)
    wait_for_hold(stage, "no_paper")
    stage.fall_silent(299)
    assert not stage.says(SAY("silence.title"))
    change_hold(stage, None)
    stage.wait_for_slip("unconfirmed")
    stage.fall_silent(89)
    assert not stage.says(SAY("silence.title"))
    stage.fall_silent(1)
    assert stage.says(SAY("silence.title"))


def test_the_slip_of_another_program_and_the_hands_of_the_staff_are_followed_too(
    open_kiosk: OpenStage, tmp_path: Path
) -> None:
    theirs = Turn(tmp_path / "kiosk" / "store", PRINTING)
    assert theirs()
    stage = open_kiosk()
    stage.play(TRADER)
    write_slip(stage, "owed", "jam")
    wait_for_hold(stage, "jam")
    write_slip(stage, "handed_over_otherwise")
    look_until(stage, lambda done: done.slip == "handed_over_otherwise")
    assert stage.says(SAY("done.slip_handed_over_otherwise"))
    stage.tap("finish")
    assert stage.screen == "idle"
    theirs.give_up()


def test_news_of_an_earlier_slip_does_not_touch_the_next_resident(stage: Stage) -> None:
    answered = hold_the_printer(stage)
    stage.play(TRADER)
    stage.visitor.wait_until(lambda: stage.tray.slips != {})
    stage.tap("leave", "start", "register")
    answered.set()
    stage.visitor.wait_until(lambda: job_state(stage) == "unconfirmed")
    stage.visitor.settle()
    assert stage.screen == "consent"


def hold_the_printer(stage: Stage) -> threading.Event:
    """Let the printer answer only when the event is set."""
    answered = threading.Event()

    def late() -> Sent:
        answered.wait(HUNG_S)
        return Sent()

    stage.tray.answer = late
    return answered


SAME = PrintState.OWED, PrintState.SENT
"""What waits is told by the hold; whether a printer may have the slip makes a key."""
HELD = tuple(PrintNews(state, hold) for state, hold in product(SAME, Hold))
FREE = tuple(PrintNews(state) for state in PrintState)
TINTED = {"printing None", "came_out None", "failed None", "owed jam"}
FILLING = (PrintNews(PrintState.OWED, Hold.NO_PAPER), PrintNews(PrintState.OWED, Hold.COVER_OPEN))


def faces(stage: Stage) -> list[tuple[str, Callable[[], None]]]:
    """Every face of the slip, by name, and how it comes to the screen."""
    done: Any = stage.app.visit.done

    def tell(*news: PrintNews) -> None:
        done.show_slip(PrintNews(PrintState.OWED))
        for one in news:
            done.show_slip(one)

    def ask() -> None:
        tell(PrintNews(PrintState.UNCONFIRMED))
        stage.clock.skip(10_000)
        done.tick()

    def miss() -> None:
        tell(PrintNews(PrintState.UNCONFIRMED))
        done.miss_slip()

    told = [(f"{one.state} {one.hold}", lambda one=one: tell(one)) for one in (*FREE, *HELD)]
    return [*told, ("filling", lambda: tell(*FILLING)), ("asked", ask), ("missed", miss)]


def test_whatever_becomes_of_the_slip_can_be_read_and_touched_in_every_shape(
    new_kiosk: Path, tmp_path: Path
) -> None:
    shutil.copytree(new_kiosk, tmp_path / "kiosk")
    theirs = Turn(tmp_path / "kiosk" / "store", PRINTING)
    assert theirs()
    faults: list[str] = []
    with open_stage(tmp_path / "kiosk") as stage:
        stage.play(TRADER)
        for timer in stage.app.findChildren(QTimer):
            timer.stop()  # It would look at the record, which knows nothing of these faces.
        for mode in (one for one in walk_order() if one.panel is not WIDE):
            show(stage, mode)
            places: dict[str, Any] = {}
            for name, bring in faces(stage):
                bring()
                layout = measure(stage, mode.panel)
                found = layout.faults()
                if mode in COLOURED and name in TINTED:
                    found += faint_texts(layout.texts, picture_of(stage))
                for key in layout.keys:
                    if places.setdefault(key.name, key.place) != key.place:
                        found.append(f"key {key.name} has moved")
                faults += [f"{name}{mode}: {one}" for one in found]
    theirs.give_up()
    assert faults == []


@pytest.mark.parametrize("mode", [PLAIN, Mode(LYING), Mode(WIDE, contrast=True)], ids=str)
def test_the_number_can_be_photographed_however_the_screen_is_shown(
    stage: Stage, mode: Mode
) -> None:
    stage.tray.hold = Hold.JAM
    stage.play(TRADER)
    wait_for_hold(stage, "jam")
    show(stage, mode)
    assert code_on_screen(stage) == stage.number()
