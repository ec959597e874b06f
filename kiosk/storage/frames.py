"""Records of the journal as they lie in a file: sealed, numbered, and found again after damage."""

import os
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

from kiosk.storage.changes import Point

_MAGIC = b"ABPJ"
_HEAD = struct.Struct(">4sBIQQq12s")
_CHECK = struct.Struct(">I")
_SEARCHED_AT_ONCE = 1 << 20


class Kind(IntEnum):
    """What a record holds."""

    LAYOUT = 1
    """How rows are written; the first of each file."""
    BASE = 2
    BASE_END = 3
    PART = 4
    """Changes that belong together with the next record."""
    CHANGES = 5


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole record as it lies in its file, still sealed."""

    kind: Kind
    number: int
    point: Point
    head: bytes
    sealed: bytes
    end: int
    """Where in the file it ends."""


class Gap:
    """Something is missing or does not open here."""


class Cipher:
    """Seals and opens records. `cryptography` is loaded when the first is sealed."""

    def __init__(self, store_key: bytes) -> None:
        self._store_key = store_key

    @cached_property
    def _cipher(self) -> Any:
        from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415
            ChaCha20Poly1305,
        )
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

        made = HKDF(SHA256(), 32, salt=None, info=b"anjungan-bpu journal 1")
        return ChaCha20Poly1305(made.derive(self._store_key))

    def frame(self, generation: int, kind: Kind, number: int, point: Point, plain: bytes) -> bytes:
        """Return a whole record."""
        nonce = secrets.token_bytes(12)
        head = _HEAD.pack(_MAGIC, kind, len(plain) + 16, number, point.seq, point.mark, nonce)
        sealed: bytes = self._cipher.encrypt(nonce, plain, head + _generation(generation))
        return head + sealed + _CHECK.pack(crc32(sealed, crc32(head)))

    def open(self, generation: int, frame: Frame) -> bytes | None:
        """Return what was sealed, or None when it does not open."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415

        try:
            plain: bytes = self._cipher.decrypt(
                frame.head[-12:], frame.sealed, frame.head + _generation(generation)
            )
        except InvalidTag:
            return None
        return plain


def _generation(number: int) -> bytes:
    return number.to_bytes(8, "big")


def frames_of(path: Path) -> Iterator[Frame | Gap]:
    """Give every whole record of a file; one that is damaged is stepped over."""
    with path.open("rb") as file:
        size, at = os.fstat(file.fileno()).st_size, 0
        while at < size:
            frame = _frame_at(file, at, size)
            if frame is None:
                yield Gap()
                at = _next_magic(file, at + 1, size)
            else:
                yield frame
                at = frame.end


def _frame_at(file: BinaryIO, at: int, size: int) -> Frame | None:
    if size - at < _HEAD.size + _CHECK.size:
        return None
    file.seek(at)
    head = file.read(_HEAD.size)
    magic, kind, length, number, seq, mark, _ = _HEAD.unpack(head)
    end = at + _HEAD.size + length + _CHECK.size
    if magic != _MAGIC or end > size or kind not in set(Kind):
        return None
    sealed = file.read(length)
    (check,) = _CHECK.unpack(file.read(_CHECK.size))
    if crc32(sealed, crc32(head)) != check:
        return None
    return Frame(Kind(kind), number, Point(seq, mark), head, sealed, end)


def _next_magic(file: BinaryIO, at: int, size: int) -> int:
    """Where the next record may begin; the end of the file if none does."""
    while at < size:
        file.seek(at)
        some = file.read(_SEARCHED_AT_ONCE)
        found = some.find(_MAGIC)
        if found >= 0:
            return at + found
        if at + len(some) >= size:
            break
        at += len(some) - len(_MAGIC) + 1
    return size
