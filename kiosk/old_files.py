"""Files with people's data that this kiosk wrote, and deletes once they have been kept for long.

Only files called as the kiosk calls its own are touched: what the branch, a dinas or the staff put
beside them is theirs.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.domain.orders import GIVEN
from kiosk.domain.print_job import PrintState
from kiosk.settings import Settings
from kiosk.storage.retention import LatestSlip
from kiosk.storage.store import Record, Store

FILE_DELETED = "file_deleted"
"""The evidence of a slip whose file was deleted before anybody said that it was handed over."""
HALF_WRITTEN_FOR = timedelta(days=1)
OVERDUE_AFTER = timedelta(days=1)
"""So long after its time a file should be gone: a kiosk may be switched off for a night."""
_SLIP = re.compile(r"(?P<number>[0-9]{12})(-(?P<copy>[0-9]+)-[0-9]+)?\.pdf")
"""Without copy and attempt it is of an earlier version of this program."""
_PAGE = re.compile(r"[a-z]+(-[0-9]+){2}\.pdf")
_HALF_PAGE = re.compile(r"[a-z0-9-]+\.part")
_LIST = re.compile(r"penyerahan-[0-9]{4,}(-terkunci)?\.(xlsx|csv)")
_HALF_LIST = re.compile(r"\.penyerahan-\w+")


@dataclass(frozen=True, slots=True)
class Deleted:
    """So many files were deleted; `complete` False: some could not be."""

    files: int
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Lying:
    """Files with people's data, mostly unencrypted; `overdue` should be gone by now."""

    pages: int
    lists: int
    overdue: int


def purge_pages(store: Store, folder: Path, before: datetime, now: datetime) -> Deleted:
    """Delete pages left as files before a moment, and slips as soon as they were handed over.

    A slip that nobody has handed over so far must be looked at by the staff.
    """
    slips = _named(folder, _SLIP)
    old = [path for path in _named(folder, _PAGE) if _written_at(path) < before]
    old += _half_written(folder, _HALF_PAGE, now)
    # Within the transaction, so that no slip is owed again and written while its file is deleted.
    with store.transaction() as record:
        old += _old_slips(record, slips, before, now)
        return _delete(old)


def purge_lists(folder: Path, before: datetime, now: datetime) -> Deleted:
    """Delete lists for the branch that were saved into the office's folder before a moment."""
    old = [path for path in _named(folder, _LIST) if _written_at(path) < before]
    return _delete([*old, *_half_written(folder, _HALF_LIST, now)])


def look(settings: Settings, now: datetime) -> Lying:
    """Tell what lies in the folders that the settings name."""
    pages = [*_named(settings.slips_folder, _SLIP), *_named(settings.slips_folder, _PAGE)]
    lists = _named(settings.exchange_folder, _LIST)
    periods = ((pages, settings.slip_days), (lists, settings.exchange_days))
    overdue = [
        path
        for paths, days in periods
        for path in paths
        if _written_at(path) < now - timedelta(days=days) - OVERDUE_AFTER
    ]
    return Lying(len(pages), len(lists), len(overdue))


def _old_slips(
    record: Record, slips: list[Path], before: datetime, now: datetime
) -> Iterator[Path]:
    named = [(path, _SLIP.fullmatch(path.name)) for path in slips]
    latest = record.retention.latest_slips({name["number"] for _, name in named if name})
    for path, name in named:
        slip = latest.get(name["number"]) if name else None
        if slip is not None and slip.state in GIVEN:
            yield path
        elif _written_at(path) < before:
            if name and slip and _is_of(name["copy"], slip):
                record.prints.settle(slip.job_id, PrintState.UNSURE, FILE_DELETED, now)
            yield path


def _is_of(copy: str | None, slip: LatestSlip) -> bool:
    """Whether the file is all that there is of a slip."""
    return slip.state is PrintState.FILED and copy in {None, str(slip.copy)}


def _named(folder: Path, pattern: re.Pattern[str]) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if pattern.fullmatch(path.name))
    except OSError:
        return []  # not made yet, or on a disk that is away


def _half_written(folder: Path, pattern: re.Pattern[str], now: datetime) -> list[Path]:
    """What a power cut left; younger ones may be at work."""
    left = now - HALF_WRITTEN_FOR
    return [path for path in _named(folder, pattern) if _written_at(path) < left]


def _written_at(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return datetime.max.replace(tzinfo=UTC)  # gone meanwhile


def _delete(paths: list[Path]) -> Deleted:
    deleted = 0
    for path in paths:
        try:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError:
            continue
        deleted += 1
    return Deleted(deleted, deleted == len(paths))
