"""Kiosks as a list of which only what is seen is drawn."""

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtCore import QPersistentModelIndex as Persistent
from PySide6.QtQml import QmlElement

from ui.models.console.fleet_view import Row

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FleetRowsModel(QAbstractListModel):
    """The lines of the list, or the tiles below it."""

    countChanged = Signal()

    ROLES: ClassVar[tuple[str, ...]] = (
        *("number", "name", "what", "since", "waiting", "seen", "act", "tone", "icon", "today"),
        "first",
    )

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()

    @Property(int, notify=countChanged)
    def count(self) -> int:
        return len(self._rows)

    def rowCount(self, parent: QModelIndex | Persistent | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | Persistent, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = role - Qt.ItemDataRole.UserRole
        known = index.isValid() and 0 <= place < len(self.ROLES)
        return self._rows[index.row()][self.ROLES[place]] if known else None

    def roleNames(self) -> dict[int, QByteArray]:
        first = int(Qt.ItemDataRole.UserRole)
        return {first + place: QByteArray(name.encode()) for place, name in enumerate(self.ROLES)}

    def show(self, rows: Sequence[Row]) -> None:
        """Show these; where the same kiosks stand in the same order, nothing moves."""
        before = self._rows
        same = [one["number"] for one in before] == [one["number"] for one in rows]
        if not same:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            self.countChanged.emit()
            return
        self._rows = rows
        for place, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))
