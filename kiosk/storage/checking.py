"""Looks for damage in a store's file."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3

from kiosk.storage.changes import BEGINNING, Point, last_point
from kiosk.storage.engine import Key, connect

_CORRUPT, _NOT_A_DATABASE = 11, 26


class Damaged(Exception):
    """The file cannot be read as it was written; the message says how that shows."""


def is_damage(error: BaseException) -> bool:
    """Tell whether an error of the driver means a damaged file, and not a disk or a bug."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in {_CORRUPT, _NOT_A_DATABASE}


def check(cursor: Any) -> None:
    """Go through every page and every row; raises Damaged. Some seconds for a million rows."""
    try:
        # Also pages that no table uses now, and bytes behind the last page.
        wrong = cursor.execute("PRAGMA cipher_integrity_check").fetchone()
        if wrong is None:
            (found,) = cursor.execute("PRAGMA quick_check(1)").fetchone()
            wrong = None if found == "ok" else (found,)
    except sqlcipher3.DatabaseError as error:
        if not is_damage(error):
            raise
        wrong = (str(error),)
    if wrong is not None:
        raise Damaged(wrong[0])


@dataclass(frozen=True, slots=True)
class Contents:
    """What a whole store holds: its version, how many rows by table, and where its history is."""

    schema: str
    rows: Mapping[str, int]
    point: Point


def contents(cursor: Any) -> Contents:
    """Count what a store holds."""
    names = [
        name
        for (name,) in cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
            "AND name NOT LIKE 'search%'"
        ).fetchall()
    ]
    rows = {name: _count(cursor, name) for name in names}
    (schema,) = cursor.execute("SELECT version_num FROM alembic_version").fetchone()
    point = last_point(cursor) if "change" in rows else BEGINNING
    return Contents(schema, rows, point)


def _count(cursor: Any, table: str) -> int:
    (rows,) = cursor.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return int(rows)


def contents_of(file: Path, key: Key) -> Contents:
    """Open a copy of a store, check it and count what it holds; raises Damaged."""
    try:
        with closing(connect(file, key)) as connection:
            cursor = connection.cursor()
            check(cursor)
            return contents(cursor)
    except sqlcipher3.DatabaseError as error:
        raise Damaged(str(error)) from None
