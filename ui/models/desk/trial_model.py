"""The key that prints a test slip of settings not kept yet, and what became of the slip."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.domain.failures import KioskFailure
from printing.port import Outcome
from ui.jobs import Jobs
from ui.models.desk import trial_slip
from ui.models.desk.first_questions import settings_in
from ui.models.desk.form import Values
from ui.models.kiosk_model import KioskModel
from ui.services import Services

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class TrialModel(QObject):
    """Hands one slip to the printer that is chosen, and says how it went."""

    changed = Signal()

    def __init__(self, services: Services, kiosk: KioskModel, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._kiosk = kiosk
        self._jobs = jobs
        self._said, self._bad = "", False

    def forget(self) -> None:
        """Say no more of the last slip."""
        self._said, self._bad = "", False
        self.changed.emit()

    def print_it(self, values: Values) -> None:
        """Print with what stands in the fields, off the GUI thread."""
        self._tell("first_start.printing")
        given, language = settings_in(values), self._kiosk.spoken.language
        services = self._services
        self._jobs.run(lambda: trial_slip.print_it(services, given, language), self._printed)

    def _printed(self, outcome: Outcome | KioskFailure) -> None:
        key, bad = trial_slip.told(outcome)
        self._tell(key, bad=bad)

    def _tell(self, key: str, *, bad: bool = False) -> None:
        self._said, self._bad = self._kiosk.spoken.say(key), bad
        self.changed.emit()

    @Property(str, notify=changed)
    def said(self) -> str:
        return self._said

    @Property(bool, notify=changed)
    def bad(self) -> bool:
        return self._bad
