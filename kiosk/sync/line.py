"""The kept connection to the centre: one call is one round trip, and can be cut off from outside.

A connection that hangs is not noticed by the network for hours: whoever waits longer than agreed
shuts the socket down, and so does who wants the program to end.
"""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.central.refusals import refuses_login, unverified
from kiosk.storage.centre import Membership

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import Engine

NOT_REACHED, LOGIN_REFUSED, NOT_CERTIFIED = "C 21", "C 22", "C 23"
REVOKED, NOT_CLAIMED, OTHER_VERSION = "C 24", "C 25", "C 26"
CENTRE_FAILED, NOT_SAFE = "C 27", "C 28"

_REFUSALS = {
    "AB001": NOT_CLAIMED,
    "AB002": REVOKED,
    "AB003": OTHER_VERSION,
    "42501": LOGIN_REFUSED,
    # The functions are not there, or not these, or take the request for none of theirs: that is no
    # fault of a record.
    **dict.fromkeys(("42883", "3F000", "42P01", "42703", "22023"), OTHER_VERSION),
}
_PASSING = ("08", "25", "40", "53", "55", "57")
"""Classes of errors that pass: the connection, a standby, a deadlock, resources, a shutdown."""
_OF_THE_TEXT = ("22", "54")
_WARNING = "01000"


@dataclass(frozen=True, slots=True)
class Answered:
    """The centre has committed, and answered so; it took so long."""

    reply: Any
    took_s: float


@dataclass(frozen=True, slots=True)
class NotReached:
    """Nobody answered in time, or the server failed; `was_sending` once the connection stood."""

    code: str
    was_sending: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """The centre lets nobody in like this."""

    code: str


@dataclass(frozen=True, slots=True)
class Unsafe:
    """Committed, but on one machine alone: it may be gone after a failover."""

    code: str = NOT_SAFE


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The database cannot take this text, for the reason of this SQLSTATE."""

    sqlstate: str


CallOutcome = Answered | NotReached | Refused | Unsafe | Unreadable


class Line:
    """Calls functions of the centre; one thread calls, any may cut off."""

    def __init__(self, engine: "Engine") -> None:
        self._engine = engine
        self._guard = threading.Lock()
        self._driver: psycopg.Connection[Any] | None = None
        self._closed = False

    def call(self, function: str, request: str, patience_s: float) -> CallOutcome:
        """Call a function with a request in JSON, and wait for the answer at most so long."""
        from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 (with the rest of the driver)

        warned: list[str] = []
        sending = False
        try:
            with self._engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                sending = True
                began = time.monotonic()
                with self._guarded(driver, patience_s), _listening(driver, warned.append):
                    statement = f"SELECT {function}(%s::jsonb)"
                    reply = connection.exec_driver_sql(statement, (request,)).scalar()
                took_s = time.monotonic() - began
        except DBAPIError as error:
            self._engine.dispose()
            return _failed(error.orig, was_sending=sending)
        if _WARNING in warned:
            # "canceling wait for synchronous replication": the commit may not outlast its machine.
            self._engine.dispose()
            return Unsafe()
        return Answered(reply, took_s)

    def cut_off(self) -> None:
        """Let a call that waits end now, and every later one at once."""
        with self._guard:
            self._closed = True
            _shut_down(self._driver)

    def close(self) -> None:
        """Give the connection back."""
        self._engine.dispose()

    @contextmanager
    def _guarded(self, driver: "psycopg.Connection[Any]", patience_s: float) -> Iterator[None]:
        watchdog = threading.Timer(patience_s, _shut_down, (driver,))
        watchdog.daemon = True
        with self._guard:
            self._driver = driver
            if self._closed:
                _shut_down(driver)
        watchdog.start()
        try:
            yield
        finally:
            watchdog.cancel()
            with self._guard:
                self._driver = None


@contextmanager
def _listening(driver: "psycopg.Connection[Any]", hear: Callable[[str], None]) -> Iterator[None]:
    def heard(said: Any) -> None:
        hear(said.sqlstate or "")

    driver.add_notice_handler(heard)
    try:
        yield
    finally:
        driver.remove_notice_handler(heard)


def _shut_down(driver: "psycopg.Connection[Any] | None") -> None:
    import psycopg  # noqa: PLC0415 (loaded by whoever has a connection)

    if driver is None:
        return
    # Not close(): whoever waits for the socket would not wake up.
    with (
        suppress(OSError, psycopg.Error),
        socket.socket(fileno=os.dup(driver.fileno())) as connected,
    ):
        connected.shutdown(socket.SHUT_RDWR)


def _failed(error: BaseException | None, *, was_sending: bool) -> CallOutcome:
    sqlstate = getattr(error, "sqlstate", None) or ""
    refusal = LOGIN_REFUSED if sqlstate.startswith("28") else _REFUSALS.get(sqlstate, "")
    if not sqlstate and not was_sending:
        refusal = _refusal_of_login(str(error))
    if refusal:
        return Refused(refusal)
    if sqlstate.startswith(_OF_THE_TEXT):
        return Unreadable(sqlstate)
    passes = not sqlstate or sqlstate.startswith(_PASSING)
    return NotReached(NOT_REACHED if passes else CENTRE_FAILED, was_sending)


def _refusal_of_login(words: str) -> str:
    if unverified(words):
        return NOT_CERTIFIED
    return LOGIN_REFUSED if refuses_login(words) else ""


def open_line(membership: Membership, ca_folder: Path) -> Line:
    """Return the line of a kiosk's login; it connects at the first call.

    `ca_folder` takes the certificate as a file. Raises CentreFailure when it cannot.
    """
    # 0.1 s of imports, which a kiosk without a centre never needs.
    from kiosk.central.address import Login, make_engine  # noqa: PLC0415
    from kiosk.sync.joining import address_of  # noqa: PLC0415

    login = Login(membership.role, membership.secret)
    return Line(make_engine(address_of(membership), login, ca_folder))
