"""What an office sets of languages, text size and colours: every visit begins so, and residents
change it for theirs alone."""

from pathlib import Path
from typing import Any

import pytest
from samples import RESOURCES

from kiosk.domain.texts import parse_texts
from kiosk.settings import TextSize
from ui import composing
from ui.recordings import Recordings

from .boxes import measure
from .modes import LYING, UPRIGHT, Panel
from .stage import OpenStage, Tray
from .test_listening import Loudspeaker, record

ENGLISH = parse_texts((RESOURCES / "texts" / "en.toml").read_text("utf-8"), "en", "en.toml").say
panels = pytest.mark.parametrize("panel", [UPRIGHT, LYING], ids=lambda panel: panel.name)


@pytest.mark.parametrize(
    ("size", "contrast"),
    [(TextSize.NORMAL, True), (TextSize.LARGE, False), (TextSize.LARGEST, True)],
)
def test_a_visit_begins_in_the_size_and_colours_of_the_office(
    open_kiosk: OpenStage, size: TextSize, contrast: bool
) -> None:
    stage = open_kiosk(changes={"start_text_size": size, "start_contrast": contrast})
    kiosk: Any = stage.app.kiosk
    begins = (list(TextSize).index(size), contrast)
    assert (kiosk.textStep, kiosk.contrast) == begins
    stage.tap("start", "textSize", "contrast")
    assert (kiosk.textStep, kiosk.contrast) == ((begins[0] + 1) % 3, not contrast)
    stage.tap("leave")
    assert (kiosk.textStep, kiosk.contrast) == begins


def test_whoever_begins_in_the_largest_text_has_longer_to_read(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(changes={"start_text_size": TextSize.LARGEST})
    visit: Any = stage.app.visit
    stage.tap("start")
    stage.fall_silent(91)
    assert not visit.secondsLeft
    stage.fall_silent(45)
    assert 0 < visit.secondsLeft <= 30


def test_one_language_alone_needs_no_key(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(changes={"languages": "en", "language": "en"})
    assert stage.says(ENGLISH("idle.start"))
    stage.tap("start")
    assert stage.says(ENGLISH("menu.title"))
    assert stage.visitor.find("language") is None
    assert stage.key("textSize")


def test_those_offered_are_switched_between(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(changes={"languages": "en, id"})
    stage.tap("start", "language")
    assert stage.says(ENGLISH("menu.title"))


def test_the_desks_own_window_has_no_key_for_one_language_either(open_kiosk: OpenStage) -> None:
    stage = open_kiosk(changes={"languages": "id"})
    with composing.open_desk(stage.settings, stage.clock, Tray()) as app:
        beside: Any = app.kiosk
        assert beside.nextLanguage == ""


@panels
@pytest.mark.parametrize("listens", [False, True], ids=["", "listens"])
def test_the_strip_is_as_wide_as_before(
    open_kiosk: OpenStage, tmp_path: Path, panel: Panel, listens: bool
) -> None:
    screens = [f"id/{screen}" for screen in ("idle", "menu", "consent")] if listens else []
    recordings = Recordings(record(tmp_path / "sounds", *screens), Loudspeaker())
    stage = open_kiosk(recordings=recordings, changes={"languages": "id"})
    stage.app.window.resize(panel.width, panel.height)
    stage.visitor.settle()
    for way in ("contrast", "contrast", "start", "textSize", "register", "textSize"):
        stage.tap(way)
        stage.visitor.picture()
        assert stage.visitor.find("language") is None
        assert measure(stage, panel).faults() == []
    if panel is UPRIGHT:
        last = stage.key("help")
        right = last.mapToScene(last.boundingRect().topRight()).x()
        assert abs(right - panel.width) <= 24
