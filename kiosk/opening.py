"""Opens what a kiosk keeps: its keys and its store, by the settings."""

from kiosk.keys import KioskKeys, open_keys
from kiosk.settings import Settings
from kiosk.storage.engine import STORE_FILE
from kiosk.storage.store import Store, open_store


def open_own(settings: Settings) -> tuple[KioskKeys, Store]:
    """Open the keys and the store, made if this kiosk has neither; the caller closes the store.

    Raises KeyFailure and StoreFailure. A store without its key stays closed: a new key would not
    open it, and would hide that the old one is missing.
    """
    store_exists = (settings.store_folder / STORE_FILE).exists()
    keys = open_keys(settings.keys_folder, may_create=not store_exists)
    return keys, open_store(settings.store_folder, keys.store_key)
