"""For how many months to pay, and what each of them costs."""

from dataclasses import asdict, dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.answers import chosen_job, quote_for
from kiosk.domain.money import format_rupiah
from kiosk.domain.months import Month
from kiosk.domain.slip import group_months
from kiosk.domain.tariff import Quote, QuoteNote
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words, month_words, period_words
from ui.models.step_model import StepModel, Visit

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One coverage month in words."""

    month: str
    pay: str
    usual: str
    share_percent: int
    """What is to be paid of the usual amount."""


@dataclass(frozen=True, slots=True)
class MonthsView:
    """What the months screen shows."""

    periods: tuple[int, ...]
    chosen: int
    rows: tuple[MonthRow, ...] = ()
    note: str = ""
    title: str = ""
    saved: str = ""
    amount: str = ""
    until: str = ""
    later: str = ""
    groups: tuple[MonthRow, ...] = ()
    later_rows: tuple[MonthRow, ...] = ()
    later_amount: str = ""


def look_at_months(visit: Visit) -> MonthsView:
    """Price the chosen months, paid this month and paid next month."""
    answers, facts, texts = visit.state.answers, visit.facts, visit.texts
    view = MonthsView(facts.tariff.periods, answers.months)
    if not answers.months or answers.package is None:
        return view
    now = quote_for(answers, facts, months=answers.months, package=answers.package)
    later = quote_for(answers, facts, months=answers.months, package=answers.package, later=1)
    if now is None or later is None:
        return view
    month = Month.of(facts.today)
    usual, saving = format_rupiah(now.normal_total), format_rupiah(now.saving)
    return MonthsView(
        periods=facts.tariff.periods,
        chosen=answers.months,
        rows=tuple(month_rows(now, texts)),
        groups=tuple(month_groups(now, texts)),
        note=_note(now, visit),
        title=texts.say("months.pay_for", months=answers.months),
        saved=texts.say("months.saved", usual=usual, saving=saving) if now.saving else "",
        amount=format_rupiah(now.total),
        until=texts.say("months.this_month", date=date_words(month.last_day, texts)),
        later=texts.say("months.next_month", month=month_words(month.plus(1), texts)),
        later_rows=tuple(month_rows(later, texts)),
        later_amount=format_rupiah(later.total),
    )


def month_rows(quote: Quote, texts: Texts) -> list[MonthRow]:
    """Put every month of a quote into words."""
    return [
        MonthRow(
            month=month_words(part.month, texts),
            pay=format_rupiah(part.pay),
            usual=format_rupiah(part.normal),
            share_percent=part.pay * 100 // part.normal,
        )
        for part in quote.months
    ]


def month_groups(quote: Quote, texts: Texts) -> list[MonthRow]:
    """Put months in a row that cost the same into one line each."""
    usual = quote.months[0].normal
    return [
        MonthRow(
            month=period_words(group.first, group.last, texts),
            pay=format_rupiah(group.pay)
            if group.count == 1
            else texts.say("slip.each", count=group.count, amount=format_rupiah(group.pay)),
            usual="",
            share_percent=group.pay * 100 // usual,
        )
        for group in group_months(quote.months)
    ]


def _note(quote: Quote, visit: Visit) -> str:
    texts, job = visit.texts, chosen_job(visit.state.answers, visit.facts)
    sentences = []
    relief = next((part.relief for part in quote.months if part.relief), None)
    end = visit.facts.tariff.relief_end(job.sector, quote.payment_month) if job else None
    # The rows show the relief; where the day has to be told there is no room for both.
    if relief and end and QuoteNote.DAY not in quote.notes:
        last = month_words(end, texts)
        sentences.append(texts.say("months.relief_note", month=last, regulation=relief))
    if QuoteNote.SECTOR_UNCLEAR in quote.notes:
        sentences.append(texts.say("programme.unclear"))
    if QuoteNote.DAY in quote.notes:
        sentences.append(texts.say("months.day_unsure", date=date_words(visit.facts.today, texts)))
    sentences.append(texts.say("months.bill_decides"))
    return " ".join(sentences)


@QmlElement
class MonthsModel(StepModel):
    """Takes the number of months."""

    changed = Signal()

    def __init__(self, visit: Visit, parent: QObject) -> None:
        super().__init__(visit, look_at_months, parent)

    @Property(list, constant=True)
    def periods(self) -> list[int]:
        return list(self._view.periods)

    @Property(int, notify=changed)
    def chosen(self) -> int:
        return int(self._view.chosen)

    @Property(list, notify=changed)
    def rows(self) -> list[dict[str, object]]:
        return [asdict(row) for row in self._view.rows]

    @Property(str, notify=changed)
    def note(self) -> str:
        return str(self._view.note)

    @Property(str, notify=changed)
    def title(self) -> str:
        return str(self._view.title)

    @Property(str, notify=changed)
    def saved(self) -> str:
        return str(self._view.saved)

    @Property(str, notify=changed)
    def amount(self) -> str:
        return str(self._view.amount)

    @Property(str, notify=changed)
    def until(self) -> str:
        return str(self._view.until)

    @Property(str, notify=changed)
    def later(self) -> str:
        return str(self._view.later)

    @Property(list, notify=changed)
    def groups(self) -> list[dict[str, object]]:
        return [asdict(row) for row in self._view.groups]

    @Property(list, notify=changed)
    def laterRows(self) -> list[dict[str, object]]:
        return [asdict(row) for row in self._view.later_rows]

    @Property(str, notify=changed)
    def laterAmount(self) -> str:
        return str(self._view.later_amount)

    @Slot(int)
    def choose(self, months: int) -> None:
        self._visit.answer(months=months)
