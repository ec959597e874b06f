"""Logins of people at the centre: each person has one, with a password that only they know."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.central.address import Login
from kiosk.central.console import Console
from kiosk.central.enrolment import HOURS, whole_second
from kiosk.central.token import Token
from kiosk.domain.staff import CentreRole


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A person in the console's list; not `active` until they set their own password."""

    login: str
    name: str
    role: CentreRole
    office: str
    active: bool


def add(
    console: Console, name: str, role: CentreRole, office: str = "", hours: int = HOURS
) -> Token:
    """Make a login for a person, and the token with which they set their own password.

    Raises CentreFailure like Console.transaction().
    """
    console.drop_unclaimed()
    with console.transaction() as connection:
        made = console.call(connection, "staff_add", name, role.value, office, hours)
        secret = console.let_in(connection, made["login"])
    login = Login(made["login"], secret)
    return Token(console.for_tokens, login, whole_second(made["claim_until"]))


def remove(console: Console, login: str) -> None:
    """Let a person in no more, at once; what they did stays under their name.

    Raises CentreFailure "C 31" for a login that nobody has.
    """
    with console.transaction() as connection:
        console.call(connection, "staff_remove", login)
    console.disconnect(login)


def people(console: Console) -> tuple[StaffLine, ...]:
    """Return everybody with a login, by office and name."""
    return tuple(map(_line, console.look("staff")))


def _line(one: Mapping[str, str | bool]) -> StaffLine:
    return StaffLine(
        login=str(one["login"]),
        name=str(one["name"]),
        role=CentreRole(str(one["role"])),
        office=str(one["office"]),
        active=bool(one["active"]),
    )
