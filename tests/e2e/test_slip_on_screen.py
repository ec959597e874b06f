"""The last screen says of the slip what is known, never more; the registration outlives it all."""

import threading
from typing import Any

import pytest
from samples import load_texts

from kiosk.storage import tables
from printing.port import Rejected, Sent
from printing.readback import SlipUnreadable

from .conftest import Quiet
from .residents import TRADER
from .stage import OpenStage, Stage

SAY = load_texts().say


def job_state(stage: Stage) -> str:
    (job,) = stage.rows(tables.print_job)
    return str(job["state"])


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


def test_a_resident_whose_slip_did_not_come_out_is_told_what_to_do(stage: Stage) -> None:
    stage.play(TRADER)
    stage.wait_for_slip("unconfirmed")
    stage.tap("noSlip")
    assert stage.says(SAY("done.slip_failed_lead"))
    stage.wait_for_work()
    assert job_state(stage) == "failed"
    stage.tap("finish")
    assert stage.screen == "idle"


def test_what_the_resident_said_of_the_slip_is_not_lost_when_the_printer_answers_late(
    open_kiosk: OpenStage,
) -> None:
    stage = open_kiosk()
    answered = hold_the_printer(stage)
    stage.play(TRADER)
    stage.visitor.wait_until(lambda: stage.tray.slips != {})
    stage.tap("noSlip")
    stage.wait_for_work()
    assert job_state(stage) == "failed"
    answered.set()
    again = open_kiosk()  # the print thread has ended by then
    assert job_state(again) == "failed"


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
        answered.wait()
        return Sent()

    stage.tray.answer = late
    return answered
