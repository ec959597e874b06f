"""The chain over the audit: the link of each entry covers the entry and the link before it.

It has no key: who holds the store's key could forge a whole new chain. So its head is printed with
the day's recap, and paper is what a forger would have to change as well.
"""

import hashlib
import json
from dataclasses import dataclass


def link(before: str, *entry: str) -> str:
    """Return the link of an entry: 64 hexadecimal digits.

    `before` is the link of the entry before it, "" for the first; `entry` its time, event,
    registration's id, actor and details.
    """
    return hashlib.sha256(json.dumps([before, *entry]).encode()).hexdigest()


CODE_DIGITS = 20
"""Of 64 hexadecimal digits: 80 bits, too many to forge, few enough to compare by eye."""


def closing_code(head: str) -> str:
    """Return the head of the chain as it stands on paper: "9F3A 12BC 9F3A 12BC 9F3A"."""
    digits = head[:CODE_DIGITS].upper()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


@dataclass(frozen=True, slots=True)
class ChainWhole:
    """No entry was changed or taken away; `head` is the link of the last, "" if there is none."""

    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class ChainBroken:
    """An entry was changed, taken away or put in: entry `seq` is the first that does not fit."""

    seq: int
