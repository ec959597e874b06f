"""Taking in a token: for this kiosk to join the centre, or for one person to sign in there."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.accounts import MustWait, WrongPin
from kiosk.desk.session import NotAllowed
from kiosk.domain.centre_desk import Joined, TokenFlaw, TokenRefused, TokenSeen
from ui.centre_port import CentreDesk
from ui.models.desk.centre_view import kecamatan_words, refusal_words, token_facts
from ui.models.desk.far import Unreached, or_unreached
from ui.models.desk.files_model import FilesModel
from ui.models.desk.host import TokenHost
from ui.models.desk.pins import wrong_pin
from ui.models.desk.work_model import WorkModel

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

TOKEN_FILES = frozenset({".txt", ".token"})
NO_FILES = "desk.join.no_files"
TOKEN_MAX_BYTES = 16 * 1024


class Purpose(StrEnum):
    """What a token is asked for."""

    JOIN = "join"
    LOGIN = "login"


def _any(_seen: TokenSeen) -> str:
    return ""


@QmlElement
class TokenModel(QObject):
    """Holds a token from when it is pasted, scanned or read from a file until it is used.

    `misfit` says in a sentence why a token is not for whoever asks, "" where it is.
    """

    changed = Signal()
    joined = Signal()
    loggedIn = Signal(object)

    def __init__(
        self, host: TokenHost, parent: QObject, misfit: Callable[[TokenSeen], str] = _any
    ) -> None:
        super().__init__(parent)
        self._host = host
        self._misfit = misfit
        self._purpose: Purpose | None = None
        self._text = ""
        self._seen: TokenSeen | None = None
        self._problem = ""
        self._busy = False
        self._work = WorkModel(host, self)
        self._files = FilesModel(
            host, self, self._work, self._read_file, endings=TOKEN_FILES, none=NO_FILES
        )

    def forget(self) -> None:
        """Let go of the token."""
        self._purpose, self._busy = None, False
        self._files.forget()
        self._put("", None, "")

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self._problem = ""
        self.changed.emit()
        self._files.changed.emit()

    def takes(self, text: str) -> bool:
        """Take what a scanner read, if a token is asked for; tell whether it was taken."""
        if self._purpose is None:
            return False
        self.give(text)
        return True

    # ------------------------------------------------------------ what QML reads

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        return self._purpose is not None

    @Property(str, notify=changed)
    def purpose(self) -> str:
        return self._purpose.value if self._purpose else ""

    @Property(bool, notify=changed)
    def there(self) -> bool:
        """Whether a token was given that can be used."""
        return bool(self._text)

    @Property(list, notify=changed)
    def facts(self) -> list[dict[str, str]]:
        return token_facts(self._seen, self._host.facts, self._host.texts) if self._seen else []

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self._problem

    @Property(bool, notify=changed)
    def failed(self) -> bool:
        """Whether the same token may do it another time."""
        return bool(self._text and self._problem)

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        return self._busy

    @Property(FilesModel, constant=True)
    def files(self) -> FilesModel:
        return self._files

    # ------------------------------------------------------------ what is done

    @Slot(str)
    def begin(self, purpose: str) -> None:
        """Ask for a token."""
        self._purpose = Purpose(purpose)
        self._put("", None, "")
        self._files.look()

    @Slot()
    def cancel(self) -> None:
        """Ask no more, or for another token."""
        if self._busy:
            return
        if not self._text:
            self._purpose = None
        self._files.choose_none()
        self._put("", None, "")

    @Slot(str)
    def give(self, text: str) -> None:
        """Look at a token that was pasted, scanned or read from a file."""
        text, joining = "".join(text.split()), self._host.services.joining
        if self._busy or not text:
            return
        if joining is None:
            return
        seen = joining.read(text, for_kiosk=self._purpose is Purpose.JOIN)
        if not isinstance(seen, TokenSeen):
            self._put("", None, refusal_words(seen, self._host.texts))
        elif misfit := self._misfit(seen):
            self._put("", None, misfit)
        else:
            self._put(text, seen, "")

    def _read_file(self, path: Path) -> None:
        self._host.run(lambda: _content(path), self._file_read)

    def _file_read(self, text: str | None) -> None:
        if text is None:
            self._put("", None, self._host.texts.say("desk.join.file_gone"))
        else:
            self.give(text)

    @Slot(str)
    def send(self, pin: str) -> None:
        """Use the token; the PIN seals a person's login."""
        desk, text, services = self._host.session, self._text, self._host.services
        if desk is None or not text or self._busy:
            return
        joining, logins, place = services.joining, services.centre_logins, self._host.place
        if self._purpose is Purpose.JOIN and joining is not None:
            self._host.run_far(
                lambda: or_unreached(lambda: joining.join(desk, text)), self._join_answered
            )
        elif logins is not None and pin:
            self._host.run_far(
                lambda: or_unreached(lambda: logins.keep(desk, place, pin, text)),
                self._login_answered,
            )
        else:
            return
        self._busy, self._problem = True, ""
        self.changed.emit()

    def _join_answered(self, outcome: Joined | TokenRefused | NotAllowed | Unreached) -> None:
        self._busy = False
        match outcome:
            case Joined(number, office, _):
                self.forget()
                self.joined.emit()
                where = kecamatan_words(office, self._host.facts)
                self._host.tell("desk.told.joined", number=number, office=where)
            case TokenRefused(TokenFlaw.UNREACHABLE, code) | Unreached(code):
                self._unreached(code)
            case TokenRefused():
                self._put("", None, refusal_words(outcome, self._host.texts))
            case NotAllowed():
                self._put("", None, self._host.texts.say("desk.problem.not_allowed"))
            case _:
                assert_never(outcome)

    def _login_answered(
        self, outcome: CentreDesk | TokenRefused | WrongPin | MustWait | Unreached
    ) -> None:
        self._busy = False
        match outcome:
            case TokenRefused(TokenFlaw.UNREACHABLE, code) | Unreached(code):
                self._unreached(code)
            case TokenRefused():
                self._put("", None, refusal_words(outcome, self._host.texts))
            case WrongPin(wait_s) | MustWait(wait_s):
                self._put(self._text, None, wrong_pin(wait_s, self._host.texts))
            case _:
                self.forget()
                self.loggedIn.emit(outcome)
                self._host.tell("desk.told.logged_in")

    def _unreached(self, code: str) -> None:
        """The token stays, for another try."""
        refused = TokenRefused(TokenFlaw.UNREACHABLE, code)
        self._put(self._text, self._seen, refusal_words(refused, self._host.texts))

    def _put(self, text: str, seen: TokenSeen | None, problem: str) -> None:
        self._text, self._seen, self._problem = text, seen, problem
        self.changed.emit()


def _content(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return file.read(TOKEN_MAX_BYTES).decode("utf-8", "replace")
    except OSError:
        return None
