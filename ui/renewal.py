"""Notices what the program is to be composed of anew, and has that done once nobody is here.

Settings that were changed on the screen, data whose date has come, a configuration of the
kabupaten, and those orders of its admin that need the screens: lock, unlock, begin anew.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from kiosk.clock import local_date
from kiosk.domain.failures import KioskFailure
from kiosk.domain.fleet import CommandKind, Order, OrderResult
from kiosk.in_force import on_screen
from kiosk.layers import put_together
from kiosk.logs.entries import OrderDone, SettingsRenewed, failed
from kiosk.own_content import is_data, own_rows
from kiosk.settings import Settings
from kiosk.storage.orders import LockedByAdmin
from ui.jobs import Jobs
from ui.services import Services

log = logging.getLogger("anjungan.kiosk")

LOOK_EVERY_MS = 5_000
RENEW = 75
"""The event loop ends with this when it is to begin anew with other settings; see ui/run.py."""
OBEYED = frozenset({CommandKind.LOCK, CommandKind.UNLOCK, CommandKind.RESTART})


@dataclass(frozen=True, slots=True)
class _Found:
    data_outdated: bool
    settings: Settings
    own: Mapping[str, Any]
    joined: bool
    config: int
    locked: LockedByAdmin | None
    orders: Sequence[Order]


class Renewal(QObject):
    """Looks again and again, on the worker, and at once when it is told to.

    `leads`: this is the kiosk itself, which obeys orders and tells whether it stands.
    """

    def __init__(
        self,
        services: Services,
        jobs: Jobs,
        is_free: Callable[[], bool],
        parent: QObject,
        *,
        leads: bool = False,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._is_free = is_free
        self._leads = leads
        self._held = services.config == 0 or not leads
        self._begin_anew = False
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Look now, unless somebody is here or a page waits that a stop would forget."""
        if self._may_renew():
            self._jobs.run(self._find, self._told)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _may_renew(self) -> bool:
        return self._is_free() and self._services.printing.may_stop

    def _find(self) -> _Found:
        services = self._services
        # By the same clock as when it was composed: a doubted one must not have it done for ever.
        today = local_date(services.clock.standing().says)
        if not self._held:
            # It got as far as the idle screen, and stayed there until this first look.
            with services.store.transaction() as record:
                record.configuration.hold_good(services.config)
            self._held = True
        with services.store.reading() as record:
            here = on_screen(record)
            return _Found(
                services.data.chosen.is_outdated(today),
                put_together(services.layers, here.rows).settings,
                own_rows(here.rows),
                here.joined,
                record.configuration.newest(),
                record.orders.locked(),
                [one for one in record.orders.open() if one.kind in OBEYED],
            )

    def _told(self, found: _Found | KioskFailure) -> None:
        if isinstance(found, KioskFailure):
            log.error(failed(found))
            return
        if not self._may_renew():
            return
        if self._leads and found.orders:
            self._jobs.run(lambda: self._obey(found.orders), self._obeyed)
        elif self._is_other(found):
            self._timer.stop()
            log.info(SettingsRenewed())
            QCoreApplication.exit(RENEW)

    def _is_other(self, found: _Found) -> bool:
        services = self._services
        stands = (services.settings, services.own.kept, services.config, services.locked)
        if self._begin_anew or found.data_outdated:
            return True
        # A centre alone sends data: what was changed here counts no more once it is joined.
        of_another = found.joined != services.own.joined and any(map(is_data, found.own))
        return of_another or (found.settings, found.own, found.config, found.locked) != stands

    def _obey(self, orders: Sequence[Order]) -> bool:
        """Carry orders out; whoever is locked in or out is shown by beginning anew."""
        now = self._services.clock.now()
        with self._services.store.transaction() as record:
            for order in orders:
                if order.kind is CommandKind.LOCK:
                    record.orders.lock(order, now)
                elif order.kind is CommandKind.UNLOCK:
                    record.orders.unlock()
                record.orders.done(order, OrderResult.DONE, now)
        for order in orders:
            log.info(OrderDone(order.kind, OrderResult.DONE))
        return any(order.kind is CommandKind.RESTART for order in orders)

    def _obeyed(self, begin_anew: bool | KioskFailure) -> None:
        if isinstance(begin_anew, KioskFailure):
            log.error(failed(begin_anew))
            return
        self._begin_anew = self._begin_anew or begin_anew
        self.look()
