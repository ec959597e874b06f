"""Something that most residents do without, and that a key of the screen adds."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ui.models.step_model import StepModel, Visit

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SwitchModel(StepModel):
    """Switches the yes-or-no answer called `field`."""

    changed = Signal()

    def __init__(self, visit: Visit, field: str, parent: QObject) -> None:
        super().__init__(visit, lambda seen: getattr(seen.state.answers, field), parent)
        self._field = field

    @Property(bool, notify=changed)
    def wanted(self) -> bool:
        return bool(self._view)

    @Slot()
    def toggle(self) -> None:
        self._visit.answer(**{self._field: not getattr(self._answers, self._field)})
