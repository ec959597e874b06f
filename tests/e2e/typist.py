"""Somebody who taps and types in a window of its own: at a new kiosk, at the console."""

from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from ui.visitor import Visitor

from .settling import settle, workers_of
from .stage import HandClock

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
APART_MS = 400
"""Slower than a scanner."""


class Typist:
    """The window begins lying; `settle` waits for what was set going."""

    def __init__(self, app: Any, clock: HandClock) -> None:
        self.app = app
        self.clock = clock
        seen: Any = SimpleNamespace(window=app.window, visit=SimpleNamespace(forgetting=False))
        self.visitor = Visitor(seen, clock.skip)
        app.window.resize(1366, 768)
        self.visitor.settle()

    def settle(self) -> None:
        """Wait until nothing is left to be done."""
        settle(self.visitor, *workers_of(self.app, but=getattr(self.app, "far_jobs", None)))

    def tap(self, *names: str) -> None:
        """Tap keys by their names, one after the other."""
        for name in names:
            self.visitor.tap(name)
            self.settle()

    def write(self, field: str, text: str) -> None:
        """Type in place of what stands there."""
        self.tap(field)
        QTest.keyClick(self.app.window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        for letter in text:
            self.press_letter(letter, APART_MS)
            self.app.keyboard.settle()
        self.settle()

    def press_letter(self, letter: str, after_ms: float) -> None:
        """Press one letter so long after what came before."""
        self.clock.skip(after_ms)
        pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, NO_MODIFIER, letter)
        pressed.setTimestamp(round(self.clock.monotonic_ms()))
        QCoreApplication.sendEvent(self.app.window, pressed)

    def press(self, key: Qt.Key) -> None:
        """Press a key that is no letter."""
        self.clock.skip(APART_MS)
        QTest.keyClick(self.app.window, key)
        self.app.keyboard.settle()
        self.settle()

    def says(self, sentence: str) -> bool:
        """Whether a sentence stands in the window."""
        return any(sentence in str(item.property("text") or "") for item in self.visitor.items())
