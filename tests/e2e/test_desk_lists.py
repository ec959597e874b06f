"""The lists at the desk: handing over, the branch's answer, the dinas; with files as others write
them."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from branch_lists import cells_of, fill_in, lock_file, open_locked, write_csv, write_xlsx
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from samples import load_texts, make_application, nik_of
from sqlalchemy import update

from kiosk.domain.registration import Registration, Status
from kiosk.domain.registration_number import group_number
from kiosk.handover import answers, exchange
from kiosk.registration import Registered, register
from kiosk.storage import tables

from . import traces
from .desk_stage import DeskStage, employ
from .stage import HUNG_S, OpenStage, Stage

SAY = load_texts().say
Key = Qt.Key
NAMES = ("AHMAD SAPRUDIN", "JUHRI", "SITI MARYAM")
KPJ = "24012345678"
HEADERS = ["nomor_pendaftaran", "nik", "hasil", "alasan_penolakan", "kpj", "tgl_bayar"]


@pytest.fixture
def stage(open_kiosk: OpenStage) -> Stage:
    stage = open_kiosk()
    stage.app.window.resize(1366, 768)
    stage.visitor.settle()
    employ(stage)
    return stage


@pytest.fixture
def people(stage: Stage) -> list[Registration]:
    """Three who have registered, in the order of their numbers."""
    known = []
    for serial, name in enumerate(NAMES, 1):
        applied = make_application(f"id {serial}", nik=nik_of(serial), name=name)
        made = register(stage.services.store, applied, stage.clock)
        assert isinstance(made, Registered)
        known.append(made.registration)
    return known


@pytest.fixture
def desk(stage: Stage, people: list[Registration]) -> DeskStage:
    """The desk with a clerk signed in."""
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in()
    return desk


@pytest.fixture
def folder(stage: Stage) -> Path:
    """The exchange folder."""
    stage.settings.exchange_folder.mkdir()
    return stage.settings.exchange_folder


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick that is in, until its folder is renamed."""
    stick = tmp_path / "STIK"
    stick.mkdir()
    monkeypatch.setattr(exchange, "mounted_media", lambda: [stick] if stick.exists() else [])
    return stick


def hand_over(desk: DeskStage) -> None:
    desk.tap("page_batches", "handOver", "handOver")


def statuses(stage: Stage) -> list[str]:
    rows = sorted(stage.rows(tables.registration), key=lambda row: row["id"])
    return [str(row["status"]) for row in rows]


def everything(stage: Stage) -> list[Any]:
    return [stage.rows(table) for table in tables.metadata.sorted_tables]


def rename(stage: Stage, one: Registration, name: str) -> None:
    of = tables.registration.c.id == one.id
    changed = {"name": name, "revision": tables.registration.c.revision + 1}
    with stage.store_connection() as connection:
        connection.execute(update(tables.registration).where(of).values(**changed))


# ------------------------------------------------------------ handing over


def test_who_waits_is_handed_over_once_it_is_confirmed(desk: DeskStage, folder: Path) -> None:
    stage = desk.stage
    desk.tap("page_batches")
    assert desk.says(SAY("desk.batches.waiting", count=3))
    desk.tap("handOver")
    assert desk.says(SAY("desk.batches.question"))
    assert statuses(stage) == ["registered"] * 3
    desk.tap("handOverNot")
    assert desk.says(SAY("desk.batches.waiting", count=3))
    desk.tap("handOver", "handOver")
    assert statuses(stage) == ["handed_over"] * 3
    assert desk.notice == SAY("desk.batches.made", number=1, count=3)
    assert desk.says(SAY("desk.batches.title", number=1))
    desk.tap("batch_next")
    assert desk.says(SAY("desk.batches.nobody_waits"))
    assert stage.visitor.find("handOver") is None


def test_a_double_click_confirms_nothing(desk: DeskStage) -> None:
    desk.tap("page_batches")
    place = desk.stage.place_of("handOver")
    desk.stage.tap_at_once(place)
    desk.stage.tap_at_once(place)
    desk.settle()
    assert desk.says(SAY("desk.batches.question"))
    assert statuses(desk.stage) == ["registered"] * 3


def test_a_batch_is_saved_as_xlsx_and_csv_and_says_whether_it_is_the_same(
    desk: DeskStage, folder: Path, people: list[Registration]
) -> None:
    hand_over(desk)
    assert desk.says(SAY("desk.batches.not_written"))
    desk.tap("saveXlsx")
    first = {"file": "penyerahan-0001.xlsx", "place": "Anjungan BPU"}
    assert desk.notice == SAY("desk.batches.written", **first)
    rows = cells_of(folder / "penyerahan-0001.xlsx")
    assert [row[1] for row in rows[1:]] == [one.number for one in people]
    assert not desk.says(SAY("desk.batches.not_written"))
    desk.tap("saveCsv")
    csv = {"file": "penyerahan-0001.csv", "place": "Anjungan BPU"}
    assert desk.notice == SAY("desk.batches.written_same", **csv)
    rename(desk.stage, people[0], "AHMAD SYAFRUDIN")
    desk.tap("saveXlsx")
    assert desk.notice == SAY("desk.batches.written_other", **first)
    assert desk.desk.noticeBad
    assert desk.says(SAY("desk.batches.open_file"))


def test_a_batch_is_saved_on_a_stick(desk: DeskStage, stick: Path) -> None:
    hand_over(desk)
    assert desk.says(SAY("desk.files.stick", name="STIK"))
    desk.tap("place_1", "place_0", "saveXlsx")
    assert (stick / "penyerahan-0001.xlsx").exists()
    assert not list(desk.stage.settings.exchange_folder.iterdir())


def test_a_stick_pulled_out_is_told(desk: DeskStage, stick: Path) -> None:
    hand_over(desk)
    stick.rename(stick.with_name("away"))
    desk.tap("saveXlsx")
    assert desk.notice == SAY("desk.batches.not_writable", place="STIK")
    desk.tap("lookAgain")
    assert not desk.says(SAY("desk.files.stick", name="STIK"))
    desk.tap("place_0", "saveXlsx")
    assert (desk.stage.settings.exchange_folder / "penyerahan-0001.xlsx").exists()


def shown_password(desk: DeskStage) -> str:
    item = desk.stage.visitor.find("password")
    assert item is not None
    return str(item.property("text"))


def test_a_locked_file_has_its_password_shown_once_and_kept_nowhere(
    desk: DeskStage, folder: Path, people: list[Registration], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = desk.stage
    hand_over(desk)
    desk.tap("saveLocked")
    file = folder / "penyerahan-0001-terkunci.xlsx"
    first = {"file": file.name, "place": "Anjungan BPU"}
    assert desk.notice == SAY("desk.batches.written", **first)
    lost = shown_password(desk)
    desk.tap("passwordNoted")
    assert not desk.says(lost)
    desk.tap("saveLocked")
    assert desk.notice == SAY("desk.batches.written_same", **first)
    password = shown_password(desk)
    assert password != lost
    rows = cells_of(open_locked(file, password))
    assert [row[1] for row in rows[1:]] == [one.number for one in people]
    assert list(folder.iterdir()) == [file]
    desk.tap("page_answer", "page_batches", "batch_1")
    assert not desk.says(password)
    for known in (lost, password):
        assert known not in desk.notice + str(everything(stage))
        monkeypatch.setattr(traces, "SECRETS", (known,))
        assert traces.traces(stage.app) == []
        assert traces.traces_in_files(stage.settings.data_folder) == []


def test_signing_out_wipes_a_password_that_is_shown(
    desk: DeskStage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over(desk)
    desk.tap("saveLocked")
    password = shown_password(desk)
    desk.tap("signOut")
    monkeypatch.setattr(traces, "SECRETS", (password,))
    assert traces.traces(desk.stage.app) == []


def test_a_password_stands_with_its_own_batch(desk: DeskStage, folder: Path) -> None:
    hand_over(desk)
    desk.tap("saveLocked", "batch_next", "batch_1")
    assert desk.stage.visitor.find("password") is None
    assert desk.stage.visitor.find("saveLocked") is not None


def test_who_was_late_is_counted(desk: DeskStage) -> None:
    stage = desk.stage
    with stage.store_connection() as connection:
        of = tables.registration.c.id == "id 1"
        values = {"registered_at": "2026-11-01T03:00:00+00:00"}
        connection.execute(update(tables.registration).where(of).values(**values))
    desk.tap("page_batches")
    assert desk.says(SAY("desk.batches.late", count=1))


def test_the_keyboard_is_enough_to_hand_over_and_save(desk: DeskStage, folder: Path) -> None:
    walk_to(desk, "page_batches")
    desk.hit(Key.Key_Return)
    walk_to(desk, "handOver")
    desk.hit(Key.Key_Return)
    desk.hit(Key.Key_Space)
    walk_to(desk, "saveXlsx")
    desk.hit(Key.Key_Return)
    assert (folder / "penyerahan-0001.xlsx").exists()


def walk_to(desk: DeskStage, name: str) -> None:
    for _ in range(60):
        if desk.stage.app.window.activeFocusItem().objectName() == name:
            return
        QTest.keyClick(desk.stage.app.window, Key.Key_Tab)
        desk.stage.visitor.settle()
    raise AssertionError(f"Tab does not reach {name!r}")


# ------------------------------------------------------------ the branch's answer


def test_an_answer_is_looked_at_and_saved_when_somebody_says_so(
    desk: DeskStage, folder: Path, people: list[Registration]
) -> None:
    stage = desk.stage
    hand_over(desk)
    desk.tap("saveXlsx")
    answered = {
        2: {"hasil": "diterima", "kpj": KPJ, "tgl_bayar": "22-11-2026", "referensi_bayar": "TRX 1"},
        3: {"hasil": "ditolak", "alasan_penolakan": "NIK tidak padan"},
    }
    fill_in(folder / "penyerahan-0001.xlsx", answered)
    before = everything(stage)
    desk.tap("page_answer", "file_0")
    assert desk.says("AHMAD SAPRUDIN")
    assert desk.says(group_number(people[0].number))
    assert desk.says(SAY("desk.answer.kpj", kpj=KPJ))
    assert desk.says("Diserahkan → Peserta")
    assert desk.says("Diserahkan → Ditolak BPJS")
    assert desk.says(SAY("desk.answer.because", reason="NIK tidak padan"))
    desk.tap("group_unanswered")
    assert desk.says(SAY("desk.answer.unanswered_rows"))
    assert everything(stage) == before
    desk.tap("savePreview")
    assert statuses(stage) == ["member", "rejected", "handed_over"]
    assert desk.notice == SAY("desk.answer.saved", count=2)
    assert stage.visitor.find("savePreview") is None
    desk.tap("file_0")
    assert desk.says(SAY("desk.answer.no_change"))
    desk.tap("group_same")
    assert desk.says(SAY("desk.answer.known"))


def test_a_locked_answer_is_opened_with_its_password(
    desk: DeskStage,
    folder: Path,
    people: list[Registration],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hand_over(desk)
    file = folder / "jawaban.xlsx"
    write_xlsx(file, [HEADERS, [people[0].number, "", "diterima", "", "", ""]])
    lock_file(file, "CABANG-2026")
    desk.tap("page_answer", "file_0")
    assert desk.says(SAY("desk.files.flaw.locked"))
    desk.type("CABANG-2025")
    desk.tap("unlockFile")
    assert desk.says(SAY("desk.files.flaw.wrong_password"))
    desk.type("CABANG-2026")
    desk.hit(Key.Key_Return)
    assert desk.says("Diserahkan → Belum bayar")
    assert desk.stage.visitor.find("filePassword") is None
    monkeypatch.setattr(traces, "SECRETS", ("CABANG-2026",))
    assert traces.traces(desk.stage.app) == []
    desk.tap("savePreview")
    assert statuses(desk.stage)[0] == "accepted"
    assert list(folder.iterdir()) == [file]


def test_a_flawed_row_is_told_with_its_number_and_the_reason(
    desk: DeskStage, folder: Path, people: list[Registration]
) -> None:
    hand_over(desk)
    numbers = [one.number for one in people]
    rows: Sequence[Sequence[object]] = [
        HEADERS,
        ["", 3604011205509001.0, "diterima", "", "", ""],
        [numbers[0], "", "diterima", "", "123", ""],
        [numbers[1], "", "=cmd|' /C calc'!A0", "", "", ""],
        [numbers[2], "", "ditolak", "", "", ""],
    ]
    write_csv(folder / "jawaban.csv", rows)
    write_xlsx(folder / "jawaban.xlsx", rows[:2])
    before = everything(desk.stage)
    desk.tap("page_answer", "file_0")
    assert desk.says(SAY("desk.preview.row", row=2))
    assert desk.says(SAY("desk.answer.flaw.nik_is_number"))
    desk.tap("file_1")
    for row, flaw in ((3, "kpj_wrong"), (4, "result_unknown"), (5, "reason_missing")):
        assert desk.says(SAY("desk.preview.row", row=row))
        assert desk.says(SAY(f"desk.answer.flaw.{flaw}"))
    assert desk.stage.visitor.find("savePreview") is None
    desk.stage.app.kiosk.switchLanguage()
    desk.settle()
    assert desk.says("The result is not clear.")
    assert everything(desk.stage) == before


def test_a_file_of_something_else_is_told(desk: DeskStage, folder: Path) -> None:
    write_csv(folder / "lain.csv", [["nama", "umur"], ["ANI", 30]])
    desk.tap("page_answer", "file_0")
    assert desk.says(SAY("desk.answer.columns_missing"))
    (folder / "lain.csv").write_bytes(b"PK\x03\x04 not a workbook")
    desk.tap("file_0")
    assert desk.says(SAY("desk.files.flaw.damaged"))


def test_a_stick_pulled_out_before_its_file_is_read_is_told(desk: DeskStage, stick: Path) -> None:
    write_csv(stick / "jawaban.csv", [HEADERS])
    desk.tap("page_answer")
    stick.rename(stick.with_name("away"))
    desk.tap("file_0")
    assert desk.says(SAY("desk.files.flaw.unreadable"))
    desk.tap("lookAgain")
    assert desk.says(SAY("desk.files.gone"))


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(
    desk: DeskStage, folder: Path, people: list[Registration]
) -> None:
    hand_over(desk)
    write_csv(folder / "a.csv", [HEADERS, [people[0].number, "", "diterima", "", "", ""]])
    desk.tap("page_answer", "file_0")
    rename(desk.stage, people[0], "AHMAD SYAFRUDIN")
    desk.tap("savePreview")
    assert desk.notice == SAY("desk.answer.stale", rows="2")
    assert statuses(desk.stage) == ["handed_over"] * 3
    desk.tap("file_0", "savePreview")
    assert statuses(desk.stage)[0] == "accepted"


def test_of_very_many_rows_the_first_are_shown(desk: DeskStage, folder: Path) -> None:
    rows = [[f"{serial:012}", "", "diterima", "", "", ""] for serial in range(1200)]
    write_csv(folder / "a.csv", [HEADERS, *rows])
    desk.tap("page_answer", "file_0")
    assert desk.says("1.200")
    assert desk.says(SAY("desk.preview.first", shown=300, count="1.200"))
    assert len(desk.desk.answer.shown.lines) == 300


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Reading an answer stands still until this is set."""
    gate = Event()
    real: Callable[..., Any] = answers.preview

    def held(*given: Any, **named: Any) -> Any:
        *others, go_on = given

        def wait(done: int, total: int) -> bool:
            gate.wait(HUNG_S)
            return bool(go_on(done, total))

        return real(*others, wait, **named)

    monkeypatch.setattr(answers, "preview", held)
    return gate


def test_reading_can_be_called_off_and_no_other_file_is_chosen_meanwhile(
    desk: DeskStage, folder: Path, gate: Event
) -> None:
    for name, at in (("a.csv", 1), ("b.csv", 2)):
        file = write_csv(folder / name, [HEADERS, ["1", "", "diterima", "", "", ""]])
        os.utime(file, (at, at))
    desk.tap("page_answer")
    desk.stage.tap("file_0")
    assert desk.says(SAY("desk.work.begun"))
    desk.stage.tap("file_1")
    assert desk.desk.answer.title == "b.csv"
    desk.stage.tap("workCancel")
    gate.set()
    desk.settle()
    assert desk.desk.answer.title == ""
    assert desk.says(SAY("desk.answer.choose"))
    assert desk.stage.visitor.find("workBar") is None


def test_signing_out_calls_reading_off_and_leaves_nothing(
    desk: DeskStage, folder: Path, gate: Event
) -> None:
    write_csv(folder / "a.csv", [HEADERS, ["1", "", "diterima", "", "", ""]])
    desk.tap("page_answer")
    desk.stage.tap("file_0")
    desk.stage.tap("signOut")
    gate.set()
    desk.settle()
    assert desk.stage.app.desk is None
    desk.open()
    desk.sign_in()
    desk.tap("page_answer")
    assert desk.says(SAY("desk.answer.choose"))


def test_an_answer_by_telephone_is_recorded(desk: DeskStage, people: list[Registration]) -> None:
    stage = desk.stage
    hand_over(desk)
    desk.tap("page_records")
    desk.open_record(people[0].number)
    desk.tap("mainDeed", "formSubmit")
    assert desk.says(SAY("desk.problem.answer_missing"))
    desk.tap("answer_reject", "formSubmit")
    assert desk.says(SAY("desk.problem.reason_missing"))
    desk.write("reason", "NIK tidak padan")
    desk.tap("formSubmit")
    assert desk.notice == SAY("desk.told.answer")
    desk.open_record(people[1].number)
    desk.tap("mainDeed", "answer_accept", "formSubmit")
    assert statuses(stage) == ["rejected", "accepted", "handed_over"]
    rows = {row["id"]: row for row in stage.rows(tables.registration)}
    assert rows[people[0].id]["rejected_because"] == "NIK tidak padan"
    told = [(row["registration_id"], row["event"]) for row in stage.rows(tables.audit)]
    assert (people[0].id, Status.REJECTED.value) in told
    assert (people[1].id, Status.ACCEPTED.value) in told


# ------------------------------------------------------------ the dinas


def test_a_dinas_invites_and_its_people_are_counted(desk: DeskStage, folder: Path) -> None:
    lines = [["Nama", "NIK", "HP"]]
    lines += [["AHMAD", nik_of(1), ""], ["BUDI", nik_of(9), "081234567890"], ["CICI", "", "12"]]
    write_xlsx(folder / "anggota.xlsx", lines)
    desk.tap("page_invitations", "dinas_DKPP", "file_0")
    assert desk.says("BUDI")
    assert not desk.says(nik_of(9))
    desk.tap("group_flawed")
    assert desk.says(SAY("desk.invitations.flaw.phone_wrong"))
    assert not desk.stage.rows(tables.invitation)
    desk.tap("savePreview")
    assert desk.notice == SAY("desk.invitations.saved", count=2)
    counts = {line["code"]: line for line in desk.desk.invitations.lines}
    assert (counts["DKPP"]["invited"], counts["DKPP"]["registered"]) == ("2", "1")
    assert counts["DISHUB"]["invited"] == "0"
    desk.tap("file_0")
    desk.tap("group_same")
    assert desk.says(SAY("desk.invitations.known"))
    assert desk.stage.visitor.find("savePreview") is None
    desk.tap("otherFile")
    assert desk.says(SAY("desk.invitations.lead"))


def test_a_locked_list_of_a_dinas_is_opened_with_its_password(
    desk: DeskStage, folder: Path
) -> None:
    file = write_xlsx(folder / "anggota.xlsx", [["Nama"], ["BUDI"]])
    lock_file(file, "DKPP 2026")
    desk.tap("page_invitations", "dinas_DKPP", "file_0")
    assert desk.says(SAY("desk.files.flaw.locked"))
    desk.type("DKPP 2026")
    desk.tap("unlockFile")
    assert desk.says("BUDI")


def test_a_list_without_names_is_told(desk: DeskStage, folder: Path) -> None:
    write_csv(folder / "a.csv", [["NIK"], [nik_of(1)]])
    desk.tap("page_invitations", "dinas_DKPP", "file_0")
    assert desk.says(SAY("desk.invitations.columns_missing"))
