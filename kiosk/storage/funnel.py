"""The counts of visits, and what of them and of the slips the centre does not know yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, text

from kiosk.domain.funnel import StepCount, Walk
from kiosk.storage.facts import FUNNEL_TOLD, drop_fact, fact, keep_fact
from kiosk.storage.tables import SLIP_UNTOLD

MOST_DAYS, MOST_SLIPS = 7, 500
SMALL = 60
"""A line that carries no more records at once gets one day at a time."""

_ADD = """
    INSERT INTO funnel (day, purpose, segment_id, dinas, step,
        reached, passed, given_up, spent_ms, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (day, purpose, segment_id, dinas, step) DO UPDATE SET
        reached = reached + excluded.reached, passed = passed + excluded.passed,
        given_up = given_up + excluded.given_up, spent_ms = spent_ms + excluded.spent_ms,
        seq = excluded.seq
"""
_BEGUN = """
    SELECT coalesce(sum(reached), 0) FROM funnel
    WHERE day = ? AND purpose = 'register' AND step = 'begun'
"""
_NEWEST = "SELECT coalesce(max(seq), 0) FROM funnel"
# The days that were counted longest ago come first, so that one number tells which are told.
_UNTOLD_DAYS = text("""
    SELECT day, max(seq) AS last FROM funnel
    WHERE day IN (SELECT day FROM funnel WHERE seq > :told)
    GROUP BY day ORDER BY last LIMIT :most
""")
_ROWS: Any = text("""
    SELECT day, purpose, segment_id, dinas, step, reached, passed, given_up, spent_ms
    FROM funnel WHERE day IN :days ORDER BY day, purpose, segment_id, dinas, step
""").bindparams(bindparam("days", expanding=True))
_UNTOLD_SLIPS = text(f"""
    SELECT registration_id, max(state IN ('came_out', 'handed_over_otherwise')) AS is_out
    FROM print_job WHERE registration_id IN (
        SELECT registration_id FROM print_job j WHERE {SLIP_UNTOLD} AND EXISTS (
            SELECT 1 FROM receipt c WHERE c.registration_id = j.registration_id) LIMIT :most)
    GROUP BY registration_id
""")  # noqa: S608
_TELL_SLIP = f"UPDATE print_job SET told = 1 - told WHERE registration_id = ? AND {SLIP_UNTOLD}"  # noqa: S608
_SLIP_STANDS = """
    SELECT max(state IN ('came_out', 'handed_over_otherwise'))
    FROM print_job WHERE registration_id = ?
"""

Row = tuple[str, str, str, str, int, int, int, int]
"""Purpose, segment, dinas, step; reached, passed, given up, and milliseconds spent."""


@dataclass(frozen=True, slots=True)
class FunnelDay:
    """All that is counted of a day."""

    day: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Untold:
    """What the centre does not know: whole days, and whether slips of what it has are out.

    `up_to` marks the counts as they were read.
    """

    days: Sequence[FunnelDay] = ()
    slips: Sequence[tuple[str, bool]] = ()
    up_to: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether the centre knows all."""
        return not (self.days or self.slips)


NOTHING_UNTOLD = Untold()


class FunnelRecord:
    """Reads and writes the counts within the transaction of a Record."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cursor = connection.connection.cursor()

    def add(self, walk: Walk, counts: Iterable[StepCount]) -> None:
        """Add what a visit counts."""
        newest = self._cursor.execute(_NEWEST).fetchone()[0]
        # Behind what was told too: the rows of old days may be gone.
        seq = max(newest, self._told()) + 1
        of = (walk.day.isoformat(), walk.purpose, walk.segment_id, walk.dinas)
        self._cursor.executemany(
            _ADD,
            [
                (*of, one.step, one.reached, one.passed, one.given_up, one.spent_ms, seq)
                for one in counts
            ],
        )

    def begun(self, day: date) -> int:
        """Return how many visits began to register on a day, and are over."""
        return int(self._cursor.execute(_BEGUN, (day.isoformat(),)).fetchone()[0])

    def untold(self, size: int) -> Untold:
        """Return the next that the centre should know, where the line carries `size` records."""
        run = self._connection.execute
        told = self._told()
        most_days = 1 if size <= SMALL else MOST_DAYS
        days = run(_UNTOLD_DAYS, {"told": told, "most": most_days}).all()
        slips = run(_UNTOLD_SLIPS, {"most": min(size, MOST_SLIPS)}).all()
        rows: dict[str, list[Row]] = {row.day: [] for row in days}
        for day, *row in run(_ROWS, {"days": list(rows)}) if rows else ():
            rows[day].append(tuple(row))
        return Untold(
            tuple(FunnelDay(day, tuple(of_it)) for day, of_it in rows.items()),
            tuple((row.registration_id, bool(row.is_out)) for row in slips),
            max((row.last for row in days), default=told),
        )

    def note_told(self, told: Untold) -> None:
        """Note that the centre knows this; what was counted meanwhile stays untold."""
        if told.days:
            keep_fact(self._cursor, FUNNEL_TOLD, str(told.up_to))
        for registration_id, is_out in told.slips:
            stands = self._cursor.execute(_SLIP_STANDS, (registration_id,)).fetchone()[0]
            if stands is not None and bool(stands) == is_out:
                self._cursor.execute(_TELL_SLIP, (registration_id,))

    def drop_before(self, day: date) -> int:
        """Delete the counts of the days before; returns how many rows those were."""
        deleted = self._cursor.execute("DELETE FROM funnel WHERE day < ?", (day.isoformat(),))
        return int(deleted.rowcount)

    def _told(self) -> int:
        return int(fact(self._cursor, FUNNEL_TOLD) or 0)


def tell_all_again(connection: Connection) -> None:
    """Let everything be told once more: to another centre, or to one that was restored."""
    cursor = connection.connection.cursor()
    drop_fact(cursor, FUNNEL_TOLD)
    cursor.execute("UPDATE print_job SET told = 0 WHERE told <> 0")
