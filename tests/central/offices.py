"""Two offices at the centre with a kiosk and people each, and what the kiosks hand in."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from central.enrolled import OFFICE, OTHER_OFFICE, console_of
from central.fixtures import Centre
from central.kiosks import Json, Kiosk, record_of
from kiosk.central.address import Login
from kiosk.central.console import Console
from kiosk.central.desk import CentreDesk
from kiosk.central.enrolment import enrol
from kiosk.central.logins import new_secret
from kiosk.central.staff import add
from kiosk.central.token import write_token
from kiosk.domain.staff import CentreRole
from kiosk.sync.joining import Own, make_own


@dataclass
class OfficeKiosk(Kiosk):
    """A kiosk of an office that has joined."""

    login: Login = field(default_factory=lambda: Login(""))

    def row(self, counter: int, **columns: Any) -> Json:
        """A registration of this kiosk as it stands in its store."""
        row: Json = self.record(counter, **columns)["row"]
        return row

    def hand_in(self, *rows: Json) -> Json:
        """Hand in registrations; returns the centre's answer."""
        return self.exchange(*map(record_of, rows))


@dataclass
class Offices:
    """The centre with its admin, a kiosk in each of two offices, and people."""

    centre: Centre
    console: Console
    folder: Path
    here: OfficeKiosk
    there: OfficeKiosk

    def person(self, role: CentreRole, office: str = "") -> Login:
        """A new person's own login."""
        token = add(self.console, f"Orang {role.value}", role, office)
        own = make_own(write_token(token), self.folder, new_secret())
        assert isinstance(own, Own)
        return own.login

    def close(self) -> None:
        """End the kiosks' connections."""
        self.here.connection.close()
        self.there.connection.close()

    def desk(self, login: Login) -> CentreDesk:
        """What a person works with."""
        return CentreDesk.of(self.console.for_tokens, login, self.folder)


def offices_of(centre: Centre, folder: Path) -> Offices:
    """Make two offices, each with a kiosk that joined."""
    console = console_of(centre, folder)
    here = _joined(centre, console, "Loket Ciruas", OFFICE)
    there = _joined(centre, console, "Loket Kragilan", OTHER_OFFICE)
    return Offices(centre, console, folder, here, there)


def _joined(centre: Centre, console: Console, name: str, office: str) -> OfficeKiosk:
    made = enrol(console, name, office)
    login = made.token.login
    own = psycopg.connect(centre.url(login.role, login.secret), autocommit=True)
    incarnation = str(uuid4())
    claimed = own.execute(
        "SELECT kiosk_api.claim(%s, %s, '90001') ->> 'id'", ["ab" * 32, incarnation]
    ).fetchone()
    assert claimed is not None
    return OfficeKiosk(claimed[0], made.number, own, incarnation, login=login)
