"""After a day without a network: 500 kiosks with 60 registrations each come back at once.

Each connects over TLS with its own login, hands in one batch and leaves. Clients and server share
this machine, which is the busier for it: the figures are no server's limit.
"""

import json
import random
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import uuid4

import psycopg
from central.cluster import running_cluster
from central.fixtures import TEMPLATE, Centre, Centres, install_centre
from central.kiosks import OFFICE, SECRET, Json, Kiosk, record
from many import FIRST, LAST

KIOSKS = 500
BACKLOG = 60
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Drained:
    """What one kiosk met: seconds to connect and to hand in, and how many are stored."""

    connect_s: float
    batch_s: float
    stored: int


def add_logins(centre: Centre, count: int) -> list[str]:
    """So many kiosks with logins; the server derives their keys, which is not measured."""
    numbers = [str(20_000 + place) for place in range(count)]
    with centre.connect() as owner:
        for number in numbers:
            role = f"kiosk_{number}"
            owner.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{SECRET}' IN ROLE anjungan_kiosk")
            owner.execute(
                "INSERT INTO centre.kiosk (id, number, role_name, name, office, state)"
                " VALUES (%s, %s, %s, %s, %s, 'active')",
                (str(uuid4()), number, role, f"Anjungan {number}", OFFICE),
            )
    return numbers


def request_of(number: str, draw: random.Random) -> str:
    """A kiosk's whole backlog as one request."""
    incarnation = str(uuid4())
    records: list[Json] = []
    for counter in range(1, BACKLOG + 1):
        day, month, year = draw.randint(1, 28), draw.randint(1, 12), draw.randint(1960, 2007)
        records.append(
            record(
                number,
                counter,
                incarnation=incarnation,
                nik=f"3604{draw.randint(1, 29):02}{day:02}{month:02}{year % 100:02}"
                f"{draw.randint(1, 9999):04}",
                name=f"{draw.choice(FIRST)} {draw.choice(LAST)} {draw.choice(LAST)}",
                birth_date=f"{year}-{month:02}-{day:02}",
            )
        )
    kiosk = Kiosk("", number, None, incarnation)  # type: ignore[arg-type]
    return json.dumps(kiosk.request(records))


def drain(centre: Centre, number: str, request: str) -> Drained:
    """Connect, hand in, leave."""
    begun = time.perf_counter()
    with psycopg.connect(centre.url(f"kiosk_{number}", SECRET), autocommit=True) as connection:
        connected = time.perf_counter()
        found = connection.execute("SELECT kiosk_api.exchange(%s::jsonb)", (request,)).fetchone()
        done = time.perf_counter()
    assert found is not None
    stored = sum(outcome[2] == "stored" for outcome in found[0]["outcomes"])
    return Drained(connected - begun, done - connected, stored)


def main() -> int:
    """Print the figures; exit code 1 when a record did not arrive."""
    with running_cluster(safe=True) as cluster, cluster.connect() as maker:
        maker.execute(f"CREATE DATABASE {TEMPLATE}")
        install_centre(cluster.url(TEMPLATE, sslmode="disable"))
        with Centres(cluster).new() as centre:
            return measure(centre)


def measure(centre: Centre) -> int:
    """Drain them all, and count what arrived."""
    draw = random.Random(7)
    numbers = add_logins(centre, KIOSKS)
    requests = [request_of(number, draw) for number in numbers]
    size = statistics.mean(map(len, requests)) / BACKLOG
    begun = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        drained = list(
            pool.map(lambda one: drain(centre, *one), zip(numbers, requests, strict=True))
        )
    taken_s = time.perf_counter() - begun
    stored = sum(one.stored for one in drained)
    batches = statistics.quantiles([one.batch_s for one in drained], n=20)
    connects = statistics.quantiles([one.connect_s for one in drained], n=20)
    with centre.connect() as owner:
        kept = owner.execute("SELECT count(*) FROM centre.registration").fetchone()
        waiting = owner.execute("SELECT count(*) FROM centre.to_match").fetchone()
    print(f"{KIOSKS} kiosks, {BACKLOG} registrations each, {AT_ONCE} at once: {taken_s:.1f} s")
    print(f"  {KIOSKS * BACKLOG / taken_s:.0f} registrations a second, {size:.0f} bytes each")
    print(f"  batch of {BACKLOG}: p50 {batches[9] * 1000:.0f} ms, p95 {batches[18] * 1000:.0f} ms")
    print(f"  connecting: p50 {connects[9] * 1000:.0f} ms, p95 {connects[18] * 1000:.0f} ms")
    print(f"  stored {stored}, in the table {kept}, not yet looked at for duplicates {waiting}")
    return 0 if stored == KIOSKS * BACKLOG else 1


if __name__ == "__main__":
    sys.exit(main())
