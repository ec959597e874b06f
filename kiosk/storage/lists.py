"""The desk's list: pages by keyset and counts that end somewhere, each from an index.

With a million registrations no view may read more of them than it shows. Text and not SQLAlchemy's
expressions, because a partial index is used only by a query that says its condition literally.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, text

from kiosk.clock import WIB, local_date
from kiosk.domain.desk import (
    COUNT_MAX,
    LATE_AFTER,
    After,
    Page,
    Row,
    Tally,
    Transfer,
    View,
    attention,
    is_late,
)
from kiosk.domain.nik import NikWarning
from kiosk.domain.print_job import PrintState
from kiosk.domain.registration import Status
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.tables import NIK_TO_BE_LOOKED_AT, SLIP_MISSED, SLIP_NOT_OUT

_AWAITS_PAYMENT = "r.status IN ('registered', 'handed_over', 'accepted')"
_LATEST = """NOT EXISTS (
    SELECT 1 FROM print_job k WHERE k.registration_id = j.registration_id AND k.copy > j.copy)"""

# Until somebody changes it: then its next revision is on its way like any other.
_REJECTED_BY_CENTRE = """NOT EXISTS (SELECT 1 FROM outbox n
    WHERE n.registration_id = p.registration_id AND n.revision > p.revision)"""

# Each gives registrations' rowids as `rid` and its order as (at, place), beyond (:at, :place).
# CROSS JOIN is SQLite's way of saying: in this order, from this index.
_RISING = "({at}, {place}) > (:at, :place) ORDER BY {at}, {place} LIMIT :size"
_FALLING = "({at}, {place}) < (:at, :place) ORDER BY {at} DESC, {place} DESC LIMIT :size"
_BY_TIME = {"at": "registered_at", "place": "rowid"}
_TIMED = "SELECT registered_at AS at, rowid AS place, rowid AS rid FROM registration WHERE "
_JOBS = f"""
    FROM print_job j CROSS JOIN registration r ON r.id = j.registration_id
    WHERE {_AWAITS_PAYMENT} AND {_LATEST} AND """
_FROM: Mapping[View, str] = {
    View.TODAY: _TIMED
    + "registered_at >= :midnight AND registered_at < :next_midnight AND "
    + _FALLING.format(**_BY_TIME),
    View.NOT_HANDED_OVER: _TIMED + "status = 'registered' AND " + _RISING.format(**_BY_TIME),
    View.SLIP_NOT_OUT: f"SELECT j.changed_at AS at, j.id AS place, r.rowid AS rid {_JOBS}"
    f" j.{SLIP_NOT_OUT} AND " + _RISING.format(at="j.changed_at", place="j.id"),
    View.NOT_AT_CENTRE: """
        SELECT '' AS at, o.seq AS place, r.rowid AS rid
        FROM outbox o CROSS JOIN registration r ON r.id = o.registration_id
        WHERE o.seq > :place AND NOT EXISTS (
            SELECT 1 FROM outbox p WHERE p.registration_id = o.registration_id AND p.seq < o.seq)
        ORDER BY o.seq LIMIT :size""",
    View.NEEDS_ATTENTION: f"""
        SELECT * FROM ({_TIMED} status = 'rejected' AND {_RISING.format(**_BY_TIME)})
        UNION
        SELECT * FROM ({_TIMED} {NIK_TO_BE_LOOKED_AT} AND {_RISING.format(**_BY_TIME)})
        UNION
        SELECT * FROM (
            SELECT r.registered_at AS at, r.rowid AS place, r.rowid AS rid {_JOBS}
            j.{SLIP_MISSED} AND {_RISING.format(at="r.registered_at", place="r.rowid")})
        UNION
        SELECT * FROM (
            SELECT r.registered_at AS at, r.rowid AS place, r.rowid AS rid
            FROM parked p CROSS JOIN registration r ON r.id = p.registration_id
            WHERE {_REJECTED_BY_CENTRE}
            AND {_RISING.format(at="r.registered_at", place="r.rowid")})
        UNION
        SELECT * FROM (
            SELECT DISTINCT r.registered_at AS at, r.rowid AS place, r.rowid AS rid
            FROM incoming i CROSS JOIN registration r ON r.id = i.registration_id
            WHERE {_RISING.format(at="r.registered_at", place="r.rowid")})
        ORDER BY at, place LIMIT :size""",  # noqa: S608
    View.ALL: _TIMED + _FALLING.format(**_BY_TIME),
}
_NEWEST_FIRST = frozenset({View.TODAY, View.ALL})
_FIRST = {True: After("~", 2**62), False: After("", -1)}
"""Before all that falls, and before all that rises: every time stands between "" and "~"."""


def _order(view: View) -> str:
    return "DESC" if view in _NEWEST_FIRST else "ASC"


_LINE = f"""
    r.id, r.number, r.name, r.registered_at, r.status, r.nik_warnings,
    (SELECT j.state FROM print_job j WHERE j.registration_id = r.id ORDER BY j.copy DESC LIMIT 1)
        AS slip,
    EXISTS (SELECT 1 FROM outbox o WHERE o.registration_id = r.id) AS waits,
    EXISTS (SELECT 1 FROM parked p WHERE p.registration_id = r.id AND {_REJECTED_BY_CENTRE})
        AS parked,
    EXISTS (SELECT 1 FROM incoming i WHERE i.registration_id = r.id) AS conflict
"""  # noqa: S608
_PAGES = {
    view: text(
        f"SELECT w.at AS w_at, w.place AS w_place, {_LINE} FROM ({chosen}) w"  # noqa: S608
        " CROSS JOIN registration r ON r.rowid = w.rid"
        f" ORDER BY w.at {_order(view)}, w.place {_order(view)}"
    )
    for view, chosen in _FROM.items()
}
_COUNTS = {
    **{view: text(f"SELECT count(*) FROM ({chosen})") for view, chosen in _FROM.items()},  # noqa: S608
    # Row by row as its page is read, this one would look all over the outbox.
    View.NOT_AT_CENTRE: text("""
        SELECT max(count(DISTINCT registration_id), (count(*) = :size) * :size)
        FROM (SELECT registration_id FROM outbox WHERE seq > :place
            AND registration_id NOT IN (SELECT registration_id FROM erased)
            ORDER BY seq LIMIT :size)
    """),
}
_LATE = text("""
    SELECT count(*) FROM (SELECT 1 FROM registration
    WHERE status = 'registered' AND registered_at < :before LIMIT :size)
""")


def read_page(
    connection: Connection, view: View, after: After | None, size: int, now: datetime
) -> Page:
    """Return the next lines of a view."""
    asked = _asked(view, after, size + 1, now)
    rows = connection.execute(_PAGES[view], asked).mappings().all()
    shown = rows[:size]
    end = After(shown[-1]["w_at"], shown[-1]["w_place"]) if len(rows) > size else None
    return Page(tuple(to_row(row, now) for row in shown), end)


def count(connection: Connection, view: View, now: datetime) -> Tally:
    """Return how many stand in a view."""
    asked = _asked(view, None, COUNT_MAX + 1, now)
    return _tally(connection.execute(_COUNTS[view], asked).scalar_one())


def count_late(connection: Connection, now: datetime) -> Tally:
    """Return how many should have been handed over by now."""
    asked = {"before": to_text(now - LATE_AFTER), "size": COUNT_MAX + 1}
    return _tally(connection.execute(_LATE, asked).scalar_one())


def line_of(connection: Connection, registration_id: str, now: datetime) -> Row | None:
    """Return the line of one registration, or None."""
    one = text(f"SELECT {_LINE} FROM registration r WHERE r.id = :id")  # noqa: S608
    row = connection.execute(one, {"id": registration_id}).mappings().one_or_none()
    return None if row is None else to_row(row, now)


def lines_of(
    connection: Connection, chosen: str, asked: Mapping[str, object], now: datetime
) -> tuple[Row, ...]:
    """Return the lines of the registrations that the query `chosen` gives as (id, place)."""
    lines = text(
        f"SELECT {_LINE} FROM ({chosen}) w CROSS JOIN registration r ON r.id = w.id"  # noqa: S608
        " ORDER BY w.place"
    )
    return tuple(to_row(row, now) for row in connection.execute(lines, asked).mappings())


def to_row(row: Mapping[Any, Any], now: datetime) -> Row:
    """Return the line that a row of the list holds."""
    status, registered_at = Status(row["status"]), from_text(row["registered_at"])
    slip = PrintState(row["slip"]) if row["slip"] else None
    warnings = frozenset(NikWarning[word] for word in row["nik_warnings"].split())
    return Row(
        id=row["id"],
        number=row["number"],
        name=row["name"],
        registered_at=registered_at,
        status=status,
        slip=slip,
        transfer=_transfer(row),
        attention=attention(
            status, warnings, slip, parked=bool(row["parked"]), conflict=bool(row["conflict"])
        ),
        late=is_late(status, registered_at, now),
    )


def _transfer(row: Mapping[Any, Any]) -> Transfer:
    if row["parked"]:
        return Transfer.NEEDS_ATTENTION
    return Transfer.ON_THIS_KIOSK if row["waits"] else Transfer.AT_THE_CENTRE


def _asked(view: View, after: After | None, size: int, now: datetime) -> dict[str, object]:
    begin = after or _FIRST[view in _NEWEST_FIRST]
    asked: dict[str, object] = {"at": begin.at, "place": begin.place, "size": size}
    if view is View.NOT_AT_CENTRE:
        del asked["at"]
    if view is View.TODAY:
        midnight = datetime.combine(local_date(now), time(), WIB)
        next_midnight = midnight + timedelta(days=1)
        asked |= {"midnight": to_text(midnight), "next_midnight": to_text(next_midnight)}
    return asked


def _tally(counted: int) -> Tally:
    return Tally(min(counted, COUNT_MAX), counted > COUNT_MAX)
