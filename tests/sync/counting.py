"""People and visits of a kiosk by chance, and the counts that a report of them has to give."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import text

from kiosk.clock import local
from kiosk.domain.funnel import Ending, Walk
from kiosk.domain.report import ALL, Way
from sync.office import KioskAtCentre

OFFICE = "36.04.09"
BEGIN, END = date(2026, 10, 3), date(2026, 11, 20)
STATUSES = ("registered", "handed_over", "accepted", "rejected", "paid", "member", "void")
WORK = (("tani", "DKPP"), ("ternak", "DKPP"), ("nelayan", "DISKAN"), ("ojek", "DISHUB"))
DESA = ("36.04.09.2001", "36.04.09.2002", "36.04.10.2001", "")
STATES = ("owed", "came_out", "unconfirmed", "failed", "handed_over_otherwise")


def fill(kiosk: KioskAtCentre, dice: random.Random, count: int) -> None:
    """People registered at all hours from September to December, who came this far or that."""
    kiosk.register(count)
    first = datetime(2026, 9, 20, tzinfo=UTC)
    with kiosk.store.transaction() as record:
        run = record._connection.execute
        for (id_,) in run(text("SELECT id FROM registration")).all():
            segment, dinas = dice.choice(WORK)
            at = first + timedelta(minutes=dice.randrange(60 * 24 * 80))
            status = dice.choice(STATUSES)
            values = {
                "id": id_,
                "segment": segment,
                "dinas": dinas,
                "desa": dice.choice(DESA),
                "status": status,
                "at": at.isoformat(timespec="microseconds"),
            }
            run(
                text(
                    "UPDATE registration SET segment_id = :segment, dinas = :dinas,"
                    " desa_code = :desa, status = :status, registered_at = :at WHERE id = :id"
                ),
                values,
            )
            run(
                text("UPDATE print_job SET state = :state WHERE registration_id = :id"),
                {"id": id_, "state": dice.choice(STATES)},
            )
            if status in {"paid", "member"}:
                pay(run, id_, f"2026-{dice.randrange(7, 13):02}", dice.choice((1, 2, 3, 6)))


def pay(run: Any, id_: str, first_month: str, months: int) -> None:
    run(
        text(
            "INSERT INTO payment (registration_id, channel, reference, paid_on, first_month,"
            " months, actor, at) VALUES (:id, 'bank', '1', '2026-11-01', :first, :months, 'x',"
            " '2026-11-01T00:00:00.000000+00:00')"
        ),
        {"id": id_, "first": first_month, "months": months},
    )


def counted(kiosk: KioskAtCentre) -> dict[tuple[str, Way, str], Counter[str]]:
    """The same by going through the records one by one."""
    out = {
        row["registration_id"]
        for row in kiosk.rows("print_job")
        if row["state"] in {"came_out", "handed_over_otherwise"}
    }
    found: dict[tuple[str, Way, str], Counter[str]] = {}
    for row in kiosk.rows("registration"):
        day = local(datetime.fromisoformat(row["registered_at"])).date()
        if not BEGIN <= day <= END:
            continue
        parts = {
            Way.DAY: day.isoformat(),
            Way.SEGMENT: row["segment_id"],
            Way.OFFICE: OFFICE,
            Way.DESA: row["desa_code"],
            Way.KIOSK: row["kiosk_number"],
        }
        for dinas in (row["dinas"], ALL):
            for way, part in parts.items():
                stages = found.setdefault((dinas, way, part), Counter())
                status = row["status"]
                stages["void" if status == "void" else "registered"] += 1
                stages["slip_out"] += status != "void" and row["id"] in out
                stages["paid"] += status in {"paid", "member"}
                stages["member"] += status == "member"
                stages["rejected"] += status == "rejected"
    return found


def walk(dice: random.Random) -> Walk:
    steps = ("consent", "work", "nik", "review")[: dice.randrange(1, 5)]
    segment, dinas = dice.choice(WORK) if len(steps) > 1 else ("", "")
    day = BEGIN + timedelta(days=dice.randrange(40))
    spent_ms = {step: dice.randrange(60_000) for step in steps}
    return Walk(day, "register", segment, dinas, spent_ms, steps[-1], dice.choice(tuple(Ending)))
