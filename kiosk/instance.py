"""One kiosk and one desk window to a store: who comes second fetches the first to the front.

The kernel's lock on a file in the store's folder decides; it ends with the process however that
ends. The bell is a socket without a file, so that none can be left behind either: its name is made
of the folder's, and only the user of the store is listened to.
"""

import fcntl
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path

from kiosk.domain.failures import KioskFailure

_CREDENTIALS = struct.Struct("3i")


class Program(StrEnum):
    """What can be open on a store, each of them once."""

    KIOSK = "kiosk"
    DESK = "desk"
    CONSOLE = "console"


class AlreadyOpen(KioskFailure):
    """This program is open on this store already; code "S 19"."""


@contextmanager
def only_one(folder: Path, program: Program) -> Iterator[socket.socket | None]:
    """Be the one program of its kind on the store in `folder` until the block ends.

    Gives the bell: a socket that others ring, to be answered with rings(). None where the folder
    cannot be written or the bell not be hung up: opening the store will tell, or nobody can ring.
    Raises AlreadyOpen when there is another one, whose bell was rung.
    """
    with ExitStack() as undo:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            lock = os.open(folder / f"{program}.lock", flags, 0o600)
        except OSError:
            yield None
            return
        undo.callback(os.close, lock)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _ring(folder, program)
            raise AlreadyOpen("S 19", f"this store's {program} is open already") from None
        yield _hang_up_bell(undo, folder, program)


def rings(bell: socket.socket) -> bool:
    """Take one who rings; True if it is the store's own user."""
    try:
        caller, _ = bell.accept()
    except OSError:
        return False
    with caller:
        told = caller.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    _pid, user, _group = _CREDENTIALS.unpack(told)
    return user in {os.geteuid(), 0}


def _hang_up_bell(undo: ExitStack, folder: Path, program: Program) -> socket.socket | None:
    bell = undo.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
    bell.setblocking(False)
    try:
        bell.bind(_name(folder, program))
        bell.listen()
    except OSError:
        return None
    return bell


def _ring(folder: Path, program: Program) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as hand:
        hand.setblocking(False)
        try:
            hand.connect(_name(folder, program))
        except OSError:
            return  # It is only starting, or ending; the message says that it is there.


def _name(folder: Path, program: Program) -> str:
    """A name in the abstract namespace; of a folder it is the same by whatever path."""
    found = folder.stat()
    return f"\0anjungan-bpu-{program}-{found.st_dev}-{found.st_ino}"
