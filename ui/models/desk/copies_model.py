"""The backups at the desk: how safe the record is, making and trying copies, and restoring."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import backups
from kiosk.backups import (
    BackupsSeen,
    Made,
    NoJournal,
    NoRoom,
    NotMade,
    NotWhole,
    OnlyPractice,
    OthersOpen,
    PlaceGone,
    Restored,
)
from kiosk.desk.session import NotAllowed
from kiosk.handover.progress import Cancelled
from kiosk.storage.copies import Tried
from ui.models.desk.copies_view import facts_of, tried_words
from ui.models.desk.files_model import FilesModel
from ui.models.desk.host import DeskHost
from ui.models.desk.work_model import MEGABYTES, WorkModel, grouped
from ui.renewal import RENEW

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

ENDING = frozenset({".backup"})
Trouble = (
    NoRoom
    | NotMade
    | NotWhole
    | PlaceGone
    | NoJournal
    | OthersOpen
    | OnlyPractice
    | NotAllowed
    | Cancelled
)


@QmlElement
class CopiesModel(QObject):
    """Lists the copies of a place; beside them how the record stands, or the copy chosen."""

    changed = Signal()

    def __init__(self, host: DeskHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._work = WorkModel(host, self, MEGABYTES)
        own = (host.services.settings.backup_place, "desk.copies.here")
        self._files = FilesModel(
            host, self, self._work, self._try, endings=ENDING, none="desk.copies.none", own=own
        )
        self._files.changed.connect(self.changed)
        self._seen: BackupsSeen | None = None
        self._tried: Tried | None = None
        self._trouble: Trouble | None = None
        self._asking = self._trying = self._restoring = False

    # ------------------------------------------------------------ what the desk asks

    def enter(self) -> None:
        """Look how the record stands, and which copies there are."""
        self._read()
        self._files.look()

    def leave(self) -> None:
        """A copy that is being made is called off; restoring cannot be."""
        self._work.cancel()
        self._clear()

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._work.forget()
        self._files.forget()
        self._seen = None
        self._clear()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self._files.changed.emit()

    def _clear(self) -> None:
        self._tried, self._trouble = None, None
        self._asking = self._trying = self._restoring = False
        self._files.choose_none()

    def _read(self) -> None:
        desk = self._host.session
        if desk is not None:
            self._host.run(lambda: backups.look(desk), self._looked)

    def _looked(self, seen: BackupsSeen | OnlyPractice | NotAllowed) -> None:
        if isinstance(seen, BackupsSeen):
            self._seen = seen
        else:
            self._trouble = seen
        self.changed.emit()

    # ------------------------------------------------------------ what QML reads

    @Property(WorkModel, constant=True)
    def work(self) -> WorkModel:
        return self._work

    @Property(FilesModel, constant=True)
    def files(self) -> FilesModel:
        return self._files

    @Property(list, notify=changed)
    def facts(self) -> list[dict[str, str]]:
        """How safe the record is."""
        return facts_of(self._seen, self._host.facts, self._host.texts) if self._seen else []

    @Property(str, notify=changed)
    def makeText(self) -> str:
        """What the key says that makes a copy where the list is of."""
        place, say = self._files.place, self._host.texts.say
        if place is None or self._seen is None:
            return ""
        if self._files.is_own(place):
            return say("desk.copies.make")
        return say("desk.copies.carry", place=self._files.name_of(place))

    @Property(str, notify=changed)
    def title(self) -> str:
        """The copy that is chosen."""
        return self._files.chosen

    @Property(bool, notify=changed)
    def trying(self) -> bool:
        return self._trying

    @Property(str, notify=changed)
    def tried(self) -> str:
        """What the trial proved."""
        return tried_words(self._tried, self._host.texts) if self._tried else ""

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self._words(self._trouble) if self._trouble else ""

    @Property(bool, notify=changed)
    def mayRestore(self) -> bool:
        return self._tried is not None and not (self._asking or self._restoring)

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        """Whether it is asked once more before the record is put aside."""
        return self._asking

    @Property(list, notify=changed)
    def consequences(self) -> list[str]:
        """What restoring means, line by line."""
        if self._tried is None or self._seen is None:
            return []
        say, health = self._host.texts.say, self._seen.health
        newer = max(0, self._tried.now - self._tried.registrations)
        lines = [
            say("desk.copies.means_newer", count=grouped(newer)),
            say("desk.copies.means_number"),
            say("desk.copies.means_half"),
            say("desk.copies.means_aside"),
        ]
        if health.journal_behind or health.journal_problem:
            lines.insert(0, say("desk.copies.means_behind"))
        return lines

    @Property(bool, notify=changed)
    def restoring(self) -> bool:
        return self._restoring

    # ------------------------------------------------------------ making and trying

    @Slot()
    def make(self) -> None:
        """Make a backup, in the place whose list is shown, and try it."""
        desk, place = self._host.session, self._files.place
        if desk is None or place is None or self._work.running or self._restoring:
            return
        self._clear()
        target = None if self._files.is_own(place) else place
        self._work.run(lambda go_on: backups.make(desk, target, go_on), self._made)
        self.changed.emit()

    def _made(self, outcome: Made | Trouble) -> None:
        if isinstance(outcome, Made):
            key = "desk.copies.made_with_keys" if outcome.keys_beside else "desk.copies.made"
            told = self._host.warn if outcome.keys_beside else self._host.tell
            told(key, file=outcome.file.name, count=grouped(outcome.tried.registrations))
        else:
            self._trouble = outcome
        self.enter()

    def _try(self, file: Path) -> None:
        desk = self._host.session
        if desk is None or self._restoring:
            return
        self._tried, self._trouble, self._asking, self._trying = None, None, False, True
        self.changed.emit()

        def judged(outcome: Tried | Trouble) -> None:
            if file != self._files.path:
                return
            self._trying = False
            if isinstance(outcome, Tried):
                self._tried = outcome
            else:
                self._trouble = outcome
            self.changed.emit()

        self._host.run(lambda: backups.try_copy(desk, file), judged)

    # ------------------------------------------------------------ restoring

    @Slot()
    def ask(self) -> None:
        """Say what restoring means, and ask."""
        self._asking = self._tried is not None
        self.changed.emit()

    @Slot()
    def dontRestore(self) -> None:
        self._asking = False
        self.changed.emit()

    @Slot()
    def restore(self) -> None:
        """Make the record anew from the copy that is chosen."""
        desk, file = self._host.session, self._files.path
        if desk is None or file is None or not self._asking or self._restoring:
            return
        self._asking, self._restoring = False, True
        self.changed.emit()
        self._host.run(lambda: self._restore(desk, file), self._restored)

    def _restore(self, desk: Any, file: Path) -> Any:
        try:
            return backups.restore(desk, file)
        finally:
            # Also after a failure, which brings no result.
            self._restoring = False

    def _restored(self, outcome: Restored | Trouble) -> None:
        if isinstance(outcome, Restored):
            self._host.tell("desk.copies.restored", count=grouped(outcome.registrations))
            # Much of what runs was read from the record of before.
            QCoreApplication.exit(RENEW)
            return
        self._trouble = outcome
        self.changed.emit()

    # ------------------------------------------------------------ what went wrong

    def _words(self, outcome: Trouble) -> str:
        if isinstance(outcome, NoRoom):
            room = {"needs": grouped(outcome.needs_mb), "free": grouped(outcome.free_mb)}
            return self._host.texts.say("desk.copies.no_room", **room)
        return self._host.texts.say(_TOLD[type(outcome)])


_TOLD: Mapping[type[Trouble], str] = {
    NotWhole: "desk.copies.not_whole",
    PlaceGone: "desk.copies.place_gone",
    NotMade: "desk.copies.not_made",
    NoJournal: "desk.copies.no_journal",
    OthersOpen: "desk.copies.others_open",
    OnlyPractice: "desk.copies.only_practice",
    NotAllowed: "desk.problem.not_allowed",
    Cancelled: "desk.copies.cancelled",
}
