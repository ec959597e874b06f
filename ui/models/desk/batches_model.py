"""The page on which registrations are handed over to the branch."""

from collections.abc import Mapping
from typing import Any, assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.accounts import staff_names
from kiosk.desk.session import Desk
from kiosk.handover import batches
from kiosk.handover.batches import (
    Exported,
    FileKind,
    HandedOver,
    NotAllowed,
    NothingToHandOver,
    NotWritten,
    OnlyPractice,
    Overview,
    UnknownBatch,
)
from kiosk.handover.exchange import Place, is_there
from kiosk.handover.progress import Cancelled, GoOn
from kiosk.storage.handover import Batch
from ui.models.desk.detail_view import day_and_hour
from ui.models.desk.files_model import FilesModel
from ui.models.desk.host import DeskHost
from ui.models.desk.work_model import WorkModel, grouped
from ui.models.kiosk_model import DEAF_AFTER_NEW_SCREEN_MS

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

WAITING = 0
"""Chosen in place of a batch: those who wait for the next one."""
DIGEST_SHOWN = 8


@QmlElement
class BatchesModel(QObject):
    """Makes the next batch, and writes batches to a stick or folder."""

    changed = Signal()

    def __init__(self, host: DeskHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._work = WorkModel(host, self)
        self._files = FilesModel(host, self, self._work)
        self._overview: Overview | None = None
        self._names: Mapping[str, str] = {}
        self._chosen = WAITING
        self._asked_ms: float | None = None
        self._password = ""

    # ------------------------------------------------------------ what the desk asks

    def enter(self) -> None:
        """Read how things stand."""
        self._files.look()
        self._read()

    def leave(self) -> None:
        """An export under way is called off; it leaves no file."""
        self._work.cancel()
        self._password = ""
        self._ask(None)

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._work.forget()
        self._files.forget()
        self._overview, self._chosen, self._asked_ms = None, WAITING, None
        self._password = ""
        self.changed.emit()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self.changed.emit()
        self._files.changed.emit()

    def _read(self) -> None:
        desk = self._host.session
        if desk is not None:
            self._host.run(lambda: _look(desk), self._seen)

    def _seen(self, seen: tuple[Overview | NotAllowed, Mapping[str, str]]) -> None:
        overview, self._names = seen
        if isinstance(overview, Overview):
            self._overview = overview
        self.changed.emit()

    # ------------------------------------------------------------ the list

    @Property(WorkModel, constant=True)
    def work(self) -> WorkModel:
        return self._work

    @Property(FilesModel, constant=True)
    def files(self) -> FilesModel:
        return self._files

    @Property(int, notify=changed)
    def waiting(self) -> int:
        return self._overview.waiting if self._overview else 0

    @Property(str, notify=changed)
    def waitingText(self) -> str:
        if self._overview is None:
            return ""
        if not self._overview.waiting:
            return self._host.texts.say("desk.batches.nobody_waits")
        return self._host.texts.say("desk.batches.waiting", count=grouped(self._overview.waiting))

    @Property(str, notify=changed)
    def lateText(self) -> str:
        late = self._overview.late if self._overview else 0
        return self._host.texts.say("desk.batches.late", count=grouped(late)) if late else ""

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, Any]]:
        texts = self._host.texts
        return [
            {
                "number": one.number,
                "title": texts.say("desk.batch_no", number=one.number),
                "when": day_and_hour(one.made_at, texts),
                "who": self._who(one),
                "size": texts.say("desk.batches.people", count=grouped(one.size)),
            }
            for one in (self._overview.batches if self._overview else ())
        ]

    @Property(int, notify=changed)
    def chosen(self) -> int:
        return self._chosen

    @Slot(int)
    def choose(self, number: int) -> None:
        self._chosen, self._password = number, ""
        self._ask(None)

    def _batch(self) -> Batch | None:
        known = self._overview.batches if self._overview else ()
        return next((one for one in known if one.number == self._chosen), None)

    def _who(self, batch: Batch) -> str:
        return self._names.get(batch.actor, "")

    # ------------------------------------------------------------ the next batch

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        """Whether a batch is made once it is confirmed."""
        return self._asked_ms is not None

    @Property(str, notify=changed)
    def handOverText(self) -> str:
        key = "desk.batches.hand_over" if self._asked_ms is None else "desk.batches.confirm"
        count = self._overview.waiting if self._overview else 0
        return self._host.texts.say(key, count=grouped(count))

    @Slot()
    def handOver(self) -> None:
        now_ms = self._host.services.clock.monotonic_ms()
        if self._asked_ms is None:
            self._ask(now_ms)
        elif now_ms - self._asked_ms >= DEAF_AFTER_NEW_SCREEN_MS:
            # A double click is no confirmation.
            self._hand_over()

    @Slot()
    def keep(self) -> None:
        """Hand nobody over for now."""
        self._ask(None)

    def _ask(self, asked_ms: float | None) -> None:
        self._asked_ms = asked_ms
        self.changed.emit()

    def _hand_over(self) -> None:
        desk = self._host.session
        self._ask(None)
        if desk is not None:
            self._work.run(
                lambda _go_on: batches.hand_over(desk.store, desk.account, desk.clock),
                self._handed_over,
            )

    def _handed_over(
        self, outcome: HandedOver | NothingToHandOver | NotAllowed | OnlyPractice
    ) -> None:
        host = self._host
        match outcome:
            case HandedOver(batch, waiting):
                self._chosen = batch.number
                key = "desk.batches.made_first" if waiting else "desk.batches.made"
                host.tell(key, number=batch.number, count=grouped(batch.size))
            case NothingToHandOver():
                host.warn("desk.batches.nobody_waits")
            case OnlyPractice():
                host.warn("desk.batches.only_practice")
            case NotAllowed():
                host.warn("desk.problem.not_allowed")
            case _:
                assert_never(outcome)
        self._read()
        host.refresh()

    # ------------------------------------------------------------ one batch

    @Property(str, notify=changed)
    def title(self) -> str:
        batch = self._batch()
        return self._host.texts.say("desk.batches.title", number=batch.number) if batch else ""

    @Property(list, notify=changed)
    def facts(self) -> list[dict[str, str]]:
        batch, texts = self._batch(), self._host.texts
        if batch is None:
            return []
        code = batch.digest[:DIGEST_SHOWN] or texts.say("desk.batches.not_written")
        return [
            {"label": texts.say(f"desk.batches.{key}"), "value": value}
            for key, value in (
                ("size", texts.say("desk.batches.people", count=grouped(batch.size))),
                ("made_at", day_and_hour(batch.made_at, texts)),
                ("made_by", self._who(batch)),
                ("digest", code),
            )
        ]

    @Property(str, notify=changed)
    def password(self) -> str:
        """Opens the locked file that was just saved; kept until it is noted, and nowhere else."""
        return self._password

    @Slot()
    def notedPassword(self) -> None:
        self._password = ""
        self.changed.emit()

    @Slot(str)
    def save(self, kind: str) -> None:
        desk, batch, place = self._host.session, self._batch(), self._files.place
        if desk is None or batch is None:
            return
        if place is None:
            self._host.warn("desk.files.no_place")
            return
        first = not batch.digest
        self._work.run(
            lambda go_on: self._export(desk, batch, FileKind(kind), place, go_on),
            lambda outcome: self._saved(outcome, batch.number, place, first=first),
        )

    def _export(
        self, desk: Desk, batch: Batch, kind: FileKind, place: Place, go_on: GoOn
    ) -> Exported | UnknownBatch | NotWritten | NotAllowed | OnlyPractice | Cancelled:
        if not is_there(place):
            return NotWritten()
        data = self._host.services.data
        return batches.export(
            desk.store,
            desk.account,
            batch.number,
            kind,
            place.folder,
            columns=data.handover,
            office_code=self._host.services.settings.branch_code,
            work=data.work,
            clock=desk.clock,
            go_on=go_on,
        )

    def _saved(
        self,
        outcome: Exported | UnknownBatch | NotWritten | NotAllowed | OnlyPractice | Cancelled,
        number: int,
        place: Place,
        *,
        first: bool,
    ) -> None:
        host = self._host
        match outcome:
            case Exported():
                if outcome.password:
                    # Another batch may have been chosen while this one was written.
                    self._chosen, self._password = number, outcome.password
                self._tell_written(outcome, place, first=first)
            case NotWritten():
                host.warn("desk.batches.not_writable", place=place.name)
            case Cancelled():
                host.tell("desk.batches.cancelled")
            case NotAllowed():
                host.warn("desk.problem.not_allowed")
            case OnlyPractice():
                host.warn("desk.batches.only_practice")
            case UnknownBatch():
                host.warn("desk.batches.unknown")
            case _:
                assert_never(outcome)
        self.enter()

    def _tell_written(self, written: Exported, place: Place, *, first: bool) -> None:
        told = {"file": written.file.name, "place": place.name}
        if not written.as_first:
            self._host.warn("desk.batches.written_other", **told)
        elif first:
            self._host.tell("desk.batches.written", **told)
        else:
            self._host.tell("desk.batches.written_same", **told)


def _look(desk: Desk) -> tuple[Overview | NotAllowed, Mapping[str, str]]:
    return batches.overview(desk.store, desk.account, desk.clock), staff_names(desk.store)
