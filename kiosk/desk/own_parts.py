"""Sentences, segments and columns of this kiosk alone, as its admin sees and changes them.

Every change is kept with who made it, and the audit knows of it; undoing one is another one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.desk.session import Desk, NotAllowed
from kiosk.domain.configuration import Content
from kiosk.domain.staff import Action
from kiosk.in_force import on_screen
from kiosk.own_content import (
    Beneath,
    OwnContent,
    Unfit,
    fit,
    is_data,
    own_rows,
    part_of,
    rows_of,
)
from kiosk.storage.settings import SettingChange
from kiosk.storage.store import Record

Past = Mapping[str, tuple[SettingChange, ...]]
"""The changes of each row, the oldest first."""


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a sentence or a file last, by the account's id, and when."""

    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnSeen:
    """The own content as it stands; `last` the last change of every part that was ever changed, by
    the key of the sentence or the name of the file; `names` of the staff by their ids."""

    own: OwnContent
    last: Mapping[str, LastChange]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """The change is kept; it counts once nobody is at the kiosk."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AsBefore:
    """This is how it stands, or there is nothing to undo."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Somebody else changed the same meanwhile."""


@dataclass(frozen=True, slots=True)
class DoesNotFit:
    """A part would not be used, and why."""

    part: str
    why: Unfit


Outcome = Kept | AsBefore | Meanwhile | DoesNotFit | NotAllowed


def look(desk: Desk, beneath: Beneath) -> OwnSeen | NotAllowed:
    """Return how the own content stands."""
    refused = desk.refusal(Action.CHANGE_SETTINGS)
    if refused:
        return refused
    with desk.store.reading() as record:
        past, names = _past(record), record.staff.names()
        own = _own(record, beneath)
    return OwnSeen(own, _last(past), names)


def keep(desk: Desk, beneath: Beneath, before: Content, after: Content) -> Outcome:
    """Keep what `after` says otherwise than `before`, which is how it was when it was looked at."""
    refused = desk.refusal(Action.CHANGE_SETTINGS)
    if refused:
        return refused
    old, new = rows_of(before), rows_of(after)
    changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    parts = {part_of(key) for key in changed}
    with desk.store.transaction() as record:
        own = _own(record, beneath)
        used = rows_of(own.used)
        if any(used.get(key) != old.get(key) for key in changed):
            return Meanwhile()
        # What is left of a part in another language, and was not used, goes with it.
        rest = [key for key in own.kept if part_of(key) in parts and key not in new]
        wanted = {key: new.get(key) for key in dict.fromkeys((*changed, *rest))}
        return _put(desk, record, beneath, own, wanted)


def undo(desk: Desk, beneath: Beneath, part: str) -> Outcome:
    """Take the last change of a sentence or a file back, which is a change as well."""
    refused = desk.refusal(Action.CHANGE_SETTINGS)
    if refused:
        return refused
    with desk.store.transaction() as record:
        past = {key: of for key, of in _past(record).items() if part_of(key) == part}
        if not past:
            return AsBefore()
        newest = max(of[-1].at for of in past.values())
        wanted = {
            key: of[-2].after if len(of) > 1 else None
            for key, of in past.items()
            if of[-1].at == newest
        }
        return _put(desk, record, beneath, _own(record, beneath), wanted)


def drop_misfits(desk: Desk, beneath: Beneath, parts: Iterable[str]) -> Outcome:
    """Let go of parts that are not used any more, of those named."""
    refused = desk.refusal(Action.CHANGE_SETTINGS)
    if refused:
        return refused
    with desk.store.transaction() as record:
        own = _own(record, beneath)
        gone = {one.part for one in own.misfits} & set(parts)
        wanted = {key: None for key in own.kept if part_of(key) in gone}
        return _put(desk, record, beneath, own, wanted)


def _put(
    desk: Desk, record: Record, beneath: Beneath, own: OwnContent, wanted: Mapping[str, Any]
) -> Outcome:
    changed = {key: value for key, value in wanted.items() if own.kept.get(key) != value}
    parts = tuple(sorted({part_of(key) for key in changed}))
    if not parts:
        return AsBefore()
    after = {key: value for key, value in {**own.kept, **changed}.items() if value is not None}
    refused = _refused(fit(beneath, after, joined=own.joined), changed)
    if refused is not None:
        return refused
    now = desk.clock.now()
    for key, value in changed.items():
        record.settings.add(SettingChange(key, own.kept.get(key), value, desk.account.id, now))
    return Kept(parts)


def _refused(after: OwnContent, changed: Mapping[str, Any]) -> DoesNotFit | None:
    set_now = {part_of(key) for key, value in changed.items() if value is not None}
    if after.joined and any(map(is_data, changed)):
        return DoesNotFit(
            next(part_of(key) for key in changed if is_data(key)), Unfit.OF_THE_CENTRE
        )
    wrong = [one for one in after.misfits if one.part in set_now]
    return DoesNotFit(wrong[0].part, wrong[0].why) if wrong else None


def _own(record: Record, beneath: Beneath) -> OwnContent:
    here = on_screen(record)
    return fit(beneath, own_rows(here.rows), joined=here.joined)


def _past(record: Record) -> dict[str, tuple[SettingChange, ...]]:
    history = record.settings.history()
    return {key: history[key] for key in own_rows(history)}


def _last(past: Past) -> dict[str, LastChange]:
    found: dict[str, LastChange] = {}
    for key, of in past.items():
        part, newest = part_of(key), of[-1]
        if part not in found or found[part].at < newest.at:
            found[part] = LastChange(newest.actor, newest.at)
    return found
