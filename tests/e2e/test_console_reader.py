"""A reader of reports at the console: their own token, the page of reports alone, nothing else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from central.enrolled import OFFICE
from central.fixtures import Centre
from PySide6.QtGui import QGuiApplication
from samples import load_texts

from kiosk.central.staff import add
from kiosk.central.token import write_token
from kiosk.console_access import Place, keep_place, read_place
from kiosk.domain.staff import CentreRole
from kiosk.sync.joining import Own, make_own

from .console_stage import PASSWORD, Admin, at_console, console_for, known_place, populate
from .report_stage import people
from .stage import HandClock

SAY = load_texts().say
WHEN = datetime(2026, 11, 27, 3, 31, tzinfo=UTC)
OTHERS = sorted(set(CentreRole) - {CentreRole.KABUPATEN_ADMIN, CentreRole.REPORT})
PAGES_OF_ADMINS = ("fleet", "kiosk", "data", "config", "staff", "notes")


@pytest.fixture
def clock() -> HandClock:
    clock = HandClock()
    clock.moment = WHEN
    return clock


@pytest.fixture
def place(centre: Centre, tmp_path: Path, application: QGuiApplication) -> Path:
    """An admin's machine, and a centre at which people have registered."""
    found = known_place(centre, tmp_path)
    populate(centre, 3, WHEN, {})
    people(centre, 50, seed=6)
    return found


def token_of_the_page(place: Path, clock: HandClock) -> str:
    """The text that an admin hands over."""
    with at_console(place, clock) as admin:
        admin.sign_in()
        admin.tap("page_staff", "addPerson")
        admin.write("person_name", "Sari")
        admin.tap("person_role_report", "formSubmit")
        return admin.text("tokenText")


def begin_with(admin: Admin, token: str) -> None:
    """Paste a token, and choose a password."""
    item = admin.visitor.find("signInToken")
    assert item is not None
    item.setProperty("text", token)
    admin.write("signInPassword", PASSWORD)
    admin.write("signInAgain", PASSWORD)
    admin.tap("signIn")


def test_a_reader_comes_in_by_token_and_sees_reports_alone(
    place: Path, tmp_path: Path, clock: HandClock
) -> None:
    token = token_of_the_page(place, clock)
    own = tmp_path / "reader" / "centre.json"
    with at_console(own, clock) as reader:
        begin_with(reader, token)
        console = reader.app.console
        assert console.page == "reports"
        assert reader.says("Sari")
        assert reader.text("numbersTitle") == "November 2026"
        for absent in (*(f"page_{page}" for page in PAGES_OF_ADMINS), "setTarget"):
            assert not reader.visitor.find(absent), absent
        for page in PAGES_OF_ADMINS:
            console.go(page)
            console.openKiosk("10000")
            reader.settle()
            assert console.page == "reports"
        for _ in range(90):
            console.tick()
        reader.settle()
        # What a reader may not read was not asked for: the centre would have refused it.
        assert (console.notice, console.fleet.lines) == ("", ())
        reader.tap("saveNumbers")
        folder = console.parts.settings.exchange_folder
        assert (folder / "laporan-20261101-20261130.pdf").exists()
        reader.tap("consoleLeave")
        assert console.reports.figures == []
    with at_console(own, clock) as again:
        again.sign_in()
        assert again.app.console.page == "reports"


def test_an_admin_after_a_reader_has_all_pages_and_a_reader_after_an_admin_one(
    centre: Centre, place: Path, clock: HandClock
) -> None:
    tokens = {
        role: write_token(add(console_for(centre, place), "Seseorang", role))
        for role in (CentreRole.REPORT, CentreRole.KABUPATEN_ADMIN)
    }
    with at_console(place, clock) as admin:
        admin.sign_in()
        admin.tap("page_reports", "view_kiosk", "consoleLeave", "wayToken")
        begin_with(admin, tokens[CentreRole.REPORT])
        assert admin.app.console.pages == ["reports"]
        assert admin.app.console.fleet.lines == ()
        admin.tap("consoleLeave", "wayToken")
        begin_with(admin, tokens[CentreRole.KABUPATEN_ADMIN])
        assert admin.app.console.page == "fleet"
        assert admin.visitor.find("page_staff")


def login_of(centre: Centre, place: Path, role: CentreRole) -> str:
    """A login of this role, whose password is PASSWORD."""
    office = OFFICE if role.is_of_an_office else ""
    token = add(console_for(centre, place), "Seseorang", role, office)
    own = make_own(write_token(token), place.parent, PASSWORD)
    assert isinstance(own, Own)
    return own.login.role


@pytest.mark.parametrize("role", OTHERS)
def test_whoever_has_nothing_to_do_here_is_told(
    centre: Centre, place: Path, clock: HandClock, role: CentreRole
) -> None:
    before = read_place(place)
    assert before is not None
    keep_place(place, Place(before.address, login_of(centre, place, role)))
    with at_console(place, clock) as somebody:
        somebody.sign_in()
        assert somebody.text("signInProblem") == SAY("console.sign_in.not_here")
        assert somebody.app.console.page == "sign_in"
        assert not somebody.visitor.find("page_reports")
