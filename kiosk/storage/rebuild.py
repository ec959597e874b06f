"""Makes a store anew: from the newest whole backup, the journal, and what is left of the old one.

The new store grows under another name and takes its place when it is whole; the damaged one is
moved into a folder beside it and is never changed or deleted.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3

from kiosk.storage.backups import HALF_SAID, Backup, Backups, copy_out
from kiosk.storage.changes import Image, Layout, Point, Writer
from kiosk.storage.checking import check
from kiosk.storage.engine import STORE_FILE, Key, connect, make_engine, migrate
from kiosk.storage.files import BESIDE, remove_store, sync_file, sync_folder
from kiosk.storage.frames import Gap, Kind
from kiosk.storage.incarnation import begin_incarnation
from kiosk.storage.journal import Journal, Read
from kiosk.storage.rights import repeat_erasures
from kiosk.storage.rows import to_text
from kiosk.storage.salvage import TakenIn, left_in, take_in, take_in_erasures

REBUILT = "store_rebuilt"


class NothingToRebuildFrom(Exception):
    """There is neither a whole backup nor a journal that opens."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a store can be made of. `damaged` is the file that is given up, if there is one."""

    journal: Journal | None
    backups: Backups
    damaged: Path | None = None
    backup: Backup | None = None
    """Take this one, and not the newest whole one."""
    only_erasures: bool = False
    """Take nothing from the damaged file but what was erased."""

    def points(self) -> set[Point]:
        """Return the points that the journal was written at."""
        return self.journal.points() if self.journal else set()


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of it.

    `followed` is whether the new store stands exactly where the journal ended, so that the journal
    goes on; otherwise it must begin anew.
    """

    registrations: int
    backup: int
    followed: bool
    taken_in: TakenIn


@dataclass(slots=True)
class _Replay:
    """What is known after the journal was gone through."""

    layout: Layout | None = None
    point: Point | None = None
    gaps: int = 0
    base_whole: bool = False


def build(target: Path, key: Key, sources: Sources, because: str, now: datetime) -> Rebuilt:
    """Make a whole store as the file `target`, a new incarnation.

    Raises NothingToRebuildFrom, and OSError or the driver's errors for what the disk refuses.
    """
    start = _Start.choose(sources)
    refused, replay = _write(target, key, start, sources)
    if start.backup is None and not replay.base_whole:
        # Half a base is less than an older backup with that half on top.
        fallback = _Start.newest(sources)
        if fallback is None and replay.layout is None:
            raise NothingToRebuildFrom
        if fallback is not None:
            start = fallback
            refused, replay = _write(target, key, start, sources)
    followed = (
        replay.point is not None
        and not replay.gaps
        and not refused
        and (start.backup is None or start.after is not None)
    )
    number = start.backup.number if start.backup else 0
    taken_in = _finish(target, key, sources, replay)
    told = {
        "because": because,
        "backup": number,
        "gaps": replay.gaps,
        "taken_in": taken_in.taken,
        "left_out": taken_in.left_out,
    }
    registrations = _seal(target, key, told, now)
    return Rebuilt(registrations, number, followed, taken_in)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where the new store begins: a backup, or nothing; the journal is needed from `after` on."""

    backup: Backup | None
    schema: str
    after: Point | None

    def needs(self, point: Point) -> bool:
        """Tell whether what changed up to a point is not in it yet."""
        return self.after is None or point.seq > self.after.seq

    @classmethod
    def choose(cls, sources: Sources) -> "_Start":
        """The newest whole backup that the journal goes on from; else nothing but the journal."""
        points = sources.points()
        if sources.backup is not None:
            found = sources.backups.look_into(sources.backup)
            follows = sources.journal is None or found.point in points
            return cls(sources.backup, found.schema, found.point if follows else None)
        for backup, found in sources.backups.newest_whole():
            if sources.journal is None or found.point in points:
                return cls(backup, found.schema, found.point)
        if not points:
            newest = cls.newest(sources)
            if newest is None:
                raise NothingToRebuildFrom
            return newest
        return cls(None, "", None)

    @classmethod
    def newest(cls, sources: Sources) -> "_Start | None":
        """The newest whole backup, on which all of the journal is put."""
        for backup, found in sources.backups.newest_whole():
            return cls(backup, found.schema, None)
        return None


def _write(target: Path, key: Key, start: _Start, sources: Sources) -> tuple[int, _Replay]:
    remove_store(target)
    replay = _Replay()
    if start.backup is not None:
        copy_out(start.backup, target)
    read = sources.journal.read() if sources.journal else iter(())
    first = next((one for one in _counted(read, replay) if isinstance(one, Read)), None)
    schema = max(start.schema, first.layout.schema if first else start.schema)
    if not schema:
        return 0, replay
    _bring_to(target, key, schema)
    with _opened(target, key) as cursor:
        writer: Writer | None = None
        refused = 0
        with _without_triggers(cursor):
            if first is not None:
                replay.layout = first.layout
                writer = Writer(cursor, first.layout)
                _replay(writer, read, replay, start)
                refused = writer.refused
            refused += _remove_orphans(cursor)
            _stand_at(cursor, replay.point)
    return refused, replay


def _counted(read: Iterable[Read | Gap], replay: _Replay) -> Iterator[Read | Gap]:
    for one in read:
        replay.gaps += isinstance(one, Gap)
        yield one


def _replay(writer: Writer, read: Iterable[Read | Gap], replay: _Replay, start: _Start) -> None:
    """Write what the journal holds; what belongs together all or not at all."""
    pending: list[Image] = []
    if start.backup is None:
        writer.clear()
    for one in _counted(read, replay):
        if isinstance(one, Gap) or one.kind is Kind.LAYOUT:
            pending = []
        elif one.kind is Kind.BASE:
            _put_base(writer, one, start)
        elif one.kind is Kind.BASE_END:
            replay.base_whole, replay.point = not replay.gaps, one.point
        else:
            pending.extend(one.images if start.needs(one.point) else ())
            if one.kind is Kind.CHANGES:
                writer.put(pending)
                pending, replay.point = [], one.point


def _put_base(writer: Writer, base: Read, start: _Start) -> None:
    if start.backup is None:
        writer.add(base.table, base.rows)
    elif start.after is None:
        writer.put([writer.image(base.table, row) for row in base.rows])


@contextmanager
def _opened(file: Path, key: Key) -> Iterator[Any]:
    """Open a file that nobody else has, for one transaction; synced by the caller."""
    with closing(connect(file, key)) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = MEMORY")
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("BEGIN IMMEDIATE")
        yield cursor
        cursor.execute("COMMIT")


@contextmanager
def _without_triggers(cursor: Any) -> Iterator[None]:
    """What the triggers wrote is in the rows already, and must stay as it is: the audit's links."""
    triggers = cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    for _, statement in triggers:
        cursor.execute(statement)


def _bring_to(target: Path, key: Key, schema: str) -> None:
    engine = make_engine(target, key)
    try:
        migrate(engine, schema)
    finally:
        engine.dispose()


def _remove_orphans(cursor: Any) -> int:
    """Remove rows whose registration was in what is missing."""
    orphans = {(table, row) for table, row, *_ in cursor.execute("PRAGMA foreign_key_check")}
    for table, row in orphans:
        cursor.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))  # noqa: S608
    return len(orphans)


def _stand_at(cursor: Any, point: Point | None) -> None:
    """Let the new store's history go on from a point."""
    for table in HALF_SAID:
        with suppress(sqlcipher3.OperationalError):  # not there in an early version
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
    for table in ("search_state", "search_digits", "search_name"):
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
    if point is not None:
        cursor.execute("DELETE FROM change")
        cursor.execute(
            "INSERT INTO change (seq, table_name, key, mark) VALUES (?, 'store_fact', '[]', ?)",
            (point.seq, point.mark),
        )


def _finish(target: Path, key: Key, sources: Sources, replay: _Replay) -> TakenIn:
    """Bring the new store up to date, erase again, and take in what only the damaged one has."""
    _bring_to(target, key, "head")
    engine = make_engine(target, key)
    try:
        with engine.begin() as connection:
            cursor = connection.connection.cursor()
            taken_in = _taken_in(cursor, sources, key, replay)
            repeat_erasures(connection)
            begin_incarnation(cursor)
    finally:
        engine.dispose()
    return taken_in


def _taken_in(cursor: Any, sources: Sources, key: Key, replay: _Replay) -> TakenIn:
    if sources.damaged is None:
        return TakenIn()
    with left_in(sources.damaged, key) as left:
        take_in_erasures(cursor, left)
        if sources.only_erasures:
            return TakenIn()
        return take_in(cursor, left, sources.points(), gaps=replay.gaps > 0)


def _seal(target: Path, key: Key, told: dict[str, object], now: datetime) -> int:
    """Note in the audit what happened, check the file, and wait until it is on the disk."""
    with _opened(target, key) as cursor:
        details = json.dumps(told, separators=(",", ":"))
        cursor.execute(
            "INSERT INTO audit (at, event, registration_id, details) VALUES (?, ?, '', ?)",
            (to_text(now), REBUILT, details),
        )
        (registrations,) = cursor.execute("SELECT count(*) FROM registration").fetchone()
    with closing(connect(target, key)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        check(connection.cursor())
    sync_file(target)
    return int(registrations)


# Files


def set_aside(store_folder: Path, aside: Path) -> None:
    """Move the store's files into a folder, where they stay."""
    for beside in BESIDE:
        file = store_folder / f"{STORE_FILE}{beside}"
        target = aside / file.name
        if file.exists() and not target.exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            file.rename(target)
        file.unlink(missing_ok=True)
    sync_folder(store_folder)


def next_aside(store_folder: Path) -> Path:
    """Return the folder for the next store that is set aside."""
    numbers = [int(one.name[-4:]) for one in all_aside(store_folder)]
    return store_folder / f"set-aside-{1 + max(numbers, default=0):04}"


def all_aside(store_folder: Path) -> tuple[Path, ...]:
    """Return the folders of what was set aside, the oldest first."""
    return tuple(sorted(store_folder.glob("set-aside-[0-9][0-9][0-9][0-9]")))
