"""Whose slips are believed: the trusted keys, which of them are revoked, and which numbers void.

The lists are JSON files, see docs/desk.md. A stolen key can sign any text with any date, so a
revocation counts by what it cannot make: numbers that its kiosk had already given.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.domain.failures import KioskFailure
from kiosk.domain.located_json import Record, read_json
from kiosk.domain.registration_number import COUNTER_MAX, counter_of, is_valid_number

_KEY_ID = re.compile(r"[A-Z2-7]{8}")
_KIOSK_NUMBER = re.compile(r"[0-9]{5}")


@dataclass(frozen=True, slots=True)
class Revocation:
    """What a revoked key may still have signed: by kiosk number the last counter accepted."""

    accepted: Mapping[str, int]

    def accepts(self, number: str) -> bool:
        """Tell whether the key had signed this registration number before it was revoked."""
        kiosk_number, counter = counter_of(number)
        return counter <= self.accepted.get(kiosk_number, -1)


@dataclass(frozen=True, slots=True)
class Trust:
    """Public keys (32 bytes) and their revocations by key id, and the numbers that are void.

    `problems` are for the staff, each naming a file: keys and lists that could not be read.
    """

    public_keys: Mapping[str, bytes]
    revoked: Mapping[str, Revocation] = field(default_factory=dict)
    void: frozenset[str] = frozenset()
    problems: tuple[KioskFailure, ...] = ()


def parse_revoked(text: str, file: str) -> Mapping[str, Revocation]:
    """Read revoked.json; raises DataFailure naming the line."""
    revoked: dict[str, Revocation] = {}
    for one in read_json(text, file).records_if_any("revoked"):
        key_id = one.text("key_id")
        if not _KEY_ID.fullmatch(key_id):
            raise one.refuse("key_id is not 8 letters and digits of base32")
        if key_id in revoked:
            raise one.refuse(f"{key_id} is revoked twice")
        revoked[key_id] = Revocation(dict(map(_accepted, one.records_if_any("accepted"))))
    return revoked


def parse_void(text: str, file: str) -> frozenset[str]:
    """Read void.json; raises DataFailure for what is no registration number."""
    root = read_json(text, file)
    numbers = root.texts_if_any("void")
    for place, number in enumerate(numbers, start=1):
        if not is_valid_number(number):
            raise root.refuse(f"entry {place} of void is no registration number")
    return frozenset(numbers)


def _accepted(given: Record) -> tuple[str, int]:
    kiosk_number, counter = given.text("kiosk_number"), given.whole("last_counter")
    if not _KIOSK_NUMBER.fullmatch(kiosk_number) or counter > COUNTER_MAX:
        raise given.refuse("not a kiosk number of 5 digits with a counter of at most 6")
    return kiosk_number, counter
