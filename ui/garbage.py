"""Looks for garbage on the GUI thread alone.

Python looks on whichever thread happens to allocate. When that is another one and it finds a
QObject, both can wait for ever: it holds the object's lock and wants the interpreter, the GUI
thread the other way round. Seen when a program had been composed anew beside its threads.
"""

import gc

from PySide6.QtCore import QTimer

LOOK_EVERY_MS = 1_000


def collect_due() -> None:
    """Collect the generation that Python itself would by now; to be called on the GUI thread."""
    (young, middle, old), most = gc.get_count(), gc.get_threshold()
    middle += young // most[0]
    old += middle // most[1]
    if old > most[2]:
        gc.collect()
    elif middle > most[1]:
        gc.collect(1)
    elif young > most[0]:
        gc.collect(0)


class Garbage(QTimer):
    """Collects every second from now on; Python by itself no more."""

    def __init__(self) -> None:
        super().__init__(interval=LOOK_EVERY_MS)
        gc.disable()
        self.timeout.connect(collect_due)
        self.start()

    def close(self) -> None:
        """Collect no more; Python does not begin again either."""
        self.stop()
