"""Two kiosks, a real centre and real taps: both join, one person registers at both, and the
supervisor of one office decides."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from central.enrolled import OFFICE, console_of
from central.fixtures import Centre
from PySide6.QtCore import Qt
from samples import load_texts

from kiosk.central.console import Console
from kiosk.central.enrolment import enrol
from kiosk.central.staff import add
from kiosk.central.token import in_lines, write_token
from kiosk.domain.centre import Link
from kiosk.domain.registration_number import group_number
from kiosk.domain.staff import CentreRole
from kiosk.keys.passphrase import Cost
from kiosk.storage import tables

from .conftest import Quiet
from .desk_stage import ADMIN, CLERK, PIN, SUPERVISOR, DeskStage, employ
from .residents import DECLARATIONS, TRADER, Resident
from .stage import Stage, open_stage
from .test_desk_centre import settle, sign_in, tap

SAY = load_texts().say
NEIGHBOURS = "36.04.11"
VISITING: Resident = {
    **TRADER,
    "address": ("lives-other_kecamatan",),
    "kecamatan": (f"kecamatan-{OFFICE}",),
    "desa": (f"otherdesa-{OFFICE}.2002",),
}
"""The same person, at the kiosk of another office."""
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a PIN cost nothing: what it costs is passphrase.Cost's own."""
    monkeypatch.setattr("kiosk.keys.pin.Cost", lambda **given: Cost(**given) if given else CHEAP)


@pytest.fixture
def console(centre: Centre, tmp_path: Path) -> Console:
    return console_of(centre, tmp_path)


@contextmanager
def kiosk_of(new_kiosk: Path, folder: Path, office: str) -> Iterator[Stage]:
    """A kiosk of its own with its staff; another one is not open meanwhile."""
    if not folder.exists():
        shutil.copytree(new_kiosk, folder)
    with open_stage(folder, changes={"kecamatan_code": office}) as stage:
        stage.app.window.resize(1366, 768)
        stage.visitor.settle()
        employ(stage)
        yield stage


def join(stage: Stage, console: Console, office: str, *, by_file: bool) -> str:
    """Let the admin join with a token, scanned or from a file; returns the number."""
    made = enrol(console, f"Loket {office}", office)
    token = write_token(made.token)
    desk = sign_in(stage, ADMIN)
    if by_file:
        stage.settings.exchange_folder.mkdir()
        (stage.settings.exchange_folder / "token.txt").write_text(in_lines(token))
    tap(desk, "page_centre", "joinCentre")
    if by_file:
        tap(desk, "file_0")
    else:
        desk.scan(token)
    assert desk.says(made.number)
    assert desk.says(f"Loket {office}")
    tap(desk, "useToken")
    assert desk.says(made.number)
    wait(stage, lambda: link(stage) is Link.REACHED)
    desk.tap("signOut")
    return made.number


def link(stage: Stage) -> Link:
    centre = stage.services.centre
    assert centre is not None
    return centre.status().link


def wait(stage: Stage, reached: Callable[[], bool]) -> None:
    stage.visitor.wait_until(reached)


def register_by_taps(stage: Stage, resident: Resident) -> str:
    """Somebody registers; returns the number once the centre has it."""
    stage.play(resident, until="review")
    stage.tap(*DECLARATIONS, "next")
    stage.wait_until_idle()
    number = stage.number()
    stage.tap("leave")
    wait(stage, lambda: stage.rows(tables.outbox) == [])
    return number


def status_of(stage: Stage) -> str:
    return str(stage.rows(tables.registration)[0]["status"])


def log_in(desk: DeskStage, console: Console, role: CentreRole) -> None:
    """Take in the token that the kabupaten's admin gave to this person."""
    token = write_token(add(console, "Seseorang", role, OFFICE))
    tap(desk, "centreStrip", "loginCentre")
    desk.scan(token)
    desk.type(PIN)
    desk.hit(Qt.Key.Key_Return)
    settle(desk)
    assert desk.notice == SAY("desk.told.logged_in")


def test_one_person_registers_at_two_kiosks_and_a_supervisor_decides(
    new_kiosk: Path, tmp_path: Path, centre: Centre, console: Console, quiet: Quiet
) -> None:
    with kiosk_of(new_kiosk, tmp_path / "there", NEIGHBOURS) as there:
        join(there, console, NEIGHBOURS, by_file=True)
        other_number = register_by_taps(there, VISITING)
        desk = sign_in(there, CLERK)
        desk.open_record(other_number)
        assert desk.says(SAY("desk.centre.here_there", when="22 Nov 10.24"))

    with kiosk_of(new_kiosk, tmp_path / "here", OFFICE) as here:
        join(here, console, OFFICE, by_file=False)
        number = register_by_taps(here, TRADER)
        desk = sign_in(here, CLERK)
        log_in(desk, console, CentreRole.CLERK)
        tap(desk, "page_pairs")
        assert desk.says(SAY("desk.pairs.because_nik"))
        assert desk.says(group_number(number))
        assert desk.says(group_number(other_number))
        assert here.visitor.find("decide_same") is None
        desk.tap("signOut")

        desk = sign_in(here, SUPERVISOR)
        log_in(desk, console, CentreRole.SUPERVISOR)
        tap(desk, "page_records")
        assert desk.says(SAY("desk.pairs.tag_match"))
        tap(desk, "page_pairs", "decide_same")
        own: Any = here.rows(tables.registration)[0]
        tap(desk, f"void_{own['id']}")
        desk.write("reason", "Orangnya membawa dua slip")
        tap(desk, "formSubmit")
        assert desk.notice == SAY("desk.told.decided")
        assert desk.says(SAY("desk.pairs.none"))
        wait(here, lambda: status_of(here) == "void")

    with centre.connect() as owner:
        decided = owner.execute("SELECT state, reason FROM centre.match").fetchall()
        standing = owner.execute("SELECT number, status FROM centre.registration").fetchall()
    assert decided == [("same_person", "Orangnya membawa dua slip")]
    assert dict(standing) == {number: "void", other_number: "registered"}
    with kiosk_of_again(tmp_path / "here", OFFICE) as here:
        # The login opens with the PIN alone from now on.
        desk = sign_in(here, SUPERVISOR)
        tap(desk, "page_pairs")
        assert desk.says(SAY("desk.pairs.none"))


@contextmanager
def kiosk_of_again(folder: Path, office: str) -> Iterator[Stage]:
    """The same kiosk after a restart."""
    with open_stage(folder, changes={"kecamatan_code": office}) as stage:
        stage.app.window.resize(1366, 768)
        stage.visitor.settle()
        yield stage
