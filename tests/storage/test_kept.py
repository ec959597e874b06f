"""Damage is noticed and made good by the kiosk itself, and nothing is ever lost or overwritten."""

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from keeping import PAGE, Kept, add, add_many, flip
from samples import KEY
from sqlalchemy import text

from kiosk.domain.audit import ChainWhole
from kiosk.domain.registration_number import make_number
from kiosk.registration import note_slip_came_out
from kiosk.storage.audit import verify_chain
from kiosk.storage.engine import (
    MIGRATIONS,
    SCHEMA_HEAD,
    STORE_FILE,
    StoreFailure,
    connect,
    make_engine,
    open_engine,
)
from kiosk.storage.incarnation import JUMP
from kiosk.storage.kept import KeptStore

PEOPLE = 30

pytestmark = pytest.mark.usefixtures("nowhere")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A kiosk with a backup in the middle, closed in order; `before` lies beside it."""
    kiosk = Kept(tmp_path_factory.mktemp("template") / "kiosk")
    with kiosk.opened() as store:
        add_many(store, kiosk.clock, range(1, 11))
        note_slip_came_out(store, "id 3", 0, kiosk.clock)
        store.back_up()
        add_many(store, kiosk.clock, range(11, PEOPLE - 5))
    shutil.copytree(kiosk.folder, kiosk.folder.with_name("before"))
    with kiosk.opened() as store:
        add_many(store, kiosk.clock, range(PEOPLE - 5, PEOPLE + 1))
    return kiosk


@pytest.fixture
def kiosk(template: Kept, tmp_path: Path) -> Kept:
    """A copy of the template."""
    copy = Kept(tmp_path / "kiosk")
    shutil.copytree(template.folder, copy.folder)
    shutil.copytree(template.folder.with_name("before"), tmp_path / "before")
    return copy


def pull_the_plug(kiosk: Kept) -> None:
    """As if the store had not been closed in order."""
    (kiosk.places.store / "closed").unlink()


def first_page(kiosk: Kept) -> None:
    kiosk.flip(1)


def salt(kiosk: Kept) -> None:
    kiosk.flip(1, 3)


def some_page(kiosk: Kept) -> None:
    kiosk.flip(12)


def last_page(kiosk: Kept) -> None:
    kiosk.flip(kiosk.file.stat().st_size // PAGE)


def cut_in_the_middle(kiosk: Kept) -> None:
    os.truncate(kiosk.file, kiosk.file.stat().st_size // 2 + 77)


def emptied(kiosk: Kept) -> None:
    os.truncate(kiosk.file, 0)


def taken_away(kiosk: Kept) -> None:
    kiosk.file.unlink()


def zeroes(kiosk: Kept) -> None:
    kiosk.file.write_bytes(bytes(kiosk.file.stat().st_size))


def of_another_kiosk(kiosk: Kept) -> None:
    other = Kept(kiosk.folder.with_name("other"), key=bytes(32))
    with other.opened() as store:
        add(store, other.clock, 99)
    shutil.copy(other.file, kiosk.file)


def older(kiosk: Kept) -> None:
    shutil.copy(kiosk.folder.with_name("before") / "store" / STORE_FILE, kiosk.file)


DAMAGES = [
    first_page,
    salt,
    some_page,
    last_page,
    cut_in_the_middle,
    emptied,
    taken_away,
    zeroes,
    of_another_kiosk,
    older,
]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("without_backup", [False, True], ids=["backup", "journal alone"])
def test_damage_is_made_good_without_anybody(
    kiosk: Kept, damage: Callable[[Kept], None], without_backup: bool
) -> None:
    wanted, copies = kiosk.record(), len(kiosk.aside)
    if without_backup:
        shutil.rmtree(kiosk.places.backups)
    damage(kiosk)
    left = kiosk.file.read_bytes() if kiosk.file.exists() else b""
    with kiosk.opened() as store:
        assert len(kiosk.aside) == copies + (left != b"" or damage is emptied)
        health = store.tend()
        assert health.is_well
        assert not health.depends_on_one_file
        number = add(store, kiosk.clock, 60).number
    assert kiosk.record()["registration"] != wanted["registration"]
    found = kiosk.record()
    for table, rows in wanted.items():
        assert set(rows) <= set(found[table]), table
    if left:
        assert (kiosk.aside[-1] / STORE_FILE).read_bytes() == left
    # What came between the last that is known and the damage cannot be given once more.
    assert int(number[5:11]) == PEOPLE + JUMP + 1
    (event, told) = kiosk.events()[-1]
    assert event == "store_rebuilt"
    assert told["gaps"] == told["taken_in"] == told["left_out"] == 0
    assert bool(told["backup"]) is not without_backup
    engine = open_engine(kiosk.places.store, KEY)
    with engine.connect() as connection:
        assert isinstance(verify_chain(connection), ChainWhole)
    engine.dispose()


@pytest.mark.parametrize("lost", ["taken away", "a bit turned", "emptied"])
def test_what_was_in_a_log_that_is_lost_comes_from_the_journal(kiosk: Kept, lost: str) -> None:
    with kiosk.opened() as store:
        add_many(store, kiosk.clock, range(40, 44))
        after = kiosk.cut_off("after")
    log = after.places.store / f"{STORE_FILE}-wal"
    assert log.stat().st_size
    if lost == "taken away":
        log.unlink()
    elif lost == "emptied":
        os.truncate(log, 0)
    else:
        flip(log, 5000)
    after.open().close()
    assert after.record() == kiosk.record()
    assert (after.aside[-1] / log.name).exists() is (lost == "a bit turned")


def test_after_a_power_cut_a_whole_store_stays_what_it_was(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        add(store, kiosk.clock, 40)
        after = kiosk.cut_off("after")
        number = add(store, kiosk.clock, 41).number
    with after.opened() as store:
        assert add(store, after.clock, 41).number == number
    assert after.aside == []


def test_a_file_that_was_touched_while_the_kiosk_was_off_is_checked(kiosk: Kept) -> None:
    wanted = kiosk.record()
    some_page(kiosk)
    kiosk.open().close()
    assert len(kiosk.aside) == 1
    assert kiosk.record() == wanted


def test_what_the_start_does_not_read_is_found_by_the_daily_check_and_made_good(
    kiosk: Kept,
) -> None:
    before = kiosk.file.stat()
    wanted = kiosk.record()
    with closing(connect(kiosk.file, KEY)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'payment'")
        (page,) = root.fetchone()
    kiosk.flip(page)
    os.utime(kiosk.file, ns=(before.st_atime_ns, before.st_mtime_ns))
    with kiosk.opened() as store:
        assert kiosk.aside == []
        assert not store.check()
        assert store.health().damage
        assert store.tend().is_well
        assert len(kiosk.aside) == 1
        add(store, kiosk.clock, 50)
    found = kiosk.record()
    assert set(wanted["registration"]) <= set(found["registration"])
    assert len(found["registration"]) == PEOPLE + 1


def test_damage_in_the_middle_of_the_work_is_said_and_made_good(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        assert store.clear_log()
        for page in range(2, kiosk.file.stat().st_size // PAGE + 1):
            # Behind the back of SQLite, which has the file open.
            descriptor = os.open(kiosk.file, os.O_WRONLY)
            os.pwrite(descriptor, bytes(64), (page - 1) * PAGE + 8)
            os.fsync(descriptor)
            os.close(descriptor)
        store._engine.dispose()
        with pytest.raises(StoreFailure) as failed:
            add(store, kiosk.clock, 50)
        assert failed.value.code == "S 14"
        assert store.tend().is_well
        add(store, kiosk.clock, 50)
    assert len(kiosk.record()["registration"]) == PEOPLE + 1


# What only the damaged file has


def grow_behind_the_journal(kiosk: Kept) -> None:
    """Two registrations and a slip's fate while the journal's disk is away."""
    away = kiosk.places.journal.rename(kiosk.folder / "away")
    kiosk.places.journal.write_text("not a folder")
    with kiosk.opened() as store:
        add_many(store, kiosk.clock, range(40, 42))
        note_slip_came_out(store, "id 5", 0, kiosk.clock)
        assert store.health().depends_on_one_file
    kiosk.places.journal.unlink()
    away.rename(kiosk.places.journal)


def test_what_the_journal_lacks_is_taken_out_of_the_damaged_file(kiosk: Kept) -> None:
    grow_behind_the_journal(kiosk)
    wanted = kiosk.record()
    with kiosk.file.open("ab") as file:
        file.write(bytes(PAGE))
    kiosk.open().close()
    assert kiosk.record() == wanted
    assert kiosk.events()[-1][1]["taken_in"] == 2


def test_a_page_that_is_lost_costs_no_more_than_what_lies_on_it(kiosk: Kept) -> None:
    grow_behind_the_journal(kiosk)
    wanted = kiosk.record()
    pages = kiosk.file.stat().st_size // PAGE
    whole = 0
    for page in range(2, pages, 11):
        after = kiosk.cut_off(f"after {page}")
        after.flip(page)
        after.open().close()
        found = after.record()
        assert set(found["registration"]) <= set(wanted["registration"])
        assert len(found["registration"]) >= PEOPLE
        whole += found["registration"] == wanted["registration"]
    assert whole > (pages - 2) // 11 // 2


def test_two_histories_are_brought_together(kiosk: Kept) -> None:
    """Somebody put an old copy back and worked with it, without the journal's stick."""
    away = kiosk.places.journal.rename(kiosk.folder / "away")
    newest = kiosk.record()
    older(kiosk)
    with kiosk.opened() as store:
        add_many(store, kiosk.clock, range(50, 60))
    shutil.rmtree(kiosk.places.journal)
    away.rename(kiosk.places.journal)
    kiosk.open().close()
    found = kiosk.record()
    assert set(newest["registration"]) <= set(found["registration"])
    # Six of the ten have numbers that others have, and wait for a person in the file set aside.
    told = kiosk.events()[-1][1]
    assert (told["taken_in"], told["left_out"]) == (4, 6)
    assert len(found["registration"]) == PEOPLE + 4


# Nothing is done that could lose something


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {"closed", "open.lock"}
    }


def refused(open_store: Callable[[], KeptStore]) -> str:
    with pytest.raises(StoreFailure) as failure:
        open_store()
    return failure.value.code


@pytest.mark.parametrize("cut", [False, True], ids=["closed", "power cut"])
@pytest.mark.parametrize("damage", [None, some_page, taken_away, emptied, zeroes])
def test_with_a_wrong_key_nothing_is_touched(
    kiosk: Kept, damage: Callable[[Kept], None] | None, cut: bool
) -> None:
    if cut:
        pull_the_plug(kiosk)
    if damage is not None:
        damage(kiosk)
    before = contents(kiosk.folder)
    assert refused(lambda: kiosk.open(key=bytes(32))) == "S 11"
    assert contents(kiosk.folder) == before


def test_without_its_journal_a_damaged_store_waits_for_a_person(kiosk: Kept) -> None:
    wanted = kiosk.record()
    some_page(kiosk)
    away = kiosk.places.journal.rename(kiosk.folder / "away")
    before = contents(kiosk.places.store)
    assert refused(kiosk.open) == "S 16"
    assert {name: before[name] for name in (STORE_FILE,)} == bytes_of_store(kiosk)
    away.rename(kiosk.places.journal)
    kiosk.open().close()
    assert kiosk.record() == wanted


def bytes_of_store(kiosk: Kept) -> dict[str, bytes]:
    return {STORE_FILE: kiosk.file.read_bytes()}


def test_with_the_journal_of_another_kiosk_it_waits_too(kiosk: Kept) -> None:
    other = Kept(kiosk.folder.with_name("other"), key=bytes(32))
    with other.opened() as store:
        add_many(store, other.clock, range(1, 60))
    shutil.rmtree(kiosk.places.journal)
    shutil.copytree(other.places.journal, kiosk.places.journal)
    some_page(kiosk)
    assert refused(kiosk.open) == "S 16"


def test_what_others_put_into_the_journal_does_not_count_against_the_store(kiosk: Kept) -> None:
    other = Kept(kiosk.folder.with_name("other"), key=bytes(32))
    with other.opened() as store:
        add_many(store, other.clock, range(1, 60))
    shutil.copy(other.segments[-1], kiosk.segments[-1])
    wanted = kiosk.record()
    with kiosk.opened() as store:
        assert store.tend(idle=False).is_well
    assert kiosk.aside == []
    assert kiosk.record() == wanted
    assert kiosk.journal().is_whole()


def test_a_damaged_store_that_another_program_has_open_is_left_alone(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        assert store.clear_log()
        first_page(kiosk)
        damaged = kiosk.file.read_bytes()
        assert refused(kiosk.open) == "S 17"
        assert kiosk.file.read_bytes() == damaged
        first_page(kiosk)
        with kiosk.opened():
            assert not store.mend()
        assert store.mend()
    assert len(kiosk.aside) == 1


def test_a_power_cut_before_the_new_store_is_in_its_place_loses_nothing(
    kiosk: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PlugPulled(Exception):
        pass

    def pull(*_arguments: object) -> None:
        raise PlugPulled

    wanted = kiosk.record()
    for moment in ("set_aside", "sync_folder"):
        some_page(kiosk)
        with monkeypatch.context() as patch:
            patch.setattr(f"kiosk.storage.rebuild.{moment}", pull)
            with pytest.raises(PlugPulled):
                kiosk.open()
        kiosk.open().close()
        assert kiosk.record() == wanted


def test_a_full_disk_while_it_is_rebuilt_leaves_the_damaged_store_in_its_place(
    kiosk: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = kiosk.record()
    some_page(kiosk)
    damaged = kiosk.file.read_bytes()

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("kiosk.storage.rebuild.copy_out", full)
        assert refused(kiosk.open) == "S 12"
    assert kiosk.file.read_bytes() == damaged
    kiosk.open().close()
    assert kiosk.record() == wanted


# Upgrades


def columns_of(store: Kept, table: str) -> list[str]:
    with closing(connect(store.file, KEY)) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})").fetchall()]


def make_store_of(kiosk: Kept, version: str) -> dict[str, list[dict[str, object]]]:
    """Make a store of an earlier schema by its own migrations, with data; returns its rows."""
    kiosk.places.store.mkdir(parents=True)
    engine = make_engine(kiosk.file, KEY)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    engine.dispose()
    new = Kept(kiosk.folder.with_name("new"))
    with new.opened() as store:
        add_many(store, new.clock, range(1, 21))
        for serial in (2, 3):
            note_slip_came_out(store, f"id {serial}", 0, new.clock)
    with closing(connect(new.file, KEY)) as connection:
        connection.execute(f"ATTACH '{kiosk.file}' AS old KEY \"x'{KEY.hex()}'\"")
        tables = ["store_fact", "registration", "audit", "outbox", "print_job"]
        for table in tables:
            names = ", ".join(columns_of(kiosk, table))
            connection.execute(f"DELETE FROM old.{table}")
            connection.execute(
                f"INSERT INTO old.{table} ({names}) SELECT {names} FROM main.{table}"
            )
    return {table: named_rows(kiosk, table) for table in tables}


def named_rows(kiosk: Kept, table: str) -> list[dict[str, object]]:
    with closing(connect(kiosk.file, KEY)) as connection:
        rows = connection.execute(f"SELECT * FROM {table} ORDER BY 1")
        names = [column[0] for column in rows.description]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


@pytest.mark.parametrize("version", ["0001", "0002", "0003", "0007"])
def test_stores_of_every_earlier_schema_are_brought_up_to_date_with_equal_records(
    tmp_path: Path, version: str
) -> None:
    kiosk = Kept(tmp_path / "kiosk")
    before = make_store_of(kiosk, version)
    assert len(before["registration"]) == len(before["audit"]) == 20
    with kiosk.opened() as store:
        assert store.tend(idle=False).is_well
        assert add(store, kiosk.clock, 21).number == make_number(
            str(before["registration"][0]["kiosk_number"]), 21
        )
    for table in ("registration", "outbox", "print_job"):
        after = [row for row in named_rows(kiosk, table) if "id 21" not in row.values()]
        kept = [{name: row[name] for name in before[table][0]} for row in after]
        assert kept == before[table], table
    engine = open_engine(kiosk.places.store, KEY)
    with engine.connect() as connection:
        assert isinstance(verify_chain(connection), ChainWhole)
        at = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        assert at == SCHEMA_HEAD
    engine.dispose()
    # The backup from before, and the journal from after, each give it back.
    (backup,) = kiosk.backups
    with closing(connect(backup, KEY)) as connection:
        assert (
            connection.execute("SELECT version_num FROM alembic_version").fetchone()[0] == version
        )
    wanted = kiosk.record()
    kiosk.file.unlink()
    kiosk.open().close()
    assert kiosk.record() == wanted


def test_an_upgrade_without_a_place_for_its_backup_makes_it_beside_the_store(
    tmp_path: Path,
) -> None:
    kiosk = Kept(tmp_path / "kiosk")
    before = make_store_of(kiosk, "0003")
    kiosk.places.backups.write_text("a stick that is not a folder")
    with kiosk.opened() as store:
        assert store.health().set_aside == ("set-aside-0001",)
    assert len(kiosk.record()["registration"]) == len(before["registration"])
    (backup,) = kiosk.aside[0].glob("*.backup")
    kiosk.file.unlink()
    shutil.copy(backup, kiosk.file)
    assert named_rows(kiosk, "registration") == before["registration"]


def test_an_upgrade_with_no_room_for_a_backup_says_where_and_how_much_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = Kept(tmp_path / "kiosk")
    before = make_store_of(kiosk, "0003")
    with monkeypatch.context() as disk:
        disk.setattr("kiosk.storage.backups.sync_file", no_room)
        with pytest.raises(StoreFailure) as stopped:
            kiosk.open()
    assert stopped.value.code == "S 20"
    for told in ("1 MB", str(kiosk.places.backups), str(kiosk.places.store)):
        assert told in str(stopped.value)
    assert named_rows(kiosk, "registration") == before["registration"]
    assert kiosk.aside == []
    kiosk.open().close()
    assert len(kiosk.backups) == 1


def no_room(_file: Path) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_store_that_is_damaged_when_the_program_is_upgraded_is_rebuilt(
    kiosk: Kept, tmp_path: Path
) -> None:
    wanted = kiosk.record()
    old = Kept(tmp_path / "old")
    make_store_of(old, "0003")
    shutil.copy(old.file, kiosk.file)
    kiosk.open().close()
    assert kiosk.record() == wanted
