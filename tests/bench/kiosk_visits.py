"""Whole visits through the kiosk's screens: kiosk_visits.py CONFIG SCREENS.

Prints as JSON the milliseconds from each release that led to another screen to the frame with that
screen, and the peak memory (kB) after the first visit.
"""

import gc
import json
import resource
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from taps import tap, wait_for_frame

from kiosk.settings import read_settings
from ui import composing
from ui.app import KioskApp, make_application
from ui.demo import EXAMPLE, Pictures, Play
from ui.models.kiosk_model import DEAF_AFTER_NEW_SCREEN_MS
from ui.visitor import HurriedClock, Visitor

Answers = dict[str, Any]
OTHERS: tuple[Answers, ...] = (
    {
        "segment": "umkm",
        "job": "penjahit rumahan",
        "question": "yes",
        "nik": "3604095708850018",
        "kecamatan": "Kramatwatu",
        "desa": "Margasana",
        "phone_owner": "none",
        "phone": "",
        "income_period": "month",
        "income": 2_000_000,
        "programme": "JKK+JKM+JHT",
        "months": 12,
    },
    {
        "segment": "transport",
        "job": "ojek online",
        "nik": "3604091205800029",
        "name": "AHMAD SAPRUDIN",
        "address": "JL RAYA 1",
        "postcode": "42111",
        "phone_owner": "family",
        "months": 6,
    },
)


class TimedVisitor(Visitor):
    """Measures every tap that leads to another screen, and takes no pictures."""

    def __init__(self, app: KioskApp, skip: Callable[[float], None]) -> None:
        super().__init__(app, skip)
        self.times_ms: list[float] = []

    def tap_at(self, place: QPointF) -> None:
        """Tap, and wait for the frame if another screen follows."""
        self._skip(DEAF_AFTER_NEW_SCREEN_MS)
        self.settle()
        before = self.screen
        released_s = tap(self._app.window, place)
        if self.screen != before or self._app.visit.property("busy"):
            painted_s = wait_for_frame(self._app.window, lambda: self.screen != before)
            self.times_ms.append((painted_s - released_s) * 1000)
        self.settle()

    def picture(self) -> QImage:
        """Nothing: pictures would count as memory of the kiosk."""
        self.settle()
        return QImage(1, 1, QImage.Format.Format_Mono)


def play_visits(config: Path, screens: Path) -> dict[str, Any]:
    """Play the example and the others, then look at the screens beside the way."""
    make_application()
    clock = HurriedClock()
    with composing.open_kiosk(read_settings(config), clock) as app:
        app.show()
        gc.freeze()
        visitor = TimedVisitor(app, clock.skip)
        visitor.wait_until(lambda: bool(app.window.property("allBuilt")))
        example = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
        Play(visitor, app, example, Pictures(visitor, screens / "0").take).whole_visit()
        peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for number, answers in enumerate(OTHERS, start=1):
            look = Pictures(visitor, screens / str(number)).take
            Play(visitor, app, example | answers, look).whole_visit()
        for key in ("start", "learn", "backToMenu", "help", "helped", "register", "leave"):
            visitor.tap(key)
    return {"times_ms": visitor.times_ms, "peak_kb": peak_kb}


if __name__ == "__main__":
    print(json.dumps(play_visits(Path(sys.argv[1]), Path(sys.argv[2]))))
