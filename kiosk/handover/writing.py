"""Writes a list as XLSX or CSV so that a spreadsheet leaves every cell as it is.

XLSX: every cell is a string in the format "text", so nothing becomes a number, a date or a
formula, not even after somebody has edited it. The same rows give the same bytes.

CSV, for programs and for where there is no Excel: UTF-8 with byte order mark, semicolons (what
Excel expects where a comma stands in decimals, as in Indonesia), every cell in quotes, CRLF.
Quotes do not keep a spreadsheet from reading "=1+1" or 3604011205809001 as it likes, so a cell
that does not begin with a letter gets an apostrophe in front; who reads takes one away again.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

SEPARATOR = ";"
GUARD = "'"
SHEET = "Daftar"
COLUMN_WIDTH = 20
WIDEST_COLUMN = 60
LAST_ROW = 1_048_575
# What XML cannot hold, and control characters, which no cell needs.
_NO_CELL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
CELL_MAX_LENGTH = 32_767


def clean_cell(text: str) -> str:
    """Return the text without characters that no cell can hold, and not longer than one."""
    return _NO_CELL.sub("", text)[:CELL_MAX_LENGTH]


def guard(text: str) -> str:
    """Return the text as it stands in a CSV file."""
    return text if not text or text[0].isalpha() else f"{GUARD}{text}"


def unguard(text: str) -> str:
    """Return what `guard` was given."""
    return text.removeprefix(GUARD)


def write_xlsx(
    file: IO[bytes],
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    made_at: datetime,
    work_folder: Path | None,
) -> None:
    """Write a workbook of one sheet; `made_at` is the time it bears.

    `work_folder` holds the unfinished parts while this runs; without one they stay in memory.
    Raises OSError.
    """
    import xlsxwriter  # noqa: PLC0415 (residents never need it)
    from xlsxwriter.exceptions import XlsxFileError  # noqa: PLC0415

    if work_folder is None:
        book = xlsxwriter.Workbook(file, {"in_memory": True})
    else:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": str(work_folder)})
    book.set_properties({"created": made_at.astimezone(UTC).replace(tzinfo=None)})
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"num_format": "@", "bold": True})
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, len(headers) - 1, COLUMN_WIDTH, text)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{LAST_ROW + 1}"})
    try:
        for at, header in enumerate(headers):
            sheet.write_string(0, at, header, bold)
        _write_rows(sheet, rows, text)
    except BaseException:
        if work_folder is not None:
            sheet._opt_close()  # the file of the rows; close() would finish the whole workbook
        raise
    try:
        book.close()
    except XlsxFileError as failed:
        raise OSError(str(failed)) from None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of a workbook: its name, heads, and rows of texts and whole numbers."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[str | int]]


def write_book(file: IO[bytes], tables: Iterable[Table], *, made_at: datetime) -> None:
    """Write a workbook of several sheets, in which numbers are numbers and texts stay texts.

    The same tables give the same bytes. Raises OSError.
    """
    import xlsxwriter  # noqa: PLC0415 (residents never need it)
    from xlsxwriter.exceptions import XlsxFileError  # noqa: PLC0415

    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": made_at.astimezone(UTC).replace(tzinfo=None)})
    text, bold, number = (
        book.add_format(one)
        for one in ({"num_format": "@"}, {"num_format": "@", "bold": True}, {"num_format": "#,##0"})
    )
    for table in tables:
        _write_table(book.add_worksheet(table.name), table, text, bold, number)
    try:
        book.close()
    except XlsxFileError as failed:
        raise OSError(str(failed)) from None


def _write_table(sheet: Any, table: Table, text: Any, bold: Any, number: Any) -> None:
    sheet.freeze_panes(1, 0)
    widths = [len(head) for head in table.heads]
    for at, head in enumerate(table.heads):
        sheet.write_string(0, at, clean_cell(head), bold)
    for line, row in enumerate(table.rows, 1):
        for at, cell in enumerate(row):
            widths[at] = max(widths[at], len(str(cell)))
            if isinstance(cell, int):
                sheet.write_number(line, at, cell, number)
            elif clean := clean_cell(cell):
                sheet.write_string(line, at, clean, text)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, min(width + 2, WIDEST_COLUMN))


def _write_rows(sheet: Any, rows: Iterable[Sequence[str]], text: Any) -> None:
    for line, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            if clean := clean_cell(cell):
                sheet.write_string(line, at, clean, text)


def write_csv(file: IO[bytes], headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a CSV file as described above; raises OSError."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    try:
        writer = csv.writer(text, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(headers)
        for row in rows:
            writer.writerow([guard(clean_cell(cell)) for cell in row])
    finally:
        text.detach()
