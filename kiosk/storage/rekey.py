"""Putting the store under another key: a whole copy is made and checked, then takes its place."""

import os
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from kiosk.storage.engine import STORE_FILE, StoreFailure

REKEYED_FILE = f"{STORE_FILE}.rekeyed"
WAIT_S = 1
NOT_A_DATABASE = "file is not a database"
IN_USE = "the store is in use: end the kiosk and the desk"


def key_fits(folder: Path, key: bytes) -> bool:
    """Whether the store in `folder` opens with `key`; False also where there is no store.

    Raises StoreFailure "S 12" when the store cannot be looked at.
    """
    path = folder / STORE_FILE
    if not path.exists():
        return False
    try:
        with closing(_open(path, key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.OperationalError as error:
        raise StoreFailure("S 12", f"the store cannot be opened: {error}") from None
    except dbapi2.DatabaseError as error:
        return NOT_A_DATABASE not in str(error)
    return True


def change_key(folder: Path, key: bytes, new_key: bytes) -> None:
    """Put the store in `folder` under `new_key`.

    Until the very last step, a rename, the store is as it was. Raises StoreFailure "S 12" when
    another program has the store open or the disk has no room for a second one, and "S 11" when
    the copy does not hold what the store holds.
    """
    path, made = folder / STORE_FILE, folder / REKEYED_FILE
    with _told(), closing(_open(path, key)) as connection:
        _claim(connection)
        remove_rekeyed(folder)
        try:
            write_copy(connection, made, key, new_key)
            made.replace(path)
        except BaseException:
            remove_rekeyed(folder)
            raise
        _sync(folder)


def write_copy(connection: Any, made: Path, key: bytes, new_key: bytes) -> None:
    """Write all that an open store under `key` holds into a new file under `new_key`, and check it.

    Raises the driver's errors, OSError and StoreFailure "S 11"; then the file is of no use.
    """
    _make_private(made)
    connection.execute("VACUUM INTO ?", (str(made),))
    with closing(_open(made, key)) as copy:
        # Nobody needs the file if this is cut off, and a second file would be one more to clear.
        copy.execute("PRAGMA journal_mode = MEMORY")
        copy.execute(f"PRAGMA rekey = \"x'{new_key.hex()}'\"")
    with closing(_open(made, new_key)) as copy:
        told = [*copy.execute("PRAGMA cipher_integrity_check")]
        told += [*copy.execute("PRAGMA quick_check")]
        if told != [("ok",)] or _counts(copy) != _counts(connection):
            raise StoreFailure("S 11", "the store under its new key is not whole")
        copy.execute("PRAGMA journal_mode = WAL")
    _sync(made)


def remove_rekeyed(folder: Path) -> None:
    """Remove what a change that was cut off left; raises OSError."""
    for left in folder.glob(f"{REKEYED_FILE}*"):
        left.unlink()


def _open(path: Path, key: bytes) -> Any:
    connection = dbapi2.connect(str(path), timeout=WAIT_S, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def _claim(connection: Any) -> None:
    """Hold the store alone, its log written back and empty: the file that follows has its own."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("COMMIT")
    busy, frames, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy or frames > 0:
        raise StoreFailure("S 12", IN_USE)


def _counts(connection: Any) -> dict[str, int]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY name"
    ).fetchall()
    counted = ((name, f'SELECT count(*) FROM "{name}"') for (name,) in tables)  # noqa: S608
    return {name: connection.execute(query).fetchone()[0] for name, query in counted}


def _make_private(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    try:
        if os.geteuid() == 0:
            owner = path.parent.stat()
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
    finally:
        os.close(descriptor)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except dbapi2.OperationalError as error:
        if "locked" in str(error):
            raise StoreFailure("S 12", IN_USE) from None
        raise StoreFailure("S 12", f"the store cannot be written anew: {error}") from None
    except dbapi2.DatabaseError as error:
        raise StoreFailure("S 11", f"the store cannot be read: {error}") from None
    except OSError as error:
        raise StoreFailure("S 12", f"the store cannot be written anew: {error.strerror}") from None
