"""29 kiosks poll one centre: a bad configuration stops at the first one, a good one reaches all.

The kiosks are simulated, each with a login of its own; what they send is a real exchange, and what
they take is weighed by the kiosk's own code.
"""

from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sync.shipped import shipped_program

from central.enrolled import console_of
from central.fixtures import Centre
from central.kiosks import Kiosk, Kiosks
from central.publishing import NOW, Admin, signing_key
from kiosk.composition import Offered, Place, weigh
from kiosk.domain.configuration import Content, Document, Refused
from kiosk.domain.fleet import Published, Urgency
from kiosk.fleet import fleet, last_good, roll_back

KIOSKS = 29
SICK_ABOVE_S = 250
"""A value that passes every check and with which a simulated kiosk gets a trouble of its own."""


@dataclass
class Simulated:
    """A kiosk that polls, fetches, weighs and tells; `program` is its version."""

    login: Kiosk
    office: str
    program: str = "0.1.0"
    trusted: tuple[str, ...] = (signing_key().public,)
    silence_s: object = 45
    version: int = 0
    refused: Refused | None = None
    fetched: int = 0
    seen: list[int] = field(default_factory=list)

    def poll(self) -> None:
        """One exchange, and what follows from its reply."""
        refused = self.refused and {
            "version": self.refused.version,
            "reason": self.refused.because.value,
        }
        sick = isinstance(self.silence_s, int) and self.silence_s > SICK_ABOVE_S
        trouble = int(sick) + int(self.refused is not None)
        health = {
            "config": self.version,
            "config_refused": refused,
            "trouble": trouble,
            "printer": "jam" if sick else "ready",
            "waiting": 0,
        }
        newest = self.login.exchange(version=self.program, health=health)["config"]
        if newest > self.version and not (self.refused and self.refused.version == newest):
            self._fetch()

    def _fetch(self) -> None:
        self.fetched += 1
        said = self.login.call({"have": self.version}, "fetch_config")
        if not said:
            return
        offered = Offered(said["version"], b64decode(said["document"]), said["signature"])
        place = Place(self.office, self.login.number)
        weighed = weigh(
            offered,
            self.trusted,
            self.version,
            self.program,
            lambda document: shipped_program().flaw_of(document, place),
        )
        if isinstance(weighed, Refused):
            self.refused = weighed
        else:
            self._apply(weighed)

    def _apply(self, document: Document) -> None:
        self.version, self.refused = document.version, None
        self.trusted = document.keys
        self.seen.append(document.version)
        self.silence_s = document.content.kabupaten.get("silence_s", 45)


@dataclass
class Fleet:
    """All of them."""

    admin: Admin
    kiosks: list[Simulated]

    def poll(self, *, but: tuple[Simulated, ...] = ()) -> None:
        """Each exchanges once, those left out apart: they are switched off."""
        for one in self.kiosks:
            if one not in but:
                one.poll()

    @property
    def first(self) -> Simulated:
        return self.kiosks[0]

    def publish(self, **kabupaten: object) -> Published:
        content = Content(kabupaten=kabupaten)
        told = self.admin.publish(self.first.login.number, content)
        assert isinstance(told, Published)
        return told

    def versions(self) -> set[int]:
        return {one.version for one in self.kiosks}


@pytest.fixture
def all_of_them(centre: Centre, kiosks: Kiosks, tmp_path: Path) -> Fleet:
    codes = sorted(one.code for one in shipped_program().data.regions.kecamatan)
    made = [
        Simulated(kiosks.add(str(10900 + serial), office), office)
        for serial, office in enumerate(codes)
    ]
    assert len(made) == KIOSKS
    return Fleet(Admin(console_of(centre, tmp_path), signing_key()), made)


def test_a_good_one_reaches_all_and_a_bad_one_stops_at_the_first_and_is_rolled_back(
    all_of_them: Fleet,
) -> None:
    fleet_now, admin = all_of_them, all_of_them.admin
    fleet_now.publish(silence_s=60)
    fleet_now.poll()
    assert [one.version for one in fleet_now.kiosks] == [1] + [0] * 28
    for _ in range(2):
        fleet_now.poll()
    assert fleet_now.versions() == {1}
    fleet_now.publish(silence_s=SICK_ABOVE_S + 10)
    for _ in range(4):
        fleet_now.poll()
    assert [one.version for one in fleet_now.kiosks] == [2] + [1] * 28
    assert admin.states() == {2: "stopped", 1: "published"}
    (line, *others) = fleet(admin.console, NOW)
    assert (line.kiosk.number, line.judged.urgency) == (fleet_now.first.login.number, Urgency.NOW)
    assert line.judged.what.key == "fleet.what.printer_jam"
    assert {one.judged.urgency for one in others} == {Urgency.FINE}
    roll_back(admin.console, admin.key, last_good(admin.console), "macet", NOW)
    for _ in range(2):
        fleet_now.poll()
    assert fleet_now.versions() == {3}
    assert {one.silence_s for one in fleet_now.kiosks} == {60}
    assert all(2 not in one.seen for one in fleet_now.kiosks[1:])


def test_one_that_no_kiosk_can_use_is_refused_by_the_first_and_seen_by_nobody_else(
    all_of_them: Fleet,
) -> None:
    fleet_now = all_of_them
    fleet_now.publish(silence_s=60)
    for _ in range(3):
        fleet_now.poll()
    fleet_now.publish(silence_s=5)
    for _ in range(3):
        fleet_now.poll()
    assert fleet_now.versions() == {1}
    assert fleet_now.admin.states()[2] == "stopped"
    assert [one.fetched for one in fleet_now.kiosks] == [2] + [1] * 28


def test_kiosks_that_were_off_for_weeks_and_one_with_an_older_program(
    all_of_them: Fleet,
) -> None:
    fleet_now = all_of_them
    off, old = fleet_now.kiosks[5], fleet_now.kiosks[9]
    old.program = "0.0.9"
    for silence_s in (50, 60, 70):
        fleet_now.publish(silence_s=silence_s)
        for _ in range(3):
            fleet_now.poll(but=(off,))
    assert (off.version, old.version) == (0, 0)
    off.poll()
    assert (off.seen, off.silence_s) == ([3], 70)
    lines = {one.kiosk.number: one for one in fleet(fleet_now.admin.console, NOW)}
    stays = lines[old.login.number]
    assert stays.judged.what.key == "fleet.what.config_refused"
    assert stays.kiosk.health["config_refused"] == {"version": 3, "reason": "newer_program"}
    old.program = "0.1.0"
    old.refused = None  # a newer program begins without it
    old.poll()
    assert old.version == 3


def test_offices_and_kiosks_get_what_is_theirs(all_of_them: Fleet) -> None:
    fleet_now = all_of_them
    content = Content(
        kabupaten={"silence_s": 60},
        offices={fleet_now.kiosks[3].office: {"kiosk_name": "Loket Satu"}},
        kiosks={fleet_now.kiosks[4].login.number: {"kiosk_name": "Loket Dua"}},
    )
    fleet_now.admin.publish(fleet_now.first.login.number, content)
    for _ in range(3):
        fleet_now.poll()
    assert fleet_now.versions() == {1}
