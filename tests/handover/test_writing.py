"""Cells as a spreadsheet meets them: whatever stands in a cell, it is text and comes back."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from kiosk.handover.writing import clean_cell, guard, unguard, write_csv, write_xlsx

MADE_AT = datetime(2026, 11, 22, 3, 24, 5, tzinfo=UTC)
DANGEROUS = st.sampled_from(
    [
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "'",
        '"',
        ";",
        "|",
        "=cmd|'/c calc'!A1",
        "\N{FULLWIDTH EQUALS SIGN}",
        "{=",
        "_x0041_",
    ]
)
CELLS = st.builds(str.__add__, DANGEROUS, st.text()) | st.text() | st.from_regex(r"[0-9]{1,17}")


def workbook(rows: list[list[str]], folder: Path) -> io.BytesIO:
    file = io.BytesIO()
    headers = ["judul"] * len(rows[0])
    write_xlsx(file, headers, rows, made_at=MADE_AT, work_folder=folder)
    file.seek(0)
    return file


@settings(max_examples=25)
@given(st.lists(CELLS, min_size=1, max_size=20))
def test_whatever_stands_in_a_cell_is_that_string_and_never_a_formula(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str]
) -> None:
    file = workbook([cells], tmp_path_factory.getbasetemp())
    sheet = openpyxl.load_workbook(file).worksheets[0]
    for at, text in enumerate(cells, 1):
        cell = sheet.cell(2, at)
        assert unescape(str(cell.value or "")) == clean_cell(text)
        if cell.value is not None:
            assert (cell.data_type, cell.number_format) == ("s", "@")


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_a_csv_file_gives_back_what_was_written(cells: list[str]) -> None:
    file = io.BytesIO()
    write_csv(file, ["judul"] * len(cells), [cells])
    text = file.getvalue().decode("utf-8-sig")
    _header, row = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert [unguard(cell) for cell in row] == [clean_cell(cell) for cell in cells]


@given(CELLS)
def test_no_csv_cell_begins_with_what_a_spreadsheet_reads_as_more_than_text(text: str) -> None:
    guarded = guard(clean_cell(text))
    assert not guarded or guarded[0] == "'" or guarded[0].isalpha()


@given(st.text())
def test_the_guard_is_taken_off_again(text: str) -> None:
    assert unguard(guard(text)) == text
