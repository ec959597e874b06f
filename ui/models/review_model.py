"""Everything answered, on one page, each line open to mending; and the declarations."""

from dataclasses import asdict, dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.answers import (
    birth_date,
    chosen_job,
    living_desa,
    living_kecamatan,
    monthly_income,
    quote_for,
)
from kiosk.domain.checks import Step
from kiosk.domain.money import format_rupiah
from kiosk.domain.person import clean_name, clean_phone, group_phone
from kiosk.domain.registration import Declaration, PhoneOwner
from kiosk.domain.wording import date_words, month_words
from kiosk.domain.work import name_in
from ui.models.income_model import bracket_words
from ui.models.step_model import StepModel, Visit

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One line: the step that mends it, its name and the answer."""

    step: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What the review shows; empty until every answer before it is there."""

    rows: tuple[ReviewRow, ...] = ()
    ticked: frozenset[Declaration] = frozenset()
    title: str = ""
    amount: str = ""
    complaint: str = ""


def look_at_review(visit: Visit) -> ReviewView:
    """Put all answers into words, once the resident stands at the review."""
    if visit.state.step is not Step.REVIEW:
        return ReviewView()
    answers, texts = visit.state.answers, visit.texts
    total = ""
    if answers.package:
        quoted = quote_for(answers, visit.facts, months=answers.months, package=answers.package)
        total = format_rupiah(quoted.total) if quoted else ""
    missing = len(Declaration) - len(answers.declarations)
    complaint = visit.state.complaining and missing > 0
    return ReviewView(
        rows=_rows(visit),
        ticked=answers.declarations,
        title=texts.say("review.first_payment", months=answers.months),
        amount=total,
        complaint=texts.say("review.declarations_missing", missing=missing) if complaint else "",
    )


def _rows(visit: Visit) -> tuple[ReviewRow, ...]:
    answers, facts, texts = visit.state.answers, visit.facts, visit.texts
    born, job = birth_date(answers, facts), chosen_job(answers, facts)
    bracket = facts.tariff.bracket_for(monthly_income(answers))
    has_phone = answers.phone_owner is not PhoneOwner.NONE
    phone = group_phone(clean_phone(answers.phone)) if has_phone else texts.say("review.no_phone")
    nik = " ".join(answers.nik[start : start + 4] for start in range(0, 16, 4))
    return (
        ReviewRow(Step.NIK, texts.say("review.nik"), nik),
        ReviewRow(Step.NAME, texts.say("review.name"), clean_name(answers.name)),
        ReviewRow(
            Step.NAME, texts.say("review.birth_date"), date_words(born, texts) if born else ""
        ),
        ReviewRow(Step.ADDRESS, texts.say("review.address"), _address(visit)),
        ReviewRow(Step.PHONE, texts.say("review.phone"), phone),
        ReviewRow(
            Step.WORK,
            texts.say("review.work"),
            _job(name_in(texts.language, job.names) if job else ""),
        ),
        ReviewRow(Step.INCOME, texts.say("review.income"), bracket_words(bracket, "group", texts)),
        ReviewRow(Step.PROGRAMME, texts.say("review.programme"), _programme(visit)),
        ReviewRow(Step.MONTHS, texts.say("review.months"), _months(visit)),
    )


def _job(name: str) -> str:
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
    answers, texts = visit.state.answers, visit.texts
    if answers.package is None:
        return ""
    quoted = quote_for(answers, visit.facts, months=answers.months, package=answers.package)
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

    splitChanged = Signal()
    partChanged = Signal()

    def __init__(self, visit: Visit, parent: QObject) -> None:
        super().__init__(visit, look_at_review, parent)
        self._split = False
        self._part = 0

    @Property(list, notify=changed)
    def rows(self) -> list[dict[str, str]]:
        return [asdict(row) for row in self._view.rows]

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

    @Property(bool, notify=splitChanged)
    def split(self) -> bool:
        return self._split

    @split.setter  # type: ignore[no-redef]
    def split(self, split: bool) -> None:
        """Larger text needs two pages: the answers, then the declarations."""
        if split != self._split:
            self._split = split
            self.splitChanged.emit()

    @Property(int, notify=partChanged)
    def part(self) -> int:
        return self._part

    @property
    def turned(self) -> bool:
        """Whether the declarations are shown on their own page."""
        return self._split and self._part == 1

    def turn_to(self, part: int) -> None:
        """Show the answers (0) or the declarations (1)."""
        if part != self._part:
            self._part = part
            self.partChanged.emit()

    @property
    def has_more(self) -> bool:
        """Whether the declarations are still to come."""
        return self._split and self._part == 0

    @Slot(str)
    def toggle(self, declaration: str) -> None:
        self._visit.answer(declarations=self._answers.declarations ^ {Declaration(declaration)})
