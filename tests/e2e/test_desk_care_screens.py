"""The pages by which the kiosk is kept ready can be read however they are shown, and look as they
were found good: the readiness report, the backups, the tariff files.

After a wanted change: `UPDATE_SNAPSHOTS=1 .venv/bin/python -m pytest` with this file, then look at
the pictures in tests/screens/desk_care before they are committed.
"""

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import data_files
import pytest
from keeping import add_many

from kiosk.readiness import Finding, State

from .desk_stage import ADMIN, SUPERVISOR, DeskStage, employ
from .looking import faults_in_modes
from .modes import LYING, UPRIGHT, WIDE, Mode
from .stage import OpenStage

FOLDER = Path(__file__).parent.parent / "screens" / "desk_care"
MODES = (
    Mode(),
    Mode(UPRIGHT, "en", contrast=True),
    Mode(LYING, contrast=True),
    Mode(LYING, "en"),
    Mode(WIDE),
)
FINDINGS = (
    Finding(State.GOOD, "readiness.printer_good", topic="printer"),
    Finding(
        State.ATTENTION,
        "readiness.data_relief_other",
        "readiness.data_relief_other_todo",
        {"last_day": date(2026, 12, 31), "weeks": 5},
        "data",
    ),
    Finding(State.BAD, "readiness.copies_old", "readiness.copies_todo", {"hours": 72}, "copies"),
    Finding(State.GOOD, "readiness.space", "", {"free_mb": 81204}, "space"),
    Finding(State.GOOD, "readiness.clock_good", topic="clock"),
    Finding(State.GOOD, "readiness.centre_none", topic="centre"),
    Finding(
        State.ATTENTION,
        "keys.by_system_file",
        "readiness.protection_todo",
        {"level": 3},
        "protection",
    ),
    Finding(State.GOOD, "readiness.key_files_good", topic="bare_keys"),
    Finding(State.GOOD, "readiness.swap_good", topic="swap"),
    Finding(State.GOOD, "readiness.core_dumps_good", topic="core_dumps"),
    Finding(State.GOOD, "readiness.files", "", {"pages": 12, "lists": 2}, "left_files"),
)


def readiness(desk: DeskStage) -> None:
    """The report of a kiosk that wants three things."""
    desk.sign_in(ADMIN)
    desk.tap("page_readiness")


def warned(desk: DeskStage) -> None:
    """The line over every other page."""
    desk.sign_in(SUPERVISOR)
    desk.tap("page_readiness", "page_records")


def copies(desk: DeskStage) -> None:
    """The backups of the kiosk, one of them just made."""
    add_many(desk.stage.services.store, desk.stage.clock, range(1, 5))
    desk.sign_in(ADMIN)
    desk.tap("page_copies", "makeCopy")
    model = desk.desk.copies
    desk.stage.visitor.wait_until(lambda: not model.work.running)
    desk.settle()
    # By the disk's clock, not the test's.
    for file in desk.stage.settings.backup_place.glob("*.backup"):
        moment = desk.stage.clock.now().timestamp()
        os.utime(file, (moment, moment))
    model.enter()
    desk.settle()


def copy(desk: DeskStage) -> None:
    """One that opened, with what came since."""
    copies(desk)
    add_many(desk.stage.services.store, desk.stage.clock, range(5, 8))
    desk.tap("file_0")
    desk.stage.visitor.wait_until(lambda: not desk.desk.copies.trying)
    desk.settle()


def asked(desk: DeskStage) -> None:
    """What restoring means."""
    copy(desk)
    desk.tap("askRestore")


def refused(desk: DeskStage) -> None:
    """A file that does not open."""
    folder = desk.stage.settings.exchange_folder
    folder.mkdir(parents=True)
    (folder / "10917-000031-2026-11-20.backup").write_bytes(b"x" * 8192)
    moment = desk.stage.clock.now().timestamp()
    os.utime(next(iter(folder.iterdir())), (moment, moment))
    desk.sign_in(ADMIN)
    desk.tap("page_copies", "place_1", "file_0")
    desk.stage.visitor.wait_until(lambda: not desk.desk.copies.trying)
    desk.settle()


def tariff(desk: DeskStage) -> None:
    """What is in force, and what was loaded for the next year."""
    _bring(desk, data_files.goes_on, "tarif-2027.json")
    desk.sign_in(ADMIN)
    desk.tap("page_data", "file_0")
    _judged(desk)
    desk.tap("savePreview")
    desk.desk.go("readiness")
    desk.desk.go("data")
    desk.settle()


def differs(desk: DeskStage) -> None:
    """A file that changes something."""
    _bring(desk, data_files.goes_on, "tarif-2027.json")
    desk.sign_in(ADMIN)
    desk.tap("page_data", "file_0")
    _judged(desk)


def flawed(desk: DeskStage) -> None:
    """A file with months that have no rate."""
    _bring(desk, data_files.gap, "tarif-2027.json")
    desk.sign_in(ADMIN)
    desk.tap("page_data", "file_0")
    _judged(desk)


def _bring(desk: DeskStage, change: data_files.Change, name: str) -> None:
    file = data_files.write(desk.stage.settings.exchange_folder, change, name)
    moment = desk.stage.clock.now().timestamp()
    os.utime(file, (moment, moment))


def _judged(desk: DeskStage) -> None:
    desk.stage.visitor.wait_until(lambda: not desk.desk.tariffs.work.running)
    desk.settle()


SCENES: Mapping[str, tuple[Callable[[DeskStage], None], tuple[Mode, ...]]] = {
    "readiness": (
        readiness,
        (Mode(), Mode(LYING, "en"), Mode(LYING, contrast=True), Mode(WIDE)),
    ),
    "warned": (warned, (Mode(LYING, "en"), Mode(UPRIGHT, "en", contrast=True))),
    "copies": (copies, (Mode(), Mode(LYING, "en"), Mode(LYING, contrast=True))),
    "copy": (copy, (Mode(LYING, "en"),)),
    "asked": (asked, (Mode(), Mode(LYING, "en"), Mode(LYING, contrast=True))),
    "refused": (refused, (Mode(LYING, "en"),)),
    "tariff": (tariff, (Mode(), Mode(LYING, "en"))),
    "differs": (differs, (Mode(), Mode(LYING, "en"), Mode(LYING, contrast=True))),
    "flawed": (flawed, (Mode(LYING, "en"), Mode(LYING, contrast=True))),
}


@pytest.mark.parametrize("scene", SCENES)
def test_the_page_can_be_read_and_looks_as_it_did(
    open_kiosk: OpenStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scene: str
) -> None:
    # It depends on the version of the store, and on the machine.
    monkeypatch.setattr("ui.models.desk.files_model._size_words", lambda _size, _texts: "283 kB")
    monkeypatch.setattr("kiosk.morning.look", lambda _situation: FINDINGS)
    stage = open_kiosk()
    stage.app.window.resize(1366, 768)
    stage.visitor.settle()
    employ(stage)
    desk = DeskStage(stage)
    desk.open()
    lead, pictured = SCENES[scene]
    lead(desk)
    assert faults_in_modes(stage, scene, MODES, pictured, folder=FOLDER, tmp_path=tmp_path) == []


def test_every_picture_is_of_a_scene() -> None:
    wanted = {f"{scene}{mode}.png" for scene, (_, modes) in SCENES.items() for mode in modes}
    assert {file.name for file in FOLDER.glob("*.png")} == wanted
