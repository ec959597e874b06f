"""The columns of the list for the branch, in their order."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.configuration import Content
from kiosk.domain.handover import HEADER_MAX_LENGTH, NEEDED, Column, Columns
from kiosk.domain.handover import Field as Held
from kiosk.domain.texts import Texts
from kiosk.editing.columns import (
    ColumnRefused,
    add_column,
    columns_of,
    free_fields,
    move_column,
    remove_column,
    rename_column,
    take_back_columns,
)
from ui.models.desk.form import Field, Form, Kind, Option, Values
from ui.models.lines_model import LinesModel
from ui.models.parts.host import PartsHost

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

HEADER, HOLDS = "header", "holds"
Send = Callable[[Values], None]


@QmlElement
class ColumnsModel(QObject):
    """Lists the columns; beside them the one that is chosen, and the row of all headers."""

    changed = Signal()

    def __init__(self, host: PartsHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._lines = LinesModel(self)
        self._at = -1
        self._refused: ColumnRefused | None = None

    # ------------------------------------------------------------ what the page asks

    def retell(self) -> None:
        """The content is another one, or the language."""
        self._lines.show(self._listed())
        if self._at >= len(self._columns.columns):
            self._at = -1
        self.changed.emit()

    def forget(self) -> None:
        """Let go of what was chosen."""
        self._at, self._refused = -1, None
        self.changed.emit()

    @property
    def _columns(self) -> Columns:
        return columns_of(self._host.content, self._host.shipped_data)

    @property
    def _one(self) -> Column | None:
        listed = self._columns.columns
        return listed[self._at] if 0 <= self._at < len(listed) else None

    # ------------------------------------------------------------ what QML reads

    @Property(LinesModel, constant=True)
    def lines(self) -> LinesModel:
        return self._lines

    def _listed(self) -> list[dict[str, str]]:
        say = self._host.texts.say
        return [
            {
                "id": str(at),
                "title": one.header,
                "note": say(f"parts.columns.field.{one.field.value}"),
                "tag": say("parts.columns.needed") if one.field in NEEDED else "",
                "tone": "sand",
                "icon": "lock-key",
            }
            for at, one in enumerate(self._columns.columns)
        ]

    @Property(str, notify=changed)
    def chosen(self) -> str:
        return str(self._at) if self._one else ""

    @Property(dict, notify=changed)
    def detail(self) -> dict[str, Any]:
        """The column that is chosen; empty while none is."""
        one, last = self._one, len(self._columns.columns) - 1
        if one is None:
            return {}
        return {
            "title": one.header,
            "holds": self._host.texts.say(f"parts.columns.field.{one.field.value}"),
            "mayUp": self._at > 0,
            "mayDown": self._at < last,
        }

    @Property(str, notify=changed)
    def headers(self) -> str:
        """The row of headers, as it stands in the list."""
        return "  |  ".join(self._columns.headers)

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why the last press changed nothing."""
        refused = self._refused
        return _reason(refused, self._host.texts) if refused else ""

    @Property(bool, notify=changed)
    def isChanged(self) -> bool:
        return self._columns.columns != self._host.shipped_data.handover.columns

    # ------------------------------------------------------------ choosing and changing

    @Slot(str)
    def choose(self, at: str) -> None:
        self._host.close_form()
        self._at, self._refused = int(at), None
        self.changed.emit()

    @Slot(int)
    def move(self, by: int) -> None:
        """Move the chosen column up (-1) or down (1)."""
        to = self._at + by
        if self._one is not None and 0 <= to < len(self._columns.columns):
            host = self._host
            self._put(move_column(host.content, host.shipped_data, self._at, to), to)

    @Slot()
    def remove(self) -> None:
        if self._one is not None:
            host = self._host
            self._put(remove_column(host.content, host.shipped_data, self._at), self._at)

    @Slot()
    def takeBack(self) -> None:
        """Let all columns be as they were shipped."""
        self._put(take_back_columns(self._host.content), -1)

    def _put(self, outcome: Content | ColumnRefused, at: int) -> None:
        if isinstance(outcome, ColumnRefused):
            self._refused = outcome
            self.changed.emit()
            return
        self._refused, self._at = None, at
        self._host.put(outcome)

    @Slot()
    def rename(self) -> None:
        """Ask for another header of the chosen column."""
        one = self._one
        if one is not None:
            form = self._form((_header_field(),), {HEADER: one.header}, self._renamed)
            self._host.open_form(form)

    def _renamed(self, values: Values) -> None:
        host = self._host
        outcome = rename_column(host.content, host.shipped_data, self._at, values[HEADER])
        self._sent(outcome, self._at)

    @Slot()
    def add(self) -> None:
        """Ask what another column holds, and what stands above it."""
        free = free_fields(self._columns)

        def options(_values: Values, texts: Texts) -> tuple[Option, ...]:
            named = ((one, texts.say(f"parts.columns.field.{one.value}")) for one in free)
            return tuple(Option(one.value, name) for one, name in named)

        holds = Field(HOLDS, Kind.PICK, "parts.columns.holds", options=options, span=12)
        form = self._form((holds, _header_field()), {}, self._added)
        title, lead = "parts.columns.add", "parts.columns.add_lead"
        self._host.open_form(replace(form, name="column_add", title=title, lead=lead))

    def _added(self, values: Values) -> None:
        host = self._host
        if not values[HOLDS]:
            host.complain({HOLDS: lambda texts: texts.say("parts.columns.flaw.no_field")})
            return
        after = self._at if self._one else len(self._columns.columns) - 1
        column = Column(values[HEADER], Held(values[HOLDS]))
        self._sent(add_column(host.content, host.shipped_data, column, after), after + 1)

    def _form(self, fields: tuple[Field, ...], values: Values, send: Send) -> Form:
        return Form(
            name="column_rename",
            title="parts.columns.rename",
            lead="parts.columns.rename_lead",
            submit=self._host.take_key,
            fields=fields,
            values=values,
            send=send,
            kept=False,
        )

    def _sent(self, outcome: Content | ColumnRefused, at: int) -> None:
        if isinstance(outcome, ColumnRefused):
            self._host.complain({HEADER: partial(_reason, outcome)})
            return
        self._host.close_form()
        self._put(outcome, at)


def _header_field() -> Field:
    return Field(HEADER, label="parts.columns.header", longest=HEADER_MAX_LENGTH, span=12)


def _reason(refused: ColumnRefused, texts: Texts) -> str:
    return texts.say(f"parts.columns.flaw.{refused.value}")
