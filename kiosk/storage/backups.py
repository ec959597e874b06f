"""Backups of the store: whole copies, encrypted with its key, each opened and checked once made.

    000012-2026-11-22.backup

They are ordered by their number, never by the date. What is half said is not in them.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlcipher3

from kiosk.storage.checking import Contents, Damaged, contents, contents_of
from kiosk.storage.engine import Key, connect
from kiosk.storage.files import locked, make_folder, sync_file, sync_folder

_NAME = re.compile(r"(\d{6})-\d{4}-\d\d-\d\d\.backup")
HALF_SAID = ("draft", "half_done", "failed_proof", "parked")
_GROWING = ("audit",)
"""Nothing is ever taken out of these, so that a copy's count lies between two of the store's."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was whole when it was made."""

    path: Path
    number: int

    @property
    def made_at(self) -> datetime:
        """When it was made, by the clock of then; raises OSError when it is gone."""
        return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)


class Backups:
    """The backups in a folder. What the disk refuses is raised as OSError."""

    def __init__(self, folder: Path, key: Key, kept: int, today: Callable[[], date]) -> None:
        self.folder = folder
        self._key = key
        self._kept = kept
        self._today = today

    def all(self) -> tuple[Backup, ...]:
        """Return all backups, the newest first."""
        try:
            paths = sorted(self.folder.iterdir(), reverse=True)
        except FileNotFoundError:
            return ()
        found = [(path, _NAME.fullmatch(path.name)) for path in paths]
        return tuple(Backup(path, int(match[1])) for path, match in found if match)

    def make(self, cursor: Any) -> Backup:
        """Copy the open store, check the copy, and remove the backups that are too many.

        Others read and write the store meanwhile. Raises Damaged when the copy is not whole; then,
        as after any failure, the older backups stay.
        """
        make_folder(self.folder)
        with locked(self.folder / "backup.lock"):
            number = 1 + max((one.number for one in self.all()), default=0)
            path = self.folder / f"{number:06}-{self._today().isoformat()}.backup"
            with self._half_made(path) as half_made:
                self._copy(cursor, half_made)
                sync_file(half_made)
                half_made.rename(path)
                sync_folder(self.folder)
            made = Backup(path, number)
            self._remove(self.all()[self._kept :])
            return made

    def remove_before(self, newest: Backup) -> None:
        """Remove every backup that is older than one."""
        with locked(self.folder / "backup.lock"):
            self._remove([one for one in self.all() if one.number < newest.number])

    def newest_whole(self) -> Iterator[tuple[Backup, Contents]]:
        """Give the backups that open and are whole, the newest first."""
        for one in self.all():
            with suppress(Damaged, OSError):
                yield one, self.look_into(one)

    def look_into(self, backup: Backup) -> Contents:
        """Open and check a backup; raises Damaged."""
        return contents_of(backup.path, self._key)

    def fits_key(self) -> bool | None:
        """Tell whether any backup opens with the key; None if there is none to try."""
        backups = self.all()
        return any(_opens(one.path, self._key) for one in backups) if backups else None

    def _copy(self, cursor: Any, target: Path) -> None:
        before = contents(cursor).rows
        cursor.execute("VACUUM INTO ?", (str(target),))
        after = contents(cursor).rows
        with closing(connect(target, self._key)) as copy:
            copy.execute("PRAGMA secure_delete = ON")
            for table in HALF_SAID:
                if table in before:
                    copy.execute(f"DELETE FROM {table}")  # noqa: S608
        copied = contents_of(target, self._key).rows
        for table in _GROWING:
            if not before[table] <= copied[table] <= after[table]:
                raise Damaged(f"the copy lacks rows of {table}")

    @contextmanager
    def _half_made(self, path: Path) -> Iterator[Path]:
        """A file under another name, so that no half-made backup is taken for a whole one."""
        for left in self.folder.glob("*.half"):
            left.unlink()
        half_made = path.with_suffix(".half")
        half_made.touch(mode=0o600)
        try:
            yield half_made
        finally:
            with suppress(OSError):
                half_made.unlink(missing_ok=True)

    def _remove(self, backups: Any) -> None:
        for one in backups:
            one.path.unlink()
        sync_folder(self.folder)


def _opens(file: Path, key: Key) -> bool:
    with closing(connect(file, key)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master")
        except sqlcipher3.DatabaseError:
            return False
    return True


def copy_out(backup: Backup, target: Path) -> None:
    """Copy a backup to where a store is made of it."""
    shutil.copyfile(backup.path, target)
    target.chmod(0o600)
