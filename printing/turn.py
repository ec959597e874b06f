"""Whose turn it is to print the slips of a store that several programs have open."""

import fcntl
import os
from pathlib import Path

LOCK_FILE = "print.lock"


class Turn:
    """Held from when it was first got until the program ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_FILE
        self._descriptor = -1

    def __call__(self) -> bool:
        """Tell whether this program prints; tries again each time it does not."""
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
        """Let another program print."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
