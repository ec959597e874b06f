"""Backups: whole or none, encrypted, the newest ones, and none of who was erased."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from keeping import Kept, add, add_many, flip
from samples import ANSWERS, KEY

from kiosk.registration import keep_draft
from kiosk.storage.backups import Backups
from kiosk.storage.checking import Contents, Damaged, contents_of
from kiosk.storage.engine import STORE_FILE
from kiosk.storage.kept import BACKUP_AFTER_CHANGES


@pytest.fixture
def kiosk(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "kiosk")


def opened_from(kiosk: Kept, backup: Path, name: str) -> Kept:
    """A kiosk whose store is that backup."""
    copy = Kept(kiosk.folder.with_name(name))
    copy.places.store.mkdir(parents=True)
    shutil.copy(backup, copy.file)
    return copy


def test_a_backup_holds_every_row_and_no_file_beside_it(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        add_many(store, kiosk.clock, range(1, 30))
        keep_draft(store, "half", ANSWERS, kiosk.clock)
        made = store.back_up()
    assert made is not None
    names = {path.name for path in kiosk.places.backups.iterdir()}
    assert names == {"000001-2026-11-22.backup", "backup.lock"}
    assert opened_from(kiosk, made.path, "copy").record() == kiosk.record()
    assert made.path.stat().st_mode & 0o777 == 0o600


def test_people_register_while_a_backup_is_made(kiosk: Kept) -> None:
    with kiosk.opened() as store, ThreadPoolExecutor(2) as pool:
        add_many(store, kiosk.clock, range(1, 20))
        registering = pool.submit(add_many, store, kiosk.clock, range(20, 80))
        made = [store.back_up() for _ in range(4)]
        assert len(registering.result()) == 60
        assert store.health().is_well
    assert None not in made
    for number, backup in enumerate(kiosk.backups):
        people = opened_from(kiosk, backup, f"copy {number}").record()["registration"]
        assert 19 <= len(people) <= 79


def test_as_many_are_kept_as_are_wanted_and_the_date_does_not_matter(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        for days in (1, -4000, 1, 1, 1):
            kiosk.clock.forward(timedelta(days=days))
            store.back_up()
    assert [path.name[:6] for path in kiosk.backups] == ["000003", "000004", "000005"]


def test_half_of_a_backup_is_never_taken_for_one(
    kiosk: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PlugPulled(BaseException):
        pass

    def pull(_path: Path) -> None:
        kept.append((kiosk.places.backups / "000002-2026-11-22.half").read_bytes())
        raise PlugPulled

    kept: list[bytes] = []
    with kiosk.opened() as store:
        add_many(store, kiosk.clock, range(1, 5))
        store.back_up()
        with monkeypatch.context() as patch:
            patch.setattr("kiosk.storage.backups.sync_file", pull)
            with pytest.raises(PlugPulled):
                store.back_up()
        (kiosk.places.backups / "000002-2026-11-22.half").write_bytes(kept[0])
        assert store.health().backups == 1
        store.back_up()
    assert [path.name[:6] for path in kiosk.backups] == ["000001", "000002"]
    assert not list(kiosk.places.backups.glob("*.half*"))


@pytest.mark.parametrize("at", [0, 0.3, 0.9])
def test_a_copy_that_is_not_whole_takes_no_place_of_an_older_one(
    kiosk: Kept, monkeypatch: pytest.MonkeyPatch, at: float
) -> None:
    def spoilt(file: Path, key: bytes) -> Contents:
        flip(file, int(at * file.stat().st_size))
        return contents_of(file, key)

    kiosk.backups_kept = 1
    with kiosk.opened() as store:
        add_many(store, kiosk.clock, range(1, 9))
        first = store.back_up()
        assert first is not None
        with monkeypatch.context() as patch:
            patch.setattr("kiosk.storage.backups.contents_of", spoilt)
            assert store.back_up() is None
        assert store.health().backup_problem
        assert kiosk.backups == [first.path]
        assert store.back_up() is not None
        assert store.health().is_well
    assert [path.name[:6] for path in kiosk.backups] == ["000002"]


def test_a_copy_that_lacks_entries_is_no_backup(
    kiosk: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kiosk.opened() as store:
        add_many(store, kiosk.clock, range(1, 4))
        with store._own_cursor() as cursor, monkeypatch.context() as patch:
            patch.setattr("kiosk.storage.backups.HALF_SAID", ("audit",))
            with pytest.raises(Damaged):
                store._backups.make(cursor)
    assert kiosk.backups == []


def test_one_is_made_each_day_on_which_something_changed_and_after_much_work(
    kiosk: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kiosk.opened() as store:
        add(store, kiosk.clock, 1)
        assert store.tend(idle=False).backups == 0
        made = store.tend()
        assert made.backups == 1
        assert made.backed_up_at is not None
        kiosk.clock.moment = made.backed_up_at
        add(store, kiosk.clock, 2)
        assert store.tend().backups == 1
        kiosk.clock.forward(timedelta(days=1))
        assert store.tend().backups == 2
        monkeypatch.setattr("kiosk.storage.kept.BACKUP_AFTER_CHANGES", 8)
        assert BACKUP_AFTER_CHANGES > 100
        kiosk.clock.moment = kiosk.clock.moment - timedelta(hours=19)
        add(store, kiosk.clock, 3)
        assert store.tend().backups == 2
        add(store, kiosk.clock, 4)
        assert store.tend().backups == 3


def test_a_newest_backup_that_was_damaged_is_replaced(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        add(store, kiosk.clock, 1)
        store.back_up()
    flip(kiosk.backups[-1], 5000)
    with kiosk.opened() as store:
        store.tend()
    assert len(kiosk.backups) == 2
    shutil.rmtree(kiosk.places.store)
    kiosk.open().close()
    assert len(kiosk.record()["registration"]) == 1


def test_without_room_for_backups_the_staff_is_told_and_the_work_goes_on(kiosk: Kept) -> None:
    kiosk.folder.mkdir()
    kiosk.places.backups.write_text("not a folder")
    with kiosk.opened() as store:
        add(store, kiosk.clock, 1)
        assert store.tend().backup_problem
        kiosk.places.backups.unlink()
        assert store.tend().is_well
    assert (kiosk.places.store / STORE_FILE).exists()


def test_the_key_opens_them_and_no_other_does(kiosk: Kept) -> None:
    with kiosk.opened() as store:
        add(store, kiosk.clock, 1)
        store.back_up()
    for key, fits in ((KEY, True), (bytes(32), False)):
        backups = Backups(kiosk.places.backups, key, 3, kiosk.clock.moment.date)
        assert backups.fits_key() is fits
    with closing(kiosk.open()):
        pass
