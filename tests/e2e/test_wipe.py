"""Nothing of a resident stays in the kiosk when the visit is over."""

import logging

import pytest

from .residents import (
    DECLARATIONS,
    EMPLOYER,
    NEIGHBOUR,
    QUESTIONED,
    STRANGER,
    TRADER,
    Resident,
    digits,
    nik_born,
)
from .stage import ASKING, OpenStage, Stage
from .traces import betrays, traces, traces_in_files


def test_the_search_finds_a_resident_who_is_still_there(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    found = traces(stage.app)
    assert any(trace.startswith("on ") for trace in found)
    assert any(trace.startswith("in a ") for trace in found)


def test_the_last_screen_names_nobody(stage: Stage) -> None:
    stage.play(TRADER)
    stage.wait_for_slip("unconfirmed")
    assert traces(stage.app) == []


@pytest.mark.parametrize("end", ["tookSlip", "leave"])
def test_after_a_whole_visit_nothing_is_left(
    stage: Stage, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, end: str
) -> None:
    caplog.set_level(logging.DEBUG, "anjungan")
    caplog.set_level(logging.INFO, "sqlalchemy")
    stage.play(TRADER)
    stage.wait_for_slip("unconfirmed")
    stage.tap(end)
    assert stage.screen == "idle"
    assert traces(stage.app) == []
    assert traces_in_files(stage.settings.store_folder.parent) == []
    printed = capfd.readouterr()
    assert not betrays(printed.out + printed.err + caplog.text)


LEFT_AT: dict[str, Resident] = {
    **dict.fromkeys(("consent", "work", "nik", "name", "address", "phone"), TRADER),
    **dict.fromkeys(("income", "review", "done"), TRADER),
    "question": EMPLOYER,
    "kecamatan": NEIGHBOUR,
    "desa": NEIGHBOUR,
    "elsewhere": STRANGER,
    "stop": {**TRADER, "nik": digits(nik_born("120556"))},
}


@pytest.mark.parametrize("screen", LEFT_AT)
def test_leaving_leads_to_the_idle_screen_and_leaves_nothing(stage: Stage, screen: str) -> None:
    resident = LEFT_AT[screen]
    stage.play(resident, until=screen)
    stage.tap(*resident.get(screen, ()), "leave")
    assert stage.screen == "idle"
    assert traces(stage.app) == []


@pytest.mark.parametrize("screen", ["mother", "email", "second_job", "review"])
def test_what_an_office_asks_besides_leaves_nothing_either(
    open_kiosk: OpenStage, screen: str
) -> None:
    stage = open_kiosk(changes=ASKING)
    stage.play(QUESTIONED, until=screen)
    stage.tap(*QUESTIONED[screen] if screen != "review" else ())
    assert traces(stage.app) != []
    stage.tap("leave")
    assert traces(stage.app) == []
    stage.tap("start", "register")
    other = {**QUESTIONED, "nik": digits(nik_born("010170")), "phone": ("phone-none",)}
    stage.go_on(other, until="place")
    assert not stage.key("addJob").property("chosen")
    assert not stage.key("next").property("ready")


@pytest.mark.parametrize(
    "way", [("start",), ("start", "learn"), ("start", "pay"), ("start", "calculator"), ("help",)]
)
def test_the_other_screens_are_left_for_the_idle_screen_too(
    stage: Stage, way: tuple[str, ...]
) -> None:
    stage.tap(*way, "leave")
    assert stage.screen == "idle"


def test_who_is_registered_already_leaves_nothing_either(stage: Stage) -> None:
    for _ in range(2):
        stage.play(TRADER, until="review")
        stage.tap(*DECLARATIONS, "next")
        stage.wait_until_idle()
        stage.tap("leave")
    assert stage.screen == "idle"
    assert traces(stage.app) == []


def test_leaving_from_the_screen_that_calls_staff_leaves_nothing(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    stage.tap("help", "leave")
    assert stage.screen == "idle"
    assert traces(stage.app) == []


def test_going_back_to_the_menu_leaves_nothing(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    while stage.screen != "menu":
        stage.tap("back")
    assert traces(stage.app) == []


def test_the_next_resident_finds_every_screen_empty(stage: Stage) -> None:
    stage.play(TRADER, until="review")
    stage.tap("edit-name", "changeBirthDate", "leave")
    stage.tap("start", "register")
    # With the same NIK they would be asked whether to go on with what was left.
    for step, keys in {**TRADER, "nik": digits(nik_born("010170"))}.items():
        assert stage.screen == step
        assert step == "consent" or not stage.key("next").property("ready")
        assert step != "name" or stage.visitor.find("changeBirthDate") is not None
        if step != "review":
            stage.tap(*keys, "next")
