"""Long work behind a page of the desk: how far it is, and calling it off."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.handover.progress import GoOn
from ui.models.desk.host import FilesHost

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

T = TypeVar("T")
LOOK_MS = 100


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted while work goes on: so many make one, and the keys of what is said."""

    size: int
    done: str
    done_of: str


ROWS = Unit(1, "desk.work.rows", "desk.work.rows_of")
MEGABYTES = Unit(1_000_000, "desk.work.mb", "desk.work.mb_of")


def grouped(count: int) -> str:
    """Return "12.345"."""
    return f"{count:,}".replace(",", ".")


@dataclass
class _HowFar:
    """Written by the worker and read by the page; it outlives both, which a signal would not."""

    done: int = 0
    total: int = 0
    stopped: bool = False
    over: bool = False

    def go_on(self, done: int, total: int) -> bool:
        self.done, self.total = done, total
        return not self.stopped


@QmlElement
class WorkModel(QObject):
    """One piece of work at a time."""

    changed = Signal()

    def __init__(self, host: FilesHost, parent: QObject, unit: Unit = ROWS) -> None:
        super().__init__(parent)
        self._host = host
        self._unit = unit
        self._far: _HowFar | None = None
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._show)

    def run(self, work: Callable[[GoOn], T], on_result: Callable[[T], None]) -> None:
        """Begin, unless something is under way."""
        if self._far is not None:
            return
        far = self._far = _HowFar()
        self._look.start()

        def watched() -> T:
            try:
                return work(far.go_on)
            finally:
                far.over = True

        def finish(result: T) -> None:
            self._end()
            on_result(result)

        self._host.run(watched, finish)
        self.changed.emit()

    def forget(self) -> None:
        """Call it off; nobody waits for the result any more."""
        self.cancel()
        self._end()

    @Slot()
    def cancel(self) -> None:
        if self._far is not None:
            self._far.stopped = True

    @Property(bool, notify=changed)
    def running(self) -> bool:
        return self._far is not None

    @Property(float, notify=changed)
    def share(self) -> float:
        """How much is done, 0 to 1; 0 as well while nobody knows how much there is."""
        far = self._far
        # A list without a declared size turns out longer than was thought.
        return min(1.0, far.done / far.total) if far and far.total else 0.0

    @Property(str, notify=changed)
    def told(self) -> str:
        far = self._far
        if far is None or not far.done:
            return self._host.texts.say("desk.work.begun")
        unit = self._unit
        done, total = (grouped(-(-count // unit.size)) for count in (far.done, far.total))
        if far.done > far.total:
            return self._host.texts.say(unit.done, done=done)
        return self._host.texts.say(unit.done_of, done=done, total=total)

    @Slot()
    def _show(self) -> None:
        if self._far is not None and self._far.over:
            # A failure brings no result.
            self._end()
        self.changed.emit()

    def _end(self) -> None:
        self._look.stop()
        self._far = None
        self.changed.emit()
