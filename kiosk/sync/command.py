"""`main.py sync`: how the way to the centre stands, and handing in by hand."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from kiosk.clock import Clock, local
from kiosk.domain.centre import Link, SyncStatus
from kiosk.domain.failures import KioskFailure
from kiosk.domain.texts import Texts
from kiosk.domain.wording import moment_words
from kiosk.keys import asks_passphrase, open_ring
from kiosk.opening import store_keys
from kiosk.settings import Settings
from kiosk.storage.store import Record, Store, look_into
from kiosk.sync.line import open_line
from kiosk.sync.reconciling import reconcile
from kiosk.sync.talk import Caller, Talk, Went
from kiosk.sync.worker import read_status
from kiosk.turn import SYNCING, Turn
from kiosk.version import program_version


def declare(parser: ArgumentParser) -> None:
    """Tell what can be typed."""
    parser.add_argument("action", choices=(*_ACTIONS, "again"))
    parser.add_argument("number", nargs="?", help="of the registration to hand in once more")


def seen_status(settings: Settings) -> SyncStatus | None:
    """Return what this kiosk's store knows, read without mending anything; None if nobody can
    look without a passphrase. Raises KeyFailure."""
    if asks_passphrase(settings.keys_folder):
        return None
    keys = open_ring(settings.keys_folder, may_create=False).ring.keys
    store = look_into(settings.store_folder, store_keys(keys))
    if store is None:
        return SyncStatus(Link.NOT_JOINED)
    with closing(store):
        return read_status(store)


def run(
    store: Store, folder: Path, asked: Namespace, *, texts: Texts, clock: Clock, out: TextIO
) -> int:
    """Do what was typed, writing lines to `out`; returns the exit code, 1 when something waits.

    `folder` is the store's. Raises StoreFailure and CentreFailure.
    """
    deed = _Deed(store, folder, texts, clock, out)
    if asked.action == "again":
        return deed.again(asked.number or "")
    return _ACTIONS[asked.action](deed)


@dataclass(frozen=True, slots=True)
class _Deed:
    store: Store
    folder: Path
    texts: Texts
    clock: Clock
    out: TextIO

    def status(self) -> int:
        """Tell how the way to the centre stands, and what it rejected."""
        status = read_status(self.store)
        self._tell(status)
        with self.store.reading() as record:
            self._tell_configuration(record)
            for one in record.centre.parked():
                when = self._at(one.at)
                self._say(
                    "sync_status.rejected_one", number=one.number, reason=one.reason, when=when
                )
        return int(status.link not in {Link.NOT_JOINED, Link.REACHED} or bool(status.parked))

    def now(self) -> int:
        """Hand in at once, compare, and tell how it stands then."""
        with self.store.reading() as record:
            membership = record.centre.membership()
        if membership is None:
            return self.status()
        turn = Turn(self.folder, SYNCING)
        if not turn():
            self._say("sync_status.another")
            return 1
        with closing(open_line(membership, self.folder)) as line:
            talk = Talk(self.store, line, self.clock, program_version())
            outcome = talk.once()
            while isinstance(outcome, Went) and outcome.go_on:
                outcome = talk.once()
            if isinstance(outcome, Went):
                self._compare(line)
        turn.give_up()
        return self.status()

    def again(self, number: str) -> int:
        """Hand one registration in once more."""
        with self.store.transaction() as record:
            found = record.find_number(number)
            count = 0
            if found is not None:
                count = record.centre.try_again(found.id) or record.centre.hand_in([found.id])
        self._say("sync_status.once_more", count=count)
        return int(not count)

    def _compare(self, line: Caller) -> None:
        try:
            found = reconcile(self.store, line, self.clock)
        except KioskFailure as failure:
            self._say("sync_status.not_compared", code=failure.code)
            return
        self._say(
            "sync_status.compared",
            days=found.days,
            sent_again=found.sent_again,
            only_there=found.only_there,
        )

    def _tell_configuration(self, record: Record) -> None:
        if newest := record.configuration.newest():
            self._say("sync_status.config", version=newest)
        refused = record.configuration.refused()
        if refused is not None:
            why = f"{refused.refused.because.value} {refused.refused.what}".strip()
            version = refused.refused.version
            self._say("sync_status.config_refused", version=version, reason=why)

    def _tell(self, status: SyncStatus) -> None:
        self._say(f"sync_status.link_{status.link.value}")
        if status.link is Link.NOT_JOINED:
            return
        if status.since is not None:
            self._say("sync_status.since", when=self._at(status.since))
        if status.reached_at is not None:
            self._say("sync_status.last", when=self._at(status.reached_at))
        if status.code:
            self._say("sync_status.code", code=status.code)
        if status.oldest_waiting_at is None:
            self._say("sync_status.waiting", count=status.waiting)
        else:
            oldest = self._at(status.oldest_waiting_at)
            self._say("sync_status.waiting_since", count=status.waiting, when=oldest)
        self._say("sync_status.rejected", count=status.parked)
        if status.pause:
            self._say(f"sync_status.pause_{status.pause.value}")
        self._say("sync_status.differing", count=status.differing)

    def _at(self, moment: datetime) -> str:
        return moment_words(local(moment), self.texts)

    def _say(self, key: str, **values: object) -> None:
        print(self.texts.say(key, **values), file=self.out)


_ACTIONS: Mapping[str, Callable[[_Deed], int]] = {"status": _Deed.status, "now": _Deed.now}
