"""What the staff changes: each in one transaction, with its audit entry, revision and outbox row.

Repeating an order that was carried out is the same as giving it once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from kiosk.clock import local_date
from kiosk.desk.details import CORRECTED, RENEWED
from kiosk.desk.session import Desk, NotAllowed, NotFound
from kiosk.domain import orders
from kiosk.domain.answers import Answers, Facts
from kiosk.domain.correction import MayNotRegister, Mistaken
from kiosk.domain.correction import correct as corrected_by
from kiosk.domain.months import Month
from kiosk.domain.orders import (
    GIVEN,
    NEEDS,
    POSSIBLE,
    REJECTION_MAX_LENGTH,
    TEXT_MAX_LENGTH,
    AlreadySo,
    KpjWrong,
    NotPossible,
    Order,
    Payment,
    PaymentWrong,
)
from kiosk.domain.person import clean_line
from kiosk.domain.print_job import BY_A_PERSON, CopyReason, PrintJob, PrintState
from kiosk.domain.registration import Application, Registration, Status
from kiosk.domain.staff import Action
from kiosk.domain.tariff import Package, Payer, Quote, quote
from kiosk.registration import REPRINTED, owe_again
from kiosk.storage.store import Record

SLIP_GIVEN = "slip_given"


@dataclass(frozen=True, slots=True)
class Done:
    """The registration has this revision now."""

    revision: int


@dataclass(frozen=True, slots=True)
class ReasonMissing:
    """A reason of at least one character, and of at most `longest`, is needed."""

    longest: int = TEXT_MAX_LENGTH


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """Somebody else changed the registration since it was opened; nothing was written."""

    revision: int


@dataclass(frozen=True, slots=True)
class NikTaken:
    """Another registration in force has this NIK."""

    number: str


@dataclass(frozen=True, slots=True)
class KpjTaken:
    """Somebody else has this KPJ: whoever has the registration of this number."""

    number: str


@dataclass(frozen=True, slots=True)
class PaidFor:
    """The payment is kept; `quote` is what its months cost, None where the data cannot tell."""

    revision: int
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class SlipOwed:
    """This copy of the slip is going to be printed; 0 is the original."""

    copy: int


@dataclass(frozen=True, slots=True)
class SlipGiven:
    """The slip is with the person."""

    copy: int


Refused = NotAllowed | NotFound | NotPossible
Outcome = TypeVar("Outcome")


def correct(
    desk: Desk, registration_id: str, seen: int, answers: Answers, reason: str
) -> (
    Done
    | AlreadySo
    | Mistaken
    | MayNotRegister
    | NikTaken
    | ChangedMeanwhile
    | ReasonMissing
    | Refused
):
    """Replace what the clerk changed in Detail.answers; the old values are kept with the reason.

    `seen` is the revision that the clerk had open. A correction that is there already is no
    conflict, whoever made it.
    """
    why = clean_line(reason)

    def act(
        record: Record, before: Registration
    ) -> Done | AlreadySo | Mistaken | MayNotRegister | NikTaken | ChangedMeanwhile | NotPossible:
        then = desk.facts.on(local_date(before.registered_at))
        after = corrected_by(before, answers, then, desk.facts)
        if not isinstance(after, Registration):
            return after
        return (
            _changed_since(before, seen)
            or _nik_taken(record, before, after)
            or _replace(desk, record, before, after, why)
        )

    return _carry_out(desk, Order.CORRECT, registration_id, act) if _fits(why) else ReasonMissing()


def accept(desk: Desk, registration_id: str) -> Done | Refused:
    """Note that the branch has accepted a registration, told otherwise than by a file."""
    return _take_answer(desk, Order.ACCEPT, registration_id, orders.accept)


def reject(desk: Desk, registration_id: str, reason: str) -> Done | ReasonMissing | Refused:
    """Note that the branch has refused a registration, and why."""
    why = clean_line(reason)
    if not 0 < len(why) <= REJECTION_MAX_LENGTH:
        return ReasonMissing(REJECTION_MAX_LENGTH)
    return _take_answer(
        desk, Order.REJECT, registration_id, lambda before: orders.reject(before, why)
    )


def _take_answer(
    desk: Desk,
    order: Order,
    registration_id: str,
    judge: Callable[[Registration], Registration | AlreadySo | NotPossible],
) -> Done | Refused:
    def act(record: Record, before: Registration) -> Done | NotPossible:
        after = judge(before)
        if isinstance(after, NotPossible):
            return after
        if isinstance(after, AlreadySo):
            return Done(before.revision)
        record.desk.change(before, after, desk.deed(after.status.value, desk.clock.now()))
        return Done(after.revision)

    return _carry_out(desk, order, registration_id, act)


def mark_paid(
    desk: Desk, registration_id: str, payment: Payment
) -> PaidFor | PaymentWrong | Refused:
    """Note the first payment, as the receipt tells it."""
    return _take_payment(desk, registration_id, payment, Order.PAY, orders.pay)


def renew(desk: Desk, registration_id: str, payment: Payment) -> PaidFor | PaymentWrong | Refused:
    """Note a later payment, for months that follow; see Detail.renewal_from."""
    return _take_payment(desk, registration_id, payment, Order.RENEW, orders.renew)


def _take_payment(
    desk: Desk,
    registration_id: str,
    given: Payment,
    order: Order,
    judge: Callable[..., Registration | AlreadySo | PaymentWrong | NotPossible],
) -> PaidFor | PaymentWrong | Refused:
    payment = orders.clean_payment(given)

    def act(record: Record, before: Registration) -> PaidFor | PaymentWrong | NotPossible:
        after = judge(
            before,
            record.desk.payments(registration_id),
            payment,
            registered_on=local_date(before.registered_at),
            today=local_date(desk.clock.now()),
            periods=desk.facts.tariff.periods,
        )
        if isinstance(after, (PaymentWrong, NotPossible)):
            return after
        costs = quote_months(desk, before.application, payment.first_month, payment.months)
        if isinstance(after, AlreadySo):
            return PaidFor(before.revision, costs)
        _write_payment(desk, record, before, after, payment)
        return PaidFor(after.revision, costs)

    return _carry_out(desk, order, registration_id, act)


def _write_payment(
    desk: Desk, record: Record, before: Registration, after: Registration, payment: Payment
) -> None:
    now = desk.clock.now()
    event = Status.PAID.value if after.status is not before.status else RENEWED
    deed = desk.deed(event, now, first_month=str(payment.first_month), months=payment.months)
    record.desk.change(before, after, deed)
    record.desk.add_payment(after.id, payment, desk.account.id, now)


def quote_months(desk: Desk, applied: Application, first_month: Month, months: int) -> Quote | None:
    """Return what months of cover cost by the data in force; None where it cannot tell.

    To be shown before renew(), with the application in Detail.
    """
    work, base = applied.work, applied.this_month.base
    return price_months(
        desk.facts,
        work.segment_id,
        work.job_id,
        base=base,
        package=applied.package,
        first_month=first_month,
        months=months,
    )


def price_months(
    facts: Facts,
    segment_id: str,
    job_id: str,
    *,
    base: int,
    package: Package,
    first_month: Month,
    months: int,
) -> Quote | None:
    """Return what months of cover cost on this income base; None where the data cannot tell."""
    try:
        job = facts.work.find_job(segment_id, job_id)
        return quote(
            facts.tariff,
            base=base,
            sector=job.sector,
            sector_unclear=job.sector_unclear,
            payer=Payer.SELF,
            package=package,
            months=months,
            payment_month=first_month,
        )
    except (KeyError, ValueError):
        return None


def record_kpj(
    desk: Desk, registration_id: str, typed: str
) -> Done | KpjWrong | KpjTaken | Refused:
    """Make who has paid a member, by the number on the card."""
    kpj = orders.read_kpj(typed)
    if isinstance(kpj, KpjWrong):
        return kpj

    def act(record: Record, before: Registration) -> Done | KpjTaken | NotPossible:
        after = orders.record_kpj(before, kpj)
        if isinstance(after, NotPossible):
            return after
        if isinstance(after, AlreadySo):
            return Done(before.revision)
        taken = _kpj_taken(record, kpj)
        if taken:
            return taken
        record.desk.change(before, after, desk.deed(Status.MEMBER.value, desk.clock.now()))
        return Done(after.revision)

    return _carry_out(desk, Order.RECORD_KPJ, registration_id, act)


def correct_kpj(
    desk: Desk, registration_id: str, seen: int, typed: str, reason: str
) -> Done | AlreadySo | KpjWrong | KpjTaken | ChangedMeanwhile | ReasonMissing | Refused:
    """Mend a member's mistyped KPJ; the old one is kept with the reason."""
    kpj, why = orders.read_kpj(typed), clean_line(reason)
    if isinstance(kpj, KpjWrong):
        return kpj

    def act(
        record: Record, before: Registration
    ) -> Done | AlreadySo | KpjTaken | ChangedMeanwhile | NotPossible:
        after = orders.correct_kpj(before, kpj)
        if not isinstance(after, Registration):
            return after
        return (
            _changed_since(before, seen)
            or _kpj_taken(record, kpj)
            or _replace(desk, record, before, after, why)
        )

    return _carry_out(desk, Order.CORRECT, registration_id, act) if _fits(why) else ReasonMissing()


def void(
    desk: Desk, registration_id: str, reason: str
) -> Done | ReasonMissing | NotAllowed | NotFound:
    """Take a registration out of force for good; the person can register anew."""
    why = clean_line(reason)

    def act(record: Record, before: Registration) -> Done:
        after = orders.void(before)
        if isinstance(after, AlreadySo):
            return Done(before.revision)
        return _replace(desk, record, before, after, why, event=Status.VOID.value)

    return _carry_out(desk, Order.VOID, registration_id, act) if _fits(why) else ReasonMissing()


def reprint(
    desk: Desk, registration_id: str, why: CopyReason | None = None, remark: str = ""
) -> SlipOwed | ReasonMissing | Refused:
    """Owe the slip once more, for the print thread; a copy says SALINAN and which.

    A slip on its way is waited for, and one that never left the kiosk is tried again as what it
    was. A copy needs a reason, OTHER a line about it. The audit keeps the reason; the line may name
    a person and goes with the slip when the registration is erased. Slips are not part of a
    revision: the record does not change, and a colleague who has it open need not open it again.
    """
    words = clean_line(remark)

    def act(
        record: Record, registration: Registration
    ) -> SlipOwed | ReasonMissing | NotPossible | NotAllowed:
        if registration.status not in POSSIBLE[Order.REPRINT]:
            return NotPossible(registration.status)
        last = record.desk.slips(registration_id)[-1].job
        if last.is_on_its_way:
            return SlipOwed(last.copy)
        if last.is_followed_by_a_copy:
            refused = desk.refusal(Action.COPY_SLIP)
            if refused or not _explains(why, words):
                return refused or ReasonMissing()
        return owe_slip(desk, record, last, why, words)

    return _carry_out(desk, Order.REPRINT, registration_id, act)


def owe_slip(
    desk: Desk, record: Record, last: PrintJob, why: CopyReason | None, remark: str = ""
) -> SlipOwed:
    """Owe a slip that is not on its way once more, and note who asked for it and why."""
    now = desk.clock.now()
    copy = owe_again(record, last, now, remark)
    because = {"reason": why.value} if why and copy != last.copy else {}
    record.desk.note(last.registration_id, desk.deed(REPRINTED, now, copy=copy, **because))
    return SlipOwed(copy)


def _explains(why: CopyReason | None, words: str) -> bool:
    longest = len(words) <= TEXT_MAX_LENGTH
    return longest and (bool(words) if why is CopyReason.OTHER else why is not None)


def give_slip(desk: Desk, registration_id: str) -> SlipGiven | Refused:
    """Note that the person has the slip from the hands of the staff, printed elsewhere."""

    def act(record: Record, registration: Registration) -> SlipGiven | NotPossible:
        if registration.status not in POSSIBLE[Order.GIVE_SLIP]:
            return NotPossible(registration.status)
        last = record.desk.slips(registration_id)[-1].job
        if last.state not in GIVEN:
            now, given = desk.clock.now(), PrintState.HANDED_OVER_OTHERWISE
            record.prints.settle(last.id, given, BY_A_PERSON, now)
            record.desk.note(registration_id, desk.deed(SLIP_GIVEN, now, copy=last.copy))
        return SlipGiven(last.copy)

    return _carry_out(desk, Order.GIVE_SLIP, registration_id, act)


def _carry_out(
    desk: Desk,
    order: Order,
    registration_id: str,
    act: Callable[[Record, Registration], Outcome],
) -> Outcome | NotAllowed | NotFound:
    """Let `act` do its work in one transaction, on a registration that exists, if it may."""
    refused = desk.refusal(NEEDS[order])
    if refused:
        return refused
    with desk.store.transaction() as record:
        registration = record.find(registration_id)
        return NotFound() if registration is None else act(record, registration)


def _fits(reason: str) -> bool:
    return 0 < len(reason) <= TEXT_MAX_LENGTH


def _replace(
    desk: Desk,
    record: Record,
    before: Registration,
    after: Registration,
    reason: str,
    *,
    event: str = CORRECTED,
) -> Done:
    record.desk.replace(before, after, reason, desk.deed(event, desk.clock.now()))
    return Done(after.revision)


def _changed_since(registration: Registration, seen: int) -> ChangedMeanwhile | None:
    same = registration.revision == seen
    return None if same else ChangedMeanwhile(registration.revision)


def _nik_taken(record: Record, before: Registration, after: Registration) -> NikTaken | None:
    nik = after.application.resident.nik
    if nik == before.application.resident.nik:
        return None
    number = record.desk.number_in_force(nik)
    return None if number is None else NikTaken(number)


def _kpj_taken(record: Record, kpj: str) -> KpjTaken | None:
    number = record.desk.number_of_kpj(kpj)
    return None if number is None else KpjTaken(number)
