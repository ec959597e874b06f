"""Asks whether a genuine slip bears the name that it was made for."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.scan import NameDiffers, Scanned, note_name_differs
from kiosk.domain.registration_number import group_number
from ui.models.desk.host import DeskHost

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class NameCheck(QObject):
    """The two answers beside the notice of a genuine slip; another notice takes them away."""

    changed = Signal()

    def __init__(self, host: DeskHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._scanned: Scanned | None = None

    def ask(self, scanned: Scanned) -> None:
        """Ask about a slip whose verdict was just told."""
        self._scanned = scanned
        self.changed.emit()

    def drop(self) -> None:
        """Ask no more."""
        if self._scanned is not None:
            self._scanned = None
            self.changed.emit()

    @Property(bool, notify=changed)
    def asked(self) -> bool:
        return self._scanned is not None

    @Slot()
    def same(self) -> None:
        if self._scanned is not None:
            number = group_number(self._scanned.number)
            self._host.tell(f"desk.name_told.{self._scanned.verdict.value}", number=number)

    @Slot()
    def differs(self) -> None:
        desk, scanned = self._host.session, self._scanned
        if desk is None or scanned is None:
            return
        self.drop()
        self._host.run(
            lambda: (scanned, note_name_differs(desk, scanned.registration_id, scanned.copy)),
            self._noted,
        )

    def _noted(self, result: tuple[Scanned, object]) -> None:
        scanned, outcome = result
        if isinstance(outcome, NameDiffers):
            self._host.refresh()
            number = group_number(scanned.number)
            self._host.warn("desk.name_told.differs", number=number)
