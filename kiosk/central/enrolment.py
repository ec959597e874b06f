"""Kiosks as the console sees them: enrolled, revoked, copied."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.central.address import Login
from kiosk.central.console import Console
from kiosk.central.token import Token

HOURS = 72


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A kiosk that can be claimed with its token from now on."""

    number: str
    token: Token


@dataclass(frozen=True, slots=True)
class KioskLine:
    """A kiosk in the console's list; `questioned` counts the stores of a copied disk."""

    number: str
    name: str
    office: str
    state: str
    claim_until: datetime | None
    last_seen_at: datetime | None
    receipts: int
    app_version: str
    questioned: int


@dataclass(frozen=True, slots=True)
class Alarm:
    """What an admin has to look at; `details` name no person."""

    id: str
    number: str
    kind: str
    details: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class StoreSeen:
    """One store (incarnation) that was seen of a kiosk."""

    incarnation: str
    state: str
    first_seen_at: datetime
    last_seen_at: datetime
    registrations: int


def enrol(
    console: Console, name: str, office: str, hours: int = HOURS, number: str | None = None
) -> Enrolled:
    """Make a new kiosk of an office ("36.04.09") and the token it joins with.

    `number` is for a kiosk that a restored centre does not know any more: with it the kiosk can
    hand in what it registered. Raises CentreFailure like Console.transaction().
    """
    console.drop_unclaimed()
    with console.transaction() as connection:
        made = console.call(connection, "enrol", name, office, hours, number)
        secret = console.let_in(connection, made["login"])
    return _enrolled(console, made, secret, office, name)


def enrol_again(console: Console, number: str, hours: int = HOURS) -> Enrolled:
    """Make a token with which a machine takes up the number of a kiosk that exists.

    Whoever has its old secret is out at once: of two copies of a disk that keeps the one that the
    token is typed into. Raises CentreFailure "C 31" for a number that no kiosk has.
    """
    # First nobody is in: who has the old secret could claim with it.
    revoke(console, number)
    with console.transaction() as connection:
        made = console.call(connection, "enrol_again", number, hours)
        secret = console.let_in(connection, made["login"])
    return _enrolled(console, made, secret)


def revoke(console: Console, number: str) -> None:
    """Let a kiosk in no more, also where it is connected now; what it handed in stays.

    Raises CentreFailure "C 31" for a number that no kiosk has.
    """
    with console.transaction() as connection:
        role = console.call(connection, "revoke", number)
    console.disconnect(role)


def keep_both(console: Console, number: str) -> int:
    """Let the stores of a copied disk go on as they are; returns how many were questioned."""
    with console.transaction() as connection:
        return int(console.call(connection, "settle_incarnation", number))


def keep_one(console: Console, number: str, hours: int = HOURS) -> Enrolled:
    """Settle a copied disk, and make the token for the one machine that stays."""
    keep_both(console, number)
    return enrol_again(console, number, hours)


def kiosks(console: Console) -> tuple[KioskLine, ...]:
    """Return all kiosks, by office and name."""
    names = KioskLine.__slots__
    return tuple(
        KioskLine(**{name: _value(name, one[name]) for name in names})
        for one in console.look("kiosks")
    )


def alarms(console: Console) -> tuple[Alarm, ...]:
    """Return the latest alarms, newest first."""
    return tuple(
        Alarm(str(one["id"]), one["number"] or "", one["kind"], one["details"], _at(one["at"]))
        for one in console.look("alarms")
    )


def stores_of(console: Console, number: str) -> tuple[StoreSeen, ...]:
    """Return the stores that were seen of a kiosk, oldest first."""
    names = StoreSeen.__slots__
    return tuple(
        StoreSeen(**{name: _value(name, one[name]) for name in names})
        for one in console.look("incarnations", number)
    )


def run_on_kiosk(console: Console, function: str, number: str, *values: object) -> None:
    """Call lock, unlock, set_cap or open_recovery for a kiosk."""
    with console.transaction() as connection:
        console.call(connection, function, number, *values)


def _enrolled(
    console: Console, made: Mapping[str, str], secret: str, office: str = "", name: str = ""
) -> Enrolled:
    login, until = Login(made["login"], secret), whole_second(made["claim_until"])
    token = Token(console.for_tokens, login, until, office, name, console.keys)
    return Enrolled(made["number"], token)


def whole_second(moment: str) -> datetime:
    """Read a time of the centre as a token says it."""
    return _at(moment).replace(microsecond=0)


def _value(name: str, value: Any) -> Any:
    return _at(value) if name.endswith(("_at", "_until")) and value else value


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)
