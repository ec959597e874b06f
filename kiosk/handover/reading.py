"""Reads a list that somebody else wrote: XLSX or CSV, told apart by what is in the file."""

import codecs
import csv
import io
import os
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Generic, TypeVar
from xml.etree.ElementTree import ParseError

from kiosk.domain.cells import Cell, read_text
from kiosk.handover.locking import BrokenLock, OtherLock, WrongPassword, unlock
from kiosk.handover.writing import unguard

Part = TypeVar("Part", bound=StrEnum)
Row = tuple[int, Sequence[Cell]]
"""The number of a row as a spreadsheet shows it, and its cells."""

Find = Callable[[Sequence[str]], Mapping[Part, int] | None]
"""Tells which columns a row of headers holds; None: it is no row of headers."""

Merged = Callable[[int], bool]
"""Tells whether a row's own cells are merged with others, so that their values are elsewhere."""

SEPARATORS = (";", ",", "\t")
HEADER_WITHIN_ROWS = 20
UNPACKED_MAX_BYTES = 2**30
CSV_MAX_BYTES = 2**28
LOCKED_MAX_BYTES = CSV_MAX_BYTES // 4
"""Unlocking takes four times the size of the file in memory."""
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)\"", re.ASCII
)
_DATA_ENDS = re.compile(rb"</(?:\w+:)?sheetData>|<(?:\w+:)?sheetData\s*/>")
_PIECE = 2**18
_LONGEST_TAG = 200
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    csv.Error,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
)
"""What openpyxl and the readers below it raise for a file that is not what it says."""


class FileFlaw(StrEnum):
    """Why a file cannot be read at all."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    OLD_OR_LOCKED = "old_or_locked"
    """An .xls of before 2007, or protected by something else than a password of Excel's."""
    LOCKED = "locked"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    COLUMNS_MISSING = "columns_missing"
    COLUMN_TWICE = "column_twice"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Nothing of the file can be used; `detail` is a header that stands twice, else empty."""

    flaw: FileFlaw
    detail: str = ""


class FileRefused(Exception):
    """Carries Unreadable out of the readers; it never leaves this package."""

    def __init__(self, flaw: FileFlaw, detail: str = "") -> None:
        super().__init__(flaw.value)
        self.unreadable = Unreadable(flaw, detail)


@dataclass(frozen=True, slots=True)
class ListFile(Generic[Part]):
    """An open list. `rows` can be gone through once; rows without any text are left out.

    `total` is about how many rows there are, 0 if nobody knows.
    """

    total: int
    columns: Mapping[Part, int]
    rows: Iterator[tuple[int, Mapping[Part, Cell]]]
    merged: Merged


@contextmanager
def open_list(path: Path, find: Find[Part], password: str = "") -> Iterator[ListFile[Part]]:
    """Open a list and find its columns, in the first 20 rows of any of its sheets.

    A workbook that Excel locked needs its password; it is unlocked in memory alone.
    Raises FileRefused, also while its rows are gone through.
    """
    try:
        start, size = _look_at(path)
    except OSError:
        raise FileRefused(FileFlaw.UNREADABLE) from None
    if not size:
        raise FileRefused(FileFlaw.EMPTY)
    if start == _OLE:
        opened = _open_xlsx(lambda: _unlocked(path, size, password), find)
    elif start == _ZIP:
        # Not the path: openpyxl judges files by the end of their names.
        opened = _open_xlsx(lambda: path.open("rb"), find)
    else:
        opened = _open_csv(path, size, find)
    with opened as sheet:
        yield ListFile(
            total=sheet.total,
            columns=sheet.columns,
            rows=_named(sheet.rows, sheet.columns),
            merged=sheet.merged,
        )


def _look_at(path: Path) -> tuple[bytes, int]:
    with path.open("rb") as file:
        return file.read(len(_ZIP)), file.seek(0, os.SEEK_END)


def _named(
    rows: Iterator[Row], columns: Mapping[Part, int]
) -> Iterator[tuple[int, Mapping[Part, Cell]]]:
    places = tuple(columns.items())
    for number, cells in rows:
        width = len(cells)
        named = {part: cells[at] for part, at in places if at < width}
        if any(cell is not None and cell != "" for cell in named.values()):
            yield number, named


@dataclass(frozen=True, slots=True)
class _Sheet(Generic[Part]):
    total: int
    columns: Mapping[Part, int]
    rows: Iterator[Row]
    merged: Merged


def _find_header(rows: Iterator[Row], find: Find[Part]) -> tuple[int, Mapping[Part, int]] | None:
    for number, cells in rows:
        if number > HEADER_WITHIN_ROWS:
            return None
        columns = find([read_text(cell) for cell in cells])
        if columns is not None:
            return number, columns
    return None


# XLSX


@contextmanager
def _open_xlsx(open_file: Callable[[], IO[bytes]], find: Find[Part]) -> Iterator[_Sheet[Part]]:
    with ExitStack() as opened:
        with _refused_if_broken():
            file = opened.enter_context(open_file())
            _refuse_if_too_large(file)
            book = opened.enter_context(closing(_load(file)))
        for sheet in book.worksheets:
            total = int(sheet.max_row or 0)
            rows = _without_breaking(_xlsx_rows(sheet))
            header = _find_header(rows, find)
            if header is None:
                continue
            with _refused_if_broken():
                merged = _merged_in(book, sheet, header)
            yield _Sheet(total, header[1], rows, merged)
            return
    raise FileRefused(FileFlaw.COLUMNS_MISSING)


def _unlocked(path: Path, size: int, password: str) -> IO[bytes]:
    if size > LOCKED_MAX_BYTES:
        raise FileRefused(FileFlaw.TOO_LARGE)
    with path.open("rb") as file:
        try:
            return unlock(file, password)
        except OtherLock:
            raise FileRefused(FileFlaw.OLD_OR_LOCKED) from None
        except WrongPassword:
            flaw = FileFlaw.WRONG_PASSWORD if password else FileFlaw.LOCKED
            raise FileRefused(flaw) from None
        except BrokenLock:
            raise FileRefused(FileFlaw.DAMAGED) from None


def _load(file: IO[bytes]) -> Any:
    import openpyxl  # noqa: PLC0415 (residents never need it)

    # It would tell on standard error what it leaves out, with values of cells.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)


def _refuse_if_too_large(file: IO[bytes]) -> None:
    with zipfile.ZipFile(file) as archive:
        if sum(part.file_size for part in archive.infolist()) > UNPACKED_MAX_BYTES:
            raise FileRefused(FileFlaw.TOO_LARGE)


def _xlsx_rows(sheet: Any) -> Iterator[Row]:
    # Other programs declare sizes that are wrong: rows would be cut off, or a million made up.
    sheet.reset_dimensions()
    return enumerate(sheet.iter_rows(values_only=True), 1)


def _merged_in(book: Any, sheet: Any, header: tuple[int, Mapping[Part, int]]) -> Merged:
    """openpyxl does not tell of merged cells when it streams; they stand after the rows."""
    with book._archive.open(sheet._worksheet_path) as xml:
        rest = _after_the_rows(xml)
    header_row, columns = header
    ranges = []
    for left, top, right, bottom in _MERGED.findall(rest):
        rows = range(int(top), int(bottom) + 1)
        # Merged within its row, a cell still has its value in the leftmost column.
        covered = range(_column(left) + (len(rows) == 1), _column(right) + 1)
        if rows.stop - 1 > header_row and any(at in covered for at in columns.values()):
            ranges.append(rows)
    return lambda row: any(row in rows for rows in ranges)


def _column(letters: bytes) -> int:
    """A is 0, Z 25, AA 26."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place - 1


def _after_the_rows(xml: IO[bytes]) -> bytes:
    before = b""
    while piece := xml.read(_PIECE):
        window = before + piece
        found = _DATA_ENDS.search(window)
        if found:
            return window[found.end() :] + xml.read()
        before = window[-_LONGEST_TAG:]
    return b""


def _without_breaking(rows: Iterator[Row]) -> Iterator[Row]:
    while True:
        with _refused_if_broken():
            row = next(rows, None)
        if row is None:
            return
        yield row


@contextmanager
def _refused_if_broken() -> Iterator[None]:
    try:
        yield
    except _BROKEN:
        raise FileRefused(FileFlaw.DAMAGED) from None


# CSV


@contextmanager
def _open_csv(path: Path, size: int, find: Find[Part]) -> Iterator[_Sheet[Part]]:
    if size > CSV_MAX_BYTES:
        raise FileRefused(FileFlaw.TOO_LARGE)
    with _refused_if_broken():
        text = _decode(path.read_bytes())
    for separator in SEPARATORS:
        rows = _without_breaking(_csv_rows(text, separator))
        header = _find_header(rows, find)
        if header is not None:
            yield _Sheet(text.count("\n"), header[1], rows, _never)
            return
    raise FileRefused(FileFlaw.COLUMNS_MISSING)


def _decode(content: bytes) -> str:
    """Excel saves CSV as UTF-8, as UTF-16 ("Unicode text") or in the code page of Windows."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    if "\0" in text:
        raise ValueError("not a text")
    return text


def _csv_rows(text: str, separator: str) -> Iterator[Row]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return enumerate(([unguard(cell) for cell in line] for line in lines), 1)


def _never(_row: int) -> bool:
    return False
