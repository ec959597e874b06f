"""A passphrase that can be typed on the kiosk's own letters, and the key that follows from it."""

import secrets
from dataclasses import dataclass
from enum import StrEnum

from kiosk.keys.files import KEY_BYTES

SALT_BYTES = 16
MIN_LETTERS = 16
MIN_DIFFERENT = 8
LONGEST = 200
CONSONANTS, VOWELS = "BDGHJKLMNPRSTWY", "AIUEO"
PROPOSED_WORDS = 6


class PassphraseFlaw(StrEnum):
    """Why a passphrase is not taken."""

    TOO_SHORT = "too_short"
    TOO_PLAIN = "too_plain"
    NOT_TYPABLE = "not_typable"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try costs; stored beside the key, so that it can grow with the machines."""

    memory_kib: int = 131_072
    passes: int = 3
    lanes: int = 2


def normal(passphrase: str) -> str:
    """Return what counts of a passphrase: letters and digits, whatever their case and spaces."""
    return "".join(one for one in passphrase.upper() if one.isascii() and one.isalnum())


def flaw_of(passphrase: str) -> PassphraseFlaw | None:
    """Say what is wrong with a new passphrase, or None."""
    if not passphrase.isascii():
        return PassphraseFlaw.NOT_TYPABLE
    letters = normal(passphrase)
    if len(letters) < MIN_LETTERS:
        return PassphraseFlaw.TOO_SHORT
    if len(set(letters)) < MIN_DIFFERENT:
        return PassphraseFlaw.TOO_PLAIN
    return None


def propose() -> str:
    """Return six words that mean nothing and can be spoken: 74 random bits."""
    return " ".join(_word() for _ in range(PROPOSED_WORDS))


def _word() -> str:
    return "".join(secrets.choice(kind) for kind in (CONSONANTS, VOWELS) * 2)


def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Return the 32-byte key of a passphrase by Argon2id.

    Raises ValueError for a cost that makes no sense or that this machine has not the memory for.
    """
    from argon2.exceptions import HashingError  # noqa: PLC0415 (other levels need no argon2)
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415

    try:
        return hash_secret_raw(
            normal(passphrase).encode(),
            salt,
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except HashingError as refused:
        raise ValueError(str(refused)) from None
