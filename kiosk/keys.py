"""The kiosk's own keys: the store's raw key and the Ed25519 key that signs slips; signatures.

They lie in a folder of their own (0700), never in the store's folder. A key file that is broken or
readable by others is refused and never replaced: it may still be mended by hand.
"""

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from kiosk.domain.failures import KioskFailure
from kiosk.domain.seal import base32

KEY_BYTES = 32


class KeyFailure(KioskFailure):
    """A key, its folder or a list of keys is missing, broken or open to others.

    The message names the file.
    """


class KioskKeys:
    """Both keys of this kiosk. `cryptography` is loaded only when a slip is signed."""

    def __init__(self, store_key: bytes, signing_seed: bytes) -> None:
        self.store_key = store_key
        self._signing_seed = signing_seed

    @cached_property
    def public_key(self) -> bytes:
        """The 32 bytes with which others check this kiosk's slips."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PrivateKey,
        )

        private_key = Ed25519PrivateKey.from_private_bytes(self._signing_seed)
        return private_key.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """The 8 base32 characters by which a slip names the key that signed it."""
        return key_id_of(self.public_key)

    def sign(self, data: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of `data`."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PrivateKey,
        )

        return Ed25519PrivateKey.from_private_bytes(self._signing_seed).sign(data)


def key_id_of(public_key: bytes) -> str:
    """Return the 8 base32 characters that name a public key."""
    return base32(sha256(public_key).digest()[:5])


def open_keys(folder: Path, *, may_create: bool = True) -> KioskKeys:
    """Read both keys from `folder`, making those that do not exist yet.

    With `may_create` False (a store already exists, so its key must too) a missing key is a
    KeyFailure like a broken one.
    """
    with _reported(folder):
        if may_create:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_if_open_to_others(folder, folder.stat())
        store_key, signing_seed = (
            _read_or_create(folder / name, may_create) for name in ("store.key", "signing.key")
        )
    return KioskKeys(store_key, signing_seed)


def save_public_key(keys: KioskKeys, folder: Path) -> Path:
    """Write `<key id>.pub` into `folder`, for the offices that shall trust this kiosk's slips."""
    target = folder / f"{keys.key_id}.pub"
    with _reported(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _create(target, keys.public_key)
    return target


def read_public_key(file: Path) -> bytes:
    """Return the 32 bytes of a `*.pub` file; raises KeyFailure naming it."""
    with _reported(file):
        return _parse(file, file.read_bytes())


def signature_holds(public_key: bytes, signature: bytes, data: bytes) -> bool:
    """Tell whether the owner of the public key (32 bytes) signed `data`."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PublicKey,
    )

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, data)
    except InvalidSignature:
        return False
    return True


@contextmanager
def _reported(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise KeyFailure("K 11", f"{error.filename or folder}: {error.strerror}") from None


def _refuse_if_open_to_others(path: Path, status: os.stat_result) -> None:
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFailure("K 13", f"{path} is open to other users")


def _read_or_create(path: Path, may_create: bool) -> bytes:
    if may_create and not os.path.lexists(path):
        _create(path, secrets.token_bytes(KEY_BYTES))
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        _refuse_if_open_to_others(path, os.fstat(descriptor))
        return _parse(path, file.read(2 * KEY_BYTES + 2))


def _parse(path: Path, content: bytes) -> bytes:
    try:
        key = bytes.fromhex(content.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyFailure("K 12", f"{path} does not hold a key")
    return key


def _create(path: Path, key: bytes) -> None:
    """Write a key so that a power cut leaves the whole file or none; an existing file stays."""
    half_made = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(half_made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.hex().encode("ascii") + b"\n")
            file.flush()
            os.fsync(descriptor)
        # Unlike a rename, a link fails if another process was faster; its key is then read.
        try:
            os.link(half_made, path)
        except FileExistsError:
            return
    finally:
        half_made.unlink()
    _sync_folder(path.parent)
    _sync_folder(path.parent.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
