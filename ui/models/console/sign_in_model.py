"""Signing in at the console: by password where the centre is known, else by token or by address."""

from contextlib import suppress
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.central.token import Token, read_token
from kiosk.console_access import (
    SHORTEST_PASSWORD,
    Entered,
    NoEntry,
    Place,
    enter,
    enter_first,
    keep_place,
    read_place,
    refusal_of,
    typed_address,
    written_address,
)
from ui.jobs import Jobs
from ui.models.kiosk_model import KioskModel

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


class Way(StrEnum):
    """How an admin signs in."""

    KNOWN = "known"
    """At the centre of last time, with a password."""
    TOKEN = "token"  # noqa: S105 (a way, not a secret)
    ADDRESS = "address"


@QmlElement
class ConsoleSignInModel(QObject):
    """Takes what is typed to the centre and says what came of it; it keeps no password."""

    changed = Signal()
    entered = Signal(object)
    refused = Signal()

    def __init__(self, file: Path, kiosk: KioskModel, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._file, self._kiosk, self._jobs = file, kiosk, jobs
        self._place = read_place(file)
        self._way = Way.KNOWN if self._place else Way.TOKEN
        self._busy = False
        self._refusal: NoEntry | None = None
        self._differs = False
        kiosk.languageChanged.connect(self.changed)

    @property
    def folder(self) -> Path:
        """Where the centre's certificate, and the admin's signing key, are kept."""
        return self._file.parent

    @Property(str, notify=changed)
    def way(self) -> str:
        return self._way.value

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether somebody was signed in here before."""
        return self._place is not None

    @Property(str, notify=changed)
    def address(self) -> str:
        return written_address(self._place.address) if self._place else ""

    @Property(str, notify=changed)
    def who(self) -> str:
        return (self._place.name or self._place.role) if self._place else ""

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        return self._busy

    @Property(str, notify=changed)
    def problem(self) -> str:
        say = self._kiosk.spoken.say
        if self._differs:
            return say("console.sign_in.differs")
        if self._refusal is None:
            return ""
        return say(f"console.sign_in.{self._refusal.value}", least=SHORTEST_PASSWORD)

    @Slot(str)
    def take(self, way: str) -> None:
        """Sign in another way."""
        self._way, self._refusal, self._differs = Way(way), None, False
        self.changed.emit()

    @Slot(str)
    def bySecret(self, password: str) -> None:
        """Sign in at the centre of last time."""
        if self._place is not None:
            self._run(self._place, password)

    @Slot(str, str, str)
    def byAddress(self, address: str, login: str, password: str) -> None:
        """Sign in at a centre that was not used here before."""
        read = typed_address(address)
        if isinstance(read, NoEntry):
            self._refuse(read)
        else:
            self._run(Place(read, login.strip().lower()), password)

    @Slot(str, str, str)
    def byToken(self, text: str, password: str, again: str) -> None:
        """Give the login of a token its password."""
        token = read_token("".join(text.split()))
        if not isinstance(token, Token):
            self._refuse(refusal_of(token))
        elif token.is_for_kiosk:
            self._refuse(NoEntry.TOKEN_OTHER)
        elif len(password) < SHORTEST_PASSWORD:
            self._refuse(NoEntry.SHORT)
        elif password != again:
            self._refuse(None, differs=True)
        elif not self._busy:
            self._begin()
            self._jobs.run(
                partial(enter_first, text, token.address, password, self.folder), self._answered
            )

    def _run(self, place: Place, password: str) -> None:
        if not self._busy:
            self._begin()
            self._jobs.run(partial(enter, place, password, self.folder), self._answered)

    def _begin(self) -> None:
        self._busy, self._refusal, self._differs = True, None, False
        self.changed.emit()

    def _answered(self, outcome: Entered | NoEntry) -> None:
        self._busy = False
        if isinstance(outcome, NoEntry):
            self._refuse(outcome)
            return
        person = outcome.person
        self._place = Place(outcome.console.address, person.login, person.name)
        self._way = Way.KNOWN
        # Where it cannot be kept it is asked for again next time; today's work does not wait.
        with suppress(OSError):
            keep_place(self._file, self._place)
        self.changed.emit()
        self.entered.emit(outcome)

    def _refuse(self, refusal: NoEntry | None, *, differs: bool = False) -> None:
        self._refusal, self._differs = refusal, differs
        self.changed.emit()
        self.refused.emit()
