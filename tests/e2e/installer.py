"""Somebody in front of a new kiosk, and what is found in the office it came to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt

from kiosk.settings import Settings
from printing.discovery import FoundPrinter, NotLooked, Source
from printing.port import Abilities
from ui.composing import AsksFirst

from .stage import SCANNER_MS, HandClock, Tray
from .typist import Typist

NAME, PIN = "Dedi", "402917"
FOUND = [
    NotLooked(Source.DEVICE, "CUPS: not there"),
    FoundPrinter(Source.QUEUE, "Loket", "Loket", "usb://x", Abilities(), None),
    FoundPrinter(Source.DEVICE, "needs a queue", "", "usb://y", Abilities(), None),
]


class Installer(Typist):
    """Somebody in front of a new kiosk."""

    def scan(self, text: str) -> None:
        """Read a code with a scanner."""
        self.clock.skip(400)
        for letter in text:
            self.press_letter(letter, SCANNER_MS)
        self.app.keyboard.settle()
        self.settle()

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

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
