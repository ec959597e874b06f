"""People and visits at the centre, made there directly; the same seed gives the same."""

import json
import random
import uuid
from datetime import date, timedelta
from typing import Any

from central.fixtures import Centre
from samples import load_regions, load_work

from kiosk.domain.checks import Step
from kiosk.domain.registration_number import make_number

STATUSES = ("registered", "handed_over", "accepted", "paid", "paid", "member", "rejected", "void")
LAST = date(2026, 11, 26)
DAYS = 420
ASKED = tuple(step.value for step in Step if step is not Step.STOP)
Row = dict[str, Any]


def people(centre: Centre, count: int, seed: int) -> list[Row]:
    """Registrations of the kiosks that are at the centre; returns what was made."""
    dice = random.Random(seed)
    desa = [one.code for kecamatan in load_regions().kecamatan for one in kecamatan.desa]
    work = [(one.id, one.dinas) for one in load_work().segments]
    with centre.connect() as owner:
        kiosks = owner.execute("SELECT id, number, office FROM centre.kiosk ORDER BY number")
        places = kiosks.fetchall()
        made = [_person(dice, at, places, work, desa) for at in range(1, count + 1)]
        with owner.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO centre.registration (id, kiosk_id, office, number, kiosk_number,"
                " incarnation, counter, registered_at, day, status, revision, segment_id, dinas,"
                " desa_code, payload, hash, receipt) VALUES (%(id)s, %(kiosk_id)s, %(office)s,"
                " %(number)s, %(kiosk)s, 'x', %(at)s, %(registered_at)s, %(day)s, %(status)s, 1,"
                " %(segment)s, %(dinas)s, %(desa)s, %(payload)s, '', %(at)s)",
                made,
            )
            cursor.executemany(
                "INSERT INTO centre.slip_out VALUES (%(id)s, %(kiosk_id)s)",
                [one for one in made if one["is_out"]],
            )
    return made


def _person(
    dice: random.Random, at: int, places: list[Any], work: list[tuple[str, str]], desa: list[str]
) -> Row:
    kiosk_id, kiosk, office = dice.choice(places)
    segment, dinas = dice.choice(work)
    day = LAST - timedelta(days=int(DAYS * dice.random() ** 2))
    payment = {"first_month": f"2026-{dice.randrange(7, 12):02}", "months": dice.choice((1, 3, 6))}
    return {
        "id": str(uuid.UUID(int=dice.getrandbits(128))),
        "at": at,
        "kiosk_id": kiosk_id,
        "kiosk": kiosk,
        "office": office,
        "number": make_number(kiosk, at),
        "day": day.isoformat(),
        "registered_at": f"{day.isoformat()}T03:00:00.000000+00:00",
        "status": dice.choice(STATUSES),
        "segment": segment,
        "dinas": dinas,
        "desa": dice.choice(desa),
        "payload": json.dumps({"row": {}, "payments": [payment]}),
        "is_out": dice.random() < 0.8,
    }


def visits(centre: Centre, count: int, seed: int) -> None:
    """So many visits at each kiosk on one of its days, most of which come to their end."""
    dice = random.Random(seed)
    work = [(one.id, one.dinas) for one in load_work().segments]
    with centre.connect() as owner:
        kiosks = owner.execute("SELECT id, office FROM centre.kiosk ORDER BY number").fetchall()
        rows = []
        for kiosk_id, office in kiosks:
            segment, dinas = dice.choice(work)
            reached, day = count, (LAST - timedelta(days=dice.randrange(20))).isoformat()
            of = (kiosk_id, day, "register", segment, dinas)
            rows.append((*of, "begun", reached, reached, 0, 0, office))
            for step in ASKED:
                lost = dice.randrange(0, max(1, reached // 12) + 1)
                passed = reached - lost
                spent_ms = passed * dice.randrange(4000, 30000)
                rows.append((*of, step, reached, passed, lost, spent_ms, office))
                reached = passed
            rows.append((*of, "ended", reached, 0, 0, 0, office))
        with owner.cursor() as cursor:
            cursor.executemany(f"INSERT INTO centre.funnel VALUES ({', '.join(['%s'] * 11)})", rows)
