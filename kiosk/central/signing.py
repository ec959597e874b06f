"""The key with which an admin signs configurations: on the console's machine, under a passphrase.

The centre never has it: who rules the centre's server cannot make kiosks take anything. Beside it
lie the public keys of other admins, as each told theirs: what they signed is built upon.
"""

import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_bytes

from kiosk.domain.configuration import SIGNED_AS
from kiosk.keys.files import KEY_BYTES, reported
from kiosk.keys.key_file import Ring
from kiosk.keys.passphrase import Cost, PassphraseFlaw, flaw_of
from kiosk.keys.ring import Unlocked, locked_by, open_ring, public_keys_of
from kiosk.keys.slips import KioskKeys, read_public_key, save_public_key


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An admin's key, opened; `others` are public keys (base64) of admins that they know."""

    public_key: bytes
    _keys: KioskKeys = field(repr=False)
    others: tuple[str, ...] = ()

    @property
    def public(self) -> str:
        """The public key in base64, as documents and tokens name it."""
        return _text(self.public_key)

    @property
    def anchors(self) -> tuple[str, ...]:
        """Whose signature this admin believes without being told by a configuration."""
        return (self.public, *self.others)

    def sign(self, document: bytes) -> str:
        """Return the signature of a configuration's bytes, in base64."""
        return _text(self._keys.sign(SIGNED_AS + document))


def signing_folder() -> Path:
    """Return where the key of this machine's admin lies."""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return home / "anjungan-bpu" / "signing"


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
    return SigningKey(keys.public_key, keys, _others(folder))


def know_admin(folder: Path, public: str) -> bool:
    """Keep another admin's public key (base64), which they told in person; False for no key."""
    try:
        key = b64decode(public, validate=True)
    except ValueError:
        return False
    if len(key) != KEY_BYTES:
        return False
    save_public_key(key, folder)
    return True


def anchors_of(folder: Path) -> tuple[str, ...]:
    """Return SigningKey.anchors without opening the key; none without one. Raises KeyFailure."""
    own = tuple(map(_text, public_keys_of(folder).values()))
    return (*own, *_others(folder)) if own else ()


def _others(folder: Path) -> tuple[str, ...]:
    return tuple(_text(read_public_key(file)) for file in sorted(folder.glob("*.pub")))


def _text(content: bytes) -> str:
    return b64encode(content).decode("ascii")
