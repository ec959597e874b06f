"""The clock, passed in wherever time matters so that tests and demos can hold it still."""

import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

WIB = timezone(timedelta(hours=7), "WIB")
"""Kabupaten Serang keeps Western Indonesian Time, without summer time."""


BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Clock(Protocol):
    """Time of day and a monotonic measure."""

    def now(self) -> datetime:
        """The time in UTC, aware."""

    def monotonic_ms(self) -> float:
        """Milliseconds that only grow until the machine is started anew, unrelated to the day."""

    @property
    def boot(self) -> str:
        """Names the machine's last start, which `monotonic_ms` counts from."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic_ms(self) -> float:
        return time.monotonic() * 1000

    @property
    def boot(self) -> str:
        return BOOT_ID.read_text("ascii").strip()


def local(moment: datetime) -> datetime:
    """Return `moment` in the office's own time."""
    return moment.astimezone(WIB)


def local_date(moment: datetime) -> date:
    """Return the office's calendar day at `moment`."""
    return local(moment).date()
