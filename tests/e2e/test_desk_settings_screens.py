"""The page of the settings can be read however it is shown, and looks as it was found good.

After a wanted change: `UPDATE_SNAPSHOTS=1 .venv/bin/python -m pytest` with this file, then look at
the pictures in tests/screens/desk_settings before they are committed.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from samples import load_texts

from kiosk.domain.staff import Account
from kiosk.own_content import SEGMENTS
from kiosk.storage.settings import SettingChange

from .centre_stand_in import MEMBERSHIP
from .desk_stage import ADMIN, DeskStage, employ
from .looking import faults_in_modes
from .modes import LYING, UPRIGHT, WIDE, Mode
from .stage import OpenStage, Stage

TITLE = "menu.title"
WITH_MISFITS = ("sentence", "segment")
FOLDER = Path(__file__).parent.parent / "screens" / "desk_settings"
SILENCE = f"setting_{load_texts().say('setting.silence_s.label')}"
MODES = (
    Mode(),
    Mode(UPRIGHT, "en", contrast=True),
    Mode(LYING, contrast=True),
    Mode(LYING, "en"),
    Mode(WIDE),
)
"""Every panel, language and colouring; the wide panel shows the lying sheet, only larger."""


def changed(desk: DeskStage) -> None:
    """A setting that was changed, in the middle of a list."""
    desk.tap("settingGroup_visit", SILENCE, "editSetting")
    desk.write("value", "60")
    desk.tap("formSubmit", "editSetting")
    desk.write("value", "70")
    desk.tap("formSubmit")


def form(desk: DeskStage) -> None:
    """A number that is out of its limits."""
    desk.tap("settingGroup_visit", SILENCE, "editSetting")
    desk.write("value", "10")
    desk.tap("formSubmit")


def slip(desk: DeskStage) -> None:
    """The slip that would come of another name."""
    desk.tap("editSetting")
    desk.write("value", "Kecamatan Kramatwatu")
    desk.tap("formSubmit")
    picture = desk.stage.key("slipPicture")
    desk.stage.visitor.wait_until(lambda: picture.property("implicitHeight") > 500)


def kabupaten(desk: DeskStage) -> None:
    """A setting that is not the office's."""
    desk.tap("setting_Nama kabupaten")


def ticks(desk: DeskStage) -> None:
    """Parts of the slip, two of them ticked."""
    label = load_texts().say("setting.slip_without.label")
    desk.tap("settingGroup_printer", f"setting_{label}", "editSetting")
    desk.tap("value_office", "value_seal")


def refused(desk: DeskStage) -> None:
    """No language is ticked."""
    label = load_texts().say("setting.languages.label")
    desk.tap("settingGroup_screen", f"setting_{label}", "editSetting")
    desk.tap("value_id", "value_en", "formSubmit")


def without(desk: DeskStage) -> None:
    """The slip that would come of leaving parts out."""
    ticks(desk)
    desk.tap("formSubmit")
    picture = desk.stage.key("slipPicture")
    desk.stage.visitor.wait_until(lambda: picture.property("implicitHeight") > 500)


def sentence(desk: DeskStage) -> None:
    """A sentence that was changed, and one that fits no more."""
    desk.tap("settingGroup_texts", "sentenceSearch")
    desk.type(TITLE)
    desk.tap(f"sentence_{load_texts().say(TITLE)}", "editPart")
    desk.write("id", "Mau apa hari ini?")
    desk.write("en", "What is it today?")
    desk.tap("formSubmit")


def segment(desk: DeskStage) -> None:
    """A group of jobs whose changes fit no more."""
    first = desk.stage.services.data.work.segments[0]
    desk.tap("settingGroup_work", f"segment_{first.names['id']}")


def column(desk: DeskStage) -> None:
    """The columns of a kiosk whose centre sends them."""
    with desk.stage.services.store.transaction() as record:
        record.centre.join(MEMBERSHIP, "10917", 0)
    desk.tap("page_printer", "page_settings", "settingGroup_columns", "column_no")


def leave_misfits(stage: Stage, admin: Account) -> None:
    """What an upgrade may leave of what was changed before."""
    with stage.services.store.transaction() as record:
        now = stage.services.clock.now()
        for key, value in (("text/id/gone.long_ago", "Lama"), (f"data/{SEGMENTS}", "{")):
            record.settings.add(SettingChange(key, None, value, admin.id, now))


SCENES: Mapping[str, tuple[Callable[[DeskStage], None], tuple[Mode, ...]]] = {
    "changed": (changed, (Mode(), Mode(LYING, "en"), Mode(LYING, contrast=True), Mode(WIDE))),
    "form": (form, (Mode(LYING, "en"), Mode(UPRIGHT, "en", contrast=True))),
    "slip": (slip, (Mode(), Mode(LYING, "en"), Mode(LYING, contrast=True))),
    "kabupaten": (kabupaten, (Mode(LYING, "en"),)),
    "ticks": (ticks, (Mode(WIDE), Mode(UPRIGHT, "en", contrast=True))),
    "refused": (refused, (Mode(LYING, "en"),)),
    "without": (without, (Mode(LYING, "en"),)),
    "sentence": (sentence, (Mode(), Mode(LYING, "en"), Mode(LYING, contrast=True))),
    "segment": (segment, (Mode(), Mode(LYING, "en"))),
    "column": (column, (Mode(LYING, "en"), Mode(UPRIGHT, "en", contrast=True))),
}


@pytest.mark.parametrize("scene", SCENES)
def test_the_page_can_be_read_and_looks_as_it_did(
    open_kiosk: OpenStage, tmp_path: Path, scene: str
) -> None:
    stage = open_kiosk()
    stage.app.window.resize(1366, 768)
    stage.visitor.settle()
    staff = employ(stage)
    if scene in WITH_MISFITS:
        leave_misfits(stage, staff[ADMIN])
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(ADMIN)
    desk.tap("page_settings")
    lead, pictured = SCENES[scene]
    lead(desk)
    assert faults_in_modes(stage, scene, MODES, pictured, folder=FOLDER, tmp_path=tmp_path) == []


def test_every_picture_is_of_a_scene() -> None:
    wanted = {f"{scene}{mode}.png" for scene, (_, modes) in SCENES.items() for mode in modes}
    assert {file.name for file in FOLDER.glob("*.png")} == wanted
