"""What the staff can order for a registration, and what then becomes of it.

Pure: nothing is written here, and an order that is impossible gives no registration to write.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kiosk.domain.months import Month
from kiosk.domain.person import clean_line
from kiosk.domain.print_job import PrintState
from kiosk.domain.registration import ALLOWED_NEXT, Registration, Status
from kiosk.domain.staff import Account, Action

KPJ_DIGITS = 11
TEXT_MAX_LENGTH = 60
REJECTION_MAX_LENGTH = 200
_SEPARATORS = re.compile(r"[\s.\-]")


class Order(StrEnum):
    """What can be done with one registration at the desk."""

    CORRECT = "correct"
    ACCEPT = "accept"
    REJECT = "reject"
    PAY = "pay"
    RECORD_KPJ = "record_kpj"
    RENEW = "renew"
    REPRINT = "reprint"
    GIVE_SLIP = "give_slip"
    VOID = "void"


NEEDS: Mapping[Order, Action] = {
    Order.CORRECT: Action.CORRECT,
    Order.ACCEPT: Action.HAND_OVER,
    Order.REJECT: Action.HAND_OVER,
    Order.PAY: Action.MARK_PAID,
    Order.RECORD_KPJ: Action.RECORD_KPJ,
    Order.RENEW: Action.MARK_PAID,
    Order.REPRINT: Action.REPRINT,
    Order.GIVE_SLIP: Action.REPRINT,
    Order.VOID: Action.VOID,
}

IN_FORCE = frozenset(Status) - {Status.REJECTED, Status.VOID}
AWAITS_PAYMENT = frozenset(now for now in Status if now.awaits_payment)

COVERED = frozenset({Status.PAID, Status.MEMBER})
GIVEN = frozenset({PrintState.CAME_OUT, PrintState.HANDED_OVER_OTHERWISE})
"""The person has this slip."""

POSSIBLE: Mapping[Order, frozenset[Status]] = {
    Order.CORRECT: IN_FORCE,
    Order.ACCEPT: frozenset(now for now in Status if Status.ACCEPTED in ALLOWED_NEXT[now]),
    Order.REJECT: frozenset(now for now in Status if Status.REJECTED in ALLOWED_NEXT[now]),
    Order.PAY: frozenset(now for now in Status if Status.PAID in ALLOWED_NEXT[now]),
    Order.RECORD_KPJ: frozenset(now for now in Status if Status.MEMBER in ALLOWED_NEXT[now]),
    Order.RENEW: COVERED,
    Order.REPRINT: AWAITS_PAYMENT,
    Order.GIVE_SLIP: AWAITS_PAYMENT,
    Order.VOID: frozenset(now for now in Status if Status.VOID in ALLOWED_NEXT[now]),
}
"""Where a registration must stand for an order.

What was rejected or made void is closed: it is neither corrected nor revived, the person registers
anew. A slip says "not protected until paid", so after the payment none is printed.
"""


def possible_orders(account: Account, status: Status, slip: PrintState | None) -> frozenset[Order]:
    """Return what this account can do with a registration whose latest slip stands so."""
    orders = {one for one in Order if account.may(NEEDS[one]) and status in POSSIBLE[one]}
    nothing_to_give = slip is None or slip in GIVEN
    return frozenset(orders - {Order.GIVE_SLIP} if nothing_to_give else orders)


@dataclass(frozen=True, slots=True)
class NotPossible:
    """The order does not fit where the registration stands."""

    status: Status


@dataclass(frozen=True, slots=True)
class AlreadySo:
    """Nothing is left to do: the same was ordered before."""


@dataclass(frozen=True, slots=True)
class Payment:
    """Months paid for, as the receipt tells. `channel` and `reference` are single lines."""

    channel: str
    reference: str
    paid_on: date
    first_month: Month
    months: int

    @property
    def last_month(self) -> Month:
        """The last month that is covered."""
        return self.first_month.plus(self.months - 1)


class PaymentFlaw(StrEnum):
    """Why a payment cannot be right."""

    CHANNEL_MISSING = "channel_missing"
    REFERENCE_MISSING = "reference_missing"
    TOO_LONG = "too_long"
    PAID_IN_FUTURE = "paid_in_future"
    PAID_BEFORE_REGISTRATION = "paid_before_registration"
    MONTHS_NOT_OFFERED = "months_not_offered"
    FIRST_MONTH_COVERED = "first_month_covered"
    FIRST_MONTH_TOO_EARLY = "first_month_too_early"
    FIRST_MONTH_TOO_LATE = "first_month_too_late"


@dataclass(frozen=True, slots=True)
class PaymentWrong:
    """The payment is refused; `earliest` is the first month that it could be for."""

    flaw: PaymentFlaw
    earliest: Month


@dataclass(frozen=True, slots=True)
class KpjWrong:
    """Not a KPJ, which has 11 digits; `digits` were given, 0 if there was anything else in it."""

    digits: int


def clean_payment(payment: Payment) -> Payment:
    """Return the payment with its texts as single lines."""
    return replace(
        payment, channel=clean_line(payment.channel), reference=clean_line(payment.reference)
    )


def earliest_month(payments: Collection[Payment], paid_on: date) -> Month:
    """Return the first month that a payment of that day can cover: no month is covered twice.

    Cover begins with the payment, so months before it are not made up for.
    """
    return max([Month.of(paid_on), *(one.last_month.plus(1) for one in payments)])


def pay(
    registration: Registration,
    payments: Collection[Payment],
    payment: Payment,
    *,
    registered_on: date,
    today: date,
    periods: Collection[int],
) -> Registration | AlreadySo | PaymentWrong | NotPossible:
    """Take in the first payment; the same payment twice is the same as once.

    `payment` is cleaned, `payments` are those known of this registration, `periods` the numbers of
    months that can be paid for. The days are the office's.
    """
    if payment in payments:
        return AlreadySo()
    if registration.status not in POSSIBLE[Order.PAY]:
        return NotPossible(registration.status)
    wrong = _wrong(payments, payment, registered_on, today, periods)
    return wrong or _next(registration, status=Status.PAID)


def renew(
    registration: Registration,
    payments: Collection[Payment],
    payment: Payment,
    *,
    registered_on: date,
    today: date,
    periods: Collection[int],
) -> Registration | AlreadySo | PaymentWrong | NotPossible:
    """Take in a later payment, for months after those covered; see pay()."""
    if payment in payments:
        return AlreadySo()
    if registration.status not in POSSIBLE[Order.RENEW]:
        return NotPossible(registration.status)
    wrong = _wrong(payments, payment, registered_on, today, periods)
    return wrong or _next(registration)


def _wrong(
    payments: Collection[Payment],
    payment: Payment,
    registered_on: date,
    today: date,
    periods: Collection[int],
) -> PaymentWrong | None:
    earliest = earliest_month(payments, payment.paid_on)
    flaw = _text_flaw(payment) or _day_flaw(payment, registered_on, today)
    if flaw is None and payment.months not in periods:
        flaw = PaymentFlaw.MONTHS_NOT_OFFERED
    flaw = flaw or _month_flaw(payment, earliest)
    return PaymentWrong(flaw, earliest) if flaw else None


def _text_flaw(payment: Payment) -> PaymentFlaw | None:
    if not payment.channel:
        return PaymentFlaw.CHANNEL_MISSING
    if not payment.reference:
        return PaymentFlaw.REFERENCE_MISSING
    longest = max(len(payment.channel), len(payment.reference))
    return PaymentFlaw.TOO_LONG if longest > TEXT_MAX_LENGTH else None


def _day_flaw(payment: Payment, registered_on: date, today: date) -> PaymentFlaw | None:
    if payment.paid_on > today:
        return PaymentFlaw.PAID_IN_FUTURE
    early = payment.paid_on < registered_on
    return PaymentFlaw.PAID_BEFORE_REGISTRATION if early else None


def _month_flaw(payment: Payment, earliest: Month) -> PaymentFlaw | None:
    if payment.first_month < Month.of(payment.paid_on):
        return PaymentFlaw.FIRST_MONTH_TOO_EARLY
    if payment.first_month < earliest:
        return PaymentFlaw.FIRST_MONTH_COVERED
    # Whether a month of cover is a calendar month is not settled, so a
    # receipt may name the month after; what lies further off was mistyped.
    return PaymentFlaw.FIRST_MONTH_TOO_LATE if payment.first_month > earliest.plus(1) else None


def accept(registration: Registration) -> Registration | AlreadySo | NotPossible:
    """Take in that the branch has accepted a registration."""
    if registration.status is Status.ACCEPTED:
        return AlreadySo()
    if registration.status not in POSSIBLE[Order.ACCEPT]:
        return NotPossible(registration.status)
    return _next(registration, status=Status.ACCEPTED)


def reject(registration: Registration, reason: str) -> Registration | AlreadySo | NotPossible:
    """Take in that the branch has refused a registration, and why: a single line."""
    if (registration.status, registration.rejected_because) == (Status.REJECTED, reason):
        return AlreadySo()
    if registration.status not in POSSIBLE[Order.REJECT]:
        return NotPossible(registration.status)
    return replace(_next(registration, status=Status.REJECTED), rejected_because=reason)


def read_kpj(text: str) -> str | KpjWrong:
    """Return the eleven digits of a KPJ, typed with spaces, dots or hyphens or without."""
    kpj = _SEPARATORS.sub("", text)
    if not (kpj.isascii() and kpj.isdecimal()):
        return KpjWrong(0)
    return kpj if len(kpj) == KPJ_DIGITS else KpjWrong(len(kpj))


def record_kpj(registration: Registration, kpj: str) -> Registration | AlreadySo | NotPossible:
    """Make who has paid a member; `kpj` is what read_kpj() returned and belongs to nobody else."""
    if registration.kpj == kpj:
        return AlreadySo()
    if registration.status not in POSSIBLE[Order.RECORD_KPJ]:
        return NotPossible(registration.status)
    return _next(registration, status=Status.MEMBER, kpj=kpj)


def correct_kpj(registration: Registration, kpj: str) -> Registration | AlreadySo | NotPossible:
    """Mend a member's mistyped KPJ."""
    if registration.kpj == kpj:
        return AlreadySo()
    if registration.status is not Status.MEMBER:
        return NotPossible(registration.status)
    return _next(registration, kpj=kpj)


def void(registration: Registration) -> Registration | AlreadySo:
    """Take a registration out of force, for good; from wherever it stands."""
    if registration.status not in POSSIBLE[Order.VOID]:
        return AlreadySo()
    return _next(registration, status=Status.VOID)


def _next(
    registration: Registration, *, status: Status | None = None, kpj: str | None = None
) -> Registration:
    return replace(
        registration,
        status=status or registration.status,
        kpj=registration.kpj if kpj is None else kpj,
        revision=registration.revision + 1,
    )
