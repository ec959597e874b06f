"""What the kiosk does with its keys: signing and judging slips, and deriving a key per purpose."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from kiosk.domain.registration_number import is_practice_number
from kiosk.domain.seal import PREFIX, Seal, base32, read_sealed
from kiosk.keys.files import KEY_BYTES, KeyFailure, create_private, reported


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


def trusted_keys(keys: KioskKeys | None, folder: Path | None) -> Mapping[str, bytes]:
    """Return public keys by key id: the kiosk's own ones and the `*.pub` files of `folder`."""
    public_keys = [] if keys is None else [keys.public_key, *keys.retired_public_keys]
    if folder is not None:
        with reported(folder):
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
    """Judge the text of a slip's QR code by this kiosk's own keys, past ones too."""
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


def _parse(path: Path, content: bytes) -> bytes:
    try:
        key = bytes.fromhex(content.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyFailure("K 12", f"{path} does not hold a key")
    return key
