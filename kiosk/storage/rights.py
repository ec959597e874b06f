"""Requests about one's own data, and the erasure, within the transaction of a Record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from kiosk.domain.rights import ANSWERED_WITHIN, Because, Erasure, Request, RequestState, Right
from kiosk.storage import search
from kiosk.storage.audit import Deed, add_entry
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.tables import (
    ASKED,
    account,
    audit,
    batch,
    correction,
    erased,
    incoming,
    invitation,
    outbox,
    parked,
    payment,
    print_job,
    receipt,
    registration,
    rights_request,
)

ERASED = "erased"
NO_DIGEST = "-"
"""Of a batch that was exported, and of which somebody is gone: no export is as the first any more.
"""
_RECORDER = account.alias("recorder")
_CLOSER = account.alias("closer")
_REQUESTS = (
    select(
        rights_request,
        func.coalesce(_RECORDER.c.name, rights_request.c.recorded_by).label("recorder"),
        func.coalesce(_CLOSER.c.name, rights_request.c.closed_by).label("closer"),
    )
    .outerjoin(_RECORDER, _RECORDER.c.id == rights_request.c.recorded_by)
    .outerjoin(_CLOSER, _CLOSER.c.id == rights_request.c.closed_by)
)


class RightsRecord:
    """Reads and writes what people asked about their data."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, of: Mapping[str, Any], right: Right, actor: str, at: datetime) -> int:
        """Write that the person of the stored registration `of` asks; returns the request's id."""
        asked = insert(rights_request).values(
            registration_id=of["id"],
            number=of["number"],
            asked_for=right.value,
            language=of["language"],
            asked_at=to_text(at),
            due_at=to_text(at + ANSWERED_WITHIN),
            recorded_by=actor,
            state=RequestState.OPEN.value,
            closed_at="",
            closed_by="",
            batch=0,
        )
        result = self._connection.execute(asked)
        assert result.inserted_primary_key is not None
        return int(result.inserted_primary_key[0])

    def close(
        self, request: Request, state: RequestState, actor: str, at: datetime, batch: int
    ) -> None:
        """Write what became of an open request."""
        self._connection.execute(
            update(rights_request)
            .where(rights_request.c.id == request.id, ASKED)
            .values(state=state.value, closed_at=to_text(at), closed_by=actor, batch=batch)
        )

    def request(self, request_id: int) -> Request | None:
        """Return a request, or None."""
        return self._first(rights_request.c.id == request_id)

    def open_request(self, registration_id: str, right: Right) -> Request | None:
        """Return the request that waits for the same, or None."""
        of = rights_request.c.registration_id == registration_id
        return self._first(of, rights_request.c.asked_for == right.value, ASKED)

    def open_requests(self) -> tuple[Request, ...]:
        """Return what waits, the nearest deadline first."""
        return self._requests(ASKED)

    def requests_of(self, registration_id: str) -> tuple[Request, ...]:
        """Return what was asked about a registration, the oldest first."""
        return self._requests(rights_request.c.registration_id == registration_id)

    def _first(self, *where: Any) -> Request | None:
        return next(iter(self._requests(*where)), None)

    def _requests(self, *where: Any) -> tuple[Request, ...]:
        found = _REQUESTS.where(*where).order_by(rights_request.c.due_at, rights_request.c.id)
        return tuple(
            Request(
                id=row.id,
                registration_id=row.registration_id,
                number=row.number,
                right=Right(row.asked_for),
                language=row.language,
                asked_at=from_text(row.asked_at),
                due_at=from_text(row.due_at),
                recorded_by=row.recorder,
                state=RequestState(row.state),
                closed_at=from_text(row.closed_at) if row.closed_at else None,
                closed_by=row.closer,
                batch=row.batch,
            )
            for row in self._connection.execute(found)
        )

    def was_done_since(self, registration_id: str, event: str, since: datetime) -> bool:
        """Tell whether the audit has such an entry about the registration from then on."""
        entry = select(audit.c.seq).where(
            audit.c.registration_id == registration_id,
            audit.c.event == event,
            audit.c.at >= to_text(since),
        )
        return self._connection.execute(entry.limit(1)).first() is not None

    def handed_over_at(self, number: int) -> datetime:
        """Return when the batch of that number was made."""
        made_at = select(batch.c.made_at).where(batch.c.number == number)
        return from_text(self._connection.execute(made_at).scalar_one())

    def invitations_of(self, of: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
        """Return where the person of a stored registration stands on the list of a dinas."""
        rows = self._connection.execute(select(invitation).where(_invites(of))).mappings()
        return tuple(dict(row) for row in rows)

    def other_numbers(self, of: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the numbers of the other registrations with the NIK of a stored one."""
        column = registration.c
        same = select(column.number).where(column.nik == of["nik"], column.id != of["id"])
        return tuple(self._connection.execute(same.order_by(column.number)).scalars())

    def erase(self, of: Mapping[str, Any], deed: Deed) -> None:
        """Remove a stored registration and all that hangs on it; its number stays accounted for.

        The event of `deed` is ERASED, by which the search knows it too.
        """
        self._remove(of, Because.ASKED, deed.actor, deed.at)
        add_entry(self._connection, of["id"], deed)
        told = {"registration_id": of["id"], "revision": of["revision"] + 1}
        self._connection.execute(insert(outbox).values(told))

    def remove_in_time(self, of: Mapping[str, Any], at: datetime) -> None:
        """Remove a stored registration that is safe elsewhere, where it stays."""
        self._remove(of, Because.IN_TIME, "", at)

    def _remove(self, of: Mapping[str, Any], because: Because, actor: str, at: datetime) -> None:
        _remove(self._connection, of)
        kept = ("number", "kiosk_number", "incarnation", "counter", "registered_at", "batch")
        self._connection.execute(
            insert(erased).values(
                registration_id=of["id"],
                erased_at=to_text(at),
                actor=actor,
                because=because.value,
                **{name: of[name] for name in kept},
            )
        )

    def erasure(self, registration_id: str) -> Erasure | None:
        """Return what is left of a registration that was erased, or None."""
        found = self._erasures(erased.c.registration_id == registration_id)
        return found[0] if found else None

    def erasure_of_number(self, number: str) -> Erasure | None:
        """Return what is left of the registration with that number if it was erased, or None."""
        found = self._erasures(erased.c.number == number)
        return found[0] if found else None

    def erasures(self) -> tuple[Erasure, ...]:
        """Return all erasures by number: they explain the gaps, and a restore repeats them."""
        return self._erasures(erased.c.number != "")

    def _erasures(self, where: ColumnElement[bool]) -> tuple[Erasure, ...]:
        rows = self._connection.execute(select(erased).where(where).order_by(erased.c.number))
        return tuple(
            Erasure(
                registration_id=row.registration_id,
                number=row.number,
                registered_at=from_text(row.registered_at),
                erased_at=from_text(row.erased_at),
                batch=row.batch,
                because=Because(row.because),
            )
            for row in rows
        )


def repeat_erasures(connection: Connection) -> None:
    """Erase again what was erased: of a copy from before, or by a journal with gaps."""
    again = registration.c.id.in_(select(erased.c.registration_id))
    for row in connection.execute(select(registration).where(again)).mappings().all():
        _remove(connection, dict(row))
        because = select(erased.c.because).where(erased.c.registration_id == row["id"])
        if connection.execute(because).scalar() == Because.ASKED.value:
            # The centre has still to be told.
            told = {"registration_id": row["id"], "revision": row["revision"] + 1}
            connection.execute(insert(outbox), told)


def _remove(connection: Connection, of: Mapping[str, Any]) -> None:
    """Remove a stored registration and all that hangs on it."""
    run, id_ = connection.execute, of["id"]
    search.forget(connection, id_)
    run(delete(invitation).where(_invites(of)))
    run(update(invitation).where(invitation.c.registration_id == id_).values(registration_id=""))
    for table in (correction, payment, print_job, outbox, receipt, parked, incoming):
        run(delete(table).where(table.c.registration_id == id_))
    run(delete(registration).where(registration.c.id == id_))
    # A digest of a small batch would be one of the person's NIK.
    in_batch = (batch.c.number == of["batch"]) & (batch.c.digest != "")
    run(update(batch).where(in_batch).values(digest=NO_DIGEST))


def _invites(of: Mapping[str, Any]) -> ColumnElement[bool]:
    """By NIK; without one only by name and telephone together, as a telephone may be a family's."""
    column = invitation.c
    same = and_(column.nik == "", column.name == of["name"], column.phone == of["phone"])
    return or_(column.nik == of["nik"], and_(same, column.phone != ""))
