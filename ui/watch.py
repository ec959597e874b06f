"""Watches what runs out behind the screens: room on the disk, and the trust in the clock."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.room import Room
from kiosk.timekeeping import keep_time
from ui.jobs import Jobs
from ui.services import Services

LOOK_EVERY_MS = 10_000


class Watch(QObject):
    """Looks again and again, on the worker; `looked` tells that it did."""

    looked = Signal()

    def __init__(self, services: Services, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Look now."""
        self._jobs.run(self._look, self._told)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _look(self) -> Room:
        room = self._services.room.look()
        keep_time(self._services.store, self._services.clock)
        return room

    def _told(self, _outcome: object) -> None:
        # A failure too: the time that could not be kept now is kept later.
        self.looked.emit()
