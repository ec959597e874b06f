"""The console can be read in both languages and on both screens, and looks as it was found good.

After a wanted change: `UPDATE_SNAPSHOTS=1 .venv/bin/python -m pytest` with this file, then look at
the pictures in tests/screens/console before they are committed.
"""

import os
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import data_files
import pytest
from central.fixtures import Centre
from PySide6.QtGui import QGuiApplication

from kiosk.central.signing import SigningKey, make_signing_key
from kiosk.domain.configuration import Content
from kiosk.fleet import Draft, Trial, publish
from kiosk.keys.passphrase import Cost

from .console_stage import Admin, at_console, console_for, known_place, populate
from .looking import faults_in_modes
from .modes import LYING, WIDE, Mode
from .stage import HandClock

FOLDER = Path(__file__).parent.parent / "screens" / "console"
ADMITTED = re.compile(r"key \S+ is only |keys .* are only .* mm apart")
"""An admin has a mouse: keys may be smaller and closer than those of residents."""
PHRASE = "DUA BELAS KATA SANDI JULANG"
WHEN = datetime(2026, 11, 27, 3, 31, tzinfo=UTC)
TROUBLED: Mapping[int, Any] = {
    2: {"silent": timedelta(days=3, hours=4), "waiting": 12},
    3: {"clock": timedelta(hours=-3), "waiting": 2},
    4: {"paper_left": 15},
    5: {"parked": 1, "waiting": 1},
    6: {"config_refused": {"version": 42, "reason": "data"}, "config": 41},
    12: {"printer": "no_paper", "slips_owed": 4},
    24: {"code": "D 12", "waiting": 9, "oldest_waiting_at": "2026-11-27T02:12:00+00:00"},
}
NORMAL = (Mode(LYING), Mode(LYING, "en"), Mode(WIDE), Mode(WIDE, "en"), Mode(LYING, contrast=True))


def sign_in(admin: Admin) -> None:
    """Nobody has signed in, and the password was wrong."""
    admin.sign_in("salah")


def fleet(admin: Admin) -> None:
    """29 kiosks, of which seven need a person."""
    admin.sign_in()


def kiosk(admin: Admin) -> None:
    """The most of what can be wrong with one."""
    admin.sign_in()
    admin.tap("act_10024")


def lock(admin: Admin) -> None:
    """What is asked before a kiosk is locked."""
    admin.sign_in()
    admin.tap("act_10012", "do_lock")


def version(admin: Admin) -> None:
    """A version on trial."""
    admin.sign_in()
    admin.tap("page_config")


def draft(admin: Admin) -> None:
    """A draft with a change that another version does not make."""
    version(admin)
    admin.tap("beginDraft", "addChange", "scope_office")
    admin.pick("office", "tanara")
    admin.pick("setting", admin.app.kiosk.spoken.say("setting.language.label"))
    admin.tap("formSubmit", "value_en", "formSubmit")


def data(admin: Admin) -> None:
    """The tariff in force, of which a part ends soon, and a file that lies there."""
    folder = admin.app.console.parts.settings.exchange_folder
    for change, name in ((data_files.goes_on, "tarif-2027.json"), (data_files.gap, "rusak.json")):
        file = data_files.write(folder, change, name)
        os.utime(file, (WHEN.timestamp(), WHEN.timestamp() - len(name)))
    admin.sign_in()
    admin.tap("page_data")


def tariff(admin: Admin) -> None:
    """What another tariff would change."""
    data(admin)
    admin.tap("file_1")


def broken(admin: Admin) -> None:
    """A tariff with a gap."""
    data(admin)
    admin.tap("file_0")


def carried(admin: Admin) -> None:
    """A tariff in the draft, which waits for its day."""
    tariff(admin)
    admin.tap("savePreview", "part_segments", "part_files")


def segment(admin: Admin) -> None:
    """A group of jobs with codes that were changed."""
    admin.sign_in()
    admin.tap("page_data", "part_segments", "segment_Petani dan pekebun", "editPart")
    admin.write("code.petani_padi", "P-01")
    admin.write("tile_names.en", "Farmer, planter")
    admin.tap("formSubmit")


def segment_form(admin: Admin) -> None:
    """A new dinas, and two things that are wrong."""
    segment(admin)
    admin.tap("editPart")
    admin.pick("dinas", admin.app.kiosk.spoken.say("parts.segments.another"))
    admin.write("new_key", "DKPP")
    admin.write("new_dinas", "Dinas Lain")
    admin.write("names.id", " ")
    admin.tap("formSubmit")


def columns(admin: Admin) -> None:
    """A column was added, and one that is needed cannot be removed."""
    admin.sign_in()
    admin.tap("page_data", "part_columns", "column_nik", "addColumn")
    admin.pick("holds", admin.app.kiosk.spoken.say("parts.columns.field.empty"))
    admin.write("header", "catatan cabang")
    admin.tap("formSubmit", "column_nik", "removeColumn")


def sentences(admin: Admin) -> None:
    """A sentence that was changed, found by a word."""
    admin.sign_in()
    admin.tap("page_data", "part_sentences")
    admin.write("sentenceSearch", "common.next")
    admin.tap("sentence_Lanjut", "editPart")
    admin.write("id", "Terus")
    admin.write("en", "Go on")
    admin.tap("formSubmit")


def sentence_form(admin: Admin) -> None:
    """A sentence without what stands in curly brackets, and one that is empty."""
    admin.sign_in()
    admin.tap("page_data", "part_sentences", "sentenceGroup_visit")
    admin.write("sentenceSearch", "hemat")
    admin.tap("sentence_Biasanya {usual}, hemat {saving}", "editPart")
    admin.write("id", "Bayar sekarang")
    admin.write("en", " ")
    admin.tap("formSubmit")


def draft_of_parts(admin: Admin) -> None:
    """The draft with a tariff, codes of jobs, and a sentence."""
    data(admin)
    admin.tap("file_1", "savePreview", "part_segments", "segment_Petani dan pekebun", "editPart")
    admin.write("code.petani_padi", "P-01")
    admin.tap("formSubmit", "part_sentences")
    admin.write("sentenceSearch", "common.next")
    admin.tap("sentence_Lanjut", "editPart")
    admin.write("id", "Terus")
    admin.write("en", "Go on")
    admin.tap("formSubmit", "openDraft")


def publish_it(admin: Admin) -> None:
    """What is asked before a draft is published, and one thing forgotten."""
    draft(admin)
    admin.tap("publishDraft", "hold_1440", "formSubmit")


def staff(admin: Admin) -> None:
    """Who has a login."""
    admin.sign_in()
    admin.tap("page_staff")


SCENES: Mapping[str, tuple[Callable[[Admin], None], tuple[Mode, ...]]] = {
    "sign_in": (sign_in, (Mode(LYING), Mode(WIDE, "en"))),
    "fleet": (fleet, NORMAL),
    "kiosk": (kiosk, NORMAL),
    "lock": (lock, (Mode(LYING),)),
    "version": (version, (Mode(LYING), Mode(LYING, "en"))),
    "draft": (draft, (Mode(LYING), Mode(WIDE, "en"))),
    "data": (data, NORMAL),
    "tariff": (tariff, (Mode(LYING), Mode(WIDE, "en"))),
    "broken": (broken, (Mode(LYING), Mode(LYING, "en"))),
    "carried": (carried, (Mode(LYING), Mode(LYING, "en"))),
    "segment": (segment, (Mode(LYING), Mode(WIDE, "en"))),
    "segment_form": (segment_form, (Mode(LYING), Mode(WIDE, "en"))),
    "columns": (columns, (Mode(LYING), Mode(WIDE, "en"))),
    "sentences": (sentences, (Mode(LYING), Mode(WIDE, "en"))),
    "sentence_form": (sentence_form, (Mode(LYING), Mode(WIDE, "en"))),
    "draft_of_parts": (draft_of_parts, (Mode(LYING), Mode(WIDE, "en"))),
    "publish": (publish_it, (Mode(LYING), Mode(LYING, "en"))),
    "staff": (staff, (Mode(LYING, "en"),)),
}


@pytest.fixture
def place(centre: Centre, tmp_path: Path, application: QGuiApplication) -> Path:
    """A centre whose every name, number and time is the same each time."""
    found = known_place(centre, tmp_path)
    populate(centre, 29, WHEN, dict(TROUBLED))
    made = make_signing_key(found.parent / "keys", PHRASE, Cost(memory_kib=64, passes=1, lanes=1))
    assert isinstance(made, SigningKey)
    content = Content(kabupaten={"silence_s": 60, "kabupaten": "Kabupaten Serang"})
    drafted = Draft(None, content, "Warga butuh waktu lebih lama")
    console = console_for(centre, found)
    publish(console, made, drafted, Trial("10007"), check=lambda _: (), now=WHEN)
    with centre.connect() as owner:
        owner.execute("UPDATE centre.config SET made_at = %s, by = 'staff_0a1b2c3d'", (WHEN,))
        owner.execute("UPDATE centre.staff SET role_name = 'staff_0a1b2c3d'")
        owner.execute(f"ALTER ROLE {console.login.role} RENAME TO staff_0a1b2c3d")
        # A password is salted with the name of the login.
        owner.execute(f"ALTER ROLE staff_0a1b2c3d PASSWORD '{console.login.secret}'")
    found.write_text(found.read_text().replace(console.login.role, "staff_0a1b2c3d"))
    return found


@pytest.mark.parametrize("scene", SCENES)
def test_the_page_can_be_read_and_looks_as_it_did(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scene: str
) -> None:
    monkeypatch.setattr("ui.models.console.sign_in_model.written_address", lambda _: "pusat:5432")
    clock = HandClock()
    clock.moment = WHEN
    lead, pictured = SCENES[scene]
    with at_console(place, clock) as admin:
        lead(admin)
        admin.app.console.tick()
        admin.app.console._say("", bad=False)
        faults = faults_in_modes(
            admin, scene, NORMAL, pictured, folder=FOLDER, tmp_path=tmp_path, admitted=ADMITTED
        )
    assert "\n".join(faults) == ""


def test_every_picture_is_of_a_scene() -> None:
    wanted = {f"{scene}{mode}.png" for scene, (_, modes) in SCENES.items() for mode in modes}
    assert {file.name for file in FOLDER.glob("*.png")} == wanted
