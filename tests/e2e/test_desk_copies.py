"""Backups at the desk: made and carried by a tap, tried before anybody's eyes, put back."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from keeping import add_many
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication
from samples import load_texts

from kiosk import backups
from kiosk.handover import exchange
from kiosk.handover.progress import GoOn
from kiosk.storage import tables
from ui import composing
from ui.renewal import RENEW
from ui.run import stay_open

from .conftest import Quiet
from .desk_stage import ADMIN, CLERK, SUPERVISOR, DeskStage, employ
from .stage import HandClock, OpenStage, Stage, Tray, settings_in

SAY = load_texts().say
PEOPLE = 4


@pytest.fixture
def stage(open_kiosk: OpenStage) -> Stage:
    stage = open_kiosk()
    stage.app.window.resize(1366, 768)
    stage.visitor.settle()
    employ(stage)
    add_many(stage.services.store, stage.clock, range(1, PEOPLE + 1))
    return stage


@pytest.fixture
def desk(stage: Stage) -> DeskStage:
    return at_copies(stage)


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick that is in as long as its folder is there."""
    folder = tmp_path / "STIK"
    folder.mkdir()
    monkeypatch.setattr(exchange, "mounted_media", lambda: [folder] if folder.exists() else [])
    return folder


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the event loop was asked to end with."""
    codes: list[int] = []
    monkeypatch.setattr(QCoreApplication, "exit", codes.append)
    return codes


def at_copies(stage: Stage) -> DeskStage:
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(ADMIN)
    desk.tap("page_copies")
    return desk


def make(desk: DeskStage) -> None:
    desk.tap("makeCopy")
    wait(desk, lambda: not desk.desk.copies.work.running)


def wait(desk: DeskStage, done: Any) -> None:
    desk.stage.visitor.wait_until(done)
    desk.settle()


def tried(desk: DeskStage) -> str:
    wait(desk, lambda: not desk.desk.copies.trying)
    return str(desk.desk.copies.tried)


def problem(desk: DeskStage) -> str:
    shown = desk.stage.visitor.find("copiesProblem")
    return str(shown.property("text")) if shown is not None else ""


def names(desk: DeskStage) -> list[str]:
    return [one["name"] for one in desk.desk.copies.files.files]


@pytest.mark.parametrize("name", [CLERK, SUPERVISOR])
def test_only_the_admin_finds_the_page(stage: Stage, name: str) -> None:
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(name)
    assert stage.visitor.find("page_copies") is None


def test_a_backup_is_made_listed_and_opens(desk: DeskStage) -> None:
    assert desk.says(SAY("desk.copies.about_keys"))
    make(desk)
    (name,) = names(desk)
    assert desk.notice == SAY("desk.copies.made", file=name, count=PEOPLE)
    desk.tap("file_0")
    # That it was made stands in the record since.
    assert tried(desk) == SAY("desk.copies.not_as_now", count=PEOPLE, now=PEOPLE)


def test_a_copy_is_carried_to_the_stick(stage: Stage, stick: Path) -> None:
    desk = at_copies(stage)
    desk.tap("place_1")
    make(desk)
    (file,) = stick.iterdir()
    assert names(desk) == [file.name]
    assert file.name.startswith("91234-000001-")
    assert desk.notice == SAY("desk.copies.made", file=file.name, count=PEOPLE)


def test_a_stick_pulled_out_in_the_middle_is_told(
    stage: Stage, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = backups._copy

    def pulled(source: Path, target: Path, go_on: GoOn) -> None:
        real(source, target, go_on)
        shutil.rmtree(stick)

    monkeypatch.setattr(backups, "_copy", pulled)
    desk = at_copies(stage)
    desk.tap("place_1")
    make(desk)
    assert problem(desk) == SAY("desk.copies.place_gone")
    assert not stick.exists()


def test_a_file_of_somebody_else_says_so_and_offers_nothing(stage: Stage, stick: Path) -> None:
    (stick / "other.backup").write_bytes(b"x" * 8192)
    desk = at_copies(stage)
    desk.tap("place_1", "file_0")
    assert tried(desk) == ""
    assert problem(desk) == SAY("desk.copies.not_whole")
    assert stage.visitor.find("askRestore") is None


def test_restoring_asks_once_and_can_be_left(stage: Stage, ended: list[int], quiet: Quiet) -> None:
    quiet.tolerate("store rebuilt")
    desk = at_copies(stage)
    make(desk)
    add_many(stage.services.store, stage.clock, range(10, 13))
    desk.tap("file_0")
    tried(desk)
    desk.tap("askRestore")
    assert desk.says(SAY("desk.copies.means_newer", count=3))
    assert desk.says(SAY("desk.copies.means_aside"))
    desk.tap("dontRestore")
    assert ended == []
    assert list(stage.settings.store_folder.glob("set-aside-*")) == []
    desk.tap("askRestore", "restoreCopy")
    wait(desk, lambda: ended == [RENEW])
    assert len(list(stage.settings.store_folder.glob("set-aside-*"))) == 1


def test_the_program_opens_anew_with_what_was_restored(
    new_kiosk: Path, tmp_path: Path, application: QGuiApplication, quiet: Quiet
) -> None:
    """With real taps: backup, three more people, restore, and the next program has them all."""
    quiet.tolerate("store rebuilt")
    settings = settings_in(Path(shutil.copytree(new_kiosk, tmp_path / "kiosk")))
    said: list[Any] = []

    def first(opened: Stage) -> None:
        opened.app.window.resize(1366, 768)
        employ(opened)
        add_many(opened.services.store, opened.clock, range(1, PEOPLE + 1))
        desk = at_copies(opened)
        make(desk)
        add_many(opened.services.store, opened.clock, range(10, 13))
        desk.tap("file_0")
        tried(desk)
        said.append(_incarnation(opened))
        desk.tap("askRestore", "restoreCopy")
        opened.visitor.wait_until(lambda: not desk.desk.copies.restoring)
        said.append(problem(desk))

    def second(opened: Stage) -> None:
        said.append(_incarnation(opened))
        said.append(len(opened.rows(tables.registration)))
        said.append(opened.screen)
        QGuiApplication.exit(7)

    acts = iter((first, second))

    @contextmanager
    def open_it() -> Iterator[Any]:
        clock, tray = HandClock(), Tray()
        with composing.open_kiosk(settings, clock, printer=tray) as app:
            opened = Stage(app, settings, clock, tray)
            act = next(acts)
            QTimer.singleShot(0, app, lambda: _noting(said, act, opened))
            yield app

    assert stay_open(open_it, application, windowed=True) == 7
    before, wrong, after, people, screen = said
    assert before != after
    assert (wrong, people, screen) == ("", PEOPLE + 3, "idle")


def _incarnation(stage: Stage) -> str:
    with stage.services.store.reading() as record:
        return record.identity().incarnation


def _noting(said: list[Any], act: Any, opened: Stage) -> None:
    """An exception must end the event loop, or the test would never end."""
    try:
        act(opened)
    except BaseException as failed:  # noqa: BLE001
        said.append(repr(failed))
        QGuiApplication.exit(1)
