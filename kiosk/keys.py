"""The kiosk's own keys: the store's raw key and the Ed25519 key that signs slips.

They lie in a folder of their own (0700), never in the store's folder. A key file that is broken or
readable by others is refused and never replaced: it may still be mended by hand.
"""

import hmac
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from kiosk.domain.failures import KioskFailure
from kiosk.domain.registration_number import is_practice_number
from kiosk.domain.seal import PREFIX, Seal, base32, read_sealed

KEY_BYTES = 32


class KeyFailure(KioskFailure):
    """A key or its folder is missing, broken or open to others; the message names the file."""


@dataclass(frozen=True, slots=True)
class Genuine:
    """Signed by the key that the text names, and that key is trusted."""

    seal: Seal


@dataclass(frozen=True, slots=True)
class Altered:
    """Calls itself a slip's code, but a trusted key did not sign this text."""


@dataclass(frozen=True, slots=True)
class UnknownKey:
    """Well formed, but names a key that is not among the trusted ones."""

    key_id: str


@dataclass(frozen=True, slots=True)
class Practice:
    """Made to practise with, whoever signed it: nobody is registered by it."""


@dataclass(frozen=True, slots=True)
class NotASlip:
    """Some other text."""


Verdict = Genuine | Altered | UnknownKey | Practice | NotASlip


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
    def audit_key(self) -> bytes:
        """Chains the audit. It follows from the signing key, so that who has the store's key alone
        cannot forge the chain, and a new key for the store leaves the chain as it is."""
        return derived_key(self._signing_seed, "audit")

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

    def derived(self, purpose: str) -> bytes:
        """Return 32 bytes that follow from the store's key and a purpose such as "audit"."""
        return derived_key(self.store_key, purpose)


def derived_key(store_key: bytes, purpose: str) -> bytes:
    """Return the key of one purpose: HKDF-SHA256 of RFC 5869, one block, without salt.

    A derived key tells nothing about another one, nor about the store's key.
    """
    extracted = hmac.digest(bytes(KEY_BYTES), store_key, "sha256")
    return hmac.digest(extracted, f"anjungan-bpu {purpose}".encode() + b"\x01", "sha256")


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


def trusted_keys(keys: KioskKeys | None, folder: Path | None) -> Mapping[str, bytes]:
    """Return public keys by key id: the kiosk's own and the `*.pub` files of `folder`."""
    public_keys = [] if keys is None else [keys.public_key]
    if folder is not None:
        with _reported(folder):
            public_keys += [
                _parse(path, path.read_bytes()) for path in sorted(folder.glob("*.pub"))
            ]
    return {key_id_of(public_key): public_key for public_key in public_keys}


def check_slip(text: str, trusted: Mapping[str, bytes]) -> Verdict:
    """Judge the text of a slip's QR code against the trusted public keys, by key id."""
    sealed = read_sealed(text)
    if sealed is None:
        return Altered() if text.upper().startswith(PREFIX) else NotASlip()
    if is_practice_number(sealed.seal.number) or is_practice_number(sealed.seal.kiosk_number):
        return Practice()
    public_key = trusted.get(sealed.seal.key_id)
    if public_key is None:
        return UnknownKey(sealed.seal.key_id)
    if not _signature_holds(public_key, sealed.signature, sealed.signed.encode("ascii")):
        return Altered()
    return Genuine(sealed.seal)


def check_own_slip(keys: KioskKeys, text: str) -> Verdict:
    """Judge the text of a slip's QR code by this kiosk's own key."""
    return check_slip(text, trusted_keys(keys, None))


def _signature_holds(public_key: bytes, signature: bytes, data: bytes) -> bool:
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
