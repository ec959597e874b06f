"""Follows a visit from step to step, and counts it when it is over.

While it lasts nothing is written: a power cut costs the count of one visit.
"""

from datetime import date

from kiosk.clock import Clock, local
from kiosk.domain.funnel import Ending, Walk, counts_of
from kiosk.storage.store import Store


class Footsteps:
    """One visit under way, or none; costs a visit nothing but looking at the clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._purpose = ""
        self._day = date.min
        self._step = ""
        self._since_ms = 0.0
        self._spent_ms: dict[str, float] = {}
        self._of = ("", "")

    def at(self, purpose: str, step: str, segment_id: str, dinas: str) -> Walk | None:
        """Note the step that is shown; returns the visit before it, if this is another one.

        A price that was asked for came to its end when the registration begins from it.
        """
        before = None
        if purpose != self._purpose:
            before = self.end(Ending.DONE)
            self._purpose, self._day = purpose, local(self._clock.now()).date()
        self._turn(step)
        self._of = (segment_id, dinas)
        return before

    def end(self, ending: Ending) -> Walk | None:
        """Return the visit that is over now; None without one."""
        if not self._purpose:
            return None
        last = self._step
        self._turn("")
        spent_ms = {step: round(spent) for step, spent in self._spent_ms.items()}
        walk = Walk(self._day, self._purpose, *self._of, spent_ms, last, ending)
        self._purpose, self._of = "", ("", "")
        self._spent_ms = {}
        return walk

    def _turn(self, step: str) -> None:
        if step == self._step:
            return
        now_ms = self._clock.monotonic_ms()
        if self._step:
            self._spent_ms[self._step] += now_ms - self._since_ms
        if step:
            self._spent_ms.setdefault(step, 0.0)
        self._step, self._since_ms = step, now_ms


def count_walk(store: Store, walk: Walk) -> None:
    """Add a visit to the counts of its day. Raises StoreFailure."""
    with store.transaction() as record:
        record.funnel.add(walk, counts_of(walk))
