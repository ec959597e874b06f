"""The console before an admin, on a real centre whose kiosks stand as a test leaves them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from central.enrolled import address_of, console_of
from central.fixtures import Centre
from PySide6.QtCore import Qt
from samples import load_regions

from kiosk.central.address import Login
from kiosk.central.console import Console
from kiosk.composition import Place as KioskPlace
from kiosk.console_access import Place, keep_place
from kiosk.domain.configuration import Content
from kiosk.domain.fleet import Problem
from ui.composing import open_console
from ui.models.console.host import Rehearse

from .settling import settle, workers_of
from .stage import HandClock, settings_in
from .typist import Typist

PASSWORD = "kata sandi panjang 7"
HEALTH: dict[str, Any] = {
    "config": 0,
    "data": "2026-1",
    "code": "",
    "printer": "ready",
    "slips_owed": 0,
    "slips_failed": 0,
    "paper_left": 180,
    "disk_free_mb": 40960,
    "waiting": 0,
    "oldest_waiting_at": None,
    "parked": 0,
    "clock_doubted": False,
    "key_level": 1,
    "config_refused": None,
}


class Admin(Typist):
    """Somebody at the console."""

    def pick(self, field: str, text: str) -> None:
        """Find one of many by typing, and leave the field."""
        self.write(field, text)
        self.press(Qt.Key.Key_Tab)

    def settle(self) -> None:
        """Wait for what the centre answers, and for what that leads to."""
        settle(self.visitor, *workers_of(self.app, far=True))
        self.clock.skip(400)

    def sign_in(self, password: str = PASSWORD) -> None:
        self.write("signInPassword", password)
        self.tap("signIn")

    def text(self, name: str) -> str:
        """What stands there."""
        item = self.visitor.find(name)
        assert item is not None, name
        return str(item.property("text"))

    def urgent(self) -> list[tuple[str, str]]:
        """Who stands in the list, and what happened there."""
        rows = self.app.console.fleet.urgent._lines
        return [(row["name"], row["what"]) for row in rows]


def found_nothing(_content: Content, _place: KioskPlace) -> tuple[Problem, ...]:
    """A rehearsal that finds nothing; the true one takes a minute and is tried by itself."""
    return ()


@contextmanager
def at_console(
    place: Path,
    clock: HandClock | None = None,
    rehearse: Rehearse = found_nothing,
    signing: Path | None = None,
) -> Iterator[Admin]:
    """Open the console as main.py does; `place` is where the centre's address is kept."""
    clock = clock or now_clock()
    settings = settings_in(place.parent)
    signing = signing or place.parent / "keys"
    with open_console(settings, clock, place=place, signing=signing, rehearse=rehearse) as app:
        app.show(windowed=True)
        yield Admin(app, clock)


def now_clock() -> HandClock:
    """A clock that stands at this moment, as the centre's own runs on."""
    clock = HandClock()
    clock.moment = datetime.now(UTC)
    return clock


def known_place(centre: Centre, folder: Path) -> Path:
    """The first admin, known on this machine; returns where that is kept."""
    console = console_of(centre, folder)
    role, file = console.login.role, folder / "console" / "centre.json"
    set_password(centre, role, PASSWORD)
    keep_place(file, Place(address_of(centre), role, "Admin Kabupaten"))
    return file


def set_password(centre: Centre, role: str, password: str) -> None:
    """Let a login in by this password."""
    with centre.connect() as owner:
        owner.execute(f"ALTER ROLE {role} PASSWORD '{password}'")


def console_for(centre: Centre, file: Path) -> Console:
    """What the admin of known_place() works with, outside of the window."""
    said = json.loads(file.read_text())
    address = address_of(centre)
    return Console(address, Login(said["login"], PASSWORD), file.parent, address)


def populate(centre: Centre, count: int, now: datetime, troubled: dict[int, Any]) -> None:
    """Put kiosks at the centre as if they had told of themselves; `troubled` by their place."""
    offices = load_regions().kecamatan
    with centre.connect() as owner:
        for place in range(count):
            office = offices[place % len(offices)]
            more = dict(troubled.get(place, {}))
            seen = now - more.pop("silent", timedelta(minutes=1))
            said = {
                **HEALTH,
                "clock_at": (seen + more.pop("clock", timedelta())).isoformat(),
                "backup_at": (seen - timedelta(hours=6)).isoformat(),
                "today": {"registered": 3 + place * 7 % 13},
                **more,
            }
            owner.execute(
                "INSERT INTO centre.kiosk (id, number, role_name, name, office, state,"
                " public_key, last_seen_at, app_version, health, health_at, config_version)"
                " VALUES (gen_random_uuid(), %s, %s, %s, %s, 'active', 'key', %s, '0.1.0',"
                " %s, %s, 0)",
                (
                    str(10000 + place),
                    f"kiosk_{10000 + place}",
                    f"Loket {place // len(offices) + 1}",
                    office.code,
                    seen,
                    json.dumps(said),
                    seen,
                ),
            )
