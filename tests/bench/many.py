"""Fills a store with people who do not exist, as many as an office meets in decades."""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from samples import KEY, NOW, make_application
from sqlalchemy import Connection

from kiosk.domain.registration import Registration, Status
from kiosk.domain.registration_number import make_number
from kiosk.storage.engine import Key, open_engine
from kiosk.storage.rows import registration_row, to_text

Values = dict[str, Any]

KIOSK = "10917"
AT_ONCE = 10_000
WAITING = 300
"""So many are not handed over yet, and have an owed slip where the printer failed."""

# Some names are everybody's: a search for them has to choose from a tenth of all.
FIRST = (
    *("AHMAD", "AHMAD", "MUHAMAD", "MUHAMMAD", "MUHAMMAD", "SITI", "SITI", "SITI", "NUR", "ABDUL"),
    *("ABDUL", "DEDI", "DEWI", "ENDANG", "ASEP", "UDIN", "RINA", "SRI", "EKA", "IMAS", "JUHRI"),
    *("KASMAN", "LILIS", "MAMAN", "NENENG", "OMAN", "PUTRI", "RATNA", "SAEPUL", "TATI", "UJANG"),
    *("WAWAN", "YAYAN", "ZAENAL", "HASAN", "IBRAHIM", "FATIMAH", "KHADIJAH", "ROHAYATI"),
)
LAST = (
    *("SAPRUDIN", "HIDAYAT", "NURHAYATI", "AMINAH", "RAHMAN", "RAHMAT", "SULAEMAN", "FAUZI"),
    *("HASANAH", "JAELANI", "KOMARUDIN", "MARYAM", "MULYADI", "NURJANAH", "PERMANA", "ROHMAN"),
    *("SAEFUDIN", "SUBEKTI", "SUHENDAR", "SUPRIYADI", "SUTISNA", "TARYONO", "WAHYUDIN"),
    *("YULIANTI", "ZULKIFLI", "SOLEHUDIN", "SAHRUDIN", "BASRI", "ISKANDAR", "MA'MUN"),
)


def fill(folder: Path, people: int, key: Key = KEY) -> None:
    """Make a store in `folder` with so many registrations, the last of them not handed over."""
    engine = open_engine(folder, key)
    with engine.connect() as connection:
        rows = _registrations(people)
        while some := list(islice(rows, AT_ONCE)):
            _insert(connection, some)
            connection.commit()
    engine.dispose()


def _insert(connection: Connection, some: list[Values]) -> None:
    tables: dict[str, list[Values]] = {
        "registration": some,
        "audit": [
            {"at": one["registered_at"], "event": "registered", "registration_id": one["id"]}
            for one in some
        ],
        "outbox": [{"registration_id": one["id"], "revision": 1} for one in some],
        "print_job": [
            {
                "registration_id": one["id"],
                "copy": 0,
                "state": "failed" if one["status"] == "registered" else "came_out",
                "evidence": "person",
                "changed_at": one["registered_at"],
            }
            for one in some
        ],
    }
    for table, rows in tables.items():
        columns = ", ".join(f'"{name}"' for name in rows[0])
        marks = ", ".join("?" * len(rows[0]))
        values = [tuple(row.values()) for row in rows]
        connection.exec_driver_sql(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


def _registrations(people: int) -> Iterator[Values]:
    chance = random.Random(7)
    template = registration_row(
        Registration("", "", KIOSK, "many", NOW, Status.MEMBER, 1, make_application()), 0
    )
    # A kiosk counts to 999,999; then there must be another one.
    for serial in range(1, people + 1):
        kiosk = f"{int(KIOSK) + serial // 1_000_000:05}"
        kecamatan, year = divmod(serial // 10_000, 40)
        born = f"{chance.randint(1, 28):02}{chance.randint(1, 12):02}{60 + year}"
        yield template | {
            "id": f"{chance.getrandbits(128):032x}",
            "number": make_number(kiosk, serial % 1_000_000),
            "kiosk_number": kiosk,
            "counter": serial,
            "registered_at": to_text(NOW - timedelta(minutes=2 * (people - serial))),
            "status": "registered" if people - serial < WAITING else "member",
            "nik_warnings": "" if serial % 20 else "BIRTH_DATE_DIFFERS",
            "nik": f"3604{kecamatan + 1:02}{born}{serial % 10_000:04}",
            "name": _name(chance),
            "phone": f"08{chance.randint(10**9, 10**10 - 1)}",
        }


def _name(chance: random.Random) -> str:
    words = [chance.choice(FIRST), *chance.choices(LAST, k=chance.choice((0, 1, 1, 1, 2)))]
    return " ".join(words)
