"""A report as files: pages for the meeting, and the workbook with the same figures."""

from pathlib import Path

from kiosk.domain.report import Report
from kiosk.domain.report_words import Names
from kiosk.handover.report_book import report_book
from printing.report_page import render_report


def write_report(report: Report, names: Names, folder: Path) -> tuple[Path, ...]:
    """Write both files into a folder, in place of those of the same days; returns them.

    Nothing is written before both are made. Raises OSError.
    """
    span, names = report.span, names.of(report)
    stem = folder / f"laporan-{span.begin:%Y%m%d}-{span.end:%Y%m%d}"
    made = {
        stem.with_suffix(".pdf"): render_report(report, names),
        stem.with_suffix(".xlsx"): report_book(report, names),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in made.items():
        file.write_bytes(content)
    return tuple(made)
