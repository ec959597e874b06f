"""Kiosks as a list of which only what is seen is drawn."""

from typing import Any, ClassVar

from PySide6.QtCore import QByteArray, QModelIndex, Qt
from PySide6.QtCore import QPersistentModelIndex as Persistent
from PySide6.QtQml import QmlElement

from ui.models.lines_model import LinesModel

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FleetRowsModel(LinesModel):
    """The lines of the list, or the tiles below it; each value is a role of its own."""

    KEY: ClassVar[str] = "number"
    ROLES: ClassVar[tuple[str, ...]] = (
        *("number", "name", "what", "since", "waiting", "seen", "act", "tone", "icon", "today"),
        "first",
    )

    def data(self, index: QModelIndex | Persistent, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = role - Qt.ItemDataRole.UserRole
        known = index.isValid() and 0 <= place < len(self.ROLES)
        return self._lines[index.row()][self.ROLES[place]] if known else None

    def roleNames(self) -> dict[int, QByteArray]:
        first = int(Qt.ItemDataRole.UserRole)
        return {first + place: QByteArray(name.encode()) for place, name in enumerate(self.ROLES)}
