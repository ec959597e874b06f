"""Comparing with the centre, day by day: what differs is handed in once more, and named."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from kiosk.clock import Clock
from kiosk.domain.centre_desk import Reconciled
from kiosk.domain.failures import KioskFailure
from kiosk.storage.store import Store
from kiosk.sync.line import CENTRE_FAILED, OTHER_VERSION, Answered, Unreadable
from kiosk.sync.payload import hash_of
from kiosk.sync.talk import Caller

FUNCTION = "kiosk_api.reconcile"
ONCE_IN = timedelta(hours=20)
"""Once a day, also where the kiosk is on from 8 to 4."""
AT_ONCE = 100
"""So many registrations are read in one go: nobody at the screen waits for more."""
PATIENCE_S = 120.0
_DAYS_AT_ONCE = 200


class NotCompared(KioskFailure):
    """The centre could not be asked; the codes are those of docs/codes.md, "C 21" and on."""


def _never() -> bool:
    return False


@dataclass
class _Day:
    """What stands here of one day, by registration: revision and hash."""

    records: dict[str, tuple[int, str]] = field(default_factory=dict)
    kept_there: list[str] = field(default_factory=list)

    def told(self) -> tuple[int, str]:
        """How many, and the hash of all of them."""
        lines = "".join(
            f"{id_}:{revision}:{hash_}\n" for id_, (revision, hash_) in sorted(self.records.items())
        )
        return len(self.records), hashlib.sha256(lines.encode()).hexdigest()


def is_due(store: Store, now: datetime) -> bool:
    """Tell whether it is time to compare: once a day, and only when nothing waits."""
    with store.reading() as record:
        last = record.centre.state().reconciled_at
        waits = record.centre.queue().waiting
    return not waits and (last is None or abs(now - last) >= ONCE_IN)


def reconcile(
    store: Store, caller: Caller, clock: Clock, called_off: Callable[[], bool] = _never
) -> Reconciled:
    """Compare everything that is here with what the centre has of this kiosk.

    What the centre lacks, or has otherwise, is put into the outbox once more. What it has and this
    kiosk has not is only counted: nobody may bring a person back by that. Raises NotCompared.
    """
    days = _read_days(store, called_off)
    sent_again, only_there = 0, 0
    for day in _differing(caller, days):
        if called_off():
            break
        found = _differing_records(caller, day, days[day])
        only_there += len(found.only_there)
        sent_again += _hand_in(store, found)
    else:
        _note(store, clock.now(), sent_again + only_there)
    return Reconciled(len(days), sent_again, only_there)


def _read_days(store: Store, called_off: Callable[[], bool]) -> Mapping[str, _Day]:
    days: dict[str, _Day] = {}
    after = ""
    while not called_off():
        with store.reading() as record:
            some = record.centre.registrations_after(after, AT_ONCE)
        for one in some:
            day = days.setdefault(str(one.row["registered_at"])[:10], _Day())
            day.records[one.id] = (one.revision, hash_of(one))
        if len(some) < AT_ONCE:
            break
        after = some[-1].id
    with store.reading() as record:
        for id_, registered_at in record.centre.removed_in_time():
            # Of a day that is gone as a whole nothing is left to compare.
            if registered_at[:10] in days:
                days[registered_at[:10]].kept_there.append(id_)
    return days


def _differing(caller: Caller, days: Mapping[str, _Day]) -> Sequence[str]:
    # Of a day of which some are gone in time the centre has more: only its records can tell.
    differing = [day for day, of_day in days.items() if of_day.kept_there]
    whole = sorted(days.keys() - set(differing))
    for begin in range(0, len(whole), _DAYS_AT_ONCE):
        some = whole[begin : begin + _DAYS_AT_ONCE]
        answer = _call(caller, {"days": {day: days[day].told() for day in some}})
        differing += [day for day in _texts(answer, "differ") if day in days]
    return sorted(differing)


@dataclass(frozen=True, slots=True)
class _Found:
    """What differs in one day."""

    to_hand_in: Sequence[str]
    only_there: Sequence[str]


def _differing_records(caller: Caller, day: str, of_day: _Day) -> _Found:
    request = {"day": day, "records": of_day.records, "kept_there": of_day.kept_there}
    answer = _call(caller, request)
    here = [*_texts(answer, "missing"), *_texts(answer, "other")]
    return _Found([one for one in here if one in of_day.records], _texts(answer, "only_here"))


def _hand_in(store: Store, found: _Found) -> int:
    with store.transaction() as record:
        # What is on its way meanwhile differs for a while, and that is no difference.
        late = record.centre.without_those_waiting(found.to_hand_in)
        return record.centre.hand_in(late)


def _note(store: Store, now: datetime, differing: int) -> None:
    with store.transaction() as record:
        state = record.centre.state()
        record.centre.keep_state(replace(state, reconciled_at=now, differing=differing))


def _call(caller: Caller, request: Mapping[str, Any]) -> Any:
    called = caller.call(FUNCTION, json.dumps(request, separators=(",", ":")), PATIENCE_S)
    if isinstance(called, Answered):
        return called.reply
    code = CENTRE_FAILED if isinstance(called, Unreadable) else called.code
    raise NotCompared(code, "the centre could not be asked to compare")


def _texts(answer: Any, name: str) -> Sequence[str]:
    found = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise NotCompared(OTHER_VERSION, "the centre's comparison is not understood")
    return found
