"""The page that takes in what the branch answers: looked at first, saved when somebody says so."""

from collections.abc import Mapping
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.session import Desk
from kiosk.domain.branch_answer import Change
from kiosk.domain.handover import Columns
from kiosk.domain.registration_number import group_number
from kiosk.domain.texts import Texts
from kiosk.domain.wording import date_words
from kiosk.handover import answers
from kiosk.handover.answers import Applied, FlawedRow, Preview, Stale
from kiosk.handover.batches import NotAllowed
from kiosk.handover.progress import Cancelled, GoOn
from kiosk.handover.reading import Unreadable
from ui.models.desk.files_model import FilesModel, is_locked, say_unreadable
from ui.models.desk.host import DeskHost
from ui.models.desk.preview_model import SHOWN_MAX, Group, PreviewLine, PreviewModel
from ui.models.desk.work_model import WorkModel, grouped

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

Names = Mapping[str, str]
ROWS_TOLD = 8


@QmlElement
class AnswerModel(QObject):
    """Reads a file of the branch, shows what it would change, and changes it."""

    changed = Signal()

    def __init__(self, host: DeskHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._work = WorkModel(host, self)
        self._files = FilesModel(host, self, self._work, self._choose)
        self._shown = PreviewModel(host, self)
        self._preview: Preview | None = None
        self._names: Names = {}
        self._saving = False
        self._unreadable: Unreadable | None = None
        self._applied: Applied | None = None

    # ------------------------------------------------------------ what the desk asks

    def enter(self) -> None:
        """Look which files there are."""
        self._files.look()

    def leave(self) -> None:
        """Reading is called off, saving is not."""
        if not self._saving:
            self._work.cancel()

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._work.forget()
        self._files.forget()
        self._clear()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self._shown.retell()
        self._files.changed.emit()
        self.changed.emit()

    def _clear(self) -> None:
        self._preview, self._names, self._unreadable, self._applied = None, {}, None, None
        self._saving = False
        self._shown.show()
        self.changed.emit()

    # ------------------------------------------------------------ looking

    @Property(WorkModel, constant=True)
    def work(self) -> WorkModel:
        return self._work

    @Property(FilesModel, constant=True)
    def files(self) -> FilesModel:
        return self._files

    @Property(PreviewModel, constant=True)
    def shown(self) -> PreviewModel:
        return self._shown

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._files.chosen

    @Property(str, notify=changed)
    def lead(self) -> str:
        """What can be done with the file, or what was done."""
        say = self._host.texts.say
        if self._applied is not None:
            return say("desk.answer.saved", count=grouped(self._applied.changed))
        if self._preview is None:
            return ""
        if not self._preview.changes:
            return say("desk.answer.no_change")
        return say("desk.answer.nothing_yet")

    @Property(str, notify=changed)
    def problem(self) -> str:
        if self._unreadable is None:
            return ""
        return say_unreadable(self._unreadable, "desk.answer.columns_missing", self._host.texts)

    @Property(bool, notify=changed)
    def locked(self) -> bool:
        """Whether the file waits for its password."""
        return is_locked(self._unreadable)

    @Slot(str)
    def unlock(self, password: str) -> None:
        file = self._files.path
        if file is not None and self.locked and password:
            self._choose(file, password)

    def _choose(self, file: Path, password: str = "") -> None:
        desk, columns = self._host.session, self._host.services.data.handover
        if desk is None:
            return
        self._clear()
        self._work.run(lambda go_on: _read(desk, file, columns, password, go_on), self._read)
        self.changed.emit()

    def _read(self, result: tuple[Preview | Unreadable | Cancelled, Names]) -> None:
        outcome, self._names = result
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
        host, names = self._host, self._names
        changes, flawed, same = preview.changes, preview.flawed, preview.same
        return (
            Group(
                "changes",
                "desk.answer.changes",
                len(changes),
                lambda: [_change(one, names, host.texts) for one in changes[:SHOWN_MAX]],
                "desk.answer.no_change",
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
                "desk.answer.same",
                len(same),
                lambda: [_same(row, host.texts) for row in same[:SHOWN_MAX]],
                "desk.answer.none_same",
            ),
            Group(
                "unanswered",
                "desk.answer.unanswered",
                preview.unanswered,
                list,
                "desk.answer.unanswered_rows"
                if preview.unanswered
                else "desk.answer.none_unanswered",
            ),
        )

    # ------------------------------------------------------------ saving

    @Property(str, notify=changed)
    def saveText(self) -> str:
        """What the yellow key says; "" while there is nothing to save."""
        preview = self._preview
        if preview is None or not preview.changes or self._applied is not None:
            return ""
        return self._host.texts.say("desk.answer.save", count=grouped(len(preview.changes)))

    @Slot()
    def save(self) -> None:
        desk, preview = self._host.session, self._preview
        if desk is None or preview is None or self._work.running or not self.saveText:
            return
        self._saving = True
        self._work.run(
            lambda go_on: answers.apply(desk.store, desk.account, preview, desk.clock, go_on),
            self._saved,
        )

    def _saved(self, outcome: Applied | Stale | NotAllowed) -> None:
        host = self._host
        self._saving = False
        match outcome:
            case Applied(changed, 0):
                self._applied = outcome
                host.tell("desk.answer.saved", count=grouped(changed))
            case Applied(changed, left):
                self._give_up()
                host.warn("desk.answer.cut_off", changed=grouped(changed), left=grouped(left))
            case Stale(rows, _):
                self._give_up()
                host.warn("desk.answer.stale", rows=_rows_words(rows))
            case NotAllowed():
                host.warn("desk.problem.not_allowed")
            case _:
                assert_never(outcome)
        self.changed.emit()
        host.refresh()

    def _give_up(self) -> None:
        """The preview holds no longer: the file is to be read again."""
        self._files.choose_none()
        self._clear()


def _read(
    desk: Desk, file: Path, columns: Columns, password: str, go_on: GoOn
) -> tuple[Preview | Unreadable | Cancelled, Names]:
    outcome = answers.preview(desk.store, file, columns, desk.clock, go_on, password=password)
    shown = outcome.changes[:SHOWN_MAX] if isinstance(outcome, Preview) else ()
    return outcome, answers.people(desk.store, shown)


def _rows_words(rows: tuple[int, ...]) -> str:
    words = ", ".join(str(row) for row in rows[:ROWS_TOLD])
    return f"{words}, …" if len(rows) > ROWS_TOLD else words


def _change(change: Change, names: Names, texts: Texts) -> PreviewLine:
    to = change.steps[-1]
    parts = [texts.say("desk.number", number=group_number(change.number))]
    if change.rejected_because:
        parts.append(texts.say("desk.answer.because", reason=change.rejected_because))
    if change.paid is not None:
        paid = change.paid
        parts.append(
            texts.say("desk.answer.paid", date=date_words(paid.on, texts), months=paid.months)
        )
        if paid.reference:
            parts.append(paid.reference)
    if change.kpj:
        parts.append(texts.say("desk.answer.kpj", kpj=change.kpj))
    return PreviewLine(
        row=str(change.row),
        title=names.get(change.registration_id, ""),
        note=" · ".join(parts),
        what=texts.say(
            "desk.answer.from_to",
            before=texts.say(f"desk.tag.{change.before.value}"),
            after=texts.say(f"desk.tag.{to.value}"),
        ),
    )


def _flawed(row: FlawedRow, texts: Texts) -> PreviewLine:
    return PreviewLine(
        str(row.row), texts.say(f"desk.answer.flaw.{row.flaw.value}", other=row.other)
    )


def _same(row: int, texts: Texts) -> PreviewLine:
    return PreviewLine(str(row), texts.say("desk.answer.known"))
