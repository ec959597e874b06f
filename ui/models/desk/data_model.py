"""The tariff and the benefits at the desk: what is in force, and loading another from a file."""

from collections.abc import Mapping
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import data_loading
from kiosk.data_loading import (
    Considered,
    DataSeen,
    FileGone,
    Loaded,
    OfTheCentre,
    Older,
    Refused,
    SameAsNow,
)
from kiosk.desk.session import NotAllowed
from kiosk.domain.wording import date_words
from ui.models.desk.data_view import facts_of, groups_of, refusal_words
from ui.models.desk.files_model import FilesModel
from ui.models.desk.host import DeskHost
from ui.models.desk.preview_model import PreviewModel
from ui.models.desk.work_model import WorkModel

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

ENDING = frozenset({".json"})
_TOLD: Mapping[type[SameAsNow | FileGone | NotAllowed], str] = {
    SameAsNow: "desk.data.same",
    FileGone: "desk.files.flaw.unreadable",
    NotAllowed: "desk.problem.not_allowed",
}


@QmlElement
class DataModel(QObject):
    """Reads a file, shows what it would change, and keeps it where no centre sends data."""

    changed = Signal()

    def __init__(self, host: DeskHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._work = WorkModel(host, self)
        self._files = FilesModel(
            host, self, self._work, self._choose, endings=ENDING, none="desk.data.none"
        )
        self._shown = PreviewModel(host, self)
        self._files.changed.connect(self.changed)
        self._seen: DataSeen | None = None
        self._considered: Considered | None = None
        self._refused: Refused | Older | SameAsNow | FileGone | NotAllowed | None = None
        self._loaded: Loaded | None = None

    # ------------------------------------------------------------ what the desk asks

    def enter(self) -> None:
        """Look what is in force, and which files there are."""
        self._read()
        self._files.look()

    def leave(self) -> None:
        """A file that was looked at and not loaded is let go of."""
        self._clear()

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._files.forget()
        self._seen = None
        self._clear()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        if self._considered is not None:
            self._shown.show(*groups_of(self._considered, self._host.texts))
        self._files.changed.emit()

    def _clear(self) -> None:
        self._considered, self._refused, self._loaded = None, None, None
        self._shown.show()
        self._files.choose_none()

    def _read(self) -> None:
        desk, data = self._host.session, self._host.services.data
        if desk is not None:
            self._host.run(lambda: data_loading.look(desk, data), self._looked)

    def _looked(self, seen: DataSeen | NotAllowed) -> None:
        if isinstance(seen, DataSeen):
            self._seen = seen
            self.changed.emit()

    # ------------------------------------------------------------ what QML reads

    @Property(WorkModel, constant=True)
    def work(self) -> WorkModel:
        return self._work

    @Property(FilesModel, constant=True)
    def files(self) -> FilesModel:
        return self._files

    @Property(PreviewModel, constant=True)
    def shown(self) -> PreviewModel:
        return self._shown

    @Property(list, notify=changed)
    def facts(self) -> list[dict[str, str]]:
        return facts_of(self._seen, self._host.texts) if self._seen else []

    @Property(str, notify=changed)
    def who(self) -> str:
        """Who changes the data of this kiosk."""
        if self._seen is None:
            return ""
        key = "desk.data.of_the_centre" if self._seen.joined else "desk.data.by_file"
        return self._host.texts.say(key)

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._files.chosen

    @Property(str, notify=changed)
    def lead(self) -> str:
        """What loading the file would mean, or what was done."""
        texts, considered = self._host.texts, self._considered
        if self._loaded is not None:
            return self._loaded_words(self._loaded)
        if considered is None:
            return ""
        lead = texts.say(
            "desk.data.lead",
            date=date_words(considered.from_day, texts),
            examples=considered.examples,
        )
        if self._seen is not None and self._seen.joined:
            return f"{lead} {texts.say('desk.data.of_the_centre')}"
        return lead

    def _loaded_words(self, loaded: Loaded) -> str:
        texts = self._host.texts
        if loaded.at_once:
            return texts.say("desk.data.loaded_now")
        return texts.say("desk.data.loaded", date=date_words(loaded.from_day, texts))

    @Property(str, notify=changed)
    def problem(self) -> str:
        texts = self._host.texts
        match self._refused:
            case None:
                return ""
            case Refused():
                return refusal_words(self._refused, texts)
            case Older(since):
                return texts.say("desk.data.older", date=date_words(since, texts))
            case SameAsNow() | FileGone() | NotAllowed():
                return texts.say(_TOLD[type(self._refused)])
            case _:
                assert_never(self._refused)

    @Property(str, notify=changed)
    def saveText(self) -> str:
        """What the yellow key says; "" while there is nothing to load, or it is the centre's."""
        if self._considered is None or self._loaded is not None:
            return ""
        if self._seen is None or self._seen.joined:
            return ""
        return self._host.texts.say("desk.data.load")

    # ------------------------------------------------------------ looking and loading

    def _choose(self, file: Path) -> None:
        desk, data = self._host.session, self._host.services.data
        if desk is None:
            return
        self._considered, self._refused, self._loaded = None, None, None
        self._shown.show()

        def read(
            outcome: Considered | SameAsNow | Older | Refused | FileGone | NotAllowed,
        ) -> None:
            if file != self._files.path:
                return
            if isinstance(outcome, Considered):
                self._considered = outcome
                self._shown.show(*groups_of(outcome, self._host.texts))
            else:
                self._refused = outcome
            self.changed.emit()

        self._work.run(lambda _go_on: data_loading.consider(desk, data, file), read)
        self.changed.emit()

    @Slot()
    def load(self) -> None:
        """Keep the file that was looked at, as it was looked at."""
        desk, considered = self._host.session, self._considered
        data = self._host.services.data
        if desk is None or considered is None or not self.saveText:
            return
        self._host.run(lambda: data_loading.load(desk, data, considered), self._told)

    def _told(self, outcome: Loaded | OfTheCentre | NotAllowed) -> None:
        match outcome:
            case Loaded():
                self._loaded = outcome
                self._host.tell("desk.data.kept")
            case OfTheCentre():
                self._host.warn("desk.data.of_the_centre")
            case NotAllowed():
                self._host.warn("desk.problem.not_allowed")
            case _:
                assert_never(outcome)
        self._read()
        self.changed.emit()
