"""What the centre answered, written into the store in one transaction.

A stop before it is written costs nothing: the same records go once more and are there already.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.domain.centre import Link, Outcome, Pause
from kiosk.storage.audit import Deed
from kiosk.storage.centre import SyncState
from kiosk.storage.store import Record, Store
from kiosk.sync.exchange import Question, Reply
from kiosk.sync.pace import Pace

CENTRE_RESTORED, COPY_FOUND = "centre_restored", "store_copied"
_TAKEN = (Outcome.STORED, Outcome.ALREADY_THERE)
KEPT_EVERY = timedelta(minutes=10)
"""So long nothing is written when nothing but the time of the last answer is new."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an answer; `go_on` when the next exchange should follow at once."""

    go_on: bool


def take(store: Store, question: Question, reply: Reply, pace: Pace, now: datetime) -> Taken:
    """Write what became of the question's records, and carry out what was changed there."""
    with store.reading() as record:
        before = record.centre.state()
        fresh = {one.id for one in reply.orders} - record.orders.known()
    after = _state_after(before, reply, pace, now)
    if not (fresh or question.done or _is_news(before, after, reply, now)):
        return Taken(go_on=False)
    with store.transaction() as record:
        # Another program may have compared, joined or reported a copy meanwhile.
        before = record.centre.state()
        after = _state_after(before, reply, pace, now)
        if reply.copied:
            _begin_anew(record, replace(after, changes_seen=before.changes_seen), now)
            return Taken(go_on=True)
        _take(record, before, after, reply, now)
        record.orders.told(id_ for id_, _result in question.done)
        record.orders.take((one for one in reply.orders if one.id in fresh), now)
        if reply.numbers_taken and reply.again_after is None:
            record.funnel.note_told(question.numbers)
        record.centre.keep_anchor(question.head, now)
        waits = reply.pause is not Pause.CAP and bool(record.centre.batch(1).records)
        waits |= reply.numbers_taken and not record.funnel.untold(1).is_empty
    # While an old change is asked for once more, newer ones may not have fitted in.
    came_on = after.changes_seen > (question if reply.handed else before).changes_seen
    return Taken(go_on=waits or (reply.more_changes and came_on))


def _state_after(before: SyncState, reply: Reply, pace: Pace, now: datetime) -> SyncState:
    last = before.last_receipt if reply.again_after is None else reply.again_after
    return replace(
        before,
        ticket=reply.ticket,
        last_receipt=max([last, *(one.receipt for one in reply.handed)]),
        changes_seen=max([before.changes_seen, *(one.seq for one in reply.changes)]),
        backed_up=reply.backed_up,
        link=Link.REACHED,
        since=before.since if before.link is Link.REACHED else now,
        reached_at=now,
        pause=reply.pause,
        code="",
        batch=pace.batch,
        bytes_per_s=pace.bytes_per_s,
        office=reply.office or before.office,
    )


def _is_news(before: SyncState, after: SyncState, reply: Reply, now: datetime) -> bool:
    """Tell whether anything came of it that must outlast a stop of the program.

    The ticket need not: the centre knows the one that it was shown last as well.
    """
    if reply.handed or reply.copied or reply.again_after is not None or reply.numbers_taken:
        return True
    known = _lasting(before)
    found = _lasting(after)
    last = before.reached_at
    return known != found or last is None or abs(now - last) >= KEPT_EVERY


def _lasting(state: SyncState) -> tuple[object, ...]:
    stands = (state.link, state.pause, state.code, state.office)
    return (state.changes_seen, state.backed_up, *stands)


def _begin_anew(record: Record, after: SyncState, now: datetime) -> None:
    """The centre knows a later copy of this store: this one goes on as another."""
    record.centre.keep_state(replace(after, copied_at=now))
    record.centre.begin_anew()
    record.audit.note(Deed(COPY_FOUND, "", now, {}))


def _take(record: Record, before: SyncState, after: SyncState, reply: Reply, now: datetime) -> None:
    if reply.again_after is not None:
        count = record.centre.hand_in_after(reply.again_after)
        record.audit.note(Deed(CENTRE_RESTORED, "", now, {"registrations": count}))
    record.centre.acknowledge(reply.handed, now)
    fresh = [one for one in reply.changes if one.seq > before.changes_seen]
    met = {one.registration_id for one in reply.handed if one.outcome is Outcome.NEWER_THERE}
    taken = {one.registration_id for one in reply.handed if one.outcome in _TAKEN}
    record.centre.take_in(fresh, now, met, taken)
    record.centre.keep_state(after)
