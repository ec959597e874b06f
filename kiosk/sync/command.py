"""`main.py sync`: how the way to the centre stands, and handing in by hand."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TextIO

from kiosk.clock import Clock, local
from kiosk.domain.centre import Link, SyncStatus
from kiosk.domain.failures import KioskFailure
from kiosk.keys import asks_passphrase, open_ring
from kiosk.opening import store_keys
from kiosk.settings import Settings
from kiosk.storage.store import Store, look_into
from kiosk.sync.line import open_line
from kiosk.sync.reconciling import reconcile
from kiosk.sync.talk import Caller, Talk, Went
from kiosk.sync.worker import read_status
from kiosk.turn import SYNCING, Turn
from kiosk.version import program_version

ANOTHER = "the kiosk or the desk is open and hands in; nothing to do here"


def declare(parser: ArgumentParser) -> None:
    """Tell what can be typed."""
    parser.add_argument("action", choices=(*_ACTIONS, "again"))
    parser.add_argument("number", nargs="?", help="of the registration to hand in once more")


def seen_status(settings: Settings) -> SyncStatus | None:
    """Return what this kiosk's store knows, read without mending anything; None if nobody can
    look without a passphrase. Raises KeyFailure."""
    if asks_passphrase(settings.keys_folder):
        return None
    keys = open_ring(settings.keys_folder, may_create=False).ring.keys
    store = look_into(settings.store_folder, store_keys(keys))
    if store is None:
        return SyncStatus(Link.NOT_JOINED)
    with closing(store):
        return read_status(store)


def run(store: Store, folder: Path, asked: Namespace, clock: Clock, out: TextIO) -> int:
    """Do what was typed, writing lines to `out`; returns the exit code, 1 when something waits.

    `folder` is the store's. Raises StoreFailure and CentreFailure.
    """
    if asked.action == "again":
        return _again(store, asked.number or "", out)
    return _ACTIONS[asked.action](store, folder, clock, out)


def _status(store: Store, _folder: Path, _clock: Clock, out: TextIO) -> int:
    status = read_status(store)
    for line in _lines(status):
        print(line, file=out)
    with store.reading() as record:
        refused = record.configuration.refused()
        print(f"configuration: {record.configuration.newest() or 'none'}", file=out)
        if refused is not None:
            why = f"{refused.refused.because.value} {refused.refused.what}".strip()
            print(f"refused: configuration {refused.refused.version} ({why})", file=out)
        for one in record.centre.parked():
            print(f"rejected: {one.number} ({one.reason}), {_at(one.at)}", file=out)
    return int(status.link not in {Link.NOT_JOINED, Link.REACHED} or bool(status.parked))


def _now(store: Store, folder: Path, clock: Clock, out: TextIO) -> int:
    with store.reading() as record:
        membership = record.centre.membership()
    if membership is None:
        return _status(store, folder, clock, out)
    turn = Turn(folder, SYNCING)
    if not turn():
        print(ANOTHER, file=out)
        return 1
    with closing(open_line(membership, folder)) as line:
        talk = Talk(store, line, clock, program_version())
        outcome = talk.once()
        while isinstance(outcome, Went) and outcome.go_on:
            outcome = talk.once()
        if isinstance(outcome, Went):
            _compare(store, line, clock, out)
    turn.give_up()
    return _status(store, folder, clock, out)


def _compare(store: Store, line: Caller, clock: Clock, out: TextIO) -> None:
    try:
        found = reconcile(store, line, clock)
    except KioskFailure as failure:
        print(f"not compared: {failure.code}", file=out)
        return
    print(
        f"compared: {found.days} days, {found.sent_again} to be sent again, "
        f"{found.only_there} only at the centre",
        file=out,
    )


def _again(store: Store, number: str, out: TextIO) -> int:
    with store.transaction() as record:
        found = record.find_number(number)
        count = 0
        if found is not None:
            count = record.centre.try_again(found.id) or record.centre.hand_in([found.id])
    print(f"registrations to be handed in once more: {count}", file=out)
    return int(not count)


def _lines(status: SyncStatus) -> list[str]:
    if status.link is Link.NOT_JOINED:
        return ["this kiosk belongs to no centre"]
    since = f" since {_at(status.since)}" if status.since else ""
    code = f" ({status.code})" if status.code else ""
    reached = f", last reached {_at(status.reached_at)}" if status.reached_at else ""
    oldest = f", the first since {_at(status.oldest_waiting_at)}" if status.waiting else ""
    lines = [
        f"centre: {status.link.value}{since}{code}{reached}",
        f"waiting: {status.waiting}{oldest}",
        f"rejected: {status.parked}",
    ]
    lines += [f"pause: {status.pause.value}"] if status.pause else []
    return [*lines, f"different when last compared: {status.differing}"]


def _at(moment: datetime | None) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M} WIB" if moment else "never"


_ACTIONS: Mapping[str, Callable[[Store, Path, Clock, TextIO], int]] = {
    "status": _status,
    "now": _now,
}
