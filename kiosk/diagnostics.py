"""A bundle for whoever helps from afar: how the kiosk stands, and nothing of anybody.

Everything in it is made here from numbers, words of the program and versions. Only the logs are
copied, and each of their lines goes through the whitelist once more.
"""

import json
import os
import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from kiosk.domain.failures import KioskFailure
from kiosk.instance import Program
from kiosk.keys import open_keys
from kiosk.logs.lines import read_back
from kiosk.logs.writing import OLD_LOGS
from kiosk.room import MB
from kiosk.settings import DECLARED, Settings
from kiosk.storage.survey import survey
from kiosk.version import program_version

PACKAGES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "alembic",
    "sqlcipher3",
    "reportlab",
    "cryptography",
)
"""Whose version may explain a fault."""


def write_bundle(settings: Settings, out: Path, more: Mapping[str, Callable[[], Any]]) -> None:
    """Write the bundle as a zip file that this user alone can read.

    `more` are further parts by their names: what they return goes in as JSON, a failure of theirs
    as its code. Raises OSError when `out` cannot be written.
    """
    parts: dict[str, Callable[[], Any]] = {
        "versions": _versions,
        "settings": lambda: _settings(settings),
        "store": lambda: _store(settings),
        "disks": lambda: _disks(settings),
        **more,
    }
    out.touch(mode=0o600)
    with ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        for name, part in parts.items():
            bundle.writestr(f"{name}.json", json.dumps(_told(part), indent=1) + "\n")
        for name, lines in _logs(settings.log_folder):
            bundle.writestr(f"logs/{name}", "".join(f"{line}\n" for line in lines))


def _told(part: Callable[[], Any]) -> Any:
    try:
        return part()
    except KioskFailure as failure:
        return {"failure": failure.code}


def _versions() -> dict[str, str]:
    return {
        "program": program_version(),
        "python": platform.python_version(),
        "system": platform.system(),
        "kernel": platform.release(),
        "machine": platform.machine(),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        **{name: _version(name) for name in PACKAGES},
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _settings(settings: Settings) -> dict[str, Any]:
    """Numbers, switches and choices as they are; of a text only whether the office changed it."""
    usual = Settings()
    values = {name: getattr(settings, name) for name in DECLARED}
    return {
        name: value
        if isinstance(value, bool | int | StrEnum)
        else {"changed": value != getattr(usual, name), "set": bool(str(value))}
        for name, value in values.items()
    }


def _store(settings: Settings) -> dict[str, Any]:
    keys = open_keys(settings.keys_folder, may_create=False)
    return asdict(survey(settings.store_folder, keys.store_key))


def _disks(settings: Settings) -> dict[str, Any]:
    names = [name for name in DECLARED if name.endswith("_folder")]
    folders = {name: getattr(settings, name) for name in names}
    folders |= {"journal_folder": settings.journal_place, "backup_folder": settings.backup_place}
    return {name: _disk(folder) for name, folder in folders.items()}


def _disk(folder: Path) -> dict[str, Any]:
    if not folder.exists():
        return {"exists": False}
    disk = os.statvfs(folder)
    return {
        "exists": True,
        "files": sum(1 for _ in folder.iterdir()),
        "free_mb": disk.f_bavail * disk.f_frsize // MB,
        "of_mb": disk.f_blocks * disk.f_frsize // MB,
    }


def _logs(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Every log with the lines that are lines of it, by the names that logs have."""
    for program in Program:
        for ending in ("", *(f".{old + 1}" for old in range(OLD_LOGS))):
            file = folder / f"{program}.log{ending}"
            if file.is_file():
                lines = file.read_text("utf-8", errors="replace").splitlines()
                yield file.name, [clean for line in lines if (clean := read_back(line))]
