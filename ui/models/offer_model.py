"""What the programme gives and costs, for people who have not said anything yet."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.domain.benefits import Benefits
from kiosk.domain.money import format_rupiah
from kiosk.domain.months import Month
from kiosk.domain.tariff import Package, Payer, quote
from kiosk.domain.texts import Texts
from kiosk.domain.wording import amount_words, month_words
from kiosk.domain.work import Sector
from kiosk.facts import OfficeFacts

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class OfferView:
    """Sums in words, each from the data in force."""

    price: str
    death: str
    school: str
    death_title: str
    death_text: str
    school_title: str
    school_text: str


def look_at_offer(facts: OfficeFacts, benefits: Benefits, texts: Texts) -> OfferView:
    """Put the lowest contribution of this month and the largest sums into words."""
    month = Month.of(facts.today)
    death = amount_words(benefits.jkm_total, texts)
    school = amount_words(benefits.scholarship_max, texts)
    return OfferView(
        price=_price(facts, month, texts),
        death=texts.say("idle.death.text", amount=death),
        school=texts.say("idle.school.text", amount=school),
        death_title=texts.say("benefits.death.title", amount=death),
        death_text=texts.say(
            "benefits.death.text",
            months=benefits.jkm_waiting_months,
            before=amount_words(benefits.jkm_before_waiting, texts),
        ),
        school_title=texts.say("benefits.school.title", amount=school),
        school_text=texts.say("benefits.school.text", children=benefits.scholarship_children),
    )


def _price(facts: OfficeFacts, month: Month, texts: Texts) -> str:
    lowest = quote(
        facts.tariff,
        base=facts.tariff.brackets[0].base,
        sector=Sector.OTHER,
        sector_unclear=False,
        payer=Payer.SELF,
        package=Package.JKK_JKM,
        months=1,
        payment_month=month,
    )
    amount = format_rupiah(lowest.total)
    end = facts.tariff.relief_end(Sector.OTHER, month)
    if end is None:
        return texts.say("idle.price", amount=amount)
    return texts.say("idle.price_until", amount=amount, month=month_words(end, texts))


@QmlElement
class OfferModel(QObject):
    """The sums of the idle screen and of the benefits."""

    changed = Signal()

    def __init__(self, look: Callable[[], OfferView], parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._view = look()

    def refresh(self) -> None:
        """Look again: the month may have changed since."""
        view = self._look()
        if view != self._view:
            self._view = view
            self.changed.emit()

    @Property(str, notify=changed)
    def price(self) -> str:
        return self._view.price

    @Property(str, notify=changed)
    def death(self) -> str:
        return self._view.death

    @Property(str, notify=changed)
    def school(self) -> str:
        return self._view.school

    @Property(str, notify=changed)
    def deathTitle(self) -> str:
        return self._view.death_title

    @Property(str, notify=changed)
    def deathText(self) -> str:
        return self._view.death_text

    @Property(str, notify=changed)
    def schoolTitle(self) -> str:
        return self._view.school_title

    @Property(str, notify=changed)
    def schoolText(self) -> str:
        return self._view.school_text
