"""The token by which a kiosk or a person reaches the centre for the first time.

Text in groups of five, as it goes through a message, a QR code or fingers: case, spaces, line ends
and hyphens do not count, and neither does 0 for O, 1 for I or 8 for B. Within: JSON, deflated, in
base32 behind a checksum. The first group names the version.
"""

import hashlib
import json
import re
import ssl
import zlib
from base64 import b32decode, b32encode, b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from kiosk.central.address import CentreAddress, Login
from kiosk.central.failures import CentreFailure

VERSION = 1
GROUP = 5
GROUPS_A_LINE = 8
LONGEST = 8_000
"""In characters as given; more is no token, and is not unpacked."""
_UNPACKED_MAX = 16_384
_CHECKSUM_BYTES = 5
KEY_BYTES = 32
_HEAD = re.compile(r"ABPU([1-9])")
_LOOKALIKE = str.maketrans("018", "OIB")
_ROLE = re.compile(r"(kiosk_[0-9]{5}|staff_[0-9a-f]{8})")


class TokenFlaw(StrEnum):
    """Why a token is refused."""

    NOT_A_TOKEN = "not_a_token"  # noqa: S105 (it names a flaw)
    DAMAGED = "damaged"
    NEWER = "newer"
    """A newer version of the program made it."""
    EXPIRED = "expired"
    USED = "used"
    """It was used already, or withdrawn."""
    OTHER_KIND = "other_kind"
    """It is for a person and not for a kiosk, or the other way round."""


@dataclass(frozen=True, slots=True)
class Token:
    """Where the centre is, and the login with the password that opens it once.

    `expires_at` is UTC, in whole seconds. `office` ("36.04.09") and `name` say whose kiosk it is
    for, so that whoever takes it in can see a mistake before it counts; empty where not said.
    `keys` are the public keys (base64) of the admins who sign configurations, none for a person.
    """

    address: CentreAddress
    login: Login
    expires_at: datetime
    office: str = ""
    name: str = ""
    keys: tuple[str, ...] = ()

    @property
    def is_for_kiosk(self) -> bool:
        """Tell whether a kiosk joins with it; else a person makes a login their own."""
        return self.login.role.startswith("kiosk_")


def write_token(token: Token) -> str:
    """Return the text of a token, in one line; raises ValueError for a broken certificate."""
    address = token.address
    values = {
        "h": list(address.hosts),
        "o": list(address.ports),
        "d": address.database,
        "c": [b64encode(one).decode("ascii") for one in _certificates_of(address.ca)],
        "r": token.login.role,
        "p": token.login.secret,
        "e": int(token.expires_at.timestamp()),
        **({"k": list(token.keys)} if token.keys else {}),
    }
    said = {"f": token.office, "n": token.name}
    values |= {key: text for key, text in said.items() if text}
    packed = zlib.compress(json.dumps(values, separators=(",", ":")).encode("ascii"), 9)
    letters = b32encode(_checksum(packed) + packed).decode("ascii").rstrip("=")
    groups = [letters[at : at + GROUP] for at in range(0, len(letters), GROUP)]
    return "-".join((f"ABPU{VERSION}", *groups))


def in_lines(text: str) -> str:
    """Return a token's text broken into lines of whole groups."""
    groups = text.split("-")
    starts = range(0, len(groups), GROUPS_A_LINE)
    return "\n".join("-".join(groups[at : at + GROUPS_A_LINE]) for at in starts)


def read_token(text: str) -> Token | TokenFlaw:
    """Return the token of a text, or NOT_A_TOKEN, NEWER or DAMAGED.

    Whether its time is over the centre tells: this machine's clock may be wrong.
    """
    letters = re.sub(r"[\s-]", "", text[: LONGEST + 1]).upper()
    head = _HEAD.match(letters)
    if head is None or len(text) > LONGEST:
        return TokenFlaw.NOT_A_TOKEN
    if head[1] != str(VERSION):
        return TokenFlaw.NEWER
    content = letters[GROUP:].translate(_LOOKALIKE)
    try:
        return _unpack(b32decode(content + "=" * (-len(content) % 8)))
    except (ValueError, TypeError, KeyError, zlib.error, OverflowError, OSError, CentreFailure):
        return TokenFlaw.DAMAGED


def _unpack(content: bytes) -> Token:
    checksum, packed = content[:_CHECKSUM_BYTES], content[_CHECKSUM_BYTES:]
    if checksum != _checksum(packed):
        raise ValueError("checksum")
    reading = zlib.decompressobj()
    plain = reading.decompress(packed, _UNPACKED_MAX)
    if not reading.eof:
        raise ValueError("too long")
    return _token_of(json.loads(plain))


def _token_of(values: Mapping[str, Any]) -> Token:
    certificates = (b64decode(one, validate=True) for one in values["c"])
    address = CentreAddress(
        hosts=tuple(map(str, values["h"])),
        ports=tuple(map(int, values["o"])),
        database=str(values["d"]),
        ca="".join(map(ssl.DER_cert_to_PEM_cert, certificates)),
    )
    login = Login(str(values["r"]), str(values["p"]))
    if not (login.secret and _ROLE.fullmatch(login.role)):
        raise ValueError("incomplete")
    keys = tuple(values.get("k", ()))
    if not all(len(b64decode(one, validate=True)) == KEY_BYTES for one in keys):
        raise ValueError("no key")
    expires_at = datetime.fromtimestamp(values["e"], UTC)
    office, name = str(values.get("f", "")), str(values.get("n", ""))
    return Token(address, login, expires_at, office, name, keys)


def _certificates_of(pem: str) -> tuple[bytes, ...]:
    found = re.findall(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", pem, re.DOTALL)
    return tuple(map(ssl.PEM_cert_to_DER_cert, found))


def _checksum(packed: bytes) -> bytes:
    return hashlib.sha256(b"anjungan token " + packed).digest()[:_CHECKSUM_BYTES]
