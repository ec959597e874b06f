"""Objects of Qt die on the thread that they live on, and on no other."""

import gc
import threading
import weakref

from PySide6.QtCore import QEventLoop, QObject
from PySide6.QtGui import QGuiApplication

from ui.garbage import Garbage


class Ring(QObject):
    """Holds itself, so that only a look for garbage ends it."""

    def __init__(self) -> None:
        super().__init__()
        self.ring = self


def make_garbage() -> None:
    """More than Python would leave lying."""
    for _ in range(gc.get_threshold()[0] * 3):
        held: list[object] = []
        held.append(held)


def test_only_the_gui_thread_looks_for_garbage(application: QGuiApplication) -> None:
    gc.collect()
    died_on: list[int] = []
    garbage = Garbage()
    ring = Ring()
    weakref.finalize(ring, lambda: died_on.append(threading.get_ident()))
    del ring

    other = threading.Thread(target=make_garbage)
    other.start()
    other.join()
    assert died_on == []

    while not died_on:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    garbage.close()
    assert died_on == [threading.get_ident()]
