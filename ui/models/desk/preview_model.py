"""What a file would change, in groups; of each group only so much is shown as anybody reads."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ui.models.desk.host import FilesHost
from ui.models.desk.work_model import grouped

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

SHOWN_MAX = 300


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One row of the file: `what` becomes of it stands at the right."""

    row: str
    title: str
    note: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of the same fate; `label` and `empty` are keys, `lines` makes the first 300 of them."""

    id: str
    label: str
    count: int
    lines: Callable[[], Sequence[PreviewLine]]
    empty: str
    flawed: bool = False


@QmlElement
class PreviewModel(QObject):
    """Shows one group at a time."""

    changed = Signal()

    def __init__(self, host: FilesHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._groups: tuple[Group, ...] = ()
        self._at = 0
        self._lines: list[dict[str, str]] = []

    def show(self, *groups: Group) -> None:
        """Show these groups, the first that holds anything before the others; none: nothing."""
        self._groups = groups
        self._at = next((at for at, group in enumerate(groups) if group.count), 0)
        self.retell()

    def retell(self) -> None:
        """Say the lines in the language shown."""
        made = self._groups[self._at].lines() if self._groups else ()
        self._lines = [asdict(line) for line in made]
        self.changed.emit()

    @Property(bool, notify=changed)
    def some(self) -> bool:
        return bool(self._groups)

    @Property(list, notify=changed)
    def groups(self) -> list[dict[str, Any]]:
        return [
            {
                "id": group.id,
                "label": self._host.texts.say(group.label),
                "count": grouped(group.count),
                "flawed": group.flawed and group.count > 0,
                "chosen": at == self._at,
            }
            for at, group in enumerate(self._groups)
        ]

    @Property(list, notify=changed)
    def lines(self) -> list[dict[str, str]]:
        return self._lines

    @Property(str, notify=changed)
    def told(self) -> str:
        """What to say in place of lines."""
        if not self._groups or self._lines:
            return ""
        return self._host.texts.say(self._groups[self._at].empty)

    @Property(str, notify=changed)
    def foot(self) -> str:
        count = self._groups[self._at].count if self._groups else 0
        if not self._lines or count <= len(self._lines):
            return ""
        return self._host.texts.say(
            "desk.preview.first", shown=len(self._lines), count=grouped(count)
        )

    @Slot(int)
    def choose(self, at: int) -> None:
        self._at = at
        self.retell()
