"""The one way off the GUI thread: work runs elsewhere, its result comes back as a signal."""

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.domain.failures import KioskFailure


class Jobs(QObject):
    """Runs use cases one after the other on a worker thread.

    A KioskFailure raised by the work is handed to `on_result` like a result; anything else is a
    bug and reaches `on_bug`, which leads to the failsafe screen.
    """

    _finished = Signal(object)

    def __init__(
        self,
        on_bug: Callable[[BaseException], None],
        executor: Executor | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._on_bug = on_bug
        self._stopped = False
        self._under_way = 0
        self._executor = executor or ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        """Run `work` on the worker and then `on_result` with what it returned on the GUI thread."""
        self._under_way += 1
        self._executor.submit(self._work, work, on_result)

    @property
    def idle(self) -> bool:
        """Whether all that was given is done and told; asked and counted on the GUI thread."""
        return self._under_way == 0

    def report_bug(self, bug: BaseException) -> None:
        """Hand a bug of any thread to `on_bug` on the GUI thread."""
        self._finished.emit((self._on_bug, bug, 0))

    def stop(self) -> None:
        """Wait for the work under way and take no more; what still comes of it is told nobody."""
        self._executor.shutdown(wait=True)
        self._stopped = True

    def _work(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        try:
            result = work()
        except KioskFailure as failure:
            result = failure
        except BaseException as bug:  # noqa: BLE001 (a bug on a worker must reach the failsafe)
            self._finished.emit((self._on_bug, bug, 1))
            return
        if not self._stopped:
            self._finished.emit((on_result, result, 1))

    @Slot(object)
    def _deliver(self, finished: tuple[Callable[[Any], None], Any, int]) -> None:
        receiver, result, ended = finished
        self._under_way -= ended
        receiver(result)
