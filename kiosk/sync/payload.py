"""A stored record as the centre takes it, and the hash by which both sides compare it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from kiosk.storage.outgoing import Outgoing, OutgoingErasure, OutgoingRegistration

Json = str | int | Sequence["Json"] | Mapping[str, "Json"]


def record_of(outgoing: Outgoing) -> dict[str, Any]:
    """Return a record as it stands in a request."""
    if isinstance(outgoing, OutgoingErasure):
        return {
            "kind": "erased",
            "id": outgoing.id,
            "revision": outgoing.revision,
            "number": outgoing.number,
            "erased_at": outgoing.erased_at,
        }
    identity = {"kind": "registration", "id": outgoing.id, "revision": outgoing.revision}
    return identity | content_of(outgoing)


def content_of(outgoing: OutgoingRegistration) -> dict[str, Any]:
    """Return what the centre keeps of a registration, and what its hash is of."""
    return {
        "row": dict(outgoing.row),
        "payments": [dict(one) for one in outgoing.payments],
        "corrections": [dict(one) for one in outgoing.corrections],
    }


def hash_of(outgoing: OutgoingRegistration) -> str:
    """Return the hash of a registration's content in hexadecimal digits, as the centre has it."""
    return hashlib.sha256(canonical(content_of(outgoing)).encode()).hexdigest()


def canonical(value: Json) -> str:
    """Return JSON in PostgreSQL's own words: exactly what it prints for the same value as jsonb.

    Keys stand in the order of their length in bytes, then of their bytes; see compareJsonbPair in
    its source. Strings, whole numbers, lists and objects only; no NUL, which jsonb cannot hold.
    """
    return json.dumps(_ordered(value), ensure_ascii=False, allow_nan=False)


def _ordered(value: Json) -> Json:
    if isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda name: (len(name.encode()), name.encode()))
        return {name: _ordered(value[name]) for name in names}
    return [_ordered(one) for one in value]
