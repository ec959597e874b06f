"""The office's numbers on the screen, and their files for a meeting."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from kiosk.desk.numbers import numbers
from kiosk.desk.session import NotAllowed
from kiosk.domain.report import ALL, Report, Span
from kiosk.domain.report_words import Names
from ui.models.desk.host import DeskHost
from ui.models.report_model import ReportModel

QML_IMPORT_NAME = "Anjungan.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class NumbersModel(ReportModel):
    """Counts a month or a year of this kiosk's record."""

    def __init__(self, host: DeskHost, parent: QObject) -> None:
        super().__init__(host, parent)
        self._desk = host

    def enter(self) -> None:
        """Count this month."""
        self.month()

    def leave(self) -> None:
        """Numbers are of the moment at which they were counted."""
        self._span, self._report, self._dinas = None, None, ALL
        self._announce()

    def _read(self, span: Span) -> None:
        desk, place = self._desk.session, self._desk.services.settings.office
        if desk is not None:
            self._desk.run(lambda: numbers(desk, span, place), self._counted)

    def _counted(self, outcome: Report | NotAllowed) -> None:
        if isinstance(outcome, Report):
            self._took(outcome)

    def _write(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        self._desk.run(work, on_result)

    def _today(self) -> date:
        return self._desk.facts.today

    def _how_called(self) -> Names:
        return Names(self._desk.facts.work, self._desk.facts.regions, self._desk.texts)

    def _exchange(self) -> Path:
        return self._desk.services.settings.exchange_folder
