"""The branch's files, ours and plain libraries on the same cells: measure_handover.py FOLDER ROWS.

Prints the seconds of export and import as JSON. The plain ones write and read and do nothing else.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import openpyxl
import xlsxwriter
from samples import KEY, NOW, RESOURCES, StillClock, load_work, make_application
from sqlalchemy import insert, select, text

from kiosk.domain.handover import Columns, parse_columns
from kiosk.domain.registration import Registration, Status
from kiosk.domain.registration_number import make_number
from kiosk.domain.staff import Account, Role
from kiosk.handover import answers, batches
from kiosk.storage import tables
from kiosk.storage.rows import registration_row
from kiosk.storage.store import Store, open_store

CLERK = Account("clerk", "Ratna", Role.CLERK)


def _fill(store: Store, count: int) -> None:
    template = make_application()
    with store.transaction() as record:
        run = record.handover._connection.execute
        for serial in range(1, count + 1):
            resident = replace(template.resident, nik=f"36{serial:014}")
            registration = Registration(
                id=f"{serial}",
                number=make_number("90001", serial),
                kiosk_number="90001",
                incarnation="bench",
                registered_at=NOW,
                status=Status.REGISTERED,
                revision=1,
                application=replace(template, draft_id=f"{serial}", resident=resident),
            )
            run(insert(tables.registration), registration_row(registration, serial))


def _read_plainly(file: Path) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(file, read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows


def _write_plainly(file: Path, rows: list[tuple[Any, ...]]) -> None:
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    form = book.add_format({"num_format": "@"})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write_string(at, column, cell, form)
    book.close()


def _answered(rows: list[tuple[Any, ...]], columns: Columns) -> list[tuple[Any, ...]]:
    at = columns.headers.index("hasil")
    answer = ("diterima", None, "22-11-2026", "INV/2026/11")
    return [
        rows[0],
        *(
            (*row[:at], *answer[:2], f"{number:011}", *answer[2:])
            for number, row in enumerate(rows[1:])
        ),
    ]


def _timed(act: Any, *given: Any, **named: Any) -> tuple[float, Any]:
    began_s = perf_counter()
    outcome = act(*given, **named)
    return perf_counter() - began_s, outcome


def measure(folder: Path, count: int) -> dict[str, float]:
    """Hand that many registrations over, and take the answer to all of them in."""
    file = RESOURCES / "data" / "handover_columns.json"
    columns = parse_columns(file.read_text("utf-8"), file.name)
    store, clock = open_store(folder / "store", KEY), StillClock()
    _fill(store, count)
    batches.LARGEST_BATCH = count
    handed_s, _ = _timed(batches.hand_over, store, CLERK, clock)
    kind = batches.FileKind.XLSX
    wanted: tuple[Any, ...] = (store, CLERK, 1, kind, folder)
    export_s, out = _timed(batches.export, *wanted, clock=clock, columns=columns, work=load_work())
    rows = _read_plainly(out.file)
    plain_export_s, _ = _timed(_write_plainly, folder / "plain.xlsx", rows)
    answer = folder / "answer.xlsx"
    _write_plainly(answer, _answered(rows, columns))
    del rows
    import_s, preview = _timed(answers.preview, store, answer, columns, clock)
    plain_import_s, _ = _timed(_read_plainly, answer)
    apply_s, applied = _timed(answers.apply, store, CLERK, preview, clock)
    with store.transaction() as record:
        query = select(text("count(*)")).select_from(tables.registration)
        members = record.handover._connection.execute(query.where(text("status = 'member'")))
        if members.scalar_one() != count or applied.changed != count:
            raise RuntimeError("not everybody became a member")
    store.close()
    return {
        "hand_over": handed_s,
        "export": export_s,
        "plain_export": plain_export_s,
        "import": import_s,
        "plain_import": plain_import_s,
        "apply": apply_s,
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
