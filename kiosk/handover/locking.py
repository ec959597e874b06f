"""Locks a workbook with a password the way Excel does, and opens one that Excel locked.

Both happen in memory: nothing that is not encrypted reaches a disk from here.
"""

import io
import logging
import secrets
import struct
from typing import IO, Any
from xml.parsers.expat import ExpatError

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without what looks alike on paper: 0 and O, 1, I and L."""
GROUPS, GROUP = 4, 4
_PARTS = ("EncryptionInfo", "EncryptedPackage")
# What the library raises for a container that is not what it says, besides its own exceptions.
_BROKEN = (
    struct.error,
    ExpatError,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
)


class OtherLock(Exception):
    """No workbook that a password opens: an .xls of before 2007, or locked by something else."""


class WrongPassword(Exception):
    """The workbook is locked with another password."""


class BrokenLock(Exception):
    """The workbook is damaged, or was changed after it was locked."""


def make_password() -> str:
    """Return a new password of 79 random bits, like "K7QM-4TRW-9HXC-2FVD"."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def lock(workbook: IO[bytes], password: str) -> bytes:
    """Return the workbook locked with a password: AES in "agile encryption" [MS-OFFCRYPTO].

    It has been opened again: a file that nobody can open, or that only looks locked, never
    leaves this function.
    """
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415 (residents never need it)

    locked = io.BytesIO()
    OOXMLFile(workbook).encrypt(password, locked)
    workbook.seek(0)
    if unlock(locked, password).read() != workbook.read():
        raise BrokenLock
    return locked.getvalue()


def unlock(file: IO[bytes], password: str) -> IO[bytes]:
    """Return the workbook inside a locked one. Raises OtherLock, WrongPassword, BrokenLock.

    Without a password nothing is opened, and every lock that one would open raises
    WrongPassword. It takes four times the size of the file in memory.
    """
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError  # noqa: PLC0415

    try:
        book = _open(file)
        if not password:
            raise WrongPassword
        try:
            book.load_key(password=password, verify_password=True)
        except InvalidKeyError:
            raise WrongPassword from None
        workbook = io.BytesIO()
        book.decrypt(workbook, verify_integrity=True)
    except (DecryptionError, *_BROKEN):
        raise BrokenLock from None
    workbook.seek(0)
    return workbook


def _open(file: IO[bytes]) -> Any:
    import olefile  # noqa: PLC0415
    from msoffcrypto.exceptions import DecryptionError, FileFormatError  # noqa: PLC0415
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415

    # At the level "debug" it would tell keys.
    logging.getLogger("msoffcrypto").setLevel(logging.WARNING)
    file.seek(0)
    with olefile.OleFileIO(file) as container:
        if not all(container.exists(part) for part in _PARTS):
            raise OtherLock
    try:
        return OOXMLFile(file)
    except (DecryptionError, FileFormatError):
        raise OtherLock from None
