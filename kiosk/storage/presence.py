"""Who has the store open, and whether it was closed in order.

A note beside the store is made when the last program closes it, and taken away when the first one
opens it. It holds the file's size and time: without it, or when the file is not as it was left, the
store is checked before anybody uses it.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from kiosk.storage.files import sync_folder, write_file

LOCK_FILE = "open.lock"
NOTE_FILE = "closed"


class Presence:
    """This program's share of a store; raises OSError."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._note = file.with_name(NOTE_FILE)
        self._descriptor = -1
        self.alone = False
        """Nobody else has the store open: it may be put in another's place."""
        self.was_closed_in_order = True

    def enter(self) -> None:
        """Open the store; `alone` until share()."""
        path = self._file.with_name(LOCK_FILE)
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self.alone = self._lock(fcntl.LOCK_EX)
        if not self.alone:
            # Waits for a program that has it alone just now, as while it is mended.
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)
            return
        self.was_closed_in_order = self._read_note() == self._stamp()
        with suppress(FileNotFoundError):
            self._note.unlink()
            sync_folder(self._note.parent)

    def share(self) -> None:
        """Let others open the store too."""
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        self.alone = False

    def take_alone(self) -> bool:
        """Keep others from opening the store; False when somebody has it open."""
        self.alone = self._lock(fcntl.LOCK_EX)
        if not self.alone:
            # Converting a lock lets go of it even when it fails.
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        return self.alone

    def leave(self, *, in_order: bool) -> None:
        """Close the store, whose file must be closed already."""
        if self._descriptor < 0:
            return
        wal = self._file.with_name(f"{self._file.name}-wal")
        with suppress(OSError):
            if in_order and self._lock(fcntl.LOCK_EX) and not wal.exists():
                write_file(self._note, [self._stamp()])
        os.close(self._descriptor)
        self._descriptor = -1

    def _lock(self, kind: int) -> bool:
        try:
            fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _read_note(self) -> bytes:
        with suppress(OSError):
            return self._note.read_bytes()
        return b"none"

    def _stamp(self) -> bytes:
        with suppress(OSError):
            status = self._file.stat()
            return f"{status.st_size} {status.st_mtime_ns}".encode()
        return b""
