"""Who was erased is in no copy of the record either, and no copy brings them back."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from keeping import Kept
from opened_pages import pages_of
from samples import KEY, StillClock

from kiosk.desk.rights import CarriedOut, NotAllGone, carry_out, open_requests
from kiosk.desk.session import Desk
from kiosk.domain.rights import Right
from kiosk.storage.audit import Deed
from kiosk.storage.by_hand import ByHand
from kiosk.storage.engine import StoreKeys, connect, keys_of
from kiosk.storage.kept import KeptStore
from kiosk.storage.rights import ERASED as ERASED_EVENT

from .office import SUPERVISOR, desk_of, enrol
from .somebody import leave_traces, of_somebody
from .test_rights import NoPapers, ask, erase

ERASED = 1234


@pytest.fixture
def kiosk(tmp_path: Path, clock: StillClock) -> Kept:
    return Kept(tmp_path / "kiosk", clock=clock)


@pytest.fixture
def store(kiosk: Kept) -> Iterator[KeptStore]:
    with kiosk.opened() as store:
        yield store


@pytest.fixture
def boss(store: KeptStore, clock: StillClock) -> Desk:
    return desk_of(SUPERVISOR, store, clock)


def opened(files: list[Path]) -> bytes:
    """Every page of stores and backups that are closed."""
    return b"".join(pages_of(file) for file in files)


def copies(kiosk: Kept) -> bytes:
    """All that the journal, the backups and what was set aside say."""
    files = [*kiosk.backups, *kiosk.places.store.glob("set-aside-*/*.db")]
    return kiosk.told_in_journal().encode() + opened(files)


def test_nothing_of_who_is_erased_is_left_in_any_copy(
    boss: Desk, kiosk: Kept, store: KeptStore, clock: StillClock
) -> None:
    for serial in range(1, 20):
        enrol(store, clock, serial, name=of_somebody(serial)["name"])
    looked_for = leave_traces(boss, kiosk.places.store, ERASED)
    # What is not in the record is in no copy: who tries a proof, and how the index turns digits.
    in_copies = [word for word in looked_for if not word.islower() and word[::-1] not in looked_for]
    assert store.back_up()
    assert store.mend()
    assert store.tend().set_aside
    before = copies(kiosk)
    assert [word for word in in_copies if word not in before] == []

    erase(boss, f"id {ERASED}")
    after = copies(kiosk)
    assert [word for word in looked_for if word in after] == []
    assert of_somebody(19)["name"].encode() in after
    assert len(kiosk.backups) == 1
    assert kiosk.aside == []
    store.close()
    assert {path.name.split(".")[-1] for path in kiosk.folder.rglob("*") if path.is_file()} == {
        "backup",
        "closed",
        "db",
        "journal",
        "lock",
    }


@pytest.mark.parametrize("away", ["journal", "backups"])
def test_while_a_disk_with_copies_is_away_the_request_stays_open(
    boss: Desk, kiosk: Kept, clock: StillClock, away: str
) -> None:
    request = ask(boss, enrol(boss.store, clock), Right.ERASURE)
    folder = kiosk.folder / away
    folder.mkdir(exist_ok=True)
    pulled = folder.rename(folder.with_name("pulled"))
    folder.write_text("not a folder")
    assert carry_out(boss, request.id, NoPapers()) == NotAllGone()
    (waits,) = open_requests(boss)  # type: ignore[misc]
    assert waits.request == request
    folder.unlink()
    pulled.rename(folder)
    assert isinstance(carry_out(boss, request.id, NoPapers()), CarriedOut)


@pytest.mark.parametrize("with_journal", [True, False])
def test_a_backup_from_before_does_not_bring_anybody_back(
    boss: Desk, kiosk: Kept, store: KeptStore, clock: StillClock, with_journal: bool
) -> None:
    for serial in range(1, 6):
        enrol(store, clock, serial)
    made = store.back_up()
    assert made is not None
    old = Path(shutil.copy(made.path, kiosk.folder / "on a stick"))
    erase(boss, "id 3")
    store.close()
    ByHand(kiosk.places, KEY, clock, 3).restore(old, with_journal=with_journal)
    found = kiosk.record()
    assert sorted(row[0] for row in found["registration"]) == ["id 1", "id 2", "id 4", "id 5"]
    assert [row[0] for row in found["erased"]] == ["id 3"]
    # The last row of the outbox tells the centre.
    assert max(row[2] for row in found["outbox"] if row[1] == "id 3") == 2


def test_damage_after_an_erasure_brings_nobody_back(
    boss: Desk, kiosk: Kept, store: KeptStore, clock: StillClock
) -> None:
    for serial in range(1, 6):
        enrol(store, clock, serial)
    store.back_up()
    erase(boss, "id 3")
    enrol(store, clock, 7)
    store.close()
    wanted = kiosk.record()
    kiosk.flip(5)
    kiosk.open().close()
    assert kiosk.record() == wanted
    assert "id 3" not in {row[0] for row in wanted["registration"]}


def test_what_is_removed_in_time_is_removed_from_the_copies_when_the_store_is_tended(
    kiosk: Kept, store: KeptStore, clock: StillClock
) -> None:
    for serial in range(1, 6):
        enrol(store, clock, serial, name=of_somebody(serial)["name"])
    store.back_up()
    with store.transaction() as record:
        row = record.row("id 3")
        assert row is not None
        record.rights.erase(row, Deed(ERASED_EVENT, "", clock.now(), {}))
        record.outdate_copies()
    assert of_somebody(3)["name"].encode() in copies(kiosk)
    assert store.clear_log()
    store.close()
    with kiosk.opened() as again:  # a power cut in between changes nothing
        again.tend(idle=False)
        assert of_somebody(3)["name"].encode() in copies(kiosk)
        again.tend()
        assert of_somebody(3)["name"].encode() not in copies(kiosk)
        journal = kiosk.segments
        again.tend()
        assert kiosk.segments == journal


def test_after_the_key_was_changed_the_copies_follow(kiosk: Kept, clock: StillClock) -> None:
    with kiosk.opened() as store:
        for serial in range(1, 6):
            enrol(store, clock, serial)
        store.back_up()
        with store.transaction() as record:
            record.outdate_copies(key_changes=True)
    key = bytes(range(1, 33))
    with closing(connect(kiosk.file, KEY)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")
    # As `main.py key change store` leaves it: the audit goes on with the key that it had.
    kiosk.key = StoreKeys(key, keys_of(KEY).audit)
    with kiosk.opened() as store:
        enrol(store, clock, 6)
        assert store.health().depends_on_one_file
        store.tend()
        assert store.tend().is_well
    assert len(kiosk.record()["registration"]) == 6
    kiosk.file.unlink()
    kiosk.open().close()
    assert len(kiosk.record()["registration"]) == 6
