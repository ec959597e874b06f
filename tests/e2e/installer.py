"""Somebody in front of a new kiosk, and what is found in the office it came to."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from kiosk.settings import Settings
from printing.discovery import FoundPrinter, NotLooked, Source
from printing.port import Abilities
from ui.composing import AsksFirst
from ui.visitor import Visitor

from .stage import SCANNER_MS, HandClock, Tray

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
NAME, PIN = "Dedi", "402917"
FOUND = [
    NotLooked(Source.DEVICE, "CUPS: not there"),
    FoundPrinter(Source.QUEUE, "Loket", "Loket", "usb://x", Abilities(), None),
    FoundPrinter(Source.DEVICE, "needs a queue", "", "usb://y", Abilities(), None),
]


class Installer:
    """Somebody in front of a new kiosk."""

    def __init__(self, app: Any, clock: HandClock) -> None:
        self.app = app
        self.clock = clock
        seen: Any = SimpleNamespace(window=app.window, visit=SimpleNamespace(forgetting=False))
        self.visitor = Visitor(seen, clock.skip)
        app.window.resize(1366, 768)
        self.visitor.settle()

    def tap(self, *names: str) -> None:
        for name in names:
            self.visitor.tap(name)
            self.settle()

    def write(self, field: str, text: str) -> None:
        """Type in place of what stands there."""
        self.tap(field)
        QTest.keyClick(self.app.window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        for letter in text:
            self._press(letter, after_ms=400)
            self.app.keyboard.settle()
        self.settle()

    def scan(self, text: str) -> None:
        """Read a code with a scanner."""
        self.clock.skip(400)
        for letter in text:
            self._press(letter, after_ms=SCANNER_MS)
        self.app.keyboard.settle()
        self.settle()

    def _press(self, letter: str, after_ms: float) -> None:
        self.clock.skip(after_ms)
        pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, NO_MODIFIER, letter)
        pressed.setTimestamp(round(self.clock.monotonic_ms()))
        QCoreApplication.sendEvent(self.app.window, pressed)

    def enter(self) -> None:
        self.clock.skip(400)
        QTest.keyClick(self.app.window, Qt.Key.Key_Return)
        self.app.keyboard.settle()
        self.settle()

    def settle(self) -> None:
        done: list[None] = []
        self.app.jobs.run(lambda: None, done.append)
        self.visitor.wait_until(lambda: bool(done))
        self.visitor.settle()

    def says(self, sentence: str) -> bool:
        return any(sentence in str(item.property("text") or "") for item in self.visitor.items())

    def answer_all(self) -> None:
        """Every question, up to the page that sums up; the centre can wait."""
        self.answer_before_the_centre()
        self.tap("joinLater")

    def answer_before_the_centre(self) -> None:
        self.tap("formSubmit")
        self.choose_office("anyar")
        self.write("kiosk_name", "Anjungan Loket 1")
        self.tap("formSubmit", "printer_Loket", "paper_58mm", "formSubmit")
        self.name_admin()

    def choose_office(self, letters: str) -> None:
        """Find a kecamatan by its first letters, and go on."""
        self.write("kecamatan_code", letters)
        self.enter()
        self.tap("formSubmit")

    def name_admin(self) -> None:
        """Say who the first admin is, and go on."""
        self.write("admin", NAME)
        self.write("new_pin", PIN)
        self.write("pin_again", PIN)
        self.tap("formSubmit")


@contextmanager
def first_start(settings: Settings, asks: AsksFirst | None = None) -> Iterator[Any]:
    """Start the kiosk as main.py does; gives who stands in front of it."""
    clock = HandClock()
    with (asks or AsksFirst())(settings, clock, Tray()) as app:
        app.show(windowed=True)
        yield Installer(app, clock)
