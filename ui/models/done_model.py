"""What came of the visit: the number, how far the slip has come, and how to pay."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.clock import local
from kiosk.domain.money import format_rupiah
from kiosk.domain.print_job import PrintState
from kiosk.domain.registration import Registration
from kiosk.domain.registration_number import group_number
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words, moment_words, month_words

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class DoneView:
    """What the last screen shows. It names no person."""

    number: str = ""
    when: str = ""
    amount: str = ""
    pay_now: str = ""
    pay_later: str = ""


def look_at_registration(registration: Registration, texts: Texts) -> DoneView:
    """Put the outcome into words."""
    applied = registration.application
    now, later = applied.this_month, applied.next_month
    last_day = date_words(now.payment_month.last_day, texts)
    return DoneView(
        number=group_number(registration.number),
        when=moment_words(local(registration.registered_at), texts),
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
    """The saved registration and what is known of its slip, never more."""

    changed = Signal()
    slipChanged = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._view = DoneView()
        self._slip = PrintState.OWED

    def show(self, view: DoneView) -> None:
        """Show an outcome; an empty view wipes it."""
        self._view = view
        self._slip = PrintState.OWED
        self.changed.emit()
        self.slipChanged.emit()

    def show_slip(self, state: PrintState) -> None:
        """Show how far the slip has come."""
        if state is not self._slip:
            self._slip = state
            self.slipChanged.emit()

    @Property(str, notify=changed)
    def number(self) -> str:
        return self._view.number

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
        return self._slip.value
