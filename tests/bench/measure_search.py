"""The desk with very many registrations: measure_search.py FOLDER PEOPLE.

Prints as JSON: the milliseconds of each keystroke of the search, of the first page and count of
each view, and the seconds that the index took.
"""

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from many import fill
from samples import FACTS, KEY, StillClock, make_application, nik_of

from kiosk.desk.lists import catch_up, overview, page, search
from kiosk.desk.session import Desk
from kiosk.domain.desk import Found, View
from kiosk.domain.staff import Account, Role
from kiosk.registration import register
from kiosk.storage.store import open_store

# Common and rare names, words that hardly go together, and the ends and beginnings of digits.
TYPED = (
    *("ahmad saprudin", "siti nurjanah", "muhammad", "zulkifli", "wawan zulkifli", "sri eka"),
    *("iskandar siti", "mamun", "muha rahm sul", "abdul rah hid", "360401", "9001", "08123456"),
    *("109170", "4218", "nobody"),
)


def measure(folder: Path, people: int) -> dict[str, Any]:
    """Fill a new store, make the index, and type; somebody registers before each word."""
    fill(folder, people)
    store, clock = open_store(folder, KEY), StillClock()
    desk = Desk(store, FACTS, clock, Account("clerk", "Rina", Role.CLERK))
    began_s = perf_counter()
    while catch_up(desk):
        pass
    index_s = perf_counter() - began_s
    keystrokes: list[float] = []
    for serial, typed in enumerate(TYPED, start=1):
        register(store, make_application(f"new {serial}", nik=nik_of(serial)), clock)
        keystrokes += [_time(search, desk, typed[:end]) for end in range(1, len(typed) + 1)]
    views = [_time(page, desk, view) for view in View]
    counts = _time(overview, desk)
    store.close()
    return {"keystrokes": keystrokes, "views": views, "counts": counts, "index_s": index_s}


def _time(act: Any, *arguments: object) -> float:
    began_s = perf_counter()
    outcome = act(*arguments)
    took_ms = (perf_counter() - began_s) * 1000
    if isinstance(outcome, Found) and outcome.unread:
        raise RuntimeError("the search has not taken everything in")
    return took_ms


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
