"""Name and birth date as on the KTP; the birth date comes from the NIK until it is changed."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.answers import birth_date
from kiosk.domain.nik import NikRead, read_nik
from kiosk.domain.person import NAME_MAX_LENGTH
from kiosk.domain.wording import date_words
from ui.models.step_model import StepModel, Visit

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

BIRTH_DATE_DIGITS = 8


@dataclass(frozen=True, slots=True)
class NameView:
    """What the name screen shows."""

    name: str
    birth_date: str
    typed_date: str
    notice: str


def look_at_name(visit: Visit) -> NameView:
    """Show the name and the birth date, and doubts that do not stop anyone."""
    answers, texts = visit.state.answers, visit.texts
    born = birth_date(answers, visit.facts)
    reading = read_nik(answers.nik, visit.facts.regions, visit.facts.today)
    notice = ""
    if isinstance(reading, NikRead) and born and born != reading.facts.birth_date:
        notice = texts.say("name.differs")
    elif len(answers.name.strip()) == 1:
        notice = texts.say("name.one_letter")
    return NameView(
        name=answers.name,
        birth_date=date_words(born, texts) if born else "",
        typed_date=answers.birth_date_digits,
        notice=notice,
    )


@QmlElement
class NameModel(StepModel):
    """Takes letters for the name or, after "Ubah", digits for the birth date."""

    changed = Signal()
    datingChanged = Signal()

    def __init__(self, visit: Visit, parent: QObject) -> None:
        super().__init__(visit, look_at_name, parent)
        self._dating = False

    @Property(str, notify=changed)
    def name(self) -> str:
        return str(self._view.name)

    @Property(str, notify=changed)
    def birthDate(self) -> str:
        return str(self._view.birth_date)

    @Property(str, notify=changed)
    def typedDate(self) -> str:
        return str(self._view.typed_date)

    @Property(str, notify=changed)
    def notice(self) -> str:
        return str(self._view.notice)

    @Property(bool, notify=datingChanged)
    def dating(self) -> bool:
        return self._dating

    @Slot(str)
    def type(self, letter: str) -> None:
        name = self._answers.name
        if letter == " " and (not name or name.endswith(" ")):
            return
        self._visit.answer(name=(name + letter)[:NAME_MAX_LENGTH])

    @Slot()
    def erase(self) -> None:
        self._visit.answer(name=self._answers.name[:-1])

    @Slot(str)
    def typeDate(self, digits: str) -> None:
        typed = self._answers.birth_date_digits + digits
        self._visit.answer(birth_date_digits=typed[:BIRTH_DATE_DIGITS])

    @Slot()
    def eraseDate(self) -> None:
        self._visit.answer(birth_date_digits=self._answers.birth_date_digits[:-1])

    @Slot()
    def clearDate(self) -> None:
        self._visit.answer(birth_date_digits="")

    @Slot()
    def changeDate(self) -> None:
        self.set_dating(dating=True)

    @Slot()
    def changeName(self) -> None:
        self.set_dating(dating=False)

    def set_dating(self, *, dating: bool) -> None:
        """Say whether the keys type the birth date rather than the name."""
        if dating != self._dating:
            self._dating = dating
            self.datingChanged.emit()
