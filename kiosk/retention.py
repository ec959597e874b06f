"""Deletes what has been kept for long enough, by the settings; see docs/retention.md.

Minutes and hours are gone through at each purge, days once a day. Nothing is deleted by a guess:
a registration only when somebody else is known to keep it, a file only when its name is ours.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Protocol

from kiosk.accounts import FORGOTTEN_AFTER
from kiosk.clock import Clock, local
from kiosk.domain.print_job import PrintJob
from kiosk.old_files import purge_lists, purge_pages
from kiosk.proof import TRY_COUNTS_FOR
from kiosk.settings import Settings
from kiosk.storage.audit import Deed
from kiosk.storage.store import Record, Store

PURGED = "purged"
ONCE_IN = timedelta(hours=20)
"""Once a day, also where the kiosk is on from 8 to 4."""
AT_ONCE = 200
"""So many registrations are removed in one transaction: residents wait for no more."""
COUNTS_KEPT = timedelta(days=730)
"""Counts of visits tell nothing of anybody; this year is compared with the one before."""


class Kind(StrEnum):
    """What was deleted, by its word in the audit."""

    REGISTRATIONS = "registrations"
    INVITATIONS = "invitations"
    REQUESTS = "requests"
    ENTRIES = "entries"
    """Of the audit."""
    PAGES = "pages"
    """Slips and other pages that were left as files."""
    LISTS = "lists"
    """Files for the branch."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was deleted of what is kept for days. `complete` is False when something could not
    be: a file, a copy of the store, the store's log. The next purge tries it again."""

    counts: Mapping[Kind, int]
    complete: bool


class Papers(Protocol):
    """Where slips and other pages went on their way to paper."""

    def forget(self, number: str, slips: Collection[PrintJob]) -> bool:
        """Remove what is left of a registration's pages; False when some may be left."""


HeldElsewhere = Callable[[datetime], Iterable[str]]
"""Returns the ids of the registrations that the centre holds, in a backup that was verified, since
before a moment."""


def held_nowhere(_since: datetime) -> Iterable[str]:
    """Without a centre nobody but this kiosk has them: all of them stay."""
    return ()


def held_at_centre(store: Store) -> HeldElsewhere:
    """Ask the store what the centre has told: without one, nothing."""

    def held(since: datetime) -> Iterable[str]:
        with store.reading() as record:
            return record.centre.held_elsewhere(since)

    return held


def purge(
    store: Store,
    settings: Settings,
    clock: Clock,
    papers: Papers,
    held_elsewhere: HeldElsewhere = held_nowhere,
) -> Purged:
    """Delete all whose time is over: from the store, its log, its copies, and from folders.

    To be called while nobody registers. The audit keeps how much of what is kept for days was
    deleted. Raises StoreFailure when the store cannot be used.
    """
    now = clock.now()
    _forget_half_said(store, settings, clock)
    pages = purge_pages(store, settings.slips_folder, _before(now, settings.slip_days), now)
    lists = purge_lists(settings.exchange_folder, _before(now, settings.exchange_days), now)
    counts = Counter({Kind.PAGES: pages.files, Kind.LISTS: lists.files})
    all_forgotten = True
    is_due = _is_due(store, now)
    if is_due:
        held = held_elsewhere(_before(now, settings.registration_days))
        counts[Kind.REGISTRATIONS], all_forgotten = _remove(store, held, papers, now)
    if is_due or any(counts.values()):
        with store.transaction() as record:
            if is_due:
                counts += _purge_days(record, settings, now)
            _note(record, +counts, now)
    copies_clear = _clear_copies(store)
    complete = pages.complete and lists.complete and all_forgotten and copies_clear
    return Purged(+counts, complete)


def _before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def _is_due(store: Store, now: datetime) -> bool:
    with store.reading() as record:
        last = record.retention.purged_at()
    # Also after a time that has not come yet: the clock was set back since.
    return last is None or abs(now - last) >= ONCE_IN


def _forget_half_said(store: Store, settings: Settings, clock: Clock) -> None:
    now = clock.now()
    with store.transaction() as record:
        record.bring_back_to(now)
        record.drop_drafts_before(now - settings.draft_lifetime)
        record.drop_failed_proofs_before(now - TRY_COUNTS_FOR)
        record.staff.forget_old_wrong_pins(FORGOTTEN_AFTER, clock)
        record.staff.drop_half_done_before(now - settings.half_done_lifetime)


def _remove(store: Store, ids: Iterable[str], papers: Papers, now: datetime) -> tuple[int, bool]:
    """Remove registrations that are safe elsewhere; returns how many, and whether all could be."""
    removed, wanted, left = 0, 0, iter(ids)
    while some := list(islice(left, AT_ONCE)):
        with store.transaction() as record:
            for row in record.retention.removable(some):
                wanted += 1
                # Within the transaction, so that the print thread cannot write a slip behind us.
                if papers.forget(row["number"], record.prints.begun(row["id"])):
                    record.rights.remove_in_time(row, now)
                    removed += 1
            record.retention.note_copies(behind=True)
    return removed, removed == wanted


def _purge_days(record: Record, settings: Settings, now: datetime) -> Counter[Kind]:
    record.handover.match_invitations()
    record.funnel.drop_before(local(now - COUNTS_KEPT).date())
    rows = record.retention
    counts = Counter(
        {
            Kind.INVITATIONS: rows.drop_invitations_before(_before(now, settings.invitation_days)),
            Kind.REQUESTS: rows.drop_requests_before(_before(now, settings.request_days)),
            Kind.ENTRIES: record.audit.purge(_before(now, settings.audit_days)),
        }
    )
    if any(counts.values()):
        rows.note_copies(behind=True)
    rows.note_purged(now)
    return counts


def _note(record: Record, counts: Mapping[Kind, int], now: datetime) -> None:
    if counts:
        told = {kind.value: count for kind, count in counts.items()}
        record.audit.note(Deed(PURGED, "", now, told))


def _clear_copies(store: Store) -> bool:
    """Let nothing that was deleted stay in the log; nor, if it was there for days, in a copy."""
    if not store.clear_log():
        return False
    with store.reading() as record:
        behind = record.retention.copies_are_behind()
    if not behind:
        return True
    if not store.forget_copies():
        return False
    with store.transaction() as record:
        record.retention.note_copies(behind=False)
    return True
