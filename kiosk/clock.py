"""The clock, passed in wherever time matters so that tests and demos can hold it still.

A kiosk's own clock can be wrong: its battery is empty, somebody set it. TrustedClock notices, and
goes on from the last time that it trusted.
"""

import logging
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

from kiosk.logs.entries import ClockDoubted, ClockTrusted, Side

WIB = timezone(timedelta(hours=7), "WIB")
"""Kabupaten Serang keeps Western Indonesian Time, without summer time."""


BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
BUILT = datetime(2026, 11, 1, tzinfo=UTC)
"""It was later than this when the program was written; to be raised with each version."""
ORDINARY_CORRECTION = timedelta(minutes=5)
"""By no more is a clock that runs set right without being doubted."""
LONGEST_OFF = timedelta(days=90)
"""A kiosk that was off for longer is asked whether its clock is right."""
LONGEST_IN_STORE = timedelta(days=3650)
"""So long after it was built can a kiosk be set up."""

log = logging.getLogger("anjungan.kiosk")


class Clock(Protocol):
    """Time of day and a monotonic measure."""

    def now(self) -> datetime:
        """The time in UTC, aware."""

    def monotonic_ms(self) -> float:
        """Milliseconds that only grow until the machine is started anew, unrelated to the day."""

    @property
    def boot(self) -> str:
        """Names the machine's last start, which `monotonic_ms` counts from."""

    @property
    def is_trusted(self) -> bool:
        """Whether `now` is what the machine's clock says; else it is the best that is known."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic_ms(self) -> float:
        # Unlike time.monotonic() it goes on while the machine sleeps, as the time of day does.
        return time.clock_gettime(time.CLOCK_BOOTTIME) * 1000

    @property
    def boot(self) -> str:
        return BOOT_ID.read_text("ascii").strip()

    @property
    def is_trusted(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Fix:
    """A time that was trusted, and where the monotonic measure of that boot stood."""

    at: datetime
    boot: str
    monotonic_ms: float


@dataclass(frozen=True, slots=True)
class ClockStanding:
    """Whether the machine's clock is trusted, what it says, and the time that is used."""

    is_trusted: bool
    says: datetime
    used: datetime


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the machine's clock is measured by: a fix, and how far ahead of it the clock may be."""

    fix: Fix
    ahead: timedelta


class TrustedClock:
    """A clock that is compared with what was known before; for every thread.

    `last` is the last trusted time that the store kept. Within one boot the time of day must go as
    the monotonic measure does. After another boot it must be later than the last trusted time, by
    at most LONGEST_OFF. While it is not so, `now` goes on from the last trusted time by the
    monotonic measure: it never goes back and never jumps, whatever the machine's clock does, and
    no age that is measured by it is wrong by more than what the kiosk was off. A clock that is
    doubted is trusted again when it shows what it should, or when somebody says that it is right.
    """

    def __init__(self, clock: Clock, last: Fix | None) -> None:
        self._clock = clock
        self._boot = clock.boot
        self._was_trusted = True
        if last is not None and last.boot == self._boot:
            self._ground = _Ground(last, ORDINARY_CORRECTION)
        else:
            floor = max(BUILT, last.at) if last else BUILT
            ahead = LONGEST_OFF if last else LONGEST_IN_STORE
            self._ground = _Ground(Fix(floor, self._boot, clock.monotonic_ms()), ahead)
        self.standing()

    def now(self) -> datetime:
        return self.standing().used

    def monotonic_ms(self) -> float:
        return self._clock.monotonic_ms()

    @property
    def boot(self) -> str:
        return self._boot

    @property
    def is_trusted(self) -> bool:
        return self.standing().is_trusted

    def standing(self) -> ClockStanding:
        """Look at the machine's clock, and tell how it stands."""
        ground, here = self._ground, self.reading()
        expected = _expected(ground.fix, here)
        fits = -ORDINARY_CORRECTION <= here.at - expected <= ground.ahead
        if fits:
            self.trust(here)
        elif self._was_trusted:
            self._was_trusted = False
            side = Side.AHEAD if here.at > expected else Side.BEHIND
            log.warning(ClockDoubted(abs(here.at - expected) // timedelta(hours=1), side))
        return ClockStanding(fits, here.at, here.at if fits else expected)

    @property
    def fix(self) -> Fix:
        """The last time that was trusted, or what stands for it."""
        return self._ground.fix

    def trust(self, says: Fix) -> None:
        """Trust a reading of the machine's clock, on somebody's word."""
        self._ground = _Ground(says, ORDINARY_CORRECTION)
        if not self._was_trusted:
            self._was_trusted = True
            log.warning(ClockTrusted())

    def learn(self, kept: Fix) -> None:
        """Trust the machine's clock if another program on the store does, on somebody's word."""
        here = self.reading()
        if kept.boot == self._boot and abs(here.at - _expected(kept, here)) <= ORDINARY_CORRECTION:
            self.trust(here)

    def reading(self) -> Fix:
        """Return what the machine's clock says now, trusted or not."""
        return Fix(self._clock.now(), self._boot, self._clock.monotonic_ms())


def _expected(fix: Fix, here: Fix) -> datetime:
    return fix.at + timedelta(milliseconds=here.monotonic_ms - fix.monotonic_ms)


def local(moment: datetime) -> datetime:
    """Return `moment` in the office's own time."""
    return moment.astimezone(WIB)


def local_date(moment: datetime) -> date:
    """Return the office's calendar day at `moment`."""
    return local(moment).date()
