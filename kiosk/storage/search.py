"""What the desk's search looks into: an index beside the record, made by the desk alone.

A resident's registration writes nothing here. Before it searches the desk reads on in the audit
from where it stopped, and takes in what was registered or corrected since: a handful of entries on
a day. So the commit of a registration costs no more for it, no writer can forget it, and it can be
dropped and made anew at any time.

Words of names lie in FTS5, whose prefix indexes answer one typed letter as fast as a whole name. It
has one for each length up to ten letters: of a longer beginning FTS5 first gathers everybody.
Digits lie in a plain table, forwards and backwards: nearly every NIK of an office begins alike, and
FTS5 would have to merge a million lists of one entry for that. Both are kept under the number of
the audit entry of the registration, which leads back to it and sorts the newest first.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from kiosk.domain.desk import Found, Row
from kiosk.domain.search import DigitQuery, NameQuery, fold_words
from kiosk.storage.lists import lines_of

_MADE_AS = 2
"""To be raised when the index is made otherwise, so that an old one is dropped."""

_TABLES = (
    "CREATE TABLE search_state (made_as INTEGER NOT NULL, read_to INTEGER NOT NULL)",
    f"INSERT INTO search_state VALUES ({_MADE_AS}, 0)",  # noqa: S608
    """CREATE TABLE search_digits
    (digits TEXT, entry INTEGER, PRIMARY KEY (digits, entry DESC)) WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE search_name USING fts5
    (words, digits UNINDEXED, tokenize = 'ascii', prefix = '1 2 3 4 5 6 7 8 9 10',
     detail = none, columnsize = 0)""",
    # A corrected or erased name must not stay in the index until some later merge.
    "INSERT INTO search_name(search_name, rank) VALUES ('secure-delete', 1)",
)
_DROPS = tuple(
    f"DROP TABLE IF EXISTS {name}" for name in ("search_state", "search_digits", "search_name")
)
_IS_MADE = text("SELECT 1 FROM sqlite_master WHERE name = 'search_state'")
_STATE = text("SELECT made_as, read_to FROM search_state")
_LAST = text("SELECT coalesce(max(seq), 0) FROM audit")
_NEWS = text("""
    SELECT DISTINCT f.seq AS entry, r.id, r.name, r.nik, r.phone, r.number,
        (SELECT s.digits FROM search_name s WHERE s.rowid = f.seq) AS old
    FROM (SELECT registration_id FROM audit
          WHERE seq > :after AND seq <= :last AND event IN ('registered', 'corrected', 'erased')) n
    CROSS JOIN audit f ON f.registration_id = n.registration_id AND f.event = 'registered'
    LEFT JOIN registration r ON r.id = n.registration_id
""")
_INDEXED = text("""
    SELECT s.rowid AS entry, s.digits FROM audit a CROSS JOIN search_name s ON s.rowid = a.seq
    WHERE a.registration_id = :registration_id AND a.event = 'registered'
""")
_FORGET_NAME = "DELETE FROM search_name WHERE rowid = ?"
_FORGET_DIGITS = "DELETE FROM search_digits WHERE digits = ? AND entry = ?"
_ADD_NAME = "INSERT INTO search_name(rowid, words, digits) VALUES (?, ?, ?)"
_ADD_DIGITS = "INSERT OR IGNORE INTO search_digits VALUES (?, ?)"
_READ_TO = text("UPDATE search_state SET read_to = :last")

_BY_NAME = """
    SELECT a.registration_id AS id, -s.entry AS place FROM (
        SELECT rowid AS entry FROM search_name WHERE search_name MATCH :words
        ORDER BY rowid DESC LIMIT :size) s
    CROSS JOIN audit a ON a.seq = s.entry"""
_BY_DIGITS = """
    SELECT a.registration_id AS id, s.place FROM (
        SELECT entry, (min(rank) << 48) - entry AS place FROM (
            SELECT * FROM (SELECT 0 AS rank, entry FROM search_digits
                WHERE digits >= :whole AND digits < :whole_end LIMIT :size)
            UNION ALL
            SELECT * FROM (SELECT 1, entry FROM search_digits
                WHERE digits >= :last AND digits < :last_end LIMIT :size)
            UNION ALL
            SELECT * FROM (SELECT 2, entry FROM search_digits
                WHERE digits >= :phone AND digits < :phone_end LIMIT :size))
        GROUP BY entry ORDER BY place LIMIT :size) s
    CROSS JOIN audit a ON a.seq = s.entry"""


def unread(connection: Connection) -> int:
    """Return how many entries of the audit the index has not taken in."""
    last = connection.execute(_LAST).scalar_one()
    return int(last - _read_to(connection))


def read_on(connection: Connection, most: int) -> None:
    """Take the next entries into the index, at most so many; makes it if there is none."""
    if not _is_made(connection):
        for statement in (*_DROPS, *_TABLES):
            connection.execute(text(statement))
    after = _read_to(connection)
    last = min(after + most, connection.execute(_LAST).scalar_one())
    news = connection.execute(_NEWS, {"after": after, "last": last}).all()
    outdated = [(row.entry, row.old) for row in news if row.old is not None]
    there = [row for row in news if row.id is not None]
    names = [(row.entry, " ".join(fold_words(row.name)), _digits_of(row)) for row in there]
    _run(connection, _FORGET_DIGITS, _keys(outdated))
    _run(connection, _FORGET_NAME, [(entry,) for entry, _ in outdated])
    _run(connection, _ADD_NAME, names)
    # Sorted, so that neighbours in the index are written together.
    _run(connection, _ADD_DIGITS, sorted(_keys((entry, digits) for entry, _, digits in names)))
    connection.execute(_READ_TO, {"last": last})


def forget(connection: Connection, registration_id: str) -> None:
    """Take a registration out of the index."""
    if not _is_made(connection):
        return
    found = connection.execute(_INDEXED, {"registration_id": registration_id}).all()
    _run(connection, _FORGET_DIGITS, _keys((row.entry, row.digits) for row in found))
    _run(connection, _FORGET_NAME, [(row.entry,) for row in found])


def _run(connection: Connection, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Run a statement for each row by the driver alone: SQLAlchemy would take longer than it."""
    values = list(rows)
    if values:
        connection.exec_driver_sql(statement, values)


def _digits_of(row: Any) -> str:
    return " ".join(digits for digits in (row.number, row.nik, row.phone) if digits)


def _keys(entries: Iterable[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    """The digits of each entry as they are read, and from their end behind a mark."""
    for entry, digits in entries:
        for one in digits.split():
            yield one, entry
            yield _backwards(one), entry


def _backwards(digits: str) -> str:
    return f"-{digits[::-1]}"


def find(connection: Connection, query: NameQuery | DigitQuery, most: int, now: datetime) -> Found:
    """Return what the index has, at most so many."""
    if not _is_made(connection):
        return Found((), more=False, unread=unread(connection))
    rows = (
        _by_name(connection, query, most + 1, now)
        if isinstance(query, NameQuery)
        else _by_digits(connection, query, most + 1, now)
    )
    return Found(rows[:most], more=len(rows) > most, unread=unread(connection))


def _by_name(connection: Connection, query: NameQuery, size: int, now: datetime) -> tuple[Row, ...]:
    words = " ".join(f'"{word}"*' for word in query.words)
    return lines_of(connection, _BY_NAME, {"words": words, "size": size}, now)


def _by_digits(
    connection: Connection, query: DigitQuery, size: int, now: datetime
) -> tuple[Row, ...]:
    asked: dict[str, object] = {"size": size}
    beginnings = {
        "whole": query.digits,
        "last": _backwards(query.digits),
        "phone": query.phone,
    }
    for name, beginning in beginnings.items():
        asked |= {name: beginning, f"{name}_end": beginning + ":"}  # ":" follows "9"
    return lines_of(connection, _BY_DIGITS, asked, now)


def _is_made(connection: Connection) -> bool:
    if connection.execute(_IS_MADE).scalar() is None:
        return False
    return bool(connection.execute(_STATE).one().made_as == _MADE_AS)


def _read_to(connection: Connection) -> int:
    return int(connection.execute(_STATE).one().read_to) if _is_made(connection) else 0
