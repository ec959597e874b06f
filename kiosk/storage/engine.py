"""Opens the encrypted store: one SQLCipher file, every commit on disk before it returns."""

import hmac
import logging
import stat
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from kiosk.domain.audit import keyed_link, link
from kiosk.domain.failures import KioskFailure

SCHEMA_HEAD = "0007"
STORE_FILE = "anjungan.db"
READING = "reading"
"""The execution option of a transaction that only reads, and so waits for nobody."""

MIGRATIONS = Path(__file__).parent / "migrations"
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA busy_timeout = 5000",
)


class StoreFailure(KioskFailure):
    """The kiosk's record cannot be opened or written."""


def open_engine(folder: Path, key: bytes, audit_key: bytes | None = None) -> Engine:
    """Open the store in `folder`, made if missing and brought up to date, with a 32-byte key.

    `audit_key` chains the audit; without one it follows from `key`. Raises StoreFailure "S 11" for
    a key that does not fit, "S 12" for a folder or disk that cannot be used, "S 13" for a store of
    a newer version and "S 18" for another audit key than the store was made with. Nothing that
    exists is ever overwritten.
    """
    path = folder / STORE_FILE
    try:
        folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
        path.touch(mode=stat.S_IRUSR | stat.S_IWUSR)
    except OSError as error:
        raise StoreFailure("S 12", f"the store's folder cannot be used: {error.strerror}") from None
    engine = _make_engine(path, key, audit_key or hmac.digest(key, b"audit", "sha256"))
    with ExitStack() as undo:
        undo.callback(engine.dispose)
        try:
            _bring_up_to_date(engine)
            _refuse_another_audit_key(engine)
        except OperationalError as error:
            raise StoreFailure("S 12", f"the store cannot be opened: {error.orig}") from None
        except DatabaseError:
            raise StoreFailure("S 11", "the store cannot be read with this key") from None
        undo.pop_all()
    return engine


def _make_engine(path: Path, key: bytes, audit_key: bytes) -> Engine:
    url = URL.create(
        "sqlite+pysqlcipher", password=f"x'{key.hex()}'", database=str(path.absolute())
    )
    # hide_parameters is not enough: at DEBUG the engine would log the rows that it reads.
    logging.getLogger("sqlalchemy.engine.Engine").setLevel(logging.WARNING)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=3,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        # The driver must not begin transactions by itself, or reads before the first write of a
        # transaction would see a state that another thread may still change.
        connection.isolation_level = None
        # SQLCipher would print its own lines to stderr; failures are raised as errors anyway.
        connection.execute("PRAGMA cipher_log_level = NONE")
        for pragma in PRAGMAS:
            connection.execute(pragma)
        # The trigger that chains the audit calls it.
        make_link = partial(keyed_link, audit_key)
        connection.create_function("keyed_link", -1, make_link, deterministic=True)
        # The one of stores from before migration 0007.
        connection.create_function("audit_link", 6, link, deterministic=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get(READING, False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _bring_up_to_date(engine: Engine) -> None:
    with engine.connect() as connection:
        version = _schema_version(connection)
    if version == SCHEMA_HEAD:
        return
    if version is not None and version > SCHEMA_HEAD:
        raise StoreFailure("S 13", f"the store has version {version}, newer than this program")
    migrate(engine)


def _refuse_another_audit_key(engine: Engine) -> None:
    """An entry chained with another key would look like a forgery for ever."""
    with engine.connect() as connection:
        fits = connection.exec_driver_sql(
            "SELECT value = keyed_link('', 'audit_key') FROM store_fact WHERE name = 'audit_key'"
        ).scalar()
    if not fits:
        raise StoreFailure("S 18", "the audit was chained with another key")


def _schema_version(connection: Connection) -> str | None:
    found = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    ).scalar_one()
    if not found:
        return None
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if version is None else str(version)


def migrate(engine: Engine) -> None:
    """Run the migrations that the store lacks, in one transaction."""
    from alembic import command  # noqa: PLC0415 (0.2 s that an up-to-date store need not pay)
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
