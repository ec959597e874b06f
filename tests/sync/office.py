"""A kiosk that has joined a real centre, with a real store; people who do not exist."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from central.fixtures import Centre
from central.kiosks import OFFICE, SECRET
from keeping import Kept
from samples import StillClock, make_application, nik_of
from sqlalchemy import text

from kiosk.domain.centre import SyncStatus
from kiosk.domain.registration import Registration
from kiosk.registration import Registered, register
from kiosk.storage.audit import Deed
from kiosk.storage.centre import Membership
from kiosk.storage.store import Store
from kiosk.sync.line import Answered, CallOutcome, Line, NotReached, open_line
from kiosk.sync.talk import Exchanged, Talk, Went
from kiosk.sync.worker import read_status

VERSION = "0.1.0"
Row = dict[str, Any]


class Faults:
    """A line on which a test lets things go wrong; what is not named goes to the real one."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.lose_answers = 0
        self.instead: list[CallOutcome] = []
        self.asked: list[str] = []

    def call(self, function: str, request: str, patience_s: float) -> CallOutcome:
        if self.instead:
            return self.instead.pop(0)
        self.asked.append(request)
        outcome = self.line.call(function, request, patience_s)
        if self.lose_answers and isinstance(outcome, Answered):
            self.lose_answers -= 1
            return NotReached("C 21", was_sending=True)
        return outcome


@dataclass
class KioskAtCentre:
    """One kiosk; `kept` is where its store lies. `empty` is a store that has seen nobody yet."""

    centre: Centre
    folder: Path
    empty: Path
    number: str = "10917"
    clock: StillClock = field(default_factory=StillClock)
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def __post_init__(self) -> None:
        shutil.copytree(self.empty, self.folder)
        self.kept = Kept(self.folder, clock=self.clock)
        self.store: Store = self.kept.open()
        self.serial = 0
        self.enrol()
        with self.store.transaction() as record:
            record.identity()
            record.centre.join(self.membership(), self.number)
        self.faults = self._faults()
        self.talk = self.begin_to_talk()

    def enrol(self) -> None:
        """Make its login by hand."""
        role = f"kiosk_{self.number}"
        with self.centre.connect() as owner:
            owner.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{SECRET}' CONNECTION LIMIT 2")
            owner.execute(f"GRANT anjungan_kiosk TO {role}")
            owner.execute(
                "INSERT INTO centre.kiosk (id, number, role_name, name, office, state)"
                " VALUES (%s, %s, %s, %s, %s, 'active')",
                (self.id, self.number, role, f"Anjungan {self.number}", OFFICE),
            )

    def membership(self) -> Membership:
        return Membership(
            hosts=(f"127.0.0.1:{self.centre.cluster.port}",),
            database=self.centre.database,
            ca=self.centre.cluster.authority.read_text("ascii"),
            role=f"kiosk_{self.number}",
            secret=SECRET,
            kiosk_id=self.id,
            name=f"Anjungan {self.number}",
        )

    def _faults(self) -> Faults:
        with self.store.reading() as record:
            membership = record.centre.membership()
        assert membership is not None
        return Faults(open_line(membership, self.folder))

    def begin_to_talk(self) -> Talk:
        """As after a start of the program."""
        return Talk(self.store, self.faults, self.clock, VERSION)

    def start_again(self, *, closed: bool = False) -> None:
        """Stop the program, unless it is `closed` already, and start it again."""
        if not closed:
            self.close()
        self.store = self.kept.open()
        self.faults = self._faults()
        self.talk = self.begin_to_talk()

    def use(self, **changes: Any) -> None:
        """Reach the centre otherwise, from a new start on."""
        with self.store.transaction() as record:
            record.centre.point_at(replace(self.membership(), **changes))
        self.start_again()

    @contextmanager
    def _at(self, database: str) -> Iterator[None]:
        before = self.centre
        self.centre = Centre(before.cluster, database)
        self.use(database=database)
        yield
        self.centre = before
        with before.cluster.connect() as owner:
            owner.execute(f"DROP DATABASE {database} WITH (FORCE)")

    def centre_as_it_is_now(self) -> AbstractContextManager[None]:
        """What a restored centre would be: within it, the kiosk reaches that one."""
        self.close_line()
        copied = f"{self.centre.database}_restored"
        with self.centre.cluster.connect() as owner:
            owner.execute(f"CREATE DATABASE {copied} TEMPLATE {self.centre.database}")
            owner.execute(f"GRANT CONNECT ON DATABASE {copied} TO PUBLIC")
        return self._at(copied)

    def close_line(self) -> None:
        """Let go of the connection; the next exchange makes another."""
        self.faults.line.close()

    def incarnation(self) -> str:
        """Which incarnation of the kiosk the store is."""
        with self.store.reading() as record:
            return record.identity().incarnation

    def close(self) -> None:
        self.faults.line.close()
        self.store.close()

    # What people do

    def register(self, count: int = 1) -> list[str]:
        """Register people; returns the ids."""
        return [self.register_one().id for _ in range(count)]

    def register_one(self, **changes: Any) -> Registration:
        self.serial += 1
        applied = make_application(str(uuid.uuid4()), nik=nik_of(self.serial), **changes)
        outcome = register(self.store, applied, self.clock)
        assert isinstance(outcome, Registered)
        self.clock.forward(timedelta(seconds=1))
        return outcome.registration

    def correct(self, id_: str, **columns: Any) -> int:
        """Correct columns as the desk does; returns the revision."""
        with self.store.transaction() as record:
            before = record.find(id_)
            row = record.row(id_)
            assert before is not None
            assert row is not None
            after = _with(row, revision=before.revision + 1, **columns)
            deed = Deed("corrected", "somebody", self.clock.now(), {})
            record.desk.replace(before, after, "salah ketik", deed)
        return after.revision

    def erase(self, id_: str) -> None:
        """Erase because the person asked."""
        with self.store.transaction() as record:
            row = record.row(id_)
            assert row is not None
            record.rights.erase(row, Deed("erased", "somebody", self.clock.now(), {}))

    # What is to be seen

    def hand_in(self) -> Exchanged:
        """Exchange until nothing is left to do, or something failed."""
        outcome: Exchanged = Went(go_on=True)
        while isinstance(outcome, Went) and outcome.go_on:
            outcome = self.talk.once()
        return outcome

    def status(self) -> SyncStatus:
        return read_status(self.store)

    def rows(self, table: str) -> list[Row]:
        """The rows of a table of the store."""
        with self.store.reading() as record:
            found = record._connection.execute(text(f"SELECT * FROM {table}"))
            return [dict(row) for row in found.mappings()]

    def row(self, id_: str) -> Row:
        with self.store.reading() as record:
            row = record.row(id_)
        assert row is not None
        return dict(row)

    def at_centre(self) -> dict[str, Row]:
        """What the centre has of this kiosk, by id."""
        with self.centre.connect() as owner:
            found = owner.execute(
                "SELECT id::text, payload -> 'row', revision, receipt, encode(hash, 'hex')"
                " FROM centre.registration WHERE kiosk_id = %s",
                (self.id,),
            ).fetchall()
        return {
            id_: {"row": row, "revision": revision, "receipt": receipt, "hash": hash_}
            for id_, row, revision, receipt, hash_ in found
        }

    def alarms(self) -> list[str]:
        """The kinds of alarm about this kiosk."""
        with self.centre.connect() as owner:
            found = owner.execute(
                "SELECT kind FROM centre.alarm WHERE kiosk_id = %s ORDER BY id", (self.id,)
            )
            return [kind for (kind,) in found.fetchall()]


def _with(row: Any, **columns: Any) -> Registration:
    from kiosk.storage.rows import registration_from_row

    return registration_from_row({**row, **columns})


def make_empty(folder: Path) -> None:
    """Make a store to copy: to migrate a new one takes longer than most tests."""
    with Kept(folder).opened():
        pass
