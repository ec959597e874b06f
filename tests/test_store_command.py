"""`main.py store`: what it says of the record's copies, and how one is used by hand."""

import io
import shutil
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path

import pytest
from samples import NAME, NIK, StillClock, make_application, nik_of

from kiosk import store_command
from kiosk.domain.failures import KioskFailure
from kiosk.opening import open_own
from kiosk.registration import register
from kiosk.settings import Settings
from kiosk.storage.kept import KeptStore


class Office:
    """A kiosk and somebody at its terminal."""

    def __init__(self, folder: Path, clock: StillClock) -> None:
        self.settings = Settings(store_folder=folder / "store", keys_folder=folder / "keys")
        self.clock = clock

    @property
    def file(self) -> Path:
        return self.settings.store_folder / "anjungan.db"

    def register(self, *serials: int) -> None:
        _, store = open_own(self.settings, clock=self.clock)
        with closing(store):
            for serial in serials:
                register(store, make_application(f"id {serial}", nik=nik_of(serial)), self.clock)
            assert isinstance(store, KeptStore)
            store.tend()

    def type(self, *words: str) -> tuple[int, str]:
        parser = ArgumentParser()
        store_command.declare(parser)
        out = io.StringIO()
        code = store_command.run(self.settings, parser.parse_args(words), self.clock, out)
        return code, out.getvalue()

    def spoil(self) -> None:
        content = bytearray(self.file.read_bytes())
        content[5000:5100] = bytes(100)
        self.file.write_bytes(content)


@pytest.fixture
def office(tmp_path: Path, clock: StillClock) -> Office:
    office = Office(tmp_path, clock)
    office.register(1, 2)
    return office


def test_it_tells_what_there_is_and_names_nobody(office: Office) -> None:
    code, told = office.type("status")
    assert code == 0
    assert "store: 2 registrations, last checked, 2026-11-22 10:24 WIB" in told
    assert "journal: on the store's own disk, lacks 0 changes" in told
    assert "backups: 1, the newest" in told
    code, more = office.type("verify")
    assert code == 0
    assert "store: whole, 2 registrations" in more
    assert "000001-2026-11-22.backup: whole, 2 registrations" in more
    assert not [word for word in (NIK[:12], NAME) if word in told + more]


def test_looking_repairs_nothing(office: Office) -> None:
    office.spoil()
    before = office.file.read_bytes()
    code, told = office.type("verify")
    assert code == 1
    assert "WRONG store: damaged" in told
    assert office.type("status")[0] in {0, 1}
    assert office.file.read_bytes() == before
    assert not list(office.settings.store_folder.glob("set-aside*"))


@pytest.mark.parametrize("what", ["journal", "backup"])
def test_a_damaged_copy_is_told(office: Office, what: str) -> None:
    (file, *_) = office.settings.store_folder.parent.glob(f"store-*/*.{what}")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    code, told = office.type("verify")
    assert code == 1
    assert told.count("WRONG") == 1


def test_what_is_not_there_is_told_and_not_made(office: Office) -> None:
    for folder in (office.settings.journal_place, office.settings.backup_place):
        shutil.rmtree(folder)
    office.file.unlink()
    code, told = office.type("status")
    assert (code, told.count("WRONG")) == (1, 3)
    assert not office.file.exists()


def test_a_backup_can_be_made_now(office: Office) -> None:
    code, told = office.type("backup")
    assert code == 0
    assert "000002-2026-11-22.backup" in told
    assert len(list(office.settings.backup_place.glob("*.backup"))) == 2


def test_without_its_journal_a_damaged_store_is_restored_from_a_backup(office: Office) -> None:
    office.register(3)
    shutil.rmtree(office.settings.journal_place)
    office.spoil()
    with pytest.raises(KioskFailure, match="no journal of this store") as failure:
        office.register()
    assert failure.value.code == "S 16"
    with pytest.raises(KioskFailure) as failure:
        office.type("restore")
    assert failure.value.code == "S 16"
    code, told = office.type("restore", "--without-journal")
    assert code == 0
    assert "3 registrations" in told
    assert "set aside" in told
    office.register(4)
    assert office.type("verify")[0] == 0
    assert "4 registrations" in office.type("status")[1]


def test_an_old_state_can_be_had_back_and_what_came_after_is_kept_aside(office: Office) -> None:
    (backup,) = office.settings.backup_place.glob("*.backup")
    office.register(3, 4)
    office.type("restore", "--from", str(backup), "--without-journal")
    office.register(5)
    assert "3 registrations" in office.type("status")[1]
    aside = list(office.settings.store_folder.glob("set-aside-*"))
    kept = {path.name.split(".")[-1] for one in aside for path in one.iterdir()}
    assert kept == {"db", "journal"}


def test_with_the_journal_a_backup_is_brought_up_to_now(office: Office) -> None:
    (backup,) = office.settings.backup_place.glob("*.backup")
    office.register(3, 4)
    code, told = office.type("restore", "--from", str(backup))
    assert code == 0
    assert "4 registrations" in told


def test_nothing_is_restored_while_the_kiosk_runs(office: Office) -> None:
    _, store = open_own(office.settings, clock=office.clock)
    with closing(store), pytest.raises(KioskFailure) as failure:
        office.type("restore")
    assert failure.value.code == "S 17"


def test_a_file_that_is_no_backup_is_refused(office: Office, tmp_path: Path) -> None:
    wrong = tmp_path / "holiday.jpg"
    wrong.write_bytes(b"holiday" * 1000)
    before = office.file.read_bytes()
    for file in (wrong, tmp_path / "missing"):
        with pytest.raises(KioskFailure):
            office.type("restore", "--from", str(file))
    assert office.file.read_bytes() == before


def test_a_store_that_is_gone_is_no_reason_to_make_new_keys(office: Office) -> None:
    office.file.unlink()
    shutil.rmtree(office.settings.keys_folder)
    with pytest.raises(KioskFailure) as failure:
        open_own(office.settings)
    assert failure.value.code == "K 11"
