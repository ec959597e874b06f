"""Room is held back for the visits to come, given up for who is there, and taken back."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from samples import KEY, StillClock, make_application, nik_of
from small_disk import SmallDisk, small_disk

from kiosk.domain.failures import KioskFailure
from kiosk.registration import AlreadyRegistered, Registered, register
from kiosk.room import RESERVE_FILE, Reserve, RoomState
from kiosk.storage.store import Store, open_store

MB = 1_000_000
SIZES = {"RESERVE_BYTES": 8 * MB, "STOP_BYTES": 4 * MB, "LOW_BYTES": 30 * MB}


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    """A disk of 64 MB, on a kiosk that holds back 8."""
    for name, size in SIZES.items():
        monkeypatch.setattr(f"kiosk.room.{name}", size)
    with small_disk(tmp_path / "disk", 64 * MB, monkeypatch) as opened:
        yield opened


@pytest.fixture
def reserve(disk: SmallDisk) -> Reserve:
    return Reserve([disk.folder / "store"])


def held(disk: SmallDisk) -> bool:
    return (disk.folder / "store" / RESERVE_FILE).exists()


def test_room_is_held_back_and_really_taken(disk: SmallDisk, reserve: Reserve) -> None:
    before = disk.free
    assert reserve.look().state is RoomState.ENOUGH
    assert before - disk.free >= 8 * MB
    assert reserve.look() == reserve.room
    assert before - disk.free < 9 * MB


def test_too_little_is_told_early(disk: SmallDisk, reserve: Reserve) -> None:
    reserve.look()
    disk.fill(leave=29 * MB)
    assert reserve.look().state is RoomState.LOW
    assert held(disk)
    assert 28 <= reserve.room.free_mb <= 29


def test_before_it_is_gone_nobody_begins_and_the_reserve_is_given_up(
    disk: SmallDisk, reserve: Reserve, caplog: pytest.LogCaptureFixture
) -> None:
    reserve.look()
    disk.fill(leave=3 * MB)
    assert reserve.look().state is RoomState.NONE
    assert not held(disk)
    assert disk.free > 10 * MB
    assert "room none" in caplog.text


def test_it_recovers_by_itself_and_does_not_waver(disk: SmallDisk, reserve: Reserve) -> None:
    reserve.look()
    disk.fill(leave=3 * MB)
    reserve.look()
    # What was given up is room again, but not for a reserve and more visits.
    assert reserve.look().state is RoomState.NONE
    disk.clear()
    assert reserve.look().state is RoomState.ENOUGH
    assert held(disk)


def test_a_disk_that_is_small_from_the_start_is_not_filled_by_the_reserve(
    disk: SmallDisk, reserve: Reserve
) -> None:
    disk.fill(leave=15 * MB)
    assert reserve.look().state is RoomState.NONE
    assert not held(disk)


def test_a_folder_that_cannot_be_written_has_no_room(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("no folder")
    assert Reserve([tmp_path / "store"]).look().state is RoomState.NONE


def test_the_fullest_disk_counts(disk: SmallDisk, tmp_path: Path) -> None:
    both = Reserve([tmp_path / "large" / "store", disk.folder / "store"])
    both.look()
    disk.fill(leave=3 * MB)
    assert both.look().state is RoomState.NONE
    assert (tmp_path / "large" / "store" / RESERVE_FILE).exists()


def test_work_that_fails_for_want_of_room_is_done_in_the_reserve(
    disk: SmallDisk, reserve: Reserve
) -> None:
    """What others write between two looks fills the disk: who is at the kiosk does not see it."""
    reserve.look()
    store = open_store(disk.folder / "store", KEY)
    disk.fill(leave=100_000)
    serial = 0
    while held(disk):
        serial += 1
        assert isinstance(reserve.covers(partial(write, disk, store, serial)), Registered)
    with store.reading() as record:
        assert all(record.find(f"draft {number + 1}") for number in range(serial))
    store.close()


def write(disk: SmallDisk, store: Store, serial: int) -> Registered | AlreadyRegistered:
    """Register somebody; a disk that is only pretended refuses nothing by itself."""
    if not disk.is_real and held(disk):
        raise KioskFailure("S 14", "the disk is full")
    return register(store, make_application(f"draft {serial}", nik=nik_of(serial)), StillClock())


def test_a_failure_that_room_does_not_mend_is_told(disk: SmallDisk, reserve: Reserve) -> None:
    reserve.look()
    tried: list[bool] = []

    def fail() -> None:
        tried.append(held(disk))
        raise KioskFailure("S 14", "damaged")

    with pytest.raises(KioskFailure):
        reserve.covers(fail)
    assert tried == [True, False]
    with pytest.raises(KioskFailure):
        reserve.covers(fail)
    assert tried == [True, False, False]
