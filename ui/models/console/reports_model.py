"""The page of reports: all kiosks counted at the centre, by month, year or days of one's own."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.central.reports import report_at_centre
from kiosk.clock import local_date
from kiosk.domain.report import Report, Span, Way
from kiosk.domain.report_words import Names
from kiosk.domain.staff import CentreRole
from ui.models.console.host import ConsoleHost
from ui.models.console.moments import seen_words
from ui.models.console.reports_forms import span_form, target_form
from ui.models.console.reports_view import SUMMARY, VIEWS, heads, rows
from ui.models.report_model import ReportModel

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1

READ_AGAIN_AFTER = timedelta(minutes=5)
"""To count a year of a million registrations keeps the centre busy for seconds."""
NAMED = 4
"""So many kecamatan whose kiosks are behind are named."""


@QmlElement
class ConsoleReportsModel(ReportModel):
    """Shows what the centre counted last; where it gives no answer, that stays."""

    shownChanged = Signal()
    readAtChanged = Signal()
    # Of 326 desa the largest eight say little: those are in a table.
    _bars: ClassVar[Mapping[Way, int]] = {Way.SEGMENT: 0, Way.OFFICE: 0}

    def __init__(self, host: ConsoleHost, parent: QObject) -> None:
        super().__init__(host, parent)
        self._console = host
        self._before: Report | None = None
        self._reading = self._once_more = self._no_answer = False
        self._view = SUMMARY
        # Qt wants the signal of a property in its own class.
        self.changed.connect(self.shownChanged)

    def enter(self) -> None:
        """Count this month; what is shown already is counted again once it is old."""
        if self._span is None:
            self.month()
        elif not self._reading and (self._report is None or self._is_old(self._report)):
            self._read(self._span)

    def _is_old(self, report: Report) -> bool:
        return self._console.now() - report.made_at >= READ_AGAIN_AFTER

    def forget(self) -> None:
        """Let go of everything that was shown."""
        self._before, self._view = None, SUMMARY
        self._reading = self._once_more = self._no_answer = False
        super().forget()
        self.readAtChanged.emit()

    def retell(self) -> None:
        """Say everything in the language that is shown now."""
        super().retell()
        self.readAtChanged.emit()

    # ------------------------------------------------------------ counting

    def _show(self, span: Span) -> None:
        self._before, self._no_answer = self._report or self._before, False
        super()._show(span)

    def _read(self, span: Span) -> None:
        """Count them, or count once more after what is being counted."""
        session, now = self._console.session, self._console.now
        self._once_more = self._reading
        if session is None or self._reading:
            return
        self._reading = True
        place = self._console.parts.settings.kabupaten
        self._console.run_long(
            lambda: report_at_centre(session, span, place, now()), self._took, self._missed
        )

    def _took(self, report: Report) -> None:
        self._reading = self._no_answer = False
        if report.span == self._span:
            before, self._report = self._report, report
            # A list that is shown anew begins at its top again.
            if before is None or not _is_same(before, report):
                self._announce()
            self.readAtChanged.emit()
        if self._once_more and self._span is not None:
            self._read(self._span)

    def _missed(self) -> None:
        self._reading = self._once_more = False
        if self._report is None and self._before is not None:
            self._span, self._report = self._before.span, self._before
        self._no_answer = self._report is None
        self._announce()
        self.readAtChanged.emit()

    def _write(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        self._console.run_long(work, on_result)

    def _today(self) -> date:
        return local_date(self._console.now())

    def _how_called(self) -> Names:
        data = self._console.parts.data
        return Names(data.work, data.regions, self._console.texts)

    def _exchange(self) -> Path:
        return self._console.parts.settings.exchange_folder

    # ------------------------------------------------------------ what QML reads

    @Property(bool, notify=shownChanged)
    def noAnswer(self) -> bool:
        """Whether nothing can be shown, for the centre gave no answer."""
        return self._no_answer

    @Property(str, notify=readAtChanged)
    def readAt(self) -> str:
        """When it was counted; "" before the first answer."""
        if self._report is None:
            return ""
        return seen_words(self._report.made_at, self._console.now(), self._console.texts)

    @Property(str, notify=readAtChanged)
    def behind(self) -> str:
        """Where kiosks stand of which something may be missing; "" where there are none."""
        kiosks = self._report.behind if self._report else ()
        if not kiosks:
            return ""
        regions = {one.code: one.name for one in self._console.regions.kecamatan}
        offices = sorted({regions.get(one.office, one.office) for one in kiosks})
        names = ", ".join(offices[:NAMED]) + (", ..." if len(offices) > NAMED else "")
        return self._console.texts.say("console.report.behind", count=len(kiosks), names=names)

    @Property(list, constant=True)
    def views(self) -> list[str]:
        return [str(one) for one in VIEWS]

    @Property(str, notify=shownChanged)
    def view(self) -> str:
        return self._view

    @Property(list, notify=shownChanged)
    def heads(self) -> list[str]:
        report = self._report
        if report is None or self._view == SUMMARY:
            return []
        return heads(self._view, report, self._how_called())

    @Property(list, notify=shownChanged)
    def rows(self) -> list[dict[str, Any]]:
        report = self._report
        if report is None or self._view == SUMMARY:
            return []
        return rows(self._view, report, self._dinas, self._how_called().of(report))

    @Property(bool, notify=shownChanged)
    def maySetTargets(self) -> bool:
        return self._console.role is CentreRole.KABUPATEN_ADMIN

    # ------------------------------------------------------------ what is done

    @Slot(str)
    def look(self, view: str) -> None:
        """Show the summary, or a table."""
        self._view = view
        self.changed.emit()

    @Slot()
    def again(self) -> None:
        """Ask the centre once more."""
        if self._span is not None:
            self._show(self._span)

    @Slot()
    def chooseDays(self) -> None:
        """Ask for the first and last day."""
        if self._span is not None:
            today = self._today()
            self._console.open_form(span_form(self._console, self._span, today, self._show))

    @Slot()
    def setTarget(self) -> None:
        """Ask which dinas should reach how many in which year."""
        report = self._report
        if report is not None and self.maySetTargets:
            form = target_form(self._console, report, self._how_called, self._targets_set)
            self._console.open_form(form)

    def _targets_set(self) -> None:
        if self._span is not None:
            self._read(self._span)


def _is_same(one: Report, other: Report) -> bool:
    """Tell whether both count the same."""
    return (one.span, one.whole, one.by_dinas) == (other.span, other.whole, other.by_dinas)
