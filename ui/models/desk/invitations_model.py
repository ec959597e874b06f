"""The page of the dinas: whom each has invited, how many have come, and further lists."""

from pathlib import Path
from typing import Any, assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.invitation import Invited
from kiosk.domain.nik import mask_nik
from kiosk.domain.person import group_phone
from kiosk.domain.texts import Texts
from kiosk.handover import invitations
from kiosk.handover.batches import NotAllowed
from kiosk.handover.invitations import FlawedRow, InvitationsWritten, Preview
from kiosk.handover.progress import Cancelled
from kiosk.handover.reading import Unreadable
from kiosk.storage.handover import DinasCount
from ui.models.desk.files_model import FilesModel, is_locked, say_unreadable
from ui.models.desk.host import DeskHost
from ui.models.desk.preview_model import SHOWN_MAX, Group, PreviewLine, PreviewModel
from ui.models.desk.work_model import WorkModel, grouped

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class InvitationsModel(QObject):
    """Counts the invited of each dinas, and takes in its lists."""

    changed = Signal()

    def __init__(self, host: DeskHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._work = WorkModel(host, self)
        self._files = FilesModel(host, self, self._work, self._choose_file)
        self._shown = PreviewModel(host, self)
        self._counts: dict[str, DinasCount] = {}
        self._dinas = ""
        self._preview: Preview | None = None
        self._unreadable: Unreadable | None = None
        self._saving = False

    # ------------------------------------------------------------ what the desk asks

    def enter(self) -> None:
        """Count, and look which files there are."""
        self._files.look()
        self._count()

    def leave(self) -> None:
        """Reading is called off, saving is not."""
        if not self._saving:
            self._work.cancel()

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._work.forget()
        self._files.forget()
        self._counts, self._dinas = {}, ""
        self._clear()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self._shown.retell()
        self._files.changed.emit()
        self.changed.emit()

    def _clear(self) -> None:
        self._preview, self._unreadable, self._saving = None, None, False
        self._shown.show()
        self.changed.emit()

    # ------------------------------------------------------------ the dinas

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
    def lines(self) -> list[dict[str, Any]]:
        """Every dinas with its counts."""
        lines = []
        for code, name in self._host.facts.work.dinas.items():
            count = self._counts.get(code, DinasCount(code, 0, 0, 0))
            lines.append(
                {
                    "code": code,
                    "name": name,
                    "invited": grouped(count.invited),
                    "registered": grouped(count.registered),
                    "paid": grouped(count.paid),
                }
            )
        return lines

    @Property(str, notify=changed)
    def dinas(self) -> str:
        return self._dinas

    @Slot(str)
    def chooseDinas(self, code: str) -> None:
        if not self._work.running:
            self._dinas = code
            self.otherFile()

    def _count(self) -> None:
        desk = self._host.session
        if desk is not None:
            self._host.run(lambda: invitations.count_invitations(desk.store), self._counted)

    def _counted(self, counts: tuple[DinasCount, ...]) -> None:
        self._counts = {one.dinas: one for one in counts}
        self.changed.emit()

    # ------------------------------------------------------------ a list of a dinas

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._host.facts.work.dinas[self._dinas] if self._dinas else ""

    @Property(str, notify=changed)
    def file(self) -> str:
        return self._files.chosen

    @Property(str, notify=changed)
    def problem(self) -> str:
        if self._unreadable is None:
            return ""
        return say_unreadable(
            self._unreadable, "desk.invitations.columns_missing", self._host.texts
        )

    @Slot()
    def otherFile(self) -> None:
        """Choose a file anew."""
        self._files.choose_none()
        self._clear()

    @Property(bool, notify=changed)
    def locked(self) -> bool:
        """Whether the file waits for its password."""
        return is_locked(self._unreadable)

    @Slot(str)
    def unlock(self, password: str) -> None:
        file = self._files.path
        if file is not None and self.locked and password:
            self._choose_file(file, password)

    def _choose_file(self, file: Path, password: str = "") -> None:
        desk, dinas = self._host.session, self._dinas
        if desk is None or not dinas:
            return
        self._clear()
        regions = self._host.facts.regions
        self._work.run(
            lambda go_on: invitations.preview(
                desk.store, file, dinas, regions, desk.clock, go_on=go_on, password=password
            ),
            self._read,
        )
        self.changed.emit()

    def _read(self, outcome: Preview | Unreadable | Cancelled) -> None:
        match outcome:
            case Preview():
                self._preview = outcome
                self._shown.show(*self._groups(outcome))
            case Unreadable():
                self._unreadable = outcome
            case Cancelled():
                self._files.choose_none()
            case _:
                assert_never(outcome)
        self.changed.emit()

    def _groups(self, preview: Preview) -> tuple[Group, ...]:
        host = self._host
        people, flawed, same = preview.people, preview.flawed, preview.same
        return (
            Group(
                "people",
                "desk.invitations.new",
                len(people),
                lambda: [_invited(one, host.texts) for one in people[:SHOWN_MAX]],
                "desk.invitations.nobody_new",
            ),
            Group(
                "flawed",
                "desk.preview.flawed",
                len(flawed),
                lambda: [_flawed(one, host.texts) for one in flawed[:SHOWN_MAX]],
                "desk.preview.no_flaw",
                flawed=True,
            ),
            Group(
                "same",
                "desk.invitations.same",
                len(same),
                lambda: [_same(row, host.texts) for row in same[:SHOWN_MAX]],
                "desk.invitations.none_same",
            ),
        )

    # ------------------------------------------------------------ saving

    @Property(str, notify=changed)
    def saveText(self) -> str:
        """What the yellow key says; "" while there is nobody to invite."""
        if self._preview is None or not self._preview.people:
            return ""
        return self._host.texts.say(
            "desk.invitations.save", count=grouped(len(self._preview.people))
        )

    @Slot()
    def save(self) -> None:
        desk, preview = self._host.session, self._preview
        if desk is None or preview is None or self._work.running or not preview.people:
            return
        self._saving = True
        self._work.run(
            lambda go_on: invitations.invite(desk.store, desk.account, preview, desk.clock, go_on),
            self._saved,
        )

    def _saved(self, outcome: InvitationsWritten | NotAllowed) -> None:
        host = self._host
        match outcome:
            case InvitationsWritten(added, 0):
                host.tell("desk.invitations.saved", count=grouped(added))
            case InvitationsWritten(added, left):
                host.warn("desk.invitations.cut_off", count=grouped(added), left=grouped(left))
            case NotAllowed():
                host.warn("desk.problem.not_allowed")
            case _:
                assert_never(outcome)
        self.otherFile()
        self._count()


def _invited(one: Invited, texts: Texts) -> PreviewLine:
    nik = texts.say("desk.invitations.nik", nik=mask_nik(one.nik)) if one.nik else ""
    phone = group_phone(one.phone) if one.phone else ""
    known = " · ".join(part for part in (nik, phone) if part)
    return PreviewLine("", one.name, known or texts.say("desk.invitations.name_only"))


def _flawed(row: FlawedRow, texts: Texts) -> PreviewLine:
    return PreviewLine(
        str(row.row), texts.say(f"desk.invitations.flaw.{row.flaw.value}", other=row.other)
    )


def _same(row: int, texts: Texts) -> PreviewLine:
    return PreviewLine(str(row), texts.say("desk.invitations.known"))
