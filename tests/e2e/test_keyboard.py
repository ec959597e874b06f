"""Everything can be done by a keyboard plugged in, without touching the screen."""

from PySide6.QtCore import Qt
from samples import load_texts

from .residents import DECLARATIONS, NAME, NIK, PHONE, SPOKEN_PHONE, TRADER
from .stage import Stage

SAY = load_texts().say
Key = Qt.Key


def enter(stage: Stage, *names: str) -> None:
    """Walk to keys by Tab and press Enter on each."""
    for name in names:
        stage.walk_to(name)
        stage.hit(Key.Key_Return, "\r")
        stage.wait_until_idle()


def test_a_whole_visit_by_keyboard_alone(stage: Stage) -> None:
    stage.hit(Key.Key_Return, "\r")
    enter(stage, "register", "next")
    enter(stage, "work-dagang", "next", "job-pedagang_pasar", "next")
    stage.type(NIK)
    enter(stage, "next")
    stage.type(NAME.lower())
    enter(stage, "next", *TRADER["address"], "next", "phone-own")
    stage.type(PHONE)
    enter(stage, "next", "income-day")
    stage.type("40000")
    enter(stage, "next", *TRADER["programme"], "next", *TRADER["months"], "next")
    assert stage.says(NAME)
    assert stage.says(SPOKEN_PHONE)
    enter(stage, *DECLARATIONS, "next")
    assert stage.screen == "done"
    stage.wait_for_slip("sent")
    enter(stage, "tookSlip")
    assert stage.screen == "idle"
