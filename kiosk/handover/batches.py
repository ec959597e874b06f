"""Hands registrations over to the branch: a numbered batch, and its files."""

import hashlib
import io
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import IO, assert_never

from kiosk.clock import Clock
from kiosk.domain.handover import Columns, Handed, make_cells
from kiosk.domain.staff import Account, Action
from kiosk.domain.work import Work
from kiosk.handover.locking import lock, make_password
from kiosk.handover.progress import CHUNK, CalledOff, Cancelled, GoOn, always, look
from kiosk.handover.writing import write_csv, write_xlsx
from kiosk.storage.audit import Deed
from kiosk.storage.handover import Batch
from kiosk.storage.store import Store

Cells = Callable[[int, Handed], list[str]]
UNFINISHED = ".penyerahan-"
LARGEST_BATCH = 10_000
"""More would keep residents waiting who register meanwhile; the rest goes with the next batch."""


class FileKind(StrEnum):
    """How a batch can be written; LOCKED is XLSX that a password opens."""

    XLSX = "xlsx"
    CSV = "csv"
    LOCKED = "locked"


_ENDINGS = {FileKind.XLSX: ".xlsx", FileKind.CSV: ".csv", FileKind.LOCKED: "-terkunci.xlsx"}


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The batch exists; `waiting` registrations were too many for it."""

    batch: Batch
    waiting: int


@dataclass(frozen=True, slots=True)
class NothingToHandOver:
    """No registration waits for a batch."""


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The role does not allow this."""


@dataclass(frozen=True, slots=True)
class OnlyPractice:
    """Nobody in this store exists: nothing of it goes to the branch."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The file is on disk. `as_first` False: corrected or otherwise changed since the first.

    `password` opens a locked file and is kept nowhere else; "" for the other kinds.
    """

    file: Path
    size: int
    as_first: bool
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class UnknownBatch:
    """There is no batch of this number."""


@dataclass(frozen=True, slots=True)
class NotWritten:
    """The folder or stick cannot be written: full, taken out, read-only. No file was left."""


@dataclass(frozen=True, slots=True)
class Overview:
    """How many wait for a batch, how many of them too long, and the batches, the newest first."""

    waiting: int
    late: int
    batches: tuple[Batch, ...]


def overview(store: Store, account: Account, clock: Clock) -> Overview | NotAllowed:
    """Tell what waits for the branch and what went there."""
    if not account.may(Action.HAND_OVER):
        return NotAllowed()
    with store.reading() as record:
        waiting, late = record.handover.waiting(), record.desk.count_late(clock.now())
        return Overview(waiting, late.count, record.handover.batches())


def hand_over(
    store: Store, account: Account, clock: Clock
) -> HandedOver | NothingToHandOver | NotAllowed | OnlyPractice:
    """Make the next batch of the registrations that wait, and note it with each of them.

    All in one transaction. Exporting it is another step, which can be repeated.
    """
    if not account.may(Action.HAND_OVER):
        return NotAllowed()
    with store.transaction() as record:
        if record.is_practice():
            return OnlyPractice()
        batch = record.handover.make_batch(account.id, clock.now(), LARGEST_BATCH)
        if batch is None:
            return NothingToHandOver()
        return HandedOver(batch, record.handover.waiting())


def export(
    store: Store,
    account: Account,
    number: int,
    kind: FileKind,
    folder: Path,
    *,
    columns: Columns,
    work: Work,
    clock: Clock,
    office_code: str = "",
    go_on: GoOn = always,
) -> Exported | UnknownBatch | NotWritten | NotAllowed | OnlyPractice | Cancelled:
    """Write a batch into `folder` as penyerahan-NNNN, whole or not at all.

    The same batch gives the same bytes as long as its registrations and the columns are the
    same; the digest of what was exported first stays with the batch. An export of before is
    replaced. A locked file has a new password and other bytes each time, and is never on the
    disk unlocked (docs/decisions/0023); its digest is that of the cells, as with the others.
    `office_code` is the branch's for this office, "" while nobody knows it.
    """
    if not account.may(Action.HAND_OVER):
        return NotAllowed()
    with store.transaction() as record:
        if record.is_practice():
            return OnlyPractice()
        batch = record.handover.batch(number)
    if batch is None:
        return UnknownBatch()
    rows = _Rows(store, batch, columns, go_on, make_cells(columns, work, office_code))
    file = folder / f"penyerahan-{number:04}{_ENDINGS[kind]}"
    password = make_password() if kind is FileKind.LOCKED else ""
    try:
        _write(file, kind, rows, password)
    except CalledOff:
        return Cancelled()
    except OSError:
        return NotWritten()
    digest = rows.digest()
    with store.transaction() as record:
        record.handover.note_digest(number, digest)
        record.staff.note(Deed("exported", account.id, clock.now(), {"batch": number, "as": kind}))
        first = record.handover.batch(number)
    as_first = first is not None and first.digest == digest
    return Exported(file, rows.done, as_first, password)


def _write(file: Path, kind: FileKind, rows: "_Rows", password: str) -> None:
    """Work in a hidden folder beside the file: what is left by a power cut is removed here."""
    for left in file.parent.glob(f"{UNFINISHED}*"):
        rmtree(left)
    with TemporaryDirectory(prefix=UNFINISHED, dir=file.parent) as work_folder:
        unfinished = Path(work_folder) / file.name
        with unfinished.open("xb") as output:
            match kind:
                case FileKind.XLSX:
                    _write_xlsx(output, rows, Path(work_folder))
                case FileKind.LOCKED:
                    output.write(_locked(rows, password))
                case FileKind.CSV:
                    write_csv(output, rows.columns.headers, rows)
                case _:
                    assert_never(kind)
            output.flush()
            os.fsync(output.fileno())
        unfinished.replace(file)
    _flush_folder(file.parent)


def _write_xlsx(output: IO[bytes], rows: "_Rows", work_folder: Path | None) -> None:
    headers, made_at = rows.columns.headers, rows.batch.made_at
    write_xlsx(output, headers, rows, made_at=made_at, work_folder=work_folder)


def _locked(rows: "_Rows", password: str) -> bytes:
    """Nothing of the unlocked workbook touches the disk."""
    workbook = io.BytesIO()
    _write_xlsx(workbook, rows, None)
    return lock(workbook, password)


def _flush_folder(folder: Path) -> None:
    """A stick is pulled out as soon as the screen says that the file is there."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _digested(cells: Sequence[str]) -> bytes:
    return ("\t".join(cells) + "\n").encode()


class _Rows:
    """The cells of a batch, read in short transactions and digested while they pass."""

    def __init__(
        self, store: Store, batch: Batch, columns: Columns, go_on: GoOn, cells: Cells
    ) -> None:
        self.batch = batch
        self.columns = columns
        self.done = 0
        self._store = store
        self._cells = cells
        self._go_on = go_on
        self._hash = hashlib.sha256(_digested(columns.headers))

    def digest(self) -> str:
        """Of the headers and all cells that have passed."""
        return self._hash.hexdigest()

    def __iter__(self) -> Iterator[list[str]]:
        after = ""
        while page := self._page(after):
            look(self._go_on, self.done, self.batch.size)
            for handed in page:
                self.done += 1
                cells = self._cells(self.done, handed)
                self._hash.update(_digested(cells))
                yield cells
            after = page[-1].number
        look(self._go_on, self.done, self.batch.size)

    def _page(self, after: str) -> list[Handed]:
        with self._store.transaction() as record:
            return record.handover.page(self.batch.number, after, CHUNK)
