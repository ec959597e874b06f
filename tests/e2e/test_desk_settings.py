"""The page of the settings: changed by the admin, shown before, in force once all have left."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from weakref import ReferenceType, ref

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from samples import load_texts

from kiosk.desk.office_settings import change
from kiosk.domain.setting import Owner
from kiosk.languages import load_languages
from kiosk.practice import ADMIN_NAME, prepare
from kiosk.practice import PIN as PRACTICE_PIN
from kiosk.settings import DECLARED, Settings
from kiosk.storage import tables
from ui import composing
from ui.composing import RESOURCES
from ui.renewal import RENEW
from ui.run import stay_open

from .desk_stage import ADMIN, CLERK, SUPERVISOR, DeskStage, employ, look_for_changes
from .residents import TRADER
from .settling import settle
from .stage import HandClock, OpenStage, Stage, Tray, settings_in

SAY = load_texts().say
Key = Qt.Key
NEW_OFFICE = "Kecamatan Kramatwatu"


@pytest.fixture
def stage(open_kiosk: OpenStage) -> Stage:
    stage = open_kiosk()
    stage.app.window.resize(1366, 768)
    stage.visitor.settle()
    employ(stage)
    return stage


@pytest.fixture
def desk(stage: Stage) -> DeskStage:
    """The page of the settings, open for the admin."""
    return at_settings(stage)


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the event loop was asked to end with."""
    codes: list[int] = []
    monkeypatch.setattr(QCoreApplication, "exit", codes.append)
    return codes


def at_settings(stage: Stage, name: str = ADMIN, **pin: str) -> DeskStage:
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(name, **pin)
    desk.tap("page_settings")
    return desk


def label(name: str) -> str:
    return SAY(f"setting.{name}.label")


def choose(desk: DeskStage, name: str) -> None:
    """Open a setting, as a finger finds it."""
    group = f"settingGroup_{DECLARED[name].group.value}"
    if desk.desk.settings.group != DECLARED[name].group.value:
        desk.tap(group)
    listed: Any = desk.stage.key("settings")
    lines = [line["id"] for line in desk.desk.settings.lines]
    listed.setProperty("contentY", max(0, 75 * (lines.index(name) - 2)))
    desk.tap(f"setting_{label(name)}")


def set_number(desk: DeskStage, name: str, value: str) -> None:
    choose(desk, name)
    desk.tap("editSetting")
    desk.write("value", value)
    desk.hit(Key.Key_Return)


def set_office(desk: DeskStage, office: str = NEW_OFFICE) -> None:
    """Change the name of the office, as far as the slip that is shown."""
    choose(desk, "office")
    desk.tap("editSetting")
    desk.write("value", office)
    desk.tap("formSubmit")


def value(desk: DeskStage) -> str:
    return str(desk.stage.key("settingValue").property("text"))


def fact(desk: DeskStage, key: str) -> str:
    return str(desk.stage.key(f"settingFact_{key}").property("text"))


# ------------------------------------------------------------ who may


@pytest.mark.parametrize("name", [CLERK, SUPERVISOR])
def test_only_the_admin_finds_the_page(stage: Stage, name: str) -> None:
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(name)
    assert stage.visitor.find("page_settings") is None


def test_every_setting_is_explained_and_says_who_may_change_it(desk: DeskStage) -> None:
    for name, about in DECLARED.items():
        choose(desk, name)
        assert desk.says(SAY(f"setting.{name}.text"))
        assert fact(desk, "who") == SAY(f"setting.owner.{about.owner.value}")
        may_change = desk.stage.visitor.find("editSetting") is not None
        assert may_change is (about.owner is Owner.OFFICE), name


# ------------------------------------------------------------ from the change to its effect


def test_a_name_is_shown_on_a_slip_kept_and_stands_on_the_screen_once_the_admin_has_left(
    desk: DeskStage, stage: Stage, open_kiosk: OpenStage, ended: list[int]
) -> None:
    set_office(desk)
    assert desk.says(SAY("setting.slip_then"))
    picture = stage.key("slipPicture")
    stage.visitor.wait_until(lambda: picture.property("implicitHeight") > 500)
    assert stage.rows(tables.setting_change) == []
    desk.tap("keepSetting")
    assert desk.notice == SAY("setting.saved")
    assert value(desk) == NEW_OFFICE
    assert fact(desk, "from") == SAY("setting.source.kiosk")
    assert fact(desk, "counts") == SAY("setting.counts.idle")
    assert fact(desk, "was").startswith(f"{Settings().office}, diubah {ADMIN}, 22 November 2026")
    look_for_changes(stage)
    assert ended == []
    assert desk.says(Settings().office)
    desk.tap("signOut")
    stage.wait_for_work()
    assert ended == [RENEW]
    again = open_kiosk()
    assert again.says(NEW_OFFICE)
    look_for_changes(again)
    assert ended == [RENEW]
    assert fact(at_settings(again), "counts") == SAY("setting.counts.now")


def test_a_visit_that_waits_below_goes_on_under_the_old_settings(
    stage: Stage, ended: list[int]
) -> None:
    stage.play(TRADER, until="name")
    desk = at_settings(stage)
    set_number(desk, "silence_s", "60")
    desk.tap("signOut")
    look_for_changes(stage)
    assert (stage.screen, ended) == ("name", [])
    stage.tap("leave")
    look_for_changes(stage)
    assert ended == [RENEW]


def test_a_page_that_is_printed_yet_is_not_forgotten(
    desk: DeskStage, stage: Stage, ended: list[int]
) -> None:
    listens = stage.tray.hesitate()
    try:
        stage.services.printing.print_test("id", "page")
        set_number(desk, "silence_s", "60")
        desk.tap("signOut")
        look_for_changes(stage)
        assert ended == []
    finally:
        listens.set()
    stage.visitor.wait_until(lambda: bool(stage.tray.slips))
    stage.visitor.wait_until(lambda: stage.services.printing.may_stop)
    look_for_changes(stage)
    assert ended == [RENEW]


def test_what_was_undone_again_changes_nothing(
    desk: DeskStage, stage: Stage, ended: list[int]
) -> None:
    set_number(desk, "silence_s", "60")
    desk.tap("undoSetting")
    assert value(desk) == SAY("setting.unit.seconds", count=45)
    desk.tap("signOut")
    look_for_changes(stage)
    assert ended == []


def test_the_kiosk_notices_what_the_desks_own_window_changed(
    stage: Stage, ended: list[int]
) -> None:
    with composing.open_desk(stage.settings, stage.clock, Tray()) as app:
        beside: Any = app.desk
        beside.signIn(ADMIN, "402917")
        stage.visitor.wait_until(lambda: beside.account == ADMIN)
        layers = app.services.layers
        change(beside.session, layers, "residents_reprint", value=False)
        app.renewal.look()
        settle(stage.visitor, app.jobs)
        assert ended == []
        look_for_changes(stage)
        assert ended == [RENEW]
        beside.signOut()
        stage.clock.skip(10_000)
        app.renewal.look()
        stage.visitor.wait_until(lambda: ended == [RENEW, RENEW])


def test_the_program_goes_on_with_the_new_settings_in_the_same_process(
    stage: Stage, application: QGuiApplication
) -> None:
    """With real taps, from the change to the next resident."""
    said: list[Any] = []

    def first(opened: Stage) -> None:
        opened.app.window.resize(1366, 768)
        desk = at_settings(opened)
        set_number(desk, "warning_s", "20")
        set_office(desk)
        desk.tap("keepSetting", "signOut")
        said.append(opened.says(NEW_OFFICE))

    def second(opened: Stage) -> None:
        said.append(opened.says(NEW_OFFICE))
        opened.tap("start")
        opened.fall_silent(91)
        visit: Any = opened.app.visit
        said.append(visit.secondsLeft)
        QGuiApplication.exit(7)

    acts = iter((first, second))

    @contextmanager
    def open_it() -> Iterator[Any]:
        clock, tray = HandClock(), Tray()
        with composing.open_kiosk(stage.settings, clock, printer=tray) as app:
            opened = Stage(app, stage.settings, clock, tray)
            act = next(acts)
            QTimer.singleShot(0, app, lambda: _noting(said, act, opened))
            yield app

    assert stay_open(open_it, application, windowed=True) == 7
    assert said == [False, True, 19]


def test_nothing_of_the_program_before_stays_in_memory(
    new_kiosk: Path, tmp_path: Path, application: QGuiApplication
) -> None:
    settings = settings_in(Path(shutil.copytree(new_kiosk, tmp_path / "kiosk")))
    opened: list[ReferenceType[Any]] = []

    @contextmanager
    def open_it() -> Iterator[Any]:
        with composing.open_kiosk(settings, HandClock(), printer=Tray()) as app:
            opened.append(ref(app))
            ends_with = RENEW if len(opened) < 3 else 0
            QTimer.singleShot(0, app, partial(QCoreApplication.exit, ends_with))
            yield app

    assert stay_open(open_it, application, windowed=True) == 0
    assert [one() for one in opened[:-1]] == [None, None]


def _noting(said: list[Any], act: Callable[[Stage], None], opened: Stage) -> None:
    """An exception must end the event loop, or the test would never end."""
    try:
        act(opened)
    except BaseException as failed:  # noqa: BLE001
        said.append(repr(failed))
        QGuiApplication.exit(1)


# ------------------------------------------------------------ how it is changed


def test_a_number_out_of_its_limits_is_refused_where_it_was_typed(desk: DeskStage) -> None:
    set_number(desk, "silence_s", "19")
    assert desk.says(SAY("setting.flaw.out_of_limits", least=20, most=300))
    assert desk.desk.filling
    desk.write("value", "0")
    assert not desk.says(SAY("setting.flaw.out_of_limits", least=20, most=300))
    desk.hit(Key.Key_Backspace)
    desk.tap("formSubmit")
    assert desk.says(SAY("setting.flaw.out_of_limits", least=20, most=300))
    assert desk.stage.rows(tables.setting_change) == []


def test_what_times_mean_is_said_while_they_are_typed(desk: DeskStage) -> None:
    choose(desk, "reading_silence_s")
    desk.tap("editSetting")
    desk.write("value", "120")
    assert desk.says(SAY("setting.times", silence=45, reading=120, warning=30, most=210))


def test_a_name_that_does_not_fit_on_the_slip_is_refused_before_it_is_kept(
    desk: DeskStage, stage: Stage
) -> None:
    set_office(desk, "Kecamatan \u2603")
    assert desk.says(SAY("setting.flaw.no_slip", code="P 21"))
    assert desk.desk.filling
    assert stage.rows(tables.setting_change) == []


def test_an_empty_name_is_refused(desk: DeskStage) -> None:
    choose(desk, "office")
    desk.tap("editSetting")
    desk.write("value", "K")
    desk.hit(Key.Key_Backspace)
    desk.tap("formSubmit")
    assert desk.says(SAY("setting.flaw.missing"))
    desk.tap("deskLanguage")
    other = load_languages(RESOURCES / "texts").texts["en"]
    assert desk.says(other.say("setting.flaw.missing"))


def test_a_printer_whose_settings_do_not_go_together_is_refused(desk: DeskStage) -> None:
    choose(desk, "paper")
    desk.tap("editSetting", "value_A4", "formSubmit", "keepSetting")
    assert value(desk) == SAY("setting.choice.paper.A4")
    set_number(desk, "printer", "escpos://192.0.2.9:9100")
    assert desk.says(SAY("setting.flaw.goes_not"))
    desk.write("value", "escpos://")
    desk.hit(Key.Key_Return)
    assert desk.says(SAY("setting.flaw.no_address"))


def test_a_switch_and_a_kecamatan_are_chosen(desk: DeskStage) -> None:
    choose(desk, "ask_birthplace")
    desk.tap("editSetting", "value_yes", "formSubmit")
    assert value(desk) == SAY("setting.switch.yes")
    choose(desk, "kecamatan_code")
    desk.tap("editSetting")
    desk.write("value", "anyar")
    desk.hit(Key.Key_Return)
    desk.tap("formSubmit")
    assert value(desk) == "Anyar"


def test_visits_begin_in_the_language_of_the_office_and_fall_back_to_it(
    desk: DeskStage, open_kiosk: OpenStage
) -> None:
    choose(desk, "language")
    desk.tap("editSetting", "value_en", "formSubmit")
    assert value(desk) == "English"
    desk.tap("signOut")
    again = open_kiosk()
    start = load_languages(RESOURCES / "texts").texts["en"].say("idle.start")
    assert again.says(start)
    again.tap("start", "language", "leave")
    assert again.says(start)


def test_languages_are_ticked_and_all_of_them_are_none_in_particular(
    desk: DeskStage, stage: Stage
) -> None:
    choose(desk, "languages")
    assert value(desk) == SAY("setting.none.languages")
    desk.tap("editSetting", "value_en", "formSubmit")
    assert value(desk) == "Indonesia"
    desk.tap("editSetting", "value_en", "formSubmit")
    assert value(desk) == SAY("setting.none.languages")
    kept = [row["after"] for row in stage.rows(tables.setting_change)]
    assert kept == ['"id"', '""']


def test_a_kiosk_without_a_language_and_one_without_its_first_are_refused(
    desk: DeskStage, stage: Stage
) -> None:
    choose(desk, "languages")
    desk.tap("editSetting", "value_id", "formSubmit")
    assert desk.says(SAY("setting.flaw.not_offered"))
    desk.tap("value_en", "formSubmit")
    assert desk.says(SAY("setting.flaw.no_language"))
    desk.tap("value_id", "formSubmit")
    assert value(desk) == "Indonesia"
    choose(desk, "language")
    desk.tap("editSetting", "value_en", "formSubmit")
    assert desk.says(SAY("setting.flaw.not_offered"))
    assert [row["key"] for row in stage.rows(tables.setting_change)] == ["languages"]


def test_parts_of_the_slip_are_ticked_by_keyboard_and_shown_on_a_slip(
    desk: DeskStage, stage: Stage
) -> None:
    choose(desk, "slip_without")
    assert value(desk) == SAY("setting.none.slip_parts")
    desk.tap("editSetting")
    assert stage.focused() == "value_office"
    desk.hit(Key.Key_Tab)
    desk.hit(Key.Key_Space)
    desk.hit(Key.Key_Tab)
    desk.hit(Key.Key_Return)
    desk.hit(Key.Key_Space)
    desk.hit(Key.Key_Space)
    stage.walk_to("formSubmit")
    desk.hit(Key.Key_Return)
    picture = stage.key("slipPicture")
    stage.visitor.wait_until(lambda: picture.property("implicitHeight") > 500)
    desk.tap("keepSetting")
    shown = ", ".join(SAY(f"setting.slip_part.{one}") for one in ("title", "seal"))
    assert value(desk) == shown
    assert [row["after"] for row in stage.rows(tables.setting_change)] == ['"title,seal"']


def test_the_form_opens_again_with_what_the_slip_showed(desk: DeskStage) -> None:
    set_office(desk)
    desk.tap("editAgain")
    assert desk.stage.key("value").property("text") == NEW_OFFICE
    desk.tap("formCancel")
    assert value(desk) == Settings().office


def test_a_slip_that_was_only_looked_at_is_gone_with_the_page(
    desk: DeskStage, stage: Stage
) -> None:
    set_office(desk)
    desk.tap("page_staff", "page_settings")
    assert value(desk) == Settings().office
    assert stage.rows(tables.setting_change) == []


def test_all_by_keyboard(desk: DeskStage, stage: Stage) -> None:
    def enter(*names: str) -> None:
        for name in names:
            stage.walk_to(name)
            desk.hit(Key.Key_Return)

    enter("settingGroup_visit", f"setting_{label('warning_s')}", "editSetting")
    desk.write("value", "40")
    desk.hit(Key.Key_Return)
    assert value(desk) == SAY("setting.unit.seconds", count=40)
    enter("undoSetting")
    assert value(desk) == SAY("setting.unit.seconds", count=30)


def test_an_address_is_typed_on_the_board_of_a_kiosk_without_a_keyboard(desk: DeskStage) -> None:
    choose(desk, "printer")
    desk.desk.toggleBoard()
    desk.tap("editSetting")
    if not desk.desk.board:
        desk.desk.toggleBoard()
    desk.tap("value", "boardI", "boardP", "boardP", "board:", "board/", "board/")
    assert desk.stage.key("value").property("text") == "IPP://"


def test_undoing_goes_back_step_by_step_and_the_layers_below_can_count_again(
    desk: DeskStage,
) -> None:
    set_number(desk, "silence_s", "60")
    assert desk.stage.visitor.find("inheritSetting") is None
    set_number(desk, "silence_s", "70")
    desk.tap("undoSetting")
    assert value(desk) == SAY("setting.unit.seconds", count=60)
    desk.tap("inheritSetting")
    assert value(desk) == SAY("setting.unit.seconds", count=45)
    assert fact(desk, "from") == SAY("setting.source.default")


def test_what_does_not_fit_any_more_is_told_on_the_page(
    stage: Stage, open_kiosk: OpenStage
) -> None:
    """A kiosk whose printer speaks ESC/POS by its file, and that was set to sheets before."""
    desk = at_settings(stage)
    choose(desk, "paper")
    desk.tap("editSetting", "value_A4", "formSubmit", "keepSetting")
    again = open_kiosk(changes={"printer": "escpos://192.0.2.9:9100"})
    again.app.window.resize(1366, 768)
    assert again.services.settings.paper == "80mm"
    desk = at_settings(again)
    choose(desk, "paper")
    assert value(desk) == SAY("setting.choice.paper.80mm")
    assert desk.says(SAY("setting.misfit"))


@pytest.fixture(autouse=True)
def _misfits_are_wanted(quiet: Any) -> None:
    quiet.tolerate("setting unused paper")


# ------------------------------------------------------------ practising


def test_practising_changes_nothing_of_the_kiosk_at_work(
    tmp_path: Path, application: QGuiApplication, ended: list[int]
) -> None:
    clock, tray = HandClock(), Tray()
    work = settings_in(tmp_path)
    practice = prepare(work, RESOURCES, clock)
    with composing.open_kiosk(practice, clock, printer=tray, practice=True) as app:
        app.show()
        opened = Stage(app, practice, clock, tray)
        app.window.resize(1366, 768)
        desk = at_settings(opened, ADMIN_NAME, pin=PRACTICE_PIN)
        set_office(desk)
        desk.tap("keepSetting", "signOut")
        opened.wait_for_work()
        assert ended == [RENEW]
    with composing.open_kiosk(practice, clock, printer=tray, practice=True) as app:
        assert app.services.settings.office == NEW_OFFICE
    with composing.open_kiosk(work, clock, printer=tray) as app:
        assert app.services.settings.office == Settings().office
