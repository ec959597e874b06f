"""Takes into a store made anew what only the damaged one has."""

import shutil
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3

from kiosk.storage.changes import (
    Point,
    Writer,
    has_been_at,
    image_of,
    last_point,
    layout,
    notes_since,
)
from kiosk.storage.engine import SCHEMA_HEAD, Key, connect
from kiosk.storage.files import BESIDE, remove_store


@contextmanager
def left_in(damaged: Path, key: Key) -> Iterator[Any]:
    """Open what is left of a file, or something empty where there is no room to look into it."""
    copy = damaged.with_name("salvage.db")
    # A copy, because whoever opens a file writes its log into it.
    with suppress(OSError):
        for beside in BESIDE[:2]:
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{damaged}{beside}", f"{copy}{beside}")
    try:
        with closing(connect(copy, key)) as connection:
            yield connection.cursor()
    finally:
        remove_store(copy)


def take_in_erasures(cursor: Any, left: Any) -> None:
    """Take in what was erased, so that it is erased again."""
    with suppress(sqlcipher3.DatabaseError):
        for row in _named(left, "erased", "number <> ?", ""):
            _insert(cursor, "erased", [row])


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many registrations only the damaged file had; `left_out` contradict one that is known,
    by number or NIK, and stay in the file that was set aside."""

    taken: int = 0
    left_out: int = 0


def take_in(cursor: Any, left: Any, points: Collection[Point], *, gaps: bool) -> TakenIn:
    """Take in what can still be read.

    `points` are those the journal was written at, in order; `gaps` is whether something is missing
    in between.
    """
    before = _registrations(cursor)
    last = max(points, key=lambda point: point.seq, default=None)
    with suppress(sqlcipher3.DatabaseError):
        _take_in_changes(cursor, left, last)
    left_out = 0
    with suppress(sqlcipher3.DatabaseError):
        all_known = not gaps and _same_history(left, last, points)
        left_out = _take_in_registrations(cursor, left, all_known=all_known)
    return TakenIn(len(_registrations(cursor) - before), left_out)


def _same_history(left: Any, last: Point | None, points: Collection[Point]) -> bool:
    with suppress(sqlcipher3.DatabaseError):
        return (last is not None and has_been_at(left, last)) or last_point(left) in points
    return False


def _take_in_changes(cursor: Any, left: Any, point: Point | None) -> None:
    """Take in what changed after the journal's end, if it is the same history."""
    if point is None:
        return
    writer = Writer(cursor, layout(SCHEMA_HEAD))
    for table, values in notes_since(left, point):
        with suppress(sqlcipher3.DatabaseError):
            writer.put([image_of(left, table, values)])


def _take_in_registrations(cursor: Any, left: Any, *, all_known: bool) -> int:
    """Take in the registrations that are not known, with what hangs on them.

    `all_known`: the journal knew every registration up to its last, and what it no longer has was
    erased or removed in time, and stays so. Returns how many contradict another one.
    """
    known = {"", *_registrations(cursor), *_erased(cursor)}
    lasts = _last_counters(cursor) if all_known else {}
    left_out = 0
    (last,) = left.execute("SELECT max(rowid) FROM registration").fetchone()
    for row in range(1, (last or 0) + 1):
        # One by one, as any of them may lie on a page that cannot be read.
        with suppress(sqlcipher3.DatabaseError):
            (one,) = _named(left, "registration", "rowid = ?", row) or [{"id": ""}]
            if one["id"] in known or one["counter"] <= lasts.get(one["incarnation"], 0):
                continue
            if _insert(cursor, "registration", [one]):
                _take_in_rest(cursor, left, one["id"])
            else:
                left_out += 1
    return left_out


def _last_counters(cursor: Any) -> dict[str, int]:
    return dict(
        cursor.execute(
            "SELECT incarnation, max(counter) FROM (SELECT incarnation, counter FROM registration "
            "UNION ALL SELECT incarnation, counter FROM erased) GROUP BY incarnation"
        ).fetchall()
    )


def _take_in_rest(cursor: Any, left: Any, id_: str) -> None:
    for table in ("outbox", "receipt", "print_job", "audit", "correction", "payment"):
        with suppress(sqlcipher3.DatabaseError):
            rows = _named(left, table, "registration_id = ?", id_)
            for row in rows:
                # Numbered anew: theirs may be taken.
                for number in ("id", "seq", "link"):
                    row.pop(number, None)
            _insert(cursor, table, rows)


def _named(left: Any, table: str, where: str, value: object) -> list[dict[str, Any]]:
    rows = left.execute(f"SELECT * FROM {table} WHERE {where}", (value,))  # noqa: S608
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def _insert(cursor: Any, table: str, rows: list[dict[str, Any]]) -> int:
    added = 0
    for row in rows:
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        statement = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
        added += cursor.execute(statement, tuple(row.values())).rowcount
    return added


def _registrations(cursor: Any) -> set[str]:
    return {id_ for (id_,) in cursor.execute("SELECT id FROM registration").fetchall()}


def _erased(cursor: Any) -> set[str]:
    return {id_ for (id_,) in cursor.execute("SELECT registration_id FROM erased").fetchall()}
