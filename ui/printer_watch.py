"""How the printer stands, for the staff: asked on a thread of its own, which may have to wait."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kiosk.clock import Clock
from kiosk.domain.failures import KioskFailure
from printing.port import Abilities, Status
from ui.jobs import Jobs
from ui.services import Printing

if TYPE_CHECKING:
    from printing.discovery import Finding


class PrinterWatch(QObject):
    """Asks the printer when told to, one question at a time, and remembers the last answers."""

    changed = Signal()
    foundChanged = Signal()

    def __init__(
        self,
        printing: Printing,
        clock: Clock,
        on_bug: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._printing = printing
        self._clock = clock
        self._jobs = Jobs(on_bug, parent=self)
        self._asking = False
        self._status: Status | None = None
        self._abilities: Abilities | None = None
        self._since: datetime | None = None
        self._found: tuple[Finding, ...] = ()
        self._searching = False

    @property
    def asking(self) -> bool:
        """Whether an answer is waited for."""
        return self._asking

    @property
    def found(self) -> "tuple[Finding, ...]":
        """What the last search for printers found."""
        return self._found

    @property
    def searching(self) -> bool:
        """Whether printers are being looked for."""
        return self._searching

    @property
    def status(self) -> Status | None:
        """The last answer, None before there is one."""
        return self._status

    @property
    def abilities(self) -> Abilities | None:
        """What it is able to report, None before it was asked."""
        return self._abilities

    @property
    def since(self) -> datetime | None:
        """Since when it was seen to stand so; None where it stood so already when first asked."""
        return self._since

    def look(self) -> None:
        """Ask now, unless an answer is waited for already."""
        if not self._asking:
            self._asking = True
            self._jobs.run(self._ask, self._answered)

    def search(self) -> None:
        """Look for printers everywhere, which takes some seconds."""
        if not self._searching:
            self._searching = True
            self.foundChanged.emit()
            self._jobs.run(_find, self._searched)

    def stop(self) -> None:
        """Wait for the answer under way, and ask no more."""
        self._jobs.stop()

    def _searched(self, found: "tuple[Finding, ...]") -> None:
        self._searching, self._found = False, found
        self.foundChanged.emit()

    def _ask(self) -> tuple[Status, Abilities]:
        # What a printer that is off can report is not known; it is asked again once it answers.
        known = self._abilities
        status = self._printing.status()
        return status, known if known and known.model else self._printing.abilities()

    def _answered(self, answer: tuple[Status, Abilities] | KioskFailure) -> None:
        self._asking = False
        if isinstance(answer, KioskFailure):
            return
        before, told = (self._status, self._abilities), self._status
        self._status, self._abilities = answer
        if told is not None and told.hold is not self._status.hold:
            self._since = self._clock.now()
        if (self._status, self._abilities) != before:
            self.changed.emit()


def _find() -> "tuple[Finding, ...]":
    from printing import discovery  # noqa: PLC0415 (only an admin ever looks)

    return tuple(discovery.found_printers())
