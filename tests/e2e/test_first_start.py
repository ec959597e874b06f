"""The first start: a new kiosk asks what it has to know, and then is one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication
from samples import RESOURCES, load_texts

from kiosk.accounts import Place, SignedIn, sign_in
from kiosk.domain.print_job import Hold
from kiosk.languages import load_languages
from kiosk.settings import Settings
from printing.port import NotSent, Rejected
from ui.app import KioskApp
from ui.composing import AsksFirst
from ui.first_start import FirstStartApp
from ui.renewal import RENEW
from ui.run import stay_open

from .installer import FOUND, NAME, PIN, Installer, first_start
from .looking import faults_of
from .modes import LYING, UPRIGHT, Panel
from .stage import HandClock, Tray, settings_in

SAY = load_texts().say
ENGLISH = load_languages(RESOURCES / "texts").texts["en"].say


@pytest.fixture(autouse=True)
def printers(monkeypatch: pytest.MonkeyPatch) -> Tray:
    """What is found in this office: one queue, and what prints there."""
    tray = Tray()
    monkeypatch.setattr("printing.discovery.found_printers", lambda: FOUND)
    monkeypatch.setattr("printing.slip_preview.printer_of", lambda _settings: tray)
    return tray


@pytest.fixture
def settings(tmp_path: Path, application: QGuiApplication) -> Settings:
    return settings_in(tmp_path / "kiosk")


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    codes: list[int] = []
    monkeypatch.setattr(QCoreApplication, "exit", codes.append)
    return codes


def test_a_new_kiosk_asks_and_then_is_the_offices(settings: Settings, ended: list[int]) -> None:
    with first_start(settings) as new:
        assert isinstance(new.app, FirstStartApp)
        assert new.says(SAY("first_start.progress", number=1, count=6))
        new.answer_all()
        assert new.says(SAY("first_start.ready"))
        for answer in ("Kecamatan Anyar", "Anjungan Loket 1", "Loket", NAME):
            assert new.says(answer)
        new.tap("firstDone")
    assert ended == [RENEW]
    with first_start(settings) as again:
        assert isinstance(again.app, KioskApp)
        now = again.app.services.settings
        assert (now.kecamatan_code, now.office) == ("36.04.30", "Kecamatan Anyar")
        assert (now.kiosk_name, now.printer, now.paper) == ("Anjungan Loket 1", "Loket", "58mm")
        store, clock = again.app.services.store, again.clock
        signed_in = sign_in(store, NAME, PIN, Place.KIOSK, clock)
        assert isinstance(signed_in, SignedIn)
        with store.reading() as record:
            changes = record.settings.history()
        assert {of[-1].actor for of in changes.values()} == {signed_in.account.id}


def test_what_was_answered_before_the_power_went_is_asked_again(settings: Settings) -> None:
    with first_start(settings) as new:
        new.tap("formSubmit")
        new.write("kecamatan_code", "anyar")
    with first_start(settings) as again:
        assert isinstance(again.app, FirstStartApp)
        assert again.app.services.settings.office == Settings().office


def test_it_can_be_put_off_until_the_next_start(settings: Settings, ended: list[int]) -> None:
    asks = AsksFirst()
    with first_start(settings, asks) as new:
        new.tap("formCancel")
    assert ended == [RENEW]
    with first_start(settings, asks) as now:
        assert isinstance(now.app, KioskApp)
    with first_start(settings) as later:
        assert isinstance(later.app, FirstStartApp)


def test_one_goes_back_without_losing_an_answer(settings: Settings) -> None:
    with first_start(settings) as new:
        new.tap("formSubmit")
        new.write("kecamatan_code", "anyar")
        new.enter()
        new.tap("formSubmit")
        new.write("kiosk_name", "Loket 1")
        new.tap("formCancel")
        assert new.says(SAY("first_start.office"))
        new.tap("formSubmit")
        assert new.visitor.find("kiosk_name").property("text") == "Loket 1"


def test_another_kecamatan_brings_its_names(settings: Settings) -> None:
    with first_start(settings) as new:
        new.tap("formSubmit", "formSubmit")
        assert new.visitor.find("office").property("text") == "Kecamatan Ciruas"
        new.tap("formCancel")
        new.write("kecamatan_code", "anyar")
        new.enter()
        new.tap("formSubmit")
        assert new.visitor.find("office").property("text") == "Kecamatan Anyar"


def test_bad_answers_are_refused_where_they_stand(settings: Settings) -> None:
    with first_start(settings) as new:
        new.tap("formSubmit", "formSubmit")
        new.write("office", " ")
        new.tap("formSubmit")
        assert new.says(SAY("setting.flaw.missing"))
        new.write("office", "Kecamatan Ciruas")
        new.tap("formSubmit", "formSubmit", "formSubmit")
        assert new.says(SAY("desk.problem.name_missing"))
        new.write("admin", NAME)
        new.write("new_pin", "123456")
        new.tap("formSubmit")
        assert new.says(SAY("desk_setup.pin_trivial"))
        new.write("new_pin", PIN)
        new.write("pin_again", "402918")
        new.tap("formSubmit")
        assert new.says(SAY("desk_setup.pins_differ"))
        with new.app.services.store.reading() as record:
            assert not record.settings.last()


def test_the_language_counts_at_once(settings: Settings) -> None:
    with first_start(settings) as new:
        new.tap("language_en", "formSubmit")
        assert new.says(ENGLISH("first_start.office"))


def test_a_test_slip_of_the_printer_that_is_chosen_is_printed(
    settings: Settings, printers: Tray
) -> None:
    with first_start(settings) as new:
        new.tap("formSubmit", "formSubmit", "formSubmit", "printer_Loket", "printTest")
        assert new.says(SAY("first_start.test_sent"))
        (name,) = printers.slips
        assert name.startswith("uji-")
        assert printers.slips[name].startswith(b"%PDF")


def test_a_printer_that_cannot_print_says_why(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tray = Tray(answer=lambda: NotSent(Hold.NO_PAPER))
    monkeypatch.setattr("printing.slip_preview.printer_of", lambda _settings: tray)
    with first_start(settings) as new:
        new.tap("formSubmit", "formSubmit", "formSubmit", "printTest")
        assert new.says(SAY("desk.printer.hold_no_paper"))
        tray.answer = lambda: Rejected("no")
        new.tap("printTest")
        assert new.says(SAY("first_start.test_refused"))


def test_from_the_box_to_the_idle_screen_in_one_process(
    settings: Settings, application: QGuiApplication
) -> None:
    shown: list[str] = []
    asks = AsksFirst()

    @contextmanager
    def open_it() -> Iterator[Any]:
        clock = HandClock()
        with asks(settings, clock, Tray()) as app:
            QTimer.singleShot(0, app, lambda: act(app, clock))
            yield app

    def act(app: Any, clock: HandClock) -> None:
        shown.append(type(app).__name__)
        try:
            if isinstance(app, FirstStartApp):
                new = Installer(app, clock)
                new.answer_all()
                new.tap("firstDone")
            else:
                shown.append(str(app.visit.screen))
                QGuiApplication.exit(0)
        except BaseException as failed:  # noqa: BLE001 (else the loop would never end)
            shown.append(repr(failed))
            QGuiApplication.exit(1)

    assert stay_open(open_it, application, windowed=True) == 0
    assert shown == ["FirstStartApp", "KioskApp", "idle"]


FOLDER = Path(__file__).parent.parent / "screens" / "first_start"
PICTURED = {"printer", "ready"}


@pytest.mark.parametrize("panel", [UPRIGHT, LYING], ids=lambda panel: panel.name)
def test_every_question_can_be_read_and_looks_as_it_did(
    settings: Settings, tmp_path: Path, panel: Panel
) -> None:
    faults: list[str] = []

    def look(new: Any, step: str) -> None:
        new.app.window.resize(panel.width, panel.height)
        new.visitor.settle()
        new.app.window.activeFocusItem().setFocus(False)
        for contrast in (False, True):
            if new.app.kiosk.contrast is not contrast:
                new.app.kiosk.toggleContrast()
            stage: Any = SimpleNamespace(app=new.app, visitor=new.visitor)
            is_pictured = step in PICTURED and not contrast
            good = FOLDER / f"{step}-{panel.name}.png" if is_pictured else None
            faults.extend(f"{step}: {one}" for one in faults_of(stage, panel, good, tmp_path))
        new.app.kiosk.toggleContrast()

    with first_start(settings) as new:
        for step in ("language", "office", "kiosk", "printer"):
            look(new, step)
            new.tap("formSubmit")
        look(new, "admin")
        new.write("admin", NAME)
        new.write("new_pin", PIN)
        new.write("pin_again", PIN)
        new.tap("formSubmit")
        look(new, "centre")
        new.tap("joinLater")
        look(new, "ready")
    assert faults == []
