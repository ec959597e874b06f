"""The branch's answer: what it would change is shown, and only what was shown is written."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from branch_lists import (
    ADMIN,
    CLERK,
    COLUMNS,
    fill_in,
    handed_over,
    handed_over_people,
    now,
    previewed,
    registered,
    write_csv,
    write_xlsx,
)
from samples import StillClock, load_work, nik_of
from sqlalchemy import select, update

from kiosk.domain.branch_answer import Flaw, Paid
from kiosk.domain.registration import Registration, Status
from kiosk.handover import answers
from kiosk.handover.answers import Applied, FlawedRow, Stale
from kiosk.handover.batches import Exported, FileKind, NotAllowed, export
from kiosk.handover.progress import CHUNK, Cancelled
from kiosk.handover.reading import FileFlaw, Unreadable
from kiosk.storage import tables
from kiosk.storage.store import Store

KPJ = "24012345678"
HEADERS = ["nomor_pendaftaran", "nik", "hasil", "alasan_penolakan", "kpj", "tgl_bayar"]
TODAY = "22-11-2026"
Write = Callable[[Path, list[Any]], Path]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "jawaban"


def rows_of(store: Store, table: Any) -> list[Any]:
    with store.transaction() as record:
        return list(record.handover._connection.execute(select(table)))


def everything(store: Store) -> list[Any]:
    return [rows_of(store, table) for table in tables.metadata.sorted_tables]


def void(store: Store, one: Registration) -> None:
    with store.transaction() as record:
        gone = {"status": "void", "revision": one.revision + 1}
        which = tables.registration.c.id == one.id
        record.handover._connection.execute(update(tables.registration).where(which).values(**gone))


def applied(store: Store, file: Path, clock: StillClock) -> int:
    outcome = answers.apply(store, CLERK, previewed(store, file, clock), clock)
    assert isinstance(outcome, Applied)
    return outcome.changed


def flaws(store: Store, file: Path, clock: StillClock) -> list[tuple[int, Flaw]]:
    preview = previewed(store, file, clock)
    assert preview.changes == ()
    return [(row.row, row.flaw) for row in preview.flawed]


# What a branch can answer


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_accepted_rejected_paid_and_member_are_taken_in(
    store: Store, clock: StillClock, file: Path, write: Write
) -> None:
    accepted, rejected, paid, member, silent = handed_over_people(store, clock, 5)
    lines = [
        HEADERS,
        [accepted.number, "", "Diterima", "", "", ""],
        [rejected.number, "", "DITOLAK", "NIK tidak ditemukan", "", ""],
        [paid.number, "", "diterima", "", "", TODAY],
        [member.number, "", "", "", KPJ, TODAY],
        [silent.number, "", "", "", "", ""],
    ]
    preview = previewed(store, write(file, lines), clock)
    assert [(change.row, change.before, change.steps[-1]) for change in preview.changes] == [
        (2, Status.HANDED_OVER, Status.ACCEPTED),
        (3, Status.HANDED_OVER, Status.REJECTED),
        (4, Status.HANDED_OVER, Status.PAID),
        (5, Status.HANDED_OVER, Status.MEMBER),
    ]
    assert (preview.rows, preview.unanswered, preview.flawed) == (5, 1, ())
    assert answers.apply(store, CLERK, preview, clock) == Applied(4, 0)
    after = [now(store, one) for one in (accepted, rejected, paid, member, silent)]
    assert [one.status.value for one in after] == [
        *("accepted", "rejected", "paid", "member", "handed_over"),
    ]
    assert after[1].rejected_because == "NIK tidak ditemukan"
    assert after[3].kpj == KPJ


def test_a_preview_alone_changes_nothing(store: Store, clock: StillClock, file: Path) -> None:
    (one,) = handed_over_people(store, clock, 1)
    before = everything(store)
    previewed(store, write_csv(file, [HEADERS, [one.number, "", "diterima"]]), clock)
    assert everything(store) == before


def test_each_step_is_in_the_audit_and_the_change_in_the_outbox(
    store: Store, clock: StillClock, file: Path
) -> None:
    (one,) = handed_over_people(store, clock, 1)
    write_csv(file, [HEADERS, [one.number, "", "", "", KPJ, TODAY]])
    applied(store, file, clock)
    entries = rows_of(store, tables.audit)[2:]
    assert [entry.event for entry in entries] == ["accepted", "paid", "member"]
    assert {entry.actor for entry in entries} == {CLERK.id}
    (details,) = {entry.details for entry in entries}
    assert re.fullmatch(r"answer [0-9a-f]{8} row 2", details)
    assert [row.revision for row in rows_of(store, tables.outbox)] == [1, 2, 3]
    assert now(store, one).revision == 3


def test_a_payment_is_kept_with_its_reference_from_the_month_of_payment(
    store: Store, clock: StillClock, file: Path
) -> None:
    one, other = handed_over_people(store, clock, 2)
    lines = [
        ["No. Pendaftaran", "Tanggal Pembayaran", "No. Referensi", "Jumlah bulan"],
        [one.number, TODAY, "INV/77", ""],
        [other.number, TODAY, "", "6"],
    ]
    applied(store, write_csv(file, lines), clock)
    payments = rows_of(store, tables.payment)
    assert [
        (row.registration_id, row.channel, row.reference, row.paid_on, row.first_month, row.months)
        for row in payments
    ] == [
        (one.id, "Kantor cabang", "INV/77", "2026-11-22", "2026-11", 3),
        (other.id, "Kantor cabang", "", "2026-11-22", "2026-11", 6),
    ]


def test_the_branch_fills_in_the_workbook_that_it_got(
    store: Store, clock: StillClock, tmp_path: Path
) -> None:
    people = handed_over_people(store, clock, 3)
    got = export(
        store,
        CLERK,
        1,
        FileKind.XLSX,
        tmp_path,
        columns=COLUMNS,
        work=load_work(),
        clock=StillClock(),
    )
    assert isinstance(got, Exported)
    fill_in(got.file, {2: {"hasil": "diterima"}, 3: {"kpj": KPJ, "tgl_bayar": date(2026, 11, 22)}})
    preview = previewed(store, got.file, clock)
    assert [change.registration_id for change in preview.changes] == [people[0].id, people[1].id]
    assert preview.changes[1].paid == Paid(date(2026, 11, 22), "", 3)
    assert (preview.unanswered, preview.flawed) == (1, ())


def test_the_csv_file_comes_back_with_the_guards_in_it(
    store: Store, clock: StillClock, tmp_path: Path
) -> None:
    (one,) = handed_over_people(store, clock, 1)
    got = export(
        store,
        CLERK,
        1,
        FileKind.CSV,
        tmp_path,
        columns=COLUMNS,
        work=load_work(),
        clock=StillClock(),
    )
    assert isinstance(got, Exported)
    text = got.file.read_text("utf-8-sig").replace('"";"";"";"";""\n', '"ok";"";"";"";""\n')
    got.file.write_text(text, "cp1252")
    assert [change.registration_id for change in previewed(store, got.file, clock).changes] == [
        one.id
    ]


def test_later_answers_go_on_where_earlier_ones_ended(
    store: Store, clock: StillClock, tmp_path: Path
) -> None:
    (one,) = handed_over_people(store, clock, 1)
    for name, line, status in (
        ("a", [one.number, "", "diterima"], Status.ACCEPTED),
        ("b", [one.number, "", "", "", "", TODAY], Status.PAID),
        ("c", [one.number, "", "", "", KPJ], Status.MEMBER),
    ):
        assert applied(store, write_csv(tmp_path / name, [HEADERS, line]), clock) == 1
        assert now(store, one).status is status
    assert len(rows_of(store, tables.payment)) == 1


# Columns


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_columns_are_found_by_their_headers_in_any_order_case_and_spelling(
    store: Store, clock: StillClock, file: Path, separator: str
) -> None:
    (one,) = handed_over_people(store, clock, 1)
    lines = [
        ["DAFTAR JAWABAN KANTOR CABANG"],
        [],
        ["Nama", " STATUS ", "No.  KTP", "Nomor-Pendaftaran"],
        ["SIAPA SAJA", "Diterima", nik_of(1), f"{one.number[:4]} {one.number[4:]}"],
    ]
    preview = previewed(store, write_csv(file, lines, separator), clock)
    assert [(change.row, change.registration_id) for change in preview.changes] == [(4, one.id)]


def test_our_own_header_goes_before_a_synonym(store: Store, clock: StillClock, file: Path) -> None:
    (one,) = handed_over_people(store, clock, 1)
    lines = [["nomor_pendaftaran", "status", "hasil"], [one.number, "aktif", "diterima"]]
    assert len(previewed(store, write_csv(file, lines), clock).changes) == 1


def test_any_sheet_may_hold_the_answer(store: Store, clock: StillClock, file: Path) -> None:
    (one,) = handed_over_people(store, clock, 1)
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Petunjuk").write(0, 0, "Isi lembar kedua")
        sheet = book.add_worksheet("Isi")
        sheet.write_row(0, 0, HEADERS)
        sheet.write_row(1, 0, [one.number, "", "diterima"])
    assert len(previewed(store, file, clock).changes) == 1


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        (["nama", "alamat"], Unreadable(FileFlaw.COLUMNS_MISSING)),
        (["nik", "nama"], Unreadable(FileFlaw.COLUMNS_MISSING)),
        (["hasil", "kpj"], Unreadable(FileFlaw.COLUMNS_MISSING)),
        (["nik", "Hasil", "HASIL"], Unreadable(FileFlaw.COLUMN_TWICE, "HASIL")),
    ],
)
def test_wrong_columns_are_told(
    store: Store, file: Path, write: Write, headers: list[str], refused: Unreadable
) -> None:
    write(file, [headers, ["1", "2"]])
    assert answers.preview(store, file, COLUMNS, StillClock()) == refused


# Files that are none


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b"", FileFlaw.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), FileFlaw.DAMAGED),
        (b"PK\x03\x04" + bytes(600), FileFlaw.DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + bytes(600), FileFlaw.DAMAGED),
        (b"%PDF-1.7 nik;hasil", FileFlaw.COLUMNS_MISSING),
    ],
)
def test_a_file_of_another_kind_is_refused(
    store: Store, clock: StillClock, file: Path, content: bytes, flaw: FileFlaw
) -> None:
    file.write_bytes(content)
    assert answers.preview(store, file, COLUMNS, clock) == Unreadable(flaw)


def test_a_stick_taken_out_is_told(store: Store, clock: StillClock, file: Path) -> None:
    outcome = answers.preview(store, file, COLUMNS, clock)
    assert outcome == Unreadable(FileFlaw.UNREADABLE)


def test_a_workbook_cut_off_anywhere_is_refused_and_never_half_taken(
    store: Store, clock: StillClock, file: Path
) -> None:
    people = handed_over_people(store, clock, 3)
    write_xlsx(file, [HEADERS, *([one.number, "", "diterima"] for one in people)])
    content = file.read_bytes()
    for length in range(1, len(content), 97):
        file.write_bytes(content[:length])
        assert isinstance(answers.preview(store, file, COLUMNS, clock), Unreadable)


def test_a_workbook_damaged_in_the_middle_never_ends_in_an_error(
    store: Store, clock: StillClock, file: Path
) -> None:
    people = handed_over_people(store, clock, 3)
    write_xlsx(file, [HEADERS, *([one.number, "", "diterima"] for one in people)])
    content = bytearray(file.read_bytes())
    for at in range(4, len(content), 61):
        damaged = content.copy()
        damaged[at] ^= 0xFF
        file.write_bytes(damaged)
        answers.preview(store, file, COLUMNS, clock)  # must not raise


# Rows that are not taken


@pytest.mark.parametrize(
    ("cells", "flaw"),
    [
        ({"nik": 3604011205800001.0}, Flaw.NIK_IS_NUMBER),
        ({"nik": "3,60401E+15"}, Flaw.NIK_IS_NUMBER),
        ({"nik": "3.6E+15"}, Flaw.NIK_IS_NUMBER),
        ({"nik": "36040112058000"}, Flaw.NIK_WRONG),
        ({"nik": nik_of(77)}, Flaw.UNKNOWN),
        ({}, Flaw.NOBODY),
        ({"number": "12345"}, Flaw.NUMBER_WRONG),
        ({"number": "900000000011"}, Flaw.NUMBER_WRONG),
        ({"nik": nik_of(1), "result": "mungkin"}, Flaw.RESULT_UNKNOWN),
        ({"nik": nik_of(1), "result": "", "reason": "lihat lampiran"}, Flaw.RESULT_UNKNOWN),
        ({"nik": nik_of(1), "result": "ditolak"}, Flaw.REASON_MISSING),
        ({"nik": nik_of(1), "result": "ditolak", "reason": "x" * 201}, Flaw.TEXT_TOO_LONG),
        ({"nik": nik_of(1), "result": "ditolak", "kpj": KPJ}, Flaw.CONTRADICTION),
        ({"nik": nik_of(1), "kpj": "1234567890"}, Flaw.KPJ_WRONG),
        ({"nik": nik_of(1), "kpj": 2.4e10}, Flaw.PAYMENT_MISSING),
        ({"nik": nik_of(1), "kpj": KPJ}, Flaw.PAYMENT_MISSING),
        ({"nik": nik_of(1), "paid_on": "kemarin"}, Flaw.DATE_WRONG),
        ({"nik": nik_of(1), "paid_on": "31-02-2026"}, Flaw.DATE_WRONG),
        ({"nik": nik_of(1), "paid_on": "05/22/2026"}, Flaw.DATE_WRONG),
        ({"nik": nik_of(1), "paid_on": "22-11-26"}, Flaw.DATE_WRONG),
        ({"nik": nik_of(1), "reference": "INV/77"}, Flaw.DATE_WRONG),
        ({"nik": nik_of(1), "paid_on": "23-11-2026"}, Flaw.DATE_IN_FUTURE),
        ({"nik": nik_of(1), "paid_on": "21-11-2026"}, Flaw.DATE_TOO_EARLY),
        ({"nik": nik_of(1), "paid_on": TODAY, "months": "13"}, Flaw.MONTHS_WRONG),
        ({"nik": nik_of(1), "paid_on": TODAY, "months": "tiga"}, Flaw.MONTHS_WRONG),
        ({"nik": nik_of(1), "paid_on": TODAY, "reference": "x" * 61}, Flaw.TEXT_TOO_LONG),
    ],
)
def test_a_row_with_a_flaw_is_told_and_nothing_of_it_taken(
    store: Store, clock: StillClock, file: Path, cells: dict[str, object], flaw: Flaw
) -> None:
    handed_over_people(store, clock, 1)
    headers = {
        "number": "No pendaftaran",
        "nik": "NIK",
        "result": "Hasil",
        "reason": "Alasan",
        "kpj": "KPJ",
        "paid_on": "Tgl bayar",
        "reference": "Referensi",
        "months": "Jml bulan",
    }
    cells = {"result": "diterima", **cells}
    line = [cells.get(part, "") for part in headers]
    write_xlsx(file, [list(headers.values()), line])
    assert flaws(store, file, clock) == [(2, flaw)]


def test_in_a_csv_file_excel_has_spoilt_a_nik_only_if_it_says_so(
    store: Store, clock: StillClock, file: Path
) -> None:
    handed_over_people(store, clock, 2)
    niks = [nik_of(1), "3,60401E+15"]
    lines = [["NIK", "Hasil"], *([nik, "diterima"] for nik in niks)]
    preview = previewed(store, write_csv(file, lines), clock)
    assert [change.row for change in preview.changes] == [2]
    assert preview.flawed == (FlawedRow(3, Flaw.NIK_IS_NUMBER),)


def test_somebody_elses_nik_beside_a_number_is_told(
    store: Store, clock: StillClock, file: Path
) -> None:
    one, _other = handed_over_people(store, clock, 2)
    write_csv(file, [HEADERS, [one.number, nik_of(2), "diterima"]])
    assert flaws(store, file, clock) == [(2, Flaw.NIK_OF_ANOTHER)]


def test_a_spoilt_nik_beside_a_good_number_does_no_harm(
    store: Store, clock: StillClock, file: Path
) -> None:
    (one,) = handed_over_people(store, clock, 1)
    write_xlsx(file, [HEADERS, [int(one.number), 3604011205800000.0, "diterima"]])
    assert len(previewed(store, file, clock).changes) == 1


def test_what_was_not_handed_over_or_is_void_cannot_be_answered(
    store: Store, clock: StillClock, file: Path
) -> None:
    (gone,) = handed_over_people(store, clock, 1)
    void(store, gone)
    waiting = registered(store, 2)
    registered(store, 3)
    lines = [
        HEADERS,
        [gone.number, "", "diterima"],
        [waiting.number, "", "diterima"],
        ["", nik_of(3), "diterima"],
    ]
    assert flaws(store, write_csv(file, lines), clock) == [
        (2, Flaw.VOID),
        (3, Flaw.NOT_HANDED_OVER),
        (4, Flaw.NOT_HANDED_OVER),
    ]


def test_a_nik_handed_over_twice_needs_the_number(
    store: Store, clock: StillClock, file: Path
) -> None:
    (first,) = handed_over_people(store, clock, 1)
    void(store, first)
    second = registered(store, 1, draft_id="again")
    handed_over(store, clock)
    write_csv(file, [HEADERS, ["", nik_of(1), "diterima"], [second.number, "", "diterima"]])
    preview = previewed(store, file, clock)
    assert preview.flawed == (FlawedRow(2, Flaw.AMBIGUOUS),)
    assert [change.registration_id for change in preview.changes] == [second.id]


def test_the_same_person_in_two_rows(store: Store, clock: StillClock, file: Path) -> None:
    one, other = handed_over_people(store, clock, 2)
    lines = [
        HEADERS,
        [one.number, "", "diterima"],
        ["", nik_of(1), "diterima"],
        [other.number, "", "diterima"],
        [other.number, "", "ditolak", "data ganda"],
    ]
    preview = previewed(store, write_csv(file, lines), clock)
    assert [change.row for change in preview.changes] == [2]
    assert preview.flawed == (
        FlawedRow(3, Flaw.TWICE, 2),
        FlawedRow(4, Flaw.TWICE_DIFFERENT, 5),
        FlawedRow(5, Flaw.TWICE_DIFFERENT, 4),
    )


def test_a_kpj_belongs_to_one_person(store: Store, clock: StillClock, tmp_path: Path) -> None:
    one, other, third = handed_over_people(store, clock, 3)
    line = [one.number, "", "", "", KPJ, TODAY]
    applied(store, write_csv(tmp_path / "a", [HEADERS, line]), clock)
    lines = [
        HEADERS,
        [other.number, "", "", "", KPJ, TODAY],
        [other.number, "", "", "", "24000000001", TODAY],
    ]
    assert flaws(store, write_csv(tmp_path / "b", lines), clock) == [
        (2, Flaw.KPJ_OF_ANOTHER),
        (3, Flaw.TWICE_DIFFERENT),
    ]
    lines = [
        HEADERS,
        [other.number, "", "", "", "24000000001", TODAY],
        [third.number, "", "", "", "24000000001", TODAY],
    ]
    assert previewed(store, write_csv(tmp_path / "c", lines), clock).flawed == (
        FlawedRow(2, Flaw.KPJ_TWICE, 3),
        FlawedRow(3, Flaw.KPJ_TWICE, 2),
    )


def test_an_answer_that_contradicts_the_record_is_told(
    store: Store, clock: StillClock, tmp_path: Path
) -> None:
    one, other, member = handed_over_people(store, clock, 3)
    lines = [
        HEADERS,
        [one.number, "", "diterima"],
        [other.number, "", "ditolak", "data ganda"],
        [member.number, "", "", "", KPJ, TODAY],
    ]
    applied(store, write_csv(tmp_path / "a", lines), clock)
    lines = [
        HEADERS,
        [one.number, "", "ditolak", "data ganda"],
        [other.number, "", "diterima"],
        [member.number, "", "", "", "24000000001", TODAY],
    ]
    assert flaws(store, write_csv(tmp_path / "b", lines), clock) == [
        (2, Flaw.IMPOSSIBLE),
        (3, Flaw.IMPOSSIBLE),
        (4, Flaw.DIFFERS),
    ]
    write_csv(tmp_path / "c", [HEADERS, [other.number, "", "ditolak", "lain"]])
    assert flaws(store, tmp_path / "c", clock) == [(2, Flaw.DIFFERS)]


def test_merged_cells_are_told_row_by_row_but_not_above_the_headers(
    store: Store, clock: StillClock, file: Path
) -> None:
    one, two, three = handed_over_people(store, clock, 3)
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:F1", "JAWABAN")
        sheet.write_row(1, 0, HEADERS)
        for at, person in enumerate((one, two, three), 2):
            sheet.write_row(at, 0, [person.number, "", "diterima"])
        sheet.merge_range("C4:C5", "diterima")
    preview = previewed(store, file, clock)
    assert [change.row for change in preview.changes] == [3]
    assert [(row.row, row.flaw) for row in preview.flawed] == [(4, Flaw.MERGED), (5, Flaw.MERGED)]


def test_empty_rows_are_nothing(store: Store, clock: StillClock, file: Path) -> None:
    (one,) = handed_over_people(store, clock, 1)
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADERS)
        sheet.write_row(4, 0, [one.number, "", "diterima"])
        sheet.write_blank(9, 0, None, book.add_format({"bold": True}))
    preview = previewed(store, file, clock)
    assert (preview.rows, [change.row for change in preview.changes]) == (1, [5])


@pytest.mark.parametrize(
    "paid_on",
    [date(2026, 11, 22), 46348, "46348", "22/11/2026", "2026-11-22", "22 Nov 2026", "22.11.2026"],
)
def test_a_date_may_come_as_a_date_a_text_or_excels_number(
    store: Store, clock: StillClock, file: Path, paid_on: object
) -> None:
    (one,) = handed_over_people(store, clock, 1)
    write_xlsx(file, [HEADERS, [one.number, "", "", "", "", paid_on]])
    (change,) = previewed(store, file, clock).changes
    assert change.paid == Paid(date(2026, 11, 22), "", 3)


# Twice is the same as once


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_an_answer_taken_in_twice_is_the_same_as_once(
    store: Store, clock: StillClock, file: Path, write: Write
) -> None:
    people = handed_over_people(store, clock, 4)
    results = [["diterima"], ["ditolak", "ganda"], ["ok", "", "", TODAY], ["", "", KPJ, TODAY]]
    lines = [[one.number, "", *result] for one, result in zip(people, results, strict=True)]
    write(file, [HEADERS, *lines])
    assert applied(store, file, clock) == 4
    before = everything(store)
    preview = previewed(store, file, clock)
    assert (preview.changes, preview.same, preview.flawed) == ((), (2, 3, 4, 5), ())
    assert answers.apply(store, CLERK, preview, clock) == Applied(0, 0)
    assert everything(store) == before


def test_one_preview_cannot_be_applied_twice(store: Store, clock: StillClock, file: Path) -> None:
    (one,) = handed_over_people(store, clock, 1)
    preview = previewed(store, write_csv(file, [HEADERS, [one.number, "", "ok"]]), clock)
    assert answers.apply(store, CLERK, preview, clock) == Applied(1, 0)
    before = everything(store)
    assert answers.apply(store, CLERK, preview, clock) == Stale((2,), 0)
    assert everything(store) == before


def test_a_preview_is_refused_when_somebody_changed_one_of_its_people(
    store: Store, clock: StillClock, file: Path
) -> None:
    one, other = handed_over_people(store, clock, 2)
    lines = [HEADERS, [one.number, "", "ok"], [other.number, "", "ok"]]
    preview = previewed(store, write_csv(file, lines), clock)
    void(store, other)
    before = everything(store)
    assert answers.apply(store, CLERK, preview, clock) == Stale((3,), 0)
    assert everything(store) == before


def test_a_preview_is_refused_when_its_kpj_was_given_away_meanwhile(
    store: Store, clock: StillClock, tmp_path: Path
) -> None:
    one, other = handed_over_people(store, clock, 2)
    line = [one.number, "", "", "", KPJ, TODAY]
    preview = previewed(store, write_csv(tmp_path / "a", [HEADERS, line]), clock)
    line = [other.number, "", "", "", KPJ, TODAY]
    applied(store, write_csv(tmp_path / "b", [HEADERS, line]), clock)
    assert answers.apply(store, CLERK, preview, clock) == Stale((2,), 0)
    assert now(store, one) == one


def test_the_admin_takes_no_answer_in(store: Store, clock: StillClock, file: Path) -> None:
    (one,) = handed_over_people(store, clock, 1)
    preview = previewed(store, write_csv(file, [HEADERS, [one.number, "", "ok"]]), clock)
    assert answers.apply(store, ADMIN, preview, clock) == NotAllowed()
    assert now(store, one) == one


# Long files


def test_reading_tells_how_far_it_is_and_can_be_called_off(
    store: Store, clock: StillClock, file: Path
) -> None:
    handed_over_people(store, clock, 1)
    write_csv(file, [HEADERS, *([["", nik_of(77), "ok"]] * (2 * CHUNK))])
    told: list[int] = []

    def twice(done: int, total: int) -> bool:
        told.append(done)
        assert total >= 2 * CHUNK
        return len(told) < 2

    assert answers.preview(store, file, COLUMNS, clock, twice) == Cancelled()
    assert told == [0, CHUNK]


def test_cut_off_in_the_middle_the_same_file_brings_the_rest(
    store: Store, clock: StillClock, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = handed_over_people(store, clock, 5)
    write_csv(file, [HEADERS, *([one.number, "", "ok"] for one in people)])
    monkeypatch.setattr("kiosk.handover.progress.CHUNK", 2)
    preview = previewed(store, file, clock)
    cut_off = answers.apply(store, CLERK, preview, clock, lambda done, _total: done < 4)
    assert cut_off == Applied(4, 1)
    rest = previewed(store, file, clock)
    assert (len(rest.changes), rest.same) == (1, (2, 3, 4, 5))
    assert answers.apply(store, CLERK, rest, clock) == Applied(1, 0)
    assert {now(store, one).status for one in people} == {Status.ACCEPTED}
