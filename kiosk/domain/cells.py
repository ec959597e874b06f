"""Reads what people and spreadsheets leave in a cell: text, numbers, dates in many clothes."""

import re
import unicodedata
from datetime import date, datetime, timedelta

Cell = object
"""Text, int, float, datetime, date or None, as a spreadsheet or a CSV file gives it."""

_EXCEL_DAY_0 = date(1899, 12, 30)
_EXCEL_DAYS = range(36_526, 73_051)
"""2000 to 2099; another number is no date that anybody meant."""

_SCIENTIFIC = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]{1,2}")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2}|[a-z]+)[-/. ]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_MIDNIGHT = re.compile(r"[ t]0?0:00(:00(\.0+)?)?$")
_MONTHS = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "mei": 5,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "agu": 8,
    "ags": 8,
    "aug": 8,
    "sep": 9,
    "okt": 10,
    "oct": 10,
    "nov": 11,
    "nop": 11,
    "des": 12,
    "dec": 12,
}
"""The first three letters, Indonesian and English."""


def read_text(cell: Cell) -> str:
    """Return the cell as one line of text; a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(c for c in composed if c.isprintable() or c.isspace()).split())


def is_number(cell: Cell) -> bool:
    """Tell whether a spreadsheet made a number of the cell, or wrote one like 3,6E+15.

    Of a number Excel keeps 15 digits: the last digit of a NIK is lost.
    """
    if isinstance(cell, int | float):
        return True
    return isinstance(cell, str) and bool(_SCIENTIFIC.fullmatch(cell.strip()))


def read_date(cell: Cell) -> date | None:
    """Return the day a cell means, day before month; None if it means none.

    Excel's own dates, the days it counts (46348) and text like 22-11-2026, 22/11/2026,
    2026-11-22 or 22 November 2026; never a year of two digits.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _MIDNIGHT.sub("", read_text(cell).casefold())
    if text.isascii() and text.isdecimal():
        return _counted(int(text)) if len(text) == 5 else None
    year_first, day_first = _YEAR_FIRST.fullmatch(text), _DAY_FIRST.fullmatch(text)
    if year_first:
        year, month, day = year_first.groups()
    elif day_first:
        day, month, year = day_first.groups()
    else:
        return None
    try:
        return date(int(year), _month(month), int(day))
    except ValueError:
        return None


def _counted(days: int) -> date | None:
    return _EXCEL_DAY_0 + timedelta(days) if days in _EXCEL_DAYS else None


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS.get(text[:3], 0)
