"""Notices that the settings or the data in force have changed, and has the program composed anew
once nobody is here."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from kiosk.clock import local_date
from kiosk.desk.office_settings import settings_in_force
from kiosk.domain.failures import KioskFailure
from kiosk.logs.entries import SettingsRenewed, failed
from ui.jobs import Jobs
from ui.services import Services

log = logging.getLogger("anjungan.kiosk")

LOOK_EVERY_MS = 5_000
RENEW = 75
"""The event loop ends with this when it is to begin anew with other settings; see ui/run.py."""


class Renewal(QObject):
    """Looks again and again, on the worker, and at once when it is told to."""

    def __init__(
        self, services: Services, jobs: Jobs, is_free: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._is_free = is_free
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Look now, unless somebody is here or a page waits that a stop would forget."""
        if self._may_renew():
            self._jobs.run(self._look, self._told)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _may_renew(self) -> bool:
        return self._is_free() and self._services.printing.may_stop

    def _look(self) -> bool:
        services = self._services
        found = settings_in_force(services.store, services.layers)
        # By the same clock as when it was composed: a doubted one must not have it done for ever.
        today = local_date(services.clock.standing().says)
        return found.settings != services.settings or services.data.chosen.is_outdated(today)

    def _told(self, changed: bool | KioskFailure) -> None:
        if isinstance(changed, KioskFailure):
            log.error(failed(changed))
        elif changed and self._may_renew():
            self._timer.stop()
            log.info(SettingsRenewed())
            QCoreApplication.exit(RENEW)
