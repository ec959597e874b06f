"""The list of registrations in its views, the search over it, and the record that is open."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, ClassVar

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtQml import QmlElement

from kiosk.desk import details, lists
from kiosk.desk.session import Desk, NotAllowed, NotFound
from kiosk.domain.centre_desk import Whereabouts
from kiosk.domain.desk import After, Attention, Detail, Found, Overview, Page, Row, View
from kiosk.domain.registration_number import group_number
from ui.models.desk.centre_model import CentreModel
from ui.models.desk.centre_view import flag_alarm, flag_tag
from ui.models.desk.detail_view import DetailView, hour_or_day, look_at_detail, row_tag
from ui.models.desk.host import DeskHost

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

NEAR_THE_END = 10


@QmlElement
class RowsModel(QAbstractListModel):
    """The lines of the list."""

    ROLES: ClassVar[tuple[str, ...]] = ("recordId", "name", "number", "when", "tag", "tone", "icon")

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[dict[str, str]] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        place = role - Qt.ItemDataRole.UserRole
        known = index.isValid() and 0 <= place < len(self.ROLES)
        return self._lines[index.row()][self.ROLES[place]] if known else None

    def roleNames(self) -> dict[int, QByteArray]:
        first = int(Qt.ItemDataRole.UserRole)
        return {first + place: QByteArray(name.encode()) for place, name in enumerate(self.ROLES)}

    def replace(self, lines: list[dict[str, str]]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def append(self, lines: list[dict[str, str]]) -> None:
        """Show these lines after the others."""
        if lines:
            first = len(self._lines)
            self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
            self._lines += lines
            self.endInsertRows()

    def update(self, line: dict[str, str]) -> None:
        """Show a line as it is now, where it stands."""
        for place, known in enumerate(self._lines):
            if known["recordId"] == line["recordId"]:
                self._lines[place] = line
                index = self.index(place)
                self.dataChanged.emit(index, index)

    def place_of(self, record_id: str) -> int:
        """Where a record stands, -1 for nowhere."""
        ids = (line["recordId"] for line in self._lines)
        return next((place for place, one in enumerate(ids) if one == record_id), -1)

    def id_at(self, place: int) -> str:
        """Which record stands there, "" for none."""
        return self._lines[place]["recordId"] if 0 <= place < len(self._lines) else ""


@QmlElement
class RecordsModel(QObject):
    """Leads through the registrations of this kiosk."""

    changed = Signal()
    queryChanged = Signal()
    selectionChanged = Signal()
    detailChanged = Signal()

    def __init__(self, host: DeskHost, centre: CentreModel, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._centre = centre
        self._where: Whereabouts | None = None
        centre.flagsChanged.connect(self.retell)
        self._rows = RowsModel(self)
        self._shown: list[Row] = []
        self._view = View.TODAY
        self._after: After | None = None
        self._overview: Overview | None = None
        self._query = ""
        self._found_more = False
        self._loading = False
        self._selected = ""
        self._detail: Detail | None = None
        self._detail_view = DetailView()
        self._whole_nik = ""
        self._then: Callable[[], None] | None = None

    # ------------------------------------------------------------ what the desk asks

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._rows.replace([])
        self._shown, self._after, self._overview = [], None, None
        self._query, self._view, self._selected = "", View.TODAY, ""
        self._show_detail(None)
        self.queryChanged.emit()
        self.selectionChanged.emit()
        self.changed.emit()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self._rows.replace([self._line(row) for row in self._shown])
        self._tell_detail()
        self.changed.emit()
        self.selectionChanged.emit()

    def refresh(self) -> None:
        """Read the list, the counts and the open record anew."""
        desk = self._host.session
        if desk is None:
            return
        self._host.run(lambda: lists.overview(desk), self._count)
        self._read()
        if self._selected:
            self.open(self._selected)

    @property
    def detail(self) -> Detail | None:
        """The record that is open."""
        return self._detail

    # ------------------------------------------------------------ the list

    @Property(RowsModel, constant=True)
    def rows(self) -> RowsModel:
        return self._rows

    @Property(str, notify=changed)
    def view(self) -> str:
        return self._view.value

    @Property(list, notify=changed)
    def views(self) -> list[dict[str, Any]]:
        """Each view with its name and count; the last two only say how much there is."""
        counts = self._overview.counts if self._overview else {}
        return [
            {
                "id": view.value,
                "label": self._host.texts.say(f"desk.view.{view.value}"),
                "count": _count_words(counts[view].count, counts[view].or_more)
                if view in counts
                else "",
                "some": view in counts and counts[view].count > 0,
            }
            for view in self._views()
        ]

    def _views(self) -> list[View]:
        # Nothing can be at the centre before there is one.
        return [view for view in View if view is not View.NOT_AT_CENTRE or self._host.has_centre]

    @Property(str, notify=changed)
    def late(self) -> str:
        tally = self._overview.late if self._overview else None
        if tally is None or not tally.count:
            return ""
        count = _count_words(tally.count, tally.or_more)
        return self._host.texts.say("desk.late", count=count)

    @Property(str, notify=changed)
    def empty(self) -> str:
        if self._loading or self._shown:
            return ""
        say = self._host.texts.say
        return say("desk.nobody_found") if self._query else say(f"desk.empty.{self._view.value}")

    @Property(str, notify=changed)
    def foot(self) -> str:
        say = self._host.texts.say
        if self._found_more:
            return say("desk.more_found", count=len(self._shown))
        return say("desk.shown", count=len(self._shown)) if self._shown else ""

    @Slot(str)
    def choose(self, view: str) -> None:
        self._view = View(view)
        if self._query:
            self._query = ""
            self.queryChanged.emit()
        self.refresh()
        self.changed.emit()

    @Property(str, notify=queryChanged)
    def query(self) -> str:
        return self._query

    @Slot(str)
    def search(self, text: str) -> None:
        if text != self._query:
            self._query = text
            self.queryChanged.emit()
            self._read()

    @Slot()
    def readOn(self) -> None:
        desk, after, view = self._host.session, self._after, self._view
        if desk is None or after is None or self._loading or self._query:
            return
        self._loading = True
        self._host.run(lambda: lists.page(desk, view, after), self._append)

    def _read(self) -> None:
        desk, view, text = self._host.session, self._view, self._query
        if desk is None:
            return
        self._loading = True
        if text:
            self._host.run(lambda: (text, lists.search(desk, text)), self._found)
        else:
            self._host.run(lambda: (view, lists.page(desk, view)), self._paged)

    def _paged(self, result: tuple[View, Any]) -> None:
        view, page = result
        if view is self._view and not self._query and isinstance(page, Page):
            self._after, self._found_more = page.after, False
            self._show(list(page.rows))

    def _append(self, page: Any) -> None:
        self._loading = False
        if isinstance(page, Page):
            self._after = page.after
            self._shown += page.rows
            self._rows.append([self._line(row) for row in page.rows])
            self.changed.emit()

    def _found(self, result: tuple[str, Any]) -> None:
        text, found = result
        if text == self._query and isinstance(found, Found):
            self._after, self._found_more = None, found.more
            self._show(list(found.rows))
            if found.unread:
                self._read()

    def _show(self, rows: list[Row]) -> None:
        self._loading = False
        self._shown = rows
        self._rows.replace([self._line(row) for row in rows])
        self.changed.emit()
        self.selectionChanged.emit()

    def _count(self, overview: Any) -> None:
        if isinstance(overview, Overview):
            self._overview = overview
            self.changed.emit()

    def _line(self, row: Row) -> dict[str, str]:
        texts = self._host.texts
        flag = self._centre.flag_of(row.id, conflict=Attention.CONFLICT in row.attention)
        tag = flag_tag(flag, texts) if flag else row_tag(row, texts)
        return {
            "recordId": row.id,
            "name": row.name,
            "number": group_number(row.number),
            "when": hour_or_day(row.registered_at, self._host.facts.today, texts),
            "tag": tag.text,
            "tone": tag.tone,
            "icon": tag.icon,
        }

    # ------------------------------------------------------------ the record

    @Property(str, notify=selectionChanged)
    def selected(self) -> str:
        return self._selected

    @Property(int, notify=selectionChanged)
    def selectedPlace(self) -> int:
        return self._rows.place_of(self._selected)

    @Slot(str)
    def open(self, record_id: str) -> None:
        desk = self._host.session
        if desk is None:
            return
        self._selected = record_id
        self.selectionChanged.emit()
        self._host.run(lambda: (record_id, *self._look(desk, record_id)), self._opened)

    def _look(
        self, desk: Desk, record_id: str
    ) -> tuple[Detail | NotFound | NotAllowed, Whereabouts | None]:
        detail = details.open_record(desk, record_id)
        return detail, self._centre.where(record_id) if isinstance(detail, Detail) else None

    def select(self, record_id: str) -> None:
        """Take this record for the open one; refresh() opens it."""
        self._selected = record_id
        self.selectionChanged.emit()

    def open_for(self, record_id: str, then: Callable[[], None]) -> None:
        """Open a record, and do something once it is there."""
        self._then = then
        self.open(record_id)

    @Slot(int)
    def step(self, by: int) -> None:
        """Open the record so many lines further down, or up."""
        place = self._rows.place_of(self._selected) + by
        record_id = self._rows.id_at(max(0, place))
        if record_id and record_id != self._selected:
            self.open(record_id)

    @Slot()
    def openFirst(self) -> None:
        if record_id := self._rows.id_at(0):
            self.open(record_id)

    @Slot()
    def seeNik(self) -> None:
        desk, record_id = self._host.session, self._selected
        if desk is not None and record_id:
            self._host.run(lambda: (record_id, details.see_nik(desk, record_id)), self._nik_seen)

    def _opened(self, result: tuple[str, Any, Whereabouts | None]) -> None:
        record_id, detail, where = result
        if record_id != self._selected:
            return
        self._where = where
        then, self._then = self._then, None
        if isinstance(detail, Detail):
            self._show_detail(detail)
            if then is not None:
                then()
        else:
            self._selected = ""
            self._show_detail(None)
            self.selectionChanged.emit()

    def _nik_seen(self, result: tuple[str, Any]) -> None:
        record_id, seen = result
        if record_id == self._selected and isinstance(seen, details.WholeNik):
            self._whole_nik = seen.nik
            self.detailChanged.emit()

    def _show_detail(self, detail: Detail | None) -> None:
        if (
            detail is None
            or self._detail is None
            or detail.registration.id != self._detail.registration.id
        ):
            self._whole_nik = ""
        self._detail = detail
        self._tell_detail()

    def _tell_detail(self) -> None:
        host, detail = self._host, self._detail
        self._detail_view = (
            look_at_detail(detail, host.facts, host.texts) if detail else DetailView()
        )
        self.detailChanged.emit()

    @Property(str, notify=detailChanged)
    def name(self) -> str:
        return self._detail_view.name

    @Property(str, notify=detailChanged)
    def number(self) -> str:
        return self._detail_view.number

    @Property(str, notify=detailChanged)
    def wholeNik(self) -> str:
        return self._whole_nik

    @Property(str, notify=detailChanged)
    def alarm(self) -> str:
        return self._detail_view.alarm

    @Property(list, notify=detailChanged)
    def tags(self) -> list[dict[str, str]]:
        flag = self._flag
        flagged = (flag_tag(flag, self._host.texts),) if flag else ()
        return [asdict(tag) for tag in (*flagged, *self._detail_view.tags)]

    @property
    def _flag(self) -> str:
        detail = self._detail
        if detail is None:
            return ""
        conflict = Attention.CONFLICT in detail.attention
        return self._centre.flag_of(detail.registration.id, conflict=conflict)

    @Property(str, notify=detailChanged)
    def flagged(self) -> str:
        """What the centre wants a person to look at; "" for nothing."""
        flag = self._flag
        return flag_alarm(flag, self._host.texts) if flag else ""

    @Property(dict, notify=detailChanged)
    def where(self) -> dict[str, str]:
        """Where the record is, and since when; nothing where there is no centre."""
        return self._centre.tell_where(self._where)

    @Property(bool, notify=detailChanged)
    def rejected(self) -> bool:
        """Whether the centre rejected the record."""
        return self._where is not None and self._where.parked is not None

    @Slot()
    def tryAgain(self) -> None:
        """Hand the record in again at the centre, which rejected it."""
        if self._detail is not None:
            self._centre.try_again(self._detail.registration.id)

    @Property(list, notify=detailChanged)
    def person(self) -> list[dict[str, str]]:
        return [asdict(fact) for fact in self._detail_view.person]

    @Property(list, notify=detailChanged)
    def work(self) -> list[dict[str, str]]:
        return [asdict(fact) for fact in self._detail_view.work]

    @Property(str, notify=detailChanged)
    def amountsTitle(self) -> str:
        return self._detail_view.amounts_title

    @Property(list, notify=detailChanged)
    def amounts(self) -> list[dict[str, str]]:
        return [asdict(amount) for amount in self._detail_view.amounts]

    @Property(str, notify=detailChanged)
    def total(self) -> str:
        return self._detail_view.total

    @Property(str, notify=detailChanged)
    def until(self) -> str:
        return self._detail_view.until

    @Property(list, notify=detailChanged)
    def history(self) -> list[dict[str, str]]:
        return [asdict(line) for line in self._detail_view.history]

    @Property(list, notify=detailChanged)
    def deeds(self) -> list[dict[str, str]]:
        return [asdict(deed) for deed in self._detail_view.deeds]

    @Property(dict, notify=detailChanged)
    def mainDeed(self) -> dict[str, str]:
        main = self._detail_view.main
        return asdict(main) if main else {}

    @Slot(str)
    def do(self, deed: str) -> None:
        self._host.begin(deed)


def _count_words(count: int, or_more: bool) -> str:
    grouped = f"{count:,}".replace(",", ".")
    return f"{grouped}+" if or_more else grouped
