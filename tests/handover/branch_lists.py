"""Registrations that wait for the branch, and files as others write them."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import openpyxl
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile
from samples import RESOURCES, StillClock, make_application, nik_of

from kiosk.domain.handover import parse_columns
from kiosk.domain.registration import Registration
from kiosk.domain.staff import Account, Role
from kiosk.handover import answers
from kiosk.handover.answers import Preview
from kiosk.handover.batches import HandedOver, hand_over
from kiosk.registration import Registered, register
from kiosk.storage.handover import Batch
from kiosk.storage.store import Store

CLERK = Account("id of the clerk", "Ratna", Role.CLERK)
ADMIN = Account("id of the admin", "Dewi", Role.ADMIN)
COLUMNS_FILE = RESOURCES / "data" / "handover_columns.json"
COLUMNS = parse_columns(COLUMNS_FILE.read_text("utf-8"), COLUMNS_FILE.name)

Line = Sequence[object]


def registered(store: Store, serial: int, draft_id: str = "") -> Registration:
    """Register the `serial`-th person."""
    application = make_application(draft_id or f"draft {serial}", nik=nik_of(serial))
    outcome = register(store, application, StillClock())
    assert isinstance(outcome, Registered)
    return outcome.registration


def registered_as(store: Store, serial: int, **changes: Any) -> Registration:
    """Register somebody with details that the kiosk's own keys would not let through."""
    application = make_application(f"draft {serial}", nik=nik_of(serial))
    resident = replace(application.resident, **changes)
    outcome = register(store, replace(application, resident=resident), StillClock())
    assert isinstance(outcome, Registered)
    return outcome.registration


def handed_over(store: Store, clock: StillClock) -> Batch:
    outcome = hand_over(store, CLERK, clock)
    assert isinstance(outcome, HandedOver)
    return outcome.batch


def handed_over_people(store: Store, clock: StillClock, count: int) -> list[Registration]:
    """That many people, registered and handed over, as they stand now."""
    people = [registered(store, serial) for serial in range(1, count + 1)]
    handed_over(store, clock)
    return [now(store, one) for one in people]


def now(store: Store, one: Registration) -> Registration:
    """The registration as it stands in the record."""
    with store.transaction() as record:
        found = record.find(one.id)
    assert found is not None
    return found


def previewed(store: Store, file: Path, clock: StillClock) -> Preview:
    outcome = answers.preview(store, file, COLUMNS, clock)
    assert isinstance(outcome, Preview)
    return outcome


def write_xlsx(file: Path, lines: Sequence[Line]) -> Path:
    """A workbook as a branch's own program may write it: numbers are numbers, dates are dates."""
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(lines):
            sheet.write_row(row, 0, line)
    return file


def write_csv(file: Path, lines: Sequence[Line], separator: str = ";") -> Path:
    with file.open("w", encoding="utf-8", newline="") as output:
        csv.writer(output, delimiter=separator).writerows(lines)
    return file


def fill_in(file: Path, answers_by_row: Mapping[int, Mapping[str, object]]) -> None:
    """Write into the cells of a workbook under the headers given, as somebody at Excel does."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for row, cells in answers_by_row.items():
        for header, value in cells.items():
            sheet.cell(row, places[header]).value = value
    book.save(file)


def open_locked(file: Path, password: str) -> IO[bytes]:
    """What Excel shows who knows the password."""
    workbook = io.BytesIO()
    with file.open("rb") as opened:
        locked = OOXMLFile(opened)
        locked.load_key(password=password, verify_password=True)
        locked.decrypt(workbook, verify_integrity=True)
    workbook.seek(0)
    return workbook


def lock_file(file: Path, password: str) -> None:
    """Lock a workbook as somebody at Excel does."""
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(file.read_bytes())).encrypt(password, locked)
    file.write_bytes(locked.getvalue())


def cells_of(file: Path | IO[bytes]) -> list[tuple[object, ...]]:
    """All cells of a workbook's first sheet."""
    book = openpyxl.load_workbook(file)
    rows = [tuple(cell.value for cell in row) for row in book.worksheets[0].iter_rows()]
    book.close()
    return rows
