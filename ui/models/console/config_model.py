"""The page of the configuration: its versions, the draft, and the way back."""

from functools import partial
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement

from kiosk.domain.configuration import Document
from kiosk.domain.failures import KioskFailure
from kiosk.domain.fleet import (
    ConfigState,
    FleetLine,
    NoSuchVersion,
    NotTrusted,
    Published,
    SomebodyElse,
    VersionLine,
)
from kiosk.drafting import said_in
from kiosk.fleet import fleet, history, roll_back, version, withdraw
from ui.models.console.draft_model import ConfigDraftModel
from ui.models.console.fleet_model import FleetModel
from ui.models.console.host import ConsoleHost
from ui.models.console.signing_model import (
    PASSPHRASE,
    has_key,
    key_form,
    not_opened,
    opened,
    other_admin_form,
    passphrase_field,
    public_of,
)
from ui.models.desk.form import Form, Values

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

DRAFT = "draft"


@QmlElement
class ConfigModel(QObject):
    """Lists the versions, the newest first; beside them the one that is chosen, or the draft."""

    changed = Signal()

    def __init__(self, host: ConsoleHost, fleet_model: FleetModel, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._fleet = fleet_model
        self._draft = ConfigDraftModel(host, fleet_model, self)
        self._draft.published.connect(self.enter)
        self._draft.changed.connect(self._draft_changed)
        self._lines: tuple[VersionLine, ...] = ()
        self._chosen = ""
        self._document: Document | None = None
        self._read = False

    @property
    def draft(self) -> ConfigDraftModel:
        """The draft of who works here."""
        return self._draft

    @Slot()
    def enter(self) -> None:
        """Read the versions, and the kiosks that run them."""
        session, now = self._host.session, self._host.now
        if session is not None:
            self._host.run(lambda: (history(session), fleet(session, now())), self._was_read)

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._lines, self._chosen, self._document, self._read = (), "", None, False
        self._draft.forget()
        self.changed.emit()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self._draft.changed.emit()
        self.changed.emit()

    def _was_read(self, read: tuple[tuple[VersionLine, ...], tuple[FleetLine, ...]]) -> None:
        lines, self._read, was_read = read[0], True, self._read
        self._fleet.take(read[1])
        if was_read and lines == self._lines:
            # A list that is shown anew begins at its top again.
            return
        self._lines = lines
        if not self._draft.open and self._one is None:
            self._chosen = str(self._lines[0].version) if self._lines else ""
        self.changed.emit()
        self._read_document()

    def _read_document(self) -> None:
        session, one = self._host.session, self._one
        if one is None:
            self._document = None
        elif session is not None and (
            self._document is None or self._document.version != one.version
        ):
            self._host.run(partial(version, session, one.version), self._document_read)

    def _document_read(self, document: Document | None) -> None:
        self._document = document
        self.changed.emit()

    @Slot()
    def _draft_changed(self) -> None:
        if self._draft.open:
            self._chosen = DRAFT
        elif self._chosen == DRAFT:
            self._chosen = str(self._lines[0].version) if self._lines else ""
            self._read_document()
        self.changed.emit()

    # ------------------------------------------------------------ what QML reads

    @Property(ConfigDraftModel, constant=True)
    def draftModel(self) -> ConfigDraftModel:
        return self._draft

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        """Whether the centre has answered."""
        return self._read

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, str]]:
        view, say = self._draft.view, self._host.texts.say
        found = [view.line(one) for one in self._lines]
        if not self._draft.open:
            return found
        base = self._draft.base
        note = say("console.config.draft_of", version=base) if base else ""
        draft = {"id": DRAFT, "title": say("console.config.draft"), "note": note}
        return [{**draft, "tag": "", "tone": "sea", "icon": "pencil-simple"}, *found]

    @Property(str, notify=changed)
    def chosen(self) -> str:
        return self._chosen

    @property
    def _one(self) -> VersionLine | None:
        return next((one for one in self._lines if str(one.version) == self._chosen), None)

    @Property(dict, notify=changed)
    def detail(self) -> dict[str, object]:
        """The version that is chosen; empty while the draft is."""
        one, view = self._one, self._draft.view
        if one is None:
            return {}
        read = self._document is not None and self._document.version == one.version
        content = said_in(self._document.content) if read and self._document else ()
        return {
            **view.line(one),
            "facts": view.facts(one),
            "says": view.changes(content),
            "mayWithdraw": one.state is ConfigState.TRIAL,
            "backTo": self._back_to(one),
        }

    def _back_to(self, one: VersionLine) -> int:
        """Return what one press goes back to from here: -1 for nothing."""
        if self._lines and one.version == self._lines[0].version:
            older = (line.version for line in self._lines[1:] if _is_good(line))
            return next(older, 0)
        return one.version if _is_good(one) else -1

    @Property(int, notify=changed)
    def newer(self) -> int:
        """The version that came while the draft was open, 0 for none."""
        newest = self._lines[0].version if self._lines else 0
        return newest if self._draft.open and newest > self._draft.made_from else 0

    @Property(bool, notify=changed)
    def hasKey(self) -> bool:
        return has_key(self._host.keys_folder)

    # ------------------------------------------------------------ what is done

    @Slot(str)
    def choose(self, line: str) -> None:
        self._host.close_form()
        self._chosen = line
        self.changed.emit()
        self._read_document()

    @Slot()
    def makeKey(self) -> None:
        """Ask for the passphrase of a new key."""
        self._host.open_form(key_form(self._host, self._host.keys_folder, self.changed.emit))

    @Slot()
    def copyKey(self) -> None:
        """Put the public key where another program can take it, for the other admins."""
        QGuiApplication.clipboard().setText(public_of(self._host.keys_folder))
        self._host.tell("console.config.key_copied")

    @Slot()
    def knowAdmin(self) -> None:
        """Ask for the public key of another admin."""
        self._host.open_form(other_admin_form(self._host, self._host.keys_folder))

    @Slot()
    def withdraw(self) -> None:
        """Let nobody else have the version on trial."""
        session, one = self._host.session, self._one
        if session is not None and one is not None:
            self._host.run(partial(withdraw, session, one.version), self._withdrawn)

    def _withdrawn(self, _done: None) -> None:
        self._host.tell("console.config.withdrawn")
        self.enter()

    @Slot(int)
    def rollBack(self, to_version: int) -> None:
        """Ask for the passphrase, and publish again what a version before said."""
        self._host.open_form(
            Form(
                name="roll_back",
                title="console.config.roll_back",
                lead="console.config.roll_back_lead",
                submit="console.config.roll_back",
                fields=(passphrase_field(),),
                send=partial(self._sign, to_version),
                grave=True,
                kept=False,
            )
        )

    def _sign(self, to_version: int, values: Values) -> None:
        session, folder, now = self._host.session, self._host.keys_folder, self._host.now
        if session is None:
            return
        why = self._host.texts.say("console.config.rolled_back_why", version=to_version)
        secret = values[PASSPHRASE]

        def work() -> object:
            key = opened(folder, secret)
            if isinstance(key, KioskFailure):
                return (key,)
            return roll_back(session, key, to_version, why, now())

        self._host.run(work, self._rolled_back)

    def _rolled_back(
        self,
        outcome: tuple[KioskFailure] | Published | SomebodyElse | NoSuchVersion | NotTrusted,
    ) -> None:
        if isinstance(outcome, tuple):
            self._host.complain({PASSPHRASE: not_opened(outcome[0], self._host.texts)})
            return
        self._host.close_form()
        match outcome:
            case Published(number):
                self._chosen = str(number)
                self._host.tell("console.config.rolled_back", version=number)
            case SomebodyElse(number):
                self._host.warn("console.config.somebody_else", version=number)
            case NotTrusted():
                self._host.warn("console.config.not_trusted")
            case NoSuchVersion():
                self._host.warn("console.config.no_such")
            case _:
                assert_never(outcome)
        self.enter()


def _is_good(one: VersionLine) -> bool:
    return one.state is ConfigState.PUBLISHED
