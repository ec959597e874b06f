"""The staff's own accounts: what an admin does with them, and everybody's own PIN.

Every change is in the audit: who did it, to whose account, and never a PIN.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from kiosk.accounts import (
    Created,
    MustWait,
    NameMissing,
    NameTaken,
    PinRefused,
    Place,
    SignedIn,
    WrongPin,
    add_account,
    hash_new,
    judge_pin,
    replace_pin,
)
from kiosk.desk.kept_login import put_sealed, sealed_anew
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.staff import Account, Action, Role
from kiosk.storage.store import Record

ACCOUNT_CREATED = "account_created"
PIN_GIVEN = "pin_given"
PIN_CHANGED = "pin_changed"
SWITCHED_OFF = "account_switched_off"
SWITCHED_ON = "account_switched_on"


class Leaving(StrEnum):
    """Two ways from the kiosk, by their words in the audit."""

    DESKTOP = "desktop_opened"
    SHUT_DOWN = "shut_down"


@dataclass(frozen=True, slots=True)
class PinIsNew:
    """The new PIN is the one that counts from now on."""


@dataclass(frozen=True, slots=True)
class MayLeave:
    """The way is open, and the audit has it."""


@dataclass(frozen=True, slots=True)
class Switched:
    """The account stands so now."""

    account: Account


@dataclass(frozen=True, slots=True)
class LastAdmin:
    """Nobody could make accounts any more: first make another admin."""


@dataclass(frozen=True, slots=True)
class NoSuchAccount:
    """No account has this id."""


Outcome = TypeVar("Outcome")


def accounts(desk: Desk) -> tuple[Account, ...] | NotAllowed:
    """Return every account by name, also those switched off."""
    refused = desk.refusal(Action.MANAGE_STAFF)
    if refused:
        return refused
    with desk.store.reading() as record:
        return record.staff.all()


def create(
    desk: Desk, name: str, role: Role, pin: str
) -> Created | NameTaken | NameMissing | PinRefused | NotAllowed:
    """Make an account for somebody of the staff."""
    refused = desk.refusal(Action.MANAGE_STAFF)
    if refused:
        return refused
    pin_hash = hash_new(pin)
    if isinstance(pin_hash, PinRefused):
        return pin_hash
    with desk.store.transaction() as record:
        made = add_account(record, name, role, pin_hash)
        if isinstance(made, Created):
            _note(desk, record, ACCOUNT_CREATED, made.account, role=role.value)
    return made


def give_pin(
    desk: Desk, account_id: str, pin: str
) -> PinIsNew | PinRefused | NoSuchAccount | NotAllowed:
    """Replace the PIN that somebody of the staff has forgotten; also ends their waits."""
    refused = desk.refusal(Action.MANAGE_STAFF)
    if refused:
        return refused
    pin_hash = hash_new(pin)
    if isinstance(pin_hash, PinRefused):
        return pin_hash

    def act(record: Record, account: Account) -> PinIsNew:
        replace_pin(record, account, pin_hash)
        # Nobody else's PIN opens what was kept under the one forgotten.
        record.staff.drop_centre_login(account.id)
        _note(desk, record, PIN_GIVEN, account)
        return PinIsNew()

    return _with_account(desk, account_id, act)


def change_own_pin(
    desk: Desk, place: Place, old: str, new: str
) -> PinIsNew | PinRefused | WrongPin | MustWait:
    """Replace one's own PIN, by the old one: a desk left open must not be enough.

    Wrong old PINs count and wait as at the sign-in.
    """
    pin_hash = hash_new(new)
    if isinstance(pin_hash, PinRefused):
        return pin_hash
    judged = judge_pin(desk.store, desk.account.name, old, place, desk.clock)
    if not isinstance(judged, SignedIn):
        return judged
    sealed = sealed_anew(desk.store, judged.account.id, old, new)
    with desk.store.transaction() as record:
        replace_pin(record, judged.account, pin_hash)
        put_sealed(record, judged.account.id, sealed)
        _note(desk, record, PIN_CHANGED, judged.account)
    return PinIsNew()


def leave(
    desk: Desk, place: Place, pin: str, leaving: Leaving
) -> MayLeave | WrongPin | MustWait | NotAllowed:
    """Let an admin end the kiosk, by their PIN once more: a desk left open must not be enough."""
    refused = desk.refusal(Action.LEAVE_KIOSK)
    if refused:
        return refused
    judged = judge_pin(desk.store, desk.account.name, pin, place, desk.clock)
    if not isinstance(judged, SignedIn):
        return judged
    with desk.store.transaction() as record:
        _note(desk, record, leaving.value, judged.account)
    return MayLeave()


def switch_off(desk: Desk, account_id: str) -> Switched | LastAdmin | NoSuchAccount | NotAllowed:
    """Let an account sign in no more; its name stays in the history."""

    def act(record: Record, account: Account) -> Switched | LastAdmin:
        last = account.role is Role.ADMIN and record.staff.count(Role.ADMIN) == 1
        if last and not account.switched_off:
            return LastAdmin()
        return _switch(desk, record, account, off=True)

    return _with_account(desk, account_id, act)


def switch_on(desk: Desk, account_id: str) -> Switched | NoSuchAccount | NotAllowed:
    """Let an account sign in again, with the PIN it had."""

    def act(record: Record, account: Account) -> Switched:
        return _switch(desk, record, account, off=False)

    return _with_account(desk, account_id, act)


def _switch(desk: Desk, record: Record, account: Account, *, off: bool) -> Switched:
    if account.switched_off is not off:
        record.staff.switch(account.id, off=off)
        _note(desk, record, SWITCHED_OFF if off else SWITCHED_ON, account)
    return Switched(replace(account, switched_off=off))


def _with_account(
    desk: Desk, account_id: str, act: Callable[[Record, Account], Outcome]
) -> Outcome | NoSuchAccount | NotAllowed:
    refused = desk.refusal(Action.MANAGE_STAFF)
    if refused:
        return refused
    with desk.store.transaction() as record:
        found = record.staff.get(account_id)
        return NoSuchAccount() if found is None else act(record, found[0])


def _note(desk: Desk, record: Record, event: str, account: Account, **details: object) -> None:
    record.staff.note(desk.deed(event, desk.clock.now(), account=account.id, **details))
