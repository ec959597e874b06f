"""Opens what a kiosk keeps: its keys and its store, by the settings."""

from collections.abc import Callable

from kiosk.clock import Clock, SystemClock
from kiosk.keys import KioskKeys, open_keys
from kiosk.settings import Settings
from kiosk.storage.engine import StoreFailure
from kiosk.storage.kept import open_kept_store
from kiosk.storage.mending import Places, left_behind
from kiosk.storage.store import Store, open_store

_CLOCK = SystemClock()


def places_of(settings: Settings) -> Places:
    """Return where the store, its journal and its backups lie."""
    return Places(settings.store_folder, settings.journal_place, settings.backup_place)


def _tell_nobody() -> None:
    pass


def open_own(
    settings: Settings,
    *,
    practice: bool = False,
    clock: Clock = _CLOCK,
    on_rebuild: Callable[[], None] = _tell_nobody,
) -> tuple[KioskKeys, Store]:
    """Open the keys and the store, made if this kiosk has neither; the caller closes the store.

    A damaged store is made anew from its journal and backups; `on_rebuild` is called before that,
    as it can take a minute. A store to practise in has neither.

    Raises KeyFailure and StoreFailure. A store without its key stays closed: a new key would not
    open it, and would hide that the old one is missing. Also closed (code "S 15") stays a store
    to practise in for a kiosk at work, and one with real people for practising.
    """
    places = places_of(settings)
    keys = open_keys(settings.keys_folder, may_create=not left_behind(places))
    if practice:
        store = open_store(settings.store_folder, keys.store_key)
    else:
        store = open_kept_store(places, keys.store_key, clock, settings.backups_kept, on_rebuild)
    with store.reading() as record:
        fits = record.is_practice() is practice
    if not fits:
        store.close()
        found = "holds real people" if practice else "is for practice"
        raise StoreFailure("S 15", f"the store {found}")
    return keys, store
