"""What an account keeps of its login at the centre: sealed under its PIN, within the store."""

import json

from kiosk.keys.pin import seal, unseal
from kiosk.storage.store import Record, Store


def open_kept(store: Store, account_id: str, pin: str) -> tuple[str, str] | None:
    """Return role and secret, None where none is kept or the PIN does not open it."""
    with store.reading() as record:
        kept = record.staff.centre_login(account_id)
    opened = unseal(pin, kept, account_id) if kept else None
    if opened is None:
        return None
    role, secret = json.loads(opened)
    return role, secret


def sealed_login(account_id: str, pin: str, role: str, secret: str) -> str:
    """Return what is kept of a login."""
    return seal(pin, json.dumps([role, secret]), account_id)


def sealed_anew(store: Store, account_id: str, old_pin: str, new_pin: str) -> str:
    """Return the kept login under another PIN, empty where none is kept; see put_sealed()."""
    kept = open_kept(store, account_id, old_pin)
    return "" if kept is None else sealed_login(account_id, new_pin, *kept)


def put_sealed(record: Record, account_id: str, sealed: str) -> None:
    """Keep what sealed_anew() returned, or drop what no PIN opens any more."""
    if sealed:
        record.staff.keep_centre_login(account_id, sealed)
    else:
        record.staff.drop_centre_login(account_id)
