"""Looks below SQLite: every page of a store opened, and what lies in none of its rows too."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from samples import KEY

from kiosk.storage.engine import STORE_FILE

PAGE, RESERVED, IV, SALT = 4096, 80, 16, 16
LOG_HEAD, FRAME_HEAD = 32, 24


def pages_of(file: Path) -> bytes:
    """Every page of a store or backup that is closed."""
    content = file.read_bytes()
    starts = range(0, len(content), PAGE)
    return b"".join(
        _open_page(content[start : start + PAGE], 0 if start else SALT) for start in starts
    )


def decrypted(folder: Path) -> bytes:
    """Every page of the store's file and log as SQLite sees it, free ones and gaps included."""
    file, log = ((folder / f"{STORE_FILE}{end}").read_bytes() for end in ("", "-wal"))
    pages = [(start == 0, file[start : start + PAGE]) for start in range(0, len(file), PAGE)]
    for start in range(LOG_HEAD, len(log), FRAME_HEAD + PAGE):
        number = int.from_bytes(log[start : start + 4], "big")
        pages.append((number == 1, log[start + FRAME_HEAD : start + FRAME_HEAD + PAGE]))
    return b"".join(_open_page(page, SALT if first else 0) for first, page in pages)


def _open_page(page: bytes, salt: int) -> bytes:
    """SQLCipher 4: AES-256-CBC, the page's own IV and its HMAC at the end."""
    end = PAGE - RESERVED
    opened = Cipher(algorithms.AES(KEY), modes.CBC(page[end : end + IV])).decryptor()
    return opened.update(page[salt:end]) + opened.finalize()
