"""The chain over the audit: the link of each entry covers the entry and the link before it.

The links are HMACs: who has the store's key but not the audit's cannot make one. Who has both could
still write the whole chain anew. So its head leaves the machine, on the paper of the day's recap
and elsewhere, and what is kept there is what a forger would have to change as well.
"""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime


def link(before: str, *entry: str) -> str:
    """Return the link of an entry as the program made it before there was a key: 64 digits.

    Papers of that time bear it, and are still compared with it. `before` is the link of the entry
    before it, "" for the first; `entry` its time, event, registration's id, actor and details.
    """
    return hashlib.sha256(_said(before, entry)).hexdigest()


def keyed_link(key: bytes, before: str, *entry: str) -> str:
    """Return the link of an entry: 64 hexadecimal digits, which nobody can make without the key."""
    return hmac.digest(key, _said(before, entry), "sha256").hex()


def _said(before: str, entry: tuple[str, ...]) -> bytes:
    return json.dumps([before, *entry]).encode()


CODE_DIGITS = 20
"""Of 64 hexadecimal digits: 80 bits, too many to forge, few enough to compare by eye."""


def closing_code(head: str) -> str:
    """Return the head of the chain as it stands on paper: "9F3A 12BC 9F3A 12BC 9F3A"."""
    digits = head[:CODE_DIGITS].upper()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def read_code(typed: str) -> str | None:
    """Return the beginning of a link that a code on paper stands for, or None if it is no code."""
    digits = re.sub(r"[\s-]", "", typed).lower()
    return digits if re.fullmatch(rf"[0-9a-f]{{{CODE_DIGITS}}}", digits) else None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head that left the machine: the link of entry `entries`, where it went and when."""

    entries: int
    link: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChainWhole:
    """No entry was changed or taken away; `head` is the link of the last, "" if there is none."""

    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class ChainBroken:
    """An entry was changed, taken away or put in: entry `seq` is the first that does not fit.

    With `upto` all entries fit each other, but not a head kept elsewhere: the audit was written
    anew or cut, and what was changed is among the entries from `seq` to `upto`.
    """

    seq: int
    upto: int = 0


Chain = ChainWhole | ChainBroken
