"""How somebody gets to the centre from the console: where it is, and under which login.

Where it is stays in a file between two uses, the password does not.
"""

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from kiosk.central.address import CentreAddress, Login, read_url
from kiosk.central.console import Console
from kiosk.central.desk import CentreDesk
from kiosk.central.failures import CentreFailure
from kiosk.central.outcomes import NotAllowed, Person, Unreachable
from kiosk.central.token import TokenFlaw
from kiosk.domain.staff import CentreRole
from kiosk.fleet import keys_for_tokens
from kiosk.keys.files import replace_private
from kiosk.sync.joining import NotReached, Own, TokenRefused, make_own

SHORTEST_PASSWORD = 12
"""In characters: who can reach the centre's port can try passwords."""
FILE = "centre.json"
LET_IN = frozenset({CentreRole.KABUPATEN_ADMIN, CentreRole.REPORT})
"""Whoever else has a login at the centre works at a kiosk of their office, or for the branch."""


class NoEntry(StrEnum):
    """Why nobody was let in."""

    NOT_LET_IN = "not_let_in"
    """A wrong login or password, or the login was ended."""
    UNREACHED = "unreached"
    UNVERIFIED = "unverified"
    """Who answers cannot prove to be the centre."""
    UNSAFE = "unsafe"
    """What was typed is no address, or everything could be read on the way to it."""
    NOT_HERE = "not_here"
    """A login of another role than those of LET_IN."""
    SHORT = "short"
    """The new password is too short."""
    TOKEN_NOT_ONE = "token_not_a_token"  # noqa: S105 (it names a flaw)
    TOKEN_DAMAGED = "token_damaged"  # noqa: S105
    TOKEN_NEWER = "token_newer"  # noqa: S105
    TOKEN_EXPIRED = "token_expired"  # noqa: S105
    TOKEN_USED = "token_used"  # noqa: S105
    TOKEN_OTHER = "token_other_kind"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Place:
    """Where the centre is, and the login that was last let in there."""

    address: CentreAddress
    role: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody is at work; what they may do is their role's, person.role."""

    console: Console
    person: Person


def read_place(file: Path) -> Place | None:
    """Return what was remembered; None where there is nothing that can be read."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        address = CentreAddress(
            tuple(map(str, said["hosts"])),
            tuple(map(int, said["ports"])),
            str(said["database"]),
            str(said["ca"]),
        )
        return Place(address, str(said["login"]), str(said["name"]))
    except (OSError, ValueError, KeyError, TypeError, CentreFailure):
        return None


def keep_place(file: Path, place: Place) -> None:
    """Remember it for the next time; raises OSError."""
    address = place.address
    said = {
        "hosts": list(address.hosts),
        "ports": list(address.ports),
        "database": address.database,
        "ca": address.ca,
        "login": place.role,
        "name": place.name,
    }
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_private(file, json.dumps(said, indent=1).encode())


def written_address(address: CentreAddress) -> str:
    """Return it as it can be read: "pusat.example:5432"."""
    pairs = zip(address.hosts, address.ports, strict=True)
    return ", ".join(f"{host}:{port}" for host, port in pairs)


def typed_address(text: str) -> CentreAddress | NoEntry:
    """Read an address as an admin types it: a URL, or a host with perhaps port and database.

    Another machine than this one always has to prove who it is.
    """
    text = text.strip()
    if "://" not in text:
        hosts, slash, database = text.partition("/")
        text = f"postgresql://{hosts}/{quote(database) if slash else 'anjungan'}"
        text += "?sslmode=verify-full"
    try:
        return read_url(text)[0]
    except CentreFailure:
        return NoEntry.UNSAFE


def enter(place: Place, password: str, folder: Path) -> Entered | NoEntry:
    """Sign somebody in at the centre; `folder` takes its certificate. Not on the GUI thread."""
    login = Login(place.role, password)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        desk = CentreDesk.of(place.address, login, folder)
    except (CentreFailure, OSError):
        return NoEntry.UNSAFE
    try:
        person = desk.whoami()
    finally:
        desk.close()
    if isinstance(person, NotAllowed):
        return NoEntry.NOT_LET_IN
    if isinstance(person, Unreachable):
        return NoEntry.UNREACHED
    if person.role not in LET_IN:
        return NoEntry.NOT_HERE
    return Entered(Console(place.address, login, folder, place.address), person)


def enter_first(
    token: str, address: CentreAddress, password: str, folder: Path
) -> Entered | NoEntry:
    """Give the login of a person's token this password, and sign them in.

    Repeating it with the same password is right whatever happened before.
    """
    if len(password) < SHORTEST_PASSWORD:
        return NoEntry.SHORT
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        own = make_own(token, folder, password)
    except (CentreFailure, OSError):
        return NoEntry.UNSAFE
    if isinstance(own, NotReached):
        return NoEntry.UNREACHED if own.is_verified else NoEntry.UNVERIFIED
    if isinstance(own, TokenRefused):
        return refusal_of(own.flaw)
    assert isinstance(own, Own)
    return enter(Place(address, own.login.role), password, folder)


def refusal_of(flaw: TokenFlaw) -> NoEntry:
    """Return why nobody is let in with such a token."""
    return NoEntry(f"token_{flaw.value}")


def with_keys(console: Console, folder: Path) -> Console:
    """Return the console whose tokens name the keys that sign configurations.

    `folder` is the signing key's. Raises CentreFailure and KeyFailure. Not on the GUI thread.
    """
    return replace(console, keys=keys_for_tokens(console, folder))
