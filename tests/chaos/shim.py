"""What a program did to a folder, call by call: the log of disk_shim.c, read back."""

import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("disk_shim.c")
_HEAD = struct.Struct("<IIIIQqQ")


class Kind(IntEnum):
    """Kinds of events; see disk_shim.c."""

    CREATE = 1
    WRITE = 2
    TRUNCATE = 3
    SYNC = 4
    RENAME = 5
    UNLINK = 6
    LINK = 7
    MKDIR = 8
    RMDIR = 9
    NOTE = 10
    """Something that the program said meanwhile."""
    KILLED = 11
    """It was killed when it was about to do what `at` tells."""
    FAILED = 12
    """The disk refused what `at` tells."""
    UNKNOWN = 13
    """A way to change a file that the shim does not follow."""


class Mode(IntEnum):
    """What the shim does besides writing its log, at the n-th event or from it on."""

    TRACE = 1
    KILL = 2
    FAIL_ONCE = 3
    FULL = 4
    READ_ONLY = 5


NOT_ON_DISK = frozenset({Kind.NOTE, Kind.KILLED, Kind.FAILED, Kind.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Event:
    """One call that changed something, or what happened in its place."""

    kind: Kind
    path: str
    other: str
    file: int
    """Which file it is, whatever its name; a number is used again once the file is gone."""
    at: int
    data: bytes
    error: int

    @property
    def what(self) -> str:
        """What was being done, where it did not come to it."""
        kind = Kind(self.at) if self.kind in {Kind.KILLED, Kind.FAILED} else self.kind
        return kind.name.lower()


def build(folder: Path) -> Path:
    """Compile the shim."""
    library = folder / "disk_shim.so"
    command = [
        "cc",
        "-shared",
        "-fPIC",
        "-O2",
        "-U_FORTIFY_SOURCE",
        "-o",
        str(library),
        str(SOURCE),
    ]
    subprocess.run(command, check=True)
    return library


def read_log(log: Path) -> Iterator[Event]:
    """Give all events in their order; a program that was killed leaves none of them half."""
    content, at = log.read_bytes(), 0
    while at < len(content):
        kind, path, other, error, file, place, size = _HEAD.unpack_from(content, at)
        names = at + _HEAD.size
        data = names + path + other
        yield Event(
            Kind(kind),
            content[names : names + path].decode(),
            content[names + path : data].decode(),
            file,
            place,
            content[data : data + size],
            error,
        )
        at = data + size
