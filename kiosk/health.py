"""What a kiosk tells the centre of itself with every exchange: numbers and codes, nobody's data.

The centre keeps the latest; kiosk.domain.judging says what of it needs a person.
"""

import shutil
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.clock import Clock, local
from kiosk.domain.centre import SyncStatus
from kiosk.domain.failures import KioskFailure
from kiosk.domain.judging import NO_PRINTER, troubles_of
from kiosk.domain.print_job import PrintState
from kiosk.keys.protection import protection_of
from kiosk.keys.ring import read_key_file
from kiosk.settings import Settings
from kiosk.storage.kept import on_another_disk
from kiosk.storage.store import Store

MEGABYTE = 1024 * 1024
ASK_EVERY_S = 60.0
_FAILED = (PrintState.FAILED, PrintState.UNSURE)
MOST_SLIPS = 500
LONGEST_NUMBER = 20


class PrinterWord:
    """How the printer stands in one word, asked from a thread: it may take its time to answer."""

    def __init__(self, ask: Callable[[], str]) -> None:
        self._ask = ask
        self._word = NO_PRINTER
        self._asked_s: float | None = None
        self._guard = threading.Lock()
        self._asking = False

    def __call__(self) -> str:
        """Return the last answer at once, and ask again if that is old."""
        with self._guard:
            old = self._asked_s is None or time.monotonic() - self._asked_s >= ASK_EVERY_S
            if old and not self._asking:
                self._asking = True
                threading.Thread(target=self._learn, name="printer word", daemon=True).start()
            return self._word

    def _learn(self) -> None:
        try:
            word = self._ask()
        finally:
            with self._guard:
                self._asking, self._asked_s = False, time.monotonic()
        with self._guard:
            self._word = word


@dataclass
class Vitals:
    """What no store knows: written by the screens, read by the sync thread."""

    code: str = ""
    """The code on the failsafe screen while it is shown, else empty."""


@dataclass(frozen=True, slots=True)
class Health:
    """Gathers it. `config` is the version in force, `data` that of the tariff."""

    store: Store
    settings: Settings
    clock: Clock
    config: int
    data: str
    printer: Callable[[], str]
    vitals: Vitals = field(default_factory=Vitals)

    def __call__(self, status: SyncStatus) -> Mapping[str, Any]:
        """Return what goes to the centre. Raises StoreFailure."""
        now = self.clock.now()
        oldest = status.oldest_waiting_at
        told = {
            "config": self.config,
            "data": self.data,
            "code": self.vitals.code,
            "printer": self.printer(),
            **self._of_the_store(now),
            "disk_free_mb": _free_mb(self.settings.store_folder),
            "waiting": status.waiting,
            "oldest_waiting_at": oldest.isoformat() if oldest else None,
            "parked": status.parked,
            "help_number": self.settings.help_number[:LONGEST_NUMBER],
            "clock_at": now.isoformat(timespec="seconds"),
            "clock_doubted": not self.clock.is_trusted,
            "key_level": _key_level(self.settings),
            "backup_at": _backup_at(self.settings.backup_place),
            "journal_elsewhere": on_another_disk(
                self.settings.journal_place, self.settings.store_folder
            ),
        }
        return {**told, "trouble": len(troubles_of(told, now))}

    def _of_the_store(self, now: datetime) -> Mapping[str, Any]:
        begin = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
        with self.store.reading() as record:
            slips = record.prints.not_out(MOST_SLIPS)
            paper = record.prints.paper().left(self.settings.pages_per_refill)
            registered = record.day(begin, begin + timedelta(days=1)).registered()
            started = record.funnel.begun(begin.date())
            unexported = record.handover.unexported()
            refused = record.configuration.refused()
        failed = sum(one.job.state in _FAILED for one in slips)
        said = None
        if refused is not None:
            said = {
                "version": refused.refused.version,
                "reason": refused.refused.because.value,
                "what": refused.refused.what[:80],
                "at": refused.at.isoformat() if refused.at else None,
            }
        return {
            "slips_owed": len(slips) - failed,
            "slips_failed": failed,
            "paper_left": paper,
            "today": {"registered": registered, "started": started},
            "unexported": unexported,
            "config_refused": said,
        }


def _free_mb(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free // MEGABYTE
    except OSError:
        return 0


def _key_level(settings: Settings) -> int:
    try:
        file = read_key_file(settings.keys_folder)
    except (KioskFailure, OSError):
        return 3
    if file is None:
        return 3
    return protection_of(file.guard, (settings.keys_folder, settings.store_folder)).level


def _backup_at(folder: Path) -> str | None:
    try:
        made = max((file.stat().st_mtime for file in folder.glob("*.backup")), default=None)
    except OSError:
        return None
    return None if made is None else datetime.fromtimestamp(made, UTC).isoformat()
