"""What keeping the record costs: measure_store.py FOLDER commit [ROUNDS] | keep PEOPLE.

`commit` prints the milliseconds of registrations that are also in the journal, and of the raw
driver that writes the same rows, then the same bytes to a file, each with the same syncs, in turn.
`keep` prints how long a store of so many takes to be opened, backed up, checked, written to a new
journal and rebuilt, beside an empty one. Everything lies on the disk of FOLDER.
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from many import fill
from measure_commit import _ours, _reference, _rows
from reference_commit import open_database
from samples import KEY, StillClock, make_application, nik_of

from kiosk.storage.engine import PRAGMAS, STORE_FILE, open_engine
from kiosk.storage.kept import KeptStore, open_kept_store
from kiosk.storage.mending import Places

ROUNDS = 200
WARM_UP = 20
OPENINGS = 9


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
        newest = max(self._journal.glob("*.journal"))
        content = newest.read_bytes()
        line = content[self._read_to :]
        self._read_to = len(content)
        return line

    def write(self, line: bytes) -> float:
        began_s = perf_counter()
        os.write(self._descriptor, line)
        os.fdatasync(self._descriptor)
        return (perf_counter() - began_s) * 1000


def measure_commit(folder: Path, rounds: int) -> dict[str, Any]:
    """Register the same people in two new stores, one each way."""
    ours = _open(folder / "ours")
    ours.tend(idle=False)
    open_engine(folder / "reference", KEY).dispose()
    connection = open_database(folder / "reference" / STORE_FILE, KEY, PRAGMAS)
    line = _Line(folder / "ours" / "journal", folder / "reference" / "journal")
    line.take()
    times: dict[str, list[float]] = {"ours": [], "reference": []}
    sizes, template = [], make_application()
    for serial in range(1, WARM_UP + rounds + 1):
        resident = replace(template.resident, nik=nik_of(serial))
        applied = replace(template, draft_id=f"draft {serial}", resident=resident)
        took_ms, registration = _ours(ours, applied)
        times["ours"].append(took_ms)
        written = line.take()
        sizes.append(len(written))
        rows = _rows(registration, serial)
        reference_ms = _reference(connection, rows, applied.draft_id) + line.write(written)
        times["reference"].append(reference_ms)
    connection.close()
    ours.close()
    return {who: taken[WARM_UP:] for who, taken in times.items()} | {"line_bytes": median(sizes)}


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
