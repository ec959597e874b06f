"""A disk that is small: a real file system of a few megabytes, or where none can be mounted, a
folder of which the system is made to say that so much is left.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest


@dataclass(frozen=True)
class SmallDisk:
    """`folder` lies on it."""

    folder: Path
    is_real: bool

    @property
    def free(self) -> int:
        disk = os.statvfs(self.folder)
        return disk.f_bavail * disk.f_frsize

    def fill(self, leave: int) -> None:
        """Let somebody else's file take everything but so many bytes."""
        file = self.folder / "somebody else's"
        file.unlink(missing_ok=True)
        with file.open("wb") as opened:
            os.posix_fallocate(opened.fileno(), 0, max(self.free - leave, 1))

    def clear(self) -> None:
        """Give the room back."""
        (self.folder / "somebody else's").unlink()


@contextmanager
def small_disk(folder: Path, size: int, patch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    """Mount a disk of that size at `folder`, or pretend to."""
    folder.mkdir()
    mounted = mount(folder, size)
    if not mounted:
        pretend(folder, size, patch)
    try:
        yield SmallDisk(folder, mounted)
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def mount(folder: Path, size: int) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(folder)]
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def pretend(folder: Path, size: int, patch: pytest.MonkeyPatch) -> None:
    """Count the files of the folder as if it were a disk; the last byte of it is not refused."""
    real: Callable[[Any], Any] = os.statvfs

    def statvfs(path: Any) -> Any:
        if not str(path).startswith(str(folder)):
            return real(path)
        used = sum(file.stat().st_blocks * 512 for file in folder.rglob("*") if file.is_file())
        return SimpleNamespace(f_bavail=max(size - used, 0), f_frsize=1, f_blocks=size)

    patch.setattr("os.statvfs", statvfs)
