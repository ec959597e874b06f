"""Errors that nobody expected: caught wherever they happen, and logged without anybody's data."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from kiosk.domain.failures import KioskFailure
from ui.jobs import Jobs

log = logging.getLogger("anjungan.ui")

BUG_CODE = "U 11"


def catch_bugs(on_bug: Callable[[BaseException], None], jobs: Jobs) -> None:
    """Lead every error of the process to `on_bug`, on the GUI thread."""

    def in_a_slot(
        _kind: type[BaseException], bug: BaseException, _trace: TracebackType | None
    ) -> None:
        on_bug(bug)

    def in_a_thread(died: threading.ExceptHookArgs) -> None:
        jobs.report_bug(died.exc_value or SystemExit())

    qInstallMessageHandler(_log_qt)
    sys.excepthook = in_a_slot
    threading.excepthook = in_a_thread


def log_bug(bug: BaseException) -> str:
    """Log where a bug happened, and nothing of what it says; returns its code for the staff."""
    # Only where it happened: the message of an unknown error may hold a resident's data.
    places = traceback.extract_tb(bug.__traceback__)
    where = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(places))
    log.error("bug %s at %s", type(bug).__name__, where)
    # Python keeps the last error, and with it every answer its functions were given.
    sys.last_type = sys.last_value = sys.last_traceback = None
    return bug.code if isinstance(bug, KioskFailure) else BUG_CODE


def _log_qt(kind: QtMsgType, where: QMessageLogContext, message: str) -> None:
    """Log what Qt has to say, without the words of an exception that went through QML."""
    # PySide turns an exception in a slot into a line "file.qml:81: Error: <its message>".
    said = message.partition("Error: ")[0] if "Error: " in message else message
    place = f"{Path(where.file).name}:{where.line}" if where.file else ""
    log.warning("qt %s %s %s", kind.name, place, said)
