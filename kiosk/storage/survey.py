"""What can be told of a store without telling of anybody in it."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, inspect, select
from sqlalchemy.exc import DatabaseError

from kiosk.storage import tables
from kiosk.storage.centre import CentreRecord
from kiosk.storage.configuration import ConfigurationRecord, KeptConfiguration
from kiosk.storage.engine import READING, STORE_FILE, StoreFailure, make_engine, schema_version
from kiosk.storage.facts import fact
from kiosk.storage.settings import SettingRecord


@dataclass(frozen=True, slots=True)
class Survey:
    """The version of the schema, how many rows each known table has, and the bytes of each file."""

    schema: str
    rows: Mapping[str, int]
    bytes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SettingsSeen:
    """What a store says of settings: `on_screen` was set on this kiosk, `kept` are the
    configurations of the kabupaten, newest first, `office` and `number` which kiosk it is."""

    on_screen: Mapping[str, Any]
    kept: tuple[KeptConfiguration, ...] = ()
    office: str = ""
    number: str = ""


def see_settings(folder: Path, key: bytes) -> SettingsSeen:
    """Return what the store of a kiosk that may be running says; nothing in an older store.

    Changes nothing. Raises StoreFailure as survey() does.
    """
    with _looking(folder, key) as connection:
        there = set(inspect(connection).get_table_names())
        if tables.setting_change.name not in there:
            return SettingsSeen({})
        on_screen = SettingRecord(connection).in_force()
        if tables.configuration.name not in there:
            return SettingsSeen(on_screen)
        number = fact(connection.connection.cursor(), "kiosk_number")
        office = CentreRecord(connection).state().office
        return SettingsSeen(on_screen, ConfigurationRecord(connection).kept(), office, number)


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
