"""The slips on their way to paper, and the paper itself, within the transaction of a Record."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.paper import PaperCount
from kiosk.domain.print_job import UNFINISHED, Hold, PrintJob, PrintState
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.tables import SLIP_NOT_OUT, print_job, registration, store_fact


@dataclass(frozen=True, slots=True)
class WaitingSlip:
    """A slip that is not known to be out: whose it is, and since when it stands so."""

    job: PrintJob
    name: str
    since: datetime


_NUMBER = select(registration.c.number).where(registration.c.id == print_job.c.registration_id)
SLIPS = select(print_job, _NUMBER.scalar_subquery().label("number"))
"""Rows for job_from_row()."""

_NOT_OUT = text(f"""
    SELECT j.*, r.number, r.name FROM print_job j JOIN registration r ON r.id = j.registration_id
    WHERE j.{SLIP_NOT_OUT} AND (j.state IN ('owed', 'rendering', 'sent', 'printing')
        OR r.status IN ('registered', 'handed_over', 'accepted') AND NOT EXISTS (
            SELECT 1 FROM print_job k WHERE k.registration_id = j.registration_id
            AND k.copy > j.copy))
    ORDER BY j.id LIMIT :most
""")  # noqa: S608
_UNFINISHED = sorted(state.value for state in UNFINISHED)
_PAPER = "paper"


def job_from_row(row: Any) -> PrintJob:
    """Return the slip of a row of SLIPS."""
    return PrintJob(
        id=row.id,
        registration_id=row.registration_id,
        number=row.number,
        copy=row.copy,
        state=PrintState(row.state),
        evidence=row.evidence,
        hold=Hold(row.hold) if row.hold else None,
        attempt=row.attempt,
        handle=row.handle,
        remark=row.remark,
    )


class PrintRecord:
    """Reads and writes what the print thread works with."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def slip(self, registration_id: str, copy: int = 0) -> PrintJob | None:
        """Return one copy of a registration's slip, or None."""
        column = print_job.c
        found = self._jobs(and_(column.registration_id == registration_id, column.copy == copy))
        return found[0] if found else None

    def latest(self, registration_id: str) -> PrintJob | None:
        """Return the slip last owed for a registration, or None."""
        found = self._jobs(print_job.c.registration_id == registration_id)
        return max(found, key=lambda job: job.copy, default=None)

    def unfinished(self) -> tuple[PrintJob, ...]:
        """Return the slips that the kiosk still sees to by itself, the longest waiting first."""
        # The first condition is in the second, but only the first finds the index.
        return self._jobs(and_(SLIP_NOT_OUT, print_job.c.state.in_(_UNFINISHED)))

    def not_out(self, most: int) -> tuple[WaitingSlip, ...]:
        """Return the slips that are not known to be out, the longest owed first, at most so many.

        A slip that the kiosk no longer sees to by itself counts only while it is the last one of
        its registration, and would still say what is true.
        """
        return tuple(
            WaitingSlip(job_from_row(row), row.name, from_text(row.changed_at))
            for row in self._connection.execute(_NOT_OUT, {"most": most})
        )

    def begin(self, job: PrintJob, at: datetime) -> PrintJob | None:
        """Count one more attempt at a slip; None if it is not wanted any more."""
        begun = replace(
            job,
            state=PrintState.RENDERING,
            evidence="",
            hold=None,
            attempt=job.attempt + 1,
            handle="",
        )
        return begun if self.advance(begun, at) else None

    def advance(self, job: PrintJob, at: datetime) -> bool:
        """Note how far a slip has come, unless a person has said what became of it meanwhile."""
        written = self._connection.execute(
            update(print_job)
            .where(print_job.c.id == job.id, print_job.c.state.in_(_UNFINISHED))
            .values(
                state=job.state.value,
                evidence=job.evidence,
                hold=job.hold.value if job.hold else "",
                attempt=job.attempt,
                handle=job.handle,
                changed_at=to_text(at),
            )
        )
        return written.rowcount == 1

    def settle(self, job_id: int, state: PrintState, evidence: str, at: datetime) -> None:
        """Note what a person, or an order of the staff, makes of a slip."""
        self._connection.execute(
            update(print_job)
            .where(print_job.c.id == job_id)
            .values(state=state.value, evidence=evidence, hold="", changed_at=to_text(at))
        )

    def hold_owed(self, hold: Hold | None) -> tuple[PrintJob, ...]:
        """Note what all slips wait for that no printer has yet; returns those it is news for."""
        word = hold.value if hold else ""
        owed = and_(
            SLIP_NOT_OUT, print_job.c.state == PrintState.OWED.value, print_job.c.hold != word
        )
        found = self._jobs(owed)
        if found:
            self._connection.execute(update(print_job).where(owed).values(hold=word))
        return tuple(replace(job, hold=hold) for job in found)

    def begun(self, registration_id: str) -> tuple[PrintJob, ...]:
        """Return every slip of a registration that a printer may know of."""
        column = print_job.c
        return self._jobs(and_(column.registration_id == registration_id, column.attempt > 0))

    def paper(self) -> PaperCount:
        """Return what is known of the paper."""
        kept = select(store_fact.c.value).where(store_fact.c.name == _PAPER)
        text = self._connection.execute(kept).scalar()
        if text is None:
            return PaperCount()
        plain = json.loads(text)
        since = from_text(plain["since"]) if plain["since"] else None
        return PaperCount(plain["used"], since, tuple(plain["lasted"]), ran_out=plain["ran_out"])

    def set_paper(self, paper: PaperCount) -> None:
        """Keep what is known of the paper."""
        plain = {
            "used": paper.used,
            "since": to_text(paper.since) if paper.since else "",
            "lasted": paper.lasted,
            "ran_out": paper.ran_out,
        }
        kept = upsert(store_fact).values(name=_PAPER, value=json.dumps(plain))
        self._connection.execute(
            kept.on_conflict_do_update(index_elements=["name"], set_={"value": kept.excluded.value})
        )

    def _jobs(self, where: Any) -> tuple[PrintJob, ...]:
        rows = self._connection.execute(SLIPS.where(where).order_by(print_job.c.id))
        return tuple(job_from_row(row) for row in rows)
