"""The console on a terminal: an admin types, and what is told can be used."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
import pytest
from samples import StillClock, load_texts

from central.enrolled import OFFICE, address_of, console_of
from central.fixtures import Centre, Centres
from kiosk.central.address import CentreAddress, Login
from kiosk.central.console import Console
from kiosk.central.console_commands import declare, run
from kiosk.central.failures import CentreFailure
from kiosk.central.token import Token, read_token
from kiosk.keys import KioskKeys
from kiosk.storage.store import Store
from kiosk.sync.joining import Joined, join

TEXTS = load_texts()


@dataclass
class Admin:
    """Types orders and reads what is told."""

    console: Console
    told: list[str] = field(default_factory=list)
    drawn: list[tuple[str, Path | None]] = field(default_factory=list)

    def types(self, *words: str) -> int:
        parser = argparse.ArgumentParser()
        declare(parser.add_subparsers(dest="order", required=True))
        asked = parser.parse_args(words)
        self.told.clear()
        return run(asked, self.console, TEXTS, self.told.append, self._draw)

    def _draw(self, text: str, file: Path | None) -> None:
        self.drawn.append((text, file))

    def said(self, key: str, **values: object) -> bool:
        return TEXTS.say(f"centre_console.{key}", **values) in self.told


@pytest.fixture(scope="module")
def centre(centres: Centres) -> Iterator[Centre]:
    with centres.new() as made:
        yield made


@pytest.fixture(scope="module")
def console(centre: Centre, tmp_path_factory: pytest.TempPathFactory) -> Console:
    return console_of(centre, tmp_path_factory.mktemp("console"))


@pytest.fixture
def admin(console: Console) -> Admin:
    return Admin(console)


def _token(admin: Admin) -> Token:
    """What was told, copied with everything around it."""
    lines = [line for line in admin.told if "-" in line and " " not in line.splitlines()[0]]
    token = read_token(lines[0])
    assert isinstance(token, Token)
    return token


def test_a_kiosk_is_enrolled_listed_and_revoked(admin: Admin, store: Store, tmp_path: Path) -> None:
    assert admin.types("enrol", "--name", "Loket 1", "--office", OFFICE) == 0
    token = _token(admin)
    text, file = admin.drawn[0]
    assert (read_token(text), file) == (token, None)
    joined = join(store, KioskKeys(bytes(32), bytes(32)), text, tmp_path, StillClock())
    assert isinstance(joined, Joined)
    assert admin.types("kiosks") == 0
    working = TEXTS.say("centre_console.state_active")
    assert f"{joined.number}  {OFFICE}  Loket 1  {working}" in admin.told
    assert admin.types("revoke", joined.number) == 0
    assert admin.said("revoked", number=joined.number)
    assert admin.types("enrol", "--again", joined.number, "--hours", "1") == 0
    assert _token(admin).login.role == token.login.role


def test_a_token_holds_the_address_that_was_given(admin: Admin) -> None:
    admin.types("enrol", "--name", "Loket", "--office", OFFICE)
    assert admin.said("loopback")
    url = "postgresql://pusat.example.go.id:6543/anjungan?sslmode=verify-full"
    admin.types("enrol", "--name", "Loket", "--office", OFFICE, "--reached-at", url)
    expected = CentreAddress(("pusat.example.go.id",), (6543,), "anjungan")
    assert _token(admin).address == expected
    assert not admin.said("loopback")


def test_what_cannot_be_done_is_said_in_a_code(admin: Admin) -> None:
    assert admin.types("enrol", "--name", "Loket") == 2
    for code, words in (
        ("C 31", ("revoke", "10000")),
        ("C 31", ("staff", "remove", "staff_00000000")),
        ("C 32", ("enrol", "--name", "Loket", "--office", "Ciruas")),
        ("C 32", ("enrol", "--name", "Loket", "--office", OFFICE, "--hours", "0")),
        ("C 32", ("staff", "add", "--name", "Pak Dedi", "--role", "clerk")),
    ):
        with pytest.raises(CentreFailure) as refused:
            admin.types(*words)
        assert refused.value.code == code


def test_nobody_but_the_kabupatens_admin_is_served(
    admin: Admin, centre: Centre, tmp_path: Path
) -> None:
    admin.types("staff", "add", "--name", "Bu Rina", "--role", "office_admin", "--office", OFFICE)
    token = _token(admin)
    with psycopg.connect(
        centre.url(token.login.role, token.login.secret), autocommit=True
    ) as person:
        person.execute("SELECT desk_api.claim()")
    login = Login(token.login.role, token.login.secret)
    other = Admin(Console(address_of(centre), login, tmp_path, address_of(centre)))
    with pytest.raises(CentreFailure) as refused:
        other.types("kiosks")
    assert refused.value.code == "C 14"


def test_a_kiosk_is_locked_capped_and_opened_for_recovery(admin: Admin, centre: Centre) -> None:
    admin.types("enrol", "--name", "Loket", "--office", OFFICE)
    number = _token(admin).login.role.removeprefix("kiosk_")
    with centre.connect() as owner:
        owner.execute("UPDATE centre.kiosk SET state = 'active' WHERE number = %s", [number])
        for words, expected in (
            (("lock", number), ("locked", 5000, False)),
            (("cap", number, "9000"), ("locked", 9000, False)),
            (("unlock", number), ("active", 9000, False)),
            (("recovery", number), ("active", 9000, True)),
            (("recovery", number, "--hours", "0"), ("active", 9000, False)),
        ):
            assert admin.types(*words) == 0
            found = owner.execute(
                "SELECT state, daily_cap, coalesce(recovery_until > now(), false) "
                "FROM centre.kiosk WHERE number = %s",
                [number],
            )
            assert found.fetchone() == expected


def test_a_dinas_gets_a_target_and_loses_it(admin: Admin, centre: Centre) -> None:
    with centre.connect() as owner:
        for count, kept in (("1200", [("DISKOUMPERINDAG", 2026, 1200)]), ("0", [])):
            assert admin.types("target", "DISKOUMPERINDAG", "2026", count) == 0
            assert owner.execute("SELECT dinas, year, count FROM centre.target").fetchall() == kept
    with pytest.raises(CentreFailure) as refused:
        admin.types("target", "DISKOUMPERINDAG", "1999", "10")
    assert refused.value.code == "C 32"


def test_people_are_added_listed_and_removed(admin: Admin) -> None:
    admin.types("staff", "add", "--name", "Pak Dedi", "--role", "supervisor", "--office", OFFICE)
    role = _token(admin).login.role
    assert admin.said("staff_added", login=role)
    admin.types("staff", "list")
    (line,) = [line for line in admin.told if line.startswith(role)]
    assert "Pak Dedi" in line
    assert line.endswith(TEXTS.say("centre_console.not_active"))
    assert admin.types("staff", "remove", role) == 0


def test_a_second_admin_revokes_what_the_first_enrolled(admin: Admin, centre: Centre) -> None:
    admin.types("enrol", "--name", "Loket", "--office", OFFICE)
    number = _token(admin).login.role.removeprefix("kiosk_")
    admin.types("staff", "add", "--name", "Bu Sari", "--role", "kabupaten_admin")
    second = _token(admin).login
    with psycopg.connect(centre.url(second.role, second.secret), autocommit=True) as person:
        person.execute("SELECT desk_api.claim()")
    other = Admin(replace(admin.console, login=second))
    assert other.types("revoke", number) == 0
    assert other.types("alarms") == 0
    assert other.types("stores", number) == 0
