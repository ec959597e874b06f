"""What a day's recap is counted from. Goes once through the whole audit, which has no index of
times: in the order of its entries a clock that was set would be missed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, TextClause, text

from kiosk.domain.months import Month
from kiosk.domain.print_job import PrintState
from kiosk.domain.recap import Counted, GapReason, Used
from kiosk.domain.registration import Status
from kiosk.domain.rights import Because
from kiosk.domain.tariff import Package
from kiosk.storage.rows import to_text

_DONE = text(f"""
    SELECT a.event, coalesce(r.segment_id, '') AS segment, coalesce(r.dinas, '') AS dinas,
        count(*) AS times, sum(r.id IS NULL) AS erased
    FROM audit a LEFT JOIN registration r ON r.id = a.registration_id
    WHERE a.at >= :begin AND a.at < :end
        AND a.event IN ({", ".join(f"'{one.value}'" for one in Counted)})
    GROUP BY a.event, segment, dinas
""")  # noqa: S608
_REGISTERED = text("""
    SELECT count(*) FROM registration WHERE registered_at >= :begin AND registered_at < :end
""")
_SLIPS = text("""
    SELECT j.state, r.status, count(*) AS times
    FROM registration r JOIN print_job j ON j.registration_id = r.id
    WHERE r.registered_at >= :begin AND r.registered_at < :end AND NOT EXISTS (
        SELECT 1 FROM print_job k WHERE k.registration_id = r.id AND k.copy > j.copy)
    GROUP BY j.state, r.status
""")
_FIRST_PAYMENTS = text("""
    SELECT r.segment_id, r.job_id, r.income_base, r.package, p.first_month, count(*) AS people
    FROM payment p JOIN registration r ON r.id = p.registration_id
    WHERE p.at >= :begin AND p.at < :end AND NOT EXISTS (
        SELECT 1 FROM payment q WHERE q.registration_id = p.registration_id AND q.id < p.id)
    GROUP BY r.segment_id, r.job_id, r.income_base, r.package, p.first_month
""")
_GIVEN_OUT = """
    SELECT incarnation, counter, kiosk_number, registered_at, '' AS because FROM registration
    UNION ALL
    SELECT incarnation, counter, kiosk_number, registered_at, because FROM erased"""
_RANGES = text(f"""
    SELECT incarnation, min(counter) AS first, max(counter) AS last FROM ({_GIVEN_OUT})
    WHERE registered_at >= :begin AND registered_at < :end
    GROUP BY incarnation ORDER BY min(registered_at)
""")  # noqa: S608
_BETWEEN = text(f"""
    SELECT counter, kiosk_number, registered_at, because FROM ({_GIVEN_OUT})
    WHERE incarnation = :incarnation AND counter >= :first AND counter <= :last ORDER BY counter
""")  # noqa: S608
_GIVEN_BEFORE = " UNION ALL ".join(
    f"""SELECT * FROM (
        SELECT counter, kiosk_number, registered_at, {because} AS because FROM {table}
        WHERE incarnation = :incarnation AND counter < :first ORDER BY counter DESC LIMIT 1)"""  # noqa: S608
    for because, table in (("''", "registration"), ("because", "erased"))
)
_BEFORE = text(f"{_GIVEN_BEFORE} ORDER BY counter DESC LIMIT 1")

_GONE = {Because.ASKED: GapReason.ERASED, Because.IN_TIME: GapReason.REMOVED}


@dataclass(frozen=True, slots=True)
class Done:
    """How often something was done with people of a segment and dinas, "" for those `erased`."""

    what: Counted
    segment: str
    dinas: str
    times: int
    erased: int


@dataclass(frozen=True, slots=True)
class SlipsSo:
    """How many of the day's registrations stand so with their latest slip in this state."""

    state: PrintState
    status: Status
    times: int


@dataclass(frozen=True, slots=True)
class FirstPayments:
    """How many people first paid for the same from the same month on."""

    segment_id: str
    job_id: str
    base: int
    package: Package
    first_month: Month
    people: int


@dataclass(frozen=True, slots=True)
class DayRecord:
    """Reads one day, from `begin` up to `end`, within a transaction."""

    connection: Connection
    begin: datetime
    end: datetime

    def done(self) -> tuple[Done, ...]:
        """Return what was done."""
        rows = self.connection.execute(_DONE, self._day())
        return tuple(
            Done(Counted(row.event), row.segment, row.dinas, row.times, row.erased) for row in rows
        )

    def registered(self) -> int:
        """Count who registered and is still kept here."""
        return int(self.connection.execute(_REGISTERED, self._day()).scalar_one())

    def slips(self) -> tuple[SlipsSo, ...]:
        """Return how the slips of the day's registrations stand now."""
        rows = self.connection.execute(_SLIPS, self._day())
        return tuple(SlipsSo(PrintState(row.state), Status(row.status), row.times) for row in rows)

    def first_payments(self) -> tuple[FirstPayments, ...]:
        """Return the first payments that were noted."""
        return tuple(
            FirstPayments(
                segment_id=row.segment_id,
                job_id=row.job_id,
                base=row.income_base,
                package=Package(row.package),
                first_month=Month.parse(row.first_month),
                people=row.people,
            )
            for row in self.connection.execute(_FIRST_PAYMENTS, self._day())
        )

    def numbers(self) -> Iterator[tuple[tuple[Used, ...], Used | None]]:
        """Give, for each incarnation, the numbers from the day's first to its last and the one
        before them."""
        for found in self.connection.execute(_RANGES, self._day()).mappings().all():
            between = tuple(self._used(_BETWEEN, dict(found)))
            yield between, next(self._used(_BEFORE, dict(found)), None)

    def _used(self, statement: TextClause, found: Mapping[str, object]) -> Iterator[Used]:
        day = self._day()
        for row in self.connection.execute(statement, found):
            on_the_day = day["begin"] <= row.registered_at < day["end"]
            yield Used(row.kiosk_number, row.counter, on_the_day, _GONE.get(row.because))

    def _day(self) -> dict[str, str]:
        return {"begin": to_text(self.begin), "end": to_text(self.end)}
