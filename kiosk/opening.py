"""Opens what a kiosk keeps: its keys and its store, by the settings."""

from kiosk.key_change import MARK_FILE, mark_store, settle
from kiosk.keys import KioskKeys, Unlocked, open_ring
from kiosk.settings import Settings
from kiosk.storage.engine import STORE_FILE, StoreFailure
from kiosk.storage.store import Store, open_store


def open_own(
    settings: Settings, *, practice: bool = False, unlocked: Unlocked | None = None
) -> tuple[KioskKeys, Store]:
    """Open the keys and the store, made if this kiosk has neither; the caller closes the store.

    `unlocked`: the keys, when somebody had to be asked for their passphrase. Raises KeyFailure and
    StoreFailure. A store without its key stays closed: a new key would not open it, and would hide
    that the old one is missing. Also closed (code "S 15") stays a store to practise in for a kiosk
    at work, and one with real people for practising.
    """
    folder = settings.store_folder
    store_exists = any((folder / name).exists() for name in (STORE_FILE, MARK_FILE))
    if unlocked is None:
        unlocked = open_ring(settings.keys_folder, may_create=not store_exists)
    keys = settle(unlocked, folder).ring.keys
    store = open_store(folder, keys.store_key, keys.audit_key)
    mark_store(folder, keys.store_key)
    with store.reading() as record:
        fits = record.is_practice() is practice
    if not fits:
        store.close()
        found = "holds real people" if practice else "is for practice"
        raise StoreFailure("S 15", f"the store {found}")
    return keys, store
