"""The last question of the first start, with a real centre: a new kiosk joins it, or does not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from central.enrolled import address_of, console_of
from central.fixtures import Centre
from central.proxy import How, Proxy, Way, running_proxy
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from samples import RESOURCES, load_texts
from sqlalchemy import select

from kiosk.central.address import Login
from kiosk.central.console import Console
from kiosk.central.enrolment import Enrolled, enrol
from kiosk.central.token import Token, in_lines, write_token
from kiosk.domain.centre import Link
from kiosk.languages import load_languages
from kiosk.settings import Settings
from kiosk.storage import tables
from kiosk.storage.store import Store
from ui.app import KioskApp
from ui.first_start import FirstStartApp
from ui.renewal import RENEW

from .installer import FOUND, Installer, first_start
from .looking import faults_of
from .modes import LYING, UPRIGHT, Mode
from .stage import settings_in

TEXTS = load_languages(RESOURCES / "texts").texts
SAY = load_texts().say
ANYAR, CIRUAS = "36.04.30", "36.04.09"


@pytest.fixture(autouse=True)
def printers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found in this office."""
    monkeypatch.setattr("printing.discovery.found_printers", lambda: FOUND)


@pytest.fixture
def settings(tmp_path: Path, application: QGuiApplication) -> Settings:
    return settings_in(tmp_path / "kiosk")


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    codes: list[int] = []
    monkeypatch.setattr(QCoreApplication, "exit", codes.append)
    return codes


@pytest.fixture
def console(centre: Centre, tmp_path: Path) -> Console:
    return console_of(centre, tmp_path)


@pytest.fixture
def proxy(centre: Centre) -> Iterator[Proxy]:
    """What stands between kiosk and centre."""
    with running_proxy(centre.cluster.port) as running:
        yield running


@contextmanager
def at_the_last_question(settings: Settings) -> Iterator[Installer]:
    """All is answered but whether the kiosk joins."""
    with first_start(settings) as new:
        new.answer_before_the_centre()
        yield new


def wait(new: Installer, reached: Callable[[], bool]) -> None:
    new.visitor.wait_until(reached)
    new.visitor.settle()


def use(new: Installer) -> None:
    """Use the token, and wait until the centre has answered or it is clear that it does not."""
    new.tap("useToken")
    wait(new, lambda: not new.app.first.centre.token.busy)


def through(proxy: Proxy, made: Enrolled) -> str:
    """The token's text, leading to the centre through the proxy."""
    address = replace(made.token.address, ports=(proxy.port,))
    return write_token(replace(made.token, address=address))


def joined_by(store: Store) -> list[str]:
    """Who joined, by the audit."""
    with store._engine.connect() as connection:
        audit = tables.audit
        asked = select(audit.c.actor).where(audit.c.event == "centre_joined")
        return [str(actor) for (actor,) in connection.execute(asked)]


def test_six_questions_make_a_kiosk_of_the_centre(
    settings: Settings, ended: list[int], console: Console, centre: Centre
) -> None:
    made = enrol(console, "Loket 1", ANYAR)
    with at_the_last_question(settings) as new:
        assert new.says(SAY("first_start.progress", number=6, count=6))
        new.scan(write_token(made.token))
        for fact in (made.number, "Anyar", *made.token.address.hosts):
            assert new.says(fact)
        use(new)
        assert new.says(SAY("desk.told.joined", number=made.number, office="Anyar"))
        new.tap("firstDone")
    assert ended == [RENEW]
    with first_start(settings) as again:
        app = again.app
        assert isinstance(app, KioskApp)
        assert str(app.visit.screen) == "idle"
        way = app.services.centre
        assert way is not None
        wait(again, lambda: way.status().link is Link.REACHED)
        with app.services.store.reading() as record:
            (admin,) = record.staff.all()
            assert record.identity().kiosk_number == made.number
        assert joined_by(app.services.store) == [admin.id]
    with centre.connect() as owner:
        (state,) = owner.execute("SELECT state FROM centre.kiosk").fetchall()
    assert state == ("active",)


def test_a_token_of_another_kecamatan_leads_back_to_that_question(
    settings: Settings, ended: list[int], console: Console
) -> None:
    made = enrol(console, "Loket 1", CIRUAS)
    settings.exchange_folder.mkdir(parents=True)
    (settings.exchange_folder / "token.txt").write_text(in_lines(write_token(made.token)))
    with at_the_last_question(settings) as new:
        new.tap("file_0")
        assert new.says(SAY("first_start.other_office", theirs="Ciruas", chosen="Anyar"))
        assert new.visitor.find("useToken") is None
        with new.app.services.store.reading() as record:
            assert not record.settings.last()
        new.tap("changeOffice")
        new.choose_office("ciruas")
        new.tap("formSubmit", "formSubmit")
        new.name_admin()
        new.tap("file_0")
        use(new)
        assert new.says(SAY("desk.told.joined", number=made.number, office="Ciruas"))
        new.tap("firstDone")
    with first_start(settings) as again:
        assert again.app.services.settings.kecamatan_code == CIRUAS


def test_where_nobody_answers_the_same_token_is_tried_again(
    settings: Settings, console: Console, proxy: Proxy
) -> None:
    made = enrol(console, "Loket 1", ANYAR)
    proxy.is_down = True
    with at_the_last_question(settings) as new:
        new.write("tokenText", through(proxy, made)[:200])
        new.tap("readToken")
        assert new.says(SAY("desk.join.flaw_damaged"))
        new.scan(through(proxy, made))
        use(new)
        assert new.says(SAY("desk.join.flaw_unreachable"))
        assert new.says(SAY("desk.join.again"))
        # What was answered is kept by now: the way on is another try, or to leave it.
        assert new.visitor.find("joinLater") is not None
        proxy.is_down = False
        use(new)
        assert new.says(SAY("desk.told.joined", number=made.number, office="Anyar"))


def test_a_line_that_fell_silent_keeps_nobody_waiting(
    settings: Settings, ended: list[int], console: Console, proxy: Proxy
) -> None:
    """The centre took the kiosk or it did not: the desk's page says so later."""
    made = enrol(console, "Loket 1", ANYAR)
    with at_the_last_question(settings) as new:
        new.scan(through(proxy, made))
        proxy.cut_after(Way.UP, 100, How.FREEZE)
        new.tap("useToken")
        wait(new, lambda: proxy.has_cut)
        assert new.says(SAY("desk.join.working"))
        new.tap("joinLater")
        assert new.says(SAY("first_start.not_joined"))
        new.tap("firstDone")
        assert ended == [RENEW]
        proxy.break_all()
    with first_start(settings) as again:
        assert isinstance(again.app, KioskApp)
        assert again.app.services.settings.kecamatan_code == ANYAR


def test_a_token_that_was_used_is_refused_and_the_kiosk_works_alone(
    settings: Settings, ended: list[int], console: Console, tmp_path: Path
) -> None:
    token = write_token(enrol(console, "Loket 1", ANYAR).token)
    with at_the_last_question(settings_in(tmp_path / "first")) as first:
        first.scan(token)
        use(first)
    with at_the_last_question(settings) as new:
        new.scan(token)
        use(new)
        assert new.says(SAY("desk.join.flaw_used"))
        new.tap("joinLater")
        assert new.says(SAY("first_start.not_joined"))
        new.tap("firstDone")
    with first_start(settings) as again:
        assert isinstance(again.app, KioskApp)


def test_one_goes_back_from_the_last_question_before_anything_is_kept(settings: Settings) -> None:
    with at_the_last_question(settings) as new:
        new.tap("tokenBack")
        assert new.says(SAY("first_start.admin"))
        with new.app.services.store.reading() as record:
            assert not record.settings.last()
    with first_start(settings) as again:
        assert isinstance(again.app, FirstStartApp)


def nobodys_token(centre: Centre, office: str) -> str:
    """A token that looks the same every time, of a centre that nobody reaches."""
    address = replace(address_of(centre), hosts=("127.0.0.1",), ports=(1,))
    login = Login("kiosk_10917", "not one")
    return write_token(Token(address, login, NEXT_WEEK, office, "Loket 1"))


NEXT_WEEK = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
FOLDER = Path(__file__).parent.parent / "screens" / "first_start"


MODES = [Mode(panel, language) for panel in (UPRIGHT, LYING) for language in ("id", "en")]
PICTURED = {"asking", "other", "unreachable"}


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: f"{mode.panel.name}-{mode.language}")
def test_the_question_of_the_centre_can_be_read_and_looks_as_it_did(
    settings: Settings, centre: Centre, tmp_path: Path, mode: Mode
) -> None:
    faults: list[str] = []

    def look(new: Installer, state: str) -> None:
        new.app.window.resize(mode.panel.width, mode.panel.height)
        new.visitor.settle()
        if state in PICTURED and (focused := new.app.window.activeFocusItem()) is not None:
            focused.setFocus(False)  # no cursor that blinks
        stage: Any = SimpleNamespace(app=new.app, visitor=new.visitor)
        name = f"centre-{state}-{mode.panel.name}-{mode.language}.png"
        good = FOLDER / name if state in PICTURED else None
        faults.extend(f"{state}: {one}" for one in faults_of(stage, mode.panel, good, tmp_path))

    with first_start(settings) as new:
        if mode.language == "en":
            new.tap("language_en")
        new.answer_before_the_centre()
        look(new, "asking")
        new.scan(nobodys_token(centre, CIRUAS))
        look(new, "other")
        new.tap("tokenText", "boardKey")
        look(new, "typing")
        new.scan(nobodys_token(centre, ANYAR))
        look(new, "read")
        use(new)
        look(new, "unreachable")
    assert faults == []
