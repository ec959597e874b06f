"""What keeping the record costs: measure_store.py FOLDER commit [ROUNDS] | keep PEOPLE.

`commit` prints the milliseconds of registrations that are also in the journal, and of the raw
driver that writes the same rows (with the links of the audit and the notes of what changed, as they
were made), then the same bytes to a file, each with the same syncs, in turn; and the same in
milliseconds of the processor. `keep` prints how long a store of so many takes to be opened, backed
up, checked, written to a new journal and rebuilt, beside an empty one. Everything lies on the disk
of FOLDER.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time
from typing import Any

import sqlcipher3
from many import fill
from measure_commit import keep_draft_by_driver
from reference_commit import Rows, commit, make_statements, open_database
from samples import ANSWERS, KEY, StillClock, make_application, nik_of

from kiosk.registration import keep_draft, register
from kiosk.storage.engine import PRAGMAS, STORE_FILE, connect, open_engine
from kiosk.storage.kept import KeptStore, open_kept_store
from kiosk.storage.mending import Places

ROUNDS = 200
WARM_UP = 20
OPENINGS = 9
WRITTEN = {
    "registration": "id",
    "audit": "registration_id",
    "outbox": "registration_id",
    "print_job": "registration_id",
}


def _places(folder: Path) -> Places:
    return Places(folder / "store", folder / "journal", folder / "backups")


def _open(folder: Path) -> KeptStore:
    return open_kept_store(_places(folder), KEY, StillClock(), 2)


class _Line:
    """The last line that the kiosk wrote to its journal, and a file of the same kind."""

    def __init__(self, journal: Path, file: Path) -> None:
        self._journal = journal
        self._descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._read_to = 0

    def take(self) -> bytes:
        with max(self._journal.glob("*.journal")).open("rb") as newest:
            newest.seek(self._read_to)
            line = newest.read()
        self._read_to += len(line)
        return line

    def write(self, line: bytes) -> None:
        os.write(self._descriptor, line)
        os.fdatasync(self._descriptor)


class _Written:
    """The rows that the kiosk wrote with its last registration, all of them."""

    def __init__(self, store: Path) -> None:
        self._connection = connect(store, KEY)
        self._connection.row_factory = sqlcipher3.Row

    def take(self, id_: str) -> Rows:
        rows = [
            (table, dict(self._one(f"SELECT * FROM {table} WHERE {column} = ?", id_)))
            for table, column in WRITTEN.items()
        ]
        for _, row in rows:
            # The next number is the database's to give, where it gives one.
            row.pop("seq", None)
        del rows[-1][1]["id"]
        mine = [row["key"] for row in self._all("SELECT key FROM change ORDER BY seq DESC LIMIT 4")]
        assert json.dumps([id_]) == mine[-1], "a note is missing"
        notes = self._all("SELECT table_name, key, mark FROM change ORDER BY seq DESC LIMIT 4")
        return [*rows, *(("change", dict(note)) for note in reversed(notes))]

    def _one(self, *asked: str) -> Any:
        (row,) = self._all(*asked)
        return row

    def _all(self, statement: str, *values: str) -> list[Any]:
        found: list[Any] = self._connection.execute(statement, values).fetchall()
        return found

    def close(self) -> None:
        self._connection.close()


class _Watch:
    """Milliseconds by the clock, and of the processor."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    @contextmanager
    def taking(self) -> Iterator[None]:
        began_s, began_cpu_s = perf_counter(), thread_time()
        yield
        self.cpu.append((thread_time() - began_cpu_s) * 1000)
        self.wall.append((perf_counter() - began_s) * 1000)


def measure_commit(folder: Path, rounds: int) -> dict[str, Any]:
    """Register the same people in two new stores, one each way."""
    ours = _open(folder / "ours")
    ours.tend(idle=False)
    open_engine(folder / "reference", KEY).dispose()
    connection = open_database(folder / "reference" / STORE_FILE, KEY, PRAGMAS)
    line = _Line(folder / "ours" / "journal", folder / "reference" / "journal")
    line.take()
    written = _Written(_places(folder / "ours").file)
    kiosk, driver, template = _Watch(), _Watch(), make_application()
    for serial in range(1, WARM_UP + rounds + 1):
        resident = replace(template.resident, nik=nik_of(serial))
        applied = replace(template, draft_id=f"draft {serial}", resident=resident)
        keep_draft(ours, applied.draft_id, ANSWERS, StillClock())
        with kiosk.taking():
            register(ours, applied, StillClock())
        rows, content = written.take(applied.draft_id), line.take()
        keep_draft_by_driver(connection, applied.draft_id)
        statements, values = make_statements(rows), [tuple(row.values()) for _, row in rows]
        with driver.taking():
            commit(connection, statements, values, applied.draft_id)
            line.write(content)
    for opened in (connection, written, ours):
        opened.close()
    return {
        "ours": kiosk.wall[WARM_UP:],
        "reference": driver.wall[WARM_UP:],
        "ours_cpu": kiosk.cpu[WARM_UP:],
        "reference_cpu": driver.cpu[WARM_UP:],
    }


def _took(act: Callable[[], Any]) -> float:
    began_s = perf_counter()
    act()
    return perf_counter() - began_s


def _opened(folder: Path) -> float:
    return median(_took(lambda: _open(folder).close()) for _ in range(OPENINGS))


def measure_keeping(folder: Path, people: int) -> dict[str, float]:
    """Keep a store of so many people, lose it, and have it made anew."""
    places, empty = _places(folder), folder / "empty"
    _open(empty).close()
    fill(places.store, people)
    with closing(_open(folder)) as store:
        took = {"journal": _took(lambda: store.tend(idle=False)), "backup": _took(store.back_up)}
        took["check"] = _took(store.check)
    took["open"], took["open_empty"] = _opened(folder), _opened(empty)
    for name, place in (("store", places.file), ("backup", max(places.backups.glob("*.backup")))):
        took[f"{name}_bytes"] = place.stat().st_size / people
    journal = sum(one.stat().st_size for one in places.journal.glob("*.journal"))
    took["journal_bytes"] = journal / people
    with closing(_open(folder)) as store:
        took["anew"] = _took(store.forget_copies)
    places.file.unlink()
    took["rebuild_from_backup"] = _took(lambda: _open(folder).close())
    places.file.unlink()
    for backup in places.backups.glob("*.backup"):
        backup.unlink()
    took["rebuild_from_journal"] = _took(lambda: _open(folder).close())
    return took


def main(folder: Path, what: str, *number: str) -> None:
    """Measure and print."""
    if what == "commit":
        print(json.dumps(measure_commit(folder, int(number[0]) if number else ROUNDS)))
    else:
        print(json.dumps(measure_keeping(folder, int(number[0]))))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
