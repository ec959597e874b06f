"""Room on the disk for the visits to come.

A file of zeros beside the store holds room back. Before the last of the rest is gone it is given
up: who is at the kiosk then can finish, and nobody else begins until there is room again.
"""

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from kiosk.domain.failures import KioskFailure
from kiosk.logs.entries import RoomChanged

log = logging.getLogger("anjungan.kiosk")

RESERVE_FILE = "room.reserve"
MB = 1_000_000
RESERVE_BYTES = 32 * MB
"""What one visit writes many times over: log and file of the store, journal, slip."""
STOP_BYTES = 32 * MB
"""With less beside the reserve, the reserve is given up and no visit begins."""
LOW_BYTES = 500 * MB
"""With less the staff is told: it is enough for thousands of registrations, not for backups."""

T = TypeVar("T")


class RoomState(StrEnum):
    """How much room there is, the worst last."""

    ENOUGH = "enough"
    LOW = "low"
    """The staff should make room."""
    NONE = "none"
    """Nobody can begin to register."""


@dataclass(frozen=True, slots=True)
class Room:
    """What is left on the fullest of the disks, without the reserve."""

    state: RoomState
    free_mb: int


class Reserve:
    """Holds room back in each of `folders`, which may lie on several disks."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._files = [folder / RESERVE_FILE for folder in folders]
        self._room = Room(RoomState.ENOUGH, 0)

    @property
    def room(self) -> Room:
        """What the last look found."""
        return self._room

    def look(self) -> Room:
        """Look how much room there is; make the reserve or give it up accordingly."""
        order = list(RoomState)
        room = max(
            map(_look_beside, self._files), key=lambda one: (order.index(one.state), -one.free_mb)
        )
        if room.state is not self._room.state:
            level = logging.INFO if room.state is RoomState.ENOUGH else logging.WARNING
            log.log(level, RoomChanged(room.state, room.free_mb))
        self._room = room
        return room

    def covers(self, work: Callable[[], T]) -> T:
        """Do work that writes; if it fails, do it once more in the room that was held back.

        What else is on the disk may have filled it since the last look. `work` leaves nothing
        behind when it fails with a KioskFailure; a second one is raised.
        """
        try:
            return work()
        except KioskFailure:
            if not self._give_up():
                raise
        return work()

    def _give_up(self) -> bool:
        """Give the reserve up; False when there was none."""
        given_up = [file for file in self._files if file.exists()]
        for file in given_up:
            file.unlink(missing_ok=True)
        return bool(given_up)


def _look_beside(file: Path) -> Room:
    try:
        free = _free_bytes(file.parent)
        whole = _is_whole(file)
        if whole and free < STOP_BYTES:
            file.unlink()
            whole = False
        elif not whole and free >= RESERVE_BYTES + 2 * STOP_BYTES:
            _make(file)
            free, whole = free - RESERVE_BYTES, True
    except OSError:  # read-only, gone, or somebody else was faster than the look
        return Room(RoomState.NONE, 0)
    if not whole:
        return Room(RoomState.NONE, free // MB)
    return Room(RoomState.LOW if free < LOW_BYTES else RoomState.ENOUGH, free // MB)


def _free_bytes(folder: Path) -> int:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


def _is_whole(file: Path) -> bool:
    """Whether the reserve is there, and not only its length."""
    if not file.exists():
        return False
    found = file.stat()
    return found.st_size == RESERVE_BYTES and found.st_blocks * 512 >= RESERVE_BYTES


def _make(file: Path) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.posix_fallocate(descriptor, 0, RESERVE_BYTES)
    except OSError:
        file.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)
