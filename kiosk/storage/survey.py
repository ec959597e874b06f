"""What can be told of a store without telling of anybody in it."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, inspect, select
from sqlalchemy.exc import DatabaseError

from kiosk.storage import tables
from kiosk.storage.engine import READING, STORE_FILE, StoreFailure, make_engine, schema_version
from kiosk.storage.settings import SettingRecord


@dataclass(frozen=True, slots=True)
class Survey:
    """The version of the schema, how many rows each known table has, and the bytes of each file."""

    schema: str
    rows: Mapping[str, int]
    bytes: Mapping[str, int]


def set_on_screen(folder: Path, key: bytes) -> Mapping[str, Any]:
    """Return what was set on the screen of a kiosk that may be running; nothing in an older store.

    Changes nothing. Raises StoreFailure as survey() does.
    """
    with _looking(folder, key) as connection:
        if tables.setting_change.name not in inspect(connection).get_table_names():
            return {}
        return SettingRecord(connection).in_force()


def survey(folder: Path, key: bytes) -> Survey:
    """Look at the store in `folder` and change nothing, not even its version.

    Raises StoreFailure "S 12" where there is none, and "S 11" when it cannot be read.
    """
    with _looking(folder, key) as connection:
        there = set(inspect(connection).get_table_names())
        rows = {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in tables.metadata.tables.items()
            if name in there
        }
        version = schema_version(connection) or ""
    return Survey(version, rows, {ending: _size(folder, ending) for ending in ("", "-wal")})


@contextmanager
def _looking(folder: Path, key: bytes) -> Iterator[Connection]:
    if not (folder / STORE_FILE).exists():
        raise StoreFailure("S 12", "there is no store")
    engine = make_engine(folder / STORE_FILE, key)
    reading = engine.execution_options(**{READING: True})
    try:
        with reading.connect() as connection, closing(connection):
            yield connection
    except DatabaseError:
        raise StoreFailure("S 11", "the store cannot be read") from None
    finally:
        engine.dispose()


def _size(folder: Path, ending: str) -> int:
    file = folder / f"{STORE_FILE}{ending}"
    return file.stat().st_size if file.exists() else 0
