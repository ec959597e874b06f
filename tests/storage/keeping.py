"""A kiosk's kept store in a folder of a test: opened, closed, cut off, damaged, looked into."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samples import KEY, StillClock, make_application, nik_of
from sqlalchemy import select

from kiosk.domain.registration import Registration
from kiosk.registration import Registered, register
from kiosk.storage import tables
from kiosk.storage.changes import NOT_KEPT
from kiosk.storage.engine import STORE_FILE, Key, open_engine
from kiosk.storage.frames import Gap
from kiosk.storage.journal import Journal
from kiosk.storage.kept import KeptStore, open_kept_store
from kiosk.storage.mending import Places
from kiosk.storage.store import Store

PAGE = 4096
OF_THE_STORE = {"store_rebuilt", "store_moved"}
"""Events that say what became of the store, and nothing of a person."""

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass
class Kept:
    """Where a kiosk keeps its record."""

    folder: Path
    key: Key = KEY
    clock: StillClock = field(default_factory=StillClock)
    backups_kept: int = 3

    @property
    def places(self) -> Places:
        return Places(self.folder / "store", self.folder / "journal", self.folder / "backups")

    @property
    def file(self) -> Path:
        return self.places.store / STORE_FILE

    @property
    def aside(self) -> list[Path]:
        return sorted(self.places.store.glob("set-aside-*"))

    @property
    def segments(self) -> list[Path]:
        return sorted(self.places.journal.glob("*.journal"))

    @property
    def backups(self) -> list[Path]:
        return sorted(self.places.backups.glob("*.backup"))

    def open(self, key: Key | None = None) -> KeptStore:
        return open_kept_store(self.places, key or self.key, self.clock, self.backups_kept)

    @contextmanager
    def opened(self) -> Iterator[KeptStore]:
        with closing(self.open()) as store:
            yield store

    def cut_off(self, name: str) -> "Kept":
        """What a power cut at this moment leaves, as a kiosk of its own."""
        after = Kept(self.folder.with_name(name), self.key, self.clock, self.backups_kept)
        shutil.copytree(self.folder, after.folder, ignore=shutil.ignore_patterns("*-shm"))
        return after

    def journal(self) -> Journal:
        return Journal(self.places.journal, self.key, self.clock.moment.date)

    def told_in_journal(self) -> str:
        """Everything that the journal says, opened; what does not open is left out."""
        read = [one for one in self.journal().read() if not isinstance(one, Gap)]
        return json.dumps([[one.table, one.rows, one.images] for one in read])

    def record(self) -> Rows:
        """Every row that must never be lost, in order; of the closed store."""
        engine = open_engine(self.places.store, self.key)
        with engine.connect() as connection:
            found = {
                table.name: [tuple(row) for row in connection.execute(select(table))]
                for table in tables.metadata.sorted_tables
                if table.name not in NOT_KEPT
            }
        engine.dispose()
        del found["store_fact"]
        # The links tell the order, in which the events of the store itself have their place.
        found["audit"] = [row[:-1] for row in found["audit"] if row[2] not in OF_THE_STORE]
        return {name: sorted(rows, key=repr) for name, rows in found.items()}

    def events(self) -> list[tuple[str, dict[str, Any]]]:
        """What became of the store itself, as the audit tells it."""
        engine = open_engine(self.places.store, self.key)
        with engine.connect() as connection:
            rows = connection.execute(select(tables.audit).order_by(tables.audit.c.seq)).all()
        engine.dispose()
        return [
            (row.event, json.loads(row.details or "{}"))
            for row in rows
            if row.event in OF_THE_STORE
        ]

    def flip(self, page: int, byte: int = 100) -> None:
        """Turn one bit of a page of the closed store's file, counted from 1."""
        flip(self.file, (page - 1) * PAGE + byte)


def flip(file: Path, at: int) -> None:
    """Turn one bit of a file."""
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


def add(store: Store, clock: StillClock, serial: int, **changes: Any) -> Registration:
    """Register the `serial`-th person."""
    applied = make_application(f"id {serial}", nik=nik_of(serial), **changes)
    outcome = register(store, applied, clock)
    assert isinstance(outcome, Registered)
    return outcome.registration


def add_many(store: Store, clock: StillClock, serials: range) -> list[str]:
    """Register several people; returns their numbers."""
    return [add(store, clock, serial).number for serial in serials]
