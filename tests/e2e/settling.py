"""Waiting until nothing is left to be done, however many steps it takes."""

from PySide6.QtCore import QObject

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


def workers_of(app: QObject, *, but: Jobs | None = None) -> list[Jobs]:
    """Return every worker of a program, but for one that is left alone."""
    return [jobs for jobs in app.findChildren(Jobs) if jobs is not but]
