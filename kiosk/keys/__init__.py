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
    Altered,
    Genuine,
    KioskKeys,
    NotASlip,
    Practice,
    UnknownKey,
    Verdict,
    check_own_slip,
    check_slip,
    derived_key,
    key_id_of,
    save_public_key,
    trusted_keys,
)

__all__ = [
    "Altered",
    "Genuine",
    "KeyFailure",
    "KioskKeys",
    "NotASlip",
    "PassphraseMissing",
    "Practice",
    "UnknownKey",
    "Unlocked",
    "Verdict",
    "asks_passphrase",
    "check_own_slip",
    "check_slip",
    "derived_key",
    "key_id_of",
    "open_keys",
    "open_ring",
    "public_keys_of",
    "save_public_key",
    "trusted_keys",
]
