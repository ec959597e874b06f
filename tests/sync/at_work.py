"""A kiosk behind a bad line, and what both sides say they have."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import psycopg
from central.cluster import HOST
from central.fixtures import Centre
from central.population import Person, Population
from samples import make_application

from kiosk.domain.registration import Registration, Status
from kiosk.domain.registration_number import make_number
from kiosk.storage.centre import Membership
from kiosk.storage.outgoing import registrations_of
from kiosk.sync.line import CallOutcome
from kiosk.sync.payload import hash_of
from kiosk.sync.talk import Caller, Exchanged, Talk, Went
from sync.office import VERSION, KioskAtCentre, make_empty

_IDS = UUID(int=9)


@dataclass(frozen=True)
class Has:
    """What one side has of a registration; the receipt is 0 without one."""

    number: str
    revision: int
    status: str
    hash: str
    receipt: int


@dataclass
class Impatient:
    """A line on which nobody waits longer than so long."""

    line: Caller
    patience_s: float

    def call(self, function: str, request: str, patience_s: float) -> CallOutcome:
        """Call by the line."""
        return self.line.call(function, request, min(patience_s, self.patience_s))


@dataclass
class KioskAtWork(KioskAtCentre):
    """A kiosk that reaches the centre by `ports` (the centre's own without any)."""

    ports: tuple[int, ...] = ()
    population: Population = field(default_factory=lambda: Population(20261127))
    patience_s: float = 60.0

    def membership(self) -> Membership:
        """What it keeps of the centre."""
        ports = self.ports or (self.centre.cluster.port,)
        return replace(super().membership(), hosts=tuple(f"{HOST}:{port}" for port in ports))

    def begin_to_talk(self) -> Talk:
        """As after a start of the program."""
        self.impatient = self.caller_by(self.faults)
        return Talk(self.store, self.impatient, self.clock, VERSION)

    def caller_by(self, line: Caller) -> Impatient:
        """How it calls by a line."""
        return Impatient(line, self.patience_s)

    def hang_up(self) -> None:
        """End the connection; the next exchange makes another."""
        self.faults.line.close()

    def register_many(self, count: int) -> list[str]:
        """Register so many people at once; returns the registrations' ids."""
        people = list(self.population.people(count))
        with self.store.transaction() as record:
            incarnation = record.identity().incarnation
            for person in people:
                self.serial += 1
                record.add(self._registration(person, incarnation), self.serial)
        return [self._id(serial) for serial in range(self.serial - count + 1, self.serial + 1)]

    def _id(self, serial: int) -> str:
        return str(uuid5(_IDS, f"{self.number} {serial}"))

    def _registration(self, person: Person, incarnation: str) -> Registration:
        id_, applied = self._id(self.serial), make_application()
        who = replace(
            applied.resident, nik=person.nik, name=person.name, birth_date=person.birth_date
        )
        return Registration(
            id=id_,
            number=make_number(self.number, self.serial),
            kiosk_number=self.number,
            incarnation=incarnation,
            registered_at=self.clock.now(),
            status=Status.REGISTERED,
            revision=1,
            application=replace(applied, draft_id=id_, resident=who),
        )

    def drain(self, tries: int = 500) -> list[Exchanged]:
        """Exchange until nothing waits; what fails is tried again at once. Returns what came."""
        came: list[Exchanged] = []
        while not came or came[-1] != Went(go_on=False):
            assert len(came) < tries, "it does not come to an end"
            came.append(self.talk.once())
        return came

    def waits(self) -> int:
        """How many registrations are not at the centre yet."""
        return self.status().waiting

    def has(self, ids: Sequence[str] = ()) -> Mapping[str, Has]:
        """What the store has, by id: these, or all."""
        with self.store.reading() as record:
            connection = record._connection
            run = connection.exec_driver_sql
            asked = ids or list(run("SELECT id FROM registration").scalars())
            receipts = {row.registration_id: row.receipt for row in run("SELECT * FROM receipt")}
            found = registrations_of(connection, asked)
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

    def centre_has(self, ids: Sequence[str] = ()) -> Mapping[str, Has]:
        """What the centre has of this kiosk, by id: these, or all."""
        return centre_has(self.owner, self.id, ids)

    def assert_equal(self, ids: Sequence[str] = ()) -> None:
        """Both sides have the same: records, receipts and statuses; and nothing waits."""
        here, there = self.has(ids), self.centre_has(ids)
        differing = {id_ for id_ in here.keys() | there if here.get(id_) != there.get(id_)}
        assert not differing, f"{len(differing)} of {len(here)} differ"
        assert self.waits() == 0

    @cached_property
    def owner(self) -> "psycopg.Connection[tuple[Any, ...]]":
        """A kept connection of the centre's owner."""
        return self.centre.connect()

    def forget_owner(self) -> None:
        """The owner's connection is no good any more."""
        if "owner" in self.__dict__:
            self.owner.close()
            del self.owner

    def close(self) -> None:
        """End the program."""
        super().close()
        self.forget_owner()


def centre_has(
    owner: "psycopg.Connection[tuple[Any, ...]]", kiosk_id: str, ids: Sequence[str] = ()
) -> Mapping[str, Has]:
    """What the centre has of a kiosk, by id: these, or all; each id and number once."""
    rows = owner.execute(
        "SELECT id::text, number, revision, status, encode(hash, 'hex'), receipt"
        " FROM centre.registration WHERE kiosk_id = %s AND (id = ANY (%s) OR %s)",
        (kiosk_id, list(ids), not ids),
    ).fetchall()
    found = {str(id_): Has(*values) for id_, *values in rows}
    assert len(found) == len(rows) == len({one.number for one in found.values()})
    return found


@contextmanager
def at_work(
    centre: Centre, folder: Path, number: str = "10917", ports: tuple[int, ...] = ()
) -> Iterator[KioskAtWork]:
    """A kiosk that has joined."""
    empty = folder.with_name(f"{folder.name} before")
    make_empty(empty)
    with closing(KioskAtWork(centre, folder, empty, number, ports=ports)) as kiosk:
        yield kiosk
