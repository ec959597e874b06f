"""The file of the kiosk's keys: bare, sealed by the machine, or locked by a passphrase.

`kiosk.keys` is JSON. `keys` holds the ring, in base64: bare, or AES-256-GCM (nonce, then text and
tag) under the key of its guard, with format, guard and public keys as associated data. `checksum`
tells a damaged file from a wrong passphrase.
"""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, assert_never

from kiosk.keys.files import KEY_BYTES, KeyFailure
from kiosk.keys.passphrase import Cost
from kiosk.keys.slips import KioskKeys, public_key_of

FORMAT = "anjungan-keys-1"
NONCE_BYTES = 12


class PassphraseMissing(KeyFailure):
    """The keys are locked by a passphrase that nobody was asked for yet, or that was wrong."""


@dataclass(frozen=True, slots=True)
class Bare:
    """Nothing guards the keys but the file's mode."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """The machine guards them: `credential` is what systemd-creds made of the wrapping key."""

    credential: str


@dataclass(frozen=True, slots=True)
class Locked:
    """A passphrase guards them."""

    salt: bytes
    cost: Cost


Guard = Bare | Sealed | Locked


@dataclass(frozen=True, slots=True)
class Ring:
    """Every key of this kiosk.

    `next_store_key`: the store is being written anew under it; which of the two fits, the store
    tells. `retired_store_keys`, newest first, still open old backups and journal segments.
    `audit_key` is None until the signing key that it followed from was changed.
    """

    store_key: bytes
    signing_seed: bytes
    next_store_key: bytes | None = None
    retired_store_keys: tuple[bytes, ...] = ()
    retired_public_keys: tuple[bytes, ...] = ()
    audit_key: bytes | None = None

    @property
    def keys(self) -> KioskKeys:
        """What the rest of the kiosk works with."""
        return KioskKeys(
            self.store_key,
            self.signing_seed,
            self.retired_store_keys,
            self.retired_public_keys,
            self.audit_key,
        )


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What lies in the keys' folder, not opened. `public_keys`: left out where nothing guards."""

    guard: Guard
    public_keys: tuple[bytes, ...]
    wrapped: bytes


def parse_key_file(path: Path, content: bytes) -> KeyFile:
    try:
        found = json.loads(content)
        checksum = found.pop("checksum")
        if found["format"] != FORMAT or checksum != _checksum(found):
            raise ValueError(path.name)
        return KeyFile(
            _guard_of(found["guard"]),
            tuple(map(bytes.fromhex, found["public_keys"])),
            b64decode(found["keys"], validate=True),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        raise KeyFailure("K 12", f"{path} does not hold the keys") from None


def dump_key_file(guard: Guard, wrapping_key: bytes | None, ring: Ring) -> bytes:
    public_keys = () if isinstance(guard, Bare) else public_keys_in(ring)
    plain = KeyFile(guard, public_keys, plain_ring(ring))
    content = {
        **json.loads(_header(plain)),
        "keys": b64encode(_wrap(plain, wrapping_key)).decode("ascii"),
    }
    content["checksum"] = _checksum(content)
    return json.dumps(content, indent=1).encode("ascii") + b"\n"


def _header(file: KeyFile) -> bytes:
    header = {
        "format": FORMAT,
        "guard": _guard_values(file.guard),
        "public_keys": [one.hex() for one in file.public_keys],
    }
    return json.dumps(header, sort_keys=True).encode("ascii")


def _checksum(content: Mapping[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode("ascii")).hexdigest()[:16]


def _guard_values(guard: Guard) -> dict[str, object]:
    match guard:
        case Bare():
            return {"kind": "bare"}
        case Sealed(credential):
            return {"kind": "sealed", "credential": credential}
        case Locked(salt, cost):
            return {"kind": "locked", "salt": salt.hex(), **asdict(cost)}
        case _:
            assert_never(guard)


def _guard_of(values: dict[str, Any]) -> Guard:
    match values:
        case {"kind": "bare"}:
            return Bare()
        case {"kind": "sealed", "credential": str(credential)}:
            return Sealed(credential)
        case {"kind": "locked", "salt": str(salt), **cost}:
            cost.pop("kind", None)
            return Locked(bytes.fromhex(salt), Cost(**cost))
        case _:
            raise ValueError("unknown guard")


def plain_ring(ring: Ring) -> bytes:
    following = ring.next_store_key
    return json.dumps(
        {
            "store": ring.store_key.hex(),
            "signing": ring.signing_seed.hex(),
            "next_store": following.hex() if following else None,
            "retired_store": [one.hex() for one in ring.retired_store_keys],
            "retired_public": [one.hex() for one in ring.retired_public_keys],
            "audit": ring.audit_key.hex() if ring.audit_key else None,
        }
    ).encode("ascii")


def _ring_of(plain: bytes) -> Ring:
    try:
        values = json.loads(plain)
        following, audit = values["next_store"], values["audit"]
        return Ring(
            key_of_hex(values["store"]),
            key_of_hex(values["signing"]),
            None if following is None else key_of_hex(following),
            tuple(map(key_of_hex, values["retired_store"])),
            tuple(map(key_of_hex, values["retired_public"])),
            None if audit is None else key_of_hex(audit),
        )
    except (TypeError, KeyError, AttributeError):
        raise ValueError("no ring") from None


def key_of_hex(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) != KEY_BYTES:
        raise ValueError("no key")
    return key


def public_keys_in(ring: Ring) -> tuple[bytes, ...]:
    return (public_key_of(ring.signing_seed), *ring.retired_public_keys)


def unwrap(file: KeyFile, wrapping_key: bytes | None) -> Ring:
    """Return the ring; raises ValueError for one that makes no sense."""
    if wrapping_key is None:
        return _ring_of(file.wrapped)
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 (bare keys need it not)
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    nonce, text = file.wrapped[:NONCE_BYTES], file.wrapped[NONCE_BYTES:]
    try:
        return _ring_of(AESGCM(wrapping_key).decrypt(nonce, text, _header(file)))
    except InvalidTag:
        if isinstance(file.guard, Locked):
            raise PassphraseMissing("K 16", "the passphrase is wrong") from None
        raise KeyFailure("K 15", "the key that was unsealed does not fit") from None


def _wrap(file: KeyFile, wrapping_key: bytes | None) -> bytes:
    if wrapping_key is None:
        return file.wrapped
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(wrapping_key).encrypt(nonce, file.wrapped, _header(file))
