"""The NIK as it is typed: its digits, what they say, and which of them to look at again."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.months import age_on
from kiosk.domain.nik import (
    NIK_DIGITS,
    NikFacts,
    NikRead,
    NikWarning,
    NikWrong,
    Sex,
    read_nik,
)
from kiosk.domain.regions import PlaceOfIssue
from kiosk.domain.tariff import AgeLimits
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words
from ui.models.step_model import StepModel, Visit

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class NikView:
    """What the NIK screen shows; `kind` is a banner's kind, "facts" or empty."""

    digits: str
    count: str
    complete: bool = False
    wrong: tuple[int, ...] = ()
    kind: str = ""
    title: str = ""
    text: str = ""
    sex: str = ""
    is_female: bool = False
    born: str = ""
    issued: str = ""


def look_at_nik(visit: Visit) -> NikView:
    """Read the digits typed so far."""
    digits, texts = visit.state.answers.nik, visit.texts
    count = texts.say("nik.count", typed=len(digits))
    reading = read_nik(digits, visit.facts.regions, visit.facts.today)
    if isinstance(reading, NikWrong):
        return NikView(
            digits,
            count,
            wrong=reading.positions,
            kind="wrong",
            title=_places(reading.positions, texts),
            text=texts.say(f"nik.wrong.{reading.problem.name.lower()}", typed=reading.typed),
        )
    if not isinstance(reading, NikRead):
        return _incomplete(visit, digits, count)
    return _read(reading, visit, digits)


def _incomplete(visit: Visit, digits: str, count: str) -> NikView:
    if not visit.state.complaining:
        return NikView(digits, count)
    missing = visit.texts.say("nik.incomplete", missing=NIK_DIGITS - len(digits))
    return NikView(digits, count, kind="wrong", title=missing)


def _read(reading: NikRead, visit: Visit, digits: str) -> NikView:
    texts, facts = visit.texts, reading.facts
    count = texts.say("nik.complete")
    doubt = _doubt(reading, visit.facts.today, visit.facts.tariff.ages, texts)
    if doubt:
        title = texts.say("nik.look_title")
        return NikView(digits, count, complete=True, kind="look", title=title, text=doubt)
    return NikView(
        digits,
        count,
        complete=True,
        kind="facts",
        title=texts.say("nik.facts_title"),
        sex=texts.say("nik.female" if facts.sex is Sex.FEMALE else "nik.male"),
        is_female=facts.sex is Sex.FEMALE,
        born=_born(facts, visit.facts.today, texts),
        issued=texts.say("nik.issued", place=_place(facts.issued_at, texts)),
    )


def _doubt(reading: NikRead, today: date, ages: AgeLimits, texts: Texts) -> str:
    age = age_on(reading.facts.birth_date, today)
    if age >= ages.max_age_exclusive:
        return texts.say("nik.too_old", age=age, limit=ages.max_age_exclusive)
    if age < ages.min_age:
        return texts.say("nik.too_young", age=age, limit=ages.min_age)
    if NikWarning.UNKNOWN_KABUPATEN in reading.warnings:
        return texts.say("nik.unknown_kabupaten")
    if NikWarning.UNKNOWN_KECAMATAN in reading.warnings:
        return texts.say("nik.unknown_kecamatan")
    return ""


def _born(facts: NikFacts, today: date, texts: Texts) -> str:
    day = date_words(facts.birth_date, texts)
    return texts.say("nik.born", date=day, age=age_on(facts.birth_date, today))


def _place(place: PlaceOfIssue, texts: Texts) -> str:
    kabupaten = (place.kabupaten or place.province).replace("Kabupaten ", "Kab. ")
    if place.kecamatan is None:
        return texts.say("nik.issued_kabupaten", kabupaten=kabupaten)
    return texts.say("nik.issued_kecamatan", kecamatan=place.kecamatan, kabupaten=kabupaten)


def _places(positions: tuple[int, ...], texts: Texts) -> str:
    first, last = positions[0], positions[-1]
    words = {1: "nik.check_one", 2: "nik.check_two"}.get(len(positions), "nik.check_range")
    return texts.say(words, first=first, last=last)


@QmlElement
class NikModel(StepModel):
    """Takes the digits and shows what they say."""

    changed = Signal()
    hiddenChanged = Signal()

    def __init__(self, visit: Visit, parent: QObject) -> None:
        super().__init__(visit, look_at_nik, parent)
        self._hidden = False

    @Property(str, notify=changed)
    def digits(self) -> str:
        return str(self._view.digits)

    @Property(str, notify=changed)
    def count(self) -> str:
        return str(self._view.count)

    @Property(bool, notify=changed)
    def complete(self) -> bool:
        return bool(self._view.complete)

    @Property(list, notify=changed)
    def wrong(self) -> list[int]:
        return list(self._view.wrong)

    @Property(str, notify=changed)
    def kind(self) -> str:
        return str(self._view.kind)

    @Property(str, notify=changed)
    def title(self) -> str:
        return str(self._view.title)

    @Property(str, notify=changed)
    def text(self) -> str:
        return str(self._view.text)

    @Property(str, notify=changed)
    def sex(self) -> str:
        return str(self._view.sex)

    @Property(bool, notify=changed)
    def isFemale(self) -> bool:
        return bool(self._view.is_female)

    @Property(str, notify=changed)
    def born(self) -> str:
        return str(self._view.born)

    @Property(str, notify=changed)
    def issued(self) -> str:
        return str(self._view.issued)

    @Property(bool, notify=hiddenChanged)
    def hidden(self) -> bool:
        return self._hidden

    @Slot(str)
    def type(self, digits: str) -> None:
        # One digit more than there are is kept, so that the message can say so.
        self._visit.answer(nik=(self._answers.nik + digits)[: NIK_DIGITS + 1])

    @Slot()
    def erase(self) -> None:
        self._visit.answer(nik=self._answers.nik[:-1])

    @Slot()
    def clear(self) -> None:
        self._visit.answer(nik="")

    @Slot()
    def toggleHidden(self) -> None:
        self.set_hidden(hidden=not self._hidden)

    def set_hidden(self, *, hidden: bool) -> None:
        """Cover or show the digits."""
        if hidden != self._hidden:
            self._hidden = hidden
            self.hiddenChanged.emit()
