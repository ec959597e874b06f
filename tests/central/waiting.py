"""Waits for what servers and threads do in their own time."""

import time
from collections.abc import Callable

SOON_S = 60.0


def until(is_so: Callable[[], bool]) -> None:
    """Wait until it is so; fails after a minute."""
    end = time.monotonic() + SOON_S
    while not is_so():
        assert time.monotonic() < end, "it does not come to that"
        time.sleep(0.01)
