"""Hand-in through a kiosk's login against plain COPY of the same rows, both on a safe cluster.

The rows of both: registration, person and to_match, with the same indexes. Building the requests
and COPY's text is outside of the time.
"""

import json
import math
import os
import random
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from central.cluster import running_cluster
from central.fixtures import TEMPLATE, Centre, Centres, install_centre
from central.kiosks import Json, Kiosk, Kiosks
from many import FIRST, LAST

PEOPLE = 10_000
ROUNDS = 3
SIZES = (60, 500, 1000, 2000)
Way = tuple["psycopg.Connection[Any]", Callable[[], float]]
Times = dict[str, tuple[float, float]]
TABLES = ("registration", "person", "to_match")


def records_of(kiosk: Kiosk, people: int, seed: int = 7) -> list[Json]:
    """So many people who do not exist, in the order of their numbers."""
    draw = random.Random(seed)
    made = []
    for counter in range(people):
        day, month, year = draw.randint(1, 28), draw.randint(1, 12), draw.randint(1955, 2008)
        name = " ".join((draw.choice(FIRST), draw.choice(LAST), draw.choice(LAST)))
        made.append(
            kiosk.record(
                counter,
                nik=f"3604{draw.randint(1, 29):02}{day:02}{month:02}{year % 100:02}"
                f"{draw.randint(1, 9999):04}",
                name=name,
                birth_date=f"{year}-{month:02}-{day:02}",
                desa_code=f"36.04.{draw.randint(1, 29):02}.{2000 + draw.randint(1, 12)}",
                registered_at=f"2026-{draw.randint(1, 11):02}-{draw.randint(1, 28):02}"
                "T03:24:05.123456+00:00",
            )
        )
    return made


def spoil(records: Sequence[Json], share: float) -> list[Json]:
    """The same with every so-manieth NIK a digit short."""
    every = round(1 / share)
    return [
        {**one, "row": {**one["row"], "nik": "123"}} if place % every == 0 else one
        for place, one in enumerate(records)
    ]


def requests_of(kiosk: Kiosk, records: Sequence[Json], size: int) -> list[Json]:
    """Requests of so many records each."""
    return [kiosk.request(records[at : at + size]) for at in range(0, len(records), size)]


def hand_in(kiosk: Kiosk, requests: Sequence[Json]) -> float:
    """Hand all in, one request after the other; in seconds."""
    texts = [json.dumps({**request, "ticket": ""}) for request in requests]
    ticket = kiosk.ticket
    begun = time.perf_counter()
    for text in texts:
        asked = text.replace('"ticket": ""', f'"ticket": "{ticket}"', 1)
        found = kiosk.connection.execute(
            "SELECT kiosk_api.exchange(%s::jsonb)", (asked,)
        ).fetchone()
        assert found is not None
        assert not found[0]["copied"]
        ticket = found[0]["ticket"]
    taken_s = time.perf_counter() - begun
    kiosk.ticket = ticket
    return taken_s


def copied(owner: "psycopg.Connection[Any]", table: str) -> bytes:
    """What COPY writes of a table."""
    with owner.cursor().copy(f"COPY centre.{table} TO STDOUT") as out:
        return b"".join(bytes(part) for part in out)


def copy_in(owner: "psycopg.Connection[Any]", texts: dict[str, bytes]) -> float:
    """Copy all tables in, in one transaction; in seconds."""
    begun = time.perf_counter()
    with owner.transaction():
        for table, text in texts.items():
            with owner.cursor().copy(f"COPY centre.{table} FROM STDIN") as into:
                into.write(text)
    return time.perf_counter() - begun


def empty(owner: "psycopg.Connection[Any]") -> None:
    """Forget all records, and let no clean-up run while the next is measured."""
    owner.execute(f"TRUNCATE {', '.join(f'centre.{table}' for table in TABLES)}")
    owner.execute("CHECKPOINT")


def spent_s(connection: "psycopg.Connection[Any]") -> float:
    """What the server's process of a connection has computed; no other program's load counts."""
    stat = Path(f"/proc/{connection.info.backend_pid}/stat").read_text(encoding="ascii")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def fastest(owner: "psycopg.Connection[Any]", ways: dict[str, Way]) -> Times:
    """The fastest of some rounds of each way, all in turn, each from empty tables."""
    times: Times = {}
    for _ in range(ROUNDS):
        for name, (connection, way) in ways.items():
            empty(owner)
            before_s = spent_s(connection)
            taken_s = way()
            computed_s = spent_s(connection) - before_s
            best = times.get(name, (math.inf, math.inf))
            times[name] = (min(taken_s, best[0]), min(computed_s, best[1]))
    return times


def main() -> None:
    """Print the figures."""
    with running_cluster(safe=True) as cluster, cluster.connect() as maker:
        maker.execute(f"CREATE DATABASE {TEMPLATE}")
        install_centre(cluster.url(TEMPLATE, sslmode="disable"))
        with Centres(cluster).new() as centre, centre.connect() as owner:
            measure(centre, owner)


def measure(centre: Centre, owner: "psycopg.Connection[Any]") -> None:
    """Print the figures of one centre."""
    kiosks = Kiosks(centre)
    kiosk = kiosks.add(daily_cap=10_000_000)
    records = records_of(kiosk, PEOPLE)
    hand_in(kiosk, requests_of(kiosk, records, 1000))
    texts = {table: copied(owner, table) for table in TABLES}
    ways: dict[str, Way] = {"COPY": (owner, partial(copy_in, owner, texts))}
    for size in SIZES:
        whole = requests_of(kiosk, records, size)
        bad = requests_of(kiosk, spoil(records, 0.01), size)
        ways[f"by {size}"] = (kiosk.connection, partial(hand_in, kiosk, whole))
        ways[f"by {size}, 1 % rejected"] = (kiosk.connection, partial(hand_in, kiosk, bad))
    times = fastest(owner, ways)
    copy_s, copy_computed_s = times["COPY"]
    for name, (taken_s, computed_s) in times.items():
        print(
            f"{PEOPLE} registrations {name}: {taken_s:.3f} s, {taken_s / copy_s:.2f} x; "
            f"computed {computed_s:.2f} s, {computed_s / copy_computed_s:.2f} x"
        )
    kiosks.close()


if __name__ == "__main__":
    main()
