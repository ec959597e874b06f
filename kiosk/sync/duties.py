"""What a kiosk that runs does for the kabupaten beside handing in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.clock import Clock
from kiosk.domain.centre import SyncStatus
from kiosk.storage.store import Store
from kiosk.sync.fetching import Caller, FlawOf, fetch, is_wanted
from kiosk.sync.obeying import obey


@dataclass(frozen=True, slots=True)
class Duties:
    """`health` tells how the kiosk stands, `flaw_of` whether a configuration can be used here,
    `bundle` returns the diagnostics."""

    health: Callable[[SyncStatus], Mapping[str, Any]]
    flaw_of: FlawOf
    bundle: Callable[[], bytes]

    def carry_out(
        self, store: Store, caller: Caller, clock: Clock, program: str, newest: int
    ) -> bool:
        """Fetch a newer configuration, and do what the kabupaten's admin asked for; tells whether
        the centre has to hear of something. Raises StoreFailure."""
        if is_wanted(store, newest, program):
            fetch(store, caller, clock, program, self.flaw_of)
        return obey(store, caller, clock, self.bundle)
