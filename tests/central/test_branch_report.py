"""The branch reads what was handed over and answers; the report's reader sees numbers alone."""

import json
from collections.abc import Iterator
from operator import itemgetter
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
    rows = [offices.here.row(at, nik=f"36040112058{at:05}") for at in (1, 2)]
    paid = offices.there.row(3, nik="3604011205800003", status="paid")
    offices.here.hand_in(*rows)
    offices.there.hand_in(paid)
    asked = "SELECT report_api.counts('2026-01-01', '2026-12-31')"
    counts = _call(offices, CentreRole.REPORT, asked)
    assert {tuple(row) for row in counts if row[0] == "office"} == {
        ("office", "DKPP", OFFICE, 2, 0, 0, 0, 0, 0),
        ("office", "DKPP", OTHER_OFFICE, 1, 0, 1, 0, 0, 0),
    }
    said = json.dumps(counts)
    for row in (*rows, paid):
        assert not any(row[name] in said for name in ("id", "number", "nik", "name", "phone"))
    key = itemgetter(0, 1, 2)
    again = _call(offices, CentreRole.KABUPATEN_ADMIN, asked)
    assert sorted(counts, key=key) == sorted(again, key=key)


def test_a_dinas_is_measured_by_the_target_of_its_year(offices: Offices) -> None:
    offices.here.hand_in(*(offices.here.row(at, nik=f"36040112058{at:05}") for at in (1, 2)))
    for wanted in (400, 500):
        _call(
            offices,
            CentreRole.KABUPATEN_ADMIN,
            "SELECT console_api.set_target(%s, %s, %s)::text",
            *("DKPP", 2026, wanted),
        )
    _call(
        offices,
        CentreRole.KABUPATEN_ADMIN,
        "SELECT console_api.set_target(%s, %s, %s)::text",
        *("DISKAN", 2026, 90),
    )
    asked = "SELECT report_api.targets('2026-12-31')"
    said = _call(offices, CentreRole.REPORT, asked)
    assert sorted(said) == [["DISKAN", 90, 0], ["DKPP", 500, 2]]
    assert _call(offices, CentreRole.REPORT, "SELECT report_api.targets('2025-12-31')") == []
    with pytest.raises(psycopg.errors.InvalidParameterValue):
        _call(
            offices,
            CentreRole.KABUPATEN_ADMIN,
            "SELECT console_api.set_target(%s, %s, %s)::text",
            *("DKPP", 2026, -1),
        )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        _call(offices, CentreRole.REPORT, "SELECT console_api.set_target('DKPP', 2026, 1)::text")


@pytest.mark.parametrize("days", [("2026-02-30", "2026-03-01"), ("x", "2026-03-01"), ("", "")])
def test_a_report_of_no_day_is_refused(offices: Offices, days: tuple[str, str]) -> None:
    with pytest.raises(psycopg.errors.DataError):
        _call(offices, CentreRole.REPORT, "SELECT report_api.counts(%s, %s)", *days)
