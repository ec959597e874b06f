"""Opening the store: encrypted, private, up to date, and never overwritten."""

import json
import logging
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from probes import PERSONAL, bytes_in, rows_at, start_child
from samples import ANSWERS, KEY, StillClock, make_application
from sqlalchemy import create_engine, inspect, text

from kiosk.registration import keep_draft, register
from kiosk.storage import tables
from kiosk.storage.engine import MIGRATIONS, SCHEMA_HEAD, STORE_FILE, StoreFailure, open_engine
from kiosk.storage.store import Store, open_store

ODD_NAMES = ["with spaces", "what?", "no #1", "100%", "a&b=c", "é", "semi;colon", "it's", 'a"b']


@pytest.fixture
def filled(store: Store, store_folder: Path, clock: StillClock) -> Path:
    """The folder of a store, still open, with a registration and a draft."""
    register(store, make_application(), clock)
    keep_draft(store, "another draft", ANSWERS, clock)
    return store_folder


# Private


def test_the_folder_and_its_files_belong_to_this_user_alone(filled: Path) -> None:
    assert filled.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in filled.iterdir()}
    assert modes == dict.fromkeys((STORE_FILE, f"{STORE_FILE}-wal", f"{STORE_FILE}-shm"), 0o600)


def test_no_personal_data_and_no_table_stands_in_any_file(filled: Path) -> None:
    plain = [word.encode() for word in (*PERSONAL, "CREATE TABLE", "SQLite format", "petani_padi")]
    files = bytes_in(filled)
    assert len(files[f"{STORE_FILE}-wal"]) > 10_000
    for content in files.values():
        assert not [word for word in plain if word in content]


def test_no_personal_data_stands_in_the_file_once_it_is_closed(filled: Path, store: Store) -> None:
    store.close()
    content = bytes_in(filled)
    assert list(content) == [STORE_FILE]
    assert not [word for word in PERSONAL if word.encode() in content[STORE_FILE]]


def test_plain_sqlite_cannot_read_it(filled: Path, store: Store) -> None:
    store.close()
    connection = sqlite3.connect(filled / STORE_FILE)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        connection.execute("SELECT * FROM sqlite_master")
    connection.close()


# Keys


def test_a_wrong_key_is_refused_and_nothing_is_touched(filled: Path, store: Store) -> None:
    store.close()
    before = bytes_in(filled)
    with pytest.raises(StoreFailure) as refused:
        open_store(filled, bytes(32))
    assert refused.value.code == "S 11"
    assert bytes_in(filled) == before
    assert rows_at(filled)["registration"]


def test_a_wrong_key_after_a_power_cut_loses_nothing(filled: Path, tmp_path: Path) -> None:
    after_the_cut = tmp_path / "after the cut"
    after_the_cut.mkdir()
    for file in (STORE_FILE, f"{STORE_FILE}-wal"):
        shutil.copy(filled / file, after_the_cut)
    with pytest.raises(StoreFailure) as refused:
        open_store(after_the_cut, bytes(32))
    assert refused.value.code == "S 11"
    assert rows_at(after_the_cut) == rows_at(filled)


def test_a_file_that_is_no_store_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / STORE_FILE).write_bytes(b"holiday pictures" * 1000)
    before = bytes_in(tmp_path)
    with pytest.raises(StoreFailure) as refused:
        open_store(tmp_path, KEY)
    assert refused.value.code == "S 11"
    assert bytes_in(tmp_path) == before


def test_the_key_is_told_nowhere(
    store_folder: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    open_store(store_folder, KEY).close()
    with pytest.raises(StoreFailure) as refused:
        open_store(store_folder, bytes(32))
    said = f"{refused.value!r} {caplog.text} {''.join(capfd.readouterr())}"
    assert KEY.hex() not in said
    assert bytes(32).hex() not in said


# Places


@pytest.mark.parametrize("name", ODD_NAMES)
def test_the_folder_may_be_called_anything(tmp_path: Path, name: str, clock: StillClock) -> None:
    folder = tmp_path / name / "store"
    store = open_store(folder, KEY)
    register(store, make_application(), clock)
    store.close()
    assert list(bytes_in(folder)) == [STORE_FILE]
    assert len(rows_at(folder)["registration"]) == 1
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("x")
    with pytest.raises(StoreFailure) as refused:
        open_store(tmp_path / "store", KEY)
    assert refused.value.code == "S 12"
    assert (tmp_path / "store").read_text() == "x"


def test_a_folder_in_the_place_of_the_file_is_said_and_not_called_a_wrong_key(
    store_folder: Path,
) -> None:
    (store_folder / STORE_FILE).mkdir(parents=True)
    with pytest.raises(StoreFailure) as refused:
        open_store(store_folder, KEY)
    assert refused.value.code == "S 12"


def test_a_full_disk_at_the_first_start_is_not_called_a_wrong_key(store_folder: Path) -> None:
    with start_child("open_on_a_full_disk", store_folder) as child:
        assert child.communicate()[0] == "S 12\n"
    assert rows_at(store_folder)["registration"] == []


# Versions


def test_the_newest_migration_is_the_one_the_program_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA_HEAD]


def test_the_migrations_make_the_tables_that_the_code_knows(store_folder: Path) -> None:
    engine = open_engine(store_folder, KEY)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


def told(constraints: list[dict[str, Any]]) -> list[str]:
    """Constraints as texts that can be compared, also the condition of a partial index."""
    for constraint in constraints:
        options = constraint.get("dialect_options", {})
        constraint["dialect_options"] = {name: str(value) for name, value in options.items()}
    return sorted(map(str, constraints))


def test_the_migrations_make_every_constraint_that_the_code_knows(store_folder: Path) -> None:
    migrated = open_engine(store_folder, KEY)
    declared = create_engine("sqlite+pysqlcipher://:x@/:memory:")
    tables.metadata.create_all(declared)
    seen, wanted = inspect(migrated), inspect(declared)
    for table in tables.metadata.tables:
        assert seen.get_pk_constraint(table) == wanted.get_pk_constraint(table)
        for look in ("get_unique_constraints", "get_foreign_keys", "get_indexes"):
            assert told(getattr(seen, look)(table)) == told(getattr(wanted, look)(table))
    migrated.dispose()
    declared.dispose()


def test_a_store_of_a_newer_program_is_refused_and_left_as_it_is(store_folder: Path) -> None:
    engine = open_engine(store_folder, KEY)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    before = bytes_in(store_folder)
    with pytest.raises(StoreFailure) as refused:
        open_store(store_folder, KEY)
    assert refused.value.code == "S 13"
    assert bytes_in(store_folder) == before


def test_a_migration_that_fails_leaves_no_half_made_store(
    store_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(Exception):
        pass

    def break_in(*_arguments: object, **_options: object) -> None:
        raise Broken

    with monkeypatch.context() as patch:
        patch.setattr("alembic.operations.Operations.create_table", break_in, raising=True)
        patch.setattr("alembic.op.create_table", break_in, raising=True)
        with pytest.raises(Broken):
            open_store(store_folder, KEY)
    assert set(rows_at(store_folder)) == set(tables.metadata.tables)


def test_a_store_that_is_up_to_date_opens_without_alembic(store: Store, filled: Path) -> None:
    store.close()
    with start_child("tell_what_opening_imports", filled) as child:
        imported = set(json.loads(child.communicate()[0]))
    assert child.returncode == 0
    assert "sqlalchemy" in imported
    assert not imported & {"alembic", "mako", "reportlab", "PySide6", "cryptography"}


def test_every_commit_waits_for_the_disk(store_folder: Path) -> None:
    engine = open_engine(store_folder, KEY)
    with engine.connect() as connection:
        read = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    engine.dispose()
    assert read == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
