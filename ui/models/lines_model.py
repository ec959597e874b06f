"""A long list of lines, of which only what is seen is drawn."""

from collections.abc import Mapping, Sequence
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

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

Line = Mapping[str, Any]
_ROLE = int(Qt.ItemDataRole.UserRole)


@QmlElement
class LinesModel(QAbstractListModel):
    """Lines by their KEY; one that only says something else stays where it is."""

    countChanged = Signal()
    KEY: ClassVar[str] = "id"

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()

    @Property(int, notify=countChanged)
    def count(self) -> int:
        return len(self._lines)

    def rowCount(self, parent: QModelIndex | Persistent | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: QModelIndex | Persistent, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._lines[index.row()] if index.isValid() and role == _ROLE else None

    def roleNames(self) -> dict[int, QByteArray]:
        # As QML calls one of a plain list.
        return {_ROLE: QByteArray(b"modelData")}

    def show(self, lines: Sequence[Line]) -> None:
        """Show these; a list of the same lines keeps its place."""
        before = self._lines
        if [one[self.KEY] for one in before] != [one[self.KEY] for one in lines]:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
            self.countChanged.emit()
            return
        self._lines = lines
        for place, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))
