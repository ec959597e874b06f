"""A bare StackView that pushes an empty page at every tap: reference_stack.py TAPS.

Prints the milliseconds from each release to the frame with the new page, as JSON.
"""

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QPointF, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
from taps import tap, wait_for_frame

QML = Path(__file__).with_suffix(".qml")
PLACE = QPointF(540, 960)
WARM_UP = 5


def push_pages(taps: int) -> list[float]:
    """Push so many pages, one at a time, and measure each."""
    os.environ["QT_QUICK_BACKEND"] = "software"
    application = QGuiApplication(sys.argv[:1])
    engine = QQmlApplicationEngine()
    engine.load(QUrl.fromLocalFile(str(QML)))
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    window.show()
    wait_for_frame(window, lambda: True)
    times_ms = [_push(window) for _ in range(WARM_UP + taps)]
    application.processEvents()
    return times_ms[WARM_UP:]


def _push(window: QQuickWindow) -> float:
    depth = window.property("depth")
    released_s = tap(window, PLACE)
    painted_s = wait_for_frame(window, lambda: window.property("depth") > depth)
    return (painted_s - released_s) * 1000


if __name__ == "__main__":
    print(json.dumps(push_pages(int(sys.argv[1]))))
