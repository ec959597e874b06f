"""Staff accounts: the first admin, new accounts, and signing in with name and PIN.

A wrong PIN never locks an account: after five in a row one waits, 15 s and then doubling up to
five minutes, for that name and at that place only. So a resident who tries PINs on the kiosk
cannot keep the clerks from their desk.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from math import ceil
from typing import TYPE_CHECKING
from uuid import uuid4

from kiosk.clock import Clock
from kiosk.domain.staff import Account, PinFlaw, Role, clean_staff_name, flaw_of
from kiosk.storage.store import Store

if TYPE_CHECKING:
    from argon2 import PasswordHasher

FREE_TRIES = 5
FIRST_WAIT_S = 15
LONGEST_WAIT_S = 300
FORGOTTEN_AFTER = timedelta(hours=1)


class Place(StrEnum):
    """Where somebody signs in; each place waits for itself."""

    KIOSK = "kiosk"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Created:
    """The account exists now."""

    account: Account


@dataclass(frozen=True, slots=True)
class NameTaken:
    """Somebody of this name has an account."""


@dataclass(frozen=True, slots=True)
class NameMissing:
    """A name of at least one character is needed."""


@dataclass(frozen=True, slots=True)
class PinRefused:
    """The PIN is not good enough."""

    flaw: PinFlaw


@dataclass(frozen=True, slots=True)
class AlreadySetUp:
    """This kiosk has an admin; only an admin makes more accounts."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Name and PIN belong together."""

    account: Account


@dataclass(frozen=True, slots=True)
class WrongPin:
    """Name and PIN do not belong together; which of them is wrong is not said."""

    wait_s: int


@dataclass(frozen=True, slots=True)
class MustWait:
    """Too many wrong PINs; the PIN given now was not looked at."""

    wait_s: int


def create_first_admin(
    store: Store, name: str, pin: str
) -> Created | NameMissing | PinRefused | AlreadySetUp:
    """Make the kiosk's first admin, the setup step without which nobody can sign in."""
    flaw = flaw_of(pin)
    if flaw is not None:
        return PinRefused(flaw)
    if not clean_staff_name(name):
        return NameMissing()
    pin_hash = _hasher().hash(pin)
    with store.transaction() as record:
        if record.staff.count(Role.ADMIN):
            return AlreadySetUp()
        admin = Account(str(uuid4()), clean_staff_name(name), Role.ADMIN)
        record.staff.add(admin, pin_hash)
    return Created(admin)


def create_account(
    store: Store, name: str, role: Role, pin: str
) -> Created | NameTaken | NameMissing | PinRefused:
    """Make an account for somebody of the staff."""
    flaw = flaw_of(pin)
    if flaw is not None:
        return PinRefused(flaw)
    if not clean_staff_name(name):
        return NameMissing()
    pin_hash = _hasher().hash(pin)
    with store.transaction() as record:
        if record.staff.find(name) is not None:
            return NameTaken()
        account = Account(str(uuid4()), clean_staff_name(name), role)
        record.staff.add(account, pin_hash)
    return Created(account)


def sign_in(
    store: Store, name: str, pin: str, place: Place, clock: Clock
) -> SignedIn | WrongPin | MustWait:
    """Judge name and PIN given at a place.

    The waits are kept in the store, so that a restart does not end them, and are measured so that
    setting the clock does not either.
    """
    with store.transaction() as record:
        record.staff.forget_old_wrong_pins(FORGOTTEN_AFTER, clock)
        before = record.staff.wrong_pins(name, place)
        if before and before.boot != clock.boot and before.last_at > clock.now():
            # A new start met a clock set back: from now on this start is what is measured by.
            record.staff.note_wrong_pin(name, place, before.count, clock)
        found = record.staff.find(name)
    wrong = before.count if before else 0
    left_s = _wait_s(wrong) - before.passed_s(clock) if before else 0
    if left_s > 0:
        return MustWait(ceil(left_s))
    if found is not None and _fits(found[1], pin):
        with store.transaction() as record:
            record.staff.forget_wrong_pins(name, place)
        return SignedIn(found[0])
    if found is None:
        _fits(_decoy(), pin)  # so that an unknown name takes as long as a known one
    with store.transaction() as record:
        record.staff.note_wrong_pin(name, place, wrong + 1, clock)
    return WrongPin(_wait_s(wrong + 1))


def _wait_s(wrong: int) -> int:
    if wrong < FREE_TRIES:
        return 0
    return min(FIRST_WAIT_S << min(wrong - FREE_TRIES, 10), LONGEST_WAIT_S)


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # noqa: PLC0415 (residents never need it)

    return PasswordHasher()


@cache
def _decoy() -> str:
    return _hasher().hash(str(uuid4()))


def _fits(pin_hash: str, pin: str) -> bool:
    from argon2.exceptions import VerifyMismatchError  # noqa: PLC0415

    try:
        return _hasher().verify(pin_hash, pin)
    except VerifyMismatchError:
        return False
