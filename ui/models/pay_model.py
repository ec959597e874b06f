"""How to pay, what becomes of who stopped paying, and the printed reminder of both."""

from dataclasses import asdict, dataclass
from typing import ClassVar
from uuid import uuid4

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.money import format_rupiah
from kiosk.domain.payment import Payment
from kiosk.domain.print_job import PrintNews, PrintState
from kiosk.domain.slip import Reminder
from kiosk.domain.tariff import Quote
from kiosk.domain.texts import Texts
from kiosk.domain.wording import amount_words, date_words, month_words
from ui.models.errand import Errand, Host

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

PLACES, STOPPED, REMINDER = "pay", "renew", "reminder"
_OWED = PrintNews(PrintState.OWED)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One kind of place or app to pay at."""

    kind: str
    names: str


@dataclass(frozen=True, slots=True)
class ReminderView:
    """What the screen repeats of the printed page."""

    title: str = ""
    amount: str = ""
    until: str = ""
    later: str = ""
    later_amount: str = ""


def look_at_reminder(reminder: Reminder, texts: Texts) -> ReminderView:
    """Put the sums of a reminder into words."""
    now, later = reminder.this_month, reminder.next_month
    last_day = date_words(now.payment_month.last_day, texts)
    return ReminderView(
        title=texts.say("months.pay_for", months=len(now.months)),
        amount=format_rupiah(now.total),
        until=texts.say("months.this_month", date=last_day),
        later=texts.say("months.next_month", month=month_words(later.payment_month, texts)),
        later_amount=format_rupiah(later.total),
    )


@QmlElement
class PayModel(Errand):
    """Where to pay, and how far the reminder asked for has come."""

    screens: ClassVar[frozenset[str]] = frozenset({PLACES, STOPPED, REMINDER})
    changed = Signal()
    printChanged = Signal()

    def __init__(self, host: Host, parent: QObject) -> None:
        super().__init__(host, parent)
        self._reminder: Reminder | None = None
        self._printed = _OWED

    @Property(list, notify=changed)
    def withoutPhone(self) -> list[dict[str, str]]:
        return self._channels(with_phone=False)

    @Property(list, notify=changed)
    def withPhone(self) -> list[dict[str, str]]:
        return self._channels(with_phone=True)

    @Property(list, notify=changed)
    def stopped(self) -> list[str]:
        texts, payment, benefits = self._host.texts, self._payment, self._host.benefits
        waiting = texts.say(
            "slip.jkm",
            total=amount_words(benefits.jkm_total, texts),
            months=benefits.jkm_waiting_months,
            before=amount_words(benefits.jkm_before_waiting, texts),
        )
        return [
            texts.say("renew.inactive", months=payment.inactive_after_unpaid_months),
            *([] if payment.fine else [texts.say("renew.no_fine")]),
            texts.say("renew.again"),
            f"{texts.say('renew.waiting')} {waiting}",
        ]

    @Property(dict, notify=changed)
    def reminder(self) -> dict[str, str]:
        asked = self._reminder
        view = look_at_reminder(asked, self._host.texts) if asked else ReminderView()
        return asdict(view)

    @Property(str, notify=printChanged)
    def printed(self) -> str:
        return self._printed.state.value

    @Property(str, notify=printChanged)
    def printLead(self) -> str:
        """What the printer waits for, if it does, and what to do."""
        say, news = self._host.texts.say, self._printed
        waits = news.hold is not None and news.state is not PrintState.FAILED
        lead = say("reminder.print_waits_lead" if waits else f"reminder.print_{news.state}_lead")
        return f"{say(f'done.hold_{news.hold}')}. {lead}" if news.hold else lead

    @Slot()
    def begin(self) -> None:
        self._host.show(PLACES)

    @Slot()
    def showStopped(self) -> None:
        self._host.show(STOPPED)

    def remind(self, this_month: Quote, next_month: Quote) -> None:
        """Print a reminder of these amounts, and show how far it has come."""
        self._reminder = Reminder(
            id=str(uuid4()),
            this_month=this_month,
            next_month=next_month,
            asked_at=self._host.services.clock.now(),
            language=self._host.texts.language,
        )
        self.changed.emit()
        self._show_printed(_OWED)
        self._host.show(REMINDER)
        self._host.services.printing.print_reminder(self._reminder)

    def page_moved(self, reminder_id: str, news: PrintNews) -> None:
        """The print thread knows more of a reminder; it matters if it is this resident's."""
        if self._reminder is not None and self._reminder.id == reminder_id:
            self._show_printed(news)

    def back(self, screen: str) -> None:
        if screen == STOPPED:
            self._host.show(PLACES)
        else:
            self._host.show_menu()

    def forget(self) -> None:
        self._reminder = None
        self._show_printed(_OWED)
        self.changed.emit()

    def retell(self) -> None:
        self.changed.emit()
        self.printChanged.emit()

    @property
    def _payment(self) -> Payment:
        return self._host.services.data.payment

    def _channels(self, *, with_phone: bool) -> list[dict[str, str]]:
        say = self._host.texts.say
        return [
            asdict(ChannelRow(say(f"pay.channel.{one.kind.value}"), ", ".join(one.names)))
            for one in self._payment.reached(with_phone=with_phone)
        ]

    def _show_printed(self, news: PrintNews) -> None:
        if news != self._printed:
            self._printed = news
            self.printChanged.emit()
