"""`main.py report`: a report as PDF and workbook, from the centre or this kiosk's own record."""

import argparse
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kiosk.clock import Clock, local
from kiosk.data import load_data
from kiosk.domain.failures import KioskFailure
from kiosk.domain.report import Report, Source, Span, make_report
from kiosk.domain.report_words import Names
from kiosk.domain.texts import Texts
from kiosk.settings import Settings
from kiosk.storage.store import Store
from printing.report_files import write_report

OpenStore = Callable[[], Store]


@dataclass(frozen=True, slots=True)
class Reporter:
    """Writes reports. `open_store` opens this kiosk's own record."""

    settings: Settings
    resources: Path
    texts: Texts
    clock: Clock
    open_store: OpenStore
    tell: Callable[[str], None]

    def obey(self, asked: argparse.Namespace) -> int:
        """Write the files; returns the exit code. Raises KioskFailure."""
        span = self._span(asked)
        of_centre = asked.url_file
        report = self._of_centre(span, of_centre) if of_centre else self._own(span)
        data = load_data(self.resources, self.settings.data_folder)
        names = Names(data.work, data.regions, self.texts)
        try:
            written = write_report(report, names, asked.out)
        except OSError as refused:
            raise KioskFailure("R 12", f"{asked.out}: {refused.strerror}") from None
        for file in written:
            self.tell(self.texts.say("report.file_written", file=file.name))
        return 0

    def _span(self, asked: argparse.Namespace) -> Span:
        """The days that were asked for; without any, those of this month until today."""
        today = local(self.clock.now()).date()
        end = asked.end or today
        begin = asked.begin or end.replace(day=1)
        try:
            return Span(begin, end)
        except ValueError:
            raise KioskFailure("R 11", "a report ends before it begins") from None

    def _of_centre(self, span: Span, url_file: Path) -> Report:
        from kiosk.central.reports import read_numbers  # noqa: PLC0415 (no kiosk needs it)

        with tempfile.TemporaryDirectory(prefix="anjungan-") as folder:
            numbers = read_numbers(url_file, Path(folder), span.begin, span.end)
        place = self.settings.kabupaten
        return make_report(numbers, span, self.clock.now(), Source.CENTRE, place)

    def _own(self, span: Span) -> Report:
        settings = self.settings
        with closing(self.open_store()) as store, store.reading() as record:
            numbers = record.report(settings.kecamatan_code).numbers(span.begin, span.end)
            practice = record.is_practice()
        return make_report(
            numbers, span, self.clock.now(), Source.OWN, settings.office, practice=practice
        )
