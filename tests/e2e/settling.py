"""Waiting until nothing is left to be done, however many steps it takes."""

from PySide6.QtCore import QObject

from ui.far_executor import FarExecutor
from ui.jobs import Jobs
from ui.visitor import Visitor


def settle(visitor: Visitor, *workers: Jobs) -> None:
    """Wait for the workers, for what their answers lead to, and for what that gives them to do."""

    def idle() -> bool:
        return all(jobs.idle for jobs in workers)

    while True:
        visitor.wait_until(idle)
        visitor.settle()
        if idle():
            return


def workers_of(app: QObject, *, far: bool = False) -> list[Jobs]:
    """Return every worker of a program; `far`: also those that may wait for the network."""
    workers = app.findChildren(Jobs)
    return [one for one in workers if far or not isinstance(one._executor, FarExecutor)]
