"""Looks for garbage on the GUI thread alone.

Python looks on whichever thread happens to allocate. When that is another one and it finds a
QObject, both can wait for ever: it holds the object's lock and wants the interpreter, the GUI
thread the other way round. Seen when a program had been composed anew beside its threads.
"""

import gc

from PySide6.QtCore import QTimer

LOOK_EVERY_MS = 1_000


def collect_due() -> None:
    """Collect the generations that Python itself would by now; to be called on the GUI thread."""
    grown = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, most) in enumerate(grown) if count > most]
    if due:
        gc.collect(due[-1])


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
