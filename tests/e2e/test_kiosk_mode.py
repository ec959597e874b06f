"""Nothing but the end of the process takes the screen away, and that end is an orderly one."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QInputDevice,
    QKeyEvent,
    QPointingDevice,
)
from PySide6.QtTest import QTest
from samples import ROOT

from kiosk.storage.engine import STORE_FILE

from .residents import TRADER
from .stage import OpenStage, Stage

Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
REFUSED = {
    "Alt+F4": (Key.Key_F4, ALT),
    "Ctrl+Q": (Key.Key_Q, CONTROL),
    "Ctrl+W": (Key.Key_W, CONTROL),
    "Ctrl+O": (Key.Key_O, CONTROL),
    "Ctrl+P": (Key.Key_P, CONTROL),
    "Ctrl+C": (Key.Key_C, CONTROL),
    "Alt+Space": (Key.Key_Space, ALT),
    "Escape": (Key.Key_Escape, NONE),
    "F1": (Key.Key_F1, NONE),
    "F5": (Key.Key_F5, NONE),
    "F11": (Key.Key_F11, NONE),
    "Menu": (Key.Key_Menu, NONE),
    "Print": (Key.Key_Print, NONE),
    "Back": (Key.Key_Back, NONE),
}


@pytest.fixture
def held(stage: Stage) -> Stage:
    """A kiosk that holds the screen, with a name being typed."""
    stage.play(TRADER, until="name")
    stage.type("SITI")
    stage.app.show(windowed=False)
    stage.app.window.resize(1080, 1920)
    stage.visitor.settle()
    return stage


def cursor() -> Qt.CursorShape:
    shape = QGuiApplication.overrideCursor()
    return shape.shape() if shape else Qt.CursorShape.ArrowCursor


def test_the_window_covers_all_without_a_frame(held: Stage) -> None:
    flags = held.app.window.flags()
    assert flags & Qt.WindowType.FramelessWindowHint
    assert flags & Qt.WindowType.WindowStaysOnTopHint


def test_it_is_not_closed(held: Stage) -> None:
    asked = QCloseEvent()
    QCoreApplication.sendEvent(held.app.window, asked)
    assert not asked.isAccepted()
    assert not held.app.window.close()
    assert held.app.window.isVisible()


@pytest.mark.parametrize("name", REFUSED)
def test_a_shortcut_does_nothing(held: Stage, name: str) -> None:
    before = sorted(held.words())
    key, modifiers = REFUSED[name]
    held.clock.skip(1000)
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        held.send(QKeyEvent(kind, key, modifiers))
    held.app.keyboard.settle()
    assert (held.screen, sorted(held.words())) == ("name", before)
    assert held.app.window.isVisible()


def test_a_keyboard_types_all_the_same(held: Stage) -> None:
    held.type(" A")
    assert held.says("SITI A")


def test_neither_a_menu_opens_nor_is_anything_dropped(held: Stage) -> None:
    dragged = QMimeData()
    dragged.setText("DROPPED")
    action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    events = [
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(500, 500), QPoint(500, 500)),
        QDragEnterEvent(QPoint(500, 500), action, dragged, left, NONE),
        QDropEvent(QPointF(500, 500), action, dragged, left, NONE),
    ]
    for event in events:
        QCoreApplication.sendEvent(held.app.window, event)
        assert not event.isAccepted()
    assert not held.says("DROPPED")


def test_the_cursor_is_seen_only_by_who_moves_a_mouse(held: Stage) -> None:
    assert cursor() == Qt.CursorShape.BlankCursor
    held.move(QPoint(500, 500))
    assert cursor() == Qt.CursorShape.BlankCursor
    held.move(QPoint(520, 510))
    assert cursor() == Qt.CursorShape.ArrowCursor
    panel = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    assert isinstance(panel, QPointingDevice)
    QTest.touchEvent(held.app.window, panel).press(0, QPoint(500, 500)).commit()
    QTest.touchEvent(held.app.window, panel).release(0, QPoint(500, 500)).commit()
    assert cursor() == Qt.CursorShape.BlankCursor


def test_the_cursor_comes_back_in_the_end(open_kiosk: OpenStage) -> None:
    open_kiosk().app.show(windowed=False)
    open_kiosk()
    assert QGuiApplication.overrideCursor() is None


def test_a_window_for_work_can_be_closed_and_has_a_cursor(stage: Stage) -> None:
    assert QGuiApplication.overrideCursor() is None
    assert stage.app.window.close()


KIOSK = """
import sys
from contextlib import contextmanager
from pathlib import Path
from kiosk.logs.writing import clean_log
from kiosk.settings import read_settings
from ui import composing
from ui.run import run

@contextmanager
def open_kiosk(settings, clock, *, unlocked, patience):
    with composing.open_kiosk(settings, clock, unlocked=unlocked, patience=patience) as app:
        print("open", flush=True)
        yield app
    print("closed", flush=True)

with clean_log():
    sys.exit(run(read_settings(Path(sys.argv[1])), open_kiosk, windowed=False))
"""


def start_kiosk(folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    config = folder / "kiosk.toml"
    folders = ("store", "slips", "data", "keys", "log")
    config.write_text("".join(f'{name}_folder = "{folder / name}"\n' for name in folders))
    command = [sys.executable, "-c", KIOSK, str(config)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_process_in_order(tmp_path: Path, ending: signal.Signals) -> None:
    with start_kiosk(tmp_path) as kiosk:
        assert kiosk.stdout is not None
        # The sooner the better: the event loop has not even begun.
        assert kiosk.stdout.readline() == "open\n"
        kiosk.send_signal(ending)
        said, complained = kiosk.communicate(timeout=60)
    assert (kiosk.returncode, said, complained) == (0, "closed\n", "")


def test_a_signal_ends_a_kiosk_that_is_out_of_order(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / STORE_FILE).write_text("no store")
    with start_kiosk(tmp_path) as kiosk:
        assert kiosk.stderr is not None
        assert json.loads(kiosk.stderr.readline())["code"] in {"K 11", "S 11"}
        kiosk.send_signal(signal.SIGTERM)
        kiosk.communicate(timeout=60)
    assert kiosk.returncode == 1
