"""The columns of the hand-over: the shipped file is good, and a broken one is told by its line."""

from pathlib import Path

import pytest

from kiosk.domain.failures import DataFailure
from kiosk.domain.handover import Field, parse_columns

TEXT = (Path(__file__).parents[2] / "resources/data/handover_columns.json").read_text("utf-8")


def refused(text: str) -> DataFailure:
    with pytest.raises(DataFailure) as failure:
        parse_columns(text, "handover_columns.json")
    return failure.value


def test_the_shipped_columns_hold_each_field_once_and_the_branchs_answer_last() -> None:
    columns = parse_columns(TEXT, "handover_columns.json").columns
    fields = [column.field for column in columns if column.field is not Field.EMPTY]
    assert sorted(fields) == sorted(set(Field) - {Field.EMPTY})
    assert [field for field in fields if field.startswith("answer_")] == fields[-5:]


def test_codes_that_nobody_knows_are_empty_columns() -> None:
    columns = parse_columns(TEXT, "handover_columns.json").columns
    assert [column.header for column in columns if column.field is Field.EMPTY] == [
        "kode_lokasi_pekerjaan"
    ]


def test_the_order_and_the_headers_are_the_files() -> None:
    text = """{"version": "2026-11-22", "columns": [
        {"header": "No. Ref", "field": "number"}, {"header": "Nama", "field": "name"},
        {"header": "KTP", "field": "nik"}]}"""
    assert parse_columns(text, "columns").headers == ("No. Ref", "Nama", "KTP")


@pytest.mark.parametrize(
    ("old", "new", "reason", "line"),
    [
        ('"field": "nik"', '"field": "nikah"', "field cannot be 'nikah'", 10),
        ('"header": "email"', '"header": "NIK"', "this header stands twice", 20),
        ('"field": "email"', '"field": "phone"', "the field phone stands twice", 20),
        ('"header": "email"', '"header": "=A1"', "begin with a letter or digit", 20),
        ('"header": "email"', '"header": "e\\nmail"', "fit on one line", 20),
        ('"header": "email"', '"header": " "', "header is blank", 20),
        ('"field": "number"', '"field": "empty"', "no column holds the number", 1),
        ('"field": "nik"', '"field": "empty"', "no column holds the nik", 1),
        ('"field": "name"', '"field": "empty"', "no column holds the name", 1),
        ('"version": "2026-11-22"', '"version": "22"', "version cannot be", 1),
    ],
)
def test_a_broken_file_is_refused_with_its_line(old: str, new: str, reason: str, line: int) -> None:
    assert TEXT.count(old) == 1
    failure = refused(TEXT.replace(old, new))
    assert reason in failure.reason
    assert failure.line == line
