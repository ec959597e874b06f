"""Opens what a kiosk keeps: its keys and its store, by the settings."""

from collections.abc import Callable

from kiosk.clock import Clock, SystemClock
from kiosk.domain.configuration import Content, Document, read_document
from kiosk.key_change import MARK_FILE, mark_store, settle
from kiosk.keys import KeyFailure, KioskKeys, Unlocked, open_keys, open_ring
from kiosk.layers import Layers, put_together
from kiosk.settings import Settings
from kiosk.storage.engine import StoreFailure, StoreKeys
from kiosk.storage.kept import open_kept_store
from kiosk.storage.mending import Places, left_behind
from kiosk.storage.store import Store, open_store
from kiosk.storage.survey import see_settings

_CLOCK = SystemClock()


def places_of(settings: Settings) -> Places:
    """Return where the store, its journal and its backups lie."""
    return Places(settings.store_folder, settings.journal_place, settings.backup_place)


def store_keys(keys: KioskKeys) -> StoreKeys:
    """Return what opens the store, and what its audit is chained with."""
    return StoreKeys(keys.store_key, keys.audit_key, keys.retired_store_keys)


def in_force(settings: Settings) -> Settings:
    """Return the settings with what the kabupaten and the kiosk's screen set; as they are where its
    store cannot be read without asking anybody. For commands beside a kiosk at work.

    Nobody looks whether they go together: whatever a command needs them for will tell.
    """
    try:
        keys = open_keys(settings.keys_folder, may_create=False)
        seen = see_settings(settings.store_folder, keys.store_key)
    except (KeyFailure, StoreFailure):
        return settings
    read = (read_document(one.document) for one in seen.kept)
    content = next((one.content for one in read if isinstance(one, Document)), Content())
    layers = Layers(
        settings,
        content.kabupaten,
        content.offices.get(seen.office, {}),
        content.kiosks.get(seen.number, {}),
    )
    return put_together(layers, seen.on_screen).settings


def _tell_nobody() -> None:
    pass


def open_own(
    settings: Settings,
    *,
    practice: bool = False,
    unlocked: Unlocked | None = None,
    clock: Clock = _CLOCK,
    on_wait: Callable[[], None] = _tell_nobody,
) -> tuple[KioskKeys, Store]:
    """Open the keys and the store, made if this kiosk has neither; the caller closes the store.

    `unlocked`: the keys, when somebody had to be asked for their passphrase. A store that was not
    closed in order is checked, and a damaged one made anew from its journal and backups; `on_wait`
    is called before that, as it can take a minute. A store to practise in has neither.

    Raises KeyFailure and StoreFailure. A store without its key stays closed: a new key would not
    open it, and would hide that the old one is missing. Also closed (code "S 15") stays a store
    to practise in for a kiosk at work, and one with real people for practising.
    """
    places, folder = places_of(settings), settings.store_folder
    is_known = left_behind(places) or (folder / MARK_FILE).exists()
    if unlocked is None:
        unlocked = open_ring(settings.keys_folder, may_create=not is_known)
    # First of all: a change of key that was cut off would look like damage.
    keys = settle(unlocked, folder).ring.keys
    key = store_keys(keys)
    if practice:
        store = open_store(folder, key)
    else:
        store = open_kept_store(places, key, clock, settings.backups_kept, on_wait)
    mark_store(folder, keys.store_key)
    with store.reading() as record:
        fits = record.is_practice() is practice
    if not fits:
        store.close()
        found = "holds real people" if practice else "is for practice"
        raise StoreFailure("S 15", f"the store {found}")
    return keys, store
