"""The page of reports can be read in both languages and on both screens, as chart and as table.

After a wanted change: `UPDATE_SNAPSHOTS=1 .venv/bin/python -m pytest` with this file, then look at
the pictures in tests/screens/console_reports before they are committed.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from central.fixtures import Centre
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from kiosk.central.reports import set_target

from .boxes import Box
from .console_stage import Admin, at_console, console_for, known_place, populate
from .looking import faults_in_modes
from .modes import LYING, WIDE, Mode
from .report_stage import people, visits
from .stage import HandClock

FOLDER = Path(__file__).parent.parent / "screens" / "console_reports"
WHEN = datetime(2026, 11, 27, 3, 31, tzinfo=UTC)
SILENT = {2: {"silent": timedelta(days=3)}, 12: {"silent": timedelta(hours=30)}}
MODES = (Mode(LYING), Mode(LYING, "en"), Mode(WIDE), Mode(WIDE, "en"), Mode(LYING, contrast=True))
WHOLE_LINE = 17


def summary(admin: Admin) -> None:
    """This month, and two kiosks that are behind."""
    admin.tap("page_reports")


def year(admin: Admin) -> None:
    """A year, of which the lower half of the page is looked at."""
    admin.tap("page_reports", "showYear")
    scroll = admin.visitor.find("numbersScroll")
    assert scroll is not None
    scroll.setProperty("contentY", 420)
    admin.settle()


def dinas(admin: Admin) -> None:
    """Each dinas against its target."""
    admin.tap("page_reports", "showYear", "view_dinas")


def office(admin: Admin) -> None:
    """The kecamatan of one dinas."""
    admin.tap("page_reports", "view_office", "dinas_DKPP")


def days(admin: Admin) -> None:
    """Days that have not come."""
    admin.tap("page_reports", "chooseDays")
    admin.write("to_day", "31122026")
    admin.tap("formSubmit")
    leave_the_field(admin)


def target(admin: Admin) -> None:
    """A target is typed, and what counts now is told."""
    admin.tap("page_reports", "setTarget")
    admin.pick("target_dinas", "dkpp")
    admin.write("target", "1500")
    leave_the_field(admin)


def leave_the_field(admin: Admin) -> None:
    """No cursor blinks in the picture."""
    admin.press(Qt.Key.Key_Tab)


SCENES: Mapping[str, tuple[Callable[[Admin], None], tuple[Mode, ...]]] = {
    "summary": (summary, MODES),
    "year": (year, (Mode(LYING), Mode(WIDE, "en"))),
    "dinas": (dinas, (Mode(LYING), Mode(WIDE, "en"))),
    "office": (office, (Mode(LYING, "en"), Mode(WIDE))),
    "days": (days, (Mode(LYING), Mode(WIDE, "en"))),
    "target": (target, (Mode(LYING), Mode(WIDE, "en"))),
}


@pytest.fixture
def place(centre: Centre, tmp_path: Path, application: QGuiApplication) -> Path:
    found = known_place(centre, tmp_path)
    populate(centre, 29, WHEN, dict(SILENT))
    people(centre, 700, seed=1)
    visits(centre, 60, seed=2)
    console = console_for(centre, found)
    for dinas, count in (("DKPP", 90), ("DISHUB", 40), ("DISKAN", 100)):
        set_target(console, dinas, 2026, count)
    return found


def is_whole(text: Box) -> bool:
    return text.place.height() >= WHOLE_LINE


@pytest.mark.parametrize("scene", SCENES)
def test_the_page_can_be_read_and_looks_as_it_did(place: Path, tmp_path: Path, scene: str) -> None:
    clock = HandClock()
    clock.moment = WHEN
    lead, pictured = SCENES[scene]
    with at_console(place, clock) as admin:
        admin.sign_in()
        lead(admin)
        admin.app.console._say("", bad=False)
        faults = faults_in_modes(
            admin, scene, MODES, pictured, folder=FOLDER, tmp_path=tmp_path, is_whole=is_whole
        )
    assert faults == [], "\n".join(faults)


def test_every_picture_is_of_a_scene() -> None:
    wanted = {f"{scene}{mode}.png" for scene, (_, modes) in SCENES.items() for mode in modes}
    assert {file.name for file in FOLDER.glob("*.png")} == wanted
