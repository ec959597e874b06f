"""A file that is encrypted while it is written, and read back only whole.

Pieces of 1 MiB, each sealed by ChaCha20-Poly1305 with a key made for this file. The nonce counts
the pieces and marks the last one, so that a piece left out, swapped or cut off is noticed.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_MAGIC = b"ANJUNGAN-CENTRE-1\n"
_SALT_BYTES = 16
_TAG_BYTES = 16
_PIECE_BYTES = 1 << 20


class NotOpened(Exception):
    """The file is damaged, cut off, or sealed with another key."""


def new_key(file: Path) -> bytes:
    """Write a new random key into a file that only its owner can read, and return it.

    Raises FileExistsError rather than replace a key: what it sealed would be lost.
    """
    key = secrets.token_bytes(KEY_BYTES)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as written:
        written.write(key.hex() + "\n")
        written.flush()
        os.fsync(written.fileno())
    return key


def read_key(file: Path) -> bytes:
    """Read the key that new_key wrote; raises OSError, or ValueError when it is none."""
    key = bytes.fromhex(file.read_text(encoding="ascii").strip())
    if len(key) != KEY_BYTES:
        raise ValueError("this is not the key of a backup")
    return key


class Written(Protocol):
    """What a writer needs of a file."""

    def write(self, data: bytes, /) -> int: ...
    def flush(self) -> None: ...
    def fileno(self) -> int: ...


class SealedWriter:
    """Seals what is written to it; only `finish` makes the file whole."""

    def __init__(self, file: Written, key: bytes) -> None:
        salt = secrets.token_bytes(_SALT_BYTES)
        file.write(_MAGIC + salt)
        self._file, self._cipher = file, _cipher(key, salt)
        self._held, self._count = bytearray(), 0

    def write(self, plain: bytes) -> None:
        """Add to the file."""
        self._held += plain
        # The last piece must be known as such, so a full one is held until more comes.
        while len(self._held) > _PIECE_BYTES:
            self._seal(bytes(self._held[:_PIECE_BYTES]), is_last=False)
            del self._held[:_PIECE_BYTES]

    def finish(self) -> None:
        """Write the end, and bring all of it onto the disk."""
        self._seal(bytes(self._held), is_last=True)
        self._file.flush()
        os.fsync(self._file.fileno())

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._count, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, plain, None))
        self._count += 1


def opened_pieces(file: BinaryIO, key: bytes) -> Iterator[bytes]:
    """Give what was sealed, piece by piece; raises NotOpened, also at the very end.

    So nothing may be made of the pieces before the last one has come.
    """
    head = file.read(len(_MAGIC) + _SALT_BYTES)
    if len(head) < len(_MAGIC) + _SALT_BYTES or not head.startswith(_MAGIC):
        raise NotOpened("this is no backup of a centre")
    cipher = _cipher(key, head[len(_MAGIC) :])
    count, piece = 0, file.read(_PIECE_BYTES + _TAG_BYTES)
    while piece:
        following = file.read(_PIECE_BYTES + _TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(count, is_last=not following), piece, None)
        except InvalidTag:
            raise NotOpened("damaged, cut off, or sealed with another key") from None
        count, piece = count + 1, following
    if count == 0:
        raise NotOpened("the file is cut off")


def _cipher(key: bytes, salt: bytes) -> ChaCha20Poly1305:
    made = HKDF(SHA256(), KEY_BYTES, salt=salt, info=b"anjungan-bpu backup of the centre")
    return ChaCha20Poly1305(made.derive(key))


def _nonce(count: int, *, is_last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([is_last])
