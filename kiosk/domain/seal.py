"""What the slip's QR code carries: the facts a forger would change, as one line of signed text.

Only capitals, digits and full stops occur, so that a keyboard-wedge scanner types it unharmed.
"""

import hashlib
import re
import unicodedata
from base64 import b32decode, b32encode
from dataclasses import dataclass
from datetime import date

from kiosk.domain.tariff import Package

PREFIX = "BPU1."
_PACKAGE_CODES = {Package.JKK_JKM: "2", Package.JKK_JKM_JHT: "3"}
_PACKAGES = {code: package for package, code in _PACKAGE_CODES.items()}
_SEALED = re.compile(
    r"(?P<signed>BPU1"
    r"\.(?P<number>[0-9]{12})"
    r"\.(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"\.(?P<kiosk_number>[0-9]{5})"
    r"\.(?P<copy>[0-9]{1,3})"
    r"\.(?P<package>[23])"
    r"\.(?P<months>[0-9]{1,2})"
    r"\.(?P<total>[0-9]{1,9})"
    r"\.(?P<salt>[A-Z2-7]{8})"
    r"\.(?P<name_digest>[A-Z2-7]{16})"
    r"\.(?P<key_id>[A-Z2-7]{8}))"
    r"\.(?P<signature>[A-Z2-7]{103})"
)


@dataclass(frozen=True, slots=True)
class Seal:
    """The facts of one slip. `total` in whole rupiah as printed, for the month it was printed in;
    `salt` 8, `name_digest` 16 and `key_id` 8 base32 characters; `copy` 0 is the original."""

    number: str
    registered_on: date
    kiosk_number: str
    copy: int
    package: Package
    months: int
    total: int
    salt: str
    name_digest: str
    key_id: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A scanned text that has the form of a seal; nothing is proved about it yet."""

    seal: Seal
    signed: str
    signature: bytes


def seal_text(seal: Seal) -> str:
    """Return the part of the QR's text that is signed (ASCII)."""
    facts = (
        seal.number,
        f"{seal.registered_on:%Y%m%d}",
        seal.kiosk_number,
        str(seal.copy),
        _PACKAGE_CODES[seal.package],
        str(seal.months),
        str(seal.total),
        seal.salt,
        seal.name_digest,
        seal.key_id,
    )
    return PREFIX + ".".join(facts)


def join(signed: str, signature: bytes) -> str:
    """Return the QR's whole text: the signed part and its 64-byte Ed25519 signature."""
    return f"{signed}.{base32(signature)}"


def read_sealed(text: str) -> Sealed | None:
    """Take a scanned text apart; None when it does not have the form of a seal.

    A scanner typing while Caps Lock is on delivers small letters throughout: they are read too.
    """
    found = _SEALED.fullmatch(text.upper() if text.islower() else text)
    if found is None:
        return None
    signature = b32decode(found["signature"] + "=")
    # 103 characters hold 515 bits: without this, several last characters mean the same signature.
    if base32(signature) != found["signature"]:
        return None
    try:
        registered_on = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    seal = Seal(
        found["number"],
        registered_on,
        found["kiosk_number"],
        int(found["copy"]),
        _PACKAGES[found["package"]],
        int(found["months"]),
        int(found["total"]),
        found["salt"],
        found["name_digest"],
        found["key_id"],
    )
    return Sealed(seal, found["signed"], signature)


def name_digest(name: str, salt: str) -> str:
    """Return 16 base32 characters for a printed name; capitals and spacing do not count.

    scrypt makes it slow to try a list of names against the text of a code that was left somewhere.
    """
    plain = " ".join(unicodedata.normalize("NFC", name).upper().split())
    digest = hashlib.scrypt(plain.encode(), salt=salt.encode(), n=2**12, r=8, p=1, dklen=10)
    return base32(digest)


def base32(data: bytes) -> str:
    """Return RFC 4648 base32 without its padding."""
    return b32encode(data).decode("ascii").rstrip("=")
