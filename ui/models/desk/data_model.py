"""The tariff and the benefits: what is in force, and taking in another from a file."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.comparing import Considered, DataSeen, FileGone, Older, Outcome, Refused, SameAsNow
from kiosk.desk.session import NotAllowed
from kiosk.domain.wording import date_words
from ui.models.desk.data_view import DataWords, facts_of, groups_of, near_words, refusal_words
from ui.models.desk.files_model import FilesModel
from ui.models.desk.host import FilesHost
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


class DataSource(Protocol):
    """Whose data they are: this kiosk's, or those of the draft for all kiosks.

    What it returns works off the GUI thread; None while nobody is signed in.
    """

    def words(self, seen: DataSeen) -> DataWords: ...
    def looking(self) -> Callable[[], DataSeen | NotAllowed] | None: ...
    def comparing(self, path: Path) -> Callable[[], Outcome | NotAllowed] | None: ...
    def load(self, considered: Considered, loaded: Callable[[str], None]) -> None:
        """Take a file in as it was looked at; `loaded` gets the key of what became of it."""


@QmlElement
class DataModel(QObject):
    """Reads a file, shows what it would change, and takes it in."""

    changed = Signal()

    def __init__(self, host: FilesHost, source: DataSource, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._source = source
        self._work = WorkModel(host, self)
        self._files = FilesModel(
            host, self, self._work, self._choose, endings=ENDING, none="desk.data.none"
        )
        self._shown = PreviewModel(host, self)
        self._files.changed.connect(self.changed)
        self._seen: DataSeen | None = None
        self._considered: Considered | None = None
        self._refused: Refused | Older | SameAsNow | FileGone | NotAllowed | None = None
        self._loaded = ""

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
        self._considered, self._refused, self._loaded = None, None, ""
        self._shown.show()
        self._files.choose_none()

    def _read(self) -> None:
        looking = self._source.looking()
        if looking is not None:
            self._host.run(looking, self._looked)

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

    @property
    def _words(self) -> DataWords:
        return self._source.words(self._seen) if self._seen else DataWords("", "")

    @Property(str, notify=changed)
    def who(self) -> str:
        """Who changes the data."""
        who = self._words.who
        return self._host.texts.say(who) if who else ""

    @Property(str, notify=changed)
    def warning(self) -> str:
        """What ends soon."""
        return near_words(self._seen, self._host.texts) if self._seen else ""

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._files.chosen

    @Property(str, notify=changed)
    def lead(self) -> str:
        """What loading the file would mean, or what was done."""
        texts, considered = self._host.texts, self._considered
        if considered is None:
            return ""
        date = date_words(considered.from_day, texts)
        if self._loaded:
            return texts.say(self._loaded, date=date)
        lead = texts.say("desk.data.lead", date=date, examples=considered.examples)
        also = self._words.also
        return f"{lead} {texts.say(also)}" if also else lead

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
        """What the yellow key says; "" while there is nothing to take in, or not here."""
        save = self._words.save
        may = self._considered is not None and not self._loaded and save
        return self._host.texts.say(save) if may else ""

    # ------------------------------------------------------------ looking and loading

    def _choose(self, file: Path) -> None:
        comparing = self._source.comparing(file)
        if comparing is None:
            return
        self._considered, self._refused, self._loaded = None, None, ""
        self._shown.show()

        def read(outcome: Outcome | NotAllowed) -> None:
            if file != self._files.path:
                return
            if isinstance(outcome, Considered):
                self._considered = outcome
                self._shown.show(*groups_of(outcome, self._host.texts))
            else:
                self._refused = outcome
            self.changed.emit()

        self._work.run(lambda _go_on: comparing(), read)
        self.changed.emit()

    @Slot()
    def load(self) -> None:
        """Take in the file that was looked at, as it was looked at."""
        if self._considered is not None and self.saveText:
            self._source.load(self._considered, self._was_loaded)

    def _was_loaded(self, told: str) -> None:
        self._loaded = told
        self._read()
        self.changed.emit()
