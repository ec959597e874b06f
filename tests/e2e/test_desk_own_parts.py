"""Sentences, segments and columns of one kiosk: changed by its admin, in force once all have left,
told where they fit no more."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from samples import load_texts

from kiosk.domain.handover import write_columns
from kiosk.own_content import COLUMNS, SEGMENTS
from kiosk.storage import tables
from kiosk.storage.settings import SettingChange
from ui import composing
from ui.renewal import RENEW

from .centre_stand_in import MEMBERSHIP
from .desk_stage import ADMIN, DeskStage, employ, look_for_changes
from .settling import settle
from .stage import OpenStage, Stage, Tray

SAY = load_texts().say
TITLE = "menu.title"
WAS = SAY(TITLE)
NEW, NEW_ENGLISH = "Mau apa hari ini?", "What is it today?"


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the event loop was asked to end with."""
    codes: list[int] = []
    monkeypatch.setattr(QCoreApplication, "exit", codes.append)
    return codes


def a_kiosk(open_kiosk: OpenStage) -> Stage:
    stage = open_kiosk()
    stage.app.window.resize(1366, 768)
    stage.visitor.settle()
    return stage


@pytest.fixture
def stage(open_kiosk: OpenStage) -> Stage:
    stage = a_kiosk(open_kiosk)
    employ(stage)
    return stage


def at_group(stage: Stage, group: str) -> DeskStage:
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(ADMIN)
    desk.tap("page_settings", f"settingGroup_{group}")
    return desk


def find_sentence(desk: DeskStage, key: str = TITLE, now: str = WAS) -> None:
    """Look for a sentence by its key, as an admin finds it, and open it."""
    desk.tap("sentenceSearch")
    desk.type(key)
    desk.tap(f"sentence_{now}")


def say_otherwise(desk: DeskStage, indonesian: str = NEW, english: str = NEW_ENGLISH) -> None:
    desk.tap("editPart")
    for code, sentence in (("id", indonesian), ("en", english)):
        desk.write(code, sentence)
        if not sentence:
            desk.hit(Qt.Key.Key_Backspace)
    desk.tap("formSubmit")


def text(desk: DeskStage, name: str) -> str:
    return str(desk.stage.key(name).property("text"))


def keep_row(stage: Stage, key: str, value: Any) -> None:
    """Leave a row as another program may have left it."""
    with stage.services.store.transaction() as record:
        now = stage.services.clock.now()
        record.settings.add(SettingChange(key, None, value, "", now))


# ------------------------------------------------------------ from the change to its effect


def test_a_sentence_is_said_otherwise_once_the_admin_has_left(
    stage: Stage, open_kiosk: OpenStage, ended: list[int]
) -> None:
    desk = at_group(stage, "texts")
    find_sentence(desk)
    say_otherwise(desk)
    assert desk.notice == SAY("setting.saved")
    assert text(desk, "said_0") == NEW
    assert text(desk, "shipped_0") == SAY("parts.sentences.was", sentence=WAS)
    assert text(desk, "ownLast").startswith(f"Terakhir diubah {ADMIN}, 22 November 2026")
    rows = [(row["key"], row["after"]) for row in stage.rows(tables.setting_change)]
    assert rows == [(f"text/en/{TITLE}", f'"{NEW_ENGLISH}"'), (f"text/id/{TITLE}", f'"{NEW}"')]
    look_for_changes(stage)
    assert ended == []
    desk.tap("signOut")
    stage.wait_for_work()
    assert ended == [RENEW]
    again = a_kiosk(open_kiosk)
    again.tap("start")
    assert again.says(NEW)
    again.tap("language")
    assert again.says(NEW_ENGLISH)
    again.tap("leave")
    look_for_changes(again)
    assert ended == [RENEW]


def test_it_is_taken_back_undone_and_taken_back_again(stage: Stage, ended: list[int]) -> None:
    desk = at_group(stage, "texts")
    find_sentence(desk)
    say_otherwise(desk)
    desk.tap("takeBackPart")
    assert text(desk, "said_0") == WAS
    desk.tap("undoPart")
    assert text(desk, "said_0") == NEW
    desk.tap("undoPart")
    assert text(desk, "said_0") == WAS
    desk.tap("signOut")
    look_for_changes(stage)
    assert ended == []


BAD = [
    ("", NEW_ENGLISH, "fleet.problem.blank"),
    (NEW, "", "fleet.problem.no_translation"),
    ("Halo {nama}", NEW_ENGLISH, "fleet.problem.placeholders"),
    ("Panjang " * 20, NEW_ENGLISH, "fleet.problem.too_long"),
]


@pytest.mark.parametrize(("indonesian", "english", "why"), BAD)
def test_a_sentence_that_cannot_be_is_refused_with_the_reason(
    stage: Stage, indonesian: str, english: str, why: str
) -> None:
    desk = at_group(stage, "texts")
    find_sentence(desk)
    say_otherwise(desk, indonesian, english)
    assert desk.says(SAY(why))
    assert stage.rows(tables.setting_change) == []


def test_what_people_agree_to_is_shown_and_not_changed(stage: Stage) -> None:
    desk = at_group(stage, "texts")
    find_sentence(desk, "consent.title", SAY("consent.title"))
    assert desk.says(SAY("parts.sentences.fixed"))
    assert stage.visitor.find("editPart") is None


def test_a_code_of_the_branch_and_a_column_count_for_the_next_list(
    stage: Stage, open_kiosk: OpenStage, ended: list[int]
) -> None:
    first = stage.services.data.work.segments[0]
    desk = at_group(stage, "work")
    desk.tap(f"segment_{first.names['id']}", "editPart")
    desk.write(f"code.{first.jobs[0].id}", "0101")
    desk.tap("formSubmit")
    assert desk.says("0101")
    assert text(desk, "ownLast").startswith(f"Terakhir diubah {ADMIN}")
    desk.tap("settingGroup_columns", "column_no", "renameColumn")
    desk.write("header", "nomor_urut")
    desk.tap("formSubmit")
    assert text(desk, "columnTitle") == "nomor_urut"
    desk.tap("signOut")
    stage.wait_for_work()
    assert ended == [RENEW]
    data = a_kiosk(open_kiosk).services.data
    assert data.work.segments[0].jobs[0].branch_code == "0101"
    assert data.handover.columns[0].header == "nomor_urut"


def test_the_kiosk_notices_what_the_desks_own_window_changed(
    stage: Stage, ended: list[int]
) -> None:
    with composing.open_desk(stage.settings, stage.clock, Tray()) as app:
        beside: Any = app.desk
        beside.signIn(ADMIN, "402917")
        stage.visitor.wait_until(lambda: beside.account == ADMIN)
        beside.go("settings")
        settle(stage.visitor, app.jobs)
        beside.settings.openGroup("texts")
        sentences = beside.settings.parts.sentences
        sentences.choose(TITLE)
        sentences.edit()
        for field in beside.form.fields:
            field.write({"id": NEW, "en": NEW_ENGLISH}[field.key])
        beside.form.submit()
        settle(stage.visitor, app.jobs)
        look_for_changes(stage)
        assert ended == [RENEW]
        beside.signOut()


# ------------------------------------------------------------ beside a centre


@pytest.fixture
def _misfits_are_wanted(quiet: Any) -> None:
    quiet.tolerate("own content unused")


@pytest.mark.usefixtures("_misfits_are_wanted")
def test_at_a_centre_segments_and_columns_are_the_kabupatens(
    stage: Stage, open_kiosk: OpenStage, ended: list[int]
) -> None:
    columns = stage.services.data.handover
    own = write_columns(replace(columns, columns=columns.columns[::-1]))
    keep_row(stage, f"data/{COLUMNS}", own)
    look_for_changes(stage)
    assert ended == [RENEW]
    alone = a_kiosk(open_kiosk)
    assert alone.services.data.handover.columns == columns.columns[::-1]
    with alone.services.store.transaction() as record:
        record.centre.join(MEMBERSHIP, "10917", 0)
    look_for_changes(alone)
    assert ended == [RENEW, RENEW]
    joined = a_kiosk(open_kiosk)
    assert joined.services.data.handover.columns == columns.columns
    desk = at_group(joined, "columns")
    assert desk.says(SAY("parts.own.of_the_centre"))
    desk.tap("column_no")
    changing = ("addColumn", "takeBackColumns", "renameColumn", "removeColumn", "columnDown")
    desk.tap("settingGroup_work", f"segment_{joined.services.data.work.segments[0].names['id']}")
    assert desk.says(SAY("parts.own.of_the_centre"))
    for key in (*changing, "editPart", "takeBackPart", "undoPart", "dropMisfits"):
        assert joined.visitor.find(key) is None, key


# ------------------------------------------------------------ what does not fit any more


@pytest.mark.usefixtures("_misfits_are_wanted")
def test_what_fits_no_more_is_told_and_the_kiosk_starts(
    stage: Stage, open_kiosk: OpenStage, ended: list[int]
) -> None:
    keep_row(stage, "text/id/gone.long_ago", "Lama")
    keep_row(stage, f"data/{SEGMENTS}", '{"version": "2026-')
    keep_row(stage, f"data/{COLUMNS}", 7)
    look_for_changes(stage)
    assert ended == [RENEW]
    again = a_kiosk(open_kiosk)
    assert again.screen == "idle"
    look_for_changes(again)
    assert ended == [RENEW]
    desk = at_group(again, "texts")
    assert desk.says(SAY("parts.own.unused_texts", keys="gone.long_ago"))
    desk.tap("dropMisfits")
    assert not desk.says("gone.long_ago")
    desk.tap("settingGroup_work")
    assert desk.says(SAY("parts.own.unused.data"))
    desk.tap("settingGroup_columns")
    assert desk.says(SAY("parts.own.unused.unreadable"))
