"""The last trusted time, kept in the store from one start of the program to the next."""

from datetime import timedelta

from kiosk.clock import Clock, TrustedClock
from kiosk.storage.store import Store

KEPT_EVERY = timedelta(minutes=10)
"""By no more is a time later than the one that a power cut leaves."""


def open_clock(store: Store, clock: Clock) -> TrustedClock:
    """Return the machine's clock, judged by what this store knows."""
    with store.reading() as record:
        return TrustedClock(clock, record.clock_fix())


def keep_time(store: Store, clock: TrustedClock) -> None:
    """Keep the time if it is trusted, every KEPT_EVERY; take over what another program confirmed.

    Raises StoreFailure when it cannot be kept.
    """
    with store.reading() as record:
        kept = record.clock_fix()
    if kept is not None and not clock.is_trusted:
        clock.learn(kept)
    if not clock.is_trusted:
        return
    fix = clock.fix
    if kept is None or kept.boot != fix.boot or fix.at - kept.at >= KEPT_EVERY:
        with store.transaction() as record:
            record.keep_clock_fix(fix)
