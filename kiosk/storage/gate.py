"""Lets transactions through, and nobody while the store's file is put in another's place."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Many may pass at once; whoever closes it waits until all have come out."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._closed = False
        self._own = threading.local()

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Wait until the gate is open, and be inside."""
        depth = getattr(self._own, "depth", 0)
        with self._changed:
            # Who is inside already must not wait: the gate closes only once they are out.
            self._changed.wait_for(lambda: not self._closed or depth > 0)
            self._inside += 1
        self._own.depth = depth + 1
        try:
            yield
        finally:
            self._own.depth = depth
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Have nobody inside; not to be called from inside."""
        with self._changed:
            self._changed.wait_for(lambda: not self._closed)
            self._closed = True
            self._changed.wait_for(lambda: self._inside == 0)
        try:
            yield
        finally:
            with self._changed:
                self._closed = False
                self._changed.notify_all()
