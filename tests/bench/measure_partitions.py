"""The same centre once whole and once in hash partitions: the same hand-in, the same duplicates.

See docs/decisions/0047-keys-and-partitioning.md.
"""

import time
from pathlib import Path
from typing import Any

import psycopg
from central.cluster import running_cluster
from central.fixtures import TEMPLATE, Centre, Centres, install_centre
from central.kiosks import Kiosk, Kiosks
from measure_centre import hand_in, records_of, requests_of
from psycopg import sql

from kiosk.central.address import read_url
from kiosk.central.install import installing, upgrade

DDL = Path(__file__).parent / "partitions.sql"
STORED = 20_000
MORE = 10_000
AGAIN = 100
"""So many of the first kiosk's people register at each other kiosk, too."""
FIRST_SEED = 1
PERSON = ("nik", "name", "birth_date", "desa_code")


def partition(centre: Centre) -> None:
    """Put the centre's two large tables into partitions, records and all."""
    with centre.connect() as owner:
        owner.execute("SET ROLE anjungan_owner")
        for statement in DDL.read_text(encoding="utf-8").split(";\n"):
            cursor = owner.execute(sql.SQL(statement))
            for (made,) in cursor.fetchall() if cursor.description else ():
                owner.execute(made)
        owner.execute("ANALYZE")
    with installing(*read_url(centre.owner_url), Path()) as connection:
        upgrade(connection)


def matched(owner: "psycopg.Connection[Any]") -> tuple[float, int]:
    """How long the pending ones take, and how many pairs there are then."""
    begun = time.perf_counter()
    owner.execute("SELECT centre.match_pending(NULL, NULL)")
    taken_s = time.perf_counter() - begun
    found = owner.execute("SELECT count(*) FROM centre.match").fetchone()
    assert found is not None
    return taken_s, int(found[0])


def measure(centre: Centre, kiosk: Kiosk, name: str, seed: int) -> None:
    """Hand in some more and look for duplicates; prints the figures."""
    more = records_of(kiosk, MORE, seed)
    for new, known in zip(more, records_of(kiosk, AGAIN, FIRST_SEED), strict=False):
        new["row"] |= {column: known["row"][column] for column in PERSON}
    handed_s = hand_in(kiosk, requests_of(kiosk, more, 1000))
    with centre.connect() as owner:
        matched_s, pairs = matched(owner)
    print(
        f"{name}: hand-in of {MORE} {handed_s:.2f} s, duplicates {matched_s:.2f} s, {pairs} pairs"
    )


def main() -> None:
    """Print the figures."""
    with running_cluster(safe=True) as cluster, cluster.connect() as maker:
        maker.execute(f"CREATE DATABASE {TEMPLATE}")
        install_centre(cluster.url(TEMPLATE, sslmode="disable"))
        for name in ("whole", "partitioned"):
            with Centres(cluster).new() as centre:
                _one(centre, name)


def _one(centre: Centre, name: str) -> None:
    kiosks = Kiosks(centre)
    first = kiosks.add("10001", daily_cap=10_000_000)
    hand_in(first, requests_of(first, records_of(first, STORED, FIRST_SEED), 2000))
    with centre.connect() as owner:
        owner.execute("DELETE FROM centre.to_match")
    if name == "partitioned":
        begun = time.perf_counter()
        partition(centre)
        print(f"{STORED} registrations put into partitions: {time.perf_counter() - begun:.2f} s")
    for seed, number in enumerate(("10002", "10003", "10004"), 2):
        measure(centre, kiosks.add(number, daily_cap=10_000_000), name, seed)
    kiosks.close()


if __name__ == "__main__":
    main()
