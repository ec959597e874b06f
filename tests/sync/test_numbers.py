"""The numbers of a report agree with the records, at the kiosk and at the centre."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from central.reader import report_connection
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from kiosk.central.reports import numbers_at_centre
from kiosk.domain.funnel import Ending, StepCount, Walk
from kiosk.domain.report import Report, Source, Span, Stages, Way, make_report
from kiosk.funnel import count_walk
from kiosk.retention import purge
from kiosk.settings import Settings
from kiosk.storage.tables import SLIP_UNTOLD
from kiosk.sync.line import NotReached
from kiosk.sync.talk import Went
from sync.counting import BEGIN, END, OFFICE, counted, fill, walk
from sync.office import KioskAtCentre

NO_STEP = ("register", "", "", "nik")


def own_report(kiosk: KioskAtCentre) -> Report:
    with kiosk.store.reading() as record:
        numbers = record.report(OFFICE).numbers(BEGIN, END)
    return make_report(numbers, Span(BEGIN, END), kiosk.clock.now(), Source.OWN, "Ciruas")


@pytest.fixture
def centre_report(kiosk: KioskAtCentre) -> Iterator[Any]:
    with report_connection(kiosk.centre) as connection:
        yield lambda: report_of(kiosk, connection)


def report_of(kiosk: KioskAtCentre, connection: Connection) -> Report:
    numbers = numbers_at_centre(connection, BEGIN, END)
    return make_report(numbers, Span(BEGIN, END), kiosk.clock.now(), Source.CENTRE, "Serang")


def stages_of(report: Report) -> dict[tuple[str, Way, str], Counter[str]]:
    return {
        (dinas.dinas, way, part): Counter(
            {name: getattr(stages, name) for name in Stages.__slots__ if name != "begun"}
        )
        for dinas in (report.whole, *report.by_dinas)
        for way, parts in dinas.ways.items()
        for part, stages in parts.items()
        if stages != Stages(begun=stages.begun)
    }


def renewals_counted(kiosk: KioskAtCentre) -> Counter[str]:
    """People by how they stand, seen from November 2026 and counted one by one."""
    paid = {row["id"] for row in kiosk.rows("registration") if row["status"] in {"paid", "member"}}
    last: dict[str, int] = {}
    for row in kiosk.rows("payment"):
        year, month = map(int, row["first_month"].split("-"))
        until = year * 12 + month + row["months"] - 1
        id_ = row["registration_id"]
        last[id_] = max(last.get(id_, 0), until)
    now = 2026 * 12 + 11
    return Counter(
        "paid_ahead"
        if until > now
        else "ends_now"
        if until == now
        else "unpaid"
        if until > now - 3
        else "inactive"
        for id_, until in last.items()
        if id_ in paid
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_both_sides_count_what_the_records_say(
    kiosk: KioskAtCentre, centre_report: Any, seed: int
) -> None:
    fill(kiosk, random.Random(seed), 80)
    kiosk.hand_in()
    own, there = own_report(kiosk), centre_report()
    assert stages_of(own) == counted(kiosk)
    assert stages_of(there) == counted(kiosk)
    assert own.whole.renewals == there.whole.renewals
    said = own.whole.renewals
    assert Counter({name: getattr(said, name) for name in said.__slots__}) == renewals_counted(
        kiosk
    )
    assert own.whole.stages.registered == sum(one.stages.registered for one in own.by_dinas)


def test_what_changes_later_is_counted_as_it_stands_then(
    kiosk: KioskAtCentre, centre_report: Any
) -> None:
    fill(kiosk, random.Random(3), 30)
    kiosk.hand_in()
    with kiosk.store.transaction() as record:
        run = record._connection.execute
        run(text("UPDATE print_job SET state = 'failed' WHERE state = 'came_out'"))
        run(text("UPDATE print_job SET state = 'came_out' WHERE state = 'owed'"))
    erased = kiosk.rows("registration")[:5]
    for row in erased:
        kiosk.erase(row["id"])
    kiosk.hand_in()
    assert stages_of(centre_report()) == counted(kiosk) == stages_of(own_report(kiosk))
    with kiosk.centre.connect() as owner:
        left = owner.execute(
            "SELECT count(*) FROM centre.slip_out WHERE registration_id::text = ANY (%s)",
            ([row["id"] for row in erased],),
        ).fetchone()
    assert left == (0,)


def funnel_of(report: Report) -> tuple[Any, ...]:
    return (
        sorted(report.whole.steps, key=lambda one: one.step),
        {one.dinas: sorted(one.steps, key=lambda step: step.step) for one in report.by_dinas},
        {
            (one.dinas, way, part): stages.begun
            for one in (report.whole, *report.by_dinas)
            for way, parts in one.ways.items()
            for part, stages in parts.items()
            if stages.begun
        },
    )


def test_visits_come_to_the_centre_once_each(kiosk: KioskAtCentre, centre_report: Any) -> None:
    dice = random.Random(4)
    fill(kiosk, dice, 10)
    walks = [walk(dice) for _ in range(60)]
    for one in walks[:40]:
        count_walk(kiosk.store, one)
    kiosk.faults.lose_answers = 1
    kiosk.hand_in()
    for one in walks[40:]:
        count_walk(kiosk.store, one)
    kiosk.hand_in()  # The line has just failed: registrations alone.
    assert kiosk.hand_in() == Went(go_on=False)
    own = own_report(kiosk)
    assert funnel_of(own) == funnel_of(centre_report())
    steps = {one.step: one for one in own.whole.steps}
    assert steps["begun"].reached == len(walks) == own.whole.stages.begun
    assert steps["ended"].reached == sum(one.ending is Ending.DONE for one in walks)
    given_up = sum(one.ending is Ending.GIVEN_UP for one in walks)
    assert sum(one.given_up for one in steps.values()) == given_up
    reached = sum("nik" in one.spent_ms for one in walks)
    passed = [one for one in walks if "nik" in one.spent_ms and _passed(one, "nik")]
    spent_ms = sum(one.spent_ms["nik"] for one in passed)
    of_them = [one for one in walks if one.last == "nik" and one.ending is Ending.GIVEN_UP]
    assert steps["nik"] == StepCount("nik", reached, len(passed), len(of_them), spent_ms)


def _passed(one: Walk, step: str) -> bool:
    return one.last != step or one.ending is Ending.DONE


def test_nothing_is_sent_twice(kiosk: KioskAtCentre) -> None:
    fill(kiosk, random.Random(5), 5)
    count_walk(kiosk.store, walk(random.Random(5)))
    kiosk.hand_in()
    kiosk.talk.once()
    kiosk.talk.once()
    assert '"numbers"' not in kiosk.faults.asked[-1]


def test_a_restored_centre_is_told_all_again(kiosk: KioskAtCentre) -> None:
    restored = kiosk.centre_as_it_is_now()
    fill(kiosk, random.Random(6), 10)
    count_walk(kiosk.store, walk(random.Random(6)))
    kiosk.hand_in()
    with restored:
        kiosk.hand_in()
        kiosk.hand_in()
        with report_connection(kiosk.centre) as connection:
            there = report_of(kiosk, connection)
    assert stages_of(there) == counted(kiosk)
    assert there.whole.stages.begun == own_report(kiosk).whole.stages.begun == 1


def _spoil(kiosk: KioskAtCentre, numbers: Any) -> None:
    """Say this in place of what would be said."""
    send = kiosk.faults.line.call

    def spoil(function: str, request: str, patience_s: float) -> Any:
        said = json.loads(request)
        said["numbers"] = numbers
        return send(function, json.dumps(said), patience_s)

    kiosk.faults.line.call = spoil  # type: ignore[method-assign]


@pytest.mark.parametrize(
    "numbers",
    [
        [],
        {"days": 1, "slips": []},
        {"days": [{"day": "2026-02-31", "rows": []}], "slips": []},
        {
            "days": [{"day": "2026-11-01", "rows": [["register", "", "", "nik", -1, 0, 0, 0]]}],
            "slips": [],
        },
        {"days": [{"day": "2026-11-01", "rows": [["register"]]}], "slips": []},
        {"days": [], "slips": [["no id", True]]},
    ],
)
def test_what_is_no_number_stops_no_registration(kiosk: KioskAtCentre, numbers: Any) -> None:
    kiosk.register(1)
    _spoil(kiosk, numbers)
    kiosk.hand_in()
    assert kiosk.status().waiting == 0
    with kiosk.centre.connect() as owner:
        assert owner.execute("SELECT count(*) FROM centre.funnel").fetchone() == (0,)


def test_a_reader_of_reports_sees_no_table(kiosk: KioskAtCentre) -> None:
    with report_connection(kiosk.centre) as connection:
        for table in ("registration", "person", "funnel", "slip_out", "target"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                connection.exec_driver_sql(f"SELECT * FROM centre.{table}")


def test_a_line_that_has_just_failed_carries_registrations_alone(kiosk: KioskAtCentre) -> None:
    kiosk.register(1)
    count_walk(kiosk.store, walk(random.Random(7)))
    kiosk.faults.instead = [NotReached("C 21", was_sending=True)]
    kiosk.talk.once()
    kiosk.talk.once()
    assert '"numbers"' not in kiosk.faults.asked[-1]
    assert kiosk.status().waiting == 0
    kiosk.talk.once()
    assert '"numbers"' in kiosk.faults.asked[-1]


def test_what_was_never_told_is_found_by_an_index(kiosk: KioskAtCentre) -> None:
    with kiosk.store.reading() as record:
        plan = record._connection.execute(
            text(f"EXPLAIN QUERY PLAN SELECT registration_id FROM print_job WHERE {SLIP_UNTOLD}")
        ).all()
    assert "ix_print_job_untold" in str(plan)


def test_a_kiosk_tells_only_of_slips_of_its_own(kiosk: KioskAtCentre) -> None:
    (mine,) = kiosk.register(1)
    kiosk.hand_in()
    stranger = "00000000-0000-4000-8000-000000000001"
    _spoil(kiosk, {"days": [], "slips": [[stranger, True], [mine, True]]})
    kiosk.talk.once()
    with kiosk.centre.connect() as owner:
        kept = owner.execute("SELECT registration_id::text FROM centre.slip_out").fetchall()
    assert kept == [(mine,)]


def test_no_kiosk_fills_the_disk_with_days(kiosk: KioskAtCentre) -> None:
    first = date(2020, 1, 1)
    for call in range(30):
        days = [first + timedelta(days=call * 30 + at) for at in range(30)]
        said = [{"day": day.isoformat(), "rows": [[*NO_STEP, 1, 0, 0, 0]]} for day in days]
        with kiosk.centre.connect() as owner:
            numbers = json.dumps({"days": said, "slips": []})
            owner.execute("SELECT centre.keep_numbers(%s, %s)", (kiosk.id, numbers))
    with kiosk.centre.connect() as owner:
        found = owner.execute("SELECT count(*), max(day) FROM centre.funnel").fetchone()
    assert found == (800, (first + timedelta(days=899)).isoformat())


def test_counts_of_visits_are_kept_for_two_years(kiosk: KioskAtCentre) -> None:
    old = replace(walk(random.Random(8)), day=date(2024, 11, 1))
    for one in (old, replace(old, day=date(2024, 11, 30))):
        count_walk(kiosk.store, one)
    purge(kiosk.store, Settings(), kiosk.clock, NoPapers())
    assert {row["day"] for row in kiosk.rows("funnel")} == {"2024-11-30"}
    count_walk(kiosk.store, walk(random.Random(8)))
    with kiosk.store.reading() as record:
        assert len(record.funnel.untold(500).days) == 2


class NoPapers:
    def forget(self, _number: str, _slips: Any) -> bool:
        return True
