"""The thread that keeps the record: it completes the journal, makes backups, checks and mends."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kiosk.domain.failures import KioskFailure
from kiosk.domain.store_health import StoreHealth
from kiosk.logs.entries import failed
from kiosk.storage.kept import KeptStore
from kiosk.storage.store import Store

log = logging.getLogger("anjungan.store")

FIRST_AFTER_S = 10
"""A start has better to do; whatever is registered before completes the journal by itself."""
EVERY_S = 60


def _always() -> bool:
    return True


class Care:
    """Tends a store from a thread of its own, so that nobody waits for a backup or a check.

    `is_idle` tells, from that thread, whether nobody is at the kiosk.
    """

    def __init__(self, store: KeptStore, is_idle: Callable[[], bool] = _always) -> None:
        self._store = store
        self._is_idle = is_idle
        self._on_health: Callable[[StoreHealth], None] | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="care")

    def start(self, on_health: Callable[[StoreHealth], None] | None = None) -> None:
        """Begin; `on_health` is called from the thread whenever something changed."""
        self._on_health = on_health
        self._thread.start()

    def stop(self) -> None:
        """End, once what is being done is done."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        before, pause_s = None, FIRST_AFTER_S
        while not self._stop.wait(pause_s):
            pause_s = EVERY_S
            try:
                health = self._store.tend(idle=self._is_idle())
            except KioskFailure as failure:
                log.warning(failed(failure))
                continue
            if health != before and self._on_health is not None:
                self._on_health(health)
            before = health


@contextmanager
def cared_for(store: Store) -> Iterator[None]:
    """Tend a store meanwhile, if it is one that is kept: a store to practise in is not."""
    if not isinstance(store, KeptStore):
        yield
        return
    care = Care(store)
    care.start()
    try:
        yield
    finally:
        care.stop()
