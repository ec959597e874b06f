"""Files that only the kiosk's user may read: written whole or not at all, never through a link."""

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.domain.failures import KioskFailure

KEY_BYTES = 32
LONGEST_BYTES = 65_536


class KeyFailure(KioskFailure):
    """A key or its folder is missing, broken or open to others; the message names the file."""


@contextmanager
def reported(folder: Path) -> Iterator[None]:
    """Turn an error of the file system into KeyFailure "K 11"."""
    try:
        yield
    except OSError as error:
        raise KeyFailure("K 11", f"{error.filename or folder}: {error.strerror}") from None


def refuse_if_open_to_others(path: Path, status: os.stat_result) -> None:
    """Raise KeyFailure "K 13" for a file or folder that group or world can use."""
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFailure("K 13", f"{path} is open to other users")


def read_private(path: Path) -> bytes:
    """Return what the file holds; raises OSError, and KeyFailure when others can read it."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        refuse_if_open_to_others(path, os.fstat(descriptor))
        return file.read(LONGEST_BYTES)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, on any file system; raises OSError, and leaves none."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            give_to_owner_of_folder(descriptor, path.parent)
            os.fsync(descriptor)
    except OSError:
        path.unlink()
        raise


def create_private(path: Path, content: bytes) -> None:
    """Write a new file so that a power cut leaves the whole file or none; an existing one stays."""
    half_made = _write_aside(path, content)
    try:
        # Unlike a rename, a link fails if another process was faster; its file is then read.
        os.link(half_made, path)
    except FileExistsError:
        return
    finally:
        half_made.unlink()
    sync_folder(path.parent)
    sync_folder(path.parent.parent)


def replace_private(path: Path, content: bytes) -> None:
    """Put a file in place of another so that a power cut leaves the whole old or the whole new."""
    half_made = _write_aside(path, content)
    try:
        half_made.replace(path)
    except OSError:
        half_made.unlink()
        raise
    sync_folder(path.parent)


def remove_half_made(path: Path) -> None:
    """Remove what a kill in the middle of writing `path` left beside it."""
    for left in path.parent.glob(f"{path.name}.????????"):
        left.unlink()


def give_to_owner_of_folder(descriptor: int, folder: Path) -> None:
    """Let root's work leave files that the kiosk's user can read."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)


def sync_folder(folder: Path) -> None:
    """Let the names in `folder` outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_aside(path: Path, content: bytes) -> Path:
    half_made = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    write_new(half_made, content)
    return half_made
