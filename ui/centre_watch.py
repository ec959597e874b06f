"""How the way to the centre stands, for the staff, and the thread on which they ask the centre."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.domain.centre import Link, SyncStatus
from ui.centre_port import Centre
from ui.far_executor import FarExecutor
from ui.jobs import Jobs


class CentreWatch(QObject):
    """Follows the status; `jobs` run apart from all other work, which no network may delay."""

    changed = Signal()
    _moved = Signal()

    def __init__(
        self,
        centre: Centre | None,
        on_bug: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._centre = centre
        self.jobs = Jobs(on_bug, FarExecutor(), self)
        self._status = SyncStatus(Link.NOT_JOINED)
        self._moved.connect(self.look, Qt.ConnectionType.QueuedConnection)
        if centre is not None:
            self._status = centre.status()
            centre.listen(self._moved.emit)

    @property
    def status(self) -> SyncStatus:
        """What was last proven."""
        return self._status

    @property
    def joined(self) -> bool:
        """Whether this kiosk hands its registrations in at a centre."""
        return self._status.link is not Link.NOT_JOINED

    @Slot()
    def look(self) -> None:
        """See anew what is known."""
        status = self._centre.status() if self._centre else self._status
        if status != self._status:
            self._status = status
            self.changed.emit()

    def stop(self) -> None:
        """Ask no more, and wait a moment for the question under way."""
        self.jobs.stop()
