"""Opens the encrypted store: one SQLCipher file, every commit on disk before it returns."""

import hmac
import logging
import stat
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from kiosk.domain.audit import keyed_link, link
from kiosk.domain.failures import KioskFailure
from kiosk.storage.changes import note_changes
from kiosk.storage.files import make_folder

SCHEMA_HEAD = "0012"
STORE_FILE = "anjungan.db"
READING = "reading"
"""The execution option of a transaction that only reads, and so waits for nobody."""

STATEMENTS_KEPT = 1_000
"""More than a program ever runs; the migrations alone are more than the driver's 128."""

MIGRATIONS = Path(__file__).parent / "migrations"
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA busy_timeout = 5000",
    # KiB of a connection at most: to open a page once more costs as much as ten statements.
    "PRAGMA cache_size = -32768",
)


class StoreFailure(KioskFailure):
    """The kiosk's record cannot be opened or written."""


@dataclass(frozen=True, slots=True)
class StoreKeys:
    """What opens a store (32 bytes), what its audit is chained with, and what opened it before."""

    file: bytes
    audit: bytes
    retired: tuple[bytes, ...] = ()


Key = bytes | StoreKeys
"""The key of a store's file; the audit's follows from it, unless StoreKeys names another."""


def keys_of(key: Key) -> StoreKeys:
    """Return both keys."""
    if isinstance(key, StoreKeys):
        return key
    return StoreKeys(key, hmac.digest(key, b"audit", "sha256"))


def _needs_nothing(_engine: Engine) -> None:
    pass


def open_engine(
    folder: Path, key: Key, before_migrating: Callable[[Engine], None] = _needs_nothing
) -> Engine:
    """Open the store in `folder`, made if missing and brought up to date.

    `before_migrating` is called with the store of an earlier version. Raises StoreFailure "S 11"
    for a key that does not fit, "S 12" for a folder or disk that cannot be used, "S 13" for a store
    of a newer version and "S 18" for another audit key than the store was made with. Nothing that
    exists is ever overwritten.
    """
    path = folder / STORE_FILE
    try:
        make_folder(folder, parents=True)
        path.touch(mode=stat.S_IRUSR | stat.S_IWUSR)
    except OSError as error:
        raise StoreFailure("S 12", f"the store's folder cannot be used: {error.strerror}") from None
    engine = make_engine(path, key)
    with ExitStack() as undo:
        undo.callback(engine.dispose)
        try:
            _bring_up_to_date(engine, before_migrating)
            _refuse_another_audit_key(engine)
        except OperationalError as error:
            raise StoreFailure("S 12", f"the store cannot be opened: {error.orig}") from None
        except DatabaseError:
            raise StoreFailure("S 11", "the store cannot be read with this key") from None
        undo.pop_all()
    return engine


def make_engine(path: Path, key: Key) -> Engine:
    """Return the engine of a store's file, as it is; the first connection makes it if missing."""
    keys = keys_of(key)
    url = URL.create(
        "sqlite+pysqlcipher", password=f"x'{keys.file.hex()}'", database=str(path.absolute())
    )
    # hide_parameters is not enough: at DEBUG the engine would log the rows that it reads.
    logging.getLogger("sqlalchemy.engine.Engine").setLevel(logging.WARNING)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=3,
        # The one used last: its pages are still in memory, where another's may be out of date.
        pool_use_lifo=True,
        # The driver drops the newest of those it used least, so that a full cache takes in nothing
        # more, and every statement is prepared anew each time.
        connect_args={"cached_statements": STATEMENTS_KEPT},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        # The driver must not begin transactions by itself, or reads before the first write of a
        # transaction would see a state that another thread may still change.
        connection.isolation_level = None
        _equip(connection, keys)
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get(READING, False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _equip(connection: Any, keys: StoreKeys) -> None:
    # SQLCipher would print its own lines to stderr; failures are raised as errors anyway.
    connection.execute("PRAGMA cipher_log_level = NONE")
    # The trigger that chains the audit calls it.
    make_link = partial(keyed_link, keys.audit)
    connection.create_function("keyed_link", -1, make_link, deterministic=True)
    # The one of stores from before migration 0007.
    connection.create_function("audit_link", 6, link, deterministic=True)


def connect(file: Path, key: Key) -> Any:
    """Open a store's file by the driver alone, as it is; the driver begins no transactions.

    For copies and files that nobody else has open. A key that does not fit is an error at the first
    statement.
    """
    connection = sqlcipher3.connect(str(file), isolation_level=None)
    keys = keys_of(key)
    connection.execute(f"PRAGMA key = \"x'{keys.file.hex()}'\"")
    _equip(connection, keys)
    return connection


def _bring_up_to_date(engine: Engine, before_migrating: Callable[[Engine], None]) -> None:
    with engine.connect() as connection:
        version = schema_version(connection)
    if version == SCHEMA_HEAD:
        return
    if version is not None and version > SCHEMA_HEAD:
        raise StoreFailure("S 13", f"the store has version {version}, newer than this program")
    if version is not None:
        before_migrating(engine)
    migrate(engine)


def _refuse_another_audit_key(engine: Engine) -> None:
    """An entry chained with another key would look like a forgery for ever."""
    with engine.connect() as connection:
        fits = connection.exec_driver_sql(
            "SELECT value = keyed_link('', 'audit_key') FROM store_fact WHERE name = 'audit_key'"
        ).scalar()
    if not fits:
        raise StoreFailure("S 18", "the audit was chained with another key")


def schema_version(connection: Connection) -> str | None:
    found = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    ).scalar_one()
    if not found:
        return None
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if version is None else str(version)


def migrate(engine: Engine, to: str = "head") -> None:
    """Run the migrations that the store lacks, in one transaction."""
    from alembic import command  # noqa: PLC0415 (0.2 s that an up-to-date store need not pay)
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        if to == "head":
            note_changes(connection)
