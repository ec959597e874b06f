"""What a scanned slip opens at the desk, and what is said of it."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from probes import rows_at
from samples import NAME, StillClock

from kiosk.desk.actions import Done, correct, void
from kiosk.desk.scan import (
    NAME_DIFFERS,
    NameDiffers,
    Scanned,
    ScanVerdict,
    note_name_differs,
    read_scan,
)
from kiosk.desk.session import Desk, NotAllowed, NotFound
from kiosk.domain.desk import Noted
from kiosk.domain.registration_number import make_number
from kiosk.domain.seal import Seal, join, name_digest, seal_text
from kiosk.domain.staff import Action
from kiosk.domain.tariff import Package
from kiosk.domain.trust import Revocation, Trust
from kiosk.keys import KioskKeys
from kiosk.storage.store import Store
from kiosk.trust import check_slip

from .office import ADMIN, CLERK, SUPERVISOR, desk_of, detail_of, enrol

KEYS = KioskKeys(store_key=bytes(32), signing_seed=bytes(range(32)))
TRUST = Trust({KEYS.key_id: KEYS.public_key})


def slip_of(number: str, name: str = NAME, copy: int = 0) -> str:
    """The text of the QR code on a slip."""
    seal = Seal(
        number=number,
        registered_on=StillClock().now().date(),
        kiosk_number=number[:5],
        copy=copy,
        package=Package.JKK_JKM,
        months=3,
        total=33_600,
        salt="ABCDEFGH",
        name_digest=name_digest(name, "ABCDEFGH"),
        key_id=KEYS.key_id,
    )
    signed = seal_text(seal)
    return join(signed, KEYS.sign(signed.encode("ascii")))


@pytest.fixture
def one(desk: Desk, clock: StillClock) -> str:
    return enrol(desk.store, clock)


@pytest.fixture
def number(desk: Desk, one: str) -> str:
    return detail_of(desk, one).registration.number


def scan(desk: Desk, text: str, trust: Trust = TRUST) -> Scanned:
    return read_scan(desk, text, partial(check_slip, trust=trust))


def rename(desk: Desk, one: str, name: str) -> None:
    detail = detail_of(desk, one)
    answers = replace(detail.answers, name=name)
    corrected = correct(desk, one, detail.registration.revision, answers, "seperti di KTP")
    assert isinstance(corrected, Done)


def test_a_genuine_slip_opens_its_record_and_asks_for_the_name(
    desk: Desk, one: str, number: str
) -> None:
    scanned = scan(desk, slip_of(number, copy=2))
    assert scanned == Scanned(ScanVerdict.GENUINE, number, one, NAME, copy=2)
    assert scanned.is_good
    assert scanned.asks_for_the_name


def test_a_slip_from_before_a_correction_is_no_forgery(desk: Desk, one: str, number: str) -> None:
    rename(desk, one, "AHMAD SYAFRUDIN")
    rename(desk, one, "AHMAD SYAFRUDDIN")
    for name in (NAME, "AHMAD SYAFRUDIN"):
        scanned = scan(desk, slip_of(number, name))
        assert scanned == Scanned(ScanVerdict.GENUINE_OLDER_NAME, number, one, name)
        assert scanned.asks_for_the_name
    assert scan(desk, slip_of(number, "AHMAD SYAFRUDDIN")).verdict is ScanVerdict.GENUINE


def test_a_name_that_the_record_never_had_is_warned_of(desk: Desk, one: str, number: str) -> None:
    rename(desk, one, "AHMAD SYAFRUDIN")
    scanned = scan(desk, slip_of(number, "SITI MARYAM"))
    assert scanned == Scanned(ScanVerdict.OTHER_NAME, number, one)
    assert not scanned.is_good


def test_a_void_registration_makes_its_slip_void(
    store: Store, clock: StillClock, one: str, number: str
) -> None:
    desk = desk_of(SUPERVISOR, store, clock)
    assert isinstance(void(desk, one, "terdaftar dua kali"), Done)
    assert scan(desk, slip_of(number)) == Scanned(ScanVerdict.VOID, number, one)


def test_a_listed_void_number_is_void_wherever_its_record_is(
    desk: Desk, one: str, number: str
) -> None:
    elsewhere = make_number("10918", 1)
    trust = replace(TRUST, void=frozenset({number, elsewhere}))
    assert scan(desk, slip_of(number), trust) == Scanned(ScanVerdict.VOID, number, one)
    assert scan(desk, slip_of(elsewhere), trust) == Scanned(ScanVerdict.VOID, elsewhere)


def test_a_slip_of_a_revoked_key_is_warned_of_and_opens_the_record(
    desk: Desk, one: str, number: str
) -> None:
    trust = replace(TRUST, revoked={KEYS.key_id: Revocation({})})
    assert scan(desk, slip_of(number), trust) == Scanned(ScanVerdict.REVOKED, number, one)


def test_a_slip_of_another_kiosk_is_genuine_and_opens_nothing(desk: Desk) -> None:
    elsewhere = make_number("10918", 1)
    scanned = scan(desk, slip_of(elsewhere))
    assert scanned == Scanned(ScanVerdict.GENUINE_ELSEWHERE, elsewhere)
    assert not scanned.asks_for_the_name


@pytest.mark.parametrize(
    ("change", "verdict"),
    [((".33600.", ".16800."), ScanVerdict.ALTERED), (("", ""), ScanVerdict.UNKNOWN_KEY)],
)
def test_what_is_not_proven_is_said_and_the_record_shown(
    desk: Desk, one: str, number: str, change: Any, verdict: ScanVerdict
) -> None:
    trust = TRUST if change[0] else Trust({})
    assert scan(desk, slip_of(number).replace(*change), trust) == Scanned(verdict, number, one)


def test_another_name_on_the_slip_is_kept_in_the_audit(
    desk: Desk, store_folder: Path, one: str
) -> None:
    assert note_name_differs(desk, one, 2) == NameDiffers()
    told = rows_at(store_folder)["audit"][-1]
    assert told[2:6] == (NAME_DIFFERS, one, CLERK.id, '{"copy":2}')
    assert Noted(NAME_DIFFERS, "") in [event.what for event in detail_of(desk, one).history]


def test_who_may_not_see_records_learns_and_notes_nothing(
    store: Store, clock: StillClock, one: str, number: str
) -> None:
    admin = desk_of(ADMIN, store, clock)
    assert scan(admin, slip_of(number)) == Scanned(ScanVerdict.NOTHING)
    assert note_name_differs(admin, one, 0) == NotAllowed(Action.SEE)


def test_nothing_is_noted_about_nobody(desk: Desk) -> None:
    assert note_name_differs(desk, "nobody", 0) == NotFound()
