"""The supervisor sees the office's own numbers, by month and dinas, and saves them as files.

After a wanted change: `UPDATE_SNAPSHOTS=1 .venv/bin/python -m pytest` with this file, then look at
the pictures in tests/screens/desk_numbers before they are committed.
"""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from samples import load_texts, make_application, nik_of
from sqlalchemy import text

from kiosk.domain.checks import Step
from kiosk.domain.funnel import Ending, Walk
from kiosk.funnel import count_walk
from kiosk.registration import Registered, register

from .boxes import Box
from .desk_stage import CLERK, SUPERVISOR, DeskStage, employ
from .looking import faults_of
from .modes import LYING, WIDE, Mode, show
from .stage import OpenStage, Stage

SAY = load_texts().say
FOLDER = Path(__file__).parent.parent / "screens" / "desk_numbers"
WORK = (("tani", "DKPP"), ("dagang", "DISKOUMPERINDAG"), ("transport", "DISHUB"))
MODES = (
    Mode(),
    Mode(LYING),
    Mode(LYING, "en"),
    Mode(LYING, contrast=True),
    Mode(WIDE),
    Mode(WIDE, "en", contrast=True),
)
PEOPLE = 60
WHOLE_LINE = 17


def come(stage: Stage) -> None:
    """People register in October and November, and others give up."""
    dice = random.Random(5)
    store = stage.services.store
    for serial in range(1, PEOPLE + 1):
        made = register(store, make_application(f"id {serial}", nik=nik_of(serial)), stage.clock)
        assert isinstance(made, Registered)
    with store.transaction() as record:
        run = record._connection.execute
        ids = [row.id for row in run(text("SELECT id FROM registration ORDER BY number"))]
        for at, id_ in enumerate(ids):
            segment, dinas = dice.choice(WORK)
            day = date(2026, 11, 20) if at < PEOPLE // 2 else date(2026, 10, 30)
            values = {
                "id": id_,
                "segment": segment,
                "dinas": dinas,
                "desa": f"36.04.09.20{dice.randrange(1, 9):02}",
                "status": dice.choice(("registered", "handed_over", "paid", "member")),
                "at": f"{day - timedelta(days=dice.randrange(19))}T03:00:00.000000+00:00",
            }
            run(
                text(
                    "UPDATE registration SET segment_id = :segment, dinas = :dinas,"
                    " desa_code = :desa, status = :status, registered_at = :at WHERE id = :id"
                ),
                values,
            )
        run(text("UPDATE print_job SET state = 'came_out' WHERE id % 5 < 4"))
    steps = [step.value for step in Step if step is not Step.STOP]
    for _ in range(PEOPLE * 2):
        reached = dice.randrange(1, 3 * len(steps))
        shown = steps[:reached]
        segment, dinas = dice.choice(WORK) if reached > 2 else ("", "")
        spent_ms = {step: dice.randrange(4000, 40000) for step in shown}
        ending = Ending.DONE if reached >= len(steps) else Ending.GIVEN_UP
        day = date(2026, 11, dice.randrange(1, 21))
        count_walk(store, Walk(day, "register", segment, dinas, spent_ms, shown[-1], ending))


@pytest.fixture
def stage(open_kiosk: OpenStage) -> Stage:
    stage = open_kiosk()
    stage.app.window.resize(1366, 768)
    stage.visitor.settle()
    employ(stage)
    return stage


@pytest.fixture
def desk(stage: Stage) -> DeskStage:
    come(stage)
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(SUPERVISOR)
    desk.tap("page_recap", "page_numbers")
    return desk


def registered(desk: DeskStage) -> int:
    figures: list[Mapping[str, Any]] = desk.desk.numbers.figures
    return int({one["label"]: one["count"] for one in figures}[SAY("report.registered")])


def in_store(stage: Stage, where: str) -> int:
    with stage.store_connection() as connection:
        asked = text(f"SELECT count(*) FROM registration WHERE {where}")
        return int(connection.execute(asked).scalar_one())


def test_a_month_a_year_and_a_dinas_are_counted(desk: DeskStage, stage: Stage) -> None:
    assert desk.says("November 2026")
    assert registered(desk) == in_store(stage, "registered_at >= '2026-11-01'") == PEOPLE // 2
    desk.tap("dinas_DKPP")
    of_dinas = in_store(stage, "registered_at >= '2026-11-01' AND dinas = 'DKPP'")
    assert registered(desk) == of_dinas
    assert desk.says("Dinas Ketahanan Pangan")
    desk.tap("monthBefore")
    assert desk.says("Oktober 2026")
    of_both = in_store(stage, "registered_at < '2026-11-01' AND dinas = 'DKPP'")
    assert registered(desk) == of_both
    desk.tap("dinas_", "showYear")
    assert registered(desk) == PEOPLE


def test_no_month_is_shown_that_has_not_come(desk: DeskStage) -> None:
    assert not desk.stage.visitor.find("monthAfter")
    desk.tap("monthBefore", "monthAfter")
    assert desk.says("November 2026")
    assert not desk.stage.visitor.find("monthAfter")


def test_the_files_say_what_the_screen_says(desk: DeskStage, stage: Stage) -> None:
    desk.tap("saveNumbers")
    folder = stage.settings.exchange_folder
    pdf, book = (folder / f"laporan-20261101-20261130.{one}" for one in ("pdf", "xlsx"))
    assert desk.notice == SAY("desk.numbers.saved", place=folder.name, file=pdf.stem)
    page = pypdfium2.PdfDocument(pdf.read_bytes())[0].get_textpage().get_text_range()
    assert "Kecamatan Ciruas" in page
    assert str(registered(desk)) in page
    rows = openpyxl.load_workbook(book)["Ringkasan"].values
    assert (SAY("report.registered"), registered(desk)) in list(rows)


def test_a_folder_that_cannot_be_written_is_told(desk: DeskStage, stage: Stage) -> None:
    folder = stage.settings.exchange_folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("no folder")
    desk.tap("saveNumbers")
    assert desk.notice == SAY("desk.numbers.not_saved", place=folder.name)


def test_a_clerk_has_no_such_page(stage: Stage) -> None:
    desk = DeskStage(stage)
    desk.open()
    desk.sign_in(CLERK)
    desk.tap("page_recap")
    assert not stage.visitor.find("page_numbers")


def is_whole(text: Box) -> bool:
    return text.place.height() >= WHOLE_LINE


def test_the_page_can_be_read_and_looks_as_it_did(desk: DeskStage, tmp_path: Path) -> None:
    faults: list[str] = []
    for mode in MODES:
        show(desk.stage, mode)
        good = FOLDER / f"numbers{mode}.png"
        found = faults_of(desk.stage, mode.panel, good, tmp_path, is_whole=is_whole)
        faults += [f"{mode}: {one}" for one in found]
    assert faults == [], "\n".join(faults)


def test_every_picture_is_of_a_scene() -> None:
    assert {file.name for file in FOLDER.glob("*.png")} == {f"numbers{mode}.png" for mode in MODES}
