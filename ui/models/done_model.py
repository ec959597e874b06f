"""What came of the visit: the number, how far the slip has come, and how to pay."""

from dataclasses import asdict, dataclass
from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.clock import Clock, local
from kiosk.domain.answers import Facts
from kiosk.domain.money import format_rupiah
from kiosk.domain.months import Month
from kiosk.domain.print_job import PrintNews
from kiosk.domain.registration import Registration
from kiosk.domain.registration_number import group_number
from kiosk.domain.requote import quotes_in
from kiosk.domain.tariff import Quote
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words, moment_words, month_words
from ui.models.slip_face import Phase, SlipFace, SlipSeen, look_at_slip

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the last screen tells of, in no language. It names no person."""

    number: str
    registered_at: datetime
    this_month: Quote
    next_month: Quote
    again: bool = False
    """Registered before; this time only the slip was asked for."""


@dataclass(frozen=True, slots=True)
class DoneView:
    """What the last screen shows."""

    title: str = ""
    number: str = ""
    when: str = ""
    amount: str = ""
    pay_now: str = ""
    pay_later: str = ""


def outcome_of(registration: Registration, facts: Facts, *, again: bool = False) -> Outcome:
    """Keep of a registration only what the last screen tells, the amounts as on the slip."""
    month = Month.of(facts.today)
    this_month, next_month = quotes_in(registration.application, month, facts.tariff, facts.work)
    return Outcome(
        registration.number, registration.registered_at, this_month, next_month, again=again
    )


def look_at_outcome(outcome: Outcome, texts: Texts) -> DoneView:
    """Put the outcome into words."""
    now, later = outcome.this_month, outcome.next_month
    last_day = date_words(now.payment_month.last_day, texts)
    when = moment_words(local(outcome.registered_at), texts)
    return DoneView(
        title=texts.say("done.title_again" if outcome.again else "done.title"),
        number=group_number(outcome.number),
        when=texts.say("done.registered", when=when) if outcome.again else when,
        amount=format_rupiah(now.total),
        pay_now=texts.say("done.pay_this_month", amount=format_rupiah(now.total), date=last_day),
        pay_later=texts.say(
            "done.pay_next_month",
            amount=format_rupiah(later.total),
            month=month_words(later.payment_month, texts),
        ),
    )


@QmlElement
class DoneModel(QObject):
    """The outcome and what is known of its slip, never more."""

    changed = Signal()
    slipChanged = Signal()
    keysChanged = Signal()

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._texts: Texts | None = None
        self._outcome: Outcome | None = None
        self._view = DoneView()
        self._seen = SlipSeen()
        self._face = SlipFace()

    def show(self, outcome: Outcome | None, texts: Texts) -> None:
        """Show an outcome whose slip is still owed; None wipes it."""
        self._outcome = outcome
        self._seen = SlipSeen()
        self.tell(texts)

    def tell(self, texts: Texts) -> None:
        """Tell the outcome in the language of `texts`."""
        self._texts = texts
        self._view = look_at_outcome(self._outcome, texts) if self._outcome else DoneView()
        self.changed.emit()
        self.tick()

    def show_slip(self, news: PrintNews) -> None:
        """Show how far the slip has come."""
        self._seen = self._seen.after(news, self._clock.monotonic_ms())
        self.tick()

    def miss_slip(self) -> None:
        """The person says that there is none, which is no news of the printer."""
        self._seen = self._seen.missed()
        self.tick()

    def take_slip(self) -> None:
        """The person says that they hold it."""
        self._seen = self._seen.taken()
        self.tick()

    def tick(self) -> None:
        """Look anew: whoever waits for long is asked."""
        if self._texts is None:
            return
        before, self._face = (
            self._face,
            look_at_slip(self._seen, self._clock.monotonic_ms(), self._texts),
        )
        if self._face != before:
            self.slipChanged.emit()
        if self._face.keys != before.keys:
            self.keysChanged.emit()

    @property
    def news(self) -> PrintNews:
        """What is known of the slip."""
        return self._seen.news

    @property
    def waits(self) -> bool:
        """Whether the slip waits for the staff to see to the printer, and the person with it."""
        return self._face.phase is Phase.HOLD

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._view.title

    @Property(str, notify=changed)
    def number(self) -> str:
        return self._view.number

    @Property(list, notify=changed)
    def code(self) -> list[dict[str, int]]:
        """The dark runs of the number's QR code, in modules."""
        if self._outcome is None:
            return []
        from printing.codes import number_runs  # noqa: PLC0415 (most slips come out without it)

        return [asdict(run) for run in number_runs(self._outcome.number)]

    @Property(str, notify=changed)
    def when(self) -> str:
        return self._view.when

    @Property(str, notify=changed)
    def amount(self) -> str:
        return self._view.amount

    @Property(str, notify=changed)
    def payNow(self) -> str:
        return self._view.pay_now

    @Property(str, notify=changed)
    def payLater(self) -> str:
        return self._view.pay_later

    @Property(str, notify=slipChanged)
    def slip(self) -> str:
        return self._seen.news.state.value

    @Property(str, notify=slipChanged)
    def hold(self) -> str:
        """What the printer waits for, empty while nothing keeps it from printing."""
        hold = self._seen.news.hold
        return hold.value if hold else ""

    @Property(str, notify=slipChanged)
    def phase(self) -> str:
        return self._face.phase.value

    @Property(str, notify=slipChanged)
    def slipTitle(self) -> str:
        return self._face.title

    @Property(str, notify=slipChanged)
    def slipLead(self) -> str:
        return self._face.lead

    @Property(int, notify=slipChanged)
    def reached(self) -> int:
        """So many of the three stages are past."""
        return self._face.reached

    @Property(bool, notify=slipChanged)
    def offersCode(self) -> bool:
        return self._face.offers_code

    @Property(list, notify=slipChanged)
    def keys(self) -> list[str]:
        return list(self._face.keys)
