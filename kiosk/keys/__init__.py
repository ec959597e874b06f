"""The kiosk's own keys: where they lie, what guards them, and what they prove of a slip."""

from kiosk.keys.files import KeyFailure
from kiosk.keys.key_file import PassphraseMissing
from kiosk.keys.ring import (
    Unlocked,
    asks_passphrase,
    open_keys,
    open_ring,
    public_keys_of,
)
from kiosk.keys.slips import (
    KioskKeys,
    derived_key,
    key_id_of,
    read_public_key,
    save_public_key,
    signature_holds,
)

__all__ = [
    "KeyFailure",
    "KioskKeys",
    "PassphraseMissing",
    "Unlocked",
    "asks_passphrase",
    "derived_key",
    "key_id_of",
    "open_keys",
    "open_ring",
    "public_keys_of",
    "read_public_key",
    "save_public_key",
    "signature_holds",
]
