"""An address outside of the kabupaten: one line and a postcode."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.checks import ADDRESS_MAX_LENGTH, POSTCODE_DIGITS
from ui.models.step_model import StepModel, Visit

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class ElsewhereView:
    """What was typed so far."""

    line: str
    postcode: str


def look_at_elsewhere(visit: Visit) -> ElsewhereView:
    """Show the address as typed."""
    return ElsewhereView(visit.state.answers.elsewhere_line, visit.state.answers.elsewhere_postcode)


@QmlElement
class ElsewhereModel(StepModel):
    """Takes letters for the address or digits for the postcode, whichever field is active."""

    changed = Signal()
    postingChanged = Signal()

    def __init__(self, visit: Visit, parent: QObject) -> None:
        super().__init__(visit, look_at_elsewhere, parent)
        self._posting = False

    @Property(str, notify=changed)
    def line(self) -> str:
        return str(self._view.line)

    @Property(str, notify=changed)
    def postcode(self) -> str:
        return str(self._view.postcode)

    @Property(bool, notify=postingChanged)
    def posting(self) -> bool:
        return self._posting

    @Slot(str)
    def type(self, letter: str) -> None:
        self._visit.answer(
            elsewhere_line=(self._answers.elsewhere_line + letter)[:ADDRESS_MAX_LENGTH]
        )

    @Slot()
    def erase(self) -> None:
        self._visit.answer(elsewhere_line=self._answers.elsewhere_line[:-1])

    @Slot(str)
    def typePostcode(self, digits: str) -> None:
        typed = self._answers.elsewhere_postcode + digits
        self._visit.answer(elsewhere_postcode=typed[:POSTCODE_DIGITS])

    @Slot()
    def erasePostcode(self) -> None:
        self._visit.answer(elsewhere_postcode=self._answers.elsewhere_postcode[:-1])

    @Slot()
    def clearPostcode(self) -> None:
        self._visit.answer(elsewhere_postcode="")

    @Slot()
    def toLine(self) -> None:
        self.set_posting(posting=False)

    @Slot()
    def toPostcode(self) -> None:
        self.set_posting(posting=True)

    def set_posting(self, *, posting: bool) -> None:
        """Say whether the keys type the postcode rather than the address."""
        if posting != self._posting:
            self._posting = posting
            self.postingChanged.emit()
