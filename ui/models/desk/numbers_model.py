"""The office's numbers on the screen, and their files for a meeting."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.numbers import numbers
from kiosk.desk.session import NotAllowed
from kiosk.domain.months import Month
from kiosk.domain.report import ALL, DinasReport, Report, Span, Way
from kiosk.domain.report_words import Names, span_words
from kiosk.handover.exchange import Place, find_places
from ui.models import chart_view
from ui.models.chart_view import PLACES_SHOWN, SEGMENTS_SHOWN
from ui.models.desk.host import DeskHost

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class _Saved:
    place: str
    file: str = ""
    """Empty when nothing could be written."""


@QmlElement
class NumbersModel(QObject):
    """Counts a month or a year of this kiosk's record, whole or for one dinas."""

    changed = Signal()

    def __init__(self, host: DeskHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._span: Span | None = None
        self._report: Report | None = None
        self._dinas = ALL
        self._saving = False

    # ------------------------------------------------------------ what the desk asks

    def enter(self) -> None:
        """Count this month."""
        self._show(self._month_of(self._host.facts.today))

    def leave(self) -> None:
        """Numbers are of the moment at which they were counted."""
        self._span, self._report, self._dinas = None, None, ALL
        self.changed.emit()

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._saving = False
        self.leave()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        self.changed.emit()

    def _show(self, span: Span) -> None:
        desk, place = self._host.session, self._host.services.settings.office
        if desk is None:
            return
        self._span, self._report = span, None
        self.changed.emit()
        self._host.run(lambda: numbers(desk, span, place), self._seen)

    def _seen(self, outcome: Report | NotAllowed) -> None:
        if isinstance(outcome, Report) and outcome.span == self._span:
            self._report = outcome
            self.changed.emit()

    def _month_of(self, day: date) -> Span:
        month = Month.of(day)
        return Span(month.first_day, month.last_day)

    # ------------------------------------------------------------ what QML reads

    @Property(bool, notify=changed)
    def working(self) -> bool:
        return self._span is not None and self._report is None

    @Property(str, notify=changed)
    def title(self) -> str:
        return span_words(self._span, self._host.texts) if self._span else ""

    @Property(bool, notify=changed)
    def isLast(self) -> bool:
        return self._span is None or self._span.end >= self._host.facts.today

    @Property(bool, notify=changed)
    def isYear(self) -> bool:
        return self._span is not None and (self._span.end - self._span.begin).days > 31

    @Property(bool, notify=changed)
    def saving(self) -> bool:
        return self._saving

    @Property(list, notify=changed)
    def dinas(self) -> list[dict[str, Any]]:
        """Whom the figures can be of: all, and each dinas of which there is something to tell."""
        if self._report is None:
            return []
        found = [(ALL, self._host.texts.say("desk.numbers.all"))]
        found += [(one.dinas, one.dinas) for one in self._report.by_dinas]
        return [{"key": key, "name": name, "chosen": key == self._dinas} for key, name in found]

    @Property(str, notify=changed)
    def heading(self) -> str:
        if self._report is None or self._dinas == ALL:
            return self._report.place if self._report else ""
        return self._names.dinas(self._dinas)

    @Property(list, notify=changed)
    def figures(self) -> list[dict[str, str]]:
        one = self._shown
        return chart_view.figures(one, self._names) if one else []

    @Property(list, notify=changed)
    def line(self) -> list[dict[str, Any]]:
        one, span = self._shown, self._span
        return (
            chart_view.line(one, span, self._names, self._host.facts.today) if one and span else []
        )

    @Property(list, notify=changed)
    def segments(self) -> list[dict[str, Any]]:
        one = self._shown
        return chart_view.parts(one, Way.SEGMENT, self._names, SEGMENTS_SHOWN) if one else []

    @Property(list, notify=changed)
    def places(self) -> list[dict[str, Any]]:
        one = self._shown
        return chart_view.parts(one, Way.DESA, self._names, PLACES_SHOWN) if one else []

    @Property(list, notify=changed)
    def funnel(self) -> list[dict[str, Any]]:
        one = self._shown
        return chart_view.funnel(one, self._names) if one else []

    @Property(list, notify=changed)
    def renewals(self) -> list[dict[str, str]]:
        one = self._shown
        return chart_view.renewals(one, self._names) if one else []

    @Property(str, notify=changed)
    def renewalsTitle(self) -> str:
        return chart_view.renewals_title(self._span, self._names) if self._span else ""

    @property
    def _names(self) -> Names:
        return Names(self._host.facts.work, self._host.facts.regions, self._host.texts)

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
            if month.first_day <= self._host.facts.today:
                self._show(Span(month.first_day, month.last_day))

    @Slot()
    def month(self) -> None:
        self._show(self._month_of(self._host.facts.today))

    @Slot()
    def year(self) -> None:
        today = self._host.facts.today
        self._show(Span(date(today.year, 1, 1), today))

    @Slot(str)
    def choose(self, dinas: str) -> None:
        """Show the figures of one dinas, or of all."""
        self._dinas = dinas
        self.changed.emit()

    @Slot()
    def save(self) -> None:
        """Write the pages and the workbook to the stick that is in, else to the folder."""
        report, names = self._report, self._names
        if report is None or self._saving:
            return
        exchange = self._host.services.settings.exchange_folder
        self._saving = True
        self.changed.emit()
        self._host.run(lambda: _save(report, names, exchange), self._saved)

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
