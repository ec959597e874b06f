"""How far a registration has come, for who has proven that it is theirs. It names no person."""

from dataclasses import asdict, dataclass
from typing import ClassVar

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.clock import local
from kiosk.domain.money import format_rupiah
from kiosk.domain.months import Month
from kiosk.domain.registration import Registration, Status
from kiosk.domain.registration_number import group_number
from kiosk.domain.tariff import Package
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words
from kiosk.facts import OfficeFacts
from kiosk.registration import reprint
from ui.models.done_model import Outcome, outcome_of
from ui.models.errand import Errand, Host

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

SCREEN = "status"
WAY = (
    Status.REGISTERED,
    Status.HANDED_OVER,
    Status.ACCEPTED,
    Status.PAID,
    Status.MEMBER,
)
"""The stages of a registration that goes well, in their order."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the screen tells of a registration, in no language."""

    registration_id: str
    status: Status
    package: Package
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage; `place` is "past", "next" or "later"."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class StatusView:
    """What the screen shows; `stages` are empty for a registration that ended early."""

    number: str = ""
    registered: str = ""
    programme: str = ""
    title: str = ""
    next: str = ""
    ended: bool = False
    stages: tuple[Stage, ...] = ()
    pay_for: str = ""
    pay_until: str = ""
    amount: str = ""
    can_print: bool = False


def look_at_status(known: Known, facts: OfficeFacts, texts: Texts, *, prints: bool) -> StatusView:
    """Put a registration into words; `prints` where residents may have their slip once more."""
    outcome, status = known.outcome, known.status
    quote = outcome.this_month
    payable = status.awaits_payment and quote.payment_month == Month.of(facts.today)
    last_day = date_words(quote.payment_month.last_day, texts)
    day = date_words(local(outcome.registered_at).date(), texts)
    return StatusView(
        number=group_number(outcome.number),
        registered=texts.say("status.registered_on", date=day),
        programme=texts.say(
            "status.for_months",
            programme=texts.say(_PROGRAMMES[known.package]),
            months=len(quote.months),
        ),
        title=texts.say(f"status.{status.value}"),
        next=texts.say(f"status.next.{status.value}"),
        ended=status not in WAY,
        stages=_stages(status, texts),
        pay_for=texts.say("review.first_payment", months=len(quote.months)) if payable else "",
        pay_until=texts.say("months.this_month", date=last_day) if payable else "",
        amount=format_rupiah(quote.total) if payable else "",
        can_print=status.awaits_payment and prints,
    )


_PROGRAMMES = {
    Package.JKK_JKM: "programme.basic",
    Package.JKK_JKM_JHT: "status.with_savings",
}


def _stages(status: Status, texts: Texts) -> tuple[Stage, ...]:
    if status not in WAY:
        return ()
    reached = WAY.index(status)
    places = ("past" if n <= reached else "next" if n == reached + 1 else "later" for n in range(5))
    return tuple(
        Stage(texts.say(f"status.stage.{stage.value}"), place)
        for stage, place in zip(WAY, places, strict=True)
    )


@QmlElement
class StatusModel(Errand):
    """Tells how far a registration has come, and has its slip printed once more."""

    screens: ClassVar[frozenset[str]] = frozenset({SCREEN})
    changed = Signal()

    def __init__(self, host: Host, parent: QObject) -> None:
        super().__init__(host, parent)
        self._known: Known | None = None
        self._view = StatusView()

    def show(self, registration: Registration) -> None:
        """Take note of a registration that was proven to be the asker's own."""
        applied = registration.application
        outcome = outcome_of(registration, self._host.facts, again=True)
        self._known = Known(registration.id, registration.status, applied.package, outcome)
        self.retell()

    def open(self) -> None:
        """Lead to the screen."""
        self._host.show(SCREEN)

    @Slot()
    def printAgain(self) -> None:
        known, services = self._known, self._host.services
        if known is None or not self._view.can_print:
            return
        self._host.run(
            lambda: reprint(services.store, known.registration_id, services.clock),
            lambda copy: self._host.show_slip(known.outcome, known.registration_id, copy),
        )

    def forget(self) -> None:
        self._known = None
        self.retell()

    def retell(self) -> None:
        known, host = self._known, self._host
        prints = host.services.settings.residents_reprint
        view = (
            look_at_status(known, host.facts, host.texts, prints=prints) if known else StatusView()
        )
        if view != self._view:
            self._view = view
            self.changed.emit()

    @Property(str, notify=changed)
    def number(self) -> str:
        return self._view.number

    @Property(str, notify=changed)
    def registered(self) -> str:
        return self._view.registered

    @Property(str, notify=changed)
    def programme(self) -> str:
        return self._view.programme

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._view.title

    @Property(str, notify=changed)
    def next(self) -> str:
        return self._view.next

    @Property(bool, notify=changed)
    def ended(self) -> bool:
        return self._view.ended

    @Property(list, notify=changed)
    def stages(self) -> list[dict[str, str]]:
        return [asdict(stage) for stage in self._view.stages]

    @Property(str, notify=changed)
    def payFor(self) -> str:
        return self._view.pay_for

    @Property(str, notify=changed)
    def payUntil(self) -> str:
        return self._view.pay_until

    @Property(str, notify=changed)
    def amount(self) -> str:
        return self._view.amount

    @Property(bool, notify=changed)
    def canPrint(self) -> bool:
        return self._view.can_print
