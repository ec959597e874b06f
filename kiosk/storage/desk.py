"""The registrations as the staff sees and changes them, within the transaction of a Record."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from kiosk.domain.desk import After, Found, Page, Row, Tally, View
from kiosk.domain.months import Month
from kiosk.domain.orders import Payment
from kiosk.domain.print_job import PrintJob
from kiosk.domain.registration import Registration
from kiosk.domain.search import DigitQuery, NameQuery
from kiosk.storage import lists, search
from kiosk.storage.audit import AuditEntry, Deed, add_entry, entries_of
from kiosk.storage.prints import SLIPS, job_from_row
from kiosk.storage.rows import from_text, registration_row, to_text
from kiosk.storage.tables import IN_FORCE, correction, outbox, payment, print_job, registration


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a revision replaced: old values by column, and the reason that was given."""

    before: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, slots=True)
class SlipChange:
    """A copy of the slip, and when its state was last changed."""

    job: PrintJob
    at: datetime


class DeskRecord:
    """Reads and writes what the desk works with."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(self, view: View, after: After | None, size: int, now: datetime) -> Page:
        """Return the next lines of a view."""
        return lists.read_page(self._connection, view, after, size, now)

    def count(self, view: View, now: datetime) -> Tally:
        """Return how many stand in a view."""
        return lists.count(self._connection, view, now)

    def count_late(self, now: datetime) -> Tally:
        """Return how many should have been handed over by now."""
        return lists.count_late(self._connection, now)

    def line(self, registration_id: str, now: datetime) -> Row | None:
        """Return the line of one registration, or None."""
        return lists.line_of(self._connection, registration_id, now)

    def unread(self) -> int:
        """Return how many entries of the audit the search has not taken in."""
        return search.unread(self._connection)

    def read_on(self, most: int) -> None:
        """Let the search take in the next entries of the audit."""
        search.read_on(self._connection, most)

    def search(self, query: NameQuery | DigitQuery, most: int, now: datetime) -> Found:
        """Return what is found, at most so many."""
        return search.find(self._connection, query, most, now)

    def audit_entries(self, registration_id: str) -> tuple[AuditEntry, ...]:
        """Return what was done with a registration, in its order."""
        return entries_of(self._connection, registration_id)

    def note(self, registration_id: str, deed: Deed) -> None:
        """Write an audit entry that changes nothing."""
        add_entry(self._connection, registration_id, deed)

    def change(self, before: Registration, after: Registration, deed: Deed) -> dict[str, Any]:
        """Write a new revision with its audit entry and outbox row; returns the old values."""
        old, new = registration_row(before, 0), registration_row(after, 0)
        changed = {column: value for column, value in new.items() if value != old[column]}
        self._connection.execute(
            update(registration).where(registration.c.id == after.id).values(changed)
        )
        self._connection.execute(
            insert(outbox).values(registration_id=after.id, revision=after.revision)
        )
        details = {"revision": after.revision, **deed.details}
        self.note(after.id, Deed(deed.event, deed.actor, deed.at, details))
        return {column: old[column] for column in changed if column != "revision"}

    def replace(self, before: Registration, after: Registration, reason: str, deed: Deed) -> None:
        """Write a new revision and keep the values that it replaces, with the reason."""
        old = self.change(before, after, deed)
        self._connection.execute(
            insert(correction).values(
                registration_id=after.id,
                revision=after.revision,
                before=json.dumps(old, ensure_ascii=False),
                reason=reason,
                actor=deed.actor,
                at=to_text(deed.at),
            )
        )

    def replaced(self, registration_id: str) -> Mapping[int, Replaced]:
        """Return what was replaced by each revision that replaced anything."""
        statement = select(correction).where(correction.c.registration_id == registration_id)
        rows = self._connection.execute(statement)
        return {row.revision: Replaced(json.loads(row.before), row.reason) for row in rows}

    def number_in_force(self, nik: str) -> str | None:
        """Return the number of the registration of this NIK that is in force, or None."""
        statement = select(registration.c.number).where(registration.c.nik == nik, IN_FORCE)
        return self._connection.execute(statement).scalar()

    def number_of_kpj(self, kpj: str) -> str | None:
        """Return the number of the registration that has this KPJ, or None."""
        statement = select(registration.c.number).where(
            registration.c.kpj == kpj, registration.c.kpj != ""
        )
        return self._connection.execute(statement).scalar()

    def payments(self, registration_id: str) -> tuple[Payment, ...]:
        """Return what was paid, in the order of the months."""
        statement = select(payment).where(payment.c.registration_id == registration_id)
        return tuple(
            Payment(
                channel=row.channel,
                reference=row.reference,
                paid_on=date.fromisoformat(row.paid_on),
                first_month=Month.parse(row.first_month),
                months=row.months,
            )
            for row in self._connection.execute(statement.order_by(payment.c.first_month))
        )

    def add_payment(self, registration_id: str, paid: Payment, actor: str, at: datetime) -> None:
        """Write a payment."""
        self._connection.execute(
            insert(payment).values(
                registration_id=registration_id,
                channel=paid.channel,
                reference=paid.reference,
                paid_on=paid.paid_on.isoformat(),
                first_month=str(paid.first_month),
                months=paid.months,
                actor=actor,
                at=to_text(at),
            )
        )

    def slips(self, registration_id: str) -> tuple[SlipChange, ...]:
        """Return the copies of the slip, the original first."""
        found = SLIPS.where(print_job.c.registration_id == registration_id)
        return tuple(
            SlipChange(job_from_row(row), from_text(row.changed_at))
            for row in self._connection.execute(found.order_by(print_job.c.copy))
        )
