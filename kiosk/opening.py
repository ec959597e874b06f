"""Opens what a kiosk keeps: its keys and its store, by the settings."""

from kiosk.keys import KioskKeys, open_keys
from kiosk.settings import Settings
from kiosk.storage.engine import STORE_FILE, StoreFailure
from kiosk.storage.store import Store, open_store


def open_own(settings: Settings, *, practice: bool = False) -> tuple[KioskKeys, Store]:
    """Open the keys and the store, made if this kiosk has neither; the caller closes the store.

    Raises KeyFailure and StoreFailure. A store without its key stays closed: a new key would not
    open it, and would hide that the old one is missing. Also closed (code "S 15") stays a store
    to practise in for a kiosk at work, and one with real people for practising.
    """
    store_exists = (settings.store_folder / STORE_FILE).exists()
    keys = open_keys(settings.keys_folder, may_create=not store_exists)
    store = open_store(settings.store_folder, keys.store_key, keys.audit_key)
    with store.reading() as record:
        fits = record.is_practice() is practice
    if not fits:
        store.close()
        found = "holds real people" if practice else "is for practice"
        raise StoreFailure("S 15", f"the store {found}")
    return keys, store
