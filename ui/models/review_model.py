"""Everything answered, on one page, each line open to mending; and the declarations."""

from dataclasses import asdict, dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.answers import (
    birth_date,
    chosen_job,
    chosen_second_job,
    living_desa,
    living_kecamatan,
    monthly_income,
    quote_for,
)
from kiosk.domain.checks import Step
from kiosk.domain.money import format_rupiah
from kiosk.domain.person import clean_email, clean_name, clean_phone, group_phone
from kiosk.domain.registration import Declaration, PhoneOwner
from kiosk.domain.tariff import Quote
from kiosk.domain.texts import Texts
from kiosk.domain.wizard import visible_steps
from kiosk.domain.wording import date_words, month_words
from kiosk.domain.work import Job, name_in
from ui.models.income_model import bracket_words
from ui.models.step_model import StepModel, Visit

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

LAST_PAGE = 2


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One line: the step that mends it, its name and the answer."""

    step: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What the review shows; empty until every answer before it is there."""

    person: tuple[ReviewRow, ...] = ()
    work: tuple[ReviewRow, ...] = ()
    ticked: frozenset[Declaration] = frozenset()
    title: str = ""
    amount: str = ""
    complaint: str = ""


def look_at_review(visit: Visit) -> ReviewView:
    """Put all answers into words, once the resident stands at the review."""
    if visit.state.step is not Step.REVIEW:
        return ReviewView()
    answers, texts = visit.state.answers, visit.texts
    quoted = _quoted(visit)
    return ReviewView(
        person=_person(visit),
        work=_work(visit),
        ticked=answers.declarations,
        title=texts.say("review.first_payment", months=answers.months),
        amount=format_rupiah(quoted.total) if quoted else "",
        complaint=_complaint(visit),
    )


def _complaint(visit: Visit) -> str:
    missing = len(Declaration) - len(visit.state.answers.declarations)
    if visit.state.complaining and missing > 0:
        return visit.texts.say("review.declarations_missing", missing=missing)
    return visit.texts.say("review.repriced") if visit.state.repriced else ""


def _quoted(visit: Visit) -> Quote | None:
    """The price for the month that the review was opened in, until it is opened anew."""
    state = visit.state
    package, months = state.answers.package, state.answers.months
    if package is None:
        return None
    return quote_for(
        state.answers, visit.facts, months=months, package=package, since=state.priced_in
    )


def _person(visit: Visit) -> tuple[ReviewRow, ...]:
    answers, facts, texts = visit.state.answers, visit.facts, visit.texts
    born = birth_date(answers, facts)
    has_phone = answers.phone_owner is not PhoneOwner.NONE
    phone = group_phone(clean_phone(answers.phone)) if has_phone else texts.say("review.no_phone")
    nik = " ".join(answers.nik[start : start + 4] for start in range(0, 16, 4))
    rows = (
        (Step.NIK, "nik", nik),
        (Step.NAME, "name", clean_name(answers.name)),
        (Step.NAME, "birth_date", date_words(born, texts) if born else ""),
        (Step.BIRTHPLACE, "birthplace", clean_name(answers.birthplace)),
        (Step.MOTHER, "mother", clean_name(answers.mother_name)),
        (Step.ADDRESS, "address", _address(visit)),
        (Step.PHONE, "phone", phone),
        (Step.EMAIL, "email", clean_email(answers.email)),
    )
    return _rows(rows, visit)


def _work(visit: Visit) -> tuple[ReviewRow, ...]:
    answers, facts, texts = visit.state.answers, visit.facts, visit.texts
    place = texts.say(f"place.{answers.work_place.value}") if answers.work_place else ""
    bracket = facts.tariff.bracket_for(monthly_income(answers))
    rows = (
        (Step.WORK, "work", _job(chosen_job(answers, facts), texts)),
        (Step.PLACE, "place", place),
        (Step.SECOND_WORK, "second_work", _job(chosen_second_job(answers, facts), texts)),
        (Step.INCOME, "income", bracket_words(bracket, "group", texts)),
        (Step.PROGRAMME, "programme", _programme(visit)),
        (Step.MONTHS, "months", _months(visit)),
    )
    return _rows(rows, visit)


def _rows(rows: tuple[tuple[Step, str, str], ...], visit: Visit) -> tuple[ReviewRow, ...]:
    """The lines of what this visit was asked; an e-mail that was left empty has none."""
    asked = visible_steps(visit.state.answers, visit.facts)
    return tuple(
        ReviewRow(step, visit.texts.say(f"review.{name}"), value)
        for step, name, value in rows
        if step in asked and (value or step is not Step.EMAIL)
    )


def _job(job: Job | None, texts: Texts) -> str:
    name = name_in(texts.language, job.names) if job else ""
    return name[:1].upper() + name[1:]


def _address(visit: Visit) -> str:
    answers = visit.state.answers
    desa = living_desa(answers, visit.facts)
    kecamatan = living_kecamatan(answers, visit.facts)
    if desa is None or kecamatan is None:
        return f"{answers.elsewhere_line.strip()} {answers.elsewhere_postcode}"
    return visit.texts.say(
        "review.desa", desa=desa.name, kecamatan=kecamatan.name, postcode=desa.postcode
    )


def _programme(visit: Visit) -> str:
    package = visit.state.answers.package
    return package.value.replace("+", " + ") if package else ""


def _months(visit: Visit) -> str:
    texts, quoted = visit.texts, _quoted(visit)
    if quoted is None:
        return ""
    first, last = quoted.months[0].month, quoted.months[-1].month
    if first == last:
        return month_words(first, texts)
    return texts.say("review.span", first=month_words(first, texts), last=month_words(last, texts))


@QmlElement
class ReviewModel(StepModel):
    """Takes the ticks of the declarations."""

    changed = Signal()
    pageChanged = Signal()

    def __init__(self, visit: Visit, parent: QObject) -> None:
        super().__init__(visit, look_at_review, parent)
        self._split = False
        self._page = 0

    @Property(list, notify=changed)
    def person(self) -> list[dict[str, str]]:
        return [asdict(row) for row in self._view.person]

    @Property(list, notify=changed)
    def work(self) -> list[dict[str, str]]:
        return [asdict(row) for row in self._view.work]

    @Property(list, notify=changed)
    def ticked(self) -> list[str]:
        return sorted(declared.value for declared in self._view.ticked)

    @Property(str, notify=changed)
    def title(self) -> str:
        return str(self._view.title)

    @Property(str, notify=changed)
    def amount(self) -> str:
        return str(self._view.amount)

    @Property(str, notify=changed)
    def complaint(self) -> str:
        return str(self._view.complaint)

    @Property(bool, notify=pageChanged)
    def split(self) -> bool:
        return self._split

    @split.setter  # type: ignore[no-redef]
    def split(self, split: bool) -> None:
        """Larger text needs three pages: the person, the work, the declarations."""
        if split != self._split:
            self._split = split
            self._page = 0
            self.pageChanged.emit()

    @Property(int, notify=pageChanged)
    def page(self) -> int:
        return self._page

    @property
    def turned(self) -> bool:
        """Whether there is a page before the one shown."""
        return self._split and self._page > 0

    @property
    def has_more(self) -> bool:
        """Whether there is a page after the one shown."""
        return self._split and self._page < LAST_PAGE

    def turn(self, pages: int) -> None:
        """Go on by so many pages, or back."""
        self._page += pages
        self.pageChanged.emit()

    def turn_to_first(self) -> None:
        """Begin with the first page when the review is next shown."""
        if self._page:
            self.turn(-self._page)

    @Slot(str)
    def toggle(self, declaration: str) -> None:
        self._visit.answer(declarations=self._answers.declarations ^ {Declaration(declaration)})
