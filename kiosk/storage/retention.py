"""What is kept for a time, within the transaction of a Record."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.print_job import PrintState
from kiosk.domain.rights import RequestState
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.tables import (
    ASKED,
    invitation,
    print_job,
    registration,
    rights_request,
    store_fact,
)

PURGED_AT = "purged_at"
COPIES_BEHIND = "copies_behind"
"""The fact that something was deleted here which copies of the store may still hold."""


@dataclass(frozen=True, slots=True)
class LatestSlip:
    """How the latest slip of a registration stands."""

    job_id: int
    copy: int
    state: PrintState


class RetentionRecord:
    """Finds and deletes what has been kept for long enough."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def purged_at(self) -> datetime | None:
        """Return when what is kept for days was last gone through, or None."""
        at = self._fact(PURGED_AT)
        return from_text(at) if at else None

    def note_purged(self, at: datetime) -> None:
        """Note that what is kept for days was gone through."""
        self._keep_fact(PURGED_AT, to_text(at))

    def copies_are_behind(self) -> bool:
        """Tell whether copies of the store may hold what it no longer has."""
        return self._fact(COPIES_BEHIND) is not None

    def note_copies(self, *, behind: bool) -> None:
        """Note whether copies of the store may hold what it no longer has."""
        if behind:
            self._keep_fact(COPIES_BEHIND, "1")
        else:
            self._connection.execute(delete(store_fact).where(store_fact.c.name == COPIES_BEHIND))

    def drop_invitations_before(self, moment: datetime) -> int:
        """Delete who was invited before `moment` and has not registered; match them before."""
        never_came = (invitation.c.registration_id == "") & (invitation.c.at < to_text(moment))
        return self._connection.execute(delete(invitation).where(never_came)).rowcount

    def drop_requests_before(self, moment: datetime) -> int:
        """Delete the requests that were closed before `moment`."""
        closed = rights_request.c.state != RequestState.OPEN.value
        old = closed & (rights_request.c.closed_at < to_text(moment))
        return self._connection.execute(delete(rights_request).where(old)).rowcount

    def removable(self, ids: Collection[str]) -> tuple[Mapping[str, Any], ...]:
        """Return the stored registrations of these ids that nobody has asked anything about."""
        waits = exists().where(rights_request.c.registration_id == registration.c.id, ASKED)
        rows = self._connection.execute(
            select(registration).where(registration.c.id.in_(ids), ~waits)
        )
        return tuple(dict(row) for row in rows.mappings())

    def latest_slips(self, numbers: Collection[str]) -> Mapping[str, LatestSlip]:
        """Return how the latest slips of these registrations' numbers stand."""
        later = print_job.alias()
        is_last = ~exists().where(
            later.c.registration_id == print_job.c.registration_id, later.c.copy > print_job.c.copy
        )
        rows = self._connection.execute(
            select(registration.c.number, print_job.c.id, print_job.c.copy, print_job.c.state)
            .join(print_job, print_job.c.registration_id == registration.c.id)
            .where(registration.c.number.in_(numbers), is_last)
        )
        return {row.number: LatestSlip(row.id, row.copy, PrintState(row.state)) for row in rows}

    def _fact(self, name: str) -> str | None:
        value = select(store_fact.c.value).where(store_fact.c.name == name)
        return self._connection.execute(value).scalar()

    def _keep_fact(self, name: str, value: str) -> None:
        kept = upsert(store_fact).values(name=name, value=value)
        self._connection.execute(
            kept.on_conflict_do_update(index_elements=["name"], set_={"value": value})
        )
