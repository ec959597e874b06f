"""Two offices at the centre with a kiosk and people each, and what the kiosks hand in."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import psycopg

from central.enrolled import OFFICE, OTHER_OFFICE, console_of
from central.fixtures import Centre
from kiosk.central.address import Login
from kiosk.central.console import Console
from kiosk.central.desk import CentreDesk
from kiosk.central.enrolment import enrol
from kiosk.central.logins import new_secret
from kiosk.central.staff import add
from kiosk.central.token import write_token
from kiosk.domain.registration_number import make_number
from kiosk.domain.staff import CentreRole
from kiosk.sync.joining import Own, make_own

_SAMPLES = UUID(int=7)
_COLUMNS = {
    "registered_at": "2026-11-22T03:24:05.123456+00:00",
    "status": "registered",
    "revision": 1,
    "consent_version": "2026-11-22.2",
    "consent_language": "id",
    "consent_given_at": "2026-11-22T03:20:00.000000+00:00",
    "nik": "3604011205809001",
    "name": "AHMAD SAPRUDIN",
    "sex": "male",
    "birth_date": "1980-05-12",
    "nik_warnings": "",
    "address_line": "Desa Ciruas, Kec. Ciruas",
    "postcode": "42182",
    "desa_code": "36.04.09.2001",
    "phone": "081234567890",
    "phone_owner": "own",
    "segment_id": "tani",
    "job_id": "petani",
    "dinas": "Dinas Pertanian",
    "employs_people": 0,
    "package": "jkk_jkm",
    "income_base": 1000000,
    "tariff_version": "1",
    "quote_notes": "",
    "this_month": "",
    "next_month": "",
    "declarations": "",
    "language": "id",
    "email": "",
    "birthplace": "",
    "mother_name": "",
    "work_place": "",
    "second_segment_id": "",
    "second_job_id": "",
    "kpj": "",
    "rejected_because": "",
    "batch": 0,
    "flags": "",
}


@dataclass
class KioskThere:
    """A kiosk that joined, as far as the centre sees of it."""

    centre: Centre
    number: str
    login: Login
    incarnation: str = field(default_factory=lambda: str(uuid4()))
    ticket: str = ""
    last_receipt: int = 0
    changes_seen: int = 0

    def row(self, counter: int, **columns: Any) -> dict[str, Any]:
        """A registration of this kiosk as it stands in its store."""
        return {
            "id": str(uuid5(_SAMPLES, f"{self.number}:{counter}")),
            "number": make_number(self.number, counter),
            "kiosk_number": self.number,
            "incarnation": self.incarnation,
            "counter": counter,
            **_COLUMNS,
            **columns,
        }

    def hand_in(self, *rows: dict[str, Any]) -> Any:
        """Hand in registrations; returns the centre's answer."""
        request = {
            "protocol": 1,
            "version": "test",
            "incarnation": self.incarnation,
            "kiosk_number": self.number,
            "ticket": self.ticket,
            "last_receipt": self.last_receipt,
            "changes_seen": self.changes_seen,
            "anchor": None,
            "health": {},
            "records": [
                {
                    "kind": "registration",
                    "id": row["id"],
                    "revision": row["revision"],
                    "row": row,
                    "payments": [],
                    "corrections": [],
                }
                for row in rows
            ],
        }
        with psycopg.connect(
            self.centre.url(self.login.role, self.login.secret), autocommit=True
        ) as connection:
            asked = connection.execute("SELECT kiosk_api.exchange(%s)", [json.dumps(request)])
            found = asked.fetchone()
        assert found is not None
        answer = found[0]
        self.ticket = answer["ticket"]
        receipts = [outcome[3] for outcome in answer["outcomes"]]
        self.last_receipt = max([self.last_receipt, *receipts])
        return answer


@dataclass
class Offices:
    """The centre with its admin, a kiosk in each of two offices, and people."""

    centre: Centre
    console: Console
    folder: Path
    here: KioskThere
    there: KioskThere

    def person(self, role: CentreRole, office: str = "") -> Login:
        """A new person's own login."""
        token = add(self.console, f"Orang {role.value}", role, office)
        own = make_own(write_token(token), self.folder, new_secret())
        assert isinstance(own, Own)
        return own.login

    def desk(self, login: Login) -> CentreDesk:
        """What a person works with."""
        return CentreDesk.of(self.console.for_tokens, login, self.folder)


def offices_of(centre: Centre, folder: Path) -> Offices:
    """Make two offices, each with a kiosk that joined."""
    console = console_of(centre, folder)
    here = _joined(centre, console, "Loket Ciruas", OFFICE)
    there = _joined(centre, console, "Loket Kragilan", OTHER_OFFICE)
    return Offices(centre, console, folder, here, there)


def _joined(centre: Centre, console: Console, name: str, office: str) -> KioskThere:
    made = enrol(console, name, office)
    kiosk = KioskThere(centre, made.number, made.token.login)
    with psycopg.connect(centre.url(kiosk.login.role, kiosk.login.secret), autocommit=True) as own:
        own.execute("SELECT kiosk_api.claim(%s, %s, '90001')", ["ab" * 32, kiosk.incarnation])
    return kiosk
