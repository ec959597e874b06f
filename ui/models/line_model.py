"""One line that is typed: an answer of the wizard that is a text of its own."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ui.models.step_model import StepModel, Visit

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class LineModel(StepModel):
    """Takes the letters of the answer called `field`, at most `longest` of them."""

    changed = Signal()

    def __init__(self, visit: Visit, field: str, longest: int, parent: QObject) -> None:
        super().__init__(visit, lambda seen: getattr(seen.state.answers, field), parent)
        self._field = field
        self._longest = longest

    @Property(str, notify=changed)
    def text(self) -> str:
        return str(self._view)

    @Slot(str)
    def type(self, letters: str) -> None:
        line = self._line
        if letters == " " and (not line or line.endswith(" ")):
            return
        if letters.startswith("@"):  # "@" and then "@gmail.com" is meant as one
            line = line.removesuffix("@")
        self._put((line + letters)[: self._longest])

    @Slot()
    def erase(self) -> None:
        self._put(self._line[:-1])

    @Slot()
    def clear(self) -> None:
        self._put("")

    @property
    def _line(self) -> str:
        return str(getattr(self._answers, self._field))

    def _put(self, line: str) -> None:
        self._visit.answer(**{self._field: line})
