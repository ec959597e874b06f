"""The columns of the list for the branch: added, named otherwise, moved and taken out."""

from dataclasses import replace
from enum import StrEnum
from functools import lru_cache

from kiosk.data import Data
from kiosk.domain.configuration import Content
from kiosk.domain.failures import DataFailure
from kiosk.domain.handover import (
    NEEDED,
    Column,
    Columns,
    Field,
    fold_header,
    is_header,
    parse_columns,
    write_columns,
)
from kiosk.drafting import DATA, with_value

FILE = "handover_columns.json"


class ColumnRefused(StrEnum):
    """Why the columns cannot be so."""

    NEEDED = "needed"
    """Without this column the list is of no use."""
    NO_HEADER = "no_header"
    HEADER_TWICE = "header_twice"
    FIELD_TWICE = "field_twice"


def columns_of(content: Content, shipped: Data) -> Columns:
    """Return the columns that count; the shipped ones where the file cannot be read."""
    text = content.data.get(FILE)
    return (_parsed(text) if text is not None else None) or shipped.handover


@lru_cache(maxsize=4)
def _parsed(text: str) -> Columns | None:
    try:
        return parse_columns(text, FILE)
    except DataFailure:
        return None


def free_fields(columns: Columns) -> tuple[Field, ...]:
    """Return what another column can hold."""
    held = {one.field for one in columns.columns} - {Field.EMPTY}
    return tuple(field for field in Field if field not in held)


def add_column(
    content: Content, shipped: Data, column: Column, after: int
) -> Content | ColumnRefused:
    """Put a column after the one at a place, counted from 0; -1: before all."""
    listed = columns_of(content, shipped).columns
    made = (*listed[: after + 1], _tidy(column), *listed[after + 1 :])
    return _put(content, shipped, made)


def rename_column(content: Content, shipped: Data, at: int, header: str) -> Content | ColumnRefused:
    """Write another header above the column at a place."""
    listed = columns_of(content, shipped).columns
    new = _tidy(replace(listed[at], header=header))
    return _put(content, shipped, (*listed[:at], new, *listed[at + 1 :]))


def move_column(content: Content, shipped: Data, at: int, to: int) -> Content | ColumnRefused:
    """Move the column at a place to another."""
    listed = list(columns_of(content, shipped).columns)
    listed.insert(to, listed.pop(at))
    return _put(content, shipped, tuple(listed))


def remove_column(content: Content, shipped: Data, at: int) -> Content | ColumnRefused:
    """Take out the column at a place, unless it is needed."""
    listed = columns_of(content, shipped).columns
    return _put(content, shipped, (*listed[:at], *listed[at + 1 :]))


def take_back_columns(content: Content) -> Content:
    """Let the columns be as they were shipped."""
    return with_value(content, DATA, FILE, None)


def _put(content: Content, shipped: Data, listed: tuple[Column, ...]) -> Content | ColumnRefused:
    refused = _refused(listed)
    if refused is not None:
        return refused
    if listed == shipped.handover.columns:
        return take_back_columns(content)
    made = replace(columns_of(content, shipped), columns=listed)
    return with_value(content, DATA, FILE, write_columns(made))


def _refused(listed: tuple[Column, ...]) -> ColumnRefused | None:
    fields = [one.field for one in listed if one.field is not Field.EMPTY]
    headers = [fold_header(one.header) for one in listed]
    if not all(is_header(one.header) for one in listed):
        return ColumnRefused.NO_HEADER
    if len(set(headers)) < len(headers):
        return ColumnRefused.HEADER_TWICE
    if len(set(fields)) < len(fields):
        return ColumnRefused.FIELD_TWICE
    return None if set(NEEDED) <= set(fields) else ColumnRefused.NEEDED


def _tidy(column: Column) -> Column:
    return replace(column, header=" ".join(column.header.split()))
