"""The numbers of this kiosk's own record, in the rows of kiosk.domain.report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, text

from kiosk.clock import WIB
from kiosk.domain.report import Numbers
from kiosk.storage.rows import to_text

_PARTS = {
    "day": "day",
    "segment": "segment_id",
    "office": ":office",
    "desa": "desa_code",
    "kiosk": "kiosk_number",
}
_BEGUN_PARTS = {
    "day": "day",
    "segment": "segment_id",
    "office": ":office",
    "kiosk": "(SELECT value FROM store_fact WHERE name = 'kiosk_number')",
}
_REGISTRATIONS = """
    WITH r AS MATERIALIZED (
        SELECT dinas, segment_id, desa_code, kiosk_number, status,
            date(substr(registered_at, 1, 19), '+7 hours') AS day,
            EXISTS (SELECT 1 FROM print_job j WHERE j.registration_id = r.id
                AND j.state IN ('came_out', 'handed_over_otherwise')) AS is_out
        FROM registration r WHERE registered_at >= :begin AND registered_at < :beyond
    )"""
_WAYS = " UNION ALL ".join(
    f"""
        SELECT '{way}' AS way, dinas, {part} AS part,
            sum(status <> 'void') AS registered, sum(status <> 'void' AND is_out) AS slip_out,
            sum(status IN ('paid', 'member')) AS paid, sum(status = 'member') AS member,
            sum(status = 'rejected') AS rejected, sum(status = 'void') AS void
        FROM r GROUP BY 2, 3"""  # noqa: S608
    for way, part in _PARTS.items()
)
_COUNTS = text(f"{_REGISTRATIONS} {_WAYS}")
_BEGUN = text(
    " UNION ALL ".join(
        f"""
        SELECT '{way}' AS way, dinas, {part} AS part, sum(reached) AS begun FROM funnel
        WHERE day BETWEEN :first AND :last AND step = 'begun' AND purpose = 'register'
        GROUP BY 2, 3"""  # noqa: S608
        for way, part in _BEGUN_PARTS.items()
    )
)
_STEPS = text("""
    SELECT purpose, dinas, step, sum(reached), sum(passed), sum(given_up), sum(spent_ms)
    FROM funnel WHERE day BETWEEN :first AND :last GROUP BY 1, 2, 3
""")
_RENEWALS = text("""
    SELECT dinas, :office, printf('%04d-%02d', last / 12, last % 12 + 1), count(*)
    FROM (
        SELECT r.dinas, max(substr(p.first_month, 1, 4) * 12 + substr(p.first_month, 6, 2)
            + p.months - 2) AS last
        FROM payment p JOIN registration r ON r.id = p.registration_id
        WHERE r.status IN ('paid', 'member') GROUP BY r.id
    ) GROUP BY dinas, last
""")
_REACHED = text("""
    SELECT dinas, NULL, count(*) FROM registration
    WHERE registered_at >= :new_year AND registered_at < :beyond AND status <> 'void'
    GROUP BY dinas
""")


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """Counts what stands in the store, within a transaction. `office` is the kecamatan's code."""

    connection: Connection
    office: str

    def numbers(self, begin: date, end: date) -> Numbers:
        """Return the numbers of the days from `begin` to `end`, both included.

        No dinas has a target here: those are set at the centre.
        """
        asked = {
            "office": self.office,
            "first": begin.isoformat(),
            "last": end.isoformat(),
            "begin": _begins(begin),
            "beyond": _begins(end + timedelta(days=1)),
            "new_year": _begins(date(end.year, 1, 1)),
        }
        return Numbers(
            self._rows(_COUNTS, asked),
            self._rows(_BEGUN, asked),
            self._rows(_STEPS, asked),
            self._rows(_RENEWALS, asked),
            self._rows(_REACHED, asked),
        )

    def _rows(self, statement: Any, asked: dict[str, str]) -> Sequence[Any]:
        named = {name: asked[name] for name in statement.compile().params}
        return [tuple(row) for row in self.connection.execute(statement, named)]


def _begins(day: date) -> str:
    return to_text(datetime.combine(day, time(), WIB))
