"""The income as people count it, and the bracket it falls into."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.answers import Period, monthly_income
from kiosk.domain.checks import INCOME_MAX_MONTHLY, WORKING_DAYS_MAX, Step, check
from kiosk.domain.money import format_rupiah
from kiosk.domain.tariff import Bracket
from kiosk.domain.texts import Texts
from kiosk.domain.wizard import Purpose
from ui.models.step_model import StepModel, Visit

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

MAX_DIGITS = len(str(INCOME_MAX_MONTHLY))


@dataclass(frozen=True, slots=True)
class IncomeView:
    """What the income screen shows."""

    period: str
    amount: str
    unit: str
    days: int
    daily: bool
    about: str
    bracket: str
    kept: str
    wrong: str


def look_at_income(visit: Visit) -> IncomeView:
    """Turn the income into a month's and name its bracket; a registration keeps only that."""
    answers, texts = visit.state.answers, visit.texts
    income = monthly_income(answers)
    problem = check(Step.INCOME, answers, visit.facts)
    too_high = problem is not None and problem.key == "income.too_high"
    said = problem is not None and (too_high or visit.state.complaining)
    good = problem is None
    return IncomeView(
        period=answers.income_period.value,
        amount=_grouped(answers.income_digits),
        unit=texts.say(f"income.per_{answers.income_period.value}"),
        days=answers.income_days,
        daily=answers.income_period is Period.DAY,
        about=texts.say("income.about", amount=format_rupiah(income)) if good else "",
        bracket=bracket_words(visit.facts.tariff.bracket_for(income), "bracket", texts)
        if good
        else "",
        kept=_kept(visit),
        wrong=texts.say(problem.key) if problem and said else "",
    )


def _kept(visit: Visit) -> str:
    registers = visit.state.purpose is Purpose.REGISTER
    return visit.texts.say("income.only_bracket" if registers else "income.nothing_kept")


def bracket_words(bracket: Bracket, style: str, texts: Texts) -> str:
    """Name a bracket by number and limit; `style` is "bracket" in a sentence, "group" alone."""
    if bracket.income_to_printed is None:
        floor = format_rupiah(bracket.income_from)
        return texts.say(f"income.{style}_last", number=bracket.no, floor=floor)
    limit = format_rupiah(bracket.income_to_printed)
    return texts.say(f"income.{style}", number=bracket.no, limit=limit)


def _grouped(digits: str) -> str:
    return format_rupiah(int(digits)).removeprefix("Rp") if digits else ""


@QmlElement
class IncomeModel(StepModel):
    """Takes an amount, what it is for, and the days worked in a month."""

    changed = Signal()

    def __init__(self, visit: Visit, parent: QObject) -> None:
        super().__init__(visit, look_at_income, parent)

    @Property(str, notify=changed)
    def period(self) -> str:
        return str(self._view.period)

    @Property(str, notify=changed)
    def amount(self) -> str:
        return str(self._view.amount)

    @Property(str, notify=changed)
    def unit(self) -> str:
        return str(self._view.unit)

    @Property(int, notify=changed)
    def days(self) -> int:
        return int(self._view.days)

    @Property(bool, notify=changed)
    def daily(self) -> bool:
        return bool(self._view.daily)

    @Property(str, notify=changed)
    def about(self) -> str:
        return str(self._view.about)

    @Property(str, notify=changed)
    def bracket(self) -> str:
        return str(self._view.bracket)

    @Property(str, notify=changed)
    def kept(self) -> str:
        return str(self._view.kept)

    @Property(str, notify=changed)
    def wrong(self) -> str:
        return str(self._view.wrong)

    @Slot(str)
    def choosePeriod(self, period: str) -> None:
        self._visit.answer(income_period=Period(period))

    @Slot(str)
    def type(self, digits: str) -> None:
        typed = (self._answers.income_digits + digits).lstrip("0")
        if len(typed) <= MAX_DIGITS:
            self._visit.answer(income_digits=typed)

    @Slot()
    def erase(self) -> None:
        self._visit.answer(income_digits=self._answers.income_digits[:-1])

    @Slot(int)
    def addDays(self, days: int) -> None:
        wanted = self._answers.income_days + days
        self._visit.answer(income_days=min(max(wanted, 1), WORKING_DAYS_MAX))
