"""The console's page of the fleet with 29 and 1,000 kiosks: measure_console.py FOLDER [ROUNDS].

On a PostgreSQL of its own. Prints as JSON, for each count, the median and the longest milliseconds
of reading the fleet from the centre (off the screen's thread), of judging and showing it until it
is painted for the first time (a third of the kiosks need a person), and of painting the next
refresh in which every kiosk told something new.
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from central.cluster import running_cluster
from central.fixtures import TEMPLATE, Centre, Centres, install_centre
from e2e.console_stage import at_console, console_for, known_place, now_clock, populate

from kiosk.fleet import fleet
from ui.app import make_application

COUNTS = (29, 1000)


def main(folder: Path, rounds: int) -> dict[str, Any]:
    """Measure every count; returns what is printed."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    make_application()
    with running_cluster() as cluster:
        with cluster.connect() as owner:
            owner.execute(f"CREATE DATABASE {TEMPLATE}")
        install_centre(cluster.url(TEMPLATE, sslmode="disable"))
        centres = Centres(cluster)
        found = {}
        for count in COUNTS:
            with centres.new() as centre:
                found[str(count)] = _measure(centre, folder / str(count), count, rounds)
    smallest, largest = (found[str(count)] for count in COUNTS)
    growth = {part: largest[part][0] / smallest[part][0] for part in smallest}
    return {"rounds": rounds, "ms": found, "growth": growth}


def _measure(centre: Centre, folder: Path, count: int, rounds: int) -> dict[str, Any]:
    folder.mkdir(parents=True)
    place, clock = known_place(centre, folder), now_clock()
    troubled = {one: {"silent": timedelta(hours=2)} for one in range(0, count, 3)}
    populate(centre, count, clock.now(), troubled)
    session = console_for(centre, place)
    read, shown, again = [], [], []
    with at_console(place, clock) as admin:
        admin.sign_in()
        page = admin.app.console.fleet
        for _ in range(rounds):
            began_s = perf_counter()
            lines = fleet(session, clock.now())
            read.append((perf_counter() - began_s) * 1000)
            page.take(())
            admin.visitor.picture()
            shown.append(_painted_ms(admin, lambda lines=lines: page.take(lines)))
            clock.forward(timedelta(hours=1))
            again.append(_painted_ms(admin, lambda lines=lines: page.take(lines)))
    parts = {"read": read, "shown": shown, "refreshed": again}
    return {name: [round(median(times), 1), round(max(times), 1)] for name, times in parts.items()}


def _painted_ms(admin: Any, show: Any) -> float:
    began_s = perf_counter()
    show()
    admin.visitor.picture()
    return (perf_counter() - began_s) * 1000


if __name__ == "__main__":
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    print(json.dumps(main(Path(sys.argv[1]), rounds), indent=1))
