"""Keys behind a passphrase: the kiosk asks for it on its own screen before anything is opened."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from machines import CHEAP, PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from samples import RESOURCES, ROOT

from kiosk.keys import KeyFailure, Unlocked, open_ring
from kiosk.keys.ring import locked_by
from kiosk.languages import load_languages
from kiosk.settings import Settings
from ui.unlock import UnlockScreen
from ui.visitor import Visitor

from .stage import HandClock, settings_in

TEXTS = load_languages(RESOURCES / "texts").texts
SIZES = {"standing": (1080, 1920), "lying": (1366, 768)}


class Lock:
    """The screen that asks, and a member of the staff in front of it."""

    def __init__(self, settings: Settings, size: tuple[int, int]) -> None:
        self.answers: list[Unlocked | KeyFailure] = []
        self.clock = HandClock()
        self.screen = UnlockScreen(settings, TEXTS, self.clock, self.answers.append)
        self.screen.window.resize(*size)
        self.screen.show(windowed=True)
        app: Any = SimpleNamespace(
            window=self.screen.window, visit=SimpleNamespace(forgetting=False)
        )
        self.visitor = Visitor(app, self.clock.skip)

    def tap_letters(self, text: str) -> None:
        for letter in text.upper():
            self.visitor.tap("letterSpace" if letter == " " else f"letter{letter}")

    def try_it(self, passphrase: str) -> None:
        """Type and open, and wait for the answer."""
        self.tap_letters(passphrase)
        self.visitor.tap("unlock")
        self.visitor.wait_until(lambda: self.said != TEXTS["id"].say("unlock.checking"))

    @property
    def said(self) -> str:
        item = self.visitor.find("said")
        assert item is not None
        return str(item.property("text"))

    @property
    def words(self) -> list[str]:
        return [str(item.property("text")) for item in self.visitor.items() if _is_text(item)]


def _is_text(item: QQuickItem) -> bool:
    return bool(item.property("text"))


@pytest.fixture
def settings(new_kiosk: Path, tmp_path: Path) -> Settings:
    """A kiosk whose keys are behind a passphrase."""
    shutil.copytree(new_kiosk, tmp_path / "kiosk")
    settings = settings_in(tmp_path / "kiosk")
    open_ring(settings.keys_folder).guarded_by(*locked_by(PASSPHRASE, CHEAP))
    return settings


@pytest.fixture(params=list(SIZES.values()), ids=list(SIZES))
def lock(settings: Settings, request: pytest.FixtureRequest) -> Iterator[Lock]:
    lock = Lock(settings, request.param)
    with closing(lock.screen):
        yield lock


def test_the_right_passphrase_opens_after_a_wrong_one_was_told(
    lock: Lock, settings: Settings
) -> None:
    lock.try_it("nade giro lapi meso tari")
    assert lock.said == TEXTS["id"].say("unlock.wrong")
    assert lock.answers == []
    lock.try_it(PASSPHRASE)
    assert lock.answers == [open_ring(settings.keys_folder, passphrase=PASSPHRASE)]


def test_who_looks_on_sees_the_last_letter_alone(lock: Lock) -> None:
    lock.tap_letters("kobutari")
    assert "\u2022" * 7 + "I" in lock.words
    lock.visitor.tap("letterDelete")
    assert "\u2022" * 6 + "R" in lock.words


def test_too_few_letters_are_not_tried(lock: Lock) -> None:
    lock.tap_letters("kobu tari")
    lock.visitor.tap("unlock")
    assert lock.said == TEXTS["id"].say("unlock.lead")


def test_a_keyboard_types_and_its_enter_opens(lock: Lock) -> None:
    for letter in PASSPHRASE.replace(" ", ""):
        lock.clock.skip(300)
        QTest.keyClick(lock.screen.window, Qt.Key(ord(letter.upper())))
        lock.screen.keyboard.settle()
    lock.clock.skip(300)
    QTest.keyClick(lock.screen.window, Qt.Key.Key_Return)
    lock.visitor.wait_until(lambda: bool(lock.answers))
    assert isinstance(lock.answers[0], Unlocked)


def test_keys_damaged_meanwhile_end_the_asking_with_their_code(
    lock: Lock, settings: Settings
) -> None:
    for path in settings.keys_folder.iterdir():
        path.write_bytes(b"damaged")
    lock.try_it(PASSPHRASE)
    (answer,) = lock.answers
    assert isinstance(answer, KeyFailure)
    assert answer.code == "K 12"


KIOSK = """
import sys
from contextlib import contextmanager
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
import ui.unlock
from kiosk.settings import read_settings
from ui import composing
from ui.run import run

passphrases = iter(sys.argv[2:])

class TypedScreen(ui.unlock.UnlockScreen):
    def show(self, *, windowed):
        super().show(windowed=windowed)
        self.model.changed.connect(lambda: self.model.wrong and self.type_next())
        QTimer.singleShot(0, self.type_next)

    def type_next(self):
        print("asked", flush=True)
        self.model.type(next(passphrases))
        self.model.open()

class Shown:
    def catch_bugs(self):
        QTimer.singleShot(0, lambda: QGuiApplication.exit(0))

    def show(self, *, windowed):
        pass

    def come_to_front(self):
        pass

@contextmanager
def open_kiosk(settings, clock, *, unlocked, patience):
    with composing.open_kiosk(settings, clock, unlocked=unlocked, patience=patience):
        print("open", flush=True)
        yield Shown()

ui.unlock.UnlockScreen = TypedScreen
sys.exit(run(read_settings(Path(sys.argv[1])), open_kiosk, windowed=False))
"""


def test_a_start_asks_again_after_a_wrong_passphrase_and_then_opens(
    settings: Settings, tmp_path: Path
) -> None:
    config = tmp_path / "kiosk.toml"
    folders = ("store", "slips", "data", "keys")
    config.write_text(
        "".join(f'{name}_folder = "{getattr(settings, f"{name}_folder")}"\n' for name in folders)
    )
    done = subprocess.run(
        [sys.executable, "-c", KIOSK, config, "a wrong one that is long enough", PASSPHRASE],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.split(), done.stderr) == (["asked", "asked", "open"], "")
    assert done.returncode == 0
