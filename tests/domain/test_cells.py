"""What stands in a cell: spreadsheets and people write the same thing in many ways."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.cells import is_number, read_date, read_text

DAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("  Ahmad \n Saprudin ", "Ahmad Saprudin"),
        ("Ahmad\u200e\u00a0Saprudin", "Ahmad Saprudin"),
        (12.0, "12"),
        (12, "12"),
        (12.5, "12.5"),
        (3604011205809001.0, "3604011205809001"),
    ],
)
def test_any_cell_is_one_line_of_text(cell: object, text: str) -> None:
    assert read_text(cell) == text


@pytest.mark.parametrize("cell", [3, 3.6e15, "3,60401E+15", "3.6E+15", "3E15", " 3.6e+15 "])
def test_what_a_spreadsheet_made_a_number_of_is_seen(cell: object) -> None:
    assert is_number(cell)


@pytest.mark.parametrize("cell", ["3604011205809001", "", None, "E15", "BUDI", "3.6"])
def test_text_is_no_number(cell: object) -> None:
    assert not is_number(cell)


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        datetime(2026, 11, 5, 9, 30),  # noqa: DTZ001 (spreadsheets know no time zones)
        46331,
        46331.0,
        "46331",
        "05-11-2026",
        "5/11/2026",
        "5.11.2026",
        "5 11 2026",
        "2026-11-05",
        "2026/11/5",
        "2026-11-05 00:00:00",
        "05-Nov-2026",
        "5 November 2026",
        "5 Nopember 2026",
    ],
)
def test_a_day_in_every_dress(cell: object) -> None:
    assert read_date(cell) == DAY


@pytest.mark.parametrize(
    "cell",
    [None, "", "besok", "5-11-26", "32-01-2026", "29-02-2026", "13/13/2026", "5 Foo 2026", 5, 1e9],
)
def test_what_is_no_day(cell: object) -> None:
    assert read_date(cell) is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_excels_number_of_a_day_is_that_day(day: date) -> None:
    assert read_date((day - date(1899, 12, 30)).days) == day


@given(st.dates(date(1000, 1, 1)), st.sampled_from(["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"]))
def test_the_day_stands_before_the_month(day: date, written: str) -> None:
    assert read_date(day.strftime(written)) == day
