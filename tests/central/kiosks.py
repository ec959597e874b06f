"""Kiosks' logins at a centre, and the records that they hand in; people who do not exist."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.types.json import Jsonb
from samples import NOW, make_application

from central.fixtures import Centre
from kiosk.domain.registration import Registration, Status
from kiosk.domain.registration_number import make_number
from kiosk.storage.rows import registration_row

Json = dict[str, Any]
SECRET = "kiosk-secret"
OFFICE = "36.04.09"


@dataclass
class Kiosk:
    """One kiosk's login, and its store as far as the centre sees it."""

    id: str
    number: str
    connection: "psycopg.Connection[tuple[Any, ...]]" = field(repr=False)
    incarnation: str = field(default_factory=lambda: str(uuid.uuid4()))
    ticket: str = ""
    last_receipt: int = 0
    changes_seen: int = 0

    def exchange(self, *records: Json, keep: bool = True, **other: Any) -> Json:
        """Hand in; with `keep` the store remembers what the centre answered."""
        reply = self.call(self.request(records, **other))
        if keep:
            self.ticket = reply["ticket"]
            receipts = [outcome[3] for outcome in reply["outcomes"]]
            self.last_receipt = max([self.last_receipt, *receipts])
        return reply

    def request(self, records: Sequence[Json] = (), **other: Any) -> Json:
        """A request as this store makes it."""
        return {
            "protocol": 1,
            "version": "0.1.0",
            "incarnation": self.incarnation,
            "kiosk_number": self.number,
            "ticket": self.ticket,
            "last_receipt": self.last_receipt,
            "records": list(records),
            "changes_seen": self.changes_seen,
            "anchor": None,
            "health": {},
            **other,
        }

    def call(self, request: Any, function: str = "exchange") -> Json:
        """What the centre answers."""
        asked = f"SELECT kiosk_api.{function}(%s)"
        found = self.connection.execute(asked, (Jsonb(request),)).fetchone()
        assert found is not None
        return dict(found[0])

    def record(self, counter: int, /, **row: Any) -> Json:
        """A record of this kiosk's `counter`-th registration."""
        return record(self.number, counter, **{"incarnation": self.incarnation, **row})


@dataclass
class Kiosks:
    """The kiosks of one centre; their connections end with the test."""

    centre: Centre
    _connections: "list[psycopg.Connection[tuple[Any, ...]]]" = field(default_factory=list)

    def add(self, number: str = "10917", office: str = OFFICE, **columns: Any) -> Kiosk:
        """A kiosk that has joined, with its login; `columns` of centre.kiosk."""
        role, made = f"kiosk_{number}", str(uuid.uuid4())
        values = {
            "id": made,
            "number": number,
            "role_name": role,
            "name": f"Anjungan {number}",
            "office": office,
            "state": "active",
            **columns,
        }
        marks = ", ".join(["%s"] * len(values))
        with self.centre.connect() as owner:
            owner.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{SECRET}' CONNECTION LIMIT 2")
            owner.execute(f"GRANT anjungan_kiosk TO {role}")
            owner.execute(
                f"INSERT INTO centre.kiosk ({', '.join(values)}) VALUES ({marks})",
                tuple(values.values()),
            )
        return Kiosk(made, number, self.connect(number))

    def connect(self, number: str) -> "psycopg.Connection[tuple[Any, ...]]":
        """Another connection of a kiosk's login."""
        made = psycopg.connect(self.centre.url(f"kiosk_{number}", SECRET), autocommit=True)
        self._connections.append(made)
        return made

    def close(self) -> None:
        """End all connections."""
        for connection in self._connections:
            connection.close()


def record(kiosk_number: str, counter: int, /, **row: Any) -> Json:
    """A registration's record; `row` sets columns."""
    registration = Registration(
        id=str(uuid.uuid4()),
        number=make_number(kiosk_number, counter),
        kiosk_number=kiosk_number,
        incarnation=str(uuid.UUID(int=1)),
        registered_at=NOW,
        status=Status.REGISTERED,
        revision=1,
        application=make_application(),
    )
    return record_of(registration_row(registration, counter) | row)


def record_of(row: Json) -> Json:
    """The record of a row."""
    return {
        "kind": "registration",
        "id": row["id"],
        "revision": row["revision"],
        "row": row,
        "payments": [],
        "corrections": [],
    }


def changed(of: Json, **row: Any) -> Json:
    """The same record with other columns."""
    return record_of(of["row"] | row)


def erasure(of: Json, revision: int = 2) -> Json:
    """The note that a record was erased."""
    return {
        "kind": "erased",
        "id": of["id"],
        "revision": revision,
        "number": of["row"]["number"],
        "erased_at": "2026-11-27T03:00:00.000000+00:00",
    }


def outcomes(reply: Json) -> list[tuple[str, int, str]]:
    """Outcome, receipt and reason of each record."""
    return [(outcome, receipt, reason) for _, _, outcome, receipt, reason in reply["outcomes"]]
