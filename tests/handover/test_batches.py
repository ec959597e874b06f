"""Handing over: who goes with which batch, and that the files are what the branch needs."""

import csv
import io
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from branch_lists import (
    ADMIN,
    CLERK,
    COLUMNS,
    cells_of,
    handed_over,
    now,
    registered,
    registered_as,
)
from samples import NAME, NIK, PHONE, StillClock, load_work, nik_of
from sqlalchemy import select

from kiosk.domain.registration import Status
from kiosk.handover import batches
from kiosk.handover.batches import (
    Exported,
    FileKind,
    HandedOver,
    NotAllowed,
    NothingToHandOver,
    NotWritten,
    UnknownBatch,
    export,
    hand_over,
)
from kiosk.handover.progress import Cancelled
from kiosk.storage import tables
from kiosk.storage.store import Store


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def exported(store: Store, folder: Path, kind: FileKind = FileKind.XLSX, number: int = 1) -> Path:
    outcome = export(
        store, CLERK, number, kind, folder, columns=COLUMNS, work=load_work(), clock=StillClock()
    )
    assert isinstance(outcome, Exported)
    return outcome.file


def rows_of(store: Store, table: Any) -> list[dict[str, Any]]:
    with store.transaction() as record:
        found = record.handover._connection.execute(select(table)).mappings()
        return [dict(row) for row in found]


# The batch


def test_everybody_who_waits_goes_with_one_batch(store: Store, clock: StillClock) -> None:
    people = [registered(store, serial) for serial in (1, 2, 3)]
    batch = handed_over(store, clock)
    assert (batch.number, batch.size, batch.actor) == (1, 3, CLERK.id)
    for one in people:
        after = now(store, one)
        assert (after.status, after.batch) == (Status.HANDED_OVER, 1)
        assert after.revision == one.revision + 1


def test_the_audit_and_the_outbox_tell_of_each(store: Store, clock: StillClock) -> None:
    one = registered(store, 1)
    handed_over(store, clock)
    entry = rows_of(store, tables.audit)[-1]
    assert (entry["event"], entry["registration_id"]) == ("handed_over", one.id)
    assert (entry["actor"], entry["details"]) == (CLERK.id, "batch 1")
    assert [row["revision"] for row in rows_of(store, tables.outbox)] == [1, 2]


def test_nobody_goes_twice(store: Store, clock: StillClock) -> None:
    registered(store, 1)
    handed_over(store, clock)
    assert hand_over(store, CLERK, clock) == NothingToHandOver()
    late = registered(store, 2)
    assert handed_over(store, clock).number == 2
    assert now(store, late).batch == 2


def test_without_anybody_waiting_no_number_is_used_up(store: Store, clock: StillClock) -> None:
    assert hand_over(store, CLERK, clock) == NothingToHandOver()
    registered(store, 1)
    assert handed_over(store, clock).number == 1


def test_too_many_for_one_batch_go_with_the_next(
    store: Store, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "LARGEST_BATCH", 2)
    people = [registered(store, serial) for serial in (1, 2, 3)]
    outcome = hand_over(store, CLERK, clock)
    assert isinstance(outcome, HandedOver)
    assert (outcome.batch.size, outcome.waiting) == (2, 1)
    assert handed_over(store, clock).size == 1
    assert [now(store, one).batch for one in people] == [1, 1, 2]


def test_the_admin_hands_nothing_over(store: Store, clock: StillClock, stick: Path) -> None:
    one = registered(store, 1)
    assert hand_over(store, ADMIN, clock) == NotAllowed()
    assert now(store, one) == one
    handed_over(store, clock)
    wanted = (1, FileKind.XLSX, stick)
    assert (
        export(store, ADMIN, *wanted, columns=COLUMNS, work=load_work(), clock=StillClock())
        == NotAllowed()
    )
    assert list(stick.iterdir()) == []


def test_the_batches_are_listed_newest_first(store: Store, clock: StillClock) -> None:
    for serial in (1, 2):
        registered(store, serial)
        handed_over(store, clock)
    with store.transaction() as record:
        found = record.handover.batches()
    assert [(batch.number, batch.size) for batch in found] == [(2, 1), (1, 1)]


# The files


def test_the_workbook_holds_what_was_registered_in_the_columns_of_the_data_file(
    store: Store, clock: StillClock, stick: Path
) -> None:
    one = registered(store, 9001)
    handed_over(store, clock)
    headers, row = cells_of(exported(store, stick))
    assert headers == COLUMNS.headers
    cells = dict(zip(headers, row, strict=True))
    assert cells["no"] == "1"
    assert cells["nomor_pendaftaran"] == one.number
    assert cells["nik"] == NIK
    assert cells["nama_lengkap"] == NAME
    assert cells["tgl_lahir"] == "12-05-1980"
    assert cells["jenis_kelamin"] == "L"
    assert cells["kode_wilayah_desa"] == "36.04.09.2001"
    assert cells["no_hp"] == PHONE
    assert cells["pekerjaan_1"] == "Petani padi"
    assert cells["program"] == "JKK+JKM"
    assert cells["jml_bulan"] == "3"
    assert cells["dasar_penghasilan"] == str(one.application.this_month.base)
    empty = ["kode_lokasi_pekerjaan", "kode_pekerjaan_1", "kode_kantor", "hasil", "kpj"]
    assert [cells[header] for header in empty] == [None] * 5


def test_every_cell_is_text_and_stays_text_when_it_is_typed_into(
    store: Store, clock: StillClock, stick: Path
) -> None:
    registered(store, 1)
    handed_over(store, clock)
    sheet = openpyxl.load_workbook(exported(store, stick)).worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.value is None or cell.data_type == "s"
    at = COLUMNS.headers.index("kpj")
    assert sheet.column_dimensions["A"].number_format == "@"
    assert sheet.column_dimensions["A"].max > at  # one format for all columns


def test_a_formula_in_a_name_is_a_text_in_both_files(
    store: Store, clock: StillClock, stick: Path
) -> None:
    evil = "=cmd|'/c calc'!A1"
    registered_as(store, 1, name=evil)
    handed_over(store, clock)
    at = COLUMNS.headers.index("nama_lengkap")
    sheet = openpyxl.load_workbook(exported(store, stick)).worksheets[0]
    cell = sheet.cell(2, at + 1)
    assert (cell.value, cell.data_type) == (evil, "s")
    text = exported(store, stick, FileKind.CSV).read_text("utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";"))[1][at] == f"'{evil}"


def test_csv_is_what_excel_opens_with_a_double_click(
    store: Store, clock: StillClock, stick: Path
) -> None:
    registered(store, 9001)
    handed_over(store, clock)
    content = exported(store, stick, FileKind.CSV).read_bytes()
    assert content.startswith(b'\xef\xbb\xbf"no";"nomor_pendaftaran";"nik"')
    assert content.endswith(b"\r\n")
    assert f';"\'{NIK}";'.encode() in content


@pytest.mark.parametrize("kind", [FileKind.XLSX, FileKind.CSV])
def test_the_same_batch_gives_the_same_bytes(
    store: Store, clock: StillClock, tmp_path: Path, kind: FileKind
) -> None:
    for serial in (1, 2):
        registered(store, serial)
    handed_over(store, clock)
    folders = [tmp_path / name for name in ("one", "other")]
    for folder in folders:
        folder.mkdir()
    one, other = (exported(store, folder, kind).read_bytes() for folder in folders)
    assert one == other


def test_exporting_again_makes_no_new_batch_and_tells_that_nothing_is_different(
    store: Store, clock: StillClock, stick: Path
) -> None:
    one = registered(store, 1)
    handed_over(store, clock)
    before = now(store, one)
    for kind in (*FileKind, *FileKind):
        outcome = export(
            store, CLERK, 1, kind, stick, columns=COLUMNS, work=load_work(), clock=StillClock()
        )
        assert isinstance(outcome, Exported)
        assert outcome.as_first
    assert now(store, one) == before
    names = sorted(file.name for file in stick.iterdir())
    assert names == [
        "penyerahan-0001-terkunci.xlsx",
        "penyerahan-0001.csv",
        "penyerahan-0001.xlsx",
    ]
    assert len(rows_of(store, tables.batch)) == 1


def test_a_correction_since_the_first_export_is_told(
    store: Store, clock: StillClock, stick: Path
) -> None:
    registered(store, 1)
    handed_over(store, clock)
    exported(store, stick)
    with store.transaction() as record:
        mend = tables.registration.update().values(name="AHMAD SAPRUDIN BIN ALI")
        record.handover._connection.execute(mend)
    outcome = export(
        store, CLERK, 1, FileKind.XLSX, stick, columns=COLUMNS, work=load_work(), clock=StillClock()
    )
    assert isinstance(outcome, Exported)
    assert not outcome.as_first


def test_people_stand_in_the_order_of_their_numbers(
    store: Store, clock: StillClock, stick: Path
) -> None:
    people = [registered(store, serial) for serial in (3, 1, 2)]
    handed_over(store, clock)
    rows = cells_of(exported(store, stick))[1:]
    assert [row[1] for row in rows] == [one.number for one in people]
    assert [row[0] for row in rows] == ["1", "2", "3"]


def test_a_batch_holds_only_its_own(store: Store, clock: StillClock, stick: Path) -> None:
    for serial in (1, 2):
        registered(store, serial)
        handed_over(store, clock)
    nik = COLUMNS.headers.index("nik")
    assert [row[nik] for row in cells_of(exported(store, stick, number=2))[1:]] == [nik_of(2)]


def test_no_batch_of_that_number(store: Store, stick: Path) -> None:
    wanted = (7, FileKind.CSV, stick)
    assert (
        export(store, CLERK, *wanted, columns=COLUMNS, work=load_work(), clock=StillClock())
        == UnknownBatch()
    )


@pytest.mark.parametrize("kind", FileKind)
def test_a_stick_taken_out_is_told(
    store: Store, clock: StillClock, tmp_path: Path, kind: FileKind
) -> None:
    registered(store, 1)
    handed_over(store, clock)
    wanted = (1, kind, tmp_path / "gone")
    assert (
        export(store, CLERK, *wanted, columns=COLUMNS, work=load_work(), clock=StillClock())
        == NotWritten()
    )


@pytest.mark.parametrize("kind", FileKind)
def test_a_full_stick_keeps_the_file_of_before_and_nothing_half_made(
    store: Store,
    clock: StillClock,
    stick: Path,
    kind: FileKind,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    registered(store, 1)
    handed_over(store, clock)
    before = exported(store, stick, kind).read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    wanted = (1, kind, stick)
    assert (
        export(store, CLERK, *wanted, columns=COLUMNS, work=load_work(), clock=StillClock())
        == NotWritten()
    )
    assert [file.read_bytes() for file in stick.iterdir()] == [before]


@pytest.mark.parametrize("kind", FileKind)
def test_an_export_called_off_leaves_no_file(
    store: Store, clock: StillClock, stick: Path, kind: FileKind
) -> None:
    registered(store, 1)
    handed_over(store, clock)
    told: list[tuple[int, int]] = []

    def until_all_are_there(done: int, total: int) -> bool:
        told.append((done, total))
        return done < total

    outcome = export(
        store,
        CLERK,
        1,
        kind,
        stick,
        columns=COLUMNS,
        work=load_work(),
        clock=clock,
        go_on=until_all_are_there,
    )
    assert outcome == Cancelled()
    assert told == [(0, 1), (1, 1)]
    assert list(stick.iterdir()) == []


def test_what_a_power_cut_left_on_the_stick_goes_with_the_next_export(
    store: Store, clock: StillClock, stick: Path
) -> None:
    registered(store, 1)
    handed_over(store, clock)
    left = stick / f"{batches.UNFINISHED}abc"
    left.mkdir()
    (left / "penyerahan-0001.xlsx").write_bytes(b"half")
    file = exported(store, stick)
    assert list(stick.iterdir()) == [file]


def test_file_names_tell_of_nobody(store: Store, clock: StillClock, stick: Path) -> None:
    registered(store, 9001)
    handed_over(store, clock)
    assert exported(store, stick).name == "penyerahan-0001.xlsx"


# What still waits for the centre


def unexported(store: Store) -> int:
    with store.reading() as record:
        return record.handover.unexported()


def test_what_waits_for_the_centre_counts_as_exported_once_its_list_was_saved(
    store: Store, clock: StillClock, stick: Path
) -> None:
    registered(store, 1)
    registered(store, 2)
    assert unexported(store) == 2
    handed_over(store, clock)
    assert unexported(store) == 2
    exported(store, stick)
    assert unexported(store) == 0
    registered(store, 3)
    assert unexported(store) == 1
