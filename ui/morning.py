"""Has the day's readiness report made, in the morning and while nobody is here."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.domain.failures import KioskFailure
from kiosk.logs.entries import failed
from ui.jobs import Jobs
from ui.services import Services

log = logging.getLogger("anjungan.kiosk")

LOOK_EVERY_MS = 15_000
"""After a start the first look comes when the first screen is long there."""


class Morning(QObject):
    """Looks again and again, on a thread of its own: a printer may take long to answer."""

    def __init__(
        self,
        services: Services,
        is_free: Callable[[], bool],
        on_bug: Callable[[BaseException], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._is_free = is_free
        self._jobs = Jobs(on_bug, parent=self)
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Make the report if it is due, unless somebody is here."""
        if self._is_free():
            self._jobs.run(self._make_if_due, _told)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._jobs.stop()

    def _make_if_due(self) -> None:
        from ui.situation import make_if_due  # noqa: PLC0415 (the start does not wait for it)

        make_if_due(self._services)


def _told(outcome: object) -> None:
    if isinstance(outcome, KioskFailure):
        log.error(failed(outcome))
