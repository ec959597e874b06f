"""Whatever breaks, the screen says what to do, the visit is wiped, and the next one works."""

import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem, QQuickWindow
from samples import RESOURCES, load_texts
from sqlalchemy import text

import main
from kiosk.storage import tables
from printing.port import Sent

from .conftest import Quiet
from .residents import DECLARATIONS, NAME, NIK, TRADER, digits, nik_born
from .stage import OpenStage, Stage, settings_in
from .tours import OF_A_BROKEN_STORE
from .traces import betrays, held_by, traces

SAY = load_texts().say
A_BUG = ("bug RuntimeError", "failsafe U 11", "failsafe wipe RuntimeError", "qt warning")
NEXT_RESIDENT = {**TRADER, "nik": digits(nik_born("150390"))}


@pytest.fixture
def guarded(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A kiosk that catches its bugs, as main.py lets it."""
    return guard(stage, monkeypatch)


def guard(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.delattr(sys, "last_value", raising=False)
    stage.app.catch_bugs()
    return stage


def a_bug(*_: Any, **__: Any) -> Any:
    raise RuntimeError(f"a bug that names {NIK} {NAME}")


def assert_the_failsafe(stage: Stage, code: str) -> None:
    stage.visitor.wait_until(lambda: stage.screen == "failsafe")
    assert stage.key("code").property("text") == code
    assert stage.says(SAY("failsafe.text"))
    assert stage.visitor.find("leave") is None
    assert traces(stage.app) == []


def assert_the_next_visit_works(stage: Stage) -> None:
    stage.tap("again")
    assert stage.screen == "idle"
    stage.play(NEXT_RESIDENT)
    stage.wait_for_slip("unconfirmed")
    assert stage.rows(tables.registration)[-1]["number"] == stage.number()


def test_a_bug_behind_a_key(
    guarded: Stage,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    quiet: Quiet,
) -> None:
    quiet.tolerate(*A_BUG)
    guarded.play(TRADER, until="phone")
    with monkeypatch.context() as patch:
        patch.setattr("kiosk.domain.wizard.go_on", a_bug)
        guarded.tap(*TRADER["phone"], "next")
    assert_the_failsafe(guarded, "U 11")
    assert "bug RuntimeError test_failsafe.py" in caplog.text
    printed = capfd.readouterr()
    assert not betrays(printed.out + printed.err + caplog.text)
    assert_the_next_visit_works(guarded)


def test_the_message_of_a_bug_is_not_printed(
    guarded: Stage, monkeypatch: pytest.MonkeyPatch, quiet: Quiet
) -> None:
    """It may hold what the resident typed; Qt would print it to the journal."""
    quiet.tolerate(*A_BUG)
    guarded.tap("start", "register")
    with monkeypatch.context() as patch:
        patch.setattr("kiosk.domain.wizard.go_on", a_bug)
        guarded.tap("next")
    assert not betrays("\n".join(quiet.heard))


def test_the_memory_of_a_bug_does_not_keep_the_resident(
    guarded: Stage, monkeypatch: pytest.MonkeyPatch, quiet: Quiet
) -> None:
    """Python keeps the last error with everything that its functions were given."""
    quiet.tolerate(*A_BUG)
    guarded.play(TRADER, until="phone")
    with monkeypatch.context() as patch:
        patch.setattr("kiosk.domain.wizard.go_on", a_bug)
        guarded.tap(*TRADER["phone"], "next")
    kept = [getattr(sys, name, None) for name in ("last_value", "last_traceback")]
    assert list(held_by(kept)) == []


def test_a_bug_in_what_a_screen_reads(
    guarded: Stage, monkeypatch: pytest.MonkeyPatch, quiet: Quiet
) -> None:
    quiet.tolerate(*A_BUG)
    guarded.play(TRADER, until="income")
    with monkeypatch.context() as patch:
        patch.setattr("ui.models.programme_model.quote_for", a_bug)
        guarded.tap(*TRADER["income"], "next")
        assert_the_failsafe(guarded, "U 11")
    assert_the_next_visit_works(guarded)


def test_a_bug_in_the_work_behind_the_screen(
    guarded: Stage, monkeypatch: pytest.MonkeyPatch, quiet: Quiet
) -> None:
    quiet.tolerate(*A_BUG)
    guarded.play(TRADER, until="review")
    with monkeypatch.context() as patch:
        patch.setattr("ui.models.visit_model.register", a_bug)
        guarded.tap(*DECLARATIONS, "next")
        assert_the_failsafe(guarded, "U 11")
    assert guarded.rows(tables.registration) == []
    assert_the_next_visit_works(guarded)


def test_a_store_that_cannot_be_written(guarded: Stage, quiet: Quiet) -> None:
    quiet.tolerate(*OF_A_BROKEN_STORE)
    guarded.play(TRADER, until="review")
    with guarded.store_connection() as connection:
        connection.execute(text("ALTER TABLE outbox RENAME TO outbox_taken_away"))
    guarded.tap(*DECLARATIONS, "next")
    assert_the_failsafe(guarded, "S 14")
    assert guarded.rows(tables.registration) == []
    assert guarded.rows(tables.print_job) == []
    with guarded.store_connection() as connection:
        connection.execute(text("ALTER TABLE outbox_taken_away RENAME TO outbox"))
    assert_the_next_visit_works(guarded)


def test_a_draft_that_cannot_be_kept_stops_nobody(guarded: Stage, quiet: Quiet) -> None:
    quiet.tolerate("failure S 14")
    with guarded.store_connection() as connection:
        connection.execute(text("ALTER TABLE draft RENAME TO draft_taken_away"))
    guarded.play(TRADER, until="review")
    guarded.wait_for_work()
    with guarded.store_connection() as connection:
        connection.execute(text("ALTER TABLE draft_taken_away RENAME TO draft"))
    guarded.go_on(TRADER)
    assert guarded.screen == "done"


def test_a_bug_in_the_print_thread_does_not_keep_the_next_slip_from_paper(
    guarded: Stage, quiet: Quiet
) -> None:
    quiet.tolerate(*A_BUG, "slip bug RuntimeError")
    guarded.tray.answer = a_bug
    guarded.play(TRADER)
    done: Any = guarded.app.visit.done
    guarded.visitor.wait_until(lambda: guarded.screen == "failsafe" or done.slip == "failed")
    assert traces(guarded.app) == []
    assert len(guarded.rows(tables.registration)) == 1
    guarded.tap("finish" if guarded.screen == "done" else "again")
    guarded.tray.answer = Sent
    guarded.play(NEXT_RESIDENT)
    guarded.wait_for_slip("unconfirmed")
    assert guarded.number() in guarded.tray.slips


def test_staff_can_be_called_from_the_failsafe_and_it_stays(
    guarded: Stage, monkeypatch: pytest.MonkeyPatch, quiet: Quiet
) -> None:
    quiet.tolerate(*A_BUG)
    guarded.tap("start", "register")
    with monkeypatch.context() as patch:
        patch.setattr("kiosk.domain.wizard.go_on", a_bug)
        guarded.tap("next")
    guarded.tap("callFromFailsafe", "helped")
    assert_the_failsafe(guarded, "U 11")


def test_a_registration_finished_late_does_not_break_into_the_next_visit(
    open_kiosk: OpenStage, monkeypatch: pytest.MonkeyPatch, quiet: Quiet
) -> None:
    quiet.tolerate(*A_BUG)
    late = LateExecutor()
    stage = guard(open_kiosk(executor=late), monkeypatch)
    stage.tap("start", "register")
    while stage.screen != "review":
        stage.tap(*TRADER[stage.screen], "next")
    stage.tap(*DECLARATIONS, "next")
    assert stage.app.visit.busy
    stage.app.jobs.report_bug(RuntimeError())
    stage.visitor.wait_until(lambda: stage.screen == "failsafe")
    stage.tap("again", "start", "register")
    late.run_all()
    stage.visitor.settle()
    assert stage.screen == "consent"


def test_a_kiosk_that_cannot_start_stands_on_its_code(
    application: QGuiApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, quiet: Quiet
) -> None:
    quiet.tolerate("failure D 11")
    resources = tmp_path / "resources"
    for name in ("data", "texts"):
        shutil.copytree(RESOURCES / name, resources / name)
    (resources / "data" / "regions" / "serang.csv").unlink()
    monkeypatch.setattr("ui.composing.RESOURCES", resources)
    standing = Standing()
    monkeypatch.setattr("ui.run.make_application", lambda: standing)
    settings = settings_in(tmp_path / "kiosk")
    config = tmp_path / "kiosk.toml"
    folders = ("store_folder", "slips_folder", "data_folder", "keys_folder", "log_folder")
    config.write_text("".join(f'{name} = "{getattr(settings, name)}"\n' for name in folders))
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")  # a kiosk has a screen
    assert main.main(["--config", str(config)]) == 1
    assert any("D 11" in text for text in standing.words), standing.words
    assert SAY("failsafe.text") in standing.words


class Standing:
    """An application that is closed at once, after a look at what stands on its screen."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def exec(self) -> int:
        for window in QGuiApplication.topLevelWindows():
            if isinstance(window, QQuickWindow) and window.isVisible():
                texts = [item for item in window.findChildren(QQuickItem) if item.isVisible()]
                self.words += [str(item.property("text") or "") for item in texts]
        return 0


class LateExecutor:
    """An executor that works only when it is told to."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], Any]] = []

    def submit(self, work: Callable[..., Any], *arguments: Any) -> None:
        self._waiting.append(lambda: work(*arguments))

    def run_all(self) -> None:
        while self._waiting:
            self._waiting.pop(0)()

    def shutdown(self, *, wait: bool) -> None:
        """Nothing runs: there is nothing to wait for."""
