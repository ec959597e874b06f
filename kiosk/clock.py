"""The clock, passed in wherever time matters so that tests and demos can hold it still."""

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

WIB = timezone(timedelta(hours=7), "WIB")
"""Kabupaten Serang keeps Western Indonesian Time, without summer time."""


class Clock(Protocol):
    """Time of day and a monotonic measure."""

    def now(self) -> datetime:
        """The time in UTC, aware."""

    def monotonic_ms(self) -> float:
        """Milliseconds that only grow, unrelated to the time of day."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic_ms(self) -> float:
        return time.monotonic() * 1000


def local(moment: datetime) -> datetime:
    """Return `moment` in the office's own time."""
    return moment.astimezone(WIB)


def local_date(moment: datetime) -> date:
    """Return the office's calendar day at `moment`."""
    return local(moment).date()
