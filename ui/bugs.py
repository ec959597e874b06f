"""Errors that nobody expected: caught wherever they happen, and logged without anybody's data."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from kiosk.domain.failures import KioskFailure
from kiosk.logs import entries
from kiosk.logs.entries import QtLevel, QtSaid, QtSource
from kiosk.logs.kinds import Place
from ui.jobs import Jobs

log = logging.getLogger("anjungan.ui")

BUG_CODE = "U 11"
LEVELS = {
    QtMsgType.QtDebugMsg: (logging.DEBUG, QtLevel.DEBUG),
    QtMsgType.QtInfoMsg: (logging.INFO, QtLevel.INFO),
    QtMsgType.QtWarningMsg: (logging.WARNING, QtLevel.WARNING),
    QtMsgType.QtCriticalMsg: (logging.ERROR, QtLevel.CRITICAL),
    QtMsgType.QtFatalMsg: (logging.CRITICAL, QtLevel.FATAL),
}


def catch_bugs(on_bug: Callable[[BaseException], None], jobs: Jobs) -> None:
    """Lead every error of the process to `on_bug`, on the GUI thread."""

    def in_a_slot(
        _kind: type[BaseException], bug: BaseException, _trace: TracebackType | None
    ) -> None:
        on_bug(bug)

    def in_a_thread(died: threading.ExceptHookArgs) -> None:
        jobs.report_bug(died.exc_value or SystemExit())

    hear_qt()
    sys.excepthook = in_a_slot
    threading.excepthook = in_a_thread


def catch_no_more() -> None:
    """Take the hooks back: threads keep the hook they were made under, and with it its program."""
    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__


def log_bug(bug: BaseException) -> str:
    """Log where a bug happened, and nothing of what it says; returns its code for the staff."""
    log.error(entries.bug(bug))
    # Python keeps the last error, and with it every answer its functions were given.
    sys.last_type = sys.last_value = sys.last_traceback = None
    return bug.code if isinstance(bug, KioskFailure) else BUG_CODE


def hear_qt() -> None:
    """Take from Qt what it would print itself.

    An exception that passes through QML comes out of it as "file.qml:81: Error: <its message>".
    """
    qInstallMessageHandler(_log_qt)


def _log_qt(kind: QtMsgType, where: QMessageLogContext, _message: str) -> None:
    level, named = LEVELS[kind]
    file = (where.file or "").rpartition("/")[2]
    places = (Place(file, where.line),) if file else ()
    log.log(level, QtSaid(named, _source(where.category or ""), places))


def _source(category: str) -> QtSource:
    return next((one for one in QtSource if category.startswith(one.value)), QtSource.OTHER)
