"""One person's way, from the screen at the office to membership, and to being forgotten again."""

import pytest
from branch_lists import fill_in
from samples import load_texts

from kiosk.domain.registration_number import group_number
from kiosk.storage import tables
from printing.port import Rejected, Sent

from .conftest import Quiet
from .desk_stage import SUPERVISOR, DeskStage, employ
from .residents import NAME, NIK, SPOKEN_PHONE, TRADER
from .stage import OpenStage, Stage

SAY = load_texts().say
KPJ = "24012345678"


def test_from_the_kiosk_to_membership_and_forgotten(open_kiosk: OpenStage) -> None:
    stage = open_kiosk()
    employ(stage)
    number = registers_alone_while_the_printer_is_out(stage)

    stage.app.window.resize(1366, 768)
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in()
    prints_the_owed_slip(desk, number)
    hands_over(desk)
    imports_the_answer(desk)
    marks_paid(desk, number)
    records_the_kpj(desk, number)
    renews(desk)
    desk.tap("signOut")

    desk.open()
    desk.sign_in(SUPERVISOR)
    erases(desk, number)
    stage.visitor.wait_until(lambda: desk.notice == SAY("desk.page_told.unconfirmed"))
    desk.scan(number)
    assert desk.notice == SAY("desk.scan.erased", number=group_number(number))
    assert nothing_is_left(stage)


@pytest.fixture(autouse=True)
def _the_printer_is_out(quiet: Quiet) -> None:
    quiet.tolerate("slip rejected")


def registers_alone_while_the_printer_is_out(stage: Stage) -> str:
    stage.tray.answer = lambda: Rejected("refused")
    stage.play(TRADER)
    number = stage.number()
    stage.wait_for_slip("failed")
    assert stage.says(SAY("done.slip_failed"))
    stage.tap("finish")
    return number


def prints_the_owed_slip(desk: DeskStage, number: str) -> None:
    desk.stage.tray.answer = Sent
    desk.tap("view_slip_not_out")
    desk.open_record(number)
    desk.tap("deed_reprint")
    assert desk.notice == SAY("desk.told.slip_owed", copy=0)
    desk.stage.visitor.wait_until(
        lambda: [job["state"] for job in desk.stage.rows(tables.print_job)] == ["unconfirmed"]
    )


def hands_over(desk: DeskStage) -> None:
    desk.stage.settings.exchange_folder.mkdir()
    desk.tap("page_batches", "handOver", "handOver", "saveXlsx")


def imports_the_answer(desk: DeskStage) -> None:
    file = desk.stage.settings.exchange_folder / "penyerahan-0001.xlsx"
    fill_in(file, {2: {"hasil": "diterima"}})
    desk.tap("page_answer", "file_0", "savePreview")
    assert desk.notice == SAY("desk.answer.saved", count=1)


def marks_paid(desk: DeskStage, number: str) -> None:
    desk.scan(number)
    desk.tap("mainDeed", "channel_Alfamart")
    desk.write("reference", "TRX 0091")
    desk.tap("formSubmit")
    assert desk.notice == SAY("desk.told.paid")


def records_the_kpj(desk: DeskStage, number: str) -> None:
    desk.scan(number)
    desk.tap("mainDeed")
    desk.type(KPJ)
    desk.tap("formSubmit")
    assert desk.notice == SAY("desk.told.kpj")


def renews(desk: DeskStage) -> None:
    desk.tap("mainDeed", "channel_BRILink")
    desk.write("reference", "TRX 0092")
    desk.tap("formSubmit")
    assert desk.notice == SAY("desk.told.paid")
    assert len(desk.stage.rows(tables.payment)) == 2


def erases(desk: DeskStage, number: str) -> None:
    desk.scan(number)
    desk.tap("deed_rights", "right_erasure", "formSubmit", "mainRequest")
    desk.type(number[-4:])
    desk.tap("formSubmit")
    assert desk.says(SAY("desk.requests.hand_proof"))
    desk.stage.visitor.wait_until(
        lambda: any(name.startswith("bukti") for name in desk.stage.tray.slips)
    )


def nothing_is_left(stage: Stage) -> bool:
    kept = [str(row) for table in tables.metadata.sorted_tables for row in stage.rows(table)]
    known = (NIK, NAME, SPOKEN_PHONE.replace(" ", ""), KPJ)
    return not any(one in row for one in known for row in kept)
