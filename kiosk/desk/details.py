"""One registration in full: facts, amounts, history, and what can be done with it now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kiosk.clock import local_date
from kiosk.desk.session import Desk, NotAllowed, NotFound
from kiosk.domain.correction import answers_of
from kiosk.domain.desk import (
    AskedAgain,
    Became,
    Changed,
    Corrected,
    Detail,
    Event,
    Noted,
    Renewed,
    SlipMoved,
    What,
)
from kiosk.domain.nik import mask_nik
from kiosk.domain.orders import Order, Payment, earliest_month, possible_orders
from kiosk.domain.print_job import CopyReason
from kiosk.domain.registration import Registration, Status
from kiosk.domain.staff import Action
from kiosk.registration import REPRINTED
from kiosk.storage.audit import AuditEntry
from kiosk.storage.desk import Replaced, SlipChange
from kiosk.storage.rows import registration_row

NIK_SEEN = "nik_seen"
CORRECTED = "corrected"
RENEWED = "renewed"


@dataclass(frozen=True, slots=True)
class WholeNik:
    """All sixteen digits, for as long as they are looked at."""

    nik: str


def open_record(desk: Desk, registration_id: str) -> Detail | NotFound | NotAllowed:
    """Return everything there is of a registration, its NIK masked."""
    refused = desk.refusal(Action.SEE)
    if refused:
        return refused
    now = desk.clock.now()
    with desk.store.reading() as record:
        registration = record.find(registration_id)
        line = record.desk.line(registration_id, now)
        entries = record.desk.audit_entries(registration_id)
        replaced = record.desk.replaced(registration_id)
        payments = record.desk.payments(registration_id)
        slips = record.desk.slips(registration_id)
    if registration is None or line is None:
        return NotFound()
    masked = _masked(registration)
    then = desk.facts.on(local_date(registration.registered_at))
    return Detail(
        registration=masked,
        answers=answers_of(masked.application, then),
        slip=line.slip,
        transfer=line.transfer,
        attention=line.attention,
        late=line.late,
        payments=payments,
        renewal_from=earliest_month(payments, local_date(now)) if payments else None,
        history=_history(registration, entries, replaced, payments, slips),
        orders=_orders(desk, registration.status, slips),
    )


def _orders(desk: Desk, status: Status, slips: tuple[SlipChange, ...]) -> frozenset[Order]:
    last = slips[-1].job if slips else None
    orders = possible_orders(desk.account, status, last.state if last else None)
    copies = last is not None and last.is_followed_by_a_copy
    refused = copies and desk.refusal(Action.COPY_SLIP) is not None
    return orders - {Order.REPRINT} if refused else orders


def see_nik(desk: Desk, registration_id: str) -> WholeNik | NotFound | NotAllowed:
    """Return the whole NIK; the audit keeps who looked."""
    refused = desk.refusal(Action.SEE)
    if refused:
        return refused
    with desk.store.transaction() as record:
        registration = record.find(registration_id)
        if registration is None:
            return NotFound()
        record.desk.note(registration_id, desk.deed(NIK_SEEN, desk.clock.now()))
    return WholeNik(registration.application.resident.nik)


def _masked(registration: Registration) -> Registration:
    applied = registration.application
    resident = replace(applied.resident, nik=mask_nik(applied.resident.nik))
    return replace(registration, application=replace(applied, resident=resident))


def _history(
    registration: Registration,
    entries: tuple[AuditEntry, ...],
    replaced: Mapping[int, Replaced],
    payments: tuple[Payment, ...],
    slips: tuple[SlipChange, ...],
) -> tuple[Event, ...]:
    changes = dict(_changes(registration, replaced))
    paid = {str(one.first_month): one for one in payments}
    told = [
        Event(entry.at, entry.actor, _what(entry, changes, replaced, paid, slips))
        for entry in entries
    ]
    moved = [
        Event(slip.at, "", SlipMoved(slip.job.copy, slip.job.state, slip.job.evidence))
        for slip in slips
    ]
    return tuple(sorted(told + moved, key=lambda event: event.at))


def _what(
    entry: AuditEntry,
    changes: Mapping[int, tuple[Changed, ...]],
    replaced: Mapping[int, Replaced],
    paid: Mapping[str, Payment],
    slips: tuple[SlipChange, ...],
) -> What:
    revision = entry.details.get("revision", 0)
    reason = replaced[revision].reason if revision in replaced else ""
    payment = paid.get(entry.details.get("first_month", ""))
    if entry.event == CORRECTED:
        return Corrected(changes.get(revision, ()), reason)
    if entry.event == RENEWED and payment is not None:
        return Renewed(payment)
    if entry.event in set(Status):
        return Became(Status(entry.event), payment, reason, entry.note)
    if entry.event == REPRINTED:
        return _asked_again(entry, slips)
    return Noted(entry.event, entry.note)


def _asked_again(entry: AuditEntry, slips: tuple[SlipChange, ...]) -> AskedAgain:
    copy, reason = entry.details.get("copy", 0), entry.details.get("reason")
    remarks = {slip.job.copy: slip.job.remark for slip in slips}
    return AskedAgain(copy, CopyReason(reason) if reason else None, remarks.get(copy, ""))


def _changes(
    registration: Registration, replaced: Mapping[int, Replaced]
) -> Iterator[tuple[int, tuple[Changed, ...]]]:
    """What each revision changed, going back from the values of today."""
    values = registration_row(registration, 0)
    for revision in sorted(replaced, reverse=True):
        before = replaced[revision].before
        yield (
            revision,
            tuple(
                Changed(column, _shown(column, old), _shown(column, values[column]))
                for column, old in before.items()
            ),
        )
        values |= before


def _shown(column: str, value: object) -> str:
    return mask_nik(str(value)) if column == "nik" else str(value)
