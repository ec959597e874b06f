"""The thread that keeps the record: it completes the journal, makes backups, checks and mends."""

import logging
import threading
from collections.abc import Callable
from functools import partial

from kiosk.domain.failures import KioskFailure
from kiosk.domain.store_health import StoreHealth
from kiosk.logs.entries import failed
from kiosk.storage.kept import KeptStore
from kiosk.storage.store import Store

log = logging.getLogger("anjungan.store")

FIRST_AFTER_S = 10
"""A start has better to do; whatever is registered before completes the journal by itself."""
EVERY_S = 60


class Care:
    """Tends a store from a thread of its own, so that nobody waits for a backup or a check."""

    def __init__(self, store: Store) -> None:
        # A store to practise in is not kept.
        self._store = store if isinstance(store, KeptStore) else None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.health: StoreHealth | None = None
        """What is last known of the store, None as long as nothing is."""

    def start(
        self,
        is_idle: Callable[[], bool],
        on_health: Callable[[StoreHealth], None] | None = None,
    ) -> None:
        """Begin. From the thread, `is_idle` is asked whether nobody is at the kiosk, and
        `on_health` is called whenever something changed."""
        if self._store is not None:
            tend = partial(self._tend, self._store, is_idle, on_health)
            self._thread = threading.Thread(target=tend, name="care")
            self._thread.start()

    def stop(self) -> None:
        """End, once what is being done is done."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _tend(
        self,
        store: KeptStore,
        is_idle: Callable[[], bool],
        on_health: Callable[[StoreHealth], None] | None,
    ) -> None:
        pause_s = FIRST_AFTER_S
        while not self._stop.wait(pause_s):
            pause_s = EVERY_S
            try:
                health = store.tend(idle=is_idle())
            except KioskFailure as failure:
                log.warning(failed(failure))
                continue
            before, self.health = self.health, health
            if health != before and on_health is not None:
                on_health(health)
