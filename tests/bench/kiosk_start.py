"""The kiosk started as main.py does it, and its start key tapped: kiosk_start.py CONFIG."""

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QPointF
from taps import announce_first_tap

from kiosk.clock import SystemClock
from kiosk.settings import read_settings
from ui import composing

START_KEY = QPointF(540, 1540)


def start(config: Path) -> None:
    """Open the kiosk of this configuration and tell of its first tap."""
    gc.disable()
    from ui.app import make_application

    application = make_application()
    with composing.open_kiosk(read_settings(config), SystemClock()) as app:
        app.catch_bugs()
        app.show()
        gc.freeze()
        announce_first_tap(app.window, START_KEY, lambda: app.visit.property("screen") == "menu")
    application.processEvents()


if __name__ == "__main__":
    start(Path(sys.argv[1]))
