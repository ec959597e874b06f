"""A visit that falls silent is warned, and ends by itself without a trace."""

import pytest
from PySide6.QtCore import Qt
from samples import load_texts

from .residents import DECLARATIONS, TRADER
from .stage import OpenStage, Stage
from .traces import traces

SAY = load_texts().say
WARNING_S = 30


def pass_in_silence(stage: Stage, seconds: float) -> None:
    stage.clock.skip(seconds * 1000)
    stage.app.visit.tick()
    stage.visitor.settle()


@pytest.mark.parametrize(("screen", "silence_s"), [("nik", 45), ("review", 90)])
def test_it_warns_after_a_while_and_later_where_there_is_much_to_read(
    stage: Stage, screen: str, silence_s: int
) -> None:
    stage.play(TRADER, until=screen)
    pass_in_silence(stage, silence_s - 1)
    assert not stage.says(SAY("silence.title"))
    pass_in_silence(stage, 1)
    assert stage.says(SAY("silence.title"))
    assert stage.says(SAY("silence.seconds", seconds=WARNING_S))


@pytest.mark.parametrize("way", [(), ("stoppedPaying",)])
def test_how_to_pay_can_be_read_in_peace(stage: Stage, way: tuple[str, ...]) -> None:
    stage.tap("start", "pay", *way)
    pass_in_silence(stage, 89)
    assert not stage.says(SAY("silence.title"))
    pass_in_silence(stage, 1)
    assert stage.says(SAY("silence.title"))


def test_who_needs_time_finds_everything_as_it_was(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    before = sorted(stage.words())
    pass_in_silence(stage, 100)
    stage.tap("needTime")
    assert (stage.screen, sorted(stage.words())) == ("review", before)


def test_the_warning_covers_what_was_typed_and_hears_only_its_own_keys(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    stage.tap(*DECLARATIONS)
    places = [stage.place_of("next"), stage.place_of("edit-nik")]
    pass_in_silence(stage, 100)
    stage.clock.skip(300)
    for place in places:
        stage.tap_at_once(place)
        assert (stage.screen, stage.says(SAY("silence.title"))) == ("review", True)


@pytest.mark.parametrize("screen", ["nik", "review", "done"])
def test_after_the_warning_nothing_is_left(stage: Stage, screen: str) -> None:
    stage.play(TRADER, until=screen)
    pass_in_silence(stage, 90 + WARNING_S)
    assert stage.screen == "idle"
    assert traces(stage.app) == []


def test_the_visit_can_be_closed_at_the_warning(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    pass_in_silence(stage, 100)
    stage.tap("closeNow")
    assert stage.screen == "idle"
    assert traces(stage.app) == []


def test_the_idle_screen_waits_for_ever(stage: Stage) -> None:
    pass_in_silence(stage, 100_000)
    assert stage.screen == "idle"
    assert not stage.says(SAY("silence.title"))


def test_the_office_can_set_its_own_times(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(changes={"silence_s": 60, "reading_silence_s": 120, "warning_s": 20})
    stage.play(TRADER, until="nik")
    pass_in_silence(stage, 59)
    assert not stage.says(SAY("silence.title"))
    pass_in_silence(stage, 1)
    assert stage.says(SAY("silence.seconds", seconds=20))
    stage.tap("needTime")
    stage.go_on(TRADER, until="review")
    pass_in_silence(stage, 119)
    assert not stage.says(SAY("silence.title"))
    pass_in_silence(stage, 21)
    assert stage.screen == "idle"


@pytest.mark.parametrize("key", ["needTime", "closeNow"])
def test_the_warning_can_be_answered_by_keyboard(stage: Stage, key: str) -> None:
    stage.play(TRADER, until="review")
    pass_in_silence(stage, 100)
    stage.walk_to(key)
    stage.hit(Qt.Key.Key_Return, "\r")
    assert stage.screen == {"needTime": "review", "closeNow": "idle"}[key]
    assert not stage.says(SAY("silence.title"))


def test_the_warning_hears_only_its_own_keys_from_a_keyboard_too(stage: Stage) -> None:
    stage.play(TRADER, until="name")
    stage.type("SITI")
    stage.walk_to("next")
    pass_in_silence(stage, 60)
    stage.hit(Qt.Key.Key_Return, "\r")
    stage.type("AMINAH")
    stage.hit(Qt.Key.Key_Backspace)
    assert stage.says(SAY("silence.title"))
    reached = set()
    for _ in range(20):
        stage.hit(Qt.Key.Key_Tab)
        reached.add(stage.focused())
    assert reached == {"needTime", "closeNow", "language", "textSize", "contrast", "help"}
    stage.tap("needTime")
    assert stage.screen == "name"
    assert stage.says("SITI")
    assert not stage.says("SITIAMINAH")
