"""Where the kiosk's keys lie, and how they are opened.

`spare.keys` is `kiosk.keys` once more, read when that is missing or damaged. Kiosks of before have
the bare keys in hex, one a file.
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import assert_never

from kiosk.keys import machine
from kiosk.keys.files import (
    KEY_BYTES,
    KeyFailure,
    create_private,
    read_private,
    refuse_if_open_to_others,
    remove_half_made,
    replace_private,
    reported,
    write_new,
)
from kiosk.keys.key_file import (
    Bare,
    Guard,
    KeyFile,
    Locked,
    PassphraseMissing,
    Ring,
    Sealed,
    dump_key_file,
    key_of_hex,
    parse_key_file,
    plain_ring,
    public_keys_in,
    unwrap,
)
from kiosk.keys.passphrase import SALT_BYTES, Cost, stretch
from kiosk.keys.slips import KioskKeys, key_id_of, public_key_of

KEYS_FILE = "kiosk.keys"
SPARE_FILE = "spare.keys"
BARE_FILES = ("store.key", "signing.key")


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The opened ring, and what it takes to write it again."""

    folder: Path
    guard: Guard
    wrapping_key: bytes | None
    ring: Ring

    def save(self, ring: Ring) -> "Unlocked":
        """Write another ring under the same guard; raises KeyFailure."""
        return replace(self, ring=ring)._write()

    def guarded_by(self, guard: Guard, wrapping_key: bytes | None) -> "Unlocked":
        """Write the same ring under another guard; the store stays as it is. Raises KeyFailure."""
        return replace(self, guard=guard, wrapping_key=wrapping_key)._write()

    def copy_to(self, path: Path, guard: Guard, wrapping_key: bytes | None) -> None:
        """Write a copy for safekeeping, which may stand in for the file; raises KeyFailure."""
        with reported(path):
            write_new(path, dump_key_file(guard, wrapping_key, self.ring))

    def _write(self) -> "Unlocked":
        content = dump_key_file(self.guard, self.wrapping_key, self.ring)
        with reported(self.folder):
            for name in (KEYS_FILE, SPARE_FILE):
                remove_half_made(self.folder / name)
                replace_private(self.folder / name, content)
        _remove_bare_files(self.folder, self.ring)
        return self


def read_key_file(folder: Path) -> KeyFile | None:
    """Return what lies in `folder`, or None where there are no keys; raises KeyFailure.

    A missing or damaged file of the two is written again from the other.
    """
    with reported(folder):
        refuse_if_open_to_others(folder, folder.stat())
        if not any(os.path.lexists(folder / name) for name in (KEYS_FILE, SPARE_FILE)):
            return _read_bare_files(folder)
        found = [_read(folder / name) for name in (KEYS_FILE, SPARE_FILE)]
        whole = next((one for one in found if isinstance(one, bytes)), None)
        if whole is None:
            raise next(one for one in found if isinstance(one, Exception))
    if found != [whole, whole]:
        _mend(folder, whole)
    return parse_key_file(folder / KEYS_FILE, whole)


def open_ring(folder: Path, *, may_create: bool = True, passphrase: str | None = None) -> Unlocked:
    """Open the keys in `folder`, making them if there are none and `may_create`.

    Raises KeyFailure: "K 11" for a file that is missing or cannot be read, "K 12" for a damaged
    one, "K 13" for one that is open to others, "K 15" when this machine does not unseal it; and
    PassphraseMissing "K 16". What exists is never replaced by new keys.
    """
    if may_create:
        with reported(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = read_key_file(folder) or (_create(folder) if may_create else None)
    if file is None:
        raise KeyFailure("K 11", f"{folder / KEYS_FILE} is missing")
    return unlock(folder, file, passphrase)


def unlock(folder: Path, file: KeyFile, passphrase: str | None = None) -> Unlocked:
    """Open what read_key_file() found; raises KeyFailure like open_ring()."""
    wrapping_key = _wrapping_key(file.guard, passphrase)
    try:
        return Unlocked(folder, file.guard, wrapping_key, unwrap(file, wrapping_key))
    except ValueError:
        raise KeyFailure("K 12", f"{folder / KEYS_FILE} does not hold the keys") from None


def open_keys(folder: Path, *, may_create: bool = True) -> KioskKeys:
    """Like open_ring(), for keys without a passphrase, and for what is read from them alone."""
    return open_ring(folder, may_create=may_create).ring.keys


def asks_passphrase(folder: Path) -> bool:
    """Whether the keys in `folder` open only with a passphrase; raises KeyFailure."""
    if not folder.exists():
        return False
    file = read_key_file(folder)
    return file is not None and isinstance(file.guard, Locked)


def public_keys_of(folder: Path) -> Mapping[str, bytes]:
    """Return this kiosk's public keys by id, the present one first, locked or not."""
    file = read_key_file(folder) if folder.exists() else None
    if file is None:
        return {}
    public_keys = file.public_keys
    if isinstance(file.guard, Bare):
        public_keys = public_keys_in(unlock(folder, file).ring)
    return {key_id_of(public_key): public_key for public_key in public_keys}


def locked_by(passphrase: str, cost: Cost | None = None) -> tuple[Locked, bytes]:
    """Return a guard for this passphrase, and its wrapping key."""
    guard = Locked(secrets.token_bytes(SALT_BYTES), cost or Cost())
    return guard, stretch(passphrase, guard.salt, guard.cost)


def sealed_by_machine(with_key: str = "auto") -> tuple[Sealed, bytes]:
    """Return a guard by this machine, and its wrapping key; raises KeyFailure "K 15"."""
    wrapping_key = secrets.token_bytes(KEY_BYTES)
    return Sealed(machine.seal(wrapping_key, with_key)), wrapping_key


def _create(folder: Path) -> KeyFile:
    ring = Ring(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES))
    with reported(folder):
        create_private(folder / KEYS_FILE, dump_key_file(Bare(), None, ring))
        # Another start may have been faster.
        content = read_private(folder / KEYS_FILE)
        create_private(folder / SPARE_FILE, content)
    return parse_key_file(folder / KEYS_FILE, content)


# ------------------------------------------------------------ guards


def _wrapping_key(guard: Guard, passphrase: str | None) -> bytes | None:
    match guard:
        case Bare():
            return None
        case Sealed(credential):
            return machine.unseal(credential)
        case Locked(salt, cost):
            if passphrase is None:
                raise PassphraseMissing("K 16", "the keys need their passphrase")
            try:
                return stretch(passphrase, salt, cost)
            except ValueError as refused:
                raise KeyFailure("K 12", f"the passphrase cannot be tried: {refused}") from None
        case _:
            assert_never(guard)


# ------------------------------------------------------------ the file


def _read(path: Path) -> bytes | KeyFailure | OSError:
    """Return what a file holds if it is whole, else why it cannot be used."""
    try:
        content = read_private(path)
        parse_key_file(path, content)
    except (KeyFailure, OSError) as failure:
        # Whoever opened a key to others has to know, even though the other file would do.
        if isinstance(failure, KeyFailure) and failure.code == "K 13":
            raise
        return failure
    return content


def _mend(folder: Path, whole: bytes) -> None:
    # A folder that cannot be written still opens the kiosk.
    with suppress(OSError):
        for name in (KEYS_FILE, SPARE_FILE):
            replace_private(folder / name, whole)


# ------------------------------------------------------------ files of before


def _read_bare_files(folder: Path) -> KeyFile | None:
    paths = [folder / name for name in BARE_FILES]
    if not any(os.path.lexists(path) for path in paths):
        return None
    store_key, signing_seed = (_bare_key(path) for path in paths)
    return KeyFile(Bare(), (), plain_ring(Ring(store_key, signing_seed)))


def _bare_key(path: Path) -> bytes:
    try:
        return key_of_hex(read_private(path).decode("ascii").strip())
    except ValueError:
        raise KeyFailure("K 12", f"{path} does not hold a key") from None


def _remove_bare_files(folder: Path, ring: Ring) -> None:
    """Remove those whose key the ring holds; any other may be the only one of its kind."""
    held = {ring.store_key, ring.signing_seed, ring.next_store_key, *ring.retired_store_keys}
    for path in (folder / name for name in BARE_FILES):
        with suppress(OSError, KeyFailure):
            if _bare_key(path) in held or _retired(path, ring):
                path.unlink()


def _retired(path: Path, ring: Ring) -> bool:
    return path.name == BARE_FILES[1] and public_key_of(_bare_key(path)) in ring.retired_public_keys
