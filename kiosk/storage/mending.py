"""Opens a store whatever state it is in: as it is, or made anew where it is damaged or gone."""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from kiosk.clock import Clock, local_date
from kiosk.logs.entries import StoreRebuilding, StoreRebuilt
from kiosk.storage import rebuild
from kiosk.storage.backups import Backup, Backups
from kiosk.storage.changes import has_been_at
from kiosk.storage.checking import Damaged, check, is_damage
from kiosk.storage.engine import STORE_FILE, Key, StoreFailure, keys_of, open_engine
from kiosk.storage.facts import COPIES_ARE_OLD, HOME, OF_ANOTHER_KEY, fact, keep_fact
from kiosk.storage.files import make_folder, sync_folder
from kiosk.storage.incarnation import begin_incarnation, has_moved, home_of
from kiosk.storage.journal import Journal
from kiosk.storage.presence import Presence
from kiosk.storage.rows import to_text

log = logging.getLogger("anjungan.store")

MOVED = "store_moved"
STORE_IS_OLD = "the store is older than its journal"
BY_HAND = "restored by hand"
READY = ".ready"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the store, its journal and its backups lie."""

    store: Path
    journal: Path
    backups: Path

    @property
    def file(self) -> Path:
        """The store's file."""
        return self.store / STORE_FILE

    @property
    def ready(self) -> Path:
        """The file of a store that was made anew and has still to take its place."""
        return self.store / f"{STORE_FILE}{READY}"


def left_behind(places: Places) -> bool:
    """Tell whether there is a store or anything of one, for which there must be a key."""
    folders = ((places.journal, "*.journal"), (places.backups, "*.backup"))
    return places.file.exists() or any(any(folder.glob(what)) for folder, what in folders)


class Fit(Enum):
    """How a store and its journal go together."""

    SAME = auto()
    JOURNAL_IS_OLD = auto()
    """The store went on without it, or its end is damaged: it must begin anew."""
    STORE_IS_OLD = auto()
    """The journal has what the store has not."""
    FOREIGN = auto()
    """Nothing in the journal opens with the key: it says nothing about this store."""


def fit(cursor: Any, journal: Journal) -> Fit:
    """Compare a store with its journal, if there is one; raises OSError."""
    tail = journal.tail()
    if tail is None or has_been_at(cursor, tail.point):
        return Fit.SAME
    # Only what opens counts against the store: the rest may be damage, or somebody else's.
    tail = journal.tail(opened=True)
    if tail is None:
        return Fit.FOREIGN
    (first,) = cursor.execute("SELECT min(seq) FROM change").fetchone()
    if has_been_at(cursor, tail.point) or (first is not None and tail.point.seq < first):
        return Fit.JOURNAL_IS_OLD
    return Fit.STORE_IS_OLD


class Opening:
    """Opens a store, or makes it anew."""

    def __init__(
        self,
        places: Places,
        key: Key,
        clock: Clock,
        backups_kept: int,
        on_wait: Callable[[], None],
    ) -> None:
        def today() -> date:
            return local_date(clock.now())

        self.places = places
        self.key = key
        self.clock = clock
        self.on_wait = on_wait
        self.presence = Presence(places.file)
        self.journal = Journal(places.journal, key, today)
        self.backups = Backups(places.backups, key, backups_kept, today)
        self.checked = False
        self.begin_journal_anew = False
        self._aside: Path | None = None

    def open(self) -> Engine:
        make_folder(self.places.store, parents=True)
        with ExitStack() as undo:
            # First, as entering may fail when it has the lock, and this program waits for itself.
            undo.callback(self.presence.leave, in_order=False)
            self.presence.enter()
            engine = self._open_or_rebuild()
            undo.callback(engine.dispose)
            self.settle(engine)
            self.presence.share()
            undo.pop_all()
        return engine

    def _open_or_rebuild(self) -> Engine:
        if self.presence.alone:
            self._finish_placing()
        try:
            self._refuse_if_missing()
            return self._open_as_it_is()
        except Damaged as damage:
            self.on_wait()
            return self.make_anew(str(damage))

    def _refuse_if_missing(self) -> None:
        """A store that is gone must not be taken for one that never was."""
        with suppress(FileNotFoundError):
            if self.places.file.stat().st_size > 0:
                return
        if self.journal_exists() or self._backups_exist():
            self._refuse_other_key()
            raise Damaged("the file is missing or empty")
        # One that is only made now is whole.
        self.checked = True

    def _refuse_other_key(self) -> None:
        if not (self.journal.fits_key() or self.backups.fits_key()):
            raise StoreFailure("S 11", "the store cannot be read with this key")

    def _open_as_it_is(self) -> Engine:
        try:
            engine = open_engine(self.places.store, self.key, self._before_migrating)
        except StoreFailure as failure:
            if failure.code != "S 11":
                raise
            self._refuse_other_key()
            raise Damaged("the file cannot be read") from None
        try:
            with cursor_of(engine) as cursor:
                self._examine(cursor)
        except (Damaged, StoreFailure, sqlcipher3.DatabaseError) as found:
            self.keep_log()
            engine.dispose()
            if isinstance(found, sqlcipher3.DatabaseError):
                raise _as_damage(found) from None
            raise
        return engine

    def _before_migrating(self, engine: Engine) -> None:
        self.on_wait()
        with cursor_of(engine) as cursor:
            self._check_if_needed(cursor)
            self._back_up_somewhere(cursor)
        self.begin_journal_anew = True

    def _back_up_somewhere(self, cursor: Any) -> None:
        """Make a backup where they lie, or else beside the store, among what is set aside."""
        aside = rebuild.next_aside(self.places.store)
        for backups in (self.backups, self.backups.elsewhere(aside)):
            try:
                backups.make(cursor)
            except (OSError, Damaged):
                # Damaged is the copy, not the store.
                continue
            except sqlcipher3.DatabaseError as error:
                if is_damage(error):
                    raise Damaged(str(error)) from None
            else:
                return
        shutil.rmtree(aside, ignore_errors=True)
        needed_mb = 1 + self.places.file.stat().st_size // 1_000_000
        raise StoreFailure(
            "S 20",
            f"no backup before the upgrade: it needs {needed_mb} MB in {self.backups.folder} "
            f"or in {self.places.store}",
        )

    def _examine(self, cursor: Any) -> None:
        """Raise Damaged unless the store is whole and as new as its journal."""
        self._check_if_needed(cursor)
        with suppress(OSError):
            if fit(cursor, self.journal) is Fit.STORE_IS_OLD:
                raise Damaged(STORE_IS_OLD)

    def _check_if_needed(self, cursor: Any) -> None:
        if self.presence.alone and not self.presence.was_closed_in_order and not self.checked:
            self.on_wait()
            check(cursor)
            self.checked = True

    def settle(self, engine: Engine) -> None:
        """Make the store at home here; a copy from elsewhere becomes a new incarnation."""
        home = home_of(self.places.store)
        with cursor_of(engine) as cursor:
            self._renew_after_a_change_of_key(cursor)
            if not home or fact(cursor, HOME) == home:
                return
            cursor.execute("BEGIN IMMEDIATE")
            if has_moved(cursor, home):
                begin_incarnation(cursor)
                note(cursor, MOVED, self.clock.now())
            keep_fact(cursor, HOME, home)
            cursor.execute("COMMIT")

    def _renew_after_a_change_of_key(self, cursor: Any) -> None:
        """Have journal and backups made anew that are under a key which was retired."""
        with suppress(OSError):
            if self.journal.fits_key() is False and self._fits_retired():
                self.begin_journal_anew = True
                keep_fact(cursor, COPIES_ARE_OLD, OF_ANOTHER_KEY)

    def _fits_retired(self) -> bool:
        today = partial(local_date, self.clock.now())
        return any(
            Journal(self.places.journal, key, today).fits_key() for key in keys_of(self.key).retired
        )

    # Rebuilding

    def journal_exists(self) -> bool:
        """Tell whether there is a journal; one that cannot be reached is not there."""
        with suppress(OSError):
            return self.journal.exists
        return False

    def _backups_exist(self) -> bool:
        with suppress(OSError):
            return bool(self.backups.all())
        return False

    def make_anew(self, because: str) -> Engine:
        """Make the store anew, put the damaged one aside, and open the new one.

        Nothing is moved before the new one is whole.
        """
        if not self.presence.alone:
            raise StoreFailure("S 17", "the store is damaged and another program has it open")
        self._refuse_without_journal(because)
        log.warning(StoreRebuilding())
        file = self.places.file
        damaged = file if file.exists() and file.stat().st_size else None
        sources = rebuild.Sources(self.journal, self.backups, damaged)
        try:
            return self.make_anew_from(sources, because)
        except Damaged as spoilt:
            raise StoreFailure("S 12", f"the store cannot be rebuilt: {spoilt}") from None

    def _refuse_without_journal(self, because: str) -> None:
        """What only the journal has must not be given up without a person's word."""
        if not (self.journal_exists() and self.journal.fits_key()):
            raise StoreFailure("S 16", f"no journal of this store is there: {because}")

    def restore(self, backup: Path | None, *, with_journal: bool) -> None:
        """Make the store anew from a backup (else the newest whole one), by somebody's order.

        The store that is there is put aside. Without the journal, what came after the backup is
        gone from the new store, but for what was erased since. Raises Damaged for a backup that is
        not whole or of another key, StoreFailure like make_anew().
        """
        with ExitStack() as undo:
            # First, as entering may fail when it has the lock, and this program waits for itself.
            undo.callback(self.presence.leave, in_order=False)
            self.presence.enter()
            if not self.presence.alone:
                raise StoreFailure("S 17", "another program has the store open")
            self.make_anew_by_hand(backup, with_journal=with_journal).dispose()
            if not with_journal:
                self._give_up_journal()

    def make_anew_by_hand(self, backup: Path | None, *, with_journal: bool) -> Engine:
        """Like restore(), for who has the store alone already; returns the new one, open."""
        if with_journal:
            self._refuse_without_journal(BY_HAND)
        file = self.places.file
        sources = rebuild.Sources(
            journal=self.journal if with_journal else None,
            backups=self.backups,
            damaged=file if file.exists() else None,
            backup=None if backup is None else Backup(backup, 0),
            only_erasures=not with_journal,
        )
        return self.make_anew_from(sources, BY_HAND)

    def _give_up_journal(self) -> None:
        """Put the journal aside, if it is there: it would bring back what came after the backup."""
        found = sorted(self.places.journal.glob("*.journal"))
        if found:
            aside = rebuild.next_aside(self.places.store)
            aside.mkdir(mode=0o700)
            for one in found:
                shutil.move(one, aside / one.name)

    def make_anew_from(self, sources: rebuild.Sources, because: str) -> Engine:
        """Like rebuild(), from what is given."""
        try:
            done = rebuild.build(self.places.ready, self.key, sources, because, self.clock.now())
        except rebuild.NothingToRebuildFrom:
            raise StoreFailure("S 16", f"the store is damaged: {because}") from None
        except (sqlcipher3.DatabaseError, DatabaseError) as error:
            reason = error.orig if isinstance(error, DatabaseError) else error
            raise StoreFailure("S 12", f"the store cannot be rebuilt: {reason}") from None
        taken_in = done.taken_in
        log.warning(
            StoreRebuilt(done.registrations, done.backup, taken_in.taken, taken_in.left_out)
        )
        self.begin_journal_anew = not done.followed
        self.checked = True
        self._place()
        return open_engine(self.places.store, self.key)

    def keep_log(self) -> None:
        """Copy the log of a damaged store: closing the store would write it into the file."""
        log_file = self.places.file.with_name(f"{STORE_FILE}-wal")
        with suppress(OSError):
            if log_file.stat().st_size and self._aside is None:
                aside = rebuild.next_aside(self.places.store)
                aside.mkdir(mode=0o700)
                shutil.copyfile(log_file, aside / log_file.name)
                self._aside = aside

    def _place(self) -> None:
        aside = self._aside or rebuild.next_aside(self.places.store)
        self._aside = None
        rebuild.set_aside(self.places.store, aside)
        self._finish_placing()

    def _finish_placing(self) -> None:
        """Put a store that was made anew in its place; also after a power cut in between."""
        if self.places.file.exists() or not self.places.ready.exists():
            self.places.ready.unlink(missing_ok=True)
            return
        for beside in ("-wal", "-shm"):
            self.places.file.with_name(f"{STORE_FILE}{beside}").unlink(missing_ok=True)
        self.places.ready.rename(self.places.file)
        sync_folder(self.places.store)


def note(cursor: Any, event: str, at: datetime, details: str = "") -> None:
    """Write an entry about the store itself into the audit."""
    cursor.execute(
        "INSERT INTO audit (at, event, registration_id, details) VALUES (?, ?, '', ?)",
        (to_text(at), event, details),
    )


@contextmanager
def cursor_of(engine: Engine) -> Iterator[Any]:
    """The driver's own cursor, outside of any transaction."""
    connection = engine.raw_connection()
    try:
        yield connection.cursor()
    finally:
        connection.close()


def _as_damage(error: sqlcipher3.DatabaseError) -> Exception:
    if is_damage(error):
        return Damaged(str(error))
    return StoreFailure("S 12", f"the store cannot be opened: {error}")
