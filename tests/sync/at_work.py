"""A kiosk's real store and real sync at a real centre, and what both sides say they have."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID, uuid5

from samples import KEY, NOW, StillClock, make_application

from central.cluster import HOST
from central.fixtures import Centre
from central.kiosks import OFFICE, SECRET, Kiosks
from central.population import Person, Population
from kiosk.central.address import Login, make_engine
from kiosk.domain.registration import Registration, Status
from kiosk.domain.registration_number import make_number
from kiosk.storage.centre import Membership
from kiosk.storage.engine import open_engine
from kiosk.storage.outgoing import registrations_of
from kiosk.storage.store import Store, open_store
from kiosk.sync.joining import address_of
from kiosk.sync.line import CallOutcome, Line
from kiosk.sync.payload import hash_of
from kiosk.sync.talk import Talk, Went

_IDS = UUID(int=9)


@dataclass(frozen=True)
class Has:
    """What one side has of a registration."""

    number: str
    revision: int
    status: str
    hash: str
    receipt: int


@dataclass
class Impatient:
    """A line on which nobody waits longer than so long."""

    line: Line
    patience_s: float

    def call(self, function: str, request: str, patience_s: float) -> CallOutcome:
        """Call by the line."""
        return self.line.call(function, request, min(patience_s, self.patience_s))


@dataclass
class KioskAtWork:
    """A kiosk that has joined; `ports` are those it reaches the centre by."""

    centre: Centre
    folder: Path
    number: str
    ports: tuple[int, ...]
    population: Population
    clock: StillClock = field(default_factory=StillClock)
    patience_s: float = 60.0
    count: int = 0

    def join(self) -> None:
        """Make the login at the centre, and the store that has joined with it."""
        made = Kiosks(self.centre).add(self.number)
        made.connection.close()
        self.open()
        membership = Membership(
            hosts=tuple(f"{HOST}:{port}" for port in self.ports),
            database=self.centre.database,
            ca=self.centre.cluster.authority.read_text("ascii"),
            role=f"kiosk_{self.number}",
            secret=SECRET,
            kiosk_id=made.id,
            name="Anjungan",
        )
        with self.store.transaction() as record:
            record.identity()
            record.centre.join(membership, self.number)
        self.begin()

    def open(self) -> None:
        """Open the store."""
        self.store: Store = open_store(self.folder / "store", KEY)

    def begin(self) -> None:
        """Begin to talk with the centre, as the program does when it starts."""
        with self.store.reading() as record:
            membership = record.centre.membership()
        assert membership is not None
        login = Login(membership.role, membership.secret)
        self.line = Line(make_engine(address_of(membership), login, self.folder))
        caller = Impatient(self.line, self.patience_s)
        self.talk = Talk(self.store, caller, self.clock, "0.1.0")

    def end(self) -> None:
        """End the program."""
        self.line.close()
        self.store.close()

    def restart(self) -> None:
        """End the program and start it again."""
        self.end()
        self.open()
        self.begin()

    def register(self, count: int = 1) -> list[str]:
        """Register so many more people; returns the registrations' ids."""
        people = list(self.population.people(count))
        with self.store.transaction() as record:
            identity = record.identity()
            made = []
            for person in people:
                self.count += 1
                one = self._registration(person, identity.incarnation)
                record.add(one, self.count)
                made.append(one.id)
        return made

    def _registration(self, person: Person, incarnation: str) -> Registration:
        id_ = str(uuid5(_IDS, f"{self.number} {self.count}"))
        applied = make_application()
        who = replace(
            applied.resident,
            nik=person.nik,
            name=person.name,
            birth_date=person.birth_date,
        )
        return Registration(
            id=id_,
            number=make_number(self.number, self.count),
            kiosk_number=self.number,
            incarnation=incarnation,
            registered_at=self.clock.now(),
            status=Status.REGISTERED,
            revision=1,
            application=replace(applied, draft_id=id_, resident=who),
        )

    def drain(self, tries: int = 200) -> None:
        """Exchange until nothing waits; what fails is tried again at once."""
        for _ in range(tries):
            outcome = self.talk.once()
            if isinstance(outcome, Went) and not outcome.go_on:
                return
        raise AssertionError("it does not come to an end")

    def has(self) -> Mapping[str, Has]:
        """What the kiosk has, by id."""
        return kiosk_has(self.folder / "store")

    def waits(self) -> int:
        """How many registrations are not at the centre yet."""
        with self.store.reading() as record:
            return record.centre.queue().waiting


def kiosk_has(folder: Path) -> Mapping[str, Has]:
    """What the store in this folder has, by id; the receipt is 0 without one."""
    engine = open_engine(folder, KEY)
    with engine.connect() as connection:
        run = connection.exec_driver_sql
        ids = list(run("SELECT id FROM registration").scalars())
        receipts = {row.registration_id: int(row.receipt) for row in run("SELECT * FROM receipt")}
        found = registrations_of(connection, ids)
    engine.dispose()
    return {
        id_: Has(
            str(one.row["number"]),
            one.revision,
            str(one.row["status"]),
            hash_of(one),
            receipts.get(id_, 0),
        )
        for id_, one in found.items()
    }


def centre_has(centre: Centre, number: str = "%") -> Mapping[str, Has]:
    """What the centre has of a kiosk, by id."""
    with centre.connect() as owner:
        rows = owner.execute(
            "SELECT r.id::text, r.number, revision, status, encode(hash, 'hex'), receipt"
            " FROM centre.registration r JOIN centre.kiosk k ON k.id = r.kiosk_id"
            " WHERE k.number LIKE %s",
            (number,),
        ).fetchall()
    return {str(id_): Has(*values) for id_, *values in rows}
