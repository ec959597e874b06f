"""The page of the tariff, the segments, the columns and the sentences: edits of the one draft."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.clock import local_date
from kiosk.data import Data
from kiosk.domain.configuration import Content
from kiosk.fleet import newest
from kiosk.languages import Languages
from ui.models.console.draft_model import ConfigDraftModel
from ui.models.console.host import ConsoleHost
from ui.models.desk.data_model import DataModel
from ui.models.parts.columns_model import ColumnsModel
from ui.models.parts.data_source import CarriedModel, EditedData
from ui.models.parts.host import FormsHost
from ui.models.parts.segments_model import SegmentsModel
from ui.models.parts.sentences_model import SentencesModel

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

FILES, SEGMENTS, COLUMNS, SENTENCES = "files", "segments", "columns", "sentences"
PARTS = (FILES, SEGMENTS, COLUMNS, SENTENCES)
CONFIG = "config"


@dataclass(frozen=True, slots=True)
class _Told:
    """What the page was told for."""

    known: bool
    changes: int
    content: Content
    language: str
    part: str


class DraftHost(FormsHost):
    """Lets the editors work on the draft; see ui.models.parts.host."""

    take_key = "console.config.take"

    def __init__(self, host: ConsoleHost, draft: ConfigDraftModel) -> None:
        super().__init__(host)
        self._host = host
        self._draft = draft

    @property
    def content(self) -> Content:
        """What the draft says."""
        return self._draft.content

    @property
    def shipped_data(self) -> Data:
        """What ships with the program."""
        return self._host.parts.data

    @property
    def shipped_languages(self) -> Languages:
        """What ships with the program."""
        return self._host.parts.languages

    @property
    def exchange_folder(self) -> Path:
        """Where files lie beside those on sticks."""
        return self._host.parts.settings.exchange_folder

    @property
    def today(self) -> date:
        """The day at this machine."""
        return local_date(self._host.now())

    def put(self, content: Content) -> None:
        """Let the draft say this."""
        self._draft.put(content)

    def run(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        """Work off the GUI thread, beside what reaches the centre."""
        self._host.run_long(work, on_result)

    def warn(self, key: str, **values: object) -> None:
        """Say in one line what could not be done."""
        self._host.warn(key, **values)


@QmlElement
class ConsoleDataModel(QObject):
    """Shows one part at a time; what it changes stands in the draft of the page Pengaturan."""

    changed = Signal()

    def __init__(self, host: ConsoleHost, draft: ConfigDraftModel, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._draft = draft
        own = DraftHost(host, draft)
        self._part = FILES
        self._told: _Told | None = None
        self._tariff = DataModel(own, EditedData(own), self)
        self._carried = CarriedModel(own, self)
        self._segments = SegmentsModel(own, self)
        self._columns = ColumnsModel(own, self)
        self._sentences = SentencesModel(own, self)
        self._retellings = {
            FILES: self._retell_files,
            SEGMENTS: self._segments.retell,
            COLUMNS: self._columns.retell,
            SENTENCES: self._sentences.retell,
        }
        draft.changed.connect(self._retell_part)

    # ------------------------------------------------------------ what the console asks

    def enter(self) -> None:
        """Read where the draft begins, unless one is open."""
        session = self._host.session
        if session is not None:
            self._host.run(lambda: newest(session), self._draft.look)
        self._retell_part()

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._part, self._told = FILES, None
        self._tariff.forget()
        for part in (self._segments, self._columns, self._sentences):
            part.forget()
        self.changed.emit()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self._tariff.retell()
        self._retell_part()

    @Slot()
    def _retell_part(self) -> None:
        """Show the part anew where the draft says something else, or in another language."""
        now = _Told(
            self._draft.known,
            len(self._draft.changes),
            self._draft.content,
            self._host.texts.language,
            self._part,
        )
        if now == self._told:
            # What is shown anew loses the keyboard's focus.
            return
        self._told = now
        if now.known:
            self._retellings[self._part]()
        self.changed.emit()

    def _retell_files(self) -> None:
        self._tariff.enter()
        self._carried.retell()

    # ------------------------------------------------------------ what QML reads

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        """Whether it is known where the draft begins."""
        return self._draft.known

    @Property(list, notify=changed)
    def parts(self) -> list[dict[str, str]]:
        say = self._host.texts.say
        return [{"id": one, "label": say(f"console.parts.{one}")} for one in PARTS]

    @Property(str, notify=changed)
    def part(self) -> str:
        return self._part

    @Property(str, notify=changed)
    def toDraft(self) -> str:
        """What the key to the draft says; "" while it changes nothing."""
        count = len(self._draft.changes) if self._draft.open else 0
        return self._host.texts.say("console.parts.to_draft", count=count) if count else ""

    @Property(DataModel, constant=True)
    def tariff(self) -> DataModel:
        return self._tariff

    @Property(CarriedModel, constant=True)
    def carried(self) -> CarriedModel:
        return self._carried

    @Property(SegmentsModel, constant=True)
    def segments(self) -> SegmentsModel:
        return self._segments

    @Property(ColumnsModel, constant=True)
    def columns(self) -> ColumnsModel:
        return self._columns

    @Property(SentencesModel, constant=True)
    def sentences(self) -> SentencesModel:
        return self._sentences

    # ------------------------------------------------------------ what is done

    @Slot(str)
    def openPart(self, part: str) -> None:
        self._host.close_form()
        self._part = part
        self._tariff.leave()
        self._retell_part()

    @Slot()
    def openDraft(self) -> None:
        """Show all that the draft changes, where it is published."""
        self._host.go(CONFIG)
