"""What looking for duplicates costs and cries among 50,000 and among a million.

Run alone: `PYTHONPATH=.:tests .venv/bin/python tests/bench/measure_duplicates.py`; minutes.
"""

import random
from collections import Counter
from pathlib import Path
from statistics import median

from central.cluster import running_cluster
from central.crowd import KIOSKS, Connection, Crowd
from central.fixtures import Centre, install_centre
from central.population import Population
from central.twice import How, again

SIZES = (50_000, 1_000_000)
STEP = 50_000
"""So many are put in, or asked about, at once."""
BATCH = 200
ROUNDS = 40
TWICE = 10_000


_ASK_SOME = """
    CREATE TEMP TABLE sample AS SELECT id, kiosk_id FROM centre.registration
    ORDER BY hashtextextended(id::text, 1) LIMIT 50000;
    INSERT INTO centre.to_match SELECT id, kiosk_id FROM sample
"""
_SIDES = """
    SELECT m.because, count(*) FROM centre.match m
    JOIN sample s ON s.id IN (m.one, m.other) GROUP BY 1 ORDER BY 1
"""


def main() -> None:
    """Fill two centres, then look in turns in the one and in the other."""
    with running_cluster() as cluster:
        # As a server of this size would be set; what the tests have is for 30,000.
        cluster.write_settings(shared_buffers="2GB", max_wal_size="4GB")
        cluster.restart()
        crowds = []
        for size in SIZES:
            name = f"of_{size}"
            with cluster.connect() as owner:
                owner.execute(f"CREATE DATABASE {name}")
            install_centre(cluster.url(name, sslmode="disable"))
            crowds.append((Crowd(Centre(cluster, name).connect()), Population(7)))
            _fill(*crowds[-1], size)
        _weigh(crowds)
        for size, (crowd, people) in zip(SIZES, crowds, strict=True):
            _count(crowd, people, size)


def _fill(crowd: Crowd, people: Population, size: int) -> None:
    for _ in range(size // STEP):
        crowd.take(KIOSKS[0], people.people(STEP))
        crowd.connection.execute("TRUNCATE centre.to_match")
    crowd.connection.execute("VACUUM ANALYZE")
    # As on a server that has run for a while: what is looked up lies in memory.
    crowd.connection.execute("CREATE EXTENSION pg_prewarm")
    crowd.connection.execute(
        "SELECT sum(pg_prewarm(oid)) FROM pg_class"
        " WHERE relnamespace = 'centre'::regnamespace AND relkind IN ('r', 'i')"
    )


def _weigh(crowds: list[tuple[Crowd, Population]]) -> None:
    looked: list[list[int]] = [[] for _ in crowds]
    noted: list[list[int]] = [[] for _ in crowds]
    for _ in range(ROUNDS):
        for at, (crowd, people) in enumerate(crowds):
            batch = list(people.people(BATCH))
            began = _worked_ns(crowd.connection)
            crowd.take(KIOSKS[1], batch)
            middle = _worked_ns(crowd.connection)
            crowd.connection.execute("SELECT centre.match_pending(NULL, NULL)")
            looked[at].append(_worked_ns(crowd.connection) - middle)
            noted[at].append(middle - began)
    for what, times in (("store and note", noted), ("look", looked)):
        small, large = (median(each) / BATCH / 1000 for each in times)
        print(f"{what}: {small:.0f} us, {large:.0f} us a record; {large / small:.2f}x")


def _worked_ns(connection: Connection) -> int:
    """How long the server's process has computed: other work on the machine does not count."""
    file = Path(f"/proc/{connection.info.backend_pid}/schedstat")
    return int(file.read_text(encoding="ascii").split()[0])


def _count(crowd: Crowd, people: Population, size: int) -> None:
    """How many others a registration of somebody who came once is asked about with; then how many
    of those who came twice are found."""
    _clear(crowd.connection)
    crowd.connection.execute(_ASK_SOME)
    crowd.connection.execute("SELECT centre.match_pending(NULL, NULL)")
    cried = {
        because: float(1000 * count / STEP) for because, count in crowd.connection.execute(_SIDES)
    }
    print(f"among {size}, per 1,000 who came once: {cried}, in all {sum(cried.values()):.2f}")
    _clear(crowd.connection)
    chance = random.Random(3)
    first = crowd.take(KIOSKS[0], people.people(TWICE))
    hows = [how for how in How for _ in range(TWICE // len(How) + 1)][:TWICE]
    told = [again(chance, one, how, people) for one, how in zip(first.values(), hows, strict=True)]
    second = crowd.take(KIOSKS[1], told)
    asked = crowd.look()
    found = Counter(
        how
        for one, other, how in zip(first, second, hows, strict=True)
        if frozenset((one, other)) in asked
    )
    for how in How:
        print(f"  {how.name}: {found[how]} of {hows.count(how)}")


def _clear(connection: Connection) -> None:
    connection.execute("TRUNCATE centre.to_match, centre.match")


if __name__ == "__main__":
    main()
