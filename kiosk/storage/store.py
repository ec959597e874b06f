"""The kiosk's record as its use cases see it: dataclasses in, dataclasses out, one commit each."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import SystemRandom
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError, IntegrityError

from kiosk.domain.print_job import PrintJob, PrintState
from kiosk.domain.registration import Registration
from kiosk.domain.registration_number import PROVISIONAL_KIOSK_NUMBERS
from kiosk.storage import tables
from kiosk.storage.engine import StoreFailure, open_engine
from kiosk.storage.handover import HandOverRecord
from kiosk.storage.rows import registration_from_row, registration_row, to_text
from kiosk.storage.staff import StaffRecord

# The statements of every visit are built once: building takes SQLAlchemy longer than running.
_FACTS = select(tables.store_fact.c.name, tables.store_fact.c.value)
_STANDING = select(
    exists().where(tables.registration.c.id == bindparam("draft_id")),
    exists().where(tables.registration.c.nik == bindparam("nik"), tables.IN_FORCE),
    select(func.coalesce(func.max(tables.registration.c.counter), 0))
    .where(tables.registration.c.incarnation == bindparam("incarnation"))
    .scalar_subquery(),
)
_FIND = select(tables.registration).where(tables.registration.c.id == bindparam("registration_id"))
_ADD_REGISTRATION = insert(tables.registration)
_ADD_AUDIT = insert(tables.audit)
_ADD_TO_OUTBOX = insert(tables.outbox)
_ADD_PRINT_JOB = insert(tables.print_job)
_DROP_DRAFT = delete(tables.draft).where(tables.draft.c.id == bindparam("draft_id"))
_DROP_DRAFTS_BEFORE = delete(tables.draft).where(tables.draft.c.changed_at < bindparam("moment"))
_NEW_DRAFT = upsert(tables.draft)
_SAVE_DRAFT = _NEW_DRAFT.on_conflict_do_update(
    index_elements=["id"],
    set_={
        "answers": _NEW_DRAFT.excluded.answers,
        "changed_at": _NEW_DRAFT.excluded.changed_at,
    },
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Which kiosk this store is: its number and the incarnation of the store."""

    kiosk_number: str
    incarnation: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a new registration meets in the store."""

    same_draft: Registration | None
    nik_in_force: bool
    next_counter: int


class Record:
    """The open record within one transaction; it commits when the block ends well."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def staff(self) -> StaffRecord:
        """The accounts of the staff."""
        return StaffRecord(self._connection)

    @property
    def handover(self) -> HandOverRecord:
        """What goes to the branch and comes back, and the lists of the dinas."""
        return HandOverRecord(self._connection)

    def identity(self) -> Identity:
        """Return who this store is, drawing a provisional number the first time."""
        facts: dict[str, str] = dict(iter(self._connection.execute(_FACTS)))
        if "incarnation" not in facts:
            number = str(SystemRandom().choice(PROVISIONAL_KIOSK_NUMBERS))
            facts = {"kiosk_number": number, "incarnation": str(uuid4())}
            rows = [{"name": name, "value": value} for name, value in facts.items()]
            self._connection.execute(insert(tables.store_fact), rows)
        return Identity(facts["kiosk_number"], facts["incarnation"])

    def standing(self, draft_id: str, nik: str, incarnation: str) -> Standing:
        """Tell whether the draft or the NIK is registered already, and the next counter."""
        asked = {"draft_id": draft_id, "nik": nik, "incarnation": incarnation}
        draft_known, nik_known, counter = self._connection.execute(_STANDING, asked).one()
        same_draft = self.find(draft_id) if draft_known else None
        return Standing(same_draft, bool(nik_known), counter + 1)

    def find(self, registration_id: str) -> Registration | None:
        """Return the registration of this id, or None."""
        row = self.row(registration_id)
        return None if row is None else registration_from_row(row)

    def row(self, registration_id: str) -> Mapping[str, Any] | None:
        """Return the registration of this id as it is stored, or None."""
        asked = {"registration_id": registration_id}
        row = self._connection.execute(_FIND, asked).mappings().one_or_none()
        return None if row is None else dict(row)

    def row_of_number(self, number: str) -> Mapping[str, Any]:
        """Return the registration of this number as it is stored; raises KeyError if none is."""
        statement = select(tables.registration).where(tables.registration.c.number == number)
        row = self._connection.execute(statement).mappings().one_or_none()
        if row is None:
            raise KeyError("no registration has this number")
        return dict(row)

    def add(self, registration: Registration, counter: int) -> None:
        """Write a registration with its audit entry, outbox row and owed slip; drop its draft."""
        at = to_text(registration.registered_at)
        run = self._connection.execute
        run(_ADD_REGISTRATION, registration_row(registration, counter))
        run(_ADD_AUDIT, {"at": at, "event": "registered", "registration_id": registration.id})
        run(
            _ADD_TO_OUTBOX,
            {"registration_id": registration.id, "revision": registration.revision},
        )
        run(
            _ADD_PRINT_JOB,
            {
                "registration_id": registration.id,
                "copy": 0,
                "state": PrintState.OWED.value,
                "evidence": "",
                "changed_at": at,
            },
        )
        run(_DROP_DRAFT, {"draft_id": registration.id})

    def save_draft(self, draft_id: str, answers: Mapping[str, object], at: datetime) -> None:
        """Keep the answers given so far, replacing what was kept before."""
        text = json.dumps(answers, ensure_ascii=False)
        kept = {"id": draft_id, "answers": text, "changed_at": to_text(at)}
        self._connection.execute(_SAVE_DRAFT, kept)

    def draft(self, draft_id: str) -> Mapping[str, Any] | None:
        """Return the answers kept under this id, or None."""
        statement = select(tables.draft.c.answers).where(tables.draft.c.id == draft_id)
        text = self._connection.execute(statement).scalar_one_or_none()
        return None if text is None else json.loads(text)

    def drop_draft(self, draft_id: str) -> None:
        """Destroy one draft."""
        self._connection.execute(_DROP_DRAFT, {"draft_id": draft_id})

    def drop_drafts_before(self, moment: datetime) -> None:
        """Destroy every draft that was last changed before `moment`."""
        self._connection.execute(_DROP_DRAFTS_BEFORE, {"moment": to_text(moment)})

    def print_job(self, registration_id: str, copy: int = 0) -> PrintJob | None:
        """Return the slip job of a registration, or None."""
        job = tables.print_job.c
        where = (job.registration_id == registration_id) & (job.copy == copy)
        found = self._jobs(where)
        return found[0] if found else None

    def unfinished_print_jobs(self) -> tuple[PrintJob, ...]:
        """Return the slips that were never sent to a printer, the longest waiting first."""
        waiting = (PrintState.OWED.value, PrintState.RENDERING.value)
        return self._jobs(tables.print_job.c.state.in_(waiting))

    def advance_print(self, job_id: int, state: PrintState, evidence: str, at: datetime) -> bool:
        """Note how far a slip has come, unless a person has said what became of it meanwhile."""
        job = tables.print_job.c
        open_states = (PrintState.OWED.value, PrintState.RENDERING.value)
        advanced = self._connection.execute(
            update(tables.print_job)
            .where(job.id == job_id, job.state.in_(open_states))
            .values(state=state.value, evidence=evidence, changed_at=to_text(at))
        )
        return advanced.rowcount == 1

    def set_print_state(self, job_id: int, state: PrintState, evidence: str, at: datetime) -> None:
        """Note how far a slip has come and how that is known."""
        self._connection.execute(
            update(tables.print_job)
            .where(tables.print_job.c.id == job_id)
            .values(state=state.value, evidence=evidence, changed_at=to_text(at))
        )

    def _jobs(self, where: Any) -> tuple[PrintJob, ...]:
        job = tables.print_job.c
        statement = select(job.id, job.registration_id, job.copy, job.state, job.evidence)
        rows = self._connection.execute(statement.where(where).order_by(job.id))
        return tuple(
            PrintJob(row.id, row.registration_id, row.copy, PrintState(row.state), row.evidence)
            for row in rows
        )


class Store:
    """The open store. Each thread takes its own transaction from it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def transaction(self) -> Iterator[Record]:
        """Give the record for one transaction; an exception inside undoes all of it.

        Raises StoreFailure "S 14" when the disk is full, read-only or fails, or the file is
        damaged.
        """
        try:
            with self._engine.begin() as connection:
                yield Record(connection)
        except IntegrityError:
            raise  # a bug, not a failure of the surroundings
        except DatabaseError as error:
            raise StoreFailure("S 14", f"the store cannot be written: {error.orig}") from None

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def open_store(folder: Path, key: bytes) -> Store:
    """Open the encrypted store in `folder`; see kiosk.storage.engine.open_engine."""
    return Store(open_engine(folder, key))
