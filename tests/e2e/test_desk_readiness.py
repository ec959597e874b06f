"""The readiness report at the desk: made in the morning, told on every page, printed and saved."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from samples import load_texts

from kiosk.handover import exchange
from kiosk.morning import last_report
from kiosk.readiness import Finding, State

from .desk_stage import ADMIN, CLERK, SUPERVISOR, DeskStage, employ
from .stage import OpenStage, Stage

SAY = load_texts().say
OLD = Finding(State.BAD, "readiness.copies_old", "readiness.copies_todo", {"hours": 72}, "copies")
GOOD = Finding(State.GOOD, "readiness.printer_good", topic="printer")
TOLD = SAY("readiness.copies_old", hours=72)


@pytest.fixture
def stage(open_kiosk: OpenStage) -> Stage:
    stage = open_kiosk()
    stage.app.window.resize(1366, 768)
    stage.visitor.settle()
    employ(stage)
    return stage


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """What the checks find, whatever this machine is like; empty: what they really find."""
    findings = [OLD, GOOD]
    monkeypatch.setattr("kiosk.morning.look", lambda _situation: tuple(findings))
    return findings


def come_in(stage: Stage, name: str) -> DeskStage:
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(name)
    return desk


def wake_up(stage: Stage) -> None:
    """Let the moment come at which the kiosk looks whether the day's report is made."""
    before = last_report(stage.services.store)
    stage.app.morning.look()
    stage.visitor.wait_until(lambda: last_report(stage.services.store) != before)


def strip_of(desk: DeskStage) -> str:
    strip = desk.stage.visitor.find("readinessTold")
    return str(strip.property("text")) if strip is not None else ""


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(document[0].get_textpage().get_text_range().split())


def test_the_real_report_is_made_while_nobody_is_here_and_once_a_day(stage: Stage) -> None:
    wake_up(stage)
    made = last_report(stage.services.store)
    assert made is not None
    by_topic = {one.topic: one for one in made.findings}
    assert by_topic["printer"].says == "readiness.printer_good"
    assert by_topic["centre"].says == "readiness.centre_none"
    assert by_topic["data"].says == "readiness.data_relief_other"
    assert by_topic["data"].values["weeks"] == 5
    stage.clock.skip(3_600_000)
    stage.app.morning.look()
    stage.app.morning.stop()
    assert last_report(stage.services.store) == made


def test_nobody_waits_for_it(stage: Stage) -> None:
    desk = come_in(stage, ADMIN)
    stage.app.morning.look()
    stage.app.morning.stop()
    assert last_report(stage.services.store) is None
    assert strip_of(desk) == ""


def test_supervisor_and_admin_are_told_on_every_page_and_the_clerk_is_not(
    stage: Stage, found: list[Finding]
) -> None:
    wake_up(stage)
    for name, told in ((CLERK, ""), (SUPERVISOR, TOLD), (ADMIN, TOLD)):
        desk = come_in(stage, name)
        assert strip_of(desk) == told, name
        assert (stage.visitor.find("page_readiness") is not None) is bool(told)
        desk.tap("signOut")


def test_the_line_leads_to_the_report_which_says_what_to_do(
    stage: Stage, found: list[Finding]
) -> None:
    wake_up(stage)
    desk = come_in(stage, ADMIN)
    desk.tap("readinessStrip")
    assert desk.desk.page == "readiness"
    assert desk.says(SAY("readiness.copies_todo"))
    desk.tap("go_copies")
    assert desk.desk.page == "copies"


def test_the_supervisor_is_led_only_where_they_may_go(stage: Stage, found: list[Finding]) -> None:
    desk = come_in(stage, SUPERVISOR)
    desk.tap("page_readiness")
    assert desk.says(SAY("readiness.copies_todo"))
    assert stage.visitor.find("go_copies") is None


def test_looking_again_sees_what_was_done(stage: Stage, found: list[Finding]) -> None:
    desk = come_in(stage, ADMIN)
    desk.tap("page_readiness")
    assert strip_of(desk) == TOLD
    found[0] = Finding(State.GOOD, "readiness.copies", "", {"hours": 1}, "copies")
    desk.tap("lookReadiness")
    assert strip_of(desk) == ""
    assert desk.says(SAY("desk.readiness.all_good"))


def test_it_comes_out_on_paper(stage: Stage, found: list[Finding]) -> None:
    desk = come_in(stage, ADMIN)
    desk.tap("page_readiness", "printReadiness")
    stage.visitor.wait_until(lambda: bool(stage.tray.slips))
    ((name, page),) = stage.tray.slips.items()
    assert name.startswith("kesiapan-20261122-")
    assert TOLD in text_of(page)


def test_it_is_saved_as_a_pdf_where_somebody_can_take_it(
    stage: Stage, found: list[Finding]
) -> None:
    desk = come_in(stage, ADMIN)
    desk.tap("page_readiness", "saveReadiness")
    stage.visitor.wait_until(lambda: desk.notice != "")
    (file,) = Path(stage.settings.exchange_folder).glob("*.pdf")
    assert file.name in desk.notice
    assert TOLD in text_of(file.read_bytes())


def test_a_stick_that_takes_nothing_is_told(
    stage: Stage, found: list[Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[Any] = [exchange.Place(Path("/nowhere/stick"), "STICK", removable=True)]
    monkeypatch.setattr("ui.models.desk.readiness_model.find_places", lambda _folder: gone)
    desk = come_in(stage, ADMIN)
    desk.tap("page_readiness", "saveReadiness")
    stage.visitor.wait_until(lambda: desk.notice != "")
    assert desk.notice == SAY("desk.files.no_place")
