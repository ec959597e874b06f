"""Whether a configuration was signed by one of the admins' keys."""

from base64 import b64decode
from binascii import Error as NotBase64

from kiosk.domain.configuration import SIGNED_AS
from kiosk.keys.slips import signature_holds


def is_signed(document: bytes, signature: str, trusted: tuple[str, ...]) -> bool:
    """Tell whether one of the trusted keys (base64) signed these bytes; the signature is base64."""
    try:
        signed = b64decode(signature, validate=True)
        keys = [b64decode(one, validate=True) for one in trusted]
    except (NotBase64, ValueError):
        return False
    return any(
        len(one) == 32 and signature_holds(one, signed, SIGNED_AS + document) for one in keys
    )
