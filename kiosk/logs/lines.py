"""Puts what is logged into lines of JSON, and reads such lines back, through the whitelist."""

import json
import logging
import re
import sys
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from kiosk.logs.entries import EVENTS, Entry, Withheld
from kiosk.logs.kinds import KINDS, WITHHELD, Place, places_of

_LOGGERS = {"anjungan", *(f"anjungan.{room}" for room in ("kiosk", "print", "ui", "visit", "desk"))}
_TIME = re.compile(r"[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}\.[0-9]{3}\+00:00")
_LEVELS = ("debug", "info", "warning", "error", "critical")


class LineFormatter(logging.Formatter):
    """Puts a record into one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        entry = entry_of(record)
        head = {"at": at, "severity": _level(record.levelno), "log": _logger(record.name)}
        return json.dumps(head | {"event": entry.name} | entry.told())


def entry_of(record: logging.LogRecord) -> Entry:
    """Return the entry that was logged, or what is left of any other message."""
    said: Any = record.msg
    if type(said) in EVENTS.values() and not record.args:
        return said  # type: ignore[no-any-return]
    error = record.exc_info[1] if record.exc_info else None
    inner = places_of(error.__traceback__) if error else ()
    return Withheld(type(error) if error else None, (*inner, Place(record.pathname, record.lineno)))


def read_back(line: str) -> str | None:
    """Return a line of a log with nothing in it but what may be there; None for any other text."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    event = EVENTS.get(str(found.get("event", ""))) if isinstance(found, dict) else None
    if event is None or not _is_head(found):
        return None
    kinds = {one.name: one.type for one in fields(event)}
    told = {name: KINDS[kind].read(found[name]) for name, kind in kinds.items() if name in found}
    head = {name: found[name] for name in ("at", "severity", "log", "event")}
    return json.dumps(head | told)


def _is_head(found: Mapping[str, Any]) -> bool:
    at, severity, log = (str(found.get(name, "")) for name in ("at", "severity", "log"))
    known = log == WITHHELD or _logger(log) == log
    return bool(_TIME.fullmatch(at)) and severity in _LEVELS and known


def _logger(name: str) -> str:
    """The logger's name; of a library its package alone, for the rest could be anything."""
    if name in _LOGGERS:
        return name
    package = name.partition(".")[0]
    return package if package in {"root", "anjungan"} or package in sys.modules else WITHHELD


def _level(number: int) -> str:
    return _LEVELS[min(max(number // 10 - 1, 0), len(_LEVELS) - 1)]
