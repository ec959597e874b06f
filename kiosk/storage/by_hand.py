"""Looks at a store and its copies, and restores one, for somebody at a terminal.

Nothing here opens the store as a kiosk does: looking must not repair.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3

from kiosk.clock import Clock
from kiosk.storage import rebuild
from kiosk.storage.backups import Backup
from kiosk.storage.changes import has_been_at
from kiosk.storage.checking import Damaged, check
from kiosk.storage.engine import Key, StoreFailure, connect
from kiosk.storage.facts import CHECKED_AT, fact
from kiosk.storage.kept import behind_by, on_another_disk, open_kept_store
from kiosk.storage.mending import Opening, Places
from kiosk.storage.rows import from_text


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one thing; not `good` is something to do."""

    what: str
    found: str
    good: bool = True
    at: datetime | None = None


Findings = tuple[Finding, ...]


def _nobody() -> None:
    pass


class ByHand:
    """The store of `places` and its copies."""

    def __init__(self, places: Places, key: Key, clock: Clock, backups_kept: int) -> None:
        self._places = places
        self._key = key
        self._opening = Opening(places, key, clock, backups_kept, _nobody)
        self._open = partial(open_kept_store, places, key, clock, backups_kept)
        self._journal = self._opening.journal
        self._backups = self._opening.backups

    def status(self) -> Findings:
        """Tell what is quickly known."""
        return (
            self._try("store", self._store),
            self._try("journal", self._journal_now),
            self._backups_now(),
            *(
                Finding("set aside", str(one), at=datetime.fromtimestamp(one.stat().st_mtime, UTC))
                for one in rebuild.all_aside(self._places.store)
            ),
        )

    def verify(self) -> Findings:
        """Go through everything from the first byte to the last."""
        return (
            self._try("store", self._checked_store),
            self._try("journal", self._checked_journal),
            *(self._try(one.path.name, partial(self._checked, one)) for one in self._backups.all()),
        )

    def back_up(self) -> Findings:
        """Make a backup now."""

        def make() -> Finding:
            with self._store_cursor() as cursor:
                made = self._backups.make(cursor)
            return Finding("backup", str(made.path), at=made.made_at)

        return (self._try("backup", make),)

    def restore(self, backup: Path | None, *, with_journal: bool) -> None:
        """Make the store anew; see Opening.restore()."""
        try:
            self._opening.restore(backup, with_journal=with_journal)
        except Damaged as damage:
            raise StoreFailure("S 16", f"the backup cannot be used: {damage}") from None
        except OSError as error:
            raise StoreFailure("S 12", f"the store cannot be restored: {error.strerror}") from None
        with closing(self._open()) as store:
            store.tend(idle=False)

    def _try(self, what: str, look: Callable[[], Finding]) -> Finding:
        try:
            return look()
        except (Damaged, sqlcipher3.DatabaseError) as damage:
            return Finding(what, f"damaged, or of another key: {damage}", good=False)
        except OSError as error:
            return Finding(what, str(error.strerror), good=False)

    @contextmanager
    def _store_cursor(self) -> Iterator[Any]:
        self._places.file.stat()  # the driver would make a file that is missing
        with closing(connect(self._places.file, self._key)) as connection:
            yield connection.cursor()

    def _store(self) -> Finding:
        with self._store_cursor() as cursor:
            (people,) = cursor.execute("SELECT count(*) FROM registration").fetchone()
            at = fact(cursor, CHECKED_AT)
        checked = "last checked" if at else "never checked"
        checked_at = from_text(at) if at else None
        return Finding("store", f"{people} registrations, {checked}", at=checked_at)

    def _checked_store(self) -> Finding:
        with self._store_cursor() as cursor:
            check(cursor)
            (people,) = cursor.execute("SELECT count(*) FROM registration").fetchone()
        return Finding("store", f"whole, {people} registrations")

    def _journal_now(self) -> Finding:
        if not self._journal.exists:
            return Finding("journal", f"there is none in {self._places.journal}", good=False)
        with self._store_cursor() as cursor:
            behind = behind_by(cursor, self._journal)
            tail = self._journal.tail()
            follows = tail is not None and has_been_at(cursor, tail.point)
        another = on_another_disk(self._places.journal, self._places.store)
        disk = "another disk" if another else "the store's own disk"
        if not follows:
            return Finding("journal", f"on {disk}, does not go with this store", good=False)
        return Finding("journal", f"on {disk}, lacks {behind} changes", good=not behind)

    def _checked_journal(self) -> Finding:
        found = self._journal_now()
        if found.good and not self._journal.is_whole():
            return Finding("journal", f"{found.found}, but damaged", good=False)
        return found

    def _backups_now(self) -> Finding:
        backups = self._backups.all()
        if not backups:
            return Finding("backups", f"there are none in {self._places.backups}", good=False)
        return Finding("backups", f"{len(backups)}, the newest", at=backups[0].made_at)

    def _checked(self, backup: Backup) -> Finding:
        rows = self._backups.look_into(backup).rows
        found = f"whole, {rows['registration']} registrations"
        return Finding(backup.path.name, found, at=backup.made_at)
