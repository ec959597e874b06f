"""A short secret sealed under somebody's PIN, for the inside of the encrypted store.

A PIN alone would be tried out in hours; what it is worth is that nobody at the desk can use the
secret of somebody else.
"""

import json
import secrets
from base64 import b64decode, b64encode
from dataclasses import asdict

from kiosk.keys.passphrase import SALT_BYTES, Cost, stretch

_NONCE_BYTES = 12


def seal(pin: str, secret: str, owner: str, cost: Cost | None = None) -> str:
    """Return `secret` sealed for its owner, as text; takes some tenths of a second."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 (rarely needed)

    cost = cost or Cost()
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(stretch(pin, salt, cost)).encrypt(nonce, secret.encode(), owner.encode())
    kept = {"salt": salt.hex(), "sealed": b64encode(nonce + sealed).decode("ascii")}
    return json.dumps({**kept, **asdict(cost)})


def unseal(pin: str, kept: str, owner: str) -> str | None:
    """Return what seal() was given, None with another PIN or for another owner."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    values = json.loads(kept)
    content = b64decode(values.pop("sealed"))
    salt = bytes.fromhex(values.pop("salt"))
    nonce, sealed = content[:_NONCE_BYTES], content[_NONCE_BYTES:]
    try:
        opened = AESGCM(stretch(pin, salt, Cost(**values))).decrypt(nonce, sealed, owner.encode())
    except InvalidTag:
        return None
    return opened.decode()
