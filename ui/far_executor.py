"""The thread of what may take as long as the network: whoever closes the program need not wait."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import SimpleQueue
from typing import Any

ENDS_WITHIN_S = 1.0
_Work = Callable[[], Any]


class FarExecutor(Executor):
    """Runs one thing after the other on a thread that does not keep the process alive.

    Nobody has to wait for what is given: its Future is never done.
    """

    def __init__(self) -> None:
        self._waiting: SimpleQueue[_Work | None] = SimpleQueue()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="far", daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self._waiting.put(lambda: fn(*args, **kwargs))
        return Future()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Do what was given so far, and wait for it no longer than a second."""
        self._ended = cancel_futures
        self._waiting.put(None)
        if wait:
            self._thread.join(ENDS_WITHIN_S)

    def _run(self) -> None:
        while (work := self._waiting.get()) is not None:
            if not self._ended:
                work()
