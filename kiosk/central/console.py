"""The console of the kabupaten's admin: one transaction at the centre under their own login."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from kiosk.central.address import CentreAddress, Login
from kiosk.central.failures import CentreFailure
from kiosk.central.install import installing
from kiosk.central.logins import new_secret, verifier_of

_CODES = {"P0002": "C 31", "22023": "C 32"}
"""What the centre refuses in words that an admin understands."""


@dataclass(frozen=True, slots=True)
class Console:
    """An admin at work. `for_tokens` is the address as kiosks and offices reach the centre; `keys`
    are the public keys (base64) whose configurations a new kiosk is to trust."""

    address: CentreAddress
    login: Login
    ca_folder: Path
    for_tokens: CentreAddress
    keys: tuple[str, ...] = ()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a transaction, committed at the end: all of it or nothing.

        Raises CentreFailure: "C 12" not reached, "C 13" no server for this, "C 14" not allowed,
        "C 31" nobody has this number or login, "C 32" not understood.
        """
        try:
            with installing(self.address, self.login, self.ca_folder) as connection:
                yield connection
        except DBAPIError as error:
            state = getattr(error.orig, "sqlstate", None)
            if state not in _CODES:
                raise
            message = str(error.orig).partition("\n")[0]
            raise CentreFailure(_CODES[state], message) from None

    def call(self, connection: Connection, function: str, *values: Any) -> Any:
        """Call a function of console_api; returns its answer."""
        marks = ", ".join(["%s"] * len(values))
        asked = f"SELECT console_api.{function}({marks})"
        return connection.exec_driver_sql(asked, values).scalar()

    def look(self, function: str, *values: Any) -> Any:
        """Call a function that reads, after the logins that nobody claimed in time are gone."""
        self.drop_unclaimed()
        with self.transaction() as connection:
            return self.call(connection, function, *values)

    def drop_unclaimed(self) -> tuple[str, ...]:
        """Drop logins that nobody claimed in time; returns their names."""
        with self.transaction() as connection:
            return tuple(self.call(connection, "drop_unclaimed"))

    def let_in(self, connection: Connection, login: str) -> str:
        """Make the login that is to be claimed, or open it again; returns its one-time password."""
        secret = new_secret()
        self.call(connection, "let_in", login, verifier_of(connection, login, secret))
        return secret

    def disconnect(self, role: str) -> int:
        """End the connections of a login that was ended; returns how many there were.

        After the commit that ended it, so that none can be opened in between.
        """
        with self.transaction() as connection:
            return int(self.call(connection, "disconnect", role))
