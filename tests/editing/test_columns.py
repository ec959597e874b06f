"""The columns for the branch: what was edited is read so, and what the list needs stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sync.shipped import shipped_program

from kiosk.domain.configuration import Content
from kiosk.domain.handover import NEEDED, Column, Field, parse_columns
from kiosk.editing.columns import (
    FILE,
    ColumnRefused,
    add_column,
    columns_of,
    free_fields,
    move_column,
    remove_column,
    rename_column,
    take_back_columns,
)

DATA = shipped_program().data
SHIPPED = DATA.handover.columns
PLACES = st.integers(0, len(SHIPPED) - 1)


def place_of(field: Field) -> int:
    return [one.field for one in SHIPPED].index(field)


@given(st.lists(st.tuples(PLACES, PLACES), max_size=6))
def test_moved_columns_stand_where_they_were_moved(moves: list[tuple[int, int]]) -> None:
    content, wanted = Content(), list(SHIPPED)
    for at, to in moves:
        moved = move_column(content, DATA, at, to)
        assert isinstance(moved, Content)
        content = moved
        wanted.insert(to, wanted.pop(at))
    if FILE in content.data:
        assert parse_columns(content.data[FILE], FILE).columns == tuple(wanted)
    else:
        assert tuple(wanted) == SHIPPED
    assert take_back_columns(content) == Content()


@given(PLACES, st.text(max_size=70))
def test_a_header_is_read_as_it_was_written_or_refused(at: int, header: str) -> None:
    made = rename_column(Content(), DATA, at, header)
    if isinstance(made, Content) and made.data:
        assert parse_columns(made.data[FILE], FILE).headers[at] == " ".join(header.split())


@pytest.mark.parametrize("field", NEEDED)
def test_a_column_that_is_needed_stays(field: Field) -> None:
    assert remove_column(Content(), DATA, place_of(field)) is ColumnRefused.NEEDED


def test_a_column_is_removed_and_added_again() -> None:
    at = place_of(Field.EMAIL)
    without = remove_column(Content(), DATA, at)
    assert isinstance(without, Content)
    assert Field.EMAIL in free_fields(columns_of(without, DATA))
    again = add_column(without, DATA, SHIPPED[at], at - 1)
    assert again == Content()


@pytest.mark.parametrize(
    ("column", "why"),
    [
        (Column("=cmd", Field.EMPTY), ColumnRefused.NO_HEADER),
        (Column("", Field.EMPTY), ColumnRefused.NO_HEADER),
        (Column("x" * 61, Field.EMPTY), ColumnRefused.NO_HEADER),
        (Column("N I K", Field.EMPTY), ColumnRefused.HEADER_TWICE),
        (Column("lain", Field.NIK), ColumnRefused.FIELD_TWICE),
    ],
)
def test_a_column_that_does_not_go_is_refused(column: Column, why: ColumnRefused) -> None:
    assert add_column(Content(), DATA, column, -1) is why


def test_more_than_one_column_can_be_empty_for_the_branch() -> None:
    made = add_column(Content(), DATA, Column("catatan", Field.EMPTY), 0)
    assert isinstance(made, Content)
    assert columns_of(made, DATA).headers[:2] == (SHIPPED[0].header, "catatan")
