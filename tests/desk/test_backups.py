"""Backups by hand: made, carried, tried and put back; whatever goes wrong leaves all as it was."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from keeping import Kept, add, add_many, flip

from kiosk import backups
from kiosk.backups import (
    BackupsSeen,
    Made,
    NoJournal,
    NoRoom,
    NotMade,
    NotWhole,
    OnlyPractice,
    OthersOpen,
    PlaceGone,
    Restored,
    look,
    make,
    restore,
    try_copy,
)
from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.staff import Action
from kiosk.handover import exchange
from kiosk.handover.exchange import Place
from kiosk.handover.progress import Cancelled
from kiosk.storage.copies import Tried
from kiosk.storage.incarnation import JUMP
from kiosk.storage.kept import KeptStore
from kiosk.storage.store import Store

from .office import ADMIN, CLERK, SUPERVISOR, desk_of

PEOPLE = 12


@pytest.fixture
def kiosk(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "kiosk")


@pytest.fixture
def store(kiosk: Kept) -> Iterator[KeptStore]:
    with closing(kiosk.open()) as store:
        add_many(store, kiosk.clock, range(1, PEOPLE + 1))
        yield store


@pytest.fixture
def desk(store: KeptStore, kiosk: Kept) -> Desk:
    return desk_of(ADMIN, store, kiosk.clock)


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A stick that is in, as long as its folder is there."""
    folder = tmp_path / "STIK"
    folder.mkdir()
    monkeypatch.setattr(exchange, "mounted_media", lambda: [folder] if folder.exists() else [])
    return Place(folder, "STIK", removable=True)


def noted(kiosk: Kept, *events: str) -> list[Any]:
    return [(row[2], row[4]) for row in kiosk.record()["audit"] if row[2] in events]


# ------------------------------------------------------------ who may


@pytest.mark.parametrize("account", [CLERK, SUPERVISOR], ids=lambda one: one.role.value)
def test_only_the_admin_may(store: KeptStore, kiosk: Kept, account: Any, stick: Place) -> None:
    desk = desk_of(account, store, kiosk.clock)
    store.back_up()
    refused = NotAllowed(Action.KEEP_COPIES)
    for outcome in (
        look(desk),
        make(desk, stick),
        try_copy(desk, kiosk.backups[0]),
        restore(desk, kiosk.backups[0]),
    ):
        assert outcome == refused
    assert list(stick.folder.iterdir()) == []
    assert kiosk.aside == []


def test_what_is_practised_is_not_kept(
    store_to_practise_in: Store, kiosk: Kept, stick: Place
) -> None:
    desk = desk_of(ADMIN, store_to_practise_in, kiosk.clock)
    for outcome in (look(desk), make(desk, None), restore(desk, stick.folder / "x.backup")):
        assert outcome == OnlyPractice()


@pytest.fixture
def store_to_practise_in(tmp_path: Path) -> Iterator[Store]:
    from kiosk.storage.store import open_store

    with closing(open_store(tmp_path / "practice", bytes(32))) as store:
        yield store


# ------------------------------------------------------------ making


def test_a_backup_is_made_and_proven(desk: Desk, kiosk: Kept, store: KeptStore) -> None:
    made = make(desk, None)
    assert made == Made(kiosk.backups[-1], Tried(PEOPLE, PEOPLE, as_now=True))
    seen = look(desk)
    assert isinstance(seen, BackupsSeen)
    assert (seen.registrations, seen.folder) == (PEOPLE, kiosk.places.backups)
    assert seen.health.backups == 1
    store.close()
    assert noted(kiosk, "backed_up") == [("backed_up", ADMIN.id)]


def test_a_copy_on_a_stick_opens_with_this_kiosks_key_alone(
    desk: Desk, stick: Place, store: KeptStore
) -> None:
    far: list[tuple[int, int]] = []

    def go_on(done: int, total: int) -> bool:
        far.append((done, total))
        return True

    made = make(desk, stick, go_on)
    assert isinstance(made, Made)
    assert made.tried.as_now
    assert not made.keys_beside
    assert [one.name for one in stick.folder.iterdir()] == [made.file.name]
    with store.reading() as record:
        number = record.identity().kiosk_number
    assert made.file.name.startswith(f"{number}-000001-")
    assert far[-1] == (made.file.stat().st_size,) * 2
    assert b"SQLite format" not in made.file.read_bytes()


def test_keys_on_the_same_stick_are_told(desk: Desk, stick: Place) -> None:
    (stick.folder / "keys").mkdir()
    (stick.folder / "keys" / "kiosk.keys").write_text("{}")
    made = make(desk, stick)
    assert isinstance(made, Made)
    assert made.keys_beside


def test_it_is_looked_for_room_before(
    desk: Desk, stick: Place, kiosk: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = shutil.disk_usage(stick.folder)._replace(free=3_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: free)
    made = make(desk, stick)
    assert isinstance(made, NoRoom)
    assert (made.free_mb, made.needs_mb > 3) == (3, True)
    assert kiosk.backups == []
    assert isinstance(restore(desk, stick.folder / "x.backup"), NoRoom)


def test_a_stick_that_is_full_all_the_same_is_told_and_keeps_no_half(
    desk: Desk, stick: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    def carry(*given: Any) -> Path:
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            return real(*given)

    real = backups._carry
    monkeypatch.setattr(backups, "_carry", carry)
    assert isinstance(make(desk, stick), NoRoom)
    assert list(stick.folder.iterdir()) == []


@pytest.mark.parametrize("after", [0, 1])
def test_a_stick_pulled_out_is_told_and_the_backup_stays(
    desk: Desk, stick: Place, kiosk: Kept, after: int
) -> None:
    """Before anything was written, or in the middle of it."""
    if not after:
        shutil.rmtree(stick.folder)

    def pull(_done: int, _total: int) -> bool:
        shutil.rmtree(stick.folder, ignore_errors=True)
        return True

    assert make(desk, stick, pull) == PlaceGone()
    assert not stick.folder.exists()
    assert len(kiosk.backups) == 1
    assert isinstance(try_copy(desk, kiosk.backups[0]), Tried)


def test_it_can_be_called_off(desk: Desk, stick: Place) -> None:
    assert make(desk, stick, lambda _done, _total: False) == Cancelled()
    assert list(stick.folder.iterdir()) == []


def test_a_folder_that_takes_no_backup_is_told(desk: Desk, kiosk: Kept, stick: Place) -> None:
    shutil.rmtree(kiosk.places.backups, ignore_errors=True)
    kiosk.places.backups.write_text("in the way")
    assert make(desk, stick) == NotMade()


# ------------------------------------------------------------ trying


def test_a_copy_of_before_says_how_much_came_since(
    desk: Desk, kiosk: Kept, store: KeptStore
) -> None:
    make(desk, None)
    add_many(store, kiosk.clock, range(20, 23))
    assert try_copy(desk, kiosk.backups[0]) == Tried(PEOPLE, PEOPLE + 3, as_now=False)


def damaged(file: Path) -> None:
    flip(file, 4096 * 3 + 100)


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size - 4096)


def empty(file: Path) -> None:
    os.truncate(file, 0)


def of_another_kiosk(file: Path) -> None:
    other = Kept(file.parent.with_name("other"), key=bytes(32))
    with other.opened() as store:
        add(store, other.clock, 99)
        store.back_up()
    shutil.copy(other.backups[0], file)


@pytest.mark.parametrize("harm", [damaged, cut, empty, of_another_kiosk])
def test_what_does_not_open_is_neither_proven_nor_restored(
    desk: Desk, kiosk: Kept, stick: Place, store: KeptStore, harm: Callable[[Path], None]
) -> None:
    made = make(desk, stick)
    assert isinstance(made, Made)
    harm(made.file)
    assert try_copy(desk, made.file) == NotWhole()
    assert restore(desk, made.file) == NotWhole()
    assert kiosk.aside == []
    assert add(store, kiosk.clock, 50).number
    assert store.check()


def test_a_file_that_is_gone_is_not_made(desk: Desk, tmp_path: Path) -> None:
    gone = tmp_path / "gone.backup"
    assert try_copy(desk, gone) == restore(desk, gone) == PlaceGone()
    assert not gone.exists()


# ------------------------------------------------------------ restoring


def test_restoring_keeps_what_is_newer_and_counts_on_far_behind(
    desk: Desk, kiosk: Kept, store: KeptStore, stick: Place
) -> None:
    made = make(desk, stick)
    assert isinstance(made, Made)
    add_many(store, kiosk.clock, range(20, 22))
    last = add(store, kiosk.clock, 22)
    before = _identity(store)
    assert restore(desk, made.file) == Restored(PEOPLE + 3)
    assert _identity(store) != before
    after = add(store, kiosk.clock, 40)
    assert int(after.number[5:11]) >= int(last.number[5:11]) + JUMP - 1
    assert len(kiosk.aside) == 1
    assert store.tend().is_well
    store.close()
    assert noted(kiosk, "restored") == [("restored", ADMIN.id)]


def _identity(store: KeptStore) -> str:
    with store.reading() as record:
        return record.identity().incarnation


def test_a_store_that_was_damaged_meanwhile_is_restored_as_well(
    desk: Desk, kiosk: Kept, store: KeptStore
) -> None:
    made = make(desk, None)
    assert isinstance(made, Made)
    add(store, kiosk.clock, 30)
    assert restore(desk, made.file) == Restored(PEOPLE + 1)
    with store.reading() as record:
        assert record.identity()


def test_a_stick_pulled_out_while_restoring_leaves_all_as_it_was(
    desk: Desk, kiosk: Kept, store: KeptStore, stick: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(desk, stick)
    assert isinstance(made, Made)

    def pulled(_backup: object, target: Path) -> None:
        target.write_bytes(b"half of it")
        raise OSError(errno.EIO, "pulled out")

    with monkeypatch.context() as patch:
        patch.setattr("kiosk.storage.rebuild.copy_out", pulled)
        assert restore(desk, made.file) == PlaceGone()
    assert kiosk.aside == []
    assert add(store, kiosk.clock, 30).number
    assert restore(desk, made.file) == Restored(PEOPLE + 1)


def test_without_the_second_record_nothing_is_restored(
    desk: Desk, kiosk: Kept, store: KeptStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(desk, None)
    assert isinstance(made, Made)
    monkeypatch.setattr(type(store._opening), "journal_exists", lambda _self: False)
    assert restore(desk, made.file) == NoJournal()
    assert kiosk.aside == []
    assert add(store, kiosk.clock, 30).number


def test_while_another_window_has_the_record_open_nothing_is_restored(
    desk: Desk, kiosk: Kept, store: KeptStore
) -> None:
    made = make(desk, None)
    assert isinstance(made, Made)
    with kiosk.opened():
        assert restore(desk, made.file) == OthersOpen()
    assert kiosk.aside == []
    assert restore(desk, made.file) == Restored(PEOPLE)
