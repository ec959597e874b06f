"""The store with all that keeps it: a journal, backups, checks, and a way back after damage."""

import errno
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from kiosk.clock import Clock, local
from kiosk.domain.store_health import JournalProblem, StoreHealth
from kiosk.logs.entries import (
    BackupFailed,
    JournalDamaged,
    JournalTroubled,
    StoreDamaged,
    bug,
    failed,
)
from kiosk.storage import rebuild
from kiosk.storage.backups import Backup
from kiosk.storage.changes import (
    BEGINNING,
    OtherHistory,
    Point,
    all_rows,
    changes_since,
    has_been_at,
    last_point,
    layout,
    trim,
)
from kiosk.storage.checking import Damaged, check, contents, is_damage
from kiosk.storage.copies import Tried, tried
from kiosk.storage.engine import SCHEMA_HEAD, Key, StoreFailure
from kiosk.storage.facts import CHECKED_AT, COPIES_ARE_OLD, OF_ANOTHER_KEY, fact, keep_fact
from kiosk.storage.journal import Journal
from kiosk.storage.mending import STORE_IS_OLD, Fit, Opening, Places, cursor_of, fit
from kiosk.storage.rows import from_text, to_text
from kiosk.storage.store import Store

log = logging.getLogger("anjungan.store")

CHECK_AFTER = timedelta(hours=20)
CHECK_AT_LAST_AFTER = timedelta(hours=30)
NIGHT = (20, 5)
BACKUP_AFTER = timedelta(hours=20)
BACKUP_AFTER_CHANGES = 1_000
"""About two hundred registrations."""


def _tell_nobody() -> None:
    pass


def open_kept_store(
    places: Places,
    key: Key,
    clock: Clock,
    backups_kept: int,
    on_wait: Callable[[], None] = _tell_nobody,
) -> "KeptStore":
    """Open the store of `places`, made if there is none, and rebuilt if it is damaged or missing.

    `on_wait` is called before it is checked, rebuilt or brought up to date, each of which can take
    a minute. Raises StoreFailure like open_engine(), "S 16" for damage that there is nothing to
    rebuild from, and "S 17" for damage while another program has the store open.
    """
    try:
        opening = Opening(places, key, clock, backups_kept, on_wait)
        return KeptStore(opening.open(), opening)
    except OSError as error:
        raise StoreFailure("S 12", f"the store's folder cannot be used: {error.strerror}") from None


class KeptStore(Store):
    """A store whose every commit is also in the journal before anybody is told of it.

    When the journal cannot be written the commit stands all the same: health() says so, and
    tend() and the next commit try again.
    """

    def __init__(self, engine: Engine, opening: Opening) -> None:
        super().__init__(engine)
        self._opening = opening
        self._places = opening.places
        self._clock = opening.clock
        self._journal = opening.journal
        self._backups = opening.backups
        self._layout = layout(SCHEMA_HEAD)
        self._problem: JournalProblem | None = None
        self._damage = ""
        self._backup_problem = ""
        self._anew = opening.begin_journal_anew
        self._tried = False
        self._backed_up: int | None = None

    # Journal

    def _committed(self, connection: Connection) -> None:
        self._catch_up(connection.connection.cursor())

    def _catch_up(self, cursor: Any) -> None:
        """Complete the journal from the store."""
        self._tried = True
        try:
            problem = self._complete(cursor)
        except OSError as error:
            problem = _problem_of(error)
        except sqlcipher3.DatabaseError as error:
            self._note_damage(error)
            problem = JournalProblem.FAILING
        if problem is not self._problem and problem is not None:
            log.warning(JournalTroubled(problem))
        self._problem = problem

    def _complete(self, cursor: Any) -> JournalProblem | None:
        if not self._anew:
            with self._journal.turn():
                problem = self._append(cursor)
        if not self._anew:
            return problem
        if self._journal.fits_key() is False and not _key_changed(cursor):
            return JournalProblem.FOREIGN
        self._begin_anew(cursor)
        return None

    def _append(self, cursor: Any) -> JournalProblem | None:
        point = self._journal.point
        if point is None:
            self._anew = True
            return None
        if self._journal.layout is None and self._journal.tail(opened=True) is None:
            return JournalProblem.FOREIGN
        if self._journal.layout != self._layout:
            self._anew = True
            return None
        try:
            self._append_since(cursor, point)
        except OtherHistory:
            found = fit(cursor, self._journal)
            if found is Fit.FOREIGN:
                return JournalProblem.FOREIGN
            if found is Fit.STORE_IS_OLD:
                self._damage = self._damage or STORE_IS_OLD
                return JournalProblem.NEWER
            self._anew = True
        return None

    def _append_since(self, cursor: Any, point: Point) -> None:
        with closing(changes_since(cursor, point)) as changes:
            self._journal.append(changes, self._layout)

    def _begin_anew(self, cursor: Any) -> None:
        """Write all of the store to the journal, and then remove what was there before."""
        cursor.execute("BEGIN")
        try:
            self._journal.start_anew(last_point(cursor), all_rows(cursor), self._layout)
        finally:
            cursor.execute("COMMIT")
        with self._journal.turn():
            point = self._journal.point
            assert point is not None
            self._append_since(cursor, point)
            self._journal.remove_older()
        self._anew = False

    # Care

    def tend(self, *, idle: bool = True) -> StoreHealth:
        """Do what is due: mend, complete the journal, back up, check; returns how things stand.

        To be called every minute or so, on a thread that may be busy for a while; `idle` is whether
        nobody is at the kiosk. Raises StoreFailure "S 14" when the disk fails.
        """
        if self._damage:
            self.mend()
        try:
            self._do_what_is_due(idle=idle)
        except (DatabaseError, sqlcipher3.DatabaseError) as error:
            reason = error.orig if isinstance(error, DatabaseError) else error
            if reason is None or not is_damage(reason):
                raise StoreFailure("S 14", f"the store cannot be read: {reason}") from None
            self._note_damage(reason)
        return self.health()

    def _do_what_is_due(self, *, idle: bool) -> None:
        if self._problem is not None or not self._tried or self._anew:
            with self._own_cursor() as cursor:
                self._catch_up(cursor)
        if idle and not self._damage:
            now = self._clock.now()
            if self._fact(COPIES_ARE_OLD):
                self.forget_copies()
            if self._backup_is_due(now):
                self.back_up()
            if self._check_is_due(now):
                self.check()

    def back_up(self) -> Backup | None:
        """Make a backup now; None when it failed, which health() tells."""
        try:
            with self._own_cursor() as cursor:
                made = self._backups.make(cursor)
                self._backed_up = last_point(cursor).seq
        except (OSError, Damaged) as problem:
            self._backup_problem = str(getattr(problem, "strerror", None) or problem)
        except sqlcipher3.DatabaseError as error:
            self._note_damage(error)
            self._backup_problem = str(error)
        else:
            self._backup_problem = ""
            return made
        log.warning(BackupFailed())
        return None

    def check(self) -> bool:
        """Go through the whole store and journal; tells whether the store is whole.

        Damage of the store is mended by tend(), damage of the journal at once.
        """
        try:
            with self._own_cursor() as cursor:
                check(cursor)
                self._check_journal(cursor)
                self._note_checked(cursor)
        except Damaged as damage:
            self._damage = str(damage)
            log.warning(StoreDamaged())
            return False
        except sqlcipher3.DatabaseError as error:
            self._note_damage(error)
            return not self._damage
        return True

    def mend(self) -> bool:
        """Rebuild the store while everybody waits; False when that is not possible now."""
        if not self._opening.presence.take_alone():
            log.warning(StoreDamaged())
            return False
        with self._gate.closed():
            self._opening.keep_log()
            self._engine.dispose()
            try:
                self._use(self._opening.make_anew(self._damage))
                self._opening.settle(self._engine)
            except (StoreFailure, OSError) as failure:
                log.warning(failed(failure) if isinstance(failure, StoreFailure) else bug(failure))
                return False
            finally:
                self._opening.presence.share()
            self._damage, self._anew = "", self._opening.begin_journal_anew
        self._journal.close()
        return True

    def try_copy(self, file: Path) -> Tried:
        """Open a backup, wherever it lies, read it to its end, and count it against the store.

        Raises Damaged for one that is not whole or of another key, and OSError.
        """
        file.stat()  # the driver would make a file that is missing
        found = self._backups.look_into(Backup(file, 0))
        with self._own_cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                now = contents(cursor)
            finally:
                cursor.execute("COMMIT")
        return tried(found, now)

    def restore(self, file: Path) -> None:
        """Make the store anew from a backup and the journal while everybody waits.

        The store that is there is put aside, and what is newer than the backup comes from the
        journal and from it. Raises Damaged and OSError like try_copy(), StoreFailure "S 16" without
        the journal, "S 17" while another program has the store open, "S 12" when the disk refuses;
        then everything is as it was.
        """
        file.stat()
        with self._own_cursor() as cursor:
            self._catch_up(cursor)
        if not self._opening.presence.take_alone():
            raise StoreFailure("S 17", "another program has the store open")
        try:
            with self._gate.closed():
                self._engine.dispose()
                self._use(self._opening.make_anew_by_hand(file, with_journal=True))
                self._opening.settle(self._engine)
                self._damage, self._anew = "", self._opening.begin_journal_anew
        finally:
            self._opening.presence.share()
        self._journal.close()

    def registrations(self) -> int:
        """Count the registrations."""
        with self._own_cursor() as cursor:
            (people,) = cursor.execute("SELECT count(*) FROM registration").fetchone()
        return int(people)

    @property
    def places(self) -> Places:
        """Where the store, its journal and its backups lie."""
        return self._places

    def health(self) -> StoreHealth:
        """Tell how safe the record is."""
        at, behind = "", 0
        with suppress(DatabaseError, sqlcipher3.DatabaseError), self._own_cursor() as cursor:
            at = fact(cursor, CHECKED_AT)
            behind = behind_by(cursor, self._journal)
        backups = self._backups_now()
        return StoreHealth(
            checked_at=from_text(at) if at else None,
            damage=self._damage,
            journal_problem=self._problem,
            journal_behind=behind,
            journal_on_another_disk=on_another_disk(self._places.journal, self._places.store),
            backups=len(backups),
            backed_up_at=backups[0].made_at if backups else None,
            backup_problem=self._backup_problem,
            set_aside=tuple(one.name for one in rebuild.all_aside(self._places.store)),
        )

    # Erasure

    def forget_copies(self) -> bool:
        """Let no copy hold what the store no longer has: journal, backups, what was set aside.

        Also for what is removed in time. A new backup is made first. False when something is still
        there: a disk is away or full, or the journal is another kiosk's.
        """
        if not self._may_replace_journal():
            return False
        newest = self.back_up()
        if newest is None:
            return False
        self._anew = True
        with self._own_cursor() as cursor:
            self._catch_up(cursor)
        if self._problem is not None:
            return False
        try:
            self._backups.remove_before(newest)
            for aside in rebuild.all_aside(self._places.store):
                shutil.rmtree(aside)
        except OSError:
            return False
        with self.transaction() as record:
            record.copies_are_new()
        return True

    def _may_replace_journal(self) -> bool:
        with self._own_cursor() as cursor:
            self._catch_up(cursor)
            own = _key_changed(cursor)
        return self._problem is None or (own and self._problem is JournalProblem.FOREIGN)

    def close(self) -> None:
        """Close every connection, and note that it was done in order."""
        super().close()
        self._journal.close()
        self._opening.presence.leave(in_order=not self._damage)

    # Details

    def _note_damage(self, error: BaseException) -> None:
        if is_damage(error):
            self._damage = self._damage or str(error)

    @contextmanager
    def _own_cursor(self) -> Iterator[Any]:
        with self._gate.passing(), cursor_of(self._engine) as cursor:
            yield cursor

    def _fact(self, name: str) -> str:
        with self._own_cursor() as cursor:
            return fact(cursor, name)

    def _backups_now(self) -> tuple[Backup, ...]:
        try:
            return self._backups.all()
        except OSError:
            return ()

    def _backup_is_due(self, now: datetime) -> bool:
        backups = self._backups_now()
        if not backups:
            return True
        with self._own_cursor() as cursor:
            last = last_point(cursor).seq
        if self._backed_up is None:
            try:
                self._backed_up = self._backups.look_into(backups[0]).point.seq
            except (Damaged, OSError):
                return True
        changed = last - self._backed_up
        # Also after the clock was set back: then nobody knows how old it is.
        age = abs(now - backups[0].made_at)
        return changed > 0 and (age > BACKUP_AFTER or changed >= BACKUP_AFTER_CHANGES)

    def _check_is_due(self, now: datetime) -> bool:
        at = self._fact(CHECKED_AT)
        if not at:
            return True
        age = abs(now - from_text(at))
        hour = local(now).hour
        night = hour >= NIGHT[0] or hour < NIGHT[1]
        return age > (CHECK_AFTER if night else CHECK_AT_LAST_AFTER)

    def _check_journal(self, cursor: Any) -> None:
        """Write the journal anew where something in it is damaged: the store has it all."""
        try:
            if self._journal.exists and not self._journal.is_whole():
                log.warning(JournalDamaged())
                self._anew = True
        except OSError as error:
            self._problem = _problem_of(error)

    def _note_checked(self, cursor: Any) -> None:
        cursor.execute("BEGIN IMMEDIATE")
        keep_fact(cursor, CHECKED_AT, to_text(self._clock.now()))
        tail = None
        with suppress(OSError):
            tail = self._journal.tail()
        if tail is not None and has_been_at(cursor, tail.point):
            trim(cursor, tail.point.seq)
        cursor.execute("COMMIT")
        self._catch_up(cursor)


def _key_changed(cursor: Any) -> bool:
    """Tell whether the journal may be of this kiosk's old key, and not another kiosk's."""
    return fact(cursor, COPIES_ARE_OLD) == OF_ANOTHER_KEY


def behind_by(cursor: Any, journal: Journal) -> int:
    """Count the changes that a journal lacks."""
    point = BEGINNING
    with suppress(OSError):
        tail = journal.tail()
        point = tail.point if tail else BEGINNING
    (count,) = cursor.execute("SELECT count(*) FROM change WHERE seq > ?", (point.seq,)).fetchone()
    return int(count)


def _problem_of(error: OSError) -> JournalProblem:
    if error.errno in {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR}:
        return JournalProblem.GONE
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return JournalProblem.FULL
    return JournalProblem.FAILING


def on_another_disk(one: Path, other: Path) -> bool:
    """Tell whether two folders lie on different disks; False where one is not there."""
    try:
        return one.stat().st_dev != other.stat().st_dev
    except OSError:
        return False
