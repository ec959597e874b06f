"""The kiosk's record as its use cases see it: dataclasses in, dataclasses out, one commit each."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from random import SystemRandom
from typing import Any
from uuid import uuid4

import sqlcipher3
from sqlalchemy import (
    ClauseElement,
    Connection,
    Engine,
    Integer,
    ScalarSelect,
    Table,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError, IntegrityError

from kiosk.clock import Fix
from kiosk.domain.print_job import PrintState
from kiosk.domain.registration import Registration
from kiosk.domain.registration_number import PRACTICE_KIOSK_NUMBER, PROVISIONAL_KIOSK_NUMBERS
from kiosk.storage import tables
from kiosk.storage.audit import AuditRecord
from kiosk.storage.centre import CentreRecord
from kiosk.storage.configuration import ConfigurationRecord
from kiosk.storage.desk import DeskRecord
from kiosk.storage.engine import (
    READING,
    SCHEMA_HEAD,
    STORE_FILE,
    Key,
    StoreFailure,
    make_engine,
    open_engine,
    schema_version,
)
from kiosk.storage.facts import COPIES_ARE_OLD, FLOOR, OF_ANOTHER_KEY, drop_fact, fact, keep_fact
from kiosk.storage.funnel import FunnelRecord
from kiosk.storage.gate import Gate
from kiosk.storage.handover import HandOverRecord
from kiosk.storage.orders import OrderRecord
from kiosk.storage.prints import PrintRecord
from kiosk.storage.recap import DayRecord
from kiosk.storage.reports import ReportRecord
from kiosk.storage.retention import RetentionRecord
from kiosk.storage.rights import RightsRecord
from kiosk.storage.rows import from_text, registration_from_row, registration_row, to_text
from kiosk.storage.settings import SettingRecord
from kiosk.storage.staff import StaffRecord


@cache
def _sql(statement: ClauseElement, names: tuple[str, ...]) -> str:
    return str(statement.compile(dialect=_NAMED, column_keys=names))


def _fact(name: str) -> ScalarSelect[str]:
    of_this_name = tables.store_fact.c.name == literal_column(f"'{name}'")
    return select(tables.store_fact.c.value).where(of_this_name).scalar_subquery()


def _last_counter(table: Table) -> Any:
    """The last counter that this incarnation of the store has given, as far as a table tells."""
    last = select(func.max(table.c.counter)).where(table.c.incarnation == _INCARNATION)
    return func.coalesce(last.scalar_subquery(), literal_column("0"))


CLOCK_FIX = "clock_fix"
"""The fact that keeps the last trusted time."""
READINESS = "readiness"
"""The fact that keeps the last readiness report."""
PRACTICE = "practice"
"""The fact that marks a store to practise in."""

_NAMED = dialect(paramstyle="named")
# The statements of every visit are built once: building takes SQLAlchemy longer than running.
_FACTS = select(tables.store_fact.c.name, tables.store_fact.c.value)
_INCARNATION = _fact("incarnation")
_STANDING = select(
    _fact("kiosk_number"),
    _INCARNATION,
    exists().where(tables.registration.c.id == bindparam("draft_id")),
    exists().where(tables.registration.c.nik == bindparam("nik"), tables.IN_FORCE),
    func.max(
        _last_counter(tables.registration),
        _last_counter(tables.erased),
        # A restored or copied store goes on behind what the other may have given.
        cast(func.coalesce(_fact(FLOOR), literal_column("'0'")), Integer),
    ),
)
_FIND = select(tables.registration).where(tables.registration.c.id == bindparam("registration_id"))
_FIND_NUMBER = select(tables.registration).where(
    tables.registration.c.number == bindparam("number")
)
_OF_NIK = select(tables.registration).where(tables.registration.c.nik == bindparam("nik"))
_FIND_NIK = _OF_NIK.where(tables.IN_FORCE)
_FIND_NIK_OF_BEFORE = (
    _OF_NIK.where(tables.OUT_OF_FORCE)
    .order_by(tables.registration.c.registered_at.desc(), tables.registration.c.counter.desc())
    .limit(1)
)
# Whatever fails undoes the whole transaction: so SQLite need not keep copies of all the pages that
# each statement writes, which it does for statements with triggers.
_ADD_REGISTRATION = insert(tables.registration).prefix_with("OR FAIL")
_ADD_AUDIT = insert(tables.audit).prefix_with("OR FAIL")
_ADD_TO_OUTBOX = insert(tables.outbox).prefix_with("OR FAIL")
_ADD_PRINT_JOB = insert(tables.print_job)
_DROP_DRAFT = delete(tables.draft).where(tables.draft.c.id == bindparam("draft_id"))
_DROP_DRAFTS_OF = delete(tables.draft).where(
    (tables.draft.c.id == bindparam("draft_id"))
    | (func.json_extract(tables.draft.c.answers, literal_column("'$.nik'")) == bindparam("nik"))
)
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
class Draft:
    """What was half entered, as plain values."""

    id: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tries:
    """How many proofs failed of late: of one person, and on the whole kiosk."""

    of_one: int
    of_all: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What a new registration meets in the store."""

    identity: Identity
    same_draft: Registration | None
    nik_in_force: bool
    next_counter: int


class Record:
    """The open record within one transaction; it commits when the block ends well."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cursor = connection.connection.cursor()

    @property
    def audit(self) -> AuditRecord:
        """The audit as a whole."""
        return AuditRecord(self._connection)

    @property
    def centre(self) -> CentreRecord:
        """What stands between this kiosk and the centre."""
        return CentreRecord(self._connection)

    @property
    def staff(self) -> StaffRecord:
        """The accounts of the staff."""
        return StaffRecord(self._connection)

    @property
    def settings(self) -> SettingRecord:
        """What was set on this kiosk's screen."""
        return SettingRecord(self._connection)

    @property
    def configuration(self) -> ConfigurationRecord:
        """What the kabupaten published."""
        return ConfigurationRecord(self._connection)

    @property
    def orders(self) -> OrderRecord:
        """What the kabupaten's admin asked of this kiosk."""
        return OrderRecord(self._connection)

    @property
    def desk(self) -> DeskRecord:
        """The registrations as the staff sees and changes them."""
        return DeskRecord(self._connection)

    @property
    def handover(self) -> HandOverRecord:
        """What goes to the branch and comes back, and the lists of the dinas."""
        return HandOverRecord(self._connection)

    @property
    def retention(self) -> RetentionRecord:
        """What is kept for a time."""
        return RetentionRecord(self._connection)

    @property
    def rights(self) -> RightsRecord:
        """What people asked about their own data, and what was erased."""
        return RightsRecord(self._connection)

    @property
    def prints(self) -> PrintRecord:
        """The slips on their way to paper, and the paper."""
        return PrintRecord(self._connection)

    @property
    def funnel(self) -> FunnelRecord:
        """How far visits came."""
        return FunnelRecord(self._connection)

    def report(self, office: str) -> ReportRecord:
        """The numbers of the record; `office` is the kecamatan's code."""
        return ReportRecord(self._connection, office)

    def day(self, begin: datetime, end: datetime) -> DayRecord:
        """One day of the record, for its recap."""
        return DayRecord(self._connection, begin, end)

    def is_practice(self) -> bool:
        """Tell whether this store is one to practise in: nobody in it exists."""
        return self._connection.execute(select(_fact(PRACTICE))).scalar() is not None

    def begin_practice(self) -> None:
        """Make this empty store one to practise in, for good."""
        facts = {PRACTICE: "1", "kiosk_number": PRACTICE_KIOSK_NUMBER, "incarnation": str(uuid4())}
        rows = [{"name": name, "value": value} for name, value in facts.items()]
        self._connection.execute(insert(tables.store_fact), rows)

    def identity(self) -> Identity:
        """Return who this store is, drawing a provisional number the first time."""
        facts: dict[str, str] = dict(self._run(_FACTS))
        if "incarnation" not in facts:
            number = str(SystemRandom().choice(PROVISIONAL_KIOSK_NUMBERS))
            facts = {"kiosk_number": number, "incarnation": str(uuid4())}
            rows = [{"name": name, "value": value} for name, value in facts.items()]
            self._connection.execute(insert(tables.store_fact), rows)
        return Identity(facts["kiosk_number"], facts["incarnation"])

    def clock_fix(self) -> Fix | None:
        """Return the last time that was trusted on this store, or None."""
        kept = self._connection.execute(select(_fact(CLOCK_FIX))).scalar()
        if kept is None:
            return None
        at, boot, monotonic_ms = kept.split()
        return Fix(from_text(at), boot, float(monotonic_ms))

    def keep_clock_fix(self, fix: Fix) -> None:
        """Keep a time that is trusted, in place of the one before."""
        value = f"{to_text(fix.at)} {fix.boot} {fix.monotonic_ms:.0f}"
        keep_fact(self._cursor, CLOCK_FIX, value)

    def readiness(self) -> str:
        """Return the last readiness report as it was written, "" if there is none."""
        return fact(self._cursor, READINESS)

    def keep_readiness(self, report: str) -> None:
        """Keep a readiness report, in place of the one before."""
        keep_fact(self._cursor, READINESS, report)

    def standing(self, draft_id: str, nik: str) -> Standing:
        """Tell who this store is, whether the draft or the NIK is registered, and the next counter.

        `next_counter` counts within the store's incarnation.
        """
        (found,) = self._run(_STANDING, draft_id=draft_id, nik=nik)
        number, incarnation, draft_known, nik_known, counter = found
        identity = Identity(number, incarnation) if incarnation else self.identity()
        same_draft = self.find(draft_id) if draft_known else None
        return Standing(identity, same_draft, bool(nik_known), counter + 1)

    def outdate_copies(self, *, key_changes: bool = False) -> None:
        """Note that journal and backups hold what the store no longer has, or are of an old key.

        Whoever tends the store makes them anew, also after a power cut; see KeptStore.
        """
        keep_fact(self._cursor, COPIES_ARE_OLD, OF_ANOTHER_KEY if key_changes else "1")

    def copies_are_new(self) -> None:
        """Note that no copy holds more than the store."""
        drop_fact(self._cursor, COPIES_ARE_OLD)

    def find(self, registration_id: str) -> Registration | None:
        """Return the registration of this id, or None."""
        row = self.row(registration_id)
        return None if row is None else registration_from_row(row)

    def row(self, registration_id: str) -> Mapping[str, Any] | None:
        """Return the registration of this id as it is stored, or None."""
        asked = {"registration_id": registration_id}
        row = self._connection.execute(_FIND, asked).mappings().one_or_none()
        return None if row is None else dict(row)

    def find_number(self, number: str) -> Registration | None:
        """Return the registration of this number, whatever became of it, or None."""
        return self._one(_FIND_NUMBER, {"number": number})

    def find_nik(self, nik: str) -> Registration | None:
        """Return the registration of this NIK: the one in force, else the latest, or None."""
        asked = {"nik": nik}
        return self._one(_FIND_NIK, asked) or self._one(_FIND_NIK_OF_BEFORE, asked)

    def _one(self, statement: Any, asked: Mapping[str, str]) -> Registration | None:
        row = self._connection.execute(statement, asked).mappings().one_or_none()
        return None if row is None else registration_from_row(dict(row))

    def row_of_number(self, number: str) -> Mapping[str, Any]:
        """Return the registration of this number as it is stored; raises KeyError if none is."""
        statement = select(tables.registration).where(tables.registration.c.number == number)
        row = self._connection.execute(statement).mappings().one_or_none()
        if row is None:
            raise KeyError("no registration has this number")
        return dict(row)

    def add(self, registration: Registration, counter: int, actor: str = "") -> None:
        """Write a registration with its audit entry, outbox row and owed slip.

        Its draft is destroyed, and every other one of the same NIK. `actor` is the account of who
        typed it, empty for the resident.
        """
        at, id_ = registration.registered_at, registration.id
        self._run(_ADD_REGISTRATION, **registration_row(registration, counter))
        self.add_audit("registered", id_, at, actor)
        self._run(_ADD_TO_OUTBOX, registration_id=id_, revision=registration.revision)
        self.add_print_job(id_, 0, at)
        self.drop_drafts_of(id_, registration.application.resident.nik)

    def add_audit(self, event: str, registration_id: str, at: datetime, actor: str = "") -> None:
        """Note what was done with a registration."""
        self._run(
            _ADD_AUDIT, at=to_text(at), event=event, registration_id=registration_id, actor=actor
        )

    def add_print_job(
        self, registration_id: str, copy: int, at: datetime, remark: str = ""
    ) -> None:
        """Owe a slip; `copy` 0 is the original."""
        self._run(
            _ADD_PRINT_JOB,
            registration_id=registration_id,
            copy=copy,
            state=PrintState.OWED.value,
            evidence="",
            changed_at=to_text(at),
            remark=remark,
        )

    def save_draft(self, draft_id: str, answers: Mapping[str, object], at: datetime) -> None:
        """Keep the answers given so far, replacing what was kept before."""
        text = json.dumps(answers, ensure_ascii=False)
        self._run(_SAVE_DRAFT, id=draft_id, answers=text, changed_at=to_text(at))

    def draft(self, draft_id: str) -> Mapping[str, Any] | None:
        """Return the answers kept under this id, or None."""
        statement = select(tables.draft.c.answers).where(tables.draft.c.id == draft_id)
        text = self._connection.execute(statement).scalar_one_or_none()
        return None if text is None else json.loads(text)

    def drafts(self) -> tuple[Draft, ...]:
        """Return all that is half entered, the latest first."""
        kept = tables.draft.c
        rows = self._connection.execute(
            select(kept.id, kept.answers).order_by(kept.changed_at.desc())
        )
        return tuple(Draft(row.id, json.loads(row.answers)) for row in rows)

    def drop_draft(self, draft_id: str) -> None:
        """Destroy one draft."""
        self._run(_DROP_DRAFT, draft_id=draft_id)

    def drop_drafts_of(self, draft_id: str, nik: str) -> None:
        """Destroy one draft and every other one of that NIK."""
        self._run(_DROP_DRAFTS_OF, draft_id=draft_id, nik=nik)

    def drop_drafts_before(self, moment: datetime) -> None:
        """Destroy every draft that was last changed before `moment`."""
        self._run(_DROP_DRAFTS_BEFORE, moment=to_text(moment))

    def add_failed_proof(self, of: str, at: datetime) -> None:
        """Note that a proof failed; `of` stands for whom it was about."""
        self._connection.execute(insert(tables.failed_proof), {"of": of, "at": to_text(at)})

    def failed_proofs(self, of: str) -> Tries:
        """Count the failed proofs that are kept."""
        failed = tables.failed_proof.c
        counts = select(func.count(case((failed.of == of, 1))), func.count())
        return Tries(*self._connection.execute(counts.select_from(tables.failed_proof)).one())

    def drop_failed_proofs_of(self, of: str) -> None:
        """Forget the failed proofs about one person."""
        self._connection.execute(delete(tables.failed_proof).where(tables.failed_proof.c.of == of))

    def drop_failed_proofs_before(self, moment: datetime) -> None:
        """Forget the failed proofs from before `moment`."""
        old = tables.failed_proof.c.at < to_text(moment)
        self._connection.execute(delete(tables.failed_proof).where(old))

    def has_registrations(self) -> bool:
        """Tell whether anybody has ever registered here."""
        there = exists().select_from(tables.registration), exists().select_from(tables.erased)
        return bool(self._connection.execute(select(there[0] | there[1])).scalar())

    def bring_back_to(self, now: datetime) -> None:
        """Let nothing be younger than now.

        After the clock was set back, what is half said and failed tries would otherwise outlive
        their time, or a limit be over too early.
        """
        at = to_text(now)
        for column in (
            tables.draft.c.changed_at,
            tables.failed_proof.c.at,
            tables.half_done.c.at,
            tables.wrong_pin.c.last_at,
        ):
            late = update(column.table).where(column > at)
            self._connection.execute(late.values({column.name: at}))

    def _run(self, statement: ClauseElement, **values: object) -> Any:
        """Run one of the statements above by the driver itself, still within the transaction.

        SQLAlchemy only puts it into SQL, once; to run it would take longer than the store takes.
        """
        return self._cursor.execute(_sql(statement, tuple(values)), values)


class Store:
    """The open store. Each thread takes its own transaction from it."""

    def __init__(self, engine: Engine) -> None:
        self._gate = Gate()
        self._on_commit: Callable[[], None] | None = None
        self._use(engine)

    def _use(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(**{READING: True})

    def transaction(self) -> AbstractContextManager[Record]:
        """Give the record for one transaction; an exception inside undoes all of it.

        Raises StoreFailure "S 14" when the disk is full, read-only or fails, or the file is
        damaged.
        """
        return self._begin(reading=False)

    def reading(self) -> AbstractContextManager[Record]:
        """Give the record as it stands now, for reading alone: it neither waits nor is waited for.

        Raises StoreFailure "S 14" when the disk fails or the file is damaged.
        """
        return self._begin(reading=True)

    @contextmanager
    def _begin(self, *, reading: bool) -> Iterator[Record]:
        try:
            with self._gate.passing():
                engine = self._reading if reading else self._engine
                with engine.connect() as connection:
                    with connection.begin():
                        yield Record(connection)
                    if not reading:
                        self._committed(connection)
                if not reading and self._on_commit is not None:
                    self._on_commit()
        except (IntegrityError, sqlcipher3.IntegrityError):
            raise  # a bug, not a failure of the surroundings
        except (DatabaseError, sqlcipher3.DatabaseError) as error:
            reason = error.orig if isinstance(error, DatabaseError) else error
            if reason is not None:
                self._note_damage(reason)
            raise StoreFailure("S 14", f"the store cannot be written: {reason}") from None

    def tell_commits(self, told: Callable[[], None] | None) -> None:
        """Call `told` after every commit, on the thread that made it: it must return at once."""
        self._on_commit = told

    def _committed(self, connection: Connection) -> None:
        """After each commit, before anybody is told of it; must not fail."""

    def _note_damage(self, error: BaseException) -> None:
        """An error of the driver, which may mean that the file is damaged."""

    def forget_copies(self) -> bool:
        """Let no copy of the store hold what it no longer has; False when one still does."""
        return True

    def clear_log(self) -> bool:
        """Bring the log into the file and empty it, so that what was erased is in neither.

        False when somebody else reads or writes for longer than the store waits. Raises
        StoreFailure "S 14" when the disk fails.
        """
        with self._gate.passing():
            connection = self._engine.raw_connection()
            try:
                row = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlcipher3.DatabaseError as error:
                raise StoreFailure("S 14", f"the store cannot be written: {error}") from None
            finally:
                connection.close()
        return bool(row[0] == 0)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def open_store(folder: Path, key: Key) -> Store:
    """Open the encrypted store in `folder`; see kiosk.storage.engine.open_engine."""
    return Store(open_engine(folder, key))


def look_into(folder: Path, key: Key) -> Store | None:
    """Open a store as it is, to read what stands in it; None for one of another version, or none.

    Nothing is made, mended or brought up to date. The caller closes it.
    """
    file = folder / STORE_FILE
    if not file.exists():
        return None
    engine = make_engine(file, key)
    try:
        with engine.connect() as connection:
            version = schema_version(connection)
    except DatabaseError:
        version = None
    if version == SCHEMA_HEAD:
        return Store(engine)
    engine.dispose()
    return None
