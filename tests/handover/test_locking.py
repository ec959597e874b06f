"""Locked lists: opened by their password and by nothing else, and never on the disk unlocked."""

import logging
import os
import tempfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import olefile
import pytest
from branch_lists import (
    CLERK,
    COLUMNS,
    cells_of,
    fill_in,
    handed_over,
    handed_over_people,
    lock_file,
    open_locked,
    registered,
    write_xlsx,
)
from msoffcrypto.exceptions import InvalidKeyError
from samples import NAME, StillClock, load_regions, load_work, nik_of
from sqlalchemy import select

from kiosk.handover import answers, invitations, reading
from kiosk.handover.batches import Exported, FileKind, export
from kiosk.handover.locking import ALPHABET, make_password
from kiosk.handover.reading import FileFlaw, Unreadable
from kiosk.storage import tables
from kiosk.storage.store import Store

HEADERS = ["nomor_pendaftaran", "hasil"]
PASSWORD = "Cabang Serang 2026"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def answer(store: Store, clock: StillClock, stick: Path) -> Path:
    """An answer about one person, locked by the branch."""
    (one,) = handed_over_people(store, clock, 1)
    file = write_xlsx(stick / "jawaban.xlsx", [HEADERS, [one.number, "diterima"]])
    lock_file(file, PASSWORD)
    return file


def saved(store: Store, folder: Path, kind: FileKind = FileKind.LOCKED) -> Exported:
    outcome = export(
        store, CLERK, 1, kind, folder, columns=COLUMNS, work=load_work(), clock=StillClock()
    )
    assert isinstance(outcome, Exported)
    return outcome


def everything(store: Store) -> list[Any]:
    with store.transaction() as record:
        run = record.handover._connection.execute
        return [run(select(table)).all() for table in tables.metadata.sorted_tables]


# Saving


def test_the_password_opens_the_same_cells(store: Store, clock: StillClock, stick: Path) -> None:
    handed_over_people(store, clock, 3)
    locked = saved(store, stick)
    plain = saved(store, stick, FileKind.XLSX)
    assert cells_of(open_locked(locked.file, locked.password)) == cells_of(plain.file)
    assert locked.as_first
    assert plain.as_first
    assert plain.password == ""


def test_no_other_password_opens_it(store: Store, clock: StillClock, stick: Path) -> None:
    handed_over_people(store, clock, 1)
    locked = saved(store, stick)
    assert NAME.encode() not in locked.file.read_bytes()
    with pytest.raises(InvalidKeyError):
        open_locked(locked.file, make_password())


def test_it_is_the_encryption_that_excel_makes(
    store: Store, clock: StillClock, stick: Path
) -> None:
    handed_over_people(store, clock, 1)
    with olefile.OleFileIO(saved(store, stick).file) as container:
        info = container.openstream("EncryptionInfo").read()
    assert info[:8] == bytes.fromhex("0400 0400 4000 0000")  # "agile", in the format's words
    nodes = list(ElementTree.fromstring(info[8:]).iter())
    (key,) = (node.attrib for node in nodes if node.tag.endswith("}encryptedKey"))
    (data,) = (node.attrib for node in nodes if node.tag.endswith("}keyData"))
    for used in (key, data):
        assert (used["cipherAlgorithm"], used["keyBits"]) == ("AES", "256")
        assert used["hashAlgorithm"] == "SHA512"
    assert int(key["spinCount"]) >= 100_000


def test_each_save_has_a_password_of_its_own(store: Store, clock: StillClock, stick: Path) -> None:
    handed_over_people(store, clock, 1)
    first = saved(store, stick)
    before = first.file.read_bytes()
    second = saved(store, stick)
    assert second.file == first.file
    assert second.file.read_bytes() != before
    assert second.as_first
    with pytest.raises(InvalidKeyError):
        open_locked(second.file, first.password)


def test_a_password_can_be_told_by_telephone() -> None:
    password = make_password()
    assert [len(group) for group in password.split("-")] == [4] * 4
    assert set(password) <= {*ALPHABET, "-"}
    assert not set("01OIL") & set(ALPHABET)


def test_nothing_unlocked_touches_the_disk(
    store: Store, clock: StillClock, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_over_people(store, clock, 1)
    written: list[bytes] = []
    real = os.fsync

    def look(descriptor: int) -> None:
        written.extend(one.read_bytes() for one in stick.rglob("*") if one.is_file())
        real(descriptor)

    def refuse(*_given: object, **_named: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(os, "fsync", look)
    for name in ("mkstemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    locked = saved(store, stick)
    assert written
    assert all(content.startswith(b"\xd0\xcf\x11\xe0") for content in written)
    assert list(stick.iterdir()) == [locked.file]


def test_the_password_is_kept_nowhere(
    store: Store, clock: StillClock, stick: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    registered(store, 1)
    handed_over(store, clock)
    locked = saved(store, stick)
    answers.preview(store, locked.file, COLUMNS, clock, password=locked.password)
    for place in (repr(locked), str(everything(store)), caplog.text, str(list(stick.iterdir()))):
        assert locked.password not in place
    assert locked.password.encode() not in locked.file.read_bytes()


def test_the_audit_tells_how_it_was_saved(store: Store, clock: StillClock, stick: Path) -> None:
    handed_over_people(store, clock, 1)
    for kind in FileKind:
        saved(store, stick, kind)
    with store.transaction() as record:
        rows = record.handover._connection.execute(select(tables.audit)).all()
    told = [(row.actor, row.details) for row in rows if row.event == "exported"]
    assert told == [(CLERK.id, f'{{"batch":1,"as":"{kind}"}}') for kind in FileKind]


# Reading


def test_a_locked_answer_waits_for_its_password(
    store: Store, clock: StillClock, answer: Path
) -> None:
    before = answer.read_bytes()
    assert answers.preview(store, answer, COLUMNS, clock) == Unreadable(FileFlaw.LOCKED)
    wrong = answers.preview(store, answer, COLUMNS, clock, password=PASSWORD.lower())
    assert wrong == Unreadable(FileFlaw.WRONG_PASSWORD)
    read = answers.preview(store, answer, COLUMNS, clock, password=PASSWORD)
    assert isinstance(read, answers.Preview)
    assert (read.rows, len(read.changes)) == (1, 1)
    assert [file.read_bytes() for file in answer.parent.iterdir()] == [before]


def test_our_own_locked_file_comes_back_filled_in(
    store: Store, clock: StillClock, stick: Path
) -> None:
    (one,) = handed_over_people(store, clock, 1)
    locked = saved(store, stick)
    locked.file.write_bytes(open_locked(locked.file, locked.password).read())
    fill_in(locked.file, {2: {"hasil": "diterima"}})
    lock_file(locked.file, locked.password)
    read = answers.preview(store, locked.file, COLUMNS, clock, password=locked.password)
    assert isinstance(read, answers.Preview)
    assert [change.registration_id for change in read.changes] == [one.id]


def test_a_file_that_is_not_locked_needs_no_password(
    store: Store, clock: StillClock, stick: Path
) -> None:
    (one,) = handed_over_people(store, clock, 1)
    file = write_xlsx(stick / "jawaban.xlsx", [HEADERS, [one.number, "diterima"]])
    read = answers.preview(store, file, COLUMNS, clock, password=PASSWORD)
    assert isinstance(read, answers.Preview)


def test_a_locked_list_of_a_dinas_is_read(store: Store, clock: StillClock, stick: Path) -> None:
    file = write_xlsx(stick / "anggota.xlsx", [["Nama", "NIK"], ["AHMAD", nik_of(1)]])
    lock_file(file, PASSWORD)
    wanted = (store, file, "DKPP", load_regions(), clock)
    assert invitations.preview(*wanted) == Unreadable(FileFlaw.LOCKED)
    read = invitations.preview(*wanted, password=PASSWORD)
    assert isinstance(read, invitations.Preview)
    assert [one.name for one in read.people] == ["AHMAD"]


def test_one_too_large_for_the_memory_is_refused(
    store: Store, clock: StillClock, answer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LOCKED_MAX_BYTES", answer.stat().st_size - 1)
    refused = answers.preview(store, answer, COLUMNS, clock, password=PASSWORD)
    assert refused == Unreadable(FileFlaw.TOO_LARGE)


def test_an_old_excel_file_has_no_password_to_ask_for(
    store: Store, clock: StillClock, answer: Path
) -> None:
    name = "EncryptedPackage".encode("utf-16-le")
    answer.write_bytes(
        answer.read_bytes().replace(name, "Workbook\0\0\0\0\0\0\0\0".encode("utf-16-le"))
    )
    refused = answers.preview(store, answer, COLUMNS, clock, password=PASSWORD)
    assert refused == Unreadable(FileFlaw.OLD_OR_LOCKED)


def test_what_was_changed_after_it_was_locked_is_refused(
    store: Store, clock: StillClock, answer: Path
) -> None:
    content = bytearray(answer.read_bytes())
    content[-1500] ^= 1
    answer.write_bytes(content)
    refused = answers.preview(store, answer, COLUMNS, clock, password=PASSWORD)
    assert refused == Unreadable(FileFlaw.DAMAGED)


def test_a_damaged_one_is_told_and_never_ends_in_an_error(
    store: Store, clock: StillClock, answer: Path
) -> None:
    content = answer.read_bytes()
    whole = answers.preview(store, answer, COLUMNS, clock, password=PASSWORD)
    assert isinstance(whole, answers.Preview)
    for at in range(4, len(content), 397):
        damaged = bytearray(content)
        damaged[at] ^= 0xFF
        answer.write_bytes(damaged)
        answers.preview(store, answer, COLUMNS, clock, password=PASSWORD)  # must not raise
        answer.write_bytes(content[:at])
        cut = answers.preview(store, answer, COLUMNS, clock, password=PASSWORD)
        # What fills the container up at its end is not missed.
        assert not isinstance(cut, answers.Preview) or cut.changes == whole.changes
