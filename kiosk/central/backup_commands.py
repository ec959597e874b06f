"""`main.py central backup|restore-check|restore`: the centre's backups on a terminal."""

import argparse
from collections.abc import Callable
from pathlib import Path

from kiosk.central.backup import SUFFIX, Centre, Differs, Step, back_up, rehearse, restore
from kiosk.central.failures import CentreFailure
from kiosk.central.sealed_file import new_key, read_key
from kiosk.domain.texts import Texts

ORDERS = ("backup", "restore-check", "restore")
_TOLD_EVERY_BYTES = 64 << 20


def declare(orders: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Tell what can be typed behind `main.py central`."""
    backup = orders.add_parser("backup", help="an encrypted copy of the centre")
    backup.add_argument("folder", type=Path, help="where to write it")
    check = orders.add_parser("restore-check", help="prove that a backup can be restored")
    check.add_argument("file", type=Path, help="a backup, or a folder for its newest")
    again = orders.add_parser("restore", help="make a centre of a backup, in a new database")
    again.add_argument("file", type=Path)
    for parser in (backup, check, again):
        parser.add_argument("--key", type=Path, required=True, help="the file of the backups' key")


def run(
    asked: argparse.Namespace, centre: Centre, texts: Texts, tell: Callable[[str], None]
) -> int:
    """Do one of ORDERS; returns the exit code. Raises CentreFailure."""
    progress = _Progress(texts, tell)
    if asked.order == "backup":
        if not asked.key.exists():
            new_key(asked.key)
            tell(texts.say("centre_backup.new_key", file=asked.key))
        done = back_up(centre, asked.folder, _key(asked.key), progress)
        told = {"file": done.file, "megabytes": _megabytes(done.size_bytes)}
        tell(texts.say("centre_backup.made", count=done.manifest.registrations, **told))
        return 0
    if asked.order == "restore":
        restored = restore(centre, asked.file, _key(asked.key), progress)
        tell(texts.say("centre_backup.restored", count=restored.registrations))
        if not restored.logins:
            tell(texts.say("centre_backup.no_logins"))
        return 0
    file = _newest_of(asked.file) if asked.file.is_dir() else asked.file
    found = rehearse(centre, file, _key(asked.key), progress)
    if isinstance(found, Differs):
        tell(texts.say("centre_backup.differs", file=file, count=len(found.kiosks)))
        return 1
    tell(texts.say("centre_backup.proven", file=file, count=found.manifest.registrations))
    if not found.noted:
        tell(texts.say("centre_backup.of_another"))
    return 0


class _Progress:
    """Tells each step once, and within one every 64 MB."""

    def __init__(self, texts: Texts, tell: Callable[[str], None]) -> None:
        self._texts, self._tell = texts, tell
        self._last: tuple[Step, int] | None = None

    def __call__(self, step: Step, at_bytes: int) -> None:
        now = (step, at_bytes // _TOLD_EVERY_BYTES)
        if now != self._last:
            self._last = now
            megabytes = _megabytes(at_bytes)
            said = self._texts.say(f"centre_backup.step_{step.value}")
            self._tell(f"{said} ({megabytes} MB)" if megabytes else said)


def _key(file: Path) -> bytes:
    try:
        return read_key(file)
    except (OSError, ValueError):
        raise CentreFailure("C 45", f"{file} does not hold the key of a backup") from None


def _newest_of(folder: Path) -> Path:
    backups = sorted(folder.glob(f"*{SUFFIX}"))
    if not backups:
        raise CentreFailure("C 44", f"there is no backup of a centre in {folder}")
    return backups[-1]


def _megabytes(size_bytes: int) -> int:
    return round(size_bytes / 1_000_000)
