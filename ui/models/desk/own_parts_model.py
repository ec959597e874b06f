"""Sentences, segments and columns of this kiosk alone, on the page of its settings."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.clock import local
from kiosk.data import Data
from kiosk.desk import own_parts
from kiosk.desk.own_parts import AsBefore, DoesNotFit, Kept, Meanwhile, Outcome, OwnSeen
from kiosk.desk.session import NotAllowed
from kiosk.domain.configuration import Content
from kiosk.domain.wording import moment_words
from kiosk.languages import Languages
from kiosk.own_content import COLUMNS, OWN_FILES, SEGMENTS, Beneath, OwnMisfit, Unfit
from ui.models.desk.host import DeskHost
from ui.models.parts.columns_model import ColumnsModel
from ui.models.parts.host import FormsHost
from ui.models.parts.segments_model import SegmentsModel
from ui.models.parts.sentences_model import SentencesModel

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

FILES: Mapping[str, str] = {"texts": "", "work": SEGMENTS, "columns": COLUMNS}
"""What is edited in a group of the page: a data file, or sentences."""
MOST_NAMED = 3


class OwnHost(FormsHost):
    """Lets the editors work on what this kiosk says for itself; see ui.models.parts.host."""

    take_key = "setting.save"

    def __init__(
        self, host: DeskHost, beneath: Beneath, put: Callable[[Content, Content], None]
    ) -> None:
        super().__init__(host)
        self._host = host
        self._beneath = beneath
        self._put = put
        self.content = Content()

    @property
    def shipped_data(self) -> Data:
        """What counts here where the kiosk says nothing for itself."""
        return self._beneath.data

    @property
    def shipped_languages(self) -> Languages:
        """What is said here where the kiosk says nothing for itself."""
        return self._beneath.languages

    def put(self, content: Content) -> None:
        """Show it as it shall be, and have it kept."""
        before, self.content = self.content, content
        self._put(before, content)

    def run(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        """Work off the GUI thread."""
        self._host.run(work, on_result)


@QmlElement
class OwnPartsModel(QObject):
    """Holds the three editors, who changed last what is chosen, and what is not used."""

    changed = Signal()

    def __init__(self, host: DeskHost, beneath: Beneath, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._beneath = beneath
        self._own = own = OwnHost(host, beneath, self._put)
        self._seen: OwnSeen | None = None
        self._group = ""
        self._sentences = SentencesModel(own, self)
        self._segments = SegmentsModel(own, self)
        self._columns = ColumnsModel(own, self)
        self._editors: Mapping[str, SentencesModel | SegmentsModel | ColumnsModel] = {
            "texts": self._sentences,
            "work": self._segments,
            "columns": self._columns,
        }
        for one in self._editors.values():
            one.changed.connect(self.changed)

    # ------------------------------------------------------------ what the page asks

    def enter(self) -> None:
        """Read how the own content stands."""
        desk, beneath = self._host.session, self._beneath
        if desk is not None:
            self._host.run(lambda: own_parts.look(desk, beneath), self._looked)

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._seen, self._group, self._own.content = None, "", Content()
        for one in self._editors.values():
            one.forget()

    def retell(self) -> None:
        """The content is another one, or the language."""
        if self._group and self._seen is not None:
            self._editors[self._group].retell()
        self.changed.emit()

    def open(self, group: str) -> None:
        """Show the editor of a group; "" for none."""
        self._group = group
        self.retell()

    def _looked(self, seen: OwnSeen | NotAllowed) -> None:
        if not isinstance(seen, NotAllowed):
            self._seen, self._own.content = seen, seen.own.used
            self.retell()

    # ------------------------------------------------------------ what QML reads

    @Property(str, notify=changed)
    def group(self) -> str:
        return self._group if self._seen is not None else ""

    @Property(SentencesModel, constant=True)
    def sentences(self) -> SentencesModel:
        return self._sentences

    @Property(SegmentsModel, constant=True)
    def segments(self) -> SegmentsModel:
        return self._segments

    @Property(ColumnsModel, constant=True)
    def columns(self) -> ColumnsModel:
        return self._columns

    @Property(bool, notify=changed)
    def locked(self) -> bool:
        """Whether what the group edits comes from the centre alone."""
        return self._seen is not None and self._seen.own.joined and bool(FILES.get(self._group))

    @Property(str, notify=changed)
    def note(self) -> str:
        """Why nothing can be changed here, or what is not used any more."""
        say = self._host.texts.say
        if self.locked:
            return say("parts.own.of_the_centre")
        misfits = self._misfits
        if not misfits:
            return ""
        if FILES[self._group]:
            return say(f"parts.own.unused.{misfits[0].why}")
        named = ", ".join(one.part for one in misfits[:MOST_NAMED])
        more = len(misfits) - MOST_NAMED
        return say("parts.own.unused_texts", keys=f"{named} (+{more})" if more > 0 else named)

    @Property(bool, notify=changed)
    def mayDrop(self) -> bool:
        return bool(self._misfits) and not self.locked

    @Property(str, notify=changed)
    def last(self) -> str:
        """Who changed last what is chosen; nothing where nobody did, or nothing can be undone."""
        last = self._seen.last.get(self._part) if self._seen and not self.locked else None
        if last is None or self._seen is None:
            return ""
        who = self._seen.names.get(last.actor, "")
        return self._host.texts.say(
            "parts.own.last", who=who, at=moment_words(local(last.at), self._host.texts)
        )

    @property
    def _part(self) -> str:
        return FILES.get(self._group, "") or str(self._sentences.chosen)

    @property
    def _misfits(self) -> list[OwnMisfit]:
        file = FILES.get(self._group)
        if file is None or self._seen is None:
            return []
        return [
            one
            for one in self._seen.own.misfits
            if (one.part == file if file else one.part not in OWN_FILES)
        ]

    # ------------------------------------------------------------ what is done

    def _put(self, before: Content, after: Content) -> None:
        desk = self._host.session
        if desk is not None:
            self._host.run(partial(own_parts.keep, desk, self._beneath, before, after), self._told)
            self.retell()

    @Slot()
    def undo(self) -> None:
        """Take the last change of what is chosen back."""
        desk = self._host.session
        if desk is not None and self._part:
            self._host.run(partial(own_parts.undo, desk, self._beneath, self._part), self._told)

    @Slot()
    def dropMisfits(self) -> None:
        """Let go of what is not used any more."""
        desk, parts = self._host.session, [one.part for one in self._misfits]
        if desk is not None and parts:
            self._host.run(partial(own_parts.drop_misfits, desk, self._beneath, parts), self._told)

    def _told(self, outcome: Outcome) -> None:
        host = self._host
        match outcome:
            case Kept():
                host.tell("setting.saved")
            case AsBefore():
                host.tell("setting.unchanged")
            case Meanwhile():
                host.warn("parts.own.meanwhile")
            case DoesNotFit(_, why):
                host.warn(_refusal(why))
            case NotAllowed():
                host.warn("desk.problem.not_allowed")
            case _:
                assert_never(outcome)
        self.enter()


def _refusal(why: Unfit) -> str:
    if why is Unfit.OF_THE_CENTRE:
        return "parts.own.of_the_centre"
    return f"parts.own.refused.{why}"
