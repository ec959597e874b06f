"""Commits of one registration, the kiosk's and the raw driver's in turn: measure_commit.py FOLDER.

Prints the milliseconds of both as JSON. Both stores lie on the disk of FOLDER.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

from reference_commit import Rows, commit, make_statements, open_database
from samples import ANSWERS, KEY, NOW, StillClock, make_application, nik_of

from kiosk.domain.registration import Application, Registration
from kiosk.drafts import to_plain
from kiosk.registration import Registered, keep_draft, register
from kiosk.storage.engine import PRAGMAS, STORE_FILE
from kiosk.storage.rows import registration_row, to_text
from kiosk.storage.store import Store, open_store

ROUNDS = 200
WARM_UP = 20


def _ours(store: Store, application: Application) -> tuple[float, Registration]:
    keep_draft(store, application.draft_id, ANSWERS, StillClock())
    began_s = perf_counter()
    outcome = register(store, application, StillClock())
    took_ms = (perf_counter() - began_s) * 1000
    if not isinstance(outcome, Registered):
        raise RuntimeError("this registration exists already")
    return took_ms, outcome.registration


def _rows(registration: Registration, counter: int) -> Rows:
    at, id_ = to_text(registration.registered_at), registration.id
    job = {"registration_id": id_, "copy": 0, "state": "owed", "evidence": "", "changed_at": at}
    return (
        ("registration", registration_row(registration, counter)),
        ("audit", {"at": at, "event": "registered", "registration_id": id_}),
        ("outbox", {"registration_id": id_, "revision": 1}),
        ("print_job", job),
    )


def keep_draft_by_driver(connection: Any, draft_id: str) -> None:
    """Keep the same answers as keep_draft()."""
    draft = (draft_id, json.dumps(to_plain(ANSWERS)), to_text(NOW))
    connection.execute("INSERT INTO draft VALUES (?, ?, ?)", draft)


def _reference(connection: Any, rows: Rows, draft_id: str) -> float:
    keep_draft_by_driver(connection, draft_id)
    statements = make_statements(rows)
    values = [tuple(row.values()) for _, row in rows]
    began_s = perf_counter()
    commit(connection, statements, values, draft_id)
    return (perf_counter() - began_s) * 1000


def measure(folder: Path) -> dict[str, list[float]]:
    """Register the same people in two new stores, one each way."""
    ours = open_store(folder / "ours", KEY)
    open_store(folder / "reference", KEY).close()
    connection = open_database(folder / "reference" / STORE_FILE, KEY, PRAGMAS)
    times: dict[str, list[float]] = {"ours": [], "reference": []}
    template = make_application()
    for serial in range(1, WARM_UP + ROUNDS + 1):
        resident = replace(template.resident, nik=nik_of(serial))
        applied = replace(template, draft_id=f"draft {serial}", resident=resident)
        took_ms, registration = _ours(ours, applied)
        times["ours"].append(took_ms)
        rows = _rows(registration, serial)
        times["reference"].append(_reference(connection, rows, applied.draft_id))
    connection.close()
    ours.close()
    return {who: taken[WARM_UP:] for who, taken in times.items()}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
