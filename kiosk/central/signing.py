"""The key with which an admin signs configurations: on the console's machine, under a passphrase.

The centre never has it: who rules the centre's server cannot make kiosks take anything.
"""

from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_bytes

from kiosk.domain.configuration import SIGNED_AS
from kiosk.keys.files import KEY_BYTES, reported
from kiosk.keys.key_file import Ring
from kiosk.keys.passphrase import Cost, PassphraseFlaw, flaw_of
from kiosk.keys.ring import Unlocked, locked_by, open_ring, public_keys_of
from kiosk.keys.slips import KioskKeys


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An admin's key, opened."""

    public_key: bytes
    _keys: KioskKeys = field(repr=False)

    @property
    def public(self) -> str:
        """The public key in base64, as documents and tokens name it."""
        return b64encode(self.public_key).decode("ascii")

    def sign(self, document: bytes) -> str:
        """Return the signature of a configuration's bytes, in base64."""
        return b64encode(self._keys.sign(SIGNED_AS + document)).decode("ascii")


def has_signing_key(folder: Path) -> bool:
    """Tell whether this machine holds a key to sign with; raises KeyFailure."""
    return bool(public_keys_of(folder))


def make_signing_key(
    folder: Path, passphrase: str, cost: Cost | None = None
) -> SigningKey | PassphraseFlaw:
    """Make the key in a folder that has none, and never write it bare.

    Raises KeyFailure; what exists is not replaced.
    """
    flaw = flaw_of(passphrase)
    if flaw is not None:
        return flaw
    with reported(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not has_signing_key(folder):
        ring = Ring(token_bytes(KEY_BYTES), token_bytes(KEY_BYTES))
        Unlocked(folder, *locked_by(passphrase, cost), ring).save(ring)
    return open_signing_key(folder, passphrase)


def open_signing_key(folder: Path, passphrase: str) -> SigningKey:
    """Open the key; raises KeyFailure, and PassphraseMissing "K 16" for a wrong passphrase."""
    keys = open_ring(folder, may_create=False, passphrase=passphrase).ring.keys
    return SigningKey(keys.public_key, keys)
