"""What the kiosk does with its keys: signing slips, checking signatures, a key per purpose."""

import hmac
from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from kiosk.domain.seal import base32
from kiosk.keys.files import KEY_BYTES, KeyFailure, create_private, reported


class KioskKeys:
    """The keys of this kiosk. `cryptography` is loaded only when a slip is signed.

    `retired_store_keys`, newest first, open what was written before the store's key was changed;
    by `retired_public_keys` slips of before are still genuine.
    """

    def __init__(
        self,
        store_key: bytes,
        signing_seed: bytes,
        retired_store_keys: tuple[bytes, ...] = (),
        retired_public_keys: tuple[bytes, ...] = (),
        audit_key: bytes | None = None,
    ) -> None:
        self.store_key = store_key
        self.retired_store_keys = retired_store_keys
        self.retired_public_keys = retired_public_keys
        self._signing_seed = signing_seed
        self._audit_key = audit_key

    @cached_property
    def public_key(self) -> bytes:
        """The 32 bytes with which others check this kiosk's slips."""
        return public_key_of(self._signing_seed)

    @property
    def audit_key(self) -> bytes:
        """Chains the audit. Not the store's: who has that alone cannot forge the chain, and neither
        a new key for the store nor one to sign with breaks it."""
        return self._audit_key or audit_key_of(self._signing_seed)

    @property
    def public_keys(self) -> Mapping[str, bytes]:
        """This kiosk's public keys by id, the present one first."""
        keys = (self.public_key, *self.retired_public_keys)
        return {key_id_of(public_key): public_key for public_key in keys}

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

    def ever_derived(self, purpose: str) -> tuple[bytes, ...]:
        """Return the key of a purpose, and behind it those of retired store keys, newest first."""
        store_keys = (self.store_key, *self.retired_store_keys)
        return tuple(derived_key(store_key, purpose) for store_key in store_keys)


def derived_key(store_key: bytes, purpose: str) -> bytes:
    """Return the key of one purpose: HKDF-SHA256 of RFC 5869, one block, without salt.

    A derived key tells nothing about another one, nor about the store's key.
    """
    extracted = hmac.digest(bytes(KEY_BYTES), store_key, "sha256")
    return hmac.digest(extracted, f"anjungan-bpu {purpose}".encode() + b"\x01", "sha256")


def audit_key_of(signing_seed: bytes) -> bytes:
    """Return the key that chains the audit from the first on; kept when the signing key changes."""
    return derived_key(signing_seed, "audit")


def public_key_of(signing_seed: bytes) -> bytes:
    """Return the 32 bytes that check what this seed signs."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PrivateKey,
    )

    private_key = Ed25519PrivateKey.from_private_bytes(signing_seed)
    return private_key.public_key().public_bytes_raw()


def key_id_of(public_key: bytes) -> str:
    """Return the 8 base32 characters that name a public key."""
    return base32(sha256(public_key).digest()[:5])


def save_public_key(public_key: bytes, folder: Path) -> Path:
    """Write `<key id>.pub` into `folder`, for the offices that shall trust this kiosk's slips."""
    target = folder / f"{key_id_of(public_key)}.pub"
    with reported(folder):
        folder.mkdir(parents=True, exist_ok=True)
        create_private(target, public_key.hex().encode("ascii") + b"\n")
    return target


def read_public_key(file: Path) -> bytes:
    """Return the 32 bytes of a `*.pub` file; raises KeyFailure naming it."""
    with reported(file):
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


def _parse(path: Path, content: bytes) -> bytes:
    try:
        key = bytes.fromhex(content.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyFailure("K 12", f"{path} does not hold a key")
    return key
