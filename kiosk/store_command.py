"""`main.py store`: what is known of the store and its copies, and a way to use them by hand."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

from kiosk.clock import Clock, local
from kiosk.keys import Unlocked, open_ring
from kiosk.opening import places_of, store_keys
from kiosk.settings import Settings
from kiosk.storage.by_hand import ByHand, Finding


def declare(parser: ArgumentParser) -> None:
    """Tell what can be typed."""
    parser.add_argument("action", choices=(*_ACTIONS, "restore"))
    parser.add_argument("--from", type=Path, dest="file", help="the backup to restore")
    parser.add_argument("--without-journal", action="store_true", help="give up what came after")


def run(
    settings: Settings,
    asked: Namespace,
    clock: Clock,
    out: TextIO,
    unlocked: Unlocked | None = None,
) -> int:
    """Do what was typed, writing lines to `out`; returns the exit code, 1 when something is wrong.

    Raises KeyFailure, and StoreFailure for a store that cannot be restored.
    """
    if unlocked is None:
        unlocked = open_ring(settings.keys_folder, may_create=False)
    keys = unlocked.ring.keys
    by_hand = ByHand(places_of(settings), store_keys(keys), clock, settings.backups_kept)
    if asked.action == "restore":
        by_hand.restore(asked.file, with_journal=not asked.without_journal)
    findings = _ACTIONS.get(asked.action, ByHand.status)(by_hand)
    for finding in findings:
        print(_line(finding), file=out)
    return 0 if all(finding.good for finding in findings) else 1


_ACTIONS: Mapping[str, Callable[[ByHand], tuple[Finding, ...]]] = {
    "status": ByHand.status,
    "verify": ByHand.verify,
    "backup": ByHand.back_up,
}


def _line(finding: Finding) -> str:
    at = f", {local(finding.at):%Y-%m-%d %H:%M} WIB" if finding.at else ""
    mark = "      " if finding.good else "WRONG "
    return f"{mark}{finding.what}: {finding.found}{at}"
