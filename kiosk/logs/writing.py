"""Where the log goes: standard error (and so the system's journal), and files that are rotated."""

import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, TextIO

from kiosk.domain.failures import KioskFailure
from kiosk.logs.entries import Started, Stopped, Warned, bug, failed
from kiosk.logs.kinds import Place, Version
from kiosk.logs.lines import LineFormatter

LOG_BYTES = 1_000_000
OLD_LOGS = 5
"""A full log is put aside and a new one begun; so many old ones stay."""

log = logging.getLogger("anjungan")


@contextmanager
def clean_log() -> Iterator[None]:
    """Let nothing reach standard error but lines through the whitelist, until the block ends.

    That is what is logged, warnings, and errors nobody caught, in any thread.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    with ExitStack() as undo:
        undo.enter_context(_handled_by(handler))
        _put(undo, logging, "raiseExceptions", value=False)  # it would print what it cannot log
        _put(undo, warnings, "showwarning", value=_warned)
        _put(undo, sys, "excepthook", value=lambda _kind, error, _trace: log.error(bug(error)))
        _put(undo, sys, "unraisablehook", value=_uncaught)
        _put(undo, threading, "excepthook", value=_uncaught)
        yield


@contextmanager
def log_files(folder: Path, program: str) -> Iterator[None]:
    """Write the log also into `<program>.log` in `folder`, until the block ends.

    Each program has a log of its own, for two cannot rotate one. Without a folder that can be
    written the program runs all the same.
    """
    with ExitStack() as undo:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handler = _Rotated(folder / f"{program}.log", maxBytes=LOG_BYTES, backupCount=OLD_LOGS)
        except OSError as refused:
            log.warning(bug(refused))
        else:
            undo.callback(handler.close)
            undo.enter_context(_handled_by(handler))
        yield


@contextmanager
def started(version: str) -> Iterator[None]:
    """Log the start, and the end where it is an orderly one."""
    log.info(Started(Version(version)))
    yield
    log.info(Stopped())


def report(failure: KioskFailure) -> None:
    """Log a failure; whoever started the program at a terminal reads there what it says."""
    log.error(failed(failure))
    if sys.stderr.isatty():
        sys.stderr.write(f"{failure.code}: {failure}\n")


class _Rotated(RotatingFileHandler):
    """Readable by this user alone."""

    def _open(self) -> Any:
        Path(self.baseFilename).touch(mode=0o600)
        return super()._open()


@contextmanager
def _handled_by(handler: logging.Handler) -> Iterator[None]:
    handler.setFormatter(LineFormatter())
    root, level = logging.getLogger(), log.level
    root.addHandler(handler)
    log.setLevel(logging.INFO)
    yield
    log.setLevel(level)
    root.removeHandler(handler)


def _put(undo: ExitStack, home: Any, name: str, *, value: Any) -> None:
    undo.callback(setattr, home, name, getattr(home, name))
    setattr(home, name, value)


def _uncaught(caught: Any) -> None:
    """Log what Python could hand to nobody: an error in a thread, or while something was freed."""
    if caught.exc_value is not None:
        log.error(bug(caught.exc_value))


def _warned(
    _message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    _file: TextIO | None = None,
    _line: str | None = None,
) -> None:
    log.warning(Warned(category, (Place(filename, lineno),)))
