"""Whose turn it is to do what only one program may do for a store that several have open."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

PRINTING, SYNCING = "print.lock", "sync.lock"


class Turn:
    """Held from when it was first got until the program ends, however it ends."""

    def __init__(self, folder: Path, lock_file: str) -> None:
        self._path = folder / lock_file
        self._descriptor = -1
        self._knocked_ns = 0

    def __call__(self) -> bool:
        """Tell whether it is this program's; tries again each time it is not."""
        if self._descriptor >= 0:
            return True
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        self._knocked_ns = os.fstat(descriptor).st_mtime_ns
        return True

    def knock(self) -> None:
        """Ask the program whose turn it is to do it now; nothing where it is this one's."""
        if self._descriptor < 0:
            with suppress(OSError):
                os.utime(self._path)

    def heard_knock(self) -> bool:
        """Tell whether another program has knocked since it was asked last; only in one's turn."""
        before, self._knocked_ns = self._knocked_ns, os.fstat(self._descriptor).st_mtime_ns
        return self._knocked_ns != before

    def give_up(self) -> None:
        """Let another program have it."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
