"""Which rows changed, noted by triggers in the transaction that changes them.

So the journal can be completed from the store at any time, and no writer can forget it. A note
names a row and holds no values: what goes to the journal is the row as it stands by then.
"""

import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from kiosk.storage import tables

NOT_KEPT = frozenset({"draft", "half_done", "failed_proof", "wrong_pin", "parked", "change"})
"""What the journal leaves out: what is half said, counters that are worth an hour, and what the
centre rejected, which a store made anew hands in once more."""

_UNNOTED = frozenset({("audit", "update")})
"""An entry gets its link just after it is written, and whoever changes it later must not change the
journal too."""

AT_ONCE = 2_000
"""So many rows are held in memory when much changed, or all is written anew."""

Values = Sequence[Any]
Image = tuple[str, Values, Values | None]
"""A row: its table, its key, and its values; None for one that is gone."""


@dataclass(frozen=True, slots=True)
class Point:
    """A moment in the history of a store: the last note, and its mark, which is random.

    Two stores that share a point have the same history up to it.
    """

    seq: int
    mark: int


BEGINNING = Point(0, 0)


@dataclass(frozen=True, slots=True)
class Layout:
    """How rows are written: the schema's version and, by table, the columns and the key."""

    schema: str
    columns: Mapping[str, Sequence[str]]
    keys: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows that changed up to a point; `complete` once nothing more had changed."""

    point: Point
    images: Sequence[Image]
    complete: bool


_TRIGGER = """
    CREATE TRIGGER IF NOT EXISTS change_{table}_{verb} AFTER {verb} ON {table} BEGIN
        INSERT INTO change (table_name, key, mark)
        VALUES ('{table}', json_array({key}), random());
    END
"""


class OtherHistory(Exception):
    """The store was never at this point: it is an older one, or another."""


@cache
def kept_tables() -> tuple[Table, ...]:
    """Return the tables that the journal holds."""
    return tuple(one for one in tables.metadata.sorted_tables if one.name not in NOT_KEPT)


@cache
def layout(schema: str) -> Layout:
    """Return how this program writes rows."""
    kept = kept_tables()
    return Layout(
        schema,
        {one.name: tuple(column.name for column in one.columns) for one in kept},
        {one.name: tuple(column.name for column in one.primary_key) for one in kept},
    )


def note_changes(connection: Connection) -> None:
    """Make the triggers that are missing: of new tables, and of tables that were made anew."""
    for table in kept_tables():
        for verb, row in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
            if (table.name, verb) in _UNNOTED:
                continue
            key = ", ".join(f'{row}."{column.name}"' for column in table.primary_key)
            connection.exec_driver_sql(_TRIGGER.format(table=table.name, verb=verb, key=key))


def last_point(cursor: Any) -> Point:
    """Return where the store is."""
    row = cursor.execute("SELECT seq, mark FROM change ORDER BY seq DESC LIMIT 1").fetchone()
    return Point(*row) if row else BEGINNING


def has_been_at(cursor: Any, point: Point) -> bool:
    """Tell whether the store's history goes through a point; the note of it must still be there."""
    row = cursor.execute("SELECT mark FROM change WHERE seq = ?", (point.seq,)).fetchone()
    return point == BEGINNING or row == (point.mark,)


def changes_since(cursor: Any, after: Point) -> Generator[Changes, None, None]:
    """Give the rows that changed after a point, as they stood at one moment.

    Raises OtherHistory when the store was never at that point or no longer knows what followed.
    """
    cursor.execute("BEGIN")
    try:
        yield from _changes_since(cursor, after)
    finally:
        cursor.execute("COMMIT")


def _changes_since(cursor: Any, after: Point) -> Iterator[Changes]:
    at = after
    while True:
        notes = cursor.execute(
            "SELECT seq, mark, table_name, key FROM change WHERE seq >= ? ORDER BY seq LIMIT ?",
            (at.seq, AT_ONCE + 1),
        ).fetchall()
        if not _follow(notes, at):
            raise OtherHistory
        fresh = [note for note in notes if note[0] > at.seq]
        if not fresh:
            return
        at = Point(*fresh[-1][:2])
        # The last note of a row stands for it: so a row comes after all that changed before it.
        named = dict.fromkeys(reversed([note[2:] for note in fresh]))
        images = [image_of(cursor, *name) for name in reversed(named)]
        complete = len(notes) <= AT_ONCE
        yield Changes(at, images, complete)
        if complete:
            return


def _follow(notes: Sequence[tuple[Any, ...]], at: Point) -> bool:
    if at == BEGINNING:
        return not notes or notes[0][0] == 1
    return bool(notes) and notes[0][:2] == (at.seq, at.mark)


def notes_since(cursor: Any, after: Point) -> list[tuple[str, str]]:
    """Return the table and key of what changed after a point; nothing for another history."""
    if not has_been_at(cursor, after):
        return []
    notes = cursor.execute(
        "SELECT table_name, key FROM change WHERE seq > ? ORDER BY seq", (after.seq,)
    )
    return list(dict.fromkeys(notes.fetchall()))


def image_of(cursor: Any, table: str, key: str) -> Image:
    """Return a row as it stands."""
    values = json.loads(key)
    return table, values, cursor.execute(_select_one(table), values).fetchone()


@cache
def _select_one(table: str) -> str:
    found = tables.metadata.tables[table]
    columns = ", ".join(f'"{column.name}"' for column in found.columns)
    where = _where(tuple(column.name for column in found.primary_key))
    return f"SELECT {columns} FROM {table} WHERE {where}"  # noqa: S608


def _where(key: Sequence[str]) -> str:
    return " AND ".join(f'"{name}" = ?' for name in key)


def all_rows(cursor: Any) -> Iterator[tuple[str, list[Values]]]:
    """Give every row that the journal holds, table by table; within the caller's transaction."""
    for table in kept_tables():
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        found = cursor.execute(f"SELECT {columns} FROM {table.name}")  # noqa: S608
        while some := found.fetchmany(AT_ONCE):
            yield table.name, some


def trim(cursor: Any, before: int) -> None:
    """Forget the notes from before one; the journal has what they named."""
    cursor.execute("DELETE FROM change WHERE seq < ?", (before,))


class Writer:
    """Writes rows as they were read from a journal into a store that nobody else has open.

    Triggers must be off: the links of the audit are part of what is written.
    """

    def __init__(self, cursor: Any, layout: Layout) -> None:
        self._cursor = cursor
        self._layout = layout
        self.refused = 0
        """Rows that contradict another one, which happens only where something in between is
        missing."""

    def image(self, table: str, row: Values) -> Image:
        """Return the image of a row that is there."""
        columns = self._layout.columns[table]
        return table, [row[columns.index(name)] for name in self._layout.keys[table]], row

    def clear(self) -> None:
        """Remove every row of the tables that the journal holds."""
        for table in self._layout.columns:
            self._cursor.execute(f"DELETE FROM {table}")  # noqa: S608

    def add(self, table: str, rows: Sequence[Values]) -> None:
        """Write rows that are not there yet."""
        self._cursor.executemany(self._insert(table), rows)
        self.refused += len(rows) - self._cursor.rowcount

    def put(self, images: Sequence[Image]) -> None:
        """Bring rows to how they are given."""
        for table, key, _ in images:
            where = _where(self._layout.keys[table])
            self._cursor.execute(f"DELETE FROM {table} WHERE {where}", key)  # noqa: S608
        for table, _, values in images:
            if values is not None:
                self._cursor.execute(self._insert(table), values)
                self.refused += not self._cursor.rowcount

    def _insert(self, table: str) -> str:
        names = self._layout.columns[table]
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        return f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
