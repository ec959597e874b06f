"""The thread that hands in at the centre, and what others may ask it.

One program of those that are open on a store does it. The others show what the store knows.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk.clock import Clock
from kiosk.domain.centre import Link, Parked, SyncStatus
from kiosk.domain.centre_desk import Reconciled, Whereabouts
from kiosk.domain.failures import KioskFailure
from kiosk.logs.entries import LinkMoved, bug, failed
from kiosk.logs.kinds import Code
from kiosk.storage.centre import Membership
from kiosk.storage.store import Store
from kiosk.sync.duties import Duties
from kiosk.sync.line import Line, open_line
from kiosk.sync.reconciling import is_due, reconcile
from kiosk.sync.talk import Exchanged, Talk, Went
from kiosk.turn import SYNCING, Turn

log = logging.getLogger("anjungan.sync")

FIRST_AFTER_S = 3.0
"""A start has better to do."""
EVERY_S = 60.0
"""So often the centre is asked for changes."""
LOOK_S = 5.0
"""So often it is looked for what another program wrote; one index entry is read."""
ENDS_WITHIN_S = 0.9

OpenLine = Callable[[Membership, Path], Line]


def _told_nobody() -> None:
    pass


class Sync:
    """Hands in from a thread of its own; everything but the thread may be used from any.

    `folder` is the store's.
    """

    def __init__(
        self,
        store: Store,
        folder: Path,
        clock: Clock,
        version: str,
        duties: Duties | None = None,
        *,
        line_of: OpenLine = open_line,
    ) -> None:
        self._store = store
        self._folder = folder
        self._clock = clock
        self._version = version
        self._duties = duties
        self._line_of = line_of
        self._turn = Turn(folder, SYNCING)
        self._membership: Membership | None = None
        self._line: Line | None = None
        self._lines: set[Line] = set()
        self._talk: Talk | None = None
        self._status = SyncStatus(Link.NOT_JOINED)
        self._moved: Callable[[], None] = _told_nobody
        self._wake, self._stop = threading.Event(), threading.Event()
        self._guard = threading.Lock()
        self._wanted = False
        self._due_s = 0.0
        self._seen = 0
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    # The thread

    def start(self) -> None:
        """Begin, soon. Raises StoreFailure when the store cannot be read."""
        self._status = read_status(self._store)
        self._store.tell_commits(self._wake.set)
        self._thread.start()

    def stop(self) -> None:
        """End within a second, also while an answer is waited for.

        A thread that is only meeting a server cannot be called off: it ends by itself when that is
        over, and does not touch the store any more.
        """
        self._store.tell_commits(None)
        self._stop.set()
        self._wake.set()
        with self._guard:
            for line in self._lines:
                line.cut_off()
        if self._thread.ident is not None:
            self._thread.join(ENDS_WITHIN_S)
        if not self._thread.is_alive():
            self._leave()
        self._turn.give_up()

    def _open_line(self, membership: Membership) -> Line:
        line = self._line_of(membership, self._folder)
        with self._guard:
            self._lines.add(line)
            if self._stop.is_set():
                line.cut_off()
        return line

    def _close_line(self, line: Line) -> None:
        line.close()
        with self._guard:
            self._lines.discard(line)

    def _run(self) -> None:
        pause_s = FIRST_AFTER_S
        while True:
            self._wake.wait(pause_s)
            self._wake.clear()
            if self._stop.is_set():
                return
            try:
                pause_s = self.look()
            except KioskFailure as failure:
                log.warning(failed(failure))
                pause_s = EVERY_S
            except Exception as error:  # noqa: BLE001 (a mistake here must not stop the kiosk)
                log.error(bug(error))
                pause_s = EVERY_S

    def look(self) -> float:
        """Do what is due; returns in how many seconds to look again.

        Raises KioskFailure when the store cannot be used.
        """
        talk = self._talk_now()
        if talk is None:
            self._show()
            return LOOK_S
        left_s = self._due_s - time.monotonic()
        if not (self._wanted or left_s <= 0 or self._has_news(talk)):
            return min(LOOK_S, left_s)
        self._wanted = False
        self._show()
        self._hand_in(talk)
        self._show()
        return LOOK_S

    def _talk_now(self) -> Talk | None:
        """The centre's caller; None without a centre, or while another program hands in."""
        with self._store.reading() as record:
            membership = record.centre.membership()
        if membership != self._membership:
            self._leave()
            self._membership = membership
        if membership is None or not self._turn():
            return None
        if self._talk is None:
            line = self._line = self._open_line(membership)
            self._talk = Talk(self._store, line, self._clock, self._version, self._health)
            self._due_s = 0.0
        return self._talk

    def _health(self) -> Mapping[str, Any]:
        return self._duties.health(self._status) if self._duties else {}

    def _has_news(self, talk: Talk) -> bool:
        """Whether there is more to hand in than before; not while a failure is slept off."""
        if talk.pace.failures:
            return False
        with self._store.reading() as record:
            newer = record.centre.newest_queued() > self._seen
            return newer or bool(record.orders.to_tell())

    def _hand_in(self, talk: Talk) -> None:
        outcome: Exchanged | None = None
        went = True
        while went and not self._stop.is_set():
            with self._store.reading() as record:
                self._seen = max(self._seen, record.centre.newest_queued())
            outcome = talk.once()
            went = isinstance(outcome, Went) and outcome.go_on
            if went:
                self._show()
        if isinstance(outcome, Went):
            self._due_s = time.monotonic() + EVERY_S
            self._do_duties(outcome.config)
            self._compare_if_due()
        elif outcome is not None:
            self._due_s = time.monotonic() + talk.pause_s()

    def _do_duties(self, newest: int) -> None:
        duties, line = self._duties, self._line
        if duties is None or line is None or self._stop.is_set():
            return
        # What came of an order is told at once.
        if duties.carry_out(self._store, line, self._clock, self._version, newest):
            self.nudge()

    def _compare_if_due(self) -> None:
        """Once a day, when nothing waits."""
        line = self._line
        if line is None or self._stop.is_set() or not is_due(self._store, self._clock.now()):
            return
        try:
            reconcile(self._store, line, self._clock, self._stop.is_set)
        except KioskFailure as failure:
            log.warning(failed(failure))

    def _leave(self) -> None:
        line, self._line, self._talk = self._line, None, None
        if line is not None:
            self._close_line(line)

    # What others may ask

    def status(self) -> SyncStatus:
        """Return what was last proven; at once."""
        return self._status

    def listen(self, moved: Callable[[], None]) -> None:
        """Call this, from whatever thread, whenever the status has changed."""
        self._moved = moved

    def nudge(self) -> None:
        """Try now, whatever was tried before; at once."""
        self._wanted = True
        self._wake.set()

    def parked(self) -> tuple[Parked, ...]:
        """Return what the centre rejected, the oldest first."""
        with self._store.reading() as record:
            return record.centre.parked()

    def whereabouts(self, registration_id: str) -> Whereabouts:
        """Return where a registration is known to be."""
        with self._store.reading() as record:
            since = record.centre.at_centre_since(registration_id)
            parked = record.centre.parked()
        here = (one for one in parked if one.registration_id == registration_id)
        return Whereabouts(since, next(here, None))

    def try_again(self, registration_id: str) -> None:
        """Hand in again what was rejected."""
        with self._store.transaction() as record:
            record.centre.try_again(registration_id)
        self.nudge()

    def reconcile_now(self) -> Reconciled:
        """Compare with the centre, on a connection of its own.

        Raises KioskFailure when it cannot be reached, or this kiosk belongs to none.
        """
        with self._store.reading() as record:
            membership = record.centre.membership()
        if membership is None:
            return Reconciled(0, 0, 0)
        line = self._open_line(membership)
        try:
            found = reconcile(self._store, line, self._clock, self._stop.is_set)
        finally:
            self._close_line(line)
        self.nudge()
        return found

    def address(self) -> str:
        """Return the host of the centre, "" where there is none."""
        with self._store.reading() as record:
            membership = record.centre.membership()
        return membership.hosts[0].rpartition(":")[0] if membership else ""

    def _show(self) -> None:
        status = self._look_at_store()
        if status == self._status:
            return
        if (status.link, status.code) != (self._status.link, self._status.code):
            log.info(LinkMoved(status.link, Code(status.code)))
        self._status = status
        self._moved()

    def _look_at_store(self) -> SyncStatus:
        if self._membership is None:
            return SyncStatus(Link.NOT_JOINED)
        return read_status(self._store)


def read_status(store: Store) -> SyncStatus:
    """Return what a store knows of the way to the centre."""
    with store.reading() as record:
        if record.centre.membership() is None:
            return SyncStatus(Link.NOT_JOINED)
        state, queue = record.centre.state(), record.centre.queue()
    status = SyncStatus(state.link, state.since, state.reached_at, pause=state.pause)
    return replace(
        status,
        waiting=queue.waiting,
        oldest_waiting_at=queue.oldest_at,
        parked=queue.parked,
        differing=state.differing,
        code=state.code,
        copied_at=state.copied_at,
    )
