"""The two programmes, what each costs a month, and what the family would get."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.answers import birth_date, chosen_job, employs_people, quote_for
from kiosk.domain.money import format_rupiah
from kiosk.domain.months import age_on
from kiosk.domain.tariff import Package, Quote, QuoteNote
from kiosk.domain.texts import Texts
from kiosk.domain.wording import amount_words, month_words
from ui.models.step_model import StepModel, Visit

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """What the programme screen shows; amounts are for one month paid now."""

    chosen: str = ""
    compulsory_savings: bool = False
    basic_amount: str = ""
    basic_until: str = ""
    savings_amount: str = ""
    savings_line: str = ""
    savings_until: str = ""
    care: str = ""
    death: str = ""
    before: str = ""
    savings: str = ""
    notice: str = ""


def look_at_programme(visit: Visit) -> ProgrammeView:
    """Price both programmes for one month paid now."""
    answers, facts, texts = visit.state.answers, visit.facts, visit.texts
    basic = quote_for(answers, facts, months=1, package=Package.JKK_JKM)
    full = quote_for(answers, facts, months=1, package=Package.JKK_JKM_JHT)
    if basic is None or full is None:
        return ProgrammeView()
    compulsory = employs_people(answers, facts)
    benefits = visit.benefits
    return ProgrammeView(
        chosen=answers.package.value if answers.package else "",
        compulsory_savings=compulsory,
        basic_amount=texts.say("programme.per_month", amount=format_rupiah(basic.total)),
        basic_until=_until(basic, visit),
        savings_amount=texts.say("programme.per_month", amount=format_rupiah(full.total)),
        savings_line=_savings_line(full.total - basic.total, texts, compulsory=compulsory),
        savings_until=_until(full, visit),
        care=texts.say("programme.get_care"),
        death=texts.say(
            "programme.get_death",
            amount=amount_words(benefits.jkm_total, texts),
            months=benefits.jkm_waiting_months,
        ),
        before=texts.say(
            "programme.get_before",
            amount=amount_words(benefits.jkm_before_waiting, texts),
            months=benefits.jkm_waiting_months,
        ),
        savings=texts.say("programme.get_savings"),
        notice=_notice(basic, visit),
    )


def _savings_line(extra: int, texts: Texts, *, compulsory: bool) -> str:
    if compulsory:
        return texts.say("programme.savings_code_compulsory")
    return texts.say("programme.savings_code", amount=format_rupiah(extra))


def _until(quote: Quote, visit: Visit) -> str:
    job = chosen_job(visit.state.answers, visit.facts)
    if not quote.saving or job is None:
        return ""
    end = visit.facts.tariff.relief_end(job.sector, quote.payment_month)
    normal = format_rupiah(quote.normal_total)
    last = month_words(end or quote.payment_month, visit.texts)
    return visit.texts.say("programme.until", amount=normal, month=last)


def _notice(basic: Quote, visit: Visit) -> str:
    if QuoteNote.SECTOR_UNCLEAR in basic.notes:
        return visit.texts.say("programme.unclear")
    born = birth_date(visit.state.answers, visit.facts)
    ages = visit.facts.tariff.ages
    if born and ages.jht_notice_from <= age_on(born, visit.facts.today) < ages.jht_notice_below:
        return visit.texts.say("programme.jht_age", age=visit.benefits.jht_payout_age)
    return ""


@QmlElement
class ProgrammeModel(StepModel):
    """Takes the choice between the two programmes."""

    changed = Signal()

    def __init__(self, visit: Visit, parent: QObject) -> None:
        super().__init__(visit, look_at_programme, parent)

    @Property(str, notify=changed)
    def chosen(self) -> str:
        return str(self._view.chosen)

    @Property(bool, notify=changed)
    def compulsorySavings(self) -> bool:
        return bool(self._view.compulsory_savings)

    @Property(str, notify=changed)
    def basicAmount(self) -> str:
        return str(self._view.basic_amount)

    @Property(str, notify=changed)
    def basicUntil(self) -> str:
        return str(self._view.basic_until)

    @Property(str, notify=changed)
    def savingsAmount(self) -> str:
        return str(self._view.savings_amount)

    @Property(str, notify=changed)
    def savingsLine(self) -> str:
        return str(self._view.savings_line)

    @Property(str, notify=changed)
    def savingsUntil(self) -> str:
        return str(self._view.savings_until)

    @Property(str, notify=changed)
    def care(self) -> str:
        return str(self._view.care)

    @Property(str, notify=changed)
    def death(self) -> str:
        return str(self._view.death)

    @Property(str, notify=changed)
    def before(self) -> str:
        return str(self._view.before)

    @Property(str, notify=changed)
    def savings(self) -> str:
        return str(self._view.savings)

    @Property(str, notify=changed)
    def notice(self) -> str:
        return str(self._view.notice)

    @Slot(str)
    def choose(self, package: str) -> None:
        self._visit.answer(package=Package(package))
