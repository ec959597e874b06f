"""The passphrase of the keys, as it is typed before anything else can be opened."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.keys import KeyFailure, PassphraseMissing, Unlocked
from kiosk.keys.passphrase import LONGEST, MIN_LETTERS, normal
from ui.jobs import Jobs

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

HIDDEN = "\u2022"


@QmlElement
class UnlockModel(QObject):
    """Takes letters, shows only the last of them, and tries them on the worker.

    `ended` brings the opened keys, or why they cannot be opened by any passphrase.
    """

    changed = Signal()
    ended = Signal(object)

    def __init__(
        self, unlock: Callable[[str], Unlocked], jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._unlock = unlock
        self._jobs = jobs
        self._typed = ""
        self._busy = self._wrong = False

    @Property(str, notify=changed)
    def shown(self) -> str:
        return HIDDEN * (len(self._typed) - 1) + self._typed[-1:]

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        return self._busy

    @Property(bool, notify=changed)
    def wrong(self) -> bool:
        return self._wrong

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        return not self._busy and len(normal(self._typed)) >= MIN_LETTERS

    @Slot(str)
    def type(self, letter: str) -> None:
        self._put((self._typed + letter)[:LONGEST])

    @Slot()
    def erase(self) -> None:
        self._put(self._typed[:-1])

    @Slot()
    def open(self) -> None:
        if not self.ready:
            return
        self._busy, self._wrong = True, False
        self.changed.emit()
        self._jobs.run(partial(self._unlock, self._typed), self._tried)

    def _put(self, typed: str) -> None:
        if not self._busy:
            self._typed, self._wrong = typed, False
            self.changed.emit()

    def _tried(self, result: Unlocked | KeyFailure) -> None:
        wrong = isinstance(result, PassphraseMissing)
        self._typed, self._busy, self._wrong = "", False, wrong
        self.changed.emit()
        if not wrong:
            self.ended.emit(result)
