"""An office may let nobody register while no printer can take a slip."""

import pytest
from samples import load_texts

from kiosk.domain.print_job import Hold

from .residents import DECLARATIONS, TRADER
from .stage import OpenStage, Stage

SAY = load_texts().say
WAITS = SAY("idle.waits_for_printer")


def look_again(stage: Stage) -> None:
    """Let the kiosk ask the printer, as it does every few seconds between two visits."""
    printer = stage.app.printer
    stage.visitor.wait_until(lambda: not printer.asking)  # it may have asked before the change
    stage.app.ask_printer()
    stage.visitor.wait_until(lambda: not printer.asking)


def test_by_itself_a_kiosk_registers_without_a_printer(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(printer=None)
    look_again(stage)
    assert not stage.says(WAITS)
    stage.tap("start", "register")
    assert stage.screen == "consent"


@pytest.mark.parametrize("way", [("register",), ("learn", "registerNow")])
def test_where_the_office_wants_a_printer_registering_waits_for_it(
    open_kiosk: OpenStage, way: tuple[str, ...]
) -> None:
    stage = open_kiosk(changes={"start_without_printer": False})
    stage.tray.hold = Hold.NO_PAPER
    look_again(stage)
    assert stage.says(WAITS)
    stage.tap("start", *way)
    assert stage.screen == "menu"
    assert stage.says(SAY("menu.register_waits"))
    stage.tap("learn")
    assert stage.screen == "benefits"
    stage.tap("leave")
    stage.tray.hold = None
    look_again(stage)
    assert not stage.says(WAITS)
    stage.tap("start", "register")
    assert stage.screen == "consent"


def test_a_printer_that_does_not_answer_keeps_nobody_waiting(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(changes={"start_without_printer": False})
    look_again(stage)
    answers = stage.tray.hesitate()
    try:
        stage.app.ask_printer()
        stage.play(TRADER, until="review")
        stage.tap(*DECLARATIONS, "next")
        stage.visitor.wait_until(lambda: stage.screen == "done")
        assert stage.app.printer.asking
    finally:
        answers.set()


def test_nobody_is_stopped_in_the_middle(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(changes={"start_without_printer": False})
    look_again(stage)
    stage.tap("start", "register")
    stage.tray.hold = Hold.NO_PAPER
    look_again(stage)
    stage.tap("next")
    assert stage.screen == "work"


def test_a_file_is_no_slip_in_the_hand(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(printer=None, changes={"start_without_printer": False})
    look_again(stage)
    assert stage.says(WAITS)
