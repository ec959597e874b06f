"""The desk's screen with very many registrations: measure_desk.py FOLDER PEOPLE.

Prints as JSON the seconds that the search's index took, the milliseconds of the first page of each
view and of all counts; and those from a keystroke in the search to the results painted, and from
the last character of a scan to the record painted. `held_ms` is what the scanner filter holds every
character back; it is in neither.
"""

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from e2e.desk_stage import DeskStage, employ
from e2e.stage import SCANNER_MS, Stage, open_stage, settings_in
from many import fill
from PySide6.QtCore import Qt
from sqlalchemy import select

from kiosk.desk.lists import catch_up, overview, page
from kiosk.domain.desk import View
from kiosk.keys import open_keys
from kiosk.opening import store_keys
from kiosk.storage import tables
from ui.app import make_application
from ui.keyboard import PAUSE_MS

SCANS = 20
# Common and rare names, words that hardly go together, and the ends and beginnings of digits.
TYPED = (
    *("ahmad saprudin", "siti nurjanah", "muhammad", "zulkifli", "wawan zulkifli", "sri eka"),
    *("iskandar siti", "mamun", "muha rahm sul", "abdul rah hid", "360401", "9001", "08123456"),
    *("109170", "4218", "nobody"),
)


def main(folder: Path, people: int) -> dict[str, Any]:
    """Fill a kiosk, open its desk, type and scan."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    make_application()
    settings = settings_in(folder)
    keys = open_keys(settings.keys_folder)
    fill(settings.store_folder, people, store_keys(keys))
    with open_stage(folder) as stage:
        employ(stage)
        stage.app.window.resize(1366, 768)
        desk = DeskStage(stage)
        desk.open()
        desk.sign_in()
        session = desk.desk.session
        began_s = perf_counter()
        while catch_up(session):
            pass
        index_s = perf_counter() - began_s
        views = [_took_ms(partial(page, session, view)) for view in View]
        counts = _took_ms(partial(overview, session))
        desk.tap("search")
        keystrokes = [one for word in TYPED for one in _type(desk, word)]
        scans = [_scan(desk, number) for number in _numbers(stage)]
    return {
        "keystrokes": keystrokes,
        "scans": scans,
        "views": views,
        "counts": counts,
        "index_s": index_s,
        "held_ms": PAUSE_MS,
    }


def _took_ms(act: Callable[[], object]) -> float:
    began_s = perf_counter()
    act()
    return (perf_counter() - began_s) * 1000


def _type(desk: DeskStage, word: str) -> list[float]:
    """Type a word from its beginning, each letter once the results of the one before are there."""
    desk.desk.records.search("")
    _wait(desk)
    return [_time(desk, partial(_hit, desk, letter)) for letter in word]


def _hit(desk: DeskStage, letter: str) -> None:
    desk.stage.hit(Qt.Key.Key_unknown, letter)
    desk.stage.app.keyboard.settle()


def _scan(desk: DeskStage, number: str) -> float:
    for digit in number[:-1]:
        desk.stage.hit(Qt.Key.Key_unknown, digit, after_ms=SCANNER_MS)
    return _time(desk, lambda: _end_scan(desk, number[-1]))


def _end_scan(desk: DeskStage, digit: str) -> None:
    desk.stage.hit(Qt.Key.Key_unknown, digit, after_ms=SCANNER_MS)
    desk.stage.app.keyboard.settle()


def _time(desk: DeskStage, act: Callable[[], None]) -> float:
    def until_painted() -> None:
        act()
        _wait(desk)
        desk.stage.visitor.picture()

    took_ms = _took_ms(until_painted)
    desk.stage.clock.skip(1000)
    return took_ms


def _wait(desk: DeskStage) -> None:
    """Until what was asked is there, and what that asks for in turn."""
    for _ in range(2):
        desk.wait_for_worker()


def _numbers(stage: Stage) -> list[str]:
    """Some of the numbers, from all over the store."""
    statement = select(tables.registration.c.number).order_by(tables.registration.c.nik)
    with stage.store_connection() as connection:
        return list(connection.execute(statement.limit(SCANS)).scalars())


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
