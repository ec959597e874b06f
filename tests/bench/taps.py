"""How the measured processes touch their window and see that it was painted: the same for all."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtQuick import QQuickWindow

DEADLINE_MS = 30_000


def tap(window: QQuickWindow, place: QPointF) -> float:
    """Press and release at a point of the window; returns when (s) the release was sent."""
    _send(window, QEvent.Type.MouseButtonPress, place, Qt.MouseButton.LeftButton)
    released_s = perf_counter()
    _send(window, QEvent.Type.MouseButtonRelease, place, Qt.MouseButton.NoButton)
    return released_s


def wait_for_frame(window: QQuickWindow, reached: Callable[[], bool]) -> float:
    """Run the event loop until a frame is on the screen once something is reached; returns when.

    Raises TimeoutError after 30 s.
    """
    loop = QEventLoop()
    painted_s: list[float] = []

    def on_frame() -> None:
        if reached():
            painted_s.append(perf_counter())
            loop.quit()

    deadline = QTimer(singleShot=True, interval=DEADLINE_MS)
    deadline.timeout.connect(loop.quit)
    deadline.start()
    window.frameSwapped.connect(on_frame)
    loop.exec()
    window.frameSwapped.disconnect(on_frame)
    if not painted_s:
        raise TimeoutError("nothing was painted in 30 s")
    return painted_s[0]


def announce_first_tap(window: QQuickWindow, place: QPointF, accepted: Callable[[], bool]) -> None:
    """Tap as soon as the first frame is painted, and tell the parent when that had its effect."""
    wait_for_frame(window, lambda: True)
    tap(window, place)
    if not accepted():
        raise RuntimeError("the first tap was not accepted")
    print("accepted", flush=True)
    wait_for_frame(window, lambda: True)
    print("painted", flush=True)


def _send(window: QQuickWindow, kind: QEvent.Type, place: QPointF, held: Qt.MouseButton) -> None:
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QCoreApplication.sendEvent(window, QMouseEvent(kind, place, place, button, held, keys))
