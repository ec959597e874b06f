"""A copy of the centre that is encrypted, and proven to open before anybody relies on it.

A kiosk may forget a registration only when a backup that was rehearsed holds it: `rehearse` marks
the backup as verified, and each kiosk is told up to which of its receipts it reaches.
"""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from kiosk.central import install, roles
from kiosk.central.address import CentreAddress, Login, make_engine
from kiosk.central.failures import CentreFailure
from kiosk.central.manifest import (
    Manifest,
    as_bytes,
    differing,
    holdings,
    make_login,
    manifest_of,
    take_manifest,
)
from kiosk.central.programs import feed, find_program, output_of
from kiosk.central.sealed_file import NotOpened, SealedWriter, opened_pieces

SUFFIX = ".anjungan-centre"
_HEAD_BYTES = 8
_READ_BYTES = 1 << 20
_JUMP = 1_000_000
"""More changes than a kiosk is told between two backups."""


class Step(StrEnum):
    """What is being done."""

    LIST = "list"
    COPY = "copy"
    RESTORE = "restore"
    COMPARE = "compare"
    RIGHTS = "rights"


Told = Callable[[Step, int], None]
"""Takes the step that goes on, and how many bytes it is at."""


@dataclass(frozen=True, slots=True)
class Centre:
    """Where a centre is, and the login of its owner."""

    address: CentreAddress
    login: Login
    ca_folder: Path

    def named(self, database: str) -> "Centre":
        """The same server, another database."""
        return replace(self, address=replace(self.address, database=database))

    def reach(self) -> dict[str, Any]:
        """As the programs of PostgreSQL are told."""
        return {"address": self.address, "login": self.login, "ca_folder": self.ca_folder}


@dataclass(frozen=True, slots=True)
class BackedUp:
    """The file, whole and on the disk; nobody has tried yet whether it opens."""

    file: Path
    size_bytes: int
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The backup opened, and held what it should. `noted`: this centre knows it as its own, and
    kiosks are told."""

    manifest: Manifest
    noted: bool


@dataclass(frozen=True, slots=True)
class Differs:
    """The backup opened, but does not hold of these kiosks what its own list says."""

    kiosks: tuple[str, ...]


def _untold(_step: Step, _bytes: int) -> None:
    pass


def back_up(centre: Centre, folder: Path, key: bytes, tell: Told = _untold) -> BackedUp:
    """Write a backup of the centre into a folder, as it stands at one moment.

    Raises CentreFailure: "C 12" to "C 14" as install.installing, "C 16" where there is no centre,
    "C 41" without pg_dump, "C 42" when that fails, "C 43" when the file cannot be written.
    """
    tell(Step.LIST, 0)
    with _snapshot(centre) as (connection, snapshot):
        manifest = take_manifest(connection)
        program = find_program("pg_dump", manifest.server)
        name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}{SUFFIX}"
        file = folder / name
        options = ("-Fc", f"--snapshot={snapshot}", "--no-comments")
        with (
            _written_whole(file) as part,
            output_of(program, *options, **centre.reach()) as dump,
        ):
            size, digest = _seal(part, key, manifest, dump, tell)
    with install.installing(centre.address, centre.login, centre.ca_folder) as connection:
        _note(connection, name, size, digest, manifest)
    return BackedUp(file, size, manifest)


def rehearse(centre: Centre, file: Path, key: bytes, tell: Told = _untold) -> Rehearsed | Differs:
    """Restore a backup into a database made for that, compare, and throw it away again.

    Raises CentreFailure as `back_up`; "C 44" for a file that does not open.
    """
    manifest = read_manifest(file, key)
    scratch = centre.named(f"{centre.address.database}_check_{secrets.token_hex(3)}")
    install.create_database(scratch.address, scratch.login, scratch.ca_folder)
    try:
        _fill(scratch, file, key, manifest, tell)
        tell(Step.COMPARE, 0)
        with install.installing(scratch.address, scratch.login, scratch.ca_folder) as connection:
            restored = holdings(connection)
    finally:
        _drop(scratch)
    if others := differing(manifest.holdings, restored):
        return Differs(others)
    with install.installing(centre.address, centre.login, centre.ca_folder) as connection:
        return Rehearsed(manifest, noted=_note_verified(connection, _digest_of(file)))


def restore(centre: Centre, file: Path, key: bytes, tell: Told = _untold) -> Manifest:
    """Make a centre of a backup, in a database that must not exist yet; logins included.

    Kiosks and staff get in as before. What kiosks handed in later they hand in again by themselves:
    they show a receipt that this centre has never given. Raises CentreFailure as `rehearse`; "C 15"
    when the database exists.
    """
    manifest = read_manifest(file, key)
    if not install.create_database(centre.address, centre.login, centre.ca_folder):
        raise CentreFailure(
            "C 15",
            f"the database {centre.address.database} exists already, or this login makes none",
        )
    with install.installing(centre.address, centre.login, centre.ca_folder) as connection:
        roles.make_groups(connection)
        for login in manifest.logins:
            make_login(connection, login)
    _fill(centre, file, key, manifest, tell)
    tell(Step.RIGHTS, 0)
    with install.installing(centre.address, centre.login, centre.ca_folder) as connection:
        install.upgrade(connection)
        _count_on(connection)
    return manifest


def read_manifest(file: Path, key: bytes) -> Manifest:
    """Read what a backup says of itself; raises CentreFailure "C 44"."""
    with _opened(file, key) as (manifest, _):
        return manifest


def _count_on(connection: Connection) -> None:
    """Number the next changes behind all that kiosks can have seen since the backup."""
    connection.exec_driver_sql("UPDATE centre.kiosk SET changes = changes + %s", (_JUMP,))


@contextmanager
def _snapshot(centre: Centre) -> Iterator[tuple[Connection, str]]:
    """A transaction that sees one moment, and the name by which pg_dump sees the same."""
    with install.installing(centre.address, centre.login, centre.ca_folder) as connection:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        yield connection, str(snapshot)


@contextmanager
def _written_whole(file: Path) -> Iterator[Any]:
    """A file that has its name only once all of it is on the disk."""
    part = file.with_name(f"{file.name}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as written:
            yield written
        part.rename(file)
        folder = os.open(file.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    except OSError as error:
        reason = error.strerror or "no room"
        raise CentreFailure("C 43", f"the backup cannot be written: {reason}") from None
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


class _Counting:
    """Counts and digests what is written through it."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.size, self.digest = 0, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.digest.update(data)
        return int(self._file.write(data))

    def flush(self) -> None:
        self._file.flush()

    def fileno(self) -> int:
        return int(self._file.fileno())


def _seal(
    file: Any, key: bytes, manifest: Manifest, dump: Iterator[bytes], tell: Told
) -> tuple[int, str]:
    counting = _Counting(file)
    writer = SealedWriter(counting, key)
    head = as_bytes(manifest)
    for piece in chain((len(head).to_bytes(_HEAD_BYTES, "big"), head), dump):
        writer.write(piece)
        tell(Step.COPY, counting.size)
    writer.finish()
    return counting.size, counting.digest.hexdigest()


@contextmanager
def _opened(file: Path, key: bytes) -> Iterator[tuple[Manifest, Iterator[bytes]]]:
    try:
        with file.open("rb") as sealed:
            pieces = opened_pieces(sealed, key)
            held = bytearray()
            for piece in pieces:
                held += piece
                end = _HEAD_BYTES + int.from_bytes(held[:_HEAD_BYTES], "big")
                if len(held) >= end:
                    break
            manifest = manifest_of(bytes(held[_HEAD_BYTES:end]))
            yield manifest, chain((bytes(held[end:]),), pieces)
    except NotOpened as reason:
        raise CentreFailure("C 44", f"{file.name} does not open: {reason}") from None
    except OSError as error:
        raise CentreFailure("C 44", f"{file.name} cannot be read: {error.strerror}") from None


def _fill(centre: Centre, file: Path, key: bytes, manifest: Manifest, tell: Told) -> None:
    program = find_program("pg_restore", manifest.server)
    options = ("--exit-on-error", "--single-transaction", "-d", centre.address.database)
    with _opened(file, key) as (_, pieces):
        feed(program, *options, pieces=_counted(pieces, tell), **centre.reach())


def _counted(pieces: Iterator[bytes], tell: Told) -> Iterator[bytes]:
    at = 0
    for piece in pieces:
        at += len(piece)
        tell(Step.RESTORE, at)
        yield piece


def _drop(scratch: Centre) -> None:
    there = scratch.named("postgres")
    engine = make_engine(there.address, there.login, there.ca_folder)
    try:
        with engine.connect() as connection:
            name = roles.quoted(scratch.address.database)
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    finally:
        engine.dispose()


def _note(connection: Connection, name: str, size: int, digest: str, manifest: Manifest) -> None:
    backup_id = connection.exec_driver_sql(
        "INSERT INTO centre.backup (place, size_bytes, sha256) VALUES (%s, %s, %s) RETURNING id",
        (name, size, digest),
    ).scalar_one()
    for kiosk, holding in manifest.holdings.items():
        connection.exec_driver_sql(
            "INSERT INTO centre.backup_covers (backup_id, kiosk_id, receipt) VALUES (%s, %s, %s)",
            (backup_id, kiosk, holding.receipts),
        )


def _note_verified(connection: Connection, digest: str) -> bool:
    noted = connection.exec_driver_sql(
        "UPDATE centre.backup SET verified_at = clock_timestamp() WHERE sha256 = %s", (digest,)
    )
    return noted.rowcount > 0


def _digest_of(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as read:
        while some := read.read(_READ_BYTES):
            digest.update(some)
    return digest.hexdigest()
