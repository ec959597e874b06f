"""Files and folders that must be on the disk before what follows."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

BESIDE = ("", "-wal", "-shm")
"""What SQLite calls the files of one store, behind its name."""


def write_file(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file, for this user alone, so that it is on the disk on return."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        for part in parts:
            write_all(descriptor, part)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, content: bytes) -> None:
    """Write all of it, however little the system takes at a time."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def make_folder(folder: Path, *, parents: bool = False) -> None:
    """Make a folder for this user alone, if it is not there, so that it is on the disk on return.

    With `parents` also those that should hold it. Else a power cut could take the folder, and with
    it files that were synced.
    """
    if parents and not folder.parent.is_dir():
        make_folder(folder.parent, parents=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if not folder.is_dir():
            raise
    else:
        sync_folder(folder.parent)


def sync_file(path: Path) -> None:
    """Wait until a file is on the disk."""
    _sync(path, os.O_RDONLY)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_store(file: Path) -> None:
    """Remove a store's file and what lies beside it."""
    for beside in (*BESIDE, "-journal"):
        file.with_name(f"{file.name}{beside}").unlink(missing_ok=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock between threads and programs."""
    with held(open_lock(path)):
        yield


def open_lock(path: Path) -> int:
    """Return the descriptor of a lock's file, which is made if it is missing."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def held(descriptor: int) -> Iterator[None]:
    """Hold the lock of an open file, and close it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
