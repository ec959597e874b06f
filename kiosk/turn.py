"""Whose turn it is to do what only one program may do for a store that several have open."""

import fcntl
import os
from pathlib import Path

PRINTING, SYNCING = "print.lock", "sync.lock"


class Turn:
    """Held from when it was first got until the program ends, however it ends."""

    def __init__(self, folder: Path, lock_file: str) -> None:
        self._path = folder / lock_file
        self._descriptor = -1

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
        return True

    def give_up(self) -> None:
        """Let another program have it."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
