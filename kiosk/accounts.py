"""Signing in with name and PIN, the first admin, and the way back for an admin without a PIN.

A wrong PIN never locks an account: after five in a row one waits, 15 s and then doubling up to
five minutes, for that name and at that place only. So a resident who tries PINs on the kiosk
cannot keep the clerks from their desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from math import ceil
from typing import TYPE_CHECKING
from uuid import uuid4

from kiosk.clock import Clock
from kiosk.domain.staff import Account, PinFlaw, Role, clean_staff_name, flaw_of
from kiosk.storage.audit import Deed
from kiosk.storage.store import Record, Store

if TYPE_CHECKING:
    from argon2 import PasswordHasher

FREE_TRIES = 5
FIRST_WAIT_S = 15
LONGEST_WAIT_S = 300
FORGOTTEN_AFTER = timedelta(hours=1)

ADMIN_SET_UP = "admin_set_up"
ADMIN_RECOVERED = "admin_recovered"
SIGNED_IN = "signed_in"
SIGNED_OUT = "signed_out"
PIN_REFUSED = "pin_refused"


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
class Recovered:
    """The admin has the new PIN and can sign in at once."""

    account: Account


@dataclass(frozen=True, slots=True)
class NoSuchAdmin:
    """No admin who can sign in has this name."""


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


def has_admin(store: Store) -> bool:
    """Tell whether the setup step was done."""
    with store.reading() as record:
        return bool(record.staff.count(Role.ADMIN))


def create_first_admin(
    store: Store, name: str, pin: str, clock: Clock
) -> Created | NameTaken | NameMissing | PinRefused | AlreadySetUp:
    """Make the kiosk's first admin, the setup step without which nobody can sign in."""
    pin_hash = hash_new(pin)
    if isinstance(pin_hash, PinRefused):
        return pin_hash
    with store.transaction() as record:
        if record.staff.count(Role.ADMIN):
            return AlreadySetUp()
        made = add_account(record, name, Role.ADMIN, pin_hash)
        if isinstance(made, Created):
            record.staff.note(Deed(ADMIN_SET_UP, made.account.id, clock.now(), {}))
    return made


def recover_admin(
    store: Store, name: str, pin: str, clock: Clock
) -> Recovered | NoSuchAdmin | PinRefused:
    """Give an admin who lost the PIN a new one, without the old.

    For whoever can run commands on the machine as its owner: they hold the store's key as well.
    """
    pin_hash = hash_new(pin)
    if isinstance(pin_hash, PinRefused):
        return pin_hash
    with store.transaction() as record:
        found = record.staff.find(name)
        if found is None or found[0].role is not Role.ADMIN or found[0].switched_off:
            return NoSuchAdmin()
        admin = found[0]
        replace_pin(record, admin, pin_hash)
        record.staff.note(Deed(ADMIN_RECOVERED, "", clock.now(), {"account": admin.id}))
    return Recovered(admin)


def hash_new(pin: str) -> str | PinRefused:
    """Return what is kept of a new PIN, if it is good enough; takes a few tens of milliseconds."""
    flaw = flaw_of(pin)
    return _hasher().hash(pin) if flaw is None else PinRefused(flaw)


def add_account(
    record: Record, name: str, role: Role, pin_hash: str
) -> Created | NameTaken | NameMissing:
    """Write a new account; the caller says who may, and notes it."""
    if not clean_staff_name(name):
        return NameMissing()
    if record.staff.find(name) is not None:
        return NameTaken()
    account = Account(str(uuid4()), clean_staff_name(name), role)
    record.staff.add(account, pin_hash)
    return Created(account)


def replace_pin(record: Record, account: Account, pin_hash: str) -> None:
    """Write a new PIN, for which nobody waits; the caller says who may, and notes it."""
    record.staff.set_pin(account.id, pin_hash)
    record.staff.end_waits(account.name)


def sign_in(
    store: Store, name: str, pin: str, place: Place, clock: Clock
) -> SignedIn | WrongPin | MustWait:
    """Judge name and PIN given at a place; the audit keeps the outcome.

    Of a name that nobody here has the audit keeps nothing: a resident may have typed anything.
    """
    judged = judge_pin(store, name, pin, place, clock)
    if isinstance(judged, SignedIn):
        with store.transaction() as record:
            record.staff.note(_visit(SIGNED_IN, judged.account, place, clock))
    return judged


def sign_out(store: Store, account: Account, place: Place, clock: Clock) -> None:
    """Note that somebody has signed out, or was by the silence."""
    with store.transaction() as record:
        record.staff.note(_visit(SIGNED_OUT, account, place, clock))


def judge_pin(
    store: Store, name: str, pin: str, place: Place, clock: Clock
) -> SignedIn | WrongPin | MustWait:
    """Tell whether name and PIN belong together, for sign_in() and for who changes a PIN.

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
    # An unknown name takes as long as a known one.
    fits = _fits(found[1] if found else _decoy(), pin)
    if found is not None and fits and not found[0].switched_off:
        with store.transaction() as record:
            record.staff.forget_wrong_pins(name, place)
        return SignedIn(found[0])
    details = {"place": place.value} | ({"account": found[0].id} if found else {})
    with store.transaction() as record:
        record.staff.note_wrong_pin(name, place, wrong + 1, clock)
        record.staff.note(Deed(PIN_REFUSED, "", clock.now(), details))
    return WrongPin(_wait_s(wrong + 1))


def staff_names(store: Store) -> Mapping[str, str]:
    """Return the name of every account by its id, for whatever says who did something."""
    with store.reading() as record:
        return record.staff.names()


def _visit(event: str, account: Account, place: Place, clock: Clock) -> Deed:
    return Deed(event, account.id, clock.now(), {"place": place.value})


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
