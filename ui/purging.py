"""Deletes what has been kept for long enough, soon after the start and while nobody is here."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.domain.failures import KioskFailure
from kiosk.logs.entries import PurgeIncomplete, failed
from kiosk.retention import Purged, held_at_centre, purge
from ui.jobs import Jobs
from ui.services import Services

log = logging.getLogger("anjungan.kiosk")

FIRST_MS = 10_000
"""By then the first screen is long there, and nobody has come far."""
EVERY_MS = 600_000


class Purging(QObject):
    """Looks now and then whether a purge is in nobody's way, and runs it on the worker."""

    def __init__(
        self, services: Services, jobs: Jobs, is_free: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._is_free = is_free
        self._timer = QTimer(self, interval=FIRST_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def stop(self) -> None:
        """Begin no more."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Purge, if nobody would wait for it; else look again soon."""
        if not self._is_free():
            self._timer.setInterval(FIRST_MS)
            return
        self._timer.setInterval(EVERY_MS)
        given = self._services
        self._jobs.run(
            lambda: purge(
                given.store,
                given.settings,
                given.clock,
                given.printing,
                held_at_centre(given.store),
            ),
            _told,
        )


def _told(outcome: Purged | KioskFailure) -> None:
    if isinstance(outcome, KioskFailure):
        log.error(failed(outcome))
    elif not outcome.complete:
        log.warning(PurgeIncomplete())
