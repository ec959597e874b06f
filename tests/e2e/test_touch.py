"""A touch counts on release inside, and a new screen does not hear a tap meant for the old one."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.storage import tables

from .residents import DECLARATIONS, TRADER, digits
from .stage import Stage

DEAF_MS = 300
NOWHERE = QPoint(540, 1625)
"""Between the keys of a question and the two below it."""


def test_a_press_released_outside_the_key_does_nothing(stage: Stage) -> None:
    stage.play(TRADER, until="work")
    stage.clock.skip(DEAF_MS)
    stage.press(stage.place_of("work-dagang"))
    stage.move(NOWHERE)
    stage.release(NOWHERE)
    assert not stage.key("work-dagang").property("chosen")


def test_a_press_released_on_another_key_chooses_neither(stage: Stage) -> None:
    stage.play(TRADER, until="work")
    stage.clock.skip(DEAF_MS)
    stage.press(stage.place_of("work-dagang"))
    stage.move(stage.place_of("work-tani"))
    stage.release(stage.place_of("work-tani"))
    chosen = [key for key in ("work-dagang", "work-tani") if stage.key(key).property("chosen")]
    assert chosen == []


def test_a_press_that_strays_and_comes_back_counts(stage: Stage) -> None:
    stage.play(TRADER, until="work")
    stage.clock.skip(DEAF_MS)
    place = stage.place_of("work-dagang")
    stage.press(place)
    stage.move(NOWHERE)
    assert not stage.key("work-dagang").property("pressed")
    stage.move(place)
    assert stage.key("work-dagang").property("pressed")
    stage.release(place)
    assert stage.key("work-dagang").property("chosen")


def test_a_key_sinks_while_it_is_held(stage: Stage) -> None:
    stage.play(TRADER, until="work")
    stage.clock.skip(DEAF_MS)
    stage.press(stage.place_of("work-dagang"))
    assert stage.key("work-dagang").property("sunk")
    stage.release(stage.place_of("work-dagang"))


@pytest.mark.parametrize("late_ms", [0, 1, DEAF_MS - 1])
def test_a_second_tap_too_soon_is_not_meant_for_the_new_screen(stage: Stage, late_ms: int) -> None:
    stage.play(TRADER, until="work")
    stage.tap("work-dagang", "next")
    assert stage.screen == "job"
    stage.clock.skip(late_ms)
    stage.tap_at_once(stage.place_of("job-pedagang_pasar"))
    assert not stage.key("job-pedagang_pasar").property("chosen")


def test_a_tap_after_exactly_the_deaf_time_counts(stage: Stage) -> None:
    stage.play(TRADER, until="work")
    stage.tap("work-dagang", "next")
    stage.clock.skip(DEAF_MS)
    stage.tap_at_once(stage.place_of("job-pedagang_pasar"))
    assert stage.key("job-pedagang_pasar").property("chosen")


def test_a_press_begun_too_soon_does_not_count_however_long_it_is_held(stage: Stage) -> None:
    stage.play(TRADER, until="work")
    stage.tap("work-dagang", "next")
    place = stage.place_of("job-pedagang_pasar")
    stage.press(place)
    stage.clock.skip(10 * DEAF_MS)
    stage.release(place)
    assert not stage.key("job-pedagang_pasar").property("chosen")


def test_a_double_tap_on_start_opens_the_menu_and_nothing_of_it(stage: Stage) -> None:
    stage.clock.skip(DEAF_MS)
    place = stage.place_of("start")
    stage.tap_at_once(place)
    stage.tap_at_once(place)
    assert stage.screen == "menu"


def test_a_touch_anywhere_starts(stage: Stage) -> None:
    stage.clock.skip(DEAF_MS)
    stage.tap_at_once(QPoint(540, 1000))
    assert stage.screen == "menu"


def test_a_double_tap_registers_once(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    stage.tap(*DECLARATIONS)
    place = stage.place_of("next")
    stage.clock.skip(DEAF_MS)
    for _ in range(3):
        stage.tap_at_once(place)
    stage.wait_until_idle()
    assert stage.screen == "done"
    assert len(stage.rows(tables.registration)) == 1
    assert len(stage.rows(tables.print_job)) == 1


def test_a_quick_double_tap_on_a_digit_types_it_twice(stage: Stage) -> None:
    """Qt turns it into a double click, which must not lose the second digit."""
    stage.play(TRADER, until="nik")
    stage.tap(*digits("36"))
    stage.clock.skip(DEAF_MS)
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseDClick(stage.app.window, left, plain, stage.place_of("pad0"))
    stage.visitor.settle()
    assert [text for text in stage.words() if text.isdecimal()].count("0") == 3  # and the key


def test_enter_on_a_key_counts_like_a_touch(stage: Stage) -> None:
    stage.key("start").forceActiveFocus()
    stage.clock.skip(DEAF_MS)
    QTest.keyClick(stage.app.window, Qt.Key.Key_Return)
    stage.visitor.settle()
    assert stage.screen == "menu"


def test_enter_too_soon_is_not_meant_for_the_new_screen(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    stage.tap("edit-months")
    stage.key("next").forceActiveFocus()
    QTest.keyClick(stage.app.window, Qt.Key.Key_Return)
    stage.visitor.settle()
    assert stage.screen == "months"
