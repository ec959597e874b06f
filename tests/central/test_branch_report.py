"""The branch reads what was handed over and answers; the report's reader sees numbers alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from central.enrolled import OFFICE, OTHER_OFFICE
from central.fixtures import Centre
from central.offices import Offices, offices_of
from kiosk.domain.staff import CentreRole


@pytest.fixture
def offices(centre: Centre, tmp_path: Path) -> Iterator[Offices]:
    made = offices_of(centre, tmp_path)
    yield made
    made.close()


def _call(offices: Offices, role: CentreRole, asked: str, *values: Any) -> Any:
    login = offices.person(role)
    with psycopg.connect(offices.centre.url(login.role, login.secret)) as person:
        found = person.execute(asked.encode(), values).fetchone()
    assert found is not None
    return found[0]


def test_the_branch_sees_only_what_was_handed_over(offices: Offices) -> None:
    statuses = ("registered", "handed_over", "accepted", "paid", "member", "rejected", "void")
    rows = [
        offices.here.row(at, nik=f"36040112058{at:05}", status=status)
        for at, status in enumerate(statuses, start=1)
    ]
    offices.here.hand_in(*rows)
    waiting = _call(offices, CentreRole.BRANCH, "SELECT branch_api.waiting()")
    assert [one["number"] for one in waiting] == [row["number"] for row in rows[1:4]]
    assert waiting[0]["nik"] == rows[1]["nik"]


def test_the_branchs_answer_goes_down_to_the_kiosk(offices: Offices) -> None:
    statuses = ("handed_over", "handed_over", "paid", "registered")
    rows = [
        offices.here.row(at, nik=f"36040112058{at:05}", status=status, batch=1)
        for at, status in enumerate(statuses, start=1)
    ]
    offices.here.hand_in(*rows)
    taken, refused, paid, too_early = (row["number"] for row in rows)
    answers = [
        {"number": taken, "answer": "accepted"},
        {"number": refused, "answer": "rejected", "reason": "NIK tidak dikenal"},
        {"number": paid, "answer": "member", "kpj": "12345678901"},
        {"number": too_early, "answer": "accepted"},
        {"number": paid, "answer": "void"},
    ]
    said = _call(offices, CentreRole.BRANCH, "SELECT branch_api.answer(%s)", json.dumps(answers))
    assert {tuple(one) for one in said} == {
        (taken, "done"),
        (refused, "done"),
        (paid, "done"),
        (too_early, "not_found"),
        (paid, "not_possible"),
    }
    changes = {one["id"]: one["fields"] for one in offices.here.hand_in()["changes"]}
    assert changes == {
        rows[0]["id"]: {"status": "accepted"},
        rows[1]["id"]: {"status": "rejected", "rejected_because": "NIK tidak dikenal"},
        rows[2]["id"]: {"status": "member", "kpj": "12345678901"},
    }
    again = _call(
        offices, CentreRole.BRANCH, "SELECT branch_api.answer(%s)", json.dumps(answers[:1])
    )
    assert again == [[taken, "already_so"]]


def test_the_report_counts_and_names_nobody(offices: Offices) -> None:
    offices.here.hand_in(*(offices.here.row(at, nik=f"36040112058{at:05}") for at in (1, 2)))
    offices.there.hand_in(offices.there.row(3, nik="3604011205800003", status="paid"))
    asked = "SELECT report_api.counts('2026-01-01', '2026-12-31')"
    counts = _call(offices, CentreRole.REPORT, asked)
    assert {(one["office"], one["status"], one["count"]) for one in counts} == {
        (OFFICE, "registered", 2),
        (OTHER_OFFICE, "paid", 1),
    }
    assert set(counts[0]) == {
        *("dinas", "segment", "office", "desa", "day", "kiosk", "status", "count")
    }
    assert counts == _call(offices, CentreRole.KABUPATEN_ADMIN, asked)
