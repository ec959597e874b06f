"""A report on a screen, whole or for one dinas, and its files; for the desk and the console."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Protocol

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.months import Month
from kiosk.domain.report import ALL, DinasReport, Report, Span, Way
from kiosk.domain.report_words import DAYS_SHOWN, Names, notes, span_words
from kiosk.domain.texts import Texts
from kiosk.handover.exchange import Place, find_places
from ui.models import chart_view
from ui.models.chart_view import PLACES_SHOWN, SEGMENTS_SHOWN

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


class ReportHost(Protocol):
    """The desk or the console, as far as a report needs it."""

    @property
    def texts(self) -> Texts: ...
    def tell(self, key: str, **values: object) -> None:
        """Say in one line what was done; `key` names a text."""

    def warn(self, key: str, **values: object) -> None:
        """Say in one line what could not be done."""


@dataclass(frozen=True, slots=True)
class _Saved:
    place: str
    file: str = ""
    """Empty when nothing could be written."""


@QmlElement
class ReportModel(QObject):
    """Shows what a subclass counts; nothing of it is kept."""

    changed = Signal()
    dinasChanged = Signal()
    _bars: ClassVar[Mapping[Way, int]] = {Way.SEGMENT: SEGMENTS_SHOWN, Way.DESA: PLACES_SHOWN}
    """What is shown as bars, and at most how many; 0 for all."""

    def __init__(self, host: ReportHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._span: Span | None = None
        self._report: Report | None = None
        self._choices: list[dict[str, str]] = []
        self._dinas = ALL
        self._saving = False

    # ------------------------------------------------------------ what a subclass says

    def _today(self) -> date:
        raise NotImplementedError

    def _how_called(self) -> Names:
        raise NotImplementedError

    def _exchange(self) -> Path:
        """Return the folder of files, for when no stick is in."""
        raise NotImplementedError

    def _read(self, span: Span) -> None:
        """Count the days off the GUI thread; _took() takes the report."""
        raise NotImplementedError

    def _write(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        """Do what this machine is busy with, off the GUI thread."""
        raise NotImplementedError

    # ------------------------------------------------------------ what the window asks

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._saving = False
        self._span, self._report, self._dinas = None, None, ALL
        self._announce()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self._announce()

    def _show(self, span: Span) -> None:
        self._span, self._report = span, None
        self._announce()
        self._read(span)

    def _took(self, report: Report) -> None:
        if report.span == self._span:
            self._report = report
            self._announce()

    def _announce(self) -> None:
        choices = self._choices_now()
        # Keys that are made anew would take the focus away.
        if choices != self._choices:
            self._choices = choices
            self.dinasChanged.emit()
        self.changed.emit()

    def _choices_now(self) -> list[dict[str, str]]:
        if self._report is None:
            return []
        all_of_them = {"key": ALL, "name": self._host.texts.say("desk.numbers.all")}
        return [
            all_of_them,
            *({"key": one.dinas, "name": one.dinas} for one in self._report.by_dinas),
        ]

    # ------------------------------------------------------------ what QML reads

    @Property(bool, notify=changed)
    def working(self) -> bool:
        return self._span is not None and self._report is None

    @Property(str, notify=changed)
    def title(self) -> str:
        return span_words(self._span, self._host.texts) if self._span else ""

    @Property(bool, notify=changed)
    def isLast(self) -> bool:
        return self._span is None or self._span.end >= self._today()

    @Property(bool, notify=changed)
    def byMonth(self) -> bool:
        """Whether the days are too many to be shown one by one."""
        return self._span is not None and (self._span.end - self._span.begin).days >= DAYS_SHOWN

    @Property(bool, notify=changed)
    def saving(self) -> bool:
        return self._saving

    @Property(list, notify=dinasChanged)
    def dinas(self) -> list[dict[str, str]]:
        """Whom the figures can be of: all, and each dinas of which there is something to tell."""
        return self._choices

    @Property(str, notify=changed)
    def chosen(self) -> str:
        return self._dinas

    @Property(str, notify=changed)
    def heading(self) -> str:
        if self._report is None or self._dinas == ALL:
            return self._report.place if self._report else ""
        return self._how_called().dinas(self._dinas)

    @Property(list, notify=changed)
    def figures(self) -> list[dict[str, str]]:
        one = self._shown
        return chart_view.figures(one, self._how_called()) if one else []

    @Property(list, notify=changed)
    def line(self) -> list[dict[str, Any]]:
        one, span = self._shown, self._span
        today = self._today()
        return chart_view.line(one, span, self._how_called(), today) if one and span else []

    @Property(list, notify=changed)
    def segments(self) -> list[dict[str, Any]]:
        return self._parts(Way.SEGMENT)

    @Property(list, notify=changed)
    def offices(self) -> list[dict[str, Any]]:
        return self._parts(Way.OFFICE)

    @Property(list, notify=changed)
    def places(self) -> list[dict[str, Any]]:
        return self._parts(Way.DESA)

    @Property(list, notify=changed)
    def byDinas(self) -> list[dict[str, Any]]:
        """What each dinas has reached of its year; nothing while one of them is shown."""
        report = self._report if self._dinas == ALL else None
        return chart_view.targets(report, self._how_called()) if report else []

    @Property(str, notify=changed)
    def byDinasTitle(self) -> str:
        year = self._span.end.year if self._span else 0
        return self._host.texts.say("report.by_dinas_year", year=year)

    @Property(list, notify=changed)
    def funnel(self) -> list[dict[str, Any]]:
        one = self._shown
        return chart_view.funnel(one, self._how_called()) if one else []

    @Property(list, notify=changed)
    def renewals(self) -> list[dict[str, str]]:
        one = self._shown
        return chart_view.renewals(one, self._how_called()) if one else []

    @Property(str, notify=changed)
    def renewalsTitle(self) -> str:
        return chart_view.renewals_title(self._span, self._how_called()) if self._span else ""

    @Property(str, notify=changed)
    def notes(self) -> str:
        """What has to be known of the figures."""
        return " ".join(notes(self._report, self._host.texts)) if self._report else ""

    def _parts(self, way: Way) -> list[dict[str, Any]]:
        one = self._shown
        if one is None or way not in self._bars:
            return []
        return chart_view.parts(one, way, self._how_called(), self._bars[way])

    @property
    def _shown(self) -> DinasReport | None:
        report = self._report
        if report is None:
            return None
        return next((one for one in report.by_dinas if one.dinas == self._dinas), report.whole)

    # ------------------------------------------------------------ what is done

    @Slot(int)
    def step(self, months: int) -> None:
        """Show the month before, or the one after; none that has not come."""
        if self._span is not None:
            month = Month.of(self._span.begin if months < 0 else self._span.end).plus(months)
            if month.first_day <= self._today():
                self._show(Span(month.first_day, month.last_day))

    @Slot()
    def month(self) -> None:
        """Show the month of today."""
        month = Month.of(self._today())
        self._show(Span(month.first_day, month.last_day))

    @Slot()
    def year(self) -> None:
        """Show the year up to today."""
        today = self._today()
        self._show(Span(date(today.year, 1, 1), today))

    @Slot(str)
    def choose(self, dinas: str) -> None:
        """Show the figures of one dinas, or of all."""
        self._dinas = dinas
        self._announce()

    @Slot()
    def save(self) -> None:
        """Write the pages and the workbook to the stick that is in, else to the folder."""
        report, names, exchange = self._report, self._how_called(), self._exchange()
        if report is None or self._saving:
            return
        self._saving = True
        self.changed.emit()
        self._write(lambda: _save(report, names, exchange), self._saved)

    def _saved(self, saved: _Saved) -> None:
        self._saving = False
        self.changed.emit()
        if saved.file:
            self._host.tell("desk.numbers.saved", place=saved.place, file=saved.file)
        else:
            self._host.warn("desk.numbers.not_saved", place=saved.place)


def _save(report: Report, names: Names, exchange: Path) -> _Saved:
    from printing.report_files import write_report  # noqa: PLC0415 (ReportLab)

    place = next(iter(find_places(exchange)), Place(exchange, exchange.name, removable=False))
    try:
        written = write_report(report, names, place.folder)
    except OSError:
        return _Saved(place.name)
    return _Saved(place.name, written[0].stem)
