"""Changing the store's key and the key that signs slips; a change that was cut off is settled.

The order: the ring names the next key; the store is written anew under it and takes the old one's
place by a rename; the ring makes the next key its own and retires the old one. Cut off anywhere,
one of the ring's two keys fits the store, and settle() finds out which.
"""

import secrets
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from kiosk.domain.failures import KioskFailure
from kiosk.keys import KeyFailure, Unlocked, derived_key
from kiosk.keys.files import KEY_BYTES, remove_half_made, replace_private, reported
from kiosk.keys.key_file import Ring
from kiosk.keys.slips import public_key_of
from kiosk.storage.rekey import change_key, key_fits, remove_rekeyed

MARK_FILE = "key-mark"
"""Beside the store: tells whose key it needs, so that a wrong key is not taken for damage."""
MARK_BYTES = 8


def change_store_key(unlocked: Unlocked, store_folder: Path) -> Unlocked:
    """Put the store under a new key and retire the old one; the caller keeps everybody else out.

    Raises KeyFailure and StoreFailure; then the store opens as before.
    """
    unlocked = settle(unlocked, store_folder)
    old = unlocked.ring
    unlocked = unlocked.save(replace(old, next_store_key=secrets.token_bytes(KEY_BYTES)))
    following = unlocked.ring.next_store_key or b""
    try:
        change_key(store_folder, old.store_key, following)
    except KioskFailure:
        with suppress(KioskFailure):
            settle(unlocked, store_folder)
        raise
    return settle(unlocked, store_folder)


def change_signing_key(unlocked: Unlocked) -> Unlocked:
    """Sign with a new key from now on; slips of the old one stay genuine. Raises KeyFailure."""
    ring = unlocked.ring
    retired = (public_key_of(ring.signing_seed), *ring.retired_public_keys)
    return unlocked.save(
        replace(
            ring,
            signing_seed=secrets.token_bytes(KEY_BYTES),
            retired_public_keys=retired,
            audit_key=ring.keys.audit_key,
        )
    )


def forget_retired(unlocked: Unlocked) -> Unlocked:
    """Drop the retired store keys: what is still under them can never be read again."""
    return unlocked.save(replace(unlocked.ring, retired_store_keys=()))


def settle(unlocked: Unlocked, store_folder: Path) -> Unlocked:
    """Refuse keys of another store, and end a change of the key that was cut off.

    Raises KeyFailure "K 14" when the store was made under a key that the ring does not have, and
    StoreFailure "S 12" when the store cannot be looked at.
    """
    ring = unlocked.ring
    if _is_marked_for_others(store_folder, ring) and not key_fits(store_folder, ring.store_key):
        raise KeyFailure("K 14", f"{store_folder} needs a key that is not in {unlocked.folder}")
    if ring.next_store_key is None:
        return unlocked
    settled = replace(ring, next_store_key=None)
    if not key_fits(store_folder, ring.store_key):
        retired = (ring.store_key, *ring.retired_store_keys)
        settled = replace(settled, store_key=ring.next_store_key, retired_store_keys=retired)
    with reported(store_folder):
        remove_rekeyed(store_folder)
    mark_store(store_folder, settled.store_key)
    return unlocked.save(settled)


def mark_store(store_folder: Path, store_key: bytes) -> None:
    """Leave beside a store which key it needs; raises KeyFailure "K 11"."""
    with reported(store_folder):
        if _read_mark(store_folder) != _mark(store_key):
            remove_half_made(store_folder / MARK_FILE)
            replace_private(store_folder / MARK_FILE, _mark(store_key))


def _is_marked_for_others(store_folder: Path, ring: Ring) -> bool:
    with reported(store_folder):
        marked = _read_mark(store_folder)
    known = [_mark(key) for key in (ring.store_key, ring.next_store_key) if key]
    return marked is not None and marked not in known


def _read_mark(store_folder: Path) -> bytes | None:
    """Return the mark, or None where there is none or it is damaged; raises OSError."""
    try:
        mark = (store_folder / MARK_FILE).read_bytes()
    except FileNotFoundError:
        return None
    return mark if mark[:MARK_BYTES] + _check_bytes(mark[:MARK_BYTES]) == mark else None


def _mark(store_key: bytes) -> bytes:
    name = derived_key(store_key, "mark")[:MARK_BYTES]
    return name + _check_bytes(name)


def _check_bytes(name: bytes) -> bytes:
    return sha256(name).digest()[:4]
